"""What a real shell offers, asked as it asks: with the script that pipeline gives it."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.support import command

PROGRAM = Path(sys.executable).with_name("pipeline")

PARTNERS = """
[partners.oslo]
name = "Secret"
[partners.osaka-office]
[partners.rome]
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A workspace with documents, partners and an earlier version of a PO file."""
    root = tmp_path_factory.mktemp("completion")
    command.run(root, "init", root)
    for name in ("dockers", "docs-of-us", "teachers", "evil\x1b[31m"):
        (root / "seeds" / f"{name}.txt").write_text("بیانیه\n\nجمله ای است.\n", "utf-8")
    (root / "partners.toml").write_text(PARTNERS, "utf-8")
    command.run(root, "segment", "-q")
    (root / "seeds" / "teachers.txt").write_text("بیانیه\n\nجمله ای دیگر است.\n", "utf-8")
    command.run(root, "segment", "-q")
    return root


@cache
def script() -> str:
    environment = {**os.environ, "_PIPELINE_COMPLETE": "source_bash"}
    return subprocess.run([PROGRAM], env=environment, capture_output=True, text=True, check=True).stdout


def complete(root, line):
    """Return what bash offers at the end of a line."""
    words = line.split(" ")
    asked = f"""{script()}
COMP_WORDS=({" ".join(f"'{word}'" for word in words)}); COMP_CWORD={len(words) - 1}
_pipeline_completion pipeline; printf '%s\\n' "${{COMPREPLY[@]}}" """
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", asked], cwd=root, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    assert done.stderr == "", done.stderr
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("pipeline status do", ["dockers", "docs-of-us"]),
        ("pipeline status dockers d", ["docs-of-us"]),
        ("pipeline status ev", []),
        ("pipeline check --languages ", ["en", "fr"]),
        ("pipeline check --languages en,", ["en,fr"]),
        ("pipeline build-pdf --languages fa,e", ["fa,en"]),
        ("pipeline build-pdf --layout parallel,f", ["parallel,facing"]),
        ("pipeline build-pdf --paper ", ["a4", "a5", "letter"]),
        ("pipeline distribute os", ["osaka-office", "oslo"]),
        ("pipeline distribute oslo os", ["osaka-office"]),
        ("pipeline distribute --document te", ["teachers"]),
        ("pipeline partners show r", ["rome"]),
        ("pipeline withdraw te", ["teachers"]),
        ("pipeline rename dock", ["dockers"]),
        ("pipeline ledger settle oslo ", []),
    ],
)
def test_bash_offers_what_there_is(root, line, offered):
    assert sorted(complete(root, line)) == offered


@pytest.mark.parametrize("command", ["restore teachers --version ", "build-pdf teachers --since "])
def test_bash_offers_the_versions_of_the_document_that_was_typed(root, command):
    versions = complete(root, f"pipeline {command}")
    kept = [path.name for path in (root / ".pipeline/history/translations").rglob("*.gz")]
    assert len(versions) == 2 and all(any(version in name for name in kept) for version in versions)
    assert len(complete(root, "pipeline restore teachers --languages fr --version ")) == 1
    assert complete(root, "pipeline restore dockers --version ") == []


@pytest.mark.parametrize("broken", ["", "\xff"])
def test_where_something_is_wrong_nothing_is_offered_and_nothing_said(root, tmp_path, broken):
    if broken:
        shutil.copytree(root, tmp_path, dirs_exist_ok=True)
        (tmp_path / "pipeline.toml").write_bytes(broken.encode("latin-1"))
        (tmp_path / "partners.toml").write_text("[[[")
    for line in ("pipeline status d", "pipeline restore x --version "):
        assert complete(tmp_path, line) == []


SPECIAL = "\t\n !\"#$&'()*;<=>?[\\]^`{|}~"
"""What has a meaning to a shell, at least where it stands unquoted or first."""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_no_name_of_somebody_else_means_anything_to_a_shell(tmp_path, shell):
    """A document that came with a name, and partners of a workspace that came from elsewhere."""
    command.run(tmp_path, "init", tmp_path)
    run = (
        "$(touch ran)",
        "`touch ran`",
        ";touch ran;",
        "\\$(touch ran)",
        "'$(touch ran)'",
        '"$(touch ran)"',
        " --send",
    )
    names = [f"meeting{one}" for one in (*run, *SPECIAL)]
    for name in ("meeting", "میتینگ‌ها", *names):
        with contextlib.suppress(ValueError):
            (tmp_path / "seeds" / f"{name}.txt").write_text("بیانیه\n", "utf-8")
    tables = "".join(f"[partners.{json.dumps(name)}]\n" for name in ("meeting", *names))
    (tmp_path / "partners.toml").write_text(tables, "utf-8")
    for line in ("status m", "status ", "partners show m"):
        offered = asked(tmp_path, shell, f"pipeline {line}")
        assert "meeting" in offered
        assert "ran" not in offered and not set("`;\\$&|<>!*?~#") & set(offered), offered


def asked(root, shell, line):
    """Return what pipeline tells a shell at the end of a line."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_TYPER_COMPLETE_ARGS": line}
    kind = {"_PIPELINE_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run([PROGRAM], cwd=root, env={**os.environ, **words, **kind}, capture_output=True, text=True)
    return done.stdout.removeprefix("_arguments '*: :((").removesuffix("))'\n")


def test_another_workspace_is_looked_into(root, tmp_path):
    assert complete(tmp_path, f"pipeline status -C {root} te") == ["teachers"]
