"""The memory of what went to whom: the intent before every delivery, the result after it.

A database beside pipeline.toml, because it must outlive all that can be made again. Every step of a
delivery is one more event, and the last event of a delivery tells how it stands. Without this memory
everything would be sent again; so it is never made anew where there was one.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.distribution.ledger.connection import STANDING, STEPS, LedgerConnection
from pipeline.distribution.ledger.decisions import Decisions
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, LedgerEntry, Try, now_called
from pipeline.distribution.ledger.marks import LedgerMarks
from pipeline.distribution.ledger.numbers import TextNumbers
from pipeline.distribution.ledger.texts import KeptTexts
from pipeline.errors import LedgerError

FILE_NAME = "ledger.sqlite"
_NONE: Mapping[str, str] = MappingProxyType({})


def open(path: Path, clock: Callable[[], datetime]) -> "Ledger":
    """Return the ledger at `path`; raise LedgerError as `database.open` does, and for steps that nobody knows here."""
    book = Ledger(LedgerConnection(path, clock))
    try:
        book.require_known()
    except BaseException:
        book.close()
        raise
    return book


class MustStayError(LedgerError):
    """Nothing of a delivery is sent, whatever planned it; the ledger is in order, and the others get theirs."""


class SentBeforeError(MustStayError):
    """A partner has, or may have, what was to be sent."""


class RecalledError(MustStayError):
    """What was to be sent is withdrawn."""


class Ledger:
    """What went to whom. Every method is one transaction, safe on the disk when it returns."""

    def __init__(self, connection: LedgerConnection) -> None:
        self._connection = connection
        self.marks = LedgerMarks(connection)
        self.decisions = Decisions(connection, self.marks)
        self.numbers = TextNumbers(connection)
        self.texts = KeptTexts(connection)

    def close(self) -> None:
        self._connection.close()

    def id_of(self, partner: str, kind: DeliveryKind, contents: Sequence[Content]) -> str:
        """Return the name of a delivery: the same on every try, and telling nobody else what is in it.

        What was accepted and lost all the same is sent under another name, which no server has seen.
        """
        keys = sorted((*one.place, one.text_sha256, one.after, *one.formats) for one in contents)
        told = repr((partner, str(kind), keys))
        secret = self._connection.secret
        while self._came_back(name := hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()[:12]):
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
        with self._connection.transaction():
            found = self._find(delivery)
            if found is None:
                self._connection.execute("INSERT INTO deliveries VALUES (?, ?, ?)", (delivery, partner, kind))
                rows = [(delivery, *(getattr(one, field.name) for field in fields(one))) for one in contents]
                self._connection.executemany("INSERT INTO contents VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            elif found.state.may_have_arrived:
                raise LedgerError(f"{partner}: delivery {delivery} is {found.state}; it is not sent again")
            self._event(delivery, DeliveryState.PLANNED, tried)
        return delivery

    def commit(self, delivery: str, how: str = "") -> None:
        """Note that from now on the delivery may have arrived, and how; raise LedgerError when it must not be sent."""
        with self._connection.transaction():
            entry = self._find(delivery)
            if entry is None or entry.state is not DeliveryState.PLANNED:
                raise LedgerError(f"delivery {delivery} was not planned; run the command again")
            self._require_standing(entry)
            for content in entry.contents:
                self._require_new(entry, content)
            self._step(entry, DeliveryState.SENDING, how)
        self.marks.tell()

    def _require_standing(self, entry: LedgerEntry) -> None:
        """Whatever planned this delivery: no text that is withdrawn is sent."""
        gone = {one.text for one in self.decisions.withdrawn()} if entry.kind is DeliveryKind.LETTER else ()
        for content in entry.contents:
            if (content.language, content.text_sha256) in gone:
                raise RecalledError(f"{entry.partner}: {content.document} ({content.language}) was withdrawn")

    def _require_new(self, entry: LedgerEntry, content: Content) -> None:
        """Whatever planned this delivery: what a partner has, or may have, is not sent.

        What a text follows counts too, under whatever name its document had then.
        """
        rows = self._connection.execute(
            f"SELECT number, id, kind, state, text_sha256, details FROM ({STANDING}) AS standing"
            " JOIN contents ON contents.delivery = standing.id WHERE partner = ? AND language = ?"
            " AND (document = ? OR (id = ? AND text_sha256 = ?)) ORDER BY number",
            (entry.partner, content.language, content.document, content.after, content.replaces),
        )
        had = [row for row in rows if DeliveryState(row[3]).may_have_arrived]
        is_open = any(DeliveryState(row[3]).is_open for row in had)
        is_same = bool(had) and had[-1][2:5] == (entry.kind, DeliveryState.ACCEPTED, content.text_sha256)
        if is_open or (is_same and not self._goes_on(content, had[-1])):
            raise SentBeforeError(f"{entry.partner}: {content.document} ({content.language}) was sent before")

    def _goes_on(self, content: Content, had: Sequence[Any]) -> bool:
        """Whether a text follows what brought the same one, in formats that were not in that."""
        before = replace(content, details=had[5]).formats
        return content.adds_formats and content.after == had[1] and set(content.formats) > set(before)

    def record(self, delivery: str, state: DeliveryState, reason: str, said: str = "") -> None:
        """Note what became of a delivery."""
        with self._connection.transaction():
            self._step(self._known(delivery), state, reason, said)

    def interrupted(self) -> list[LedgerEntry]:
        """Return the deliveries during which a command ended, before or behind the step from which they may arrive."""
        return [entry for entry in self.entries() if entry.state in (DeliveryState.PLANNED, DeliveryState.SENDING)]

    def settle(
        self, partner: str, delivery: str, *, arrived: bool, reason: str, former: Mapping[str, str] = _NONE
    ) -> LedgerEntry:
        """Note what a person found out about a delivery; raise LedgerError when there is nothing to find out.

        What was accepted can be lost all the same: an e-mail that bounced. Not so while the partner has, or may have,
        more formats of its texts: these were chosen for who has the others. `former` are ids that documents had, with
        those they have.
        """
        with self._connection.transaction():
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
            f"SELECT id, state, document, language FROM ({STANDING}) AS standing"
            " JOIN contents ON contents.delivery = standing.id WHERE partner = ? AND kind = ? AND number > ?",
            (entry.partner, entry.kind, entry.number),
        )
        places = {(now_called(one.document, former), one.language) for one in entry.contents}
        arrived = (row for row in rows if DeliveryState(row[1]).may_have_arrived)
        return next((name for name, _, document, lang in arrived if (now_called(document, former), lang) in places), "")

    def _added_to(self, entry: LedgerEntry) -> str:
        """Return the last delivery that brought more formats of a text in this one; empty when there is none."""
        rows = self._connection.execute(
            f"SELECT id, state FROM ({STANDING}) AS standing JOIN contents ON contents.delivery = standing.id"
            " WHERE partner = ? AND after = ? AND replaces = text_sha256 ORDER BY number DESC",
            (entry.partner, entry.delivery),
        )
        return next((name for name, state in rows if DeliveryState(state).may_have_arrived), "")

    def require_known(self) -> None:
        """Raise LedgerError when a delivery is of a kind, or came to a state, that this version does not know."""
        kinds = {kind for (kind,) in self._connection.read("SELECT DISTINCT kind FROM deliveries")}
        states = {state for (state,) in self._connection.read("SELECT DISTINCT state FROM events")}
        for unknown in sorted((kinds - set(DeliveryKind)) | (states - set(DeliveryState))):
            raise LedgerError(
                f"{self._connection.path}: {unknown[:40]!a} is in it, which this version does not know; "
                "use a newer one, or put the ledger back from a backup"
            )

    def entries(self) -> list[LedgerEntry]:
        """Return how every delivery stands, in the order of their last steps."""
        return self._entries(f"{STANDING} ORDER BY number")

    def steps(self) -> list[LedgerEntry]:
        """Return every step of every delivery, in their order."""
        return self._entries(f"{STEPS} ORDER BY number")

    def _entries(self, query: str) -> list[LedgerEntry]:
        contents = defaultdict(list)
        for delivery, *row in self._connection.read("SELECT * FROM contents ORDER BY delivery, document, language"):
            contents[delivery].append(Content(*row))
        return [_entry(row, contents[row[1]]) for row in self._connection.read(query)]

    def _find(self, delivery: str) -> LedgerEntry | None:
        row = self._connection.execute(f"{STANDING} WHERE deliveries.id = ?", (delivery,)).fetchone()
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
            (delivery, state, self._connection.now(), reason, said, *way),
        )


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
