"""The first hours under docs/ are run as a reader would run them: block by block, in a copy of this workspace.

- ```console: a line that begins with “$ ” is typed. The lines below it come out, in this order; “…” stands for
  whatever may stand there, “[exit status 1]” for a command that says by its status that something needs a person.
- ```text FILE, ```toml FILE, ```csv FILE: the reader saves the block as that file; pipeline.toml, which is there
  already, gets it at its end.
- ```po FILE: the reader gives the entries of the block their translations in that file, and takes “fuzzy” away.
"""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

import polib
import pytest

from pipeline.languages import LanguageFile
from tests.conftest import ROOT
from tests.support import command

FIRST_HOURS = ("translator", "editor", "coordinator")
FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = re.compile(r"\[exit status (\d)\]")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A copy of this workspace, as somebody gets it who begins; `pipeline` is on the path."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "120")
    return copied(tmp_path)


@pytest.mark.parametrize("page", FIRST_HOURS)
def test_a_first_hour_goes_as_it_is_written(page, workspace):
    follow((ROOT / "docs" / f"{page}.md").read_text("utf-8"), workspace)


def copied(folder: Path) -> Path:
    for name in ("seeds", "translations"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pipeline.toml", folder)
    return folder


def follow(page: str, workspace: Path) -> None:
    """Do in a workspace what a page says."""
    for kind, path, block in FENCE.findall(page):
        if kind == "console":
            for typed, shown in commands(block):
                run(workspace, typed, shown)
        elif kind == "po" and path:
            translate(workspace / path, block)
        elif path:
            with (workspace / path).open("a" if path == "pipeline.toml" else "w", encoding="utf-8") as file:
                file.write(block)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Return what is typed in a block, each with the lines that are to come out."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert not parts[0], "a console block begins with a command"
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts[1:]]


def run(folder: Path, typed: str, shown: list[str]) -> None:
    done = typed_in(folder, typed)
    status = next((int(match[1]) for line in shown if (match := STATUS.fullmatch(line))), 0)
    assert done.returncode == status, f"{typed}\n{done.stdout}{done.stderr}"
    left = [done.stdout.splitlines(), done.stderr.splitlines()]
    for line in shown:
        if line != "…" and not STATUS.fullmatch(line):
            rests = [behind(line, lines) for lines in left]
            assert rests != [None, None], f"{typed}\nprints no {line!r} there:\n{done.stdout}{done.stderr}"
            left = [lines if rest is None else rest for lines, rest in zip(left, rests, strict=True)]


def behind(line: str, printed: list[str]) -> list[str] | None:
    """Return what was printed after the first line that a page's line stands for; None when there is none."""
    return next((printed[number + 1 :] for number, text in enumerate(printed) if matches(line, text)), None)


def typed_in(folder: Path, typed: str) -> command.Done:
    """Run what is typed: a command of the tool in this process, and what a shell must understand in one."""
    words = shlex.split(typed)
    if words[0] == "pipeline" and "*" not in typed:
        return command.run(folder, *words[1:])
    return subprocess.run(typed, shell=True, cwd=folder, capture_output=True, text=True)


def matches(line: str, printed: str) -> bool:
    """Whether a line of a page is what was printed; runs of spaces, which depend on a table's widths, count as one."""
    words = [re.escape(" ".join(part.split())) for part in line.split("…")]
    return re.fullmatch(r"\s*.*\s*".join(words), " ".join(printed.split())) is not None


def translate(path: Path, block: str) -> None:
    """Do what a person does with a PO editor."""
    file = polib.pofile(str(path), wrapwidth=0)
    for edited in polib.pofile(block):
        entry = file.find(edited.msgid, msgctxt=edited.msgctxt)
        assert entry, f"{path}: no entry {edited.msgid!r} of kind {edited.msgctxt}"
        entry.msgstr, entry.previous_msgid = edited.msgstr, None
        entry.tcomment = edited.tcomment or entry.tcomment
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    file.save()


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"], ids=lambda path: path.name
)
def test_links_and_pictures_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", path.read_text("utf-8")):
        name, _, heading = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        assert linked.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in headings], target


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_small_and_shown(path):
    assert path.stat().st_size < 300_000
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    assert any(path.name in page.read_text("utf-8") for page in pages)


@pytest.mark.parametrize("table", [field.name for field in fields(LanguageFile)])
def test_every_key_of_a_language_is_described_in_the_row_of_its_table(table):
    """Labels are described as a whole: what each says is seen in the file of any language."""
    rows = re.findall(r"^\| `(\[?)(\w+)\]?` \|(.*)", (ROOT / "docs/languages.md").read_text("utf-8"), re.MULTILINE)
    described = {name: text for _, name, text in rows}
    assert table in described
    kind = get_type_hints(LanguageFile)[table]
    if is_dataclass(kind) and not kind.__name__.endswith("Labels"):
        keys = [(f"`{key.name}`", f"`[{table}.{key.name}") for key in fields(kind)]
        assert [names[0] for names in keys if not any(name in described[table] for name in names)] == []


def test_lists_are_as_long_as_the_documentation_says():
    text = (ROOT / "docs/quality.md").read_text("utf-8")
    persian = tomllib.loads((ROOT / "pipeline/languages/fa.toml").read_text("utf-8"))
    with (ROOT / "translations/termbase.csv").open(encoding="utf-8-sig", newline="") as file:
        terms = {row["fa"] for row in csv.DictReader(file)}
    for things, what in (
        (persian["source"]["lexicon"], "words of the field"),
        (persian["places"], "countries, towns and prisons"),
        (persian["source"]["given_names"], "given names"),
        (terms, "terms"),
    ):
        assert re.search(rf"\b{len(things)}\s+{what.replace(' ', chr(92) + 's+')}", text), (what, len(things))
