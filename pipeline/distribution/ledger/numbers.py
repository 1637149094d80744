"""The number of each text and notice: the day and the place of the run that made it ready."""

from collections.abc import Collection, Iterable

from pipeline.distribution.ledger.connection import LedgerConnection
from pipeline.distribution.ledger.delivery import DeliveryKind, Text
from pipeline.distribution.release import Number

_NUMBER = """
    SELECT day, serial FROM numbers AS own
    WHERE kind = ? AND document = ? AND language = ? AND text_sha256 = ? AND NOT EXISTS (
        SELECT 1 FROM numbers AS later WHERE later.document = own.document
        AND later.language = own.language AND later.serial > own.serial
        AND (own.kind <> 'withdrawal' OR (later.kind = 'letter' AND later.text_sha256 = own.text_sha256))
    )
"""


class TextNumbers:
    """The numbers in the ledger."""

    def __init__(self, connection: LedgerConnection) -> None:
        self._connection = connection

    def of(
        self,
        texts: Collection[Text],
        replaced: Iterable[tuple[Text, str]] = (),
        originals: Iterable[tuple[Text, str]] = (),
    ) -> dict[Text, Number]:
        """Return the numbers of texts and of notices; those that have none are given the next one.

        A number never changes, so that the same bundle can be made again; a text that leaves after another, or after a
        notice, gets a new one, as does one whose number is not after that of a text which it has `replaced`, as when
        this had another id, or after the notice of one of the `originals`, which go with translations. No day is before
        that of an earlier number.
        """
        with self._connection.transaction():
            self._connection.require_later()
            day, serial = self._connection.execute("SELECT max(day), max(serial) FROM numbers").fetchone()
            new = Number(max(day or "", self._connection.now()[:10]), (serial or 0) + 1)
            numbers = {text: self._number(text) for text in texts}
            behind = [(text, DeliveryKind.LETTER, before) for text, before in replaced]
            behind += [(text, DeliveryKind.WITHDRAWAL, original) for text, original in originals]
            for text, kind, other in behind:
                if (number := numbers.get(text)) and self._is_numbered_since(kind, other, number):
                    numbers[text] = None
            rows = [(*text, new.serial, new.day) for text, number in numbers.items() if not number]
            self._connection.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?)", rows)
            return {text: number or new for text, number in numbers.items()}

    def _is_numbered_since(self, kind: DeliveryKind, text_sha256: str, number: Number) -> bool:
        query = "SELECT 1 FROM numbers WHERE kind = ? AND text_sha256 = ? AND serial > ?"
        return self._connection.execute(query, (kind, text_sha256, number.serial)).fetchone() is not None

    def _number(self, text: Text) -> Number | None:
        """Return the number of a text, unless another, or a notice, came in its place since.

        A notice keeps its own, but where the very text left again after it, as when a withdrawal was undone.
        """
        found = self._connection.execute(_NUMBER, text).fetchone()
        return Number(*found) if found else None
