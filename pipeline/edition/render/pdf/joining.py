"""Rows that a paragraph goes on in, joined where they would stand apart as if it ended there.

A row is as high as its longest language. Below the others would be more room before the next row than between two
paragraphs, and a row without an indent would seem to begin something else. How high rows are is known by their lines,
which are found here, before there are pages, and kept with their boxes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import weasyprint.layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import strut

from pipeline.edition.render.pdf.parting import NOTED

ROOM = 5.5 * 4 / 3
"""Pixels by which the languages of a row may differ: about as many as two paragraphs stand apart."""

DRIFT = 67.5 * 4 / 3
"""Pixels, those of five lines, from which they are not joined after all: the languages would drift apart."""

LONGEST = 0.7
"""The part of a page from which a row is joined to no other: all lines are found anew each time."""

Counted = Callable[[Any, float, Any], int]
"""Returns how many lines a line box has in a measure of so many pixels, in a block; 0 if that is not known."""


def for_layout(widths: Sequence[float], height: float, counted: Counted) -> None:
    """Have rows joined before they are laid out in columns, if there are any; `height` is that of a page, in points."""
    begin = weasyprint.layout.initialize_page_maker

    def initialize_page_maker(context: Any, root: Any) -> None:
        for body in root.children:
            wide, high = [points * 4 / 3 for points in widths], LONGEST * height * 4 / 3
            body.children = list(_joined(body.children, wide, high, counted))
        begin(context, root)

    if widths:
        weasyprint.layout.initialize_page_maker = initialize_page_maker


def _joined(rows: Sequence[Any], widths: Sequence[float], highest: float, counted: Counted) -> Iterator[Any]:
    before = None
    for row in rows:
        if "continued" in _classes(row) and _can_join(before, row) and _stand_apart(before, widths, highest, counted):
            _join(before, row)
            continue
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def _can_join(one: Any, other: Any) -> bool:
    """Whether two rows are of one paragraph with nothing beside its text, and end alike."""
    names = [*_classes(one), *_classes(other)]
    is_plain = "paragraph" in names and NOTED not in names
    cells = [(_classes(cell), _text(cell)) for cell in _cells(one)]
    more = [(_classes(cell), _text(cell)) for cell in _cells(other)]
    are_alike = [classes for classes, _ in cells] == [classes for classes, _ in more]
    are_texts = all(text is not None for _, text in (*cells, *more))
    return is_plain and are_alike and are_texts and one.style["break_after"] == other.style["break_after"]


def _stand_apart(row: Any, widths: Sequence[float], highest: float, counted: Counted) -> bool:
    """Whether what follows a row would be too far away in a language."""
    blocks = [_text(cell) for cell in _cells(row)]
    counts = [counted(block.children[0], width, block) for block, width in zip(blocks, widths, strict=True)]
    heights = [count * strut(block.style)[0] for count, block in zip(counts, blocks, strict=True)]
    return all(counts) and max(heights) < highest and ROOM < max(heights) - min(heights) < DRIFT


def _join(one: Any, other: Any) -> None:
    """Let the texts of a row go on with those of another."""
    for cell, more in zip(_cells(one), _cells(other), strict=True):
        block, line = _text(cell), _text(more).children[0]
        first = block.children[0]
        gap = next(box for box in reversed(first.children) if isinstance(box, boxes.TextBox)).copy_with_text(" ")
        gap.known = None
        block.children = [made := first.copy_with_children([*first.children, gap, *line.children])]
        made.planned = None


def _cells(row: Any) -> list[Any]:
    return [box for box in row.children if "cell" in _classes(box)]


def _text(cell: Any) -> Any:
    """Return the block of text of a cell; None if it has more than one line box, or no text on its own level."""
    blocks = [box for box in cell.children if "mark" not in _classes(box)]
    lines = blocks[0].children if len(blocks) == 1 and isinstance(blocks[0], boxes.BlockBox) else []
    is_line = len(lines) == 1 and isinstance(lines[0], boxes.LineBox)
    return blocks[0] if is_line and any(isinstance(box, boxes.TextBox) for box in lines[0].children) else None


def _classes(box: Any) -> list[str]:
    is_own = box.element is not None and box.element_tag == getattr(box.element, "tag", None)
    return str(box.element.get("class", "")).split() if is_own else []
