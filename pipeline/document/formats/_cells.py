"""Tables of pages: their rows and heads, cells that go over several, and tables that only place text on a page."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.document.formats import _lines, _page
from pipeline.document.looks.shown import Shown

if TYPE_CHECKING:
    from lxml.etree import _Element

CELLS = ("td", "th")
_MOST_BREAKS = 5
"""In a cell of a table."""
_MOST_ACROSS = 50
"""Columns that one cell goes over."""


def rows(table: "_Element") -> "Iterator[list[_Element]]":
    """Yield the cells of each row, as far as they show; those of tables within cells are not among them.

    Cells without a row are one, as in a browser; forms and the like around rows and cells change nothing.
    """
    loose: list[_Element] = []
    for part in _parts(table, ("tr", *CELLS)):
        if part.tag in CELLS:
            loose.append(part)
            continue
        if loose:
            yield loose
            loose = []
        yield list(_parts(part, CELLS))
    if loose:
        yield loose


def _parts(around: "_Element", wanted: Sequence[str]) -> "Iterator[_Element]":
    """Yield the rows or cells in an element, whatever else is around them."""
    for one in around:
        if _page.is_skipped(one) or one.tag in ("table", "caption"):
            continue
        if one.tag in wanted:
            yield one
        else:
            yield from _parts(one, wanted)


def holders(table: "_Element", rows: "Sequence[Sequence[_Element]]") -> "set[_Element]":
    """Return what stands around the cells of a table: groups, rows, forms. What else is in it is no part of a cell."""
    found = {table}
    for cell in (cell for row in rows for cell in row):
        for one in cell.iterancestors():
            if one in found:
                break
            found.add(one)
    return found


def is_layout(table: "_Element", rows: "Sequence[Sequence[_Element]]") -> bool:
    """Whether a table only places text on the page: a table in it, or headings or many paragraphs in its cells."""
    if table.get("role") in ("presentation", "none") or sum(map(len, rows)) < 2:
        return True
    if any(cell.tag == "th" for row in rows for cell in row) or table.find("caption") is not None:
        return False
    if next(table.iterdescendants("table", "h1", "h2", "h3", "hr", "blockquote"), None) is not None:
        return True
    if is_framed(table):
        return False
    return max(map(len, rows)) < 2 or any(_is_page(cell) for row in rows for cell in row)


def _is_page(cell: "_Element") -> bool:
    """Whether a cell has more paragraphs than one of a table would."""
    return sum(1 for _ in cell.iter("p")) > 2 or sum(1 for _ in cell.iter("br")) > _MOST_BREAKS


def is_framed(table: "_Element") -> bool:
    return table.get("border", "0") != "0" or "border" in table.get("style", "")


def heads(rows: "Sequence[Sequence[_Element]]") -> int:
    """Return how many rows are the head: those of `thead`, or all of `th`; none when they are all there are."""
    count = 0
    for row in rows:
        if not row or not (_is_in_head(row[0]) or all(cell.tag == "th" for cell in row)):
            break
        count += 1
    return count if count < len(rows) else 0


def _is_in_head(cell: "_Element") -> bool:
    return next(cell.iterancestors("thead", "table")).tag == "thead"


def spread(rows: "Sequence[Sequence[tuple[_Element, list[Shown]]]]") -> list[list[list[Shown]]]:
    """Return the cells of every row, an empty one wherever a cell goes on from beside or above.

    Raises OfficeError when the cells are more than a table may have.
    """
    grid: list[list[list[Shown]]] = []
    taken: dict[int, int] = {}
    for row in rows:
        line: list[list[Shown]] = []
        for cell, lines in row:
            _fill(line, taken)
            across = min(_span(cell, "colspan"), _MOST_ACROSS) if len(line) < _lines.MOST_COLUMNS else 1
            down = min(_span(cell, "rowspan"), len(rows))
            taken |= {len(line) + place: down - 1 for place in range(across)} if down > 1 else {}
            line += [lines, *([[]] * (across - 1))]
        _fill(line, taken)
        grid.append(line)
        _lines.require_table(len(grid), len(line))
    return grid


def _fill(line: list[list[Shown]], taken: dict[int, int]) -> None:
    while taken.get(len(line), 0):
        taken[len(line)] -= 1
        line.append([])


def _span(cell: "_Element", name: str) -> int:
    return max(number(cell.get(name)), 1)


def number(stated: str | None) -> int:
    """Return a number as an attribute states it; 0 when it states none."""
    return stated_number(stated) or 0


def stated_number(stated: str | None) -> int | None:
    """Return a number as an attribute states it, which may be 0; None when it states none."""
    digits = (stated or "").strip()
    sign = -1 if digits[:1] == "-" else 1
    digits = digits.removeprefix("-")
    return sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None
