"""What people decided about texts: that they are withdrawn, or again distributed, or why one was corrected."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pipeline.distribution.ledger.connection import STANDING, LedgerConnection
from pipeline.distribution.ledger.delivery import RECALLED, DeliveryKind, DeliveryState
from pipeline.distribution.ledger.marks import LedgerMarks
from pipeline.errors import LedgerError


class Decision(StrEnum):
    """What a person decided about a text, beside its first withdrawal; that it is `corrected`, with the reason.

    The original of a document that is withdrawn as a whole is `held`, until that is undone: `freed`.
    """

    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    CORRECTED = "corrected"
    HELD = "held"
    FREED = "freed"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A text that is not distributed any more, and since when; of a plan to withdraw it, the time is empty.

    Its `number` tells the order, whatever the clock said; in ledgers of earlier versions the first have none.
    """

    document: str
    language: str
    text_sha256: str
    reason: str
    time: str = ""
    number: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.document, self.language, self.text_sha256

    @property
    def text(self) -> tuple[str, str]:
        """What it is, whatever its document is called."""
        return self.language, self.text_sha256


class Decisions:
    """The decisions in the ledger, in their order."""

    def __init__(self, connection: LedgerConnection, marks: LedgerMarks) -> None:
        self._connection = connection
        self._marks = marks

    def withdraw(self, document: str, language: str, text_sha256: str, reason: str) -> None:
        """Note that a text is not to be distributed any more; the first reason stands, unless that was undone."""
        key = (document, language, text_sha256)
        with self._connection.transaction():
            query = "SELECT 1 FROM withdrawn WHERE document = ? AND language = ? AND text_sha256 = ?"
            if not self._connection.execute(query, key).fetchone():
                self._connection.execute(
                    "INSERT INTO withdrawn VALUES (?, ?, ?, ?, ?)", (*key, reason, self._connection.now())
                )
                self._decide(Decision.WITHDRAWN, key, reason)
            elif not any(one.key == key for one in self.withdrawn()):
                self._decide(Decision.WITHDRAWN, key, reason)
        self._marks.tell()

    def undo(self, texts: Collection[Withdrawn]) -> None:
        """Note that texts are distributed again, all or none; raise LedgerError when a notice may have arrived."""
        with self._connection.transaction():
            for text in texts:
                if told := self.told_of(text):
                    names = ", ".join(told)
                    raise LedgerError(f"{text.document} ({text.language}): {names} may have the notice of withdrawal")
                self._decide(Decision.UNDONE, text.key, "")
        self._marks.tell()

    def withdrawn(self) -> list[Withdrawn]:
        """Return the texts that are withdrawn now."""
        first = (Withdrawn(*row) for row in self._first_withdrawals())
        texts: dict[object, Withdrawn | None] = {text.key: text for text in first}
        for number, decision, *row in self.all():
            text = replace(Withdrawn(*row), number=number)
            if decision in (Decision.WITHDRAWN, Decision.UNDONE):
                texts[text.key] = text if decision == Decision.WITHDRAWN else None
        return [text for text in texts.values() if text]

    def hold(self, document: str, language: str, text_sha256: str) -> None:
        """Note that an original goes with no translation into a language in which nobody has had its document."""
        key = (document, language, text_sha256)
        if key not in self.held():
            with self._connection.transaction():
                self._decide(Decision.HELD, key, "")
            self._marks.tell()

    def free(self, keys: Collection[tuple[str, str, str]]) -> None:
        """Note that originals go with every translation again."""
        with self._connection.transaction():
            for key in keys:
                self._decide(Decision.FREED, key, "")
        self._marks.tell()

    def held(self) -> dict[tuple[str, str, str], str]:
        """Return the originals that are held now, document, language and hash, and since when."""
        held = dict[tuple[str, str, str], str]()
        for _, decision, document, language, text_sha256, _, time in self.all():
            if decision == Decision.HELD:
                held[document, language, text_sha256] = time
            elif decision == Decision.FREED:
                held.pop((document, language, text_sha256), None)
        return held

    def ever_withdrawn(self) -> list[Withdrawn]:
        """Return each time that a text was withdrawn, whether that was undone or not."""
        again = [row for row in self.all() if row[1] == Decision.WITHDRAWN]
        return [Withdrawn(*row) for row in (*self._first_withdrawals(), *(row[2:] for row in again))]

    def told_of(self, text: Withdrawn) -> list[str]:
        """Return the partners who have, or may have, the notice of a withdrawal, or were told of it in a newsletter."""
        rows = self._connection.read(
            f"SELECT partner, state FROM ({STANDING}) AS standing JOIN contents ON contents.delivery = standing.id"
            " WHERE (kind = ? OR (kind = ? AND substr(document, 1, ?) = ?)) AND language = ? AND text_sha256 = ?"
            " ORDER BY number",
            (DeliveryKind.WITHDRAWAL, DeliveryKind.NEWSLETTER, len(RECALLED), RECALLED, *text.text),
        )
        return list(dict.fromkeys(partner for partner, state in rows if DeliveryState(state).may_have_arrived))

    def explain(self, reasons: Mapping[tuple[str, str, str], str]) -> None:
        """Note why texts, by document, language and hash, replace what there was; the last reason stands."""
        known = self.reasons()
        with self._connection.transaction():
            for key, reason in reasons.items():
                if known.get(key) != reason:
                    self._decide(Decision.CORRECTED, key, reason)

    def reasons(self) -> dict[tuple[str, str, str], str]:
        """Return why texts replaced others, as far as that was stated."""
        rows = self.all()
        return {(row[2], row[3], row[4]): row[5] for row in rows if row[1] == Decision.CORRECTED}

    def _first_withdrawals(self) -> list[tuple[Any, ...]]:
        return self._connection.read(
            "SELECT document, language, text_sha256, reason, time FROM withdrawn ORDER BY 1, 2, 3"
        )

    def _decide(self, decision: Decision, key: tuple[str, str, str], reason: str) -> None:
        self._connection.require_later()
        row = (decision, *key, reason, self._connection.now())
        self._connection.execute(
            "INSERT INTO decisions SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ? FROM decisions", row
        )

    def all(self) -> list[tuple[Any, ...]]:
        """Return what was decided, in its order: number, decision, document, language, text, reason, time."""
        return self._connection.later("decisions")
