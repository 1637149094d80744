"""Words that stand in a table which came back and that no line of it says: looked for apart from who reads it.

Volunteers write below the table, on another sheet, in a column of their own or in a comment on the title: what nobody
can match to a sentence is not to be lost without a word.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.errors import ExchangeError
from pipeline.exchange.bounds import MOST_AROUND_AN_ID, MOST_TEXT
from pipeline.exchange.table import EARLIER, ID, Line, state_in
from pipeline.model import State
from pipeline.text import unread


class Held(NamedTuple):
    """A text that a file holds, and the id in its row; empty where it stands in none with an id."""

    id: str
    text: str


def said(held: Iterable[Held], lines: Sequence[Line]) -> str:
    """Return how many letters a file holds that no line says, and which words; empty for nothing.

    What a row holds that has a fault is left out with that row, and told with it. Raises ExchangeError for too much.
    """
    faulty = {found[0] for line in lines if line.fault and (found := ID.search(line.id))}
    texts = (part for one in _bounded(held) if one.id not in faulty for part in one.text.split("\n"))
    lacked = unread.lacking(
        (text for text in texts if _is_said(text)),
        [part for line in lines for text in (line.source, line.target, line.note) for part in text.split("\n")],
    )
    return str(lacked) if lacked else ""


def _bounded(held: Iterable[Held]) -> Iterator[Held]:
    characters = 0
    for one in held:
        characters += len(one.text)
        if characters > MOST_TEXT:
            raise ExchangeError(f"more than {MOST_TEXT:,} characters beside its sentences; take them out")
        yield one


def _is_said(text: str) -> bool:
    """Whether a text has letters, and is neither an id nor a mark of what is reviewed."""
    is_of_ours = ID.fullmatch(text.strip("'\" ")) is not None or state_in(text) is not State.DOUBT
    return any(map(str.isalpha, text)) and not is_of_ours


class Rows:
    """Finds, in the rows of a table from the first on, the ids and the names of columns."""

    def __init__(self) -> None:
        self.names: Sequence[str] = ()
        """What the last row of names says, which stands above the ids."""

    def of(self, cells: Sequence[str]) -> Iterator[Held]:
        """Yield what the cells of a row with an id hold, unless their column shows what sentences were."""
        name = self.id(cells)
        for place, text in enumerate(cells):
            if place >= len(self.names) or not self.names[place].endswith(EARLIER):
                yield Held(name, text)

    def is_head(self, cells: Sequence[str]) -> bool:
        """Whether it is a row of names, which is noted."""
        is_head = any(cell.strip().casefold() == "id" for cell in cells)
        self.names = [cell.strip() for cell in cells] if is_head else self.names
        return is_head

    @staticmethod
    def id(cells: Iterable[str]) -> str:
        """Return the id in a row, with its base; empty for none."""
        found = (ID.search(cell[:MOST_AROUND_AN_ID]) for cell in cells)
        return next((one[0] for one in found if one), "")
