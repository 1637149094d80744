"""How far the ledger has come, as it is known outside it: an older one put back would send again what was sent."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from pipeline.distribution.ledger.connection import LedgerConnection

_NEVER = 2**63 - 1


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


class LedgerMarks:
    """The marks of a ledger. `witness` is given each before anything that the ledger says can have consequences."""

    def __init__(self, connection: LedgerConnection) -> None:
        self._connection = connection
        self._marked = (0, "", "")
        self.witness: Callable[[Checkpoint], None] = lambda mark: None

    def tell(self) -> None:
        """Give the witness the mark of the ledger as it is."""
        self.witness(self.now())

    @property
    def id(self) -> str:
        """A name of the ledger, and of its copies, that does not tell the secret."""
        return self._keyed("ledger")[:32]

    def now(self) -> Checkpoint:
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
        for row in self._connection.read(query, (known[0], _NEVER if last is None else last)):
            known = (row[0], row[1], self._keyed(known[2], *row))
        return known

    def _withdrawn(self) -> tuple[str, ...]:
        rows = self._connection.read("SELECT document, language, text_sha256 FROM withdrawn")
        return tuple(sorted(self._keyed(*row)[:16] for row in (*rows, *self._connection.later("decisions"))))

    def _keyed(self, *words: object) -> str:
        return hmac.new(self._connection.secret, repr(words).encode(), hashlib.sha256).hexdigest()
