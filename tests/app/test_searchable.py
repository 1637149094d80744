"""The index is brought up to date with the files before it is asked, whatever has become of it."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib import resources

import pytest

from pipeline import schema
from pipeline.app import searchable
from pipeline.app.session import Session
from pipeline.catalogue.fulltext import Within
from pipeline.cli import console
from pipeline.text import wordquery
from tests.support.sessions import begun, remarks
from tests.support.statement import TEXT, edit


def names(session, *typed):
    terms = wordquery.read(typed)
    ask = lambda index: index.find(terms, Within(), 0, 100)  # noqa: E731
    hits = searchable.asked(session, searchable.AffixesOf(session.config), ask)
    return {(hit.document, hit.text.lang) for hit in hits.shown}


def opened(workspace, **more):
    return Session.open(workspace, console.clock, **more)


@pytest.fixture
def read(monkeypatch):
    """The names of the documents that are read from now on."""
    names, reading = [], searchable.reading.document_of
    monkeypatch.setattr(
        searchable.reading, "document_of", lambda config, path, content: names.append(path.stem) or reading(config, path, content)
    )  # fmt: skip
    return names


def test_what_is_written_taken_away_or_renamed_is_so_for_the_next_search(workspace, reviewed):
    session = opened(workspace)
    assert names(session, "متن") == {("statement", "fa")} and names(session, "second") == {("statement", "en")}
    edit(reviewed, "جمله دوم این است.", "This is the last sentence.")
    assert names(session, "second") == set() and names(session, "last") == {("statement", "en")}
    (workspace / "seeds" / "statement.toml").write_text('title = "نام"\n', "utf-8")
    assert names(session, "نام") == {("statement", "fa")}
    reviewed.unlink()
    assert names(session, "last") == set()
    (workspace / "seeds" / "statement.txt").rename(workspace / "seeds" / "other.txt")
    assert names(session, "متن") == {("other", "fa")}


def test_only_what_has_changed_is_read_again(workspace, statement, read):
    now = console.clock
    later = lambda: now().replace(year=2099)  # noqa: E731
    (workspace / "seeds" / "other.txt").write_text(TEXT.replace("بلندی", "کوتاهی"), "utf-8")
    session = Session(opened(workspace).config, later)
    assert len(names(session, "متن")) == 2 and sorted(read) == ["other", "statement"]
    read.clear()
    assert len(names(session, "متن")) == 2 and read == []
    statement.write_text(TEXT.replace("بلندی", "تازه"), "utf-8")
    assert names(session, "تازه") == {("statement", "fa")} and read == ["statement"]


def test_what_was_written_a_moment_ago_is_looked_at_again_but_not_read(workspace, statement, read):
    """Two versions of a file can have the same size and, on some disks, the same time."""
    session = opened(workspace)
    names(session, "متن")
    before = statement.stat()
    statement.write_text(TEXT.replace("بلندی", "کوتاه"), "utf-8")
    os.utime(statement, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert names(session, "کوتاه") == {("statement", "fa")}
    read.clear()
    assert names(session, "کوتاه") == {("statement", "fa")} and read == []


def test_a_clock_that_went_back_hides_no_change(workspace, statement):
    past = lambda: console.clock().replace(year=2020)  # noqa: E731
    session = Session(opened(workspace).config, past)
    names(session, "متن")
    statement.write_text(TEXT.replace("بلندی", "تازه"), "utf-8")
    assert names(session, "تازه") == {("statement", "fa")}


@pytest.mark.parametrize("content", [b"", b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(workspace, statement, content):
    names(opened(workspace), "متن")
    path = workspace / ".pipeline" / searchable.FILE_NAME
    path.write_bytes(content)
    assert names(opened(workspace), "متن") == {("statement", "fa")}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as index:
        assert index.execute("SELECT count(*) FROM documents").fetchone() == (1,)


def test_an_index_that_lost_its_tables_is_made_anew(workspace, statement):
    names(opened(workspace), "متن")
    with closing(sqlite3.connect(workspace / ".pipeline" / searchable.FILE_NAME)) as index:
        index.executescript("DROP TABLE texts; DROP TABLE words")
    assert names(opened(workspace), "متن") == {("statement", "fa")}


def test_a_language_that_changed_makes_the_index_anew(workspace, statement, read):
    assert names(opened(workspace), "متن") == {("statement", "fa")}
    (workspace / "languages").mkdir()
    own = (resources.files("pipeline.languages") / "fa.toml").read_text("utf-8")
    (workspace / "languages" / "fa.toml").write_text(own + "\n# another\n", "utf-8")
    read.clear()
    assert names(opened(workspace), "متن") == {("statement", "fa")} and read == ["statement"]


def test_a_dry_run_writes_nothing_and_finds_all_the_same(workspace, statement):
    assert names(opened(workspace, dry_run=True), "متن") == {("statement", "fa")}
    assert not (workspace / ".pipeline" / searchable.FILE_NAME).exists()


@pytest.mark.parametrize("more", [{}, {"dry_run": True}])
def test_the_index_of_another_workspace_is_neither_read_nor_changed_through_a_link(
    workspace, statement, tmp_path, more
):
    session = opened(workspace)
    names(session, "متن")
    theirs, index = tmp_path / "theirs.sqlite", workspace / ".pipeline" / searchable.FILE_NAME
    index.rename(theirs)
    before = theirs.read_bytes()
    index.symlink_to(theirs)
    (workspace / "seeds" / "statement.txt").write_text("دیگر\n", "utf-8")
    assert names(opened(workspace, **more), "متن") == set()
    assert theirs.read_bytes() == before and not list(tmp_path.glob("theirs.sqlite-*"))


def test_where_nothing_can_be_kept_it_finds_all_the_same(workspace, statement):
    (workspace / ".pipeline").write_text("a file")
    assert names(opened(workspace), "متن") == {("statement", "fa")}


def test_what_cannot_be_read_is_told_of_and_hides_nothing_else(workspace, reviewed):
    (workspace / "seeds" / "broken.txt").write_bytes(b"\xff\xfe\xfa\xff text")
    session, events = begun(workspace)
    assert names(session, "متن") == {("statement", "fa")}
    assert any("not searched, because it cannot be read" in one and "broken.txt" in one for one in remarks(events))
    reviewed.write_text("no PO file", "utf-8")
    session, events = begun(workspace)
    assert names(session, "متن") == {("statement", "fa")} and names(session, "second") == set()
    assert any("and 1 more" in one for one in remarks(events))


def test_many_documents_are_read_on_all_cores(workspace, monkeypatch):
    monkeypatch.setattr(searchable.os, "cpu_count", lambda: 2)
    for number in range(60):
        (workspace / "seeds" / f"d{number}.txt").write_text(f"عنوان\n\nاین سند w{number} است.\n", "utf-8")
    session = opened(workspace)
    assert names(session, "w59") == {("d59", "fa")} and len(names(session, "سند")) == 60


def test_two_searches_at_once_find_the_same(workspace):
    for number in range(30):
        (workspace / "seeds" / f"d{number}.txt").write_text(f"عنوان\n\nاین سند شماره {number} است.\n", "utf-8")
    command = [sys.executable, "-m", "pipeline", "find", "سند", "--json", "--limit", "100"]
    running = [
        subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    said = [one.communicate() for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], said
    assert len({out for out, _ in said}) == 1 and b'"texts_found": 30' in said[0][0]


def test_what_another_command_writes_meanwhile_is_found_by_the_next_search(workspace, statement):
    source, term = workspace / "seeds" / "statement.txt", wordquery.read(["متن"])

    def ask(index):
        source.write_text("دیگر\n", "utf-8")
        assert names(opened(workspace), "متن") == set()
        return index.find(term, Within(), 0, 100)

    session = opened(workspace)
    hits = searchable.asked(session, searchable.AffixesOf(session.config), ask)
    assert hits.texts == len(hits.shown) == 1 and hits.shown[0].text.sentences


def test_several_searches_may_make_the_index_at_once(workspace):
    (workspace / "seeds" / "statement.txt").write_text(TEXT, "utf-8")
    for _ in range(20):
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: names(opened(workspace), "متن"), range(4)))
        assert found == [{("statement", "fa")}] * 4
        schema.remove(workspace / ".pipeline" / searchable.FILE_NAME)
