"""A database of somebody else has nothing under the names that are asked for but what this program makes."""

import os
import sqlite3
from contextlib import closing

import pytest

from pipeline import schema

MADE = """
    CREATE TABLE texts (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT);
    CREATE INDEX by_text ON texts (text);
    CREATE VIRTUAL TABLE words USING fts5 (said);
"""
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, x AS text FROM n"


@pytest.fixture
def database():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(MADE)
        yield connection


def test_what_this_program_made_is_accepted_however_it_is_laid_out(database):
    schema.require(database, " ".join(MADE.split()).replace("TABLE", "table"))


@pytest.mark.parametrize(
    "change",
    [
        f"DROP TABLE texts; CREATE VIEW texts AS {ENDLESS}",
        f"DROP TABLE texts; CREATE VIEW TEXTS AS {ENDLESS}",
        f"CREATE TRIGGER t AFTER INSERT ON texts BEGIN DELETE FROM texts WHERE id IN (SELECT id FROM ({ENDLESS})); END",
        "CREATE INDEX other ON texts (hex(zeroblob(100000000)))",
        "DROP TABLE texts; CREATE TABLE texts (id INTEGER, text TEXT AS (hex(zeroblob(100000000))))",
        f"DROP TABLE words; CREATE VIEW words AS {ENDLESS}",
        f"DROP TABLE words; CREATE VIEW words_data AS {ENDLESS}",
        "DROP INDEX by_text; CREATE VIEW by_text AS SELECT 1",
    ],
)
def test_whatever_else_has_its_name_or_hangs_on_it_is_refused(change, database):
    database.executescript(change)
    with pytest.raises(sqlite3.DatabaseError, match="is not what this program makes"):
        schema.require(database, MADE)


@pytest.mark.parametrize(
    "change",
    ["CREATE TABLE lost_and_found (id, text)", "DROP TABLE texts", "ANALYZE", "CREATE VIEW own AS SELECT 1"],
)
def test_what_a_repair_leaves_and_what_is_missing_is_not_asked_for(change, database):
    database.executescript(f"INSERT INTO texts (text) VALUES ('a'); {change}")
    schema.require(database, MADE)


@pytest.mark.parametrize("beside", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_link_or_a_pipe_in_place_of_a_database_or_beside_it_is_refused(kind, beside, tmp_path):
    kept, path = tmp_path / "kept.sqlite", tmp_path / "index.sqlite"
    kept.write_bytes(b"")
    for known in (path, kept):
        schema.require_plain(known)
    place = tmp_path / f"index.sqlite{beside}"
    {"link": lambda: place.symlink_to(kept), "pipe": lambda: os.mkfifo(place), "folder": place.mkdir}[kind]()
    with pytest.raises(sqlite3.DatabaseError, match=f"{place.name} is (a link|no file)"):
        schema.require_plain(path)


@pytest.mark.parametrize("value", [None, b"text", 1.5, 2**60, -(2**60), "many"])
def test_a_value_that_its_column_is_not_made_for_is_noticed(database, value):
    database.executescript("CREATE TABLE counts (name TEXT, count INTEGER); INSERT INTO counts VALUES ('one', 1)")
    made = f"{MADE}; CREATE TABLE counts (name TEXT, count INTEGER)"
    schema.require_values(database, made)
    database.execute("INSERT INTO counts VALUES ('two', ?)", (value,))
    with pytest.raises(sqlite3.DatabaseError, match="counts"):
        schema.require_values(database, made)


def test_a_text_that_is_none_is_noticed(database):
    database.execute("INSERT INTO texts (text) VALUES (x'ff')")
    with pytest.raises(sqlite3.DatabaseError, match="texts"):
        schema.require_values(database, MADE)
