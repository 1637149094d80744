"""What the end of a page does not part: little that stands alone, and no more than that, or pages would end half empty.

Rows are floats: of one that is kept with the next a few lines go to the next page (see `parting`), or all of it. So how
high it will be is estimated.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice, pairwise, takewhile
from math import ceil
from xml.etree.ElementTree import Element

from pipeline.edition.design import are_stacked
from pipeline.edition.render.pdf.columns import AREA, Page

RUNS = ("slogan", "contact", "date", "list-item", "signature")
"""Of rows of one kind that follow each other, neither the first nor the last, if it is one line, stands alone."""

SIGNED = ("signature", "signatures", "date", "contact")
"""What a text is signed with: it begins no page without a line of what is signed, and stays together if it is short."""

CLOSING = (*RUNS, "separator", "signatures")
"""What does not stand alone above the colophon."""

FLOWING = ("paragraph", "list-item", "quotation", "endnote")
"""Of such a row lines may go to the next page with what is kept with it; see `parting`."""

WHOLE, SHORT, TOGETHER, GOING = 1 / 3, 1 / 2, 1 / 4, 0.4
"""Of the height of a page: up to which a row in languages below each other is not parted, and up to which it is not if
that leaves little of a page empty; up to which slogans or the lines of a contact stay together, and anything goes to
the next page with what is kept with it; up to which a text does."""

FEW, FEW_TOGETHER = 3, 1 / 2
"""As many slogans or signatures stay together up to this part of the height."""

SURELY, HARDLY_MORE = 0.85, 1.2
"""Lines that a text fills by our estimate: that it is one for sure, and that it may be."""

SURELY_PARTED = 5
"""Lines of a text that surely has the four of which two go to the next page."""

LINES = {"rtl": 18.0, "ltr": 13.5}
"""Points from line to line, in style.css."""

INDENTED = 3
"""Letters for which an indent takes the room."""

BETWEEN = 8.0
"""Points between rows."""

GRID_LINE = 22.0
"""Points that a line of a grid takes, if it is short."""


def mark(rows: Sequence[Element], page: Page) -> None:
    """Say of rows which of them a page does not part, by classes that the stylesheet knows."""
    text = [row for row in rows if not is_of(row, ("endnote",))]
    for run in _runs(text):
        _keep_ends(run, page)
    _keep_pairs(text, page)
    _keep_captions(text)
    for alone, tables in groupby(text, key=lambda row: is_of(row, ("full",)) and is_of(row, ("signatures", "verse"))):
        run = list(tables)
        if alone and sum(_height(row, page) for row in run) <= TOGETHER * page.height:
            for row in run[1:]:
                add_class(row, "kept")
    is_stacked = are_stacked(page.design, len(page.columns))
    for row in text:
        is_announcing = is_of(row, FLOWING) and is_of(row, ("leads",))
        if is_stacked and not is_announcing and _height(row, page) <= SHORT * page.height:
            add_class(row, "whole" if _height(row, page) <= WHOLE * page.height else "short")
        elif page.abreast > 1 and is_of(row, ("heading",)) and _is_line(row, page):
            add_class(row, "low")


def is_of(row: Element, names: Sequence[str]) -> bool:
    """Whether a row has one of some classes."""
    return not set(names).isdisjoint(row.get("class", "").split())


def add_class(row: Element, name: str) -> None:
    row.set("class", f"{row.get('class')} {name}")


def _runs(rows: Sequence[Element]) -> Iterator[list[Element]]:
    for kind, run in groupby(rows, key=lambda row: next(filter(lambda name: is_of(row, (name,)), RUNS), "")):
        if kind:
            yield list(run)


def _keep_ends(run: Sequence[Element], page: Page) -> None:
    """Keep slogans or lines below a text together, if they are few; of more, and of a list, those at its ends."""
    is_list = is_of(run[0], ("list-item",) if len(run) <= FEW else ("list-item", "signature"))
    most = (TOGETHER if len(run) > FEW else FEW_TOGETHER) * page.height
    if not is_list and sum(_height(row, page) for row in run) <= most:
        kept = {*run[1:]}
    else:
        kept = {row for row in run[1:2] if _stands_alone(run[0], page)} | {
            row for row in run[-1:] if _stands_alone(row, page)
        }
    for row in run[1:]:
        if row in kept:
            add_class(row, "kept")


def _keep_pairs(rows: Sequence[Element], page: Page) -> None:
    """Keep rows with those before them: separators, what a text is signed with, a last line; and after a colon."""
    kept = 0.0
    for number, (before, row) in enumerate(pairwise(rows), 1):
        kept = (kept if is_of(before, ("kept",)) else 0) + (0 if is_of(before, FLOWING) else _height(before, page))
        if not _may_go_on(before, page):
            continue
        is_last_line = row is rows[-1] and _stands_alone(row, page)
        is_signed = _is_signed(before, row) and kept + _height_kept(rows, number, page) <= GOING * page.height
        if is_last_line or is_signed or _begins_to_sign(before, row) or is_of(row, ("separator",)):
            add_class(row, "kept")
        if is_of(before, ("separator",)) or _announces(before):
            add_class(before, "leads")


def _height_kept(rows: Sequence[Element], number: int, page: Page) -> float:
    """Return the height of a row and of those behind it that are kept with it."""
    behind = takewhile(lambda row: is_of(row, ("kept",)), islice(rows, number + 1, None))
    return _height(rows[number], page) + sum(_height(row, page) for row in behind)


def _begins_to_sign(before: Element, row: Element) -> bool:
    return is_of(row, SIGNED) and not is_of(before, SIGNED)


def _is_signed(before: Element, row: Element) -> bool:
    """Whether two rows are of what a text is signed with, and of different kinds of it."""
    kinds = [{kind for kind in SIGNED if is_of(one, (kind,))} for one in (before, row)]
    return all(kinds) and kinds[0].isdisjoint(kinds[1])


def _may_go_on(row: Element, page: Page) -> bool:
    """Whether a row may go to the next page, or its last lines, without much of its own page being empty."""
    is_noted = any(is_of(element, ("reference",)) for element in row.iter())
    is_flowing = is_of(row, FLOWING) and not is_noted and min(_lines(row, page), default=0) >= SURELY_PARTED
    return is_flowing or _height(row, page) <= (GOING if is_of(row, FLOWING) else TOGETHER) * page.height


def _keep_captions(rows: Sequence[Element]) -> None:
    """Keep captions with what they stand above, or else below."""
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if is_of(row, ("caption",)):
            if after is not None and is_of(after, _SHOWN):
                add_class(row, "leads")
            elif before is not None and is_of(before, _SHOWN):
                add_class(row, "kept")


def _stands_alone(row: Element, page: Page) -> bool:
    """Whether a row is one that would be alone on a page: of an end or a list, and hardly more than a line.

    Languages below each other are several lines.
    """
    is_stacked = are_stacked(page.design, len(page.columns))
    return is_of(row, CLOSING) and not is_stacked and max(_lines(row, page), default=0) < HARDLY_MORE


def _is_line(row: Element, page: Page) -> bool:
    """Whether a row is one line in every language, for sure."""
    return is_of(row, ("row",)) and max(_lines(row, page), default=0) < SURELY


def _announces(row: Element) -> bool:
    """Whether a row ends in a colon, as what introduces a list or a poem does."""
    return is_of(row, _LEADS) and "".join(row[0].itertext()).rstrip(_ISOLATES).endswith(":")


_SHOWN = ("table", "picture", "image")
"""What captions stand above or below."""

_LEADS = ("paragraph", "list-item", "quotation")
_ISOLATES = " \u2066\u2067\u2068\u2069"


def _lines(row: Element, page: Page) -> list[float]:
    """Return how many lines each language of a row fills, about."""
    found = zip(_cells(row), page.widths, strict=False)
    more = INDENTED if is_of(row, ("indented",)) else 0
    letters = ((len("".join(cell.itertext())) + more, _letter(cell), width) for cell, width in found)
    return [count * letter / width for count, letter, width in letters]


def _letter(cell: Element) -> float:
    """Return the points that a letter takes of a line."""
    direction = cell.get("dir", "ltr")
    return AREA[direction] / LINES[direction]


def _height(row: Element, page: Page) -> float:
    """Return the points of height that a row takes, about."""
    if not is_of(row, ("row",)):
        return BETWEEN + GRID_LINE * max(1, sum(is_of(line, ("line",)) for line in row.iter("tr")))
    lines = zip(_lines(row, page), _cells(row), strict=True)
    heights = [ceil(count) * LINES[cell.get("dir", "ltr")] for count, cell in lines]
    is_stacked = are_stacked(page.design, len(page.columns))
    return BETWEEN + (sum(heights) if is_stacked else max(heights, default=0))


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if is_of(cell, ("cell",))]
