"""The ledger's file: a database that is made once, keeps what it has, and is opened on any kind of disk.

Nothing in it is changed or removed, which the database itself sees to.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pipeline import disk, schema
from pipeline.errors import LedgerError

VERSION = 1

_APPLICATION = 0x7069706C
_SCHEMA = """
    CREATE TABLE secret (value TEXT NOT NULL);
    CREATE TABLE deliveries (id TEXT PRIMARY KEY, partner TEXT NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE contents (
        delivery TEXT NOT NULL REFERENCES deliveries, document TEXT NOT NULL, language TEXT NOT NULL,
        text_sha256 TEXT NOT NULL, replaces TEXT NOT NULL, after TEXT NOT NULL, details TEXT NOT NULL,
        PRIMARY KEY (delivery, document, language)
    ) WITHOUT ROWID;
    CREATE TABLE events (
        number INTEGER PRIMARY KEY AUTOINCREMENT, delivery TEXT NOT NULL REFERENCES deliveries,
        state TEXT NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL, said TEXT NOT NULL,
        way TEXT NOT NULL, address TEXT NOT NULL, bundle TEXT NOT NULL, manifest_sha256 TEXT NOT NULL
    );
    CREATE TABLE withdrawn (
        document TEXT NOT NULL, language TEXT NOT NULL, text_sha256 TEXT NOT NULL, reason TEXT NOT NULL,
        time TEXT NOT NULL, PRIMARY KEY (document, language, text_sha256)
    ) WITHOUT ROWID;
    CREATE INDEX steps ON events (delivery, number);
    CREATE INDEX of_partner ON deliveries (partner);
"""
_KEYS = {
    "secret": "TRUE",
    "deliveries": "id = NEW.id",
    "contents": "delivery = NEW.delivery AND document = NEW.document AND language = NEW.language",
    "events": "number = NEW.number",
    "withdrawn": "document = NEW.document AND language = NEW.language AND text_sha256 = NEW.text_sha256",
}
"""By table, which row another would take the place of: INSERT OR REPLACE asks no trigger of UPDATE or DELETE."""

_ABORTED = "BEGIN SELECT RAISE(ABORT, 'the ledger keeps what it has'); END;"
_KEPT = f"CREATE TRIGGER {{0}}_{{1}} BEFORE {{1}} ON {{0}} {_ABORTED}"
_TAKEN = f"CREATE TRIGGER {{0}}_INSERT BEFORE INSERT ON {{0}} WHEN EXISTS (SELECT 1 FROM {{0}} WHERE {{1}}) {_ABORTED}"
_LATER = {
    "numbers": (
        """kind TEXT NOT NULL, document TEXT NOT NULL, language TEXT NOT NULL, text_sha256 TEXT NOT NULL,
        serial INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (kind, document, language, text_sha256, serial)""",
        f"kind = NEW.kind AND serial = NEW.serial AND {_KEYS['withdrawn']}",
    ),
    "decisions": (
        """number INTEGER PRIMARY KEY, decision TEXT NOT NULL, document TEXT NOT NULL, language TEXT NOT NULL,
        text_sha256 TEXT NOT NULL, reason TEXT NOT NULL, time TEXT NOT NULL""",
        "number = NEW.number",
    ),
    "texts": ("text_sha256 TEXT PRIMARY KEY, packed BLOB NOT NULL", "text_sha256 = NEW.text_sha256"),
}
"""Tables that the first ledgers do not have: their columns, and which row another would take the place of."""


def _later() -> Iterator[str]:
    for table, (columns, key) in _LATER.items():
        yield f"CREATE TABLE IF NOT EXISTS {table} ({columns}) WITHOUT ROWID"
        for trigger in (*(_KEPT.format(table, verb) for verb in ("UPDATE", "DELETE")), _TAKEN.format(table, key)):
            yield trigger.replace("TRIGGER", "TRIGGER IF NOT EXISTS")


LATER = tuple(_later())
"""What makes them; each ledger gets them when the first of them is needed."""


def open(path: Path) -> sqlite3.Connection:
    """Return a connection to the ledger at `path`; raise LedgerError when it is damaged, or is none of ours.

    It is only ever made by `create`: a missing or an empty file is no ledger, nor is what a link leads to, which
    may be that of another workspace.
    """
    if path.is_symlink():
        raise LedgerError(f"{path}: a link; put the ledger itself there")
    if not path.is_file():
        raise LedgerError(f"{path}: there is no ledger here; put it back from a backup")
    with told(path):
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    if not disk.has_locks(path):
        return _whole(path, is_simple=True)
    try:
        return _whole(path)
    except sqlite3.OperationalError:
        with suppress(sqlite3.OperationalError):  # as where no memory is shared
            return _whole(path, is_simple=True)
        raise


def _whole(path: Path, *, is_simple: bool = False) -> sqlite3.Connection:
    """Return a connection to a ledger that is in order; a simple one asks no more of the disk than that it stores."""
    connection = _connection(path, is_simple=is_simple)
    try:
        _require_whole(connection, path)
        if is_simple:
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA synchronous = {_synchronous(path)}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connection(path: Path, *, is_simple: bool) -> sqlite3.Connection:
    """Return a connection. A simple one needs no memory shared with other processes, and no locks if there are none."""
    vfs = ""
    if is_simple and not disk.has_locks(path):
        disk.tell(path.parent, disk.Weakness.LOCK)
        vfs = "&vfs=unix-none"
    connection = schema.connect(path, f"{path.absolute().as_uri()}?mode=rw{vfs}", uri=True, isolation_level=None)
    if is_simple:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _synchronous(path: Path) -> str:
    """Return how much flushing the disk can do: for SQLite it is an error when it cannot.

    EXTRA flushes the folder too, without which a journal that was removed can come back and undo the last step.
    """
    if not disk.flush(path):
        return "OFF"
    return "EXTRA" if disk.flush(path.parent) else "FULL"


def _require_whole(connection: sqlite3.Connection, path: Path) -> None:
    (version,), (application,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")
    )
    if application != _APPLICATION:
        raise sqlite3.DatabaseError("it is empty, or another kind of file")
    if version > VERSION:
        raise LedgerError(f"{path}: written by a newer version of pipeline; use that one")
    statements = "; ".join((_SCHEMA, _kept(), *LATER))
    schema.require(connection, statements)
    # The quick one does not look whether indexes have every row, by which it is known how each delivery stands.
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    schema.require_values(connection, statements)
    if not connection.execute("SELECT 1 FROM secret LIMIT 1").fetchone():
        raise sqlite3.DatabaseError("its secret is missing")


def create(path: Path, secret: str) -> None:
    """Make an empty ledger, whole or not at all, that only its owner can read; while the workspace is locked.

    Raises LedgerError, also when there is a ledger: it is never replaced.
    """
    part = path.with_name(f".{path.name}.part")
    with told(path):
        if path.exists():
            raise LedgerError(f"{path}: there is a ledger already, and it is not replaced")
        try:
            _make(part, secret)
        except sqlite3.OperationalError:
            _make(part, secret, is_simple=True)
        disk.flush(part)
        os.rename(part, path)
        disk.flush(path.parent)


def _make(part: Path, secret: str, *, is_simple: bool = False) -> None:
    for left in part.parent.glob(f"{part.name}*"):  # with what SQLite kept beside it
        left.unlink()
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    is_simple = is_simple or not disk.has_locks(part)
    with closing(_connection(part, is_simple=is_simple)) as connection:
        connection.execute(f"PRAGMA journal_mode = {'DELETE' if is_simple else 'WAL'}")
        connection.execute(f"PRAGMA synchronous = {_synchronous(part)}")
        connection.executescript(
            f"BEGIN; {_SCHEMA} INSERT INTO secret VALUES ('{secret}'); {_kept()}"
            f" PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        )
        # Otherwise closing it would do so, which says nothing when the disk is full: half of it would get the name.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _kept() -> str:
    """Return what makes the triggers of the first tables."""
    kept = (_KEPT.format(table, verb) for table in _KEYS for verb in ("UPDATE", "DELETE"))
    return " ".join((*kept, *(_TAKEN.format(table, key) for table, key in _KEYS.items())))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say of an error of the database or the disk where it happened, and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and not schema.is_endless(error):
            raise LedgerError(
                f"{path}: {error}; see that it may be written and that the disk has room, and run the command again"
            ) from None
        raise LedgerError(
            f"{path}: the ledger is damaged ({error}); nothing is sent without it: "
            f"put it back from a backup, or recover it: sqlite3 {path.name} .recover"
        ) from None
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}; see that this folder may be written") from None
