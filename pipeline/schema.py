"""What a database is made of, compared with what it should be made of.

A file of somebody else may have anything under a name that is asked for: a view that never ends in place of a
table, a trigger that does. SQLite, «Defense Against The Dark Arts».
"""

import os
import sqlite3
import stat
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from pipeline import disk

_MADE = "SELECT type, name, tbl_name, sql FROM sqlite_master"

_Made = tuple[str, str]


_BESIDE = ("", "-wal", "-shm", "-journal")
"""What the files are called that SQLite keeps beside a database, and reads with it."""

_NAMED = bytes.fromhex("d9d505f920a163d7")
"""Stands behind the name of another file, at the end of a journal (SQLite's pager.c, readSuperJournal)."""


def require_plain(path: Path) -> None:
    """Raise sqlite3.DatabaseError when anything but files of its own would be opened with a database.

    A link may lead to the database of another workspace, whose texts would be taken for those of this one; a pipe is
    waited for without end; and the file that a journal names, as one of several databases changed at once does, is
    deleted when the database is opened. None of ours names one.
    """
    *_, journal = places = _files(path)
    for place in places:
        with suppress(FileNotFoundError):
            mode = place.lstat().st_mode
            if stat.S_ISLNK(mode):
                raise sqlite3.DatabaseError(f"{place.name} is a link")
            if not stat.S_ISREG(mode):
                raise sqlite3.DatabaseError(f"{place.name} is no file")
    if _end(journal, len(_NAMED)) == _NAMED:
        raise sqlite3.DatabaseError(f"{journal.name} names another file")


def remove(path: Path) -> None:
    """Remove a database and what SQLite kept beside it, as far as that is possible."""
    for place in _files(path):
        with suppress(OSError):
            place.unlink()


def _files(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{beside}") for beside in _BESIDE]


def _end(place: Path, count: int) -> bytes:
    """Return the last bytes of a file; nothing when it is not there, or cannot be read, which SQLite cannot either."""
    with suppress(OSError), disk.opened(place) as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - count))
        return file.read(count)
    return b""


def require(connection: sqlite3.Connection, statements: str) -> None:
    """Raise sqlite3.DatabaseError when what is called as `statements` call it, or hangs on that, is another.

    What else is there is not asked for, as what a repair leaves; what is missing is noticed where it is asked for.
    """
    ours = _ours(statements)
    tables = {name for name, (kind, _) in ours.items() if kind == "table"}
    for name, table, made in _found(connection):
        if (name in ours or table in tables) and made != ours.get(name) and not name.startswith("sqlite_stat"):
            raise sqlite3.DatabaseError(f"{name[:40]!a} in it is not what this program makes")


_TYPES = {"TEXT": "text", "INTEGER": "integer", "BLOB": "blob"}

MOST = 2**53
"""Of a whole number, as in JSON."""


def require_values(connection: sqlite3.Connection, statements: str) -> None:
    """Raise sqlite3.DatabaseError when a column holds what it is not made for: SQLite takes any value into any.

    Every row is looked at, and nothing may be missing from it.
    """
    ours = {name for name, (kind, _) in _ours(statements).items() if kind == "table"}
    for table in sorted(ours & {name for name, *_ in _found(connection)}):
        columns = [(name, kind) for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")]
        faults = [f"typeof({name}) <> '{_TYPES[kind]}'" for name, kind in columns if kind in _TYPES]
        faults += [f"abs({name}) > {MOST}" for name, kind in columns if kind == "INTEGER"]
        if faults and connection.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(faults)} LIMIT 1").fetchone():
            raise sqlite3.DatabaseError(f"{table} in it has a value of another kind")


@cache
def _ours(statements: str) -> dict[str, _Made]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(statements)
        return {name: made for name, _, made in _found(connection)}


def _found(connection: sqlite3.Connection) -> list[tuple[str, str, _Made]]:
    """Return the name, the table and the statement of everything in a database; capitals make no difference."""
    rows = connection.execute(_MADE).fetchall()
    return [(str(name).lower(), str(table).lower(), (str(kind), _plain(sql))) for kind, name, table, sql in rows]


def _plain(sql: object) -> str:
    return "".join(str(sql).split()).lower()
