"""What the end of a page does not part: rows are kept with the one before or behind them, by what they are.

How strongly, `keeps` says: where a page would end too early for all of it, `pagebreaks` has the weakest give way. How
many lines a text has is estimated, to know what would be alone on a page.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from xml.etree.ElementTree import Element

from pipeline.edition.design import are_stacked
from pipeline.edition.render.pdf.columns import AREA, Page
from pipeline.edition.render.pdf.keeps import Keep
from pipeline.text import stops

RUNS = ("slogan", "contact", "date", "list-item", "signature")
"""Rows of one kind that follow each other, of which the first or the last would be alone on its page."""

FEW = {"slogan": 5, "signature": 3, "list-item": 0}
"""As many rows of a kind stay together, all of them; of other kinds any number."""

SIGNED = ("signature", "signatures", "date", "contact")
"""What a text is signed with: it begins no page without a line of what is signed, and stays together."""

CLOSING = (*RUNS, "separator", "signatures")
"""What does not stand alone above the colophon."""

SHORT = 1 / 2
"""The part of the height of a page up to which a row in languages below each other is better not parted."""

WHOLE = 4
"""Lines of such a language that no page parts."""

SURELY, HARDLY_MORE = 0.85, 1.2
"""Lines that a text fills by our estimate: that it is one for sure, and that it may be."""

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
    for kind, run in _runs(text):
        _keep_run(kind, run, page)
    for before, row, after in zip(text, text[1:], [*text[2:], None], strict=False):
        _keep_pair(before, row, after, is_last_line=after is None and _stands_alone(row, page))
    _keep_captions(text)
    for alone, tables in groupby(text, key=lambda row: is_of(row, ("full",)) and is_of(row, ("signatures", "verse"))):
        for row in list(tables)[1:] if alone else ():
            _keep(row, Keep.TOGETHER)
    is_stacked = are_stacked(page.design, len(page.columns))
    for row in text:
        if is_stacked:
            _keep_languages(row, page)
        elif page.abreast > 1 and is_of(row, ("heading",)) and _is_line(row, page):
            add_class(row, "low")


def is_of(row: Element, names: Sequence[str]) -> bool:
    """Whether a row has one of some classes."""
    return not set(names).isdisjoint(row.get("class", "").split())


def add_class(row: Element, name: str) -> None:
    row.set("class", f"{row.get('class')} {name}")


def _keep(row: Element, keep: Keep, name: str = "kept") -> None:
    """Keep a row with the one before it, or what it `leads` with it, and no less than it is already."""
    if not is_of(row, (name,)):
        add_class(row, name)
    row.set(f"data-{name}", str(max(keep, int(row.get(f"data-{name}", 0)))))


def _runs(rows: Sequence[Element]) -> Iterator[tuple[str, list[Element]]]:
    for kind, run in groupby(rows, key=lambda row: next(filter(lambda name: is_of(row, (name,)), RUNS), "")):
        if kind:
            yield kind, list(run)


def _keep_run(kind: str, run: Sequence[Element], page: Page) -> None:
    """Keep slogans or lines below a text together, if they are few; of more, and of a list, two at each end."""
    are_few = len(run) <= FEW.get(kind, len(run))
    for row in run[1:] if are_few else ():
        _keep(row, Keep.BELONGING if kind == "date" else Keep.TOGETHER)
    is_list = kind == "list-item"
    if kind in FEW and not (are_few and kind == "signature"):
        for end, kept in ((run[0], run[1:2]), (run[-1], run[1:][-1:])):
            for row in kept if not is_list or _stands_alone(end, page) else ():
                _keep(row, Keep.ALONE)


def _keep_pair(before: Element, row: Element, after: Element | None, *, is_last_line: bool) -> None:
    """Keep a row with one of another kind: separators, what a text is signed with, a last line, and after a colon."""
    are_signed = is_of(before, SIGNED), is_of(row, SIGNED)
    if is_last_line:
        _keep(row, Keep.TOGETHER if is_of(before, ("rows",)) else Keep.ALONE)
    elif is_of(row, ("separator",)):
        _keep(row, Keep.BELONGING)
    elif are_signed == (False, True):
        _keep(row, Keep.SIGNED)
    elif all(are_signed) and _kind(before) != _kind(row):
        is_one_of_several = after is not None and is_of(row, ("contact",)) and is_of(after, ("contact",))
        _keep(row, Keep.BELONGING if is_of(row, ("date",)) else Keep.ADDRESSED if is_one_of_several else Keep.TOGETHER)
    if is_of(before, ("separator",)):
        _keep(before, Keep.BELONGING, "leads")
    elif _announces(before):
        _keep(before, Keep.ANNOUNCED, "leads")


def _keep_languages(row: Element, page: Page) -> None:
    """Keep languages below each other together, if they are short, and each of them that is shorter."""
    if _height(row, page) <= SHORT * page.height:
        add_class(row, "short")
    for cell, lines in zip(_cells(row), _lines(row, page), strict=False):
        if lines <= WHOLE:
            add_class(cell, "whole")


def _kind(row: Element) -> str:
    return next(kind for kind in SIGNED if is_of(row, (kind,)))


def _keep_captions(rows: Sequence[Element]) -> None:
    """Keep captions with what they stand above, as headings are, or else below: a picture is no good without."""
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if is_of(row, ("caption",)):
            if after is not None and is_of(after, _SHOWN) and not is_of(row, ("below",)):
                _keep(row, Keep.ALWAYS, "leads")
            elif before is not None and is_of(before, _SHOWN):
                _keep(row, Keep.ALONE if is_of(before, ("table",)) else Keep.ALWAYS)


def _stands_alone(row: Element, page: Page) -> bool:
    """Whether a row is one that would be alone on a page: of an end or a list, and hardly more than a line."""
    return is_of(row, CLOSING) and max(_lines(row, page), default=0) < HARDLY_MORE


def _is_line(row: Element, page: Page) -> bool:
    """Whether a row is one line in every language, for sure."""
    return is_of(row, ("row",)) and max(_lines(row, page), default=0) < SURELY


def _announces(row: Element) -> bool:
    """Whether a row ends in a colon, as what introduces a list or a poem does."""
    return is_of(row, _LEADS) and "".join(row[0].itertext()).rstrip(_ISOLATES).endswith(tuple(stops.COLONS))


_SHOWN = ("table", "picture", "image")
"""What captions stand above or below."""

_LEADS = ("paragraph", "list-item", "quotation")
_ISOLATES = " \u2066\u2067\u2068\u2069"


def _lines(row: Element, page: Page) -> list[float]:
    """Return how many lines each language of a row fills, about."""
    found = zip(_cells(row), page.widths, strict=False)
    more = INDENTED if is_of(row, ("indented",)) else 0
    letters = ((len("".join(cell.itertext())) + more, letter(cell), width) for cell, width in found)
    return [count * each / width for count, each, width in letters]


def letter(cell: Element) -> float:
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
