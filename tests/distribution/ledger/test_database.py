"""The ledger's file is made whole, never over another, and opened only if it is one, and whole."""

import os
import sqlite3
from contextlib import closing

import pytest

from pipeline.distribution import ledger
from pipeline.distribution.ledger import database
from pipeline.errors import LedgerError

pytestmark = pytest.mark.usefixtures("closed_databases")


def overwrite(path, offset, content):
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


@pytest.mark.parametrize("harm", ["empty", "cut off", "another file", "noise", "another database", "gone"])
def test_a_damaged_ledger_stops_everything_and_is_left_as_it_is(path, harm):
    connection = database.open(path)
    rows = [(f"{number}", "oslo", "x" * 900) for number in range(60)]
    connection.executemany("INSERT INTO deliveries VALUES (?, ?, ?)", rows)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    size = path.stat().st_size
    if harm == "empty":
        path.write_bytes(b"")
    elif harm == "cut off":
        os.truncate(path, size // 2)
    elif harm == "another file":
        path.write_bytes(b"not a database" * 1000)
    elif harm == "noise":
        overwrite(path, size // 4, b"\xa5" * (size // 2))
    elif harm == "another database":
        path.unlink()
        sqlite3.connect(path).executescript("CREATE TABLE events (x); INSERT INTO events VALUES (1);")
    else:
        path.unlink()
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(LedgerError, match="backup") as raised:
        database.open(path)
    assert str(path) in str(raised.value)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_ledger_is_damaged_whose_index_lacks_a_step(path):
    """By the index it is known how each delivery stands: a partner whose last step it lacks got no notice, silently."""
    with closing(database.open(path)) as connection:
        connection.execute("INSERT INTO deliveries VALUES ('3f2a9c1b0d4e', 'oslo', 'letter')")
        step = "'3f2a9c1b0d4e', 'accepted', '2026-11-28', '', '', 'smtp', '', '', ''"
        connection.execute(f"INSERT INTO events VALUES (7, {step})")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'steps'")
        ((size,),) = connection.execute("PRAGMA page_size")
    offset = path.read_bytes().index(b"3f2a9c1b0d4e", (root - 1) * size) + 13
    overwrite(path, offset, b"\x47")  # one bit of the number of its row
    with pytest.raises(LedgerError, match=r"damaged .row 1 missing from index steps"):
        database.open(path)


@pytest.mark.parametrize("table", ["events", "withdrawn", "secret", "numbers"])
def test_a_view_that_never_ends_in_place_of_a_table_is_not_asked(path, table):
    """As somebody who shares the workspace can put it there."""
    connection = sqlite3.connect(path)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    connection.executescript(f"DROP TABLE IF EXISTS {table}; CREATE VIEW {table} AS {endless}")
    with pytest.raises(LedgerError, match=f"damaged .'{table}' in it is not what this program makes"):
        database.open(path)


def test_a_ledger_without_its_secret_is_damaged(path):
    """As somebody who shares the workspace can put it there, or beside it."""
    connection = sqlite3.connect(path)
    connection.executescript("DROP TRIGGER secret_DELETE; DELETE FROM secret")
    connection.executescript(database._KEPT.format("secret", "DELETE"))
    connection.close()
    with pytest.raises(LedgerError, match=r"damaged .its secret is missing"):
        database.open(path)


def test_a_ledger_is_not_made_over_another(path):
    with pytest.raises(LedgerError, match="not replaced"):
        database.create(path, "secret")


def test_a_newer_ledger_is_left_to_the_newer_program(path):
    sqlite3.connect(path, isolation_level=None).execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="newer"):
        database.open(path)


def test_what_an_earlier_attempt_left_is_no_obstacle_to_a_new_ledger(tmp_path):
    place = tmp_path / "new" / ledger.FILE_NAME
    place.parent.mkdir()
    for suffix in ("", "-wal", "-shm", "-journal"):
        (place.parent / f".{ledger.FILE_NAME}.part{suffix}").write_bytes(b"half")
    database.create(place, "secret")
    assert [path.name for path in place.parent.iterdir()] == [ledger.FILE_NAME]
    database.open(place).close()


def test_a_folder_that_may_not_be_written_is_named_with_its_remedy(tmp_path):
    with pytest.raises(LedgerError, match="see that this folder may be written"):
        database.create(tmp_path / "gone" / ledger.FILE_NAME, "secret")
