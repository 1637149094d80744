"""Tables of a Word document: their rows, the places of their cells, their heads and lines (ECMA-376, part 1, 17.4)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.document.formats._lines import MOST_COLUMNS
from pipeline.document.formats._word.styles import WordStyles
from pipeline.office import word, xml
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element


def rows(table: "_Element") -> "list[_Element]":
    """Return the rows of a table, also of those in content controls, without those that were deleted."""
    return [row for row in _all_rows(table) if not word.is_deleted(row)]


def _all_rows(element: "_Element") -> "Iterator[_Element]":
    for child in word.children(element):
        if xml.name(child) == "tr":
            yield child
        elif xml.name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _all_rows(child)


class Merges:
    """Which cells of a table go on from above, row by row; `unseen` counts those of them that hold words."""

    def __init__(self) -> None:
        self._above: set[int] = set()
        """The places in the row above at which cells are merged downwards."""
        self.unseen = 0

    def places(self, row: "_Element") -> "Iterator[_Element | None]":
        """Yield the cell that begins in each place of a row; None where one goes on from beside or above."""
        above, self._above = self._above, set()
        place = _span(row.find(f"{W}trPr/{W}gridBefore"), 0)
        yield from [None] * place
        for cell in word.cells(row):
            said = cell.find(f"{W}tcPr")
            merged = said.find(f"{W}vMerge") if said is not None else None
            # One that goes on from a cell that is not merged begins anew, and shows.
            goes_on = merged is not None and place in above and merged.get(f"{W}val", "continue") == "continue"
            self.unseen += goes_on and xml.has_words(cell)
            if merged is not None:
                self._above.add(place)
            yield None if goes_on else cell
            width = _span(said.find(f"{W}gridSpan") if said is not None else None, 1)
            yield from [None] * (width - 1)
            place += max(width, 1)


def _span(element: "_Element | None", otherwise: int) -> int:
    """Return how many columns a cell goes over, or a row leaves free."""
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), MOST_COLUMNS) if re.fullmatch("[0-9]{1,4}", value) else otherwise


def heads(rows: "Sequence[_Element]") -> int:
    """Return how many of the first rows are the head of a table: they say so, or are coloured, and others are not."""
    return _leading(map(_is_head, rows)) or _leading(map(_is_shaded, rows)) % max(len(rows), 1)


def _leading(flags: Iterable[bool]) -> int:
    """Return how many are true before the first that is not."""
    return sum(takewhile(bool, flags))


def _is_head(row: "_Element") -> bool:
    said = row.find(f"{W}trPr")
    return said is not None and word.is_on(said, "tblHeader")


def _is_shaded(row: "_Element") -> bool:
    """Whether all cells of a row are coloured."""
    fills = [value for cell in word.cells(row) for value in [_fill(cell)]]
    return bool(fills) and all(fills)


def _fill(cell: "_Element") -> bool:
    shade = cell.find(f"{W}tcPr/{W}shd")
    return shade is not None and shade.get(f"{W}fill", "auto").lower() not in ("auto", "ffffff")


def is_framed(table: "_Element", styles: WordStyles) -> bool:
    """Whether lines are drawn in a table, or its style has a name that draws them."""
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is not None:
        return any(side.get(f"{W}val") not in ("none", "nil", None) for side in borders)
    style = word.value(table.find(f"{W}tblPr"), "tblStyle")
    return any(name not in ("normal table", "table normal", "") for name in styles.names(style))
