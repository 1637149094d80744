"""A database of somebody else has nothing under the names that are asked for but what this program makes."""

import os
import shutil
import signal
import sqlite3
import threading
from contextlib import closing, suppress

import pytest

from pipeline import schema
from tests.support import traps

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


def test_a_journal_that_would_have_another_file_deleted_is_refused(tmp_path):
    path, kept = tmp_path / "index.sqlite", tmp_path / "kept.txt"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(MADE)
    kept.write_text("precious")
    traps.journal(path, kept)
    with pytest.raises(sqlite3.DatabaseError, match="sqlite-journal names another file"):
        schema.require_plain(path)
    with closing(sqlite3.connect(path)) as connection:  # what SQLite does with it when nobody looks
        connection.execute("SELECT * FROM texts")
    assert not kept.exists()


def test_the_journal_of_a_command_that_was_killed_is_rolled_back(tmp_path):
    path, copy = tmp_path / "index.sqlite", tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"{MADE} PRAGMA cache_size = 1; PRAGMA cache_spill = 1;")
        connection.executescript(
            "BEGIN; INSERT INTO texts (text) SELECT hex(randomblob(9000)) FROM pragma_module_list;"
        )
        for beside in ("", "-journal"):
            shutil.copy(f"{path}{beside}", f"{copy}{beside}")
    assert copy.with_name("copy.sqlite-journal").stat().st_size
    schema.require_plain(copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM texts").fetchone() == (0,)


@pytest.fixture
def kept(tmp_path):
    """A database in a file, with a row."""
    path = tmp_path / "kept.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO texts VALUES (1, 'a')"
        )
    return path


@pytest.mark.parametrize("question", ["SELECT count(text) FROM texts", "SELECT text FROM texts"])
def test_rows_without_end_are_ended(kept, question):
    traps.endless(kept, "texts")
    with closing(schema.connect(kept)) as connection, pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute(question).fetchall()
    assert schema.is_endless(caught.value)


def test_a_list_of_tables_without_end_is_ended(kept):
    traps.endless_list(kept)
    with closing(schema.connect(kept)) as connection, pytest.raises(sqlite3.OperationalError) as caught:
        schema.require(connection, MADE)
    assert schema.is_endless(caught.value)


def test_a_large_database_answers_however_much_is_asked(kept):
    """Each statement has its own steps, and more of them the larger the database has become."""
    with closing(schema.connect(kept, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; BEGIN")
        connection.executemany("INSERT INTO texts (text) VALUES (?)", ((f"{number:09}",) for number in range(700_000)))
        connection.execute("COMMIT")
        for _ in range(3):
            (found,) = connection.execute("SELECT count(*) FROM texts WHERE text LIKE '%9%' AND id % 7 < 8").fetchone()
            assert found > 200_000


@pytest.fixture
def heard():
    """Ctrl-C as Python hears it, whatever earlier tests have made of it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_in_a_long_statement_is_no_damage(kept, monkeypatch):
    monkeypatch.setattr(schema, "FEWEST", 120_000_000)
    traps.endless(kept, "texts")
    with closing(schema.connect(kept)) as connection, pytest.raises(KeyboardInterrupt):
        threading.Timer(0.05, signal.raise_signal, (signal.SIGINT,)).start()
        with suppress(sqlite3.Error):
            connection.execute("SELECT count(text) FROM texts").fetchall()


def test_a_database_is_removed_with_what_sqlite_keeps_beside_it(tmp_path):
    path = tmp_path / "index.sqlite"
    for beside in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{beside}").touch()
    schema.remove(path)
    assert list(tmp_path.iterdir()) == []
    schema.remove(path)


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


def test_a_damaged_byte_in_what_a_database_is_made_of_is_damage_and_no_other_error(tmp_path):
    """SQLite repeats in its message what it cannot read, which is no text then."""
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(MADE)
    content = path.read_bytes()
    place = content.index(b"CREATE TABLE texts")
    for at in range(place, place + 40):
        path.write_bytes(content[:at] + b"\xff" + content[at + 1 :])
        with suppress(sqlite3.DatabaseError), closing(schema.connect(path)) as opened:
            opened.execute("SELECT count(text) FROM texts").fetchall()
