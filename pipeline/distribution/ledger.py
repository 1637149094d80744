"""The memory of what went to whom: the intent before every delivery, the result after it.

A database beside pipeline.toml, because it must outlive all that can be made again. Every step of a
delivery is one more event, and the last event of a delivery tells how it stands. Without this memory
everything would be sent again; so it is never made anew where there was one.
"""

import hashlib
import hmac
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from msgspec import Meta

from pipeline.distribution import database
from pipeline.distribution.release import Number, digest, is_text
from pipeline.errors import LedgerError

FILE_NAME = "ledger.sqlite"
_NUMBER = """
    SELECT day, serial FROM numbers AS own
    WHERE kind = ? AND document = ? AND language = ? AND text_sha256 = ? AND (kind = 'withdrawal' OR NOT EXISTS (
        SELECT 1 FROM numbers AS later WHERE later.kind = own.kind AND later.document = own.document
        AND later.language = own.language AND later.serial > own.serial
    ))
"""

RECALLED = "newsletter, withdrawn: "
"""Before the document of which a newsletter told that it was withdrawn."""

_NEVER = 2**63 - 1

_MOST_BYTES = 100_000_000
"""Of a text that was kept: five times what the longest document holds, written in ASCII."""

_STEPS = """
    SELECT number, deliveries.id, partner, kind, state, time, reason, said, way, address, bundle, manifest_sha256
    FROM deliveries JOIN events ON events.delivery = deliveries.id
"""
_STANDING = f"{_STEPS} AND number = (SELECT max(number) FROM events AS later WHERE later.delivery = deliveries.id)"
"""Of every delivery, its last step."""


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
    DIGEST = "digest"
    NEWSLETTER = "newsletter"

    @property
    def is_of_texts(self) -> bool:
        """Whether it brings texts, or notices of them, and does not only tell of some."""
        return self in (DeliveryKind.LETTER, DeliveryKind.WITHDRAWAL)


class Decision(StrEnum):
    """What a person decided about a text, beside its first withdrawal; that it is `corrected`, with the reason."""

    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    CORRECTED = "corrected"


_NONE: Mapping[str, str] = MappingProxyType({})

Text = tuple[DeliveryKind, str, str, str]
"""Whether a text is sent or withdrawn, its document, its language and its SHA-256."""


@dataclass(frozen=True, slots=True)
class Content:
    """A text in a delivery. `replaces` is the hash of the text the partner had, `after` the delivery that brought it.

    A text that replaces itself comes in more formats than the partner had.
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

    @property
    def adds_formats(self) -> bool:
        """Whether the partner has this very text already."""
        return self.replaces == self.text_sha256

    @property
    def formats(self) -> tuple[str, ...]:
        """Those that the partner has, or wanted, once this came; ledgers did not always say it."""
        with suppress(ValueError, TypeError, AttributeError):
            return tuple(json.loads(self.details or "{}").get("formats", ()))
        return ()

    @property
    def corrects(self) -> str:
        """The hash of another text, which this one replaces; empty when there is none."""
        return "" if self.adds_formats else self.replaces


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
    """A text that is not distributed any more, and since when; of a plan to withdraw it, the time is empty."""

    document: str
    language: str
    text_sha256: str
    reason: str
    time: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.document, self.language, self.text_sha256

    @property
    def text(self) -> tuple[str, str]:
        """What it is, whatever its document is called."""
        return self.language, self.text_sha256


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a ledger has come, kept outside it: the number and time of its last step, and digests of all it has.

    The digests are keyed with the ledger's secret, so that a mark tells nothing without it.
    """

    ledger: str
    number: Annotated[int, Meta(ge=0, le=2**53)]
    time: str
    digest: str
    withdrawn: tuple[str, ...]


class Ledger:
    """What went to whom. Every method is one transaction, safe on the disk when it returns.

    `witness` is given the mark of the ledger before anything that it says can have consequences.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._path = path
        self._clock = clock
        self._marked = (0, "", "")
        self.witness: Callable[[Checkpoint], None] = lambda mark: None

    def close(self) -> None:
        self._connection.close()

    @property
    def id(self) -> str:
        """A name of the ledger, and of its copies, that does not tell the secret."""
        return self._keyed("ledger")[:32]

    def mark(self) -> Checkpoint:
        """Return how far the ledger has come."""
        self._marked = self._after(self._marked)
        number, time, digest = self._marked
        return Checkpoint(self.id, number, time, digest, self._withdrawn())

    def holds(self, mark: Checkpoint) -> bool:
        """Whether everything is in the ledger that was there when it was marked, unchanged."""
        number, _, digest = self._after((0, "", ""), mark.number)
        return (self.id, number, digest) == (mark.ledger, mark.number, mark.digest) and (
            set(mark.withdrawn) <= set(self._withdrawn())
        )

    def _after(self, known: tuple[int, str, str], last: int | None = None) -> tuple[int, str, str]:
        """Return number, time and digest of the `last` step, or the newest; `known` are those of an earlier one."""
        query = "SELECT number, time, * FROM events WHERE number > ? AND number <= ? ORDER BY number"
        for row in self._read(query, (known[0], _NEVER if last is None else last)):
            known = (row[0], row[1], self._keyed(known[2], *row))
        return known

    def _withdrawn(self) -> tuple[str, ...]:
        rows = self._read("SELECT document, language, text_sha256 FROM withdrawn")
        return tuple(sorted(self._keyed(*row)[:16] for row in (*rows, *self._decisions())))

    def _keyed(self, *words: object) -> str:
        return hmac.new(self._secret, repr(words).encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _secret(self) -> bytes:
        ((secret,),) = self._read("SELECT value FROM secret LIMIT 1")
        return str(secret).encode()

    def id_of(self, partner: str, kind: DeliveryKind, contents: Sequence[Content]) -> str:
        """Return the name of a delivery: the same on every try, and telling nobody else what is in it.

        What was accepted and lost all the same is sent under another name, which no server has seen.
        """
        keys = sorted((*one.place, one.text_sha256, one.after, *one.formats) for one in contents)
        told = repr((partner, str(kind), keys))
        while self._came_back(name := hmac.new(self._secret, told.encode(), hashlib.sha256).hexdigest()[:12]):
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
        self.witness(self.mark())

    def _require_new(self, entry: LedgerEntry, content: Content) -> None:
        """Whatever planned this delivery: what a partner has, or may have, is not sent."""
        rows = self._connection.execute(
            f"SELECT number, id, kind, state, text_sha256, details FROM ({_STANDING}) AS standing"
            " JOIN contents ON contents.delivery = standing.id"
            " WHERE partner = ? AND document = ? AND language = ? ORDER BY number",
            (entry.partner, *content.place),
        )
        had = [row for row in rows if DeliveryState(row[3]).may_have_arrived]
        is_open = any(DeliveryState(row[3]).is_open for row in had)
        is_same = bool(had) and had[-1][2:5] == (entry.kind, DeliveryState.ACCEPTED, content.text_sha256)
        if is_open or (is_same and not self._goes_on(content, had[-1]) and not self._came_between(content, had[-1][0])):
            raise LedgerError(f"{entry.partner}: {content.document} ({content.language}) was sent before")

    def _goes_on(self, content: Content, had: Sequence[Any]) -> bool:
        """Whether a text follows what brought the same one, in formats that were not in that."""
        before = replace(content, details=had[5]).formats
        return content.adds_formats and content.after == had[1] and set(content.formats) > set(before)

    def _came_between(self, content: Content, number: int) -> bool:
        """Whether the delivery that a text follows brought another, after a step: when its document was called so."""
        query = (
            f"SELECT 1 FROM ({_STANDING}) AS standing JOIN contents ON contents.delivery = standing.id"
            " WHERE id = ? AND number > ? AND state = ? AND text_sha256 = ? AND text_sha256 != ?"
        )
        words = (content.after, number, DeliveryState.ACCEPTED, content.replaces, content.text_sha256)
        return self._connection.execute(query, words).fetchone() is not None

    def record(self, delivery: str, state: DeliveryState, reason: str, said: str = "") -> None:
        """Note what became of a delivery."""
        with self._transaction():
            self._step(self._known(delivery), state, reason, said)

    def interrupted(self) -> list[LedgerEntry]:
        """Return the deliveries during which a command ended."""
        return [entry for entry in self.entries() if entry.state is DeliveryState.SENDING]

    def settle(
        self, partner: str, delivery: str, *, arrived: bool, reason: str, former: Mapping[str, str] = _NONE
    ) -> LedgerEntry:
        """Note what a person found out about a delivery; raise LedgerError when there is nothing to find out.

        What was accepted can be lost all the same: an e-mail that bounced. Not so while the partner has, or may have,
        more formats of its texts: these were chosen for who has the others. `former` are ids that documents had, with
        those they have.
        """
        with self._transaction():
            entry = self._find(delivery)
            if entry is None or entry.partner != partner:
                raise LedgerError(f"{partner}: there is no delivery {delivery}; see pipeline ledger")
            can_be = entry.state.is_open if arrived else entry.state.may_have_arrived
            if not can_be and entry.state is not DeliveryState.REFUSED:
                raise LedgerError(f"{partner}: delivery {delivery} is {entry.state}; there is nothing to settle")
            if arrived and (later := self._in_place_since(entry, former)):
                raise LedgerError(
                    f"{partner}: delivery {later} has brought another text since, which would be sent once more if "
                    f"{delivery} counted as the last; there is nothing to settle"
                )
            if not arrived and (later := self._added_to(entry)):
                raise LedgerError(
                    f"{partner}: delivery {later} brought more formats of what {delivery} did; to have all of both "
                    f"sent again, settle the later one as lost first: pipeline ledger settle {partner} {later} --lost"
                )
            self._step(entry, DeliveryState.ACCEPTED if arrived else DeliveryState.FAILED, reason)
        return entry

    def _in_place_since(self, entry: LedgerEntry, former: Mapping[str, str]) -> str:
        """Return a delivery after the last step of this one that brought something in its place; empty for none."""
        rows = self._connection.execute(
            f"SELECT id, state, document, language FROM ({_STANDING}) AS standing"
            " JOIN contents ON contents.delivery = standing.id WHERE partner = ? AND kind = ? AND number > ?",
            (entry.partner, entry.kind, entry.number),
        )
        places = {(former.get(one.document, one.document), one.language) for one in entry.contents}
        arrived = (row for row in rows if DeliveryState(row[1]).may_have_arrived)
        return next(
            (name for name, _, document, lang in arrived if (former.get(document, document), lang) in places), ""
        )

    def _added_to(self, entry: LedgerEntry) -> str:
        """Return the last delivery that brought more formats of a text in this one; empty when there is none."""
        rows = self._connection.execute(
            f"SELECT id, state FROM ({_STANDING}) AS standing JOIN contents ON contents.delivery = standing.id"
            " WHERE partner = ? AND after = ? AND replaces = text_sha256 ORDER BY number DESC",
            (entry.partner, entry.delivery),
        )
        return next((name for name, state in rows if DeliveryState(state).may_have_arrived), "")

    def withdraw(self, document: str, language: str, text_sha256: str, reason: str) -> None:
        """Note that a text is not to be distributed any more; the first reason stands, unless that was undone."""
        key = (document, language, text_sha256)
        with self._transaction():
            query = "SELECT 1 FROM withdrawn WHERE document = ? AND language = ? AND text_sha256 = ?"
            if not self._connection.execute(query, key).fetchone():
                self._connection.execute("INSERT INTO withdrawn VALUES (?, ?, ?, ?, ?)", (*key, reason, self._now()))
            elif not any(one.key == key for one in self.withdrawn()):
                self._decide(Decision.WITHDRAWN, key, reason)
        self.witness(self.mark())

    def undo(self, texts: Collection[Withdrawn]) -> None:
        """Note that texts are distributed again, all or none; raise LedgerError when a notice may have arrived."""
        with self._transaction():
            for text in texts:
                if told := self.told_of(text):
                    names = ", ".join(told)
                    raise LedgerError(f"{text.document} ({text.language}): {names} may have the notice of withdrawal")
                self._decide(Decision.UNDONE, text.key, "")
        self.witness(self.mark())

    def explain(self, reasons: Mapping[tuple[str, str, str], str]) -> None:
        """Note why texts, by document, language and hash, replace what there was; the last reason stands."""
        known = self.reasons()
        with self._transaction():
            for key, reason in reasons.items():
                if known.get(key) != reason:
                    self._decide(Decision.CORRECTED, key, reason)

    def reasons(self) -> dict[tuple[str, str, str], str]:
        """Return why texts replaced others, as far as that was stated."""
        rows = self._decisions()
        return {(row[2], row[3], row[4]): row[5] for row in rows if row[1] == Decision.CORRECTED}

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep texts, by their hashes, to tell later what a correction changed."""
        with self._transaction():
            self._require_later()
            rows = [(name, zlib.compress(text.encode())) for name, text in texts.items() if not self._packed(name)]
            self._connection.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def text(self, text_sha256: str) -> str:
        """Return a text that was kept; nothing when it was not, is damaged, or none that a release has."""
        packed = self._packed(text_sha256) if self._has("texts") else b""
        with suppress(zlib.error, ValueError):
            text = zlib.decompressobj().decompress(packed, _MOST_BYTES).decode("ascii")
            return text if digest(text) == text_sha256 and is_text(text) else ""
        return ""

    def _packed(self, text_sha256: str) -> bytes:
        rows = self._read("SELECT packed FROM texts WHERE text_sha256 = ?", (text_sha256,))
        return bytes(rows[0][0]) if rows else b""

    def told_of(self, text: Withdrawn) -> list[str]:
        """Return the partners who have, or may have, the notice of a withdrawal, or were told of it in a newsletter."""
        rows = self._read(
            f"SELECT partner, state FROM ({_STANDING}) AS standing JOIN contents ON contents.delivery = standing.id"
            " WHERE (kind = ? OR (kind = ? AND substr(document, 1, ?) = ?)) AND language = ? AND text_sha256 = ?"
            " ORDER BY number",
            (DeliveryKind.WITHDRAWAL, DeliveryKind.NEWSLETTER, len(RECALLED), RECALLED, *text.text),
        )
        return list(dict.fromkeys(partner for partner, state in rows if DeliveryState(state).may_have_arrived))

    def _decide(self, decision: Decision, key: tuple[str, str, str], reason: str) -> None:
        self._require_later()
        row = (decision, *key, reason, self._now())
        self._connection.execute(
            "INSERT INTO decisions SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ? FROM decisions", row
        )

    def _decisions(self) -> list[tuple[Any, ...]]:
        """Return what was decided, in its order: number, decision, document, language, text, reason, time."""
        return self._read("SELECT * FROM decisions ORDER BY number") if self._has("decisions") else []

    def _require_later(self) -> None:
        """Make the tables that the first ledgers do not have."""
        for statement in database.LATER:
            self._connection.execute(statement)

    def _has(self, table: str) -> bool:
        return bool(self._read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)))

    def number(self, texts: Collection[Text], replaced: Iterable[tuple[Text, str]] = ()) -> dict[Text, Number]:
        """Return the numbers of texts and of notices; those that have none are given the next one.

        A number never changes, so that the same bundle can be made again; a text that returns after another gets a new
        one, as does one whose number is not after that of a text which it has `replaced`, as when this had another id.
        No day is before that of an earlier number.
        """
        with self._transaction():
            self._require_later()
            day, serial = self._connection.execute("SELECT max(day), max(serial) FROM numbers").fetchone()
            new = Number(max(day or "", self._now()[:10]), (serial or 0) + 1)
            numbers = {text: self._number(text) for text in texts}
            for text, before in replaced:
                if (number := numbers.get(text)) and self._is_numbered_since(before, number):
                    numbers[text] = None
            rows = [(*text, new.serial, new.day) for text, number in numbers.items() if not number]
            self._connection.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?)", rows)
            return {text: number or new for text, number in numbers.items()}

    def _is_numbered_since(self, text_sha256: str, number: Number) -> bool:
        query = "SELECT 1 FROM numbers WHERE kind = ? AND text_sha256 = ? AND serial > ?"
        return self._connection.execute(query, (DeliveryKind.LETTER, text_sha256, number.serial)).fetchone() is not None

    def _number(self, text: Text) -> Number | None:
        """Return the number of a text, unless another has taken its place since; notices take nobody's."""
        found = self._connection.execute(_NUMBER, text).fetchone()
        return Number(*found) if found else None

    def withdrawn(self) -> list[Withdrawn]:
        """Return the texts that are withdrawn now."""
        first = (Withdrawn(*row) for row in self._first_withdrawals())
        texts: dict[object, Withdrawn | None] = {text.key: text for text in first}
        for _, decision, *row in self._decisions():
            text = Withdrawn(*row)
            if decision != Decision.CORRECTED:
                texts[text.key] = text if decision == Decision.WITHDRAWN else None
        return [text for text in texts.values() if text]

    def ever_withdrawn(self) -> list[Withdrawn]:
        """Return each time that a text was withdrawn, whether that was undone or not."""
        again = [row for row in self._decisions() if row[1] == Decision.WITHDRAWN]
        return [Withdrawn(*row) for row in (*self._first_withdrawals(), *(row[2:] for row in again))]

    def _first_withdrawals(self) -> list[tuple[Any, ...]]:
        return self._read("SELECT document, language, text_sha256, reason, time FROM withdrawn ORDER BY 1, 2, 3")

    def require_known(self) -> None:
        """Raise LedgerError when a delivery is of a kind, or came to a state, that this version does not know."""
        kinds = {kind for (kind,) in self._read("SELECT DISTINCT kind FROM deliveries")}
        states = {state for (state,) in self._read("SELECT DISTINCT state FROM events")}
        for unknown in sorted((kinds - set(DeliveryKind)) | (states - set(DeliveryState))):
            raise LedgerError(
                f"{self._path}: {unknown[:40]!a} is in it, which this version does not know; use a newer one, or "
                "put the ledger back from a backup"
            )

    def entries(self) -> list[LedgerEntry]:
        """Return how every delivery stands, in the order of their last steps."""
        return self._entries(f"{_STANDING} ORDER BY number")

    def steps(self) -> list[LedgerEntry]:
        """Return every step of every delivery, in their order."""
        return self._entries(f"{_STEPS} ORDER BY number")

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

    def _read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with database.told(self._path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with database.told(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def open(path: Path, clock: Callable[[], datetime]) -> Ledger:
    """Return the ledger at `path`; raise LedgerError as `database.open` does, and for steps that nobody knows here."""
    book = Ledger(database.open(path), path, clock)
    try:
        book.require_known()
    except BaseException:
        book.close()
        raise
    return book


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
