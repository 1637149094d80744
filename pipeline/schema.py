"""What a database is made of, compared with what it should be made of.

A file of somebody else may have anything under a name that is asked for: a view that never ends in place of a
table, a trigger that does; or pages of which a thousand lead to the same one below, and so on, down to rows without
end. SQLite, «Defense Against The Dark Arts».
"""

import os
import sqlite3
import stat
import time
from contextlib import closing, suppress
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from pipeline import disk

_MADE = "SELECT type, name, tbl_name, sql FROM sqlite_master"

_Made = tuple[str, str]


_BESIDE = ("", "-wal", "-shm", "-journal")
"""What the files are called that SQLite keeps beside a database, and reads with it."""

_PAUSES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
"""Seconds."""

_NAMED = bytes.fromhex("d9d505f920a163d7")
"""Stands behind the name of another file, at the end of a journal (SQLite's pager.c, readSuperJournal)."""


_STRIDE = 100_000
"""Steps of SQLite's machine after which they are counted."""

FEWEST, OF_A_BYTE = 2_000_000, 50
"""Steps that any statement may take, and so many more for each byte of its database; of ours none takes one a byte."""

_FEW, _MANY = 64, 100
"""Statements after which it is looked how large a database has become; and what one with many rows may take more."""


class _BoundedConnection(sqlite3.Connection):
    """Ends a statement that takes more steps than what is in the files can ask for."""

    files: tuple[Path, ...] = ()
    _strides = _left = 0

    def execute(self, *words: Any) -> sqlite3.Cursor:
        self._count()
        try:
            return super().execute(*words)
        except UnicodeDecodeError:  # of what SQLite says of a database, whose words it repeats
            raise sqlite3.DatabaseError("what it is made of is no text") from None

    def executemany(self, *words: Any) -> sqlite3.Cursor:
        self._left = 0
        self._count(_MANY)
        made = super().executemany(*words)
        self._left = 0
        return made

    def _count(self, times: int = 1) -> None:
        if not self._left:
            self._strides = (FEWEST + OF_A_BYTE * sum(map(_size, self.files))) // _STRIDE
            self._left = _FEW
        self._left -= 1
        # No function of Python: SQLite would keep to itself that somebody typed Ctrl-C in it.
        self.set_progress_handler(repeat(0, times * self._strides).__next__, _STRIDE)


def connect(path: Path, database: str | Path = "", **options: Any) -> sqlite3.Connection:
    """Open a database that may be somebody else's, as `sqlite3.connect` does; no statement in it goes on for ever.

    But for one that counts all rows of a table and asks nothing else, which is a single step to SQLite.

    With `database` it is opened by that address, or is one in memory with what the file has. Ask the connection, and no
    cursor of its own. Raises sqlite3.DatabaseError as `require_plain` does.
    """
    require_plain(path)
    connection: _BoundedConnection = sqlite3.connect(database or path, factory=_BoundedConnection, **options)
    connection.files = _files(path)
    return connection


def write_ahead(connection: sqlite3.Connection) -> None:
    """Have a database keep a log of what is written, so that it can be asked meanwhile.

    SQLite does not wait for another process that is changing the same, so this does. Raises sqlite3.Error.
    """
    for pause in (*_PAUSES, None):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if not is_busy(error) or pause is None:
                raise
            time.sleep(pause)
    connection.execute("PRAGMA synchronous = NORMAL")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another command is using a database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def is_endless(error: sqlite3.Error) -> bool:
    """Whether a statement was ended because it would go on for ever."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT


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


def _files(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(f"{path.name}{beside}") for beside in _BESIDE)


def _size(place: Path) -> int:
    try:
        return place.stat().st_size
    except OSError:
        return 0


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
