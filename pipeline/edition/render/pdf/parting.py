"""Where a row ends on a page: it goes on on the next one in all of its languages, or begins there.

Its languages are floats, of which WeasyPrint breaks each where the page ends, and leaves the others as they are. Here a
row is looked at when a page has ended in it, and what stands before a row that does not fit and is kept with it: of
lines that are enough for both pages two go to the next one, where WeasyPrint would take all of the text there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import weasyprint.layout.block
from weasyprint.formatting_structure import boxes
from weasyprint.layout.float import float_layout

FEWEST = 2
"""Lines of a text that stand on a page, if not all of them do."""

EMPTY, EMPTY_BEFORE_WHOLE = 1 / 4, 0.6
"""The parts of a page that may stay empty before a row that cannot be parted well, or had better not be, and before a
colophon that no page parts."""

FLOWING = ("paragraph", "list-item", "quotation", "endnote")
"""Rows of which lines go to the next page with what is kept with them, as `keeping` has it."""

NOTED = "needs-"
"""What a class of rows with notes begins with: of the room that lines have, their notes take some."""


UNPLANNED = 9
"""Lines that a paragraph is taken to have whose lines are not planned: there is a word wider than its column."""

HAIR = 0.1
"""Pixels below its last line, which has its place for sure."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A language of a row: its box on this page, its lines there, and how many it has in all."""

    box: Any
    lines: Sequence[Any]
    count: int

    def end(self, kept: int) -> float:
        """Return where it ends on this page with so many lines."""
        line = self.lines[kept - 1]
        return float(line.position_y + line.height)


def for_layout() -> None:
    """Have WeasyPrint look at rows where pages end."""
    block = weasyprint.layout.block
    lay_out = block.block_level_layout

    def block_level_layout(
        context: Any, box: Any, space: float, skip: Any, around: Any, is_first: bool = True, *rest: Any, **named: Any
    ) -> Any:
        if skip is not None or not _is_row(box):
            found = lay_out(context, box, space, skip, around, is_first, *rest, **named)
            context.tried = box, around
            return _with_nothing_behind(found) if box.force_fragmentation else found
        shapes, (before, _) = len(context.excluded_shapes), vars(context).get("tried", (box, around))
        found = lay_out(context, box, space, skip, around, is_first, *rest, **named)
        context.tried = box, around
        row, resume = found[:2]
        if row is None:
            # WeasyPrint would print on the next page, too, what it has laid out of it on this one.
            block.remove_placeholders(context, context.excluded_shapes[shapes:], [], [])
            return found
        row.origin = box
        if resume is None:
            return found
        is_whole = "whole" in _classes(around)
        room = (context.page_bottom - space - row.position_y) / height_of(context)
        with_head = room + (row.position_y - before.position_y) / height_of(context) if _is_head(before) else room
        is_better_whole = is_whole or ("short" in _classes(box) and with_head <= EMPTY)
        ends = _ends(context, row, may_part=not is_better_whole)
        if ends:
            return (*parted(context, row, ends), *found[2:])
        if ends is None and not is_first and room <= (EMPTY_BEFORE_WHOLE if is_whole else EMPTY):
            block.remove_placeholders(context, [row], [], [])
            return None, None, {"break": "any", "page": None}, [], False, found[-1]
        return found

    block.block_level_layout = block_level_layout


def _with_nothing_behind(found: Any) -> Any:
    """Return what was laid out of a box that only floats go on in, as one that goes on itself.

    WeasyPrint lays it out empty, so that the page has something, and would print what comes behind it beside the float,
    and again on the next page.
    """
    box, resume, *rest = found
    return (box, resume or {0: None}, *rest)


def _is_head(box: Any) -> bool:
    """Whether a box goes along with what follows it, as a heading does, and would leave as much of its page empty."""
    return box.element_tag == "div" and "heading" in _classes(box)


def _is_row(box: Any) -> bool:
    return box.element_tag == "div" and "row" in _classes(box)


def _classes(box: Any) -> list[str]:
    return str(box.element.get("class", "")).split()


def is_abreast(row: Any) -> bool:
    """Whether the languages of a row that is laid out stand beside each other."""
    return any(child.is_floated() for child in row.origin.children)


def line_height(context: Any, row: Any) -> float:
    """Return the height of the highest line of a row that is laid out."""
    return max(float(line.height) for cell in _cells(context, row) for line in cell.lines)


def _is_noted(row: Any) -> bool:
    return any(name.startswith(NOTED) for name in _classes(row))


def height_of(context: Any) -> float:
    """Return how high the text of a page may be."""
    return float(context.current_footnote_area.page.height)


def _ends(context: Any, row: Any, *, may_part: bool) -> dict[Any, float] | None:
    """Return where the languages of a row have to end that this page breaks, if not where they do; None if nowhere."""
    cells = [cell for cell in _cells(context, row) if cell.count]
    are_abreast = is_abreast(row)
    if any(not cell.lines for cell in (cells if are_abreast else cells[:1])) or not (may_part or are_abreast):
        return None
    if _is_noted(row) or not any(cell.box in context.broken_out_of_flow for cell in cells):
        return {}
    kept = [_kept(cell) for cell in cells]
    if not may_part or min(kept) < FEWEST:
        return None
    if all(number == len(cell.lines) for number, cell in zip(kept, cells, strict=True)):
        return {}
    return {cell.box.element: cell.end(number) for number, cell in zip(kept, cells, strict=True)}


def _kept(cell: _Side) -> int:
    """Return the lines of a language that stay on a page if two at least go to the next one."""
    return min(len(cell.lines), cell.count - FEWEST)


def ends_before_last(context: Any, row: Any, longer_than: int) -> dict[Any, float]:
    """Return where the languages of a row end without their last two lines; nothing if it has too few for that.

    It is `longer_than` so many lines in a language, and has no notes, for whose room it would be laid out again.
    """
    if not hasattr(row, "origin") or set(FLOWING).isdisjoint(_classes(row)) or _is_noted(row):
        return {}
    cells = [cell for cell in _cells(context, row) if cell.count]
    is_long = max((cell.count for cell in cells), default=0) > longer_than and min(map(_kept, cells)) >= FEWEST
    if not is_long or (len(cells) > 1 and not is_abreast(row)):
        return {}
    return {cell.box.element: cell.end(_kept(cell)) for cell in cells}


def _cells(context: Any, row: Any) -> Iterator[_Side]:
    """Yield the languages of a row that is laid out."""
    laid = {child.element: child for child in row.children if not child.element_tag.count("::")}
    for box in row.origin.children:
        if box.element_tag == "div" and "cell" in _classes(box):
            cell = laid.get(box.element)
            lines = list(_lines(cell)) if cell else []
            is_broken = cell in context.broken_out_of_flow
            yield _Side(cell, lines, _planned(box) if is_broken or not cell else len(lines))


def _lines(box: Any) -> Iterator[Any]:
    """Yield the lines of a box, without those of what floats in it."""
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            yield child
        elif isinstance(child, boxes.BlockBox) and child.is_in_normal_flow():
            yield from _lines(child)


def _planned(box: Any) -> int:
    """Return how many lines a box has that is laid out on several pages."""
    return sum(int(vars(line).get("plan", 0)) or UNPLANNED for line in _lines(box))


def parted(context: Any, row: Any, ends: dict[Any, float]) -> tuple[Any, dict[int, None]]:
    """Return a row whose languages end so far down, and where it goes on: behind them."""
    origin = row.origin
    weasyprint.layout.block.remove_placeholders(context, row.children, [], [])
    after, made = len(origin.children) - 1, []
    for child in row.children:
        if child.element in ends and child.is_floated():
            cell = origin.children[child.index]
            cell.position_x, cell.position_y = row.content_box_x(), child.position_y
            space = context.page_bottom - ends[child.element] - HAIR
            part, resume = float_layout(context, cell, origin, [], [], space, None)
            part.index = child.index
            if resume:
                context.add_broken_out_of_flow(part, cell, origin, resume)
            made.append(part)
        elif child.index != after:
            made.append(child)
    return row.copy_with_children(made), {after: None}
