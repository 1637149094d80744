"""What is known of a document is believed as long as its files are as they were, and no longer."""

import os
import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context

import pytest

from pipeline.workspace import config, index, places, privacy
from pipeline.workspace.index import DocumentIndex

MADE_BY = b"the settings"
FILES = ["seeds/statement.txt", "translations/en/statement.po"]


@pytest.fixture
def settings(workspace):
    for name in FILES:
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text("as it was", "utf-8")
    return config.read(workspace)


def later():
    """A time at which the files are no longer young."""
    return time.time_ns() + 2 * index.YOUNG


def learn(settings, found=b"found", now=None):
    made = DocumentIndex(settings, "topic")
    made.learn("statement", index.learnt(settings, MADE_BY, FILES, found))
    made.keep(later() if now is None else now)


def fresh(settings, made_by=MADE_BY):
    return DocumentIndex(settings, "topic").fresh("statement", made_by)


def path_of(settings):
    return settings.root / places.PRIVATE / index.FILE_NAME


def test_it_is_believed_while_nothing_changes(settings):
    learn(settings)
    assert fresh(settings) == b"found"
    assert fresh(settings, b"other settings") is None
    assert DocumentIndex(settings, "another topic").fresh("statement", MADE_BY) is None


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", [lambda path: path.write_text("other now", "utf-8"), os.unlink])
def test_a_change_of_any_file_is_seen(settings, name, change):
    learn(settings)
    change(settings.root / name)
    assert fresh(settings) is None


def test_a_file_written_again_with_the_same_text_is_believed(settings):
    learn(settings)
    path = settings.root / FILES[0]
    path.unlink()
    path.write_text("as it was", "utf-8")
    assert fresh(settings) == b"found"


def test_a_file_that_appears_is_seen(settings):
    (settings.root / FILES[1]).unlink()
    learn(settings)
    assert fresh(settings) == b"found"
    (settings.root / FILES[1]).write_text("", "utf-8")
    assert fresh(settings) is None


@pytest.mark.parametrize("ago", [0, -86_400_000_000_000])
def test_the_stamp_of_a_young_file_is_not_believed(settings, ago):
    """Another text of the same length may have the same stamp, where the clock stood still or was set back."""
    learn(settings, now=time.time_ns() + ago)
    assert not DocumentIndex(settings, "topic").known["statement"].stamp
    assert fresh(settings) == b"found"
    (settings.root / FILES[0]).write_text("as it is.", "utf-8")
    assert fresh(settings) is None


def test_what_stands_behind_a_link_is_read_each_time(settings):
    path, other = settings.root / FILES[0], settings.root / "other.txt"
    path.rename(other)
    path.symlink_to(other)
    learn(settings)
    assert fresh(settings) == b"found"
    other.write_text("other now", "utf-8")
    assert fresh(settings) is None


@pytest.mark.parametrize("content", [b"", b"no index", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_index_is_made_again(settings, content):
    learn(settings)
    path_of(settings).write_bytes(content)
    assert fresh(settings) is None
    learn(settings, b"anew")
    assert fresh(settings) == b"anew"


def test_an_index_of_another_version_is_made_again(settings):
    learn(settings)
    with closing(sqlite3.connect(path_of(settings))) as connection, connection:
        connection.execute(f"PRAGMA user_version = {index.VERSION + 1}")
    assert fresh(settings) is None
    learn(settings, b"anew")
    assert fresh(settings) == b"anew"


def test_an_index_with_other_tables_is_made_again(settings):
    learn(settings)
    with closing(sqlite3.connect(path_of(settings))) as connection, connection:
        connection.executescript("DROP TABLE known; CREATE TABLE known (topic, document);")
    assert fresh(settings) is None
    learn(settings, b"anew")
    assert fresh(settings) == b"anew"


def test_rows_of_other_types_are_unknown(settings):
    learn(settings)
    with closing(sqlite3.connect(path_of(settings))) as connection, connection:
        connection.execute("UPDATE known SET files = 7, found = 'text'")
    assert fresh(settings) is None


def test_while_another_command_writes_what_was_found_is_not_kept(settings):
    learn(settings)
    with closing(sqlite3.connect(path_of(settings))) as other:
        other.execute("BEGIN IMMEDIATE")
        made = DocumentIndex(settings, "topic")
        made.learn("statement", index.learnt(settings, MADE_BY, FILES, b"anew"))
        made.keep(later())
        other.rollback()
    assert fresh(settings) == b"found"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_in_its_place_is_not_waited_for(settings, make):
    privacy.private_folder(settings)
    make(path_of(settings))
    learn(settings)
    assert fresh(settings) == (None if make is os.mkdir else b"found")


def test_an_index_that_leads_out_of_the_workspace_is_not_written(settings, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "file"
    outside.write_bytes(b"")
    privacy.private_folder(settings)
    path_of(settings).symlink_to(outside)
    learn(settings)
    assert outside.read_bytes() == b""


def test_what_another_command_found_since_is_not_taken_for_it(settings):
    """Of which files something was found is read at once, and what was found when it is asked for."""
    learn(settings)
    before = DocumentIndex(settings, "topic")
    (settings.root / FILES[0]).write_text("other now", "utf-8")
    learn(settings, b"of the other text")
    (settings.root / FILES[0]).write_text("as it was", "utf-8")
    assert before.fresh("statement", MADE_BY) is None
    assert before.found("statement") is None


def test_what_is_learnt_is_known_before_it_is_kept(settings):
    learn(settings)
    made = DocumentIndex(settings, "topic")
    made.learn("statement", index.learnt(settings, MADE_BY, FILES, b"anew"))
    assert made.fresh("statement", MADE_BY) == made.found("statement") == b"anew"


def test_documents_that_are_gone_are_forgotten(settings):
    learn(settings)
    made = DocumentIndex(settings, "topic")
    made.keep_only([])
    made.keep(later())
    assert not DocumentIndex(settings, "topic").known


def test_of_some_documents_alone_the_others_stay_known(settings):
    learn(settings)
    some = DocumentIndex(settings, "topic", only=["letter", "no such document"])
    some.learn("letter", index.learnt(settings, MADE_BY, FILES, b"of the letter"))
    assert list(some.known) == ["letter"]
    some.keep(later())
    assert list(DocumentIndex(settings, "topic", only=["letter"]).known) == ["letter"]
    assert sorted(DocumentIndex(settings, "topic").known) == ["letter", "statement"]


def test_a_dry_run_keeps_nothing(settings):
    made = DocumentIndex(settings, "topic", keeps=False)
    made.learn("statement", index.learnt(settings, MADE_BY, FILES, b"found"))
    made.keep(later())
    assert not path_of(settings).exists()


def test_a_view_that_never_ends_in_place_of_the_table_is_not_asked(settings):
    """As somebody who shares the workspace can put it there."""
    learn(settings)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x, x, x, x, x FROM n"
    columns = "topic, document, made_by, files, stamp, contents, found"
    with closing(sqlite3.connect(path_of(settings))) as connection:
        connection.executescript(f"DROP TABLE known; CREATE VIEW known ({columns}) AS {endless}")
    assert fresh(settings) is None
    learn(settings)
    assert fresh(settings) == b"found"


def learnt_by_another_command(settings, number):
    made = DocumentIndex(settings, "topic")
    made.learn(f"d{number}", index.learnt(settings, MADE_BY, FILES, b"found"))
    return made.keep(later())


def test_several_commands_may_make_it_at_once(settings):
    with ProcessPoolExecutor(4, get_context("fork")) as pool:
        for _ in range(30):
            assert all(pool.map(learnt_by_another_command, [settings] * 4, range(4)))
            made = DocumentIndex(settings, "topic")
            assert [made.fresh(f"d{number}", MADE_BY) for number in range(4)] == [b"found"] * 4
            made.keep(later())
            path_of(settings).unlink()
