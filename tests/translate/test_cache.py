"""What was translated once is not translated again; a cache that is broken disturbs nobody."""

import sqlite3
from contextlib import closing

import pytest

from pipeline.translate import cache
from pipeline.translate.cache import DraftCache
from pipeline.translate.mt import Translation

A, B = Translation("A", -0.5, frozenset({"one", "two"})), Translation("B")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "drafts.sqlite"


def test_results_are_known_to_the_engine_that_made_them_and_to_the_next_command(path):
    kept = DraftCache(path)
    kept.keep("argos", ["الف", "ب"], [A, B])
    kept.close()
    again = DraftCache(path)
    assert again.known("argos", ["الف", "ب", "ج"]) == {"الف": A, "ب": B}
    assert again.known("other", ["الف"]) == {}


def test_the_newest_result_counts(path):
    kept = DraftCache(path)
    kept.keep("argos", ["الف"], [A])
    kept.keep("argos", ["الف"], [B])
    assert kept.known("argos", ["الف"]) == {"الف": B}


def test_one_that_only_reads_makes_no_file_and_keeps_nothing(path):
    reader = DraftCache(path, keeps=False)
    reader.keep("argos", ["الف"], [A])
    assert reader.known("argos", ["الف"]) == {} and not path.exists()
    DraftCache(path).keep("argos", ["ب"], [B])
    reader = DraftCache(path, keeps=False)
    reader.keep("argos", ["الف"], [A])
    assert reader.known("argos", ["الف", "ب"]) == {"ب": B}


def test_without_a_file_it_lasts_as_long_as_it_is_open():
    kept = DraftCache(None)
    kept.keep("argos", ["الف"], [A])
    assert kept.known("argos", ["الف"]) == {"الف": A} and DraftCache(None).known("argos", ["الف"]) == {}


def test_the_oldest_go_first(path, monkeypatch):
    monkeypatch.setattr(cache, "MOST", 2)
    kept = DraftCache(path)
    for text in "abc":
        kept.keep("argos", [text], [B])
    assert set(kept.known("argos", "abc")) == {"b", "c"}


def test_a_damaged_one_is_begun_again_unless_it_is_only_read(path):
    path.write_bytes(b"no database" * 1000)
    assert DraftCache(path, keeps=False).known("argos", ["الف"]) == {}
    assert path.read_bytes().startswith(b"no database")
    kept = DraftCache(path)
    kept.keep("argos", ["الف"], [A])
    assert kept.known("argos", ["الف"]) == {"الف": A}


@pytest.mark.parametrize("keeps", [True, False])
def test_that_of_another_workspace_is_neither_read_nor_changed_through_a_link(path, tmp_path, keeps):
    theirs = tmp_path / "theirs.sqlite"
    with closing(DraftCache(theirs)) as own:
        own.keep("argos", ["الف"], [A])
    before = theirs.read_bytes()
    path.symlink_to(theirs)
    kept = DraftCache(path, keeps=keeps)
    assert kept.known("argos", ["الف"]) == {}
    kept.keep("argos", ["الف"], [B])
    assert theirs.read_bytes() == before


def test_one_that_cannot_be_written_forgets(tmp_path):
    kept = DraftCache(tmp_path / "gone" / "drafts.sqlite")
    kept.keep("argos", ["الف"], [A])
    assert kept.known("argos", ["الف"]) == {}
    kept.close()


@pytest.mark.parametrize("column", ["text", "score", "flags"])
@pytest.mark.parametrize("value", [None, b"A", 7, "A"])
def test_a_value_of_another_type_is_no_result(path, column, value):
    kept = DraftCache(path)
    kept.keep("argos", ["الف"], [A])
    kept._connection.execute(f"UPDATE drafts SET {column} = ?", (value,))
    found = kept.known("argos", ["الف"]).get("الف", A)
    assert (type(found.text), type(found.score), type(found.flags)) == (str, float, frozenset)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_view_that_never_ends_in_place_of_the_table_is_not_asked(path, keeps):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x, x, x FROM n"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE VIEW drafts (id, key, text, score, flags) AS {endless}")
    kept = DraftCache(path, keeps=keeps)
    assert kept.known("argos", ["الف"]) == {}
    kept.keep("argos", ["الف"], [A])
    assert kept.known("argos", ["الف"]) == ({"الف": A} if keeps else {})
