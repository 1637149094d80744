"""The memory of what went to whom: the intent before every delivery, the result after it.

A database beside pipeline.toml, because it must outlive all that can be made again. Nothing in
it is changed or removed, which the database itself sees to: every step of a delivery is one more
event, and the last event of a delivery tells how it stands. Without this memory everything
would be sent again; so it is never made anew where there was one.
"""

import hashlib
import hmac
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline import disk
from pipeline.distribution.release import Number
from pipeline.errors import DeliveryError

FILE_NAME = "ledger.sqlite"
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
_TABLES = ("secret", "deliveries", "contents", "events", "withdrawn")
_KEPT = "CREATE TRIGGER {0}_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, 'the ledger keeps what it has'); END;"
_NUMBERS = (
    """CREATE TABLE IF NOT EXISTS numbers (
        kind TEXT NOT NULL, document TEXT NOT NULL, language TEXT NOT NULL, text_sha256 TEXT NOT NULL,
        serial INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (kind, document, language, text_sha256, serial)
    ) WITHOUT ROWID""",
    *(_KEPT.format("numbers", verb).replace("TRIGGER", "TRIGGER IF NOT EXISTS") for verb in ("UPDATE", "DELETE")),
)
"""A table that the first ledgers do not have; each gets it with its first number."""
_NUMBER = """
    SELECT day, serial FROM numbers AS own
    WHERE kind = ? AND document = ? AND language = ? AND text_sha256 = ? AND (kind = 'withdrawal' OR NOT EXISTS (
        SELECT 1 FROM numbers AS later WHERE later.kind = own.kind AND later.document = own.document
        AND later.language = own.language AND later.serial > own.serial
    ))
"""

_LAST = "number = (SELECT max(number) FROM events AS later WHERE later.delivery = deliveries.id)"
_STANDING = f"""
    SELECT number, deliveries.id, partner, kind, state, time, reason, said, way, address, bundle, manifest_sha256
    FROM deliveries JOIN events ON events.delivery = deliveries.id AND {_LAST}
"""


class LedgerError(DeliveryError):
    """The memory is not in order: nothing is sent without it."""


class DeliveryState(StrEnum):
    """How far a delivery has come. Up to `sending`, nothing can have arrived."""

    PLANNED = "planned"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    DOUBT = "doubt"

    @property
    def may_have_arrived(self) -> bool:
        return self in (DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.DOUBT)

    @property
    def is_open(self) -> bool:
        """Whether nobody knows if it arrived."""
        return self in (DeliveryState.SENDING, DeliveryState.DOUBT)


class DeliveryKind(StrEnum):
    LETTER = "letter"
    WITHDRAWAL = "withdrawal"


Text = tuple[DeliveryKind, str, str, str]
"""Whether a text is sent or withdrawn, its document, its language and its SHA-256."""


@dataclass(frozen=True, slots=True)
class Content:
    """A text in a delivery. `replaces` is the hash of the text the partner had, `after` the delivery that brought it.

    `details` are what is known of it, for a notice when it is no longer there.
    """

    document: str
    language: str
    text_sha256: str
    replaces: str = ""
    after: str = ""
    details: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return self.document, self.language


@dataclass(frozen=True, slots=True)
class Try:
    """By which way a delivery is tried, and with what."""

    way: str
    address: str
    bundle: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A step of a delivery; the last one tells how it stands. `said` are the words of the other side."""

    number: int
    delivery: str
    partner: str
    kind: DeliveryKind
    state: DeliveryState
    time: str
    reason: str
    said: str
    way: str
    address: str
    bundle: str
    manifest_sha256: str
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A text that is not distributed any more."""

    document: str
    language: str
    text_sha256: str
    reason: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.document, self.language, self.text_sha256


class Ledger:
    """What went to whom. Every method is one transaction, safe on the disk when it returns."""

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._path = path
        self._clock = clock

    def close(self) -> None:
        self._connection.close()

    def id_of(self, partner: str, kind: DeliveryKind, contents: Sequence[Content]) -> str:
        """Return the name of a delivery: the same on every try, and telling nobody else what is in it.

        What was accepted and lost all the same is sent under another name, which no server has seen.
        """
        (secret,) = self._connection.execute("SELECT value FROM secret").fetchone()
        keys = sorted((*one.place, one.text_sha256, one.after) for one in contents)
        told = repr((partner, str(kind), keys))
        while self._came_back(name := hmac.new(secret.encode(), told.encode(), hashlib.sha256).hexdigest()[:12]):
            told = name
        return name

    def _came_back(self, delivery: str) -> bool:
        """Whether a delivery was accepted, and a person found out that it never arrived."""
        query = "SELECT state FROM events WHERE delivery = ? ORDER BY number"
        states = [state for (state,) in self._connection.execute(query, (delivery,))]
        return DeliveryState.ACCEPTED in states and states[-1] == DeliveryState.FAILED

    def plan(self, partner: str, kind: DeliveryKind, contents: Sequence[Content], tried: Try) -> str:
        """Note the intent of a delivery, new or tried before; return its name."""
        delivery = self.id_of(partner, kind, contents)
        with self._transaction():
            found = self._find(delivery)
            if found is None:
                self._connection.execute("INSERT INTO deliveries VALUES (?, ?, ?)", (delivery, partner, kind))
                rows = [(delivery, *(getattr(one, field.name) for field in fields(one))) for one in contents]
                self._connection.executemany("INSERT INTO contents VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            elif found.state.may_have_arrived:
                raise LedgerError(f"{partner}: delivery {delivery} is {found.state}; it is not sent again")
            self._event(delivery, DeliveryState.PLANNED, tried)
        return delivery

    def commit(self, delivery: str) -> None:
        """Note that from now on the delivery may have arrived; raise LedgerError when it must not be sent."""
        with self._transaction():
            entry = self._find(delivery)
            if entry is None or entry.state is not DeliveryState.PLANNED:
                raise LedgerError(f"delivery {delivery} was not planned; run the command again")
            for content in entry.contents:
                self._require_new(entry, content)
            self._step(entry, DeliveryState.SENDING, "")

    def _require_new(self, entry: LedgerEntry, content: Content) -> None:
        """Whatever planned this delivery: what a partner has, or may have, is not sent."""
        rows = self._connection.execute(
            f"SELECT kind, state, text_sha256 FROM ({_STANDING}) AS standing"
            " JOIN contents ON contents.delivery = standing.id"
            " WHERE partner = ? AND document = ? AND language = ? ORDER BY number",
            (entry.partner, *content.place),
        )
        had = [(kind, state, text) for kind, state, text in rows if DeliveryState(state).may_have_arrived]
        is_open = any(DeliveryState(state).is_open for _, state, _ in had)
        if is_open or (had and had[-1] == (entry.kind, DeliveryState.ACCEPTED, content.text_sha256)):
            raise LedgerError(f"{entry.partner}: {content.document} ({content.language}) was sent before")

    def record(self, delivery: str, state: DeliveryState, reason: str, said: str = "") -> None:
        """Note what became of a delivery."""
        with self._transaction():
            self._step(self._known(delivery), state, reason, said)

    def interrupted(self) -> list[LedgerEntry]:
        """Return the deliveries during which a command ended."""
        return [entry for entry in self.entries() if entry.state is DeliveryState.SENDING]

    def settle(self, partner: str, delivery: str, *, arrived: bool, reason: str) -> LedgerEntry:
        """Note what a person found out about a delivery; raise LedgerError when there is nothing to find out.

        What was accepted can be lost all the same: an e-mail that bounced.
        """
        with self._transaction():
            entry = self._find(delivery)
            if entry is None or entry.partner != partner:
                raise LedgerError(f"{partner}: there is no delivery {delivery}; see pipeline ledger")
            can_be = entry.state.is_open if arrived else entry.state.may_have_arrived
            if not can_be and entry.state is not DeliveryState.REFUSED:
                raise LedgerError(f"{partner}: delivery {delivery} is {entry.state}; there is nothing to settle")
            self._step(entry, DeliveryState.ACCEPTED if arrived else DeliveryState.FAILED, reason)
        return entry

    def withdraw(self, document: str, language: str, text_sha256: str, reason: str) -> None:
        """Note that a text is not to be distributed any more; the first reason stands."""
        with self._transaction():
            self._connection.execute(
                "INSERT OR IGNORE INTO withdrawn VALUES (?, ?, ?, ?, ?)",
                (document, language, text_sha256, reason, self._now()),
            )

    def number(self, texts: Collection[Text]) -> dict[Text, Number]:
        """Return the numbers of texts and of notices; those that have none are given the next one.

        A number never changes, so that the same bundle can be made again; a text that returns after another gets a new
        one. No day is before that of an earlier number.
        """
        with self._transaction():
            for statement in _NUMBERS:
                self._connection.execute(statement)
            day, serial = self._connection.execute("SELECT max(day), max(serial) FROM numbers").fetchone()
            new = Number(max(day or "", self._now()[:10]), (serial or 0) + 1)
            numbers = {text: self._number(text) for text in texts}
            rows = [(*text, new.serial, new.day) for text, number in numbers.items() if not number]
            self._connection.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?)", rows)
            return {text: number or new for text, number in numbers.items()}

    def _number(self, text: Text) -> Number | None:
        """Return the number of a text, unless another has taken its place since; notices take nobody's."""
        found = self._connection.execute(_NUMBER, text).fetchone()
        return Number(*found) if found else None

    def withdrawn(self) -> list[Withdrawn]:
        rows = self._read("SELECT document, language, text_sha256, reason FROM withdrawn ORDER BY 1, 2, 3")
        return [Withdrawn(*row) for row in rows]

    def entries(self) -> list[LedgerEntry]:
        """Return how every delivery stands, in the order of their last steps."""
        return self._entries(f"{_STANDING} ORDER BY number")

    def steps(self) -> list[LedgerEntry]:
        """Return every step of every delivery, in their order."""
        return self._entries(_STANDING.replace(f" AND {_LAST}", "") + " ORDER BY number")

    def _entries(self, query: str) -> list[LedgerEntry]:
        contents = defaultdict(list)
        for delivery, *row in self._read("SELECT * FROM contents ORDER BY delivery, document, language"):
            contents[delivery].append(Content(*row))
        return [_entry(row, contents[row[1]]) for row in self._read(query)]

    def _find(self, delivery: str) -> LedgerEntry | None:
        row = self._connection.execute(f"{_STANDING} WHERE deliveries.id = ?", (delivery,)).fetchone()
        if row is None:
            return None
        found = self._connection.execute("SELECT * FROM contents WHERE delivery = ?", (delivery,)).fetchall()
        return _entry(row, [Content(*rest) for _, *rest in found])

    def _known(self, delivery: str) -> LedgerEntry:
        found = self._find(delivery)
        if found is None:
            raise LedgerError(f"delivery {delivery} was not planned; run the command again")
        return found

    def _step(self, entry: LedgerEntry, state: DeliveryState, reason: str, said: str = "") -> None:
        tried = Try(entry.way, entry.address, entry.bundle, entry.manifest_sha256)
        self._event(entry.delivery, state, tried, reason, said)

    def _event(self, delivery: str, state: DeliveryState, tried: Try, reason: str = "", said: str = "") -> None:
        way = (tried.way, tried.address, tried.bundle, tried.manifest_sha256)
        self._connection.execute(
            "INSERT INTO events (delivery, state, time, reason, said, way, address, bundle, manifest_sha256)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (delivery, state, self._now(), reason, said, *way),
        )

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _read(self, query: str) -> list[tuple[Any, ...]]:
        with _told(self._path):
            return self._connection.execute(query).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _told(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def open(path: Path, clock: Callable[[], datetime]) -> Ledger:
    """Return the ledger at `path`; raise LedgerError when it is damaged, or is none of ours.

    It is only ever made by `create`: a missing or an empty file is no ledger.
    """
    if not path.is_file():
        raise LedgerError(f"{path}: there is no ledger here; put it back from a backup")
    with _told(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            _require_whole(connection, path)
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
    return Ledger(connection, path, clock)


def _require_whole(connection: sqlite3.Connection, path: Path) -> None:
    (version,), (application,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")
    )
    if application != _APPLICATION:
        raise sqlite3.DatabaseError("it is empty, or another kind of file")
    if version > VERSION:
        raise LedgerError(f"{path}: written by a newer version of pipeline; use that one")
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def create(path: Path, secret: str) -> None:
    """Make an empty ledger, whole or not at all, that only its owner can read; while the workspace is locked.

    Raises LedgerError, also when there is a ledger: it is never replaced.
    """
    part = path.with_name(f".{path.name}.part")
    with _told(path):
        if path.exists():
            raise LedgerError(f"{path}: there is a ledger already, and it is not replaced")
        for left in path.parent.glob(f"{part.name}*"):  # with what SQLite kept beside it
            left.unlink()
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
            triggers = " ".join(_KEPT.format(table, verb) for table in _TABLES for verb in ("UPDATE", "DELETE"))
            connection.executescript(
                f"BEGIN; {_SCHEMA} INSERT INTO secret VALUES ('{secret}'); {triggers}"
                f" PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
            )
        disk.flush(part)
        os.rename(part, path)
        disk.flush(path.parent)


def _entry(row: tuple[Any, ...], contents: Sequence[Content]) -> LedgerEntry:
    number, delivery, partner, kind, state, time, reason, said, way, address, bundle, manifest = row
    return LedgerEntry(
        number=number,
        delivery=delivery,
        partner=partner,
        kind=DeliveryKind(kind),
        state=DeliveryState(state),
        time=time,
        reason=reason,
        said=said,
        way=way,
        address=address,
        bundle=bundle,
        manifest_sha256=manifest,
        contents=tuple(contents),
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say of an error of the database or the disk where it happened, and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LedgerError(
            f"{path}: {error}; see that it may be written and that the disk has room, and run the command again"
        ) from None
    except sqlite3.DatabaseError as error:
        raise LedgerError(
            f"{path}: the ledger is damaged ({error}); nothing is sent without it: "
            f"put it back from a backup, or recover it: sqlite3 {path.name} .recover"
        ) from None
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}; see that this folder may be written") from None
