"""Thousands of PO files of others: read as gettext reads them, and written to the byte."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.catalogue import po
from pipeline.catalogue.po import syntax
from pipeline.errors import CatalogueError
from pipeline.model import State
from tests.conftest import THOROUGH
from tests.support import corpus

NOW = datetime(2026, 1, 2, tzinfo=UTC)
EVERY = 8 if THOROUGH else 24
"""Every eighth file (or twenty-fourth) is read by msgcat too and written again, and all that are in Persian and French."""


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    if not shutil.which("apt-get"):
        pytest.skip("the files come as Debian packages, and there is no apt-get here")
    found = dict(corpus.catalogues(corpus.fetch(tmp_path_factory.mktemp("corpus"))))
    if not found:
        pytest.skip("no package could be fetched: is there a network?")
    assert len(found) > 1000
    return found


def decoded(content: bytes) -> str:
    charset = re.search(rb"charset=([\w-]+)", content)
    name = charset[1].decode() if charset and charset[1] != b"CHARSET" else "utf-8"
    return content.decode(name)


def test_what_is_read_is_the_whole_file(files):
    for name, content in files.items():
        text = decoded(content)
        entries, tail = syntax.parse(text, name)
        assert "".join(entry.gap + entry.raw for entry in entries) + tail == text, name


def said(text: str, name: str) -> list[tuple]:
    entries = [entry for entry in syntax.parse(text, name).entries if not entry.is_header]
    return sorted(
        (e.obsolete, e.context or "", e.source, e.plural or "", e.targets, e.previous, "fuzzy" in e.flags) for e in entries
    )  # fmt: skip


def test_msgcat_reads_the_same_meaning(files):
    def compare(name: str) -> str:
        command = ["msgcat", "--no-wrap", "--to-code=UTF-8", "-"]
        done = subprocess.run(command, input=files[name], capture_output=True)
        if done.returncode:
            return ""  # gettext refuses it
        return "" if said(decoded(files[name]), name) == said(done.stdout.decode(), name) else name

    with ThreadPoolExecutor(2) as pool:
        assert [name for name in pool.map(compare, sample(files)) if name] == []


def sample(files: dict[str, bytes]) -> list[str]:
    return [name for index, name in enumerate(sorted(files)) if index % EVERY == 0 or re.search(r"/(fa|fr)\.po$", name)]


def readable(files: dict[str, bytes]) -> Iterator[tuple[str, po.File]]:
    for name in sample(files):
        try:
            yield name, po.parse(files[name], name, "x", "en", "fr")
        except CatalogueError as error:
            assert re.search("plural entry|charset is|not valid UTF-8", str(error)), error


def test_written_unchanged_only_the_header_differs_and_one_change_is_one_entry(files):
    checked = 0
    for name, file in readable(files):
        done = [unit for unit in file.catalogue.units if unit.state is State.TRANSLATED]
        if not done or not file.parsed.entries[0].is_header:
            continue
        same = syntax.parse(po.serialise(file.catalogue, "", NOW, file).decode(), name)
        assert changed(file.parsed, same) == 0 and same.tail == file.parsed.tail, name
        middle = done[len(done) // 2]
        units = tuple(
            replace(unit, target=f"{unit.target} — é") if unit is middle else unit for unit in file.catalogue.units
        )
        again = syntax.parse(po.serialise(replace(file.catalogue, units=units), "", NOW, file).decode(), name)
        assert changed(file.parsed, again) == 1, name
        checked += 1
    assert checked > 800 / EVERY


def changed(old: syntax.Parsed, new: syntax.Parsed) -> int:
    pairs = zip(old.entries, new.entries, strict=True)
    return sum((one.gap, one.raw) != (other.gap, other.raw) for one, other in pairs if not one.is_header)


@pytest.mark.parametrize("mark", ["", "#~ "])
def test_one_entry_of_15_000_lines(mark):
    """polib needs minutes; were this quadratic, so would we."""
    lines = "".join(f'{mark}"{number}\\n"\n' for number in range(15_000))
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{mark}msgid "a"\n{mark}msgstr ""\n{lines}'
    file = po.parse(text.encode(), "long.po", "x", "fa", "en")
    (unit,) = file.catalogue.units or file.catalogue.obsolete
    assert unit.target.count("\n") == 15_000
    assert lines.encode() in po.serialise(file.catalogue, "", NOW, file)
