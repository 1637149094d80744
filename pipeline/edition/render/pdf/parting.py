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

EMPTY, EMPTY_BEFORE_WHOLE, EMPTY_BESIDE_NOTES = 1 / 4, 0.6, 1 / 3
"""The parts of a page that may stay empty before a row that cannot be parted well, or had better not be; before a
colophon that no page parts; and so that no language refers to a note on another page."""

FEWEST_ROWS = 4
"""Of a table of more than so many, its head among them, the last two rows go to the next page."""

SHORT = 5
"""Lines of a text that is rather not parted: it goes along with what is kept with it, or stays."""

FLOWING = ("paragraph", "list-item", "quotation", "endnote")
"""Rows of which lines go to the next page with what is kept with them, as `keeping` has it."""

NOTED = "noted"
"""The class of a row with notes at the foot of its page: of the room that lines have, their notes take some."""

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
        return _foot(self.lines[kept - 1])

    @property
    def references(self) -> list[int]:
        """Return the line of each reference, counted from 0."""
        return [number for number, line in enumerate(self.lines) for box in _boxes(line) if _is_reference(box)]

    def until(self, references: int) -> int:
        """Return how many lines stand before the one with the next reference after so many."""
        return [*self.references, len(self.lines)][references]


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
        noted = [*context.current_page_footnotes]
        found = lay_out(context, box, space, skip, around, is_first, *rest, **named)
        context.tried = box, around
        row, resume = found[:2]
        if row is None:
            # WeasyPrint would print on the next page, too, what it has laid out of it on this one.
            block.remove_placeholders(context, context.excluded_shapes[shapes:], [], [])
            _put_back(context, noted)
            return found
        row.origin = box
        is_first = is_first and not noted
        if context.reported_footnotes and not is_first:
            return _begun_on_next(context, row, noted, found)
        is_noted = _is_noted(row) and is_abreast(row)
        if resume is None and not is_noted:
            return found
        if not is_first and not any(cell.lines for cell in _cells(context, row)):
            return _begun_on_next(context, row, noted, found)
        is_whole = "whole" in _classes(around)
        room = (context.page_bottom - space - row.position_y) / height_of(context)
        with_head = room + (row.position_y - before.position_y) / height_of(context) if _is_head(before) else room
        is_better_whole = is_whole or ("short" in _classes(box) and with_head <= EMPTY)
        ends = _ends(context, row, may_part=not is_better_whole)
        if ends:
            return (*parted(context, row, ends), *found[2:])
        most = 1 if is_noted else EMPTY_BEFORE_WHOLE if is_whole else EMPTY
        if ends is None and not is_first and room <= most:
            return _begun_on_next(context, row, noted, found)
        return found

    block.block_level_layout = block_level_layout


def _begun_on_next(context: Any, row: Any, noted: Sequence[Any], found: Any) -> Any:
    """Return that a row begins on the next page, and leave this page the notes that it had."""
    weasyprint.layout.block.remove_placeholders(context, [row], [], [])
    _put_back(context, noted)
    return None, None, {"break": "any", "page": None}, [], False, found[-1]


def _put_back(context: Any, noted: Sequence[Any]) -> None:
    """Have a page keep its notes: WeasyPrint moves them to the next one for the second line of what follows."""
    for note in noted:
        if note not in context.current_page_footnotes:
            context.unlayout_footnote(note)
            context.layout_footnote(note)
    context.current_page_footnotes[:] = noted


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
    """Whether the languages of a row that is laid out stand beside each other, in columns of their own."""
    return hasattr(row, "origin") and any(child.is_floated() for child in row.origin.children)


def line_height(context: Any, row: Any) -> float:
    """Return the height of the highest line of a row that is laid out; none of a table."""
    return max((float(line.height) for cell in _cells(context, row) for line in cell.lines), default=0.0)


def _is_noted(row: Any) -> bool:
    return NOTED in _classes(row)


def height_of(context: Any) -> float:
    """Return how high the text of a page may be."""
    return float(context.current_footnote_area.page.height)


def _ends(context: Any, row: Any, *, may_part: bool) -> dict[Any, float] | None:
    """Return where the languages of a row have to end that this page breaks, if not where they do; None if nowhere."""
    cells = [cell for cell in _cells(context, row) if cell.count]
    are_abreast = is_abreast(row)
    if any(not cell.lines for cell in (cells if are_abreast else cells[:1])) or not (may_part or are_abreast):
        return None
    if not are_abreast or all(len(cell.lines) == cell.count for cell in cells):
        return {}
    kept = [_kept(cell) for cell in cells]
    if not may_part or min(kept) < FEWEST:
        return None
    if _is_noted(row):
        kept = _beside_notes(context, cells, kept)
    if all(number == len(cell.lines) for number, cell in zip(kept, cells, strict=True)):
        return {}
    return {cell.box.element: cell.end(number) for number, cell in zip(kept, cells, strict=True)}


def _beside_notes(context: Any, cells: Sequence[_Side], kept: list[int]) -> list[int]:
    """Return the lines of languages that stay on a page so that all notes they refer to do, if these are enough."""
    both = list(zip(cells, kept, strict=True))
    referring = min(sum(line < number for line in cell.references) for cell, number in both)
    fewer = [min(number, cell.until(referring)) for cell, number in both]
    if min(fewer) < FEWEST:
        return kept
    freed = sum(note.room for cell, number in zip(cells, fewer, strict=True) for note in _notes(cell.lines[number:]))
    end = max(cell.end(number) for cell, number in zip(cells, fewer, strict=True))
    return fewer if context.page_bottom + freed - end <= EMPTY_BESIDE_NOTES * height_of(context) else kept


def _kept(cell: _Side) -> int:
    """Return the lines of a language that stay on a page if two at least go to the next one."""
    return min(len(cell.lines), cell.count - FEWEST)


def ends_before_last(context: Any, row: Any) -> dict[Any, float]:
    """Return where the languages of a row end without their last two lines; nothing if it has too few for that.

    Of languages below each other it is the last one that ends there; the one before it, if that has too few. Of a
    table it is the rows.
    """
    if _is_table(row) and len(lines := _rows(row)) > FEWEST_ROWS:
        return {row.element: float(lines[-FEWEST].position_y)}
    if not hasattr(row, "origin") or set(FLOWING).isdisjoint(_classes(row)):
        return {}
    cells = [cell for cell in _cells(context, row) if cell.count]
    if len(cells) > 1 and not is_abreast(row):
        *_, before, last = cells
        if _kept(last) < FEWEST or "whole" in _classes(last.box):
            return {before.box.element: before.end(before.count)}
        cells = [last]
    are_enough = min(map(_kept, cells), default=0) >= FEWEST
    return {cell.box.element: cell.end(_kept(cell)) for cell in cells} if are_enough else {}


def is_short(context: Any, row: Any) -> bool:
    """Whether a row is one that is rather not parted."""
    if _is_table(row):
        return False
    return "short" in _classes(row) or max(cell.count for cell in _cells(context, row)) <= SHORT


def _is_table(row: Any) -> bool:
    """Whether a row is a table that a page may part."""
    return "rows" in (names := _classes(row)) and "whole" not in names


def _rows(table: Any) -> list[Any]:
    return [box for box in table.descendants() if isinstance(box, boxes.TableRowBox) and "line" in _classes(box)]


def _cells(context: Any, row: Any) -> Iterator[_Side]:
    """Yield the languages of a row that is laid out."""
    laid = {child.element: child for child in row.children if not child.element_tag.count("::")}
    is_noted = _is_noted(row)
    for box in row.origin.children if hasattr(row, "origin") else ():
        if box.element_tag == "div" and "cell" in _classes(box):
            cell = laid.get(box.element)
            lines = list(_lines(cell)) if cell else []
            is_broken = cell in context.broken_out_of_flow
            count = _planned(box) if is_broken or not cell else len(lines)
            # Notes of a language may have taken the room of what stands beside it.
            fitting = [line for line in lines if _foot(line) <= context.page_bottom + HAIR] if is_noted else lines
            yield _Side(cell, fitting, count)


def _lines(box: Any) -> Iterator[Any]:
    """Yield the lines of a box, without those of what floats in it."""
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            yield child
        elif isinstance(child, boxes.BlockBox) and child.is_in_normal_flow():
            yield from _lines(child)


def _foot(line: Any) -> float:
    return float(line.position_y + line.height)


def _boxes(line: Any) -> Iterator[Any]:
    return (box for box in line.descendants() if isinstance(box, boxes.InlineBox) and box.element is not None)


def _is_reference(box: Any) -> bool:
    return box.element_tag == "sup" and "reference" in _classes(box)


def _notes(lines: Sequence[Any]) -> list[Any]:
    """Return the notes at the foot of the page that some lines refer to."""
    return [box.footnote for line in lines for box in line.descendants() if box.footnote]


def _planned(box: Any) -> int:
    """Return how many lines a box has that is laid out on several pages."""
    return sum(int(vars(line).get("plan", 0)) or UNPLANNED for line in _lines(box))


def parted(context: Any, row: Any, ends: dict[Any, float]) -> tuple[Any, dict[int, None]]:
    """Return a row whose languages end so far down, and where it goes on: behind them."""
    origin = row.origin
    found = {child.element: list(_lines(child)) for child in row.children if child.element in ends}
    for element, lines in found.items():
        for note in _notes([line for line in lines if _foot(line) > ends[element] + HAIR]):
            context.unlayout_footnote(note)
    bottom = context.page_bottom
    weasyprint.layout.block.remove_placeholders(context, row.children, [], [])
    after, made = len(origin.children) - 1, []
    for child in row.children:
        if child.element in ends and child.is_floated():
            cell = origin.children[child.index]
            cell.position_x, cell.position_y = row.content_box_x(), child.position_y
            own = bottom if _notes(found[child.element]) else context.page_bottom
            space = own - ends[child.element] - HAIR
            part, resume = float_layout(context, cell, origin, [], [], space, None)
            part.index = child.index
            if resume:
                context.add_broken_out_of_flow(part, cell, origin, resume)
            made.append(part)
        elif child.index != after:
            made.append(child)
    return row.copy_with_children(made), {after: None}
