"""Where a page ends that has no room for a row that is kept with others: the weakest reason to keep them gives way.

WeasyPrint goes back to the last place that nothing keeps together, however much of the page is empty then. Here of all
places that leave no more than a part of it empty the one is taken at which least is parted that belongs together. Of a
long text its last two lines may go along instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import weasyprint.layout.block

from pipeline.edition.render.pdf import parting
from pipeline.edition.render.pdf.keeps import Keep

EMPTY, EMPTY_FOR_ONE = 1 / 4, 2 / 5
"""Of the height of a page, what may be empty so that rows stay together, and so that one is not alone."""

EMPTY_FOR_COLOPHON, EMPTY_FOR_ONE_ABOVE = 2 / 5, 3 / 5
"""The same of the page before a colophon, which is never alone: what is parted there shows more than what is empty."""

LITTLE = 1 / 8
"""What more may be empty where more than that is anyway."""

GAP = 3
"""Lines that may be empty below a text whose last two have gone to the next page, but to a signature or separator."""

FULL = 7 / 8
"""More than that is not empty before a colophon: what it would take along would leave it no room on its page."""

CLOSER = 14 * 4 / 3
"""Pixels by which a colophon stands closer to the text, as rows do, if it has room there then."""


@dataclass(frozen=True, slots=True)
class _PageEnd:
    """Where a page may end: before a row or in it, what of it is empty then, and what that parts."""

    index: int
    empty: float
    keep: Keep
    ends: dict[Any, float] | None = None
    """If it is in the row: where its languages end."""

    @property
    def behind(self) -> int:
        """The first row that has nothing on the page."""
        return self.index + (self.ends is not None)


def for_layout() -> None:
    """Have WeasyPrint end pages there."""
    block = weasyprint.layout.block
    find_earlier = block.find_earlier_page_break

    def find_earlier_page_break(context: Any, children: Sequence[Any], absolute: Any, fixed: Any) -> Any:
        row, around = context.tried
        if around.element_tag != "body" or not children:
            return find_earlier(context, children, absolute, fixed)
        is_last = _is_colophon(row)
        if is_last and (found := _closer(context, children, row, around, absolute, fixed)):
            return found
        places = list(_places(context, children, row))
        place = _last(places) if is_last else _best(places, EMPTY, EMPTY_FOR_ONE)
        before, parted, behind = children[: place.index], children[place.index : place.behind], children[place.behind :]
        if place.ends is None:
            block.remove_placeholders(context, behind, absolute, fixed)
            return before, {before[-1].index + 1: None}
        if parting.is_abreast(parted[0]):
            block.remove_placeholders(context, behind, absolute, fixed)
            made, resume = parting.parted(context, parted[0], place.ends)
            return [*before, made], {made.index: resume}
        context.tried = row, parted[0]  # WeasyPrint looks for a place inside it, by this function
        if (found := find_earlier(context, parted, absolute, fixed)) is None:
            return children, {children[-1].index + 1: None}
        block.remove_placeholders(context, behind, absolute, fixed)
        return [*before, *found[0]], found[1]

    block.find_earlier_page_break = find_earlier_page_break


def _is_colophon(box: Any) -> bool:
    return "colophon" in box.element.get("class", "").split()


def _closer(context: Any, rows: Sequence[Any], colophon: Any, around: Any, absolute: Any, fixed: Any) -> Any:
    """Return the rows of a page with a colophon that stands closer below them, and where it goes on, if it has room."""
    last = rows[-1]
    colophon.position_x, colophon.position_y = around.content_box_x(), last.border_box_y() + last.border_height()
    margins = [last.margin_bottom, -CLOSER]
    layout = weasyprint.layout.block.block_level_layout
    made, resume, *_ = layout(context, colophon, 0, None, around, False, absolute, fixed, margins)
    place = len(around.children) - 1
    return made and ([*rows, made], resume and {place: resume})


def _last(places: Sequence[_PageEnd]) -> _PageEnd:
    """Return the place before which the page of a colophon begins, with some of the text if there is room for both."""
    best = _best(places, EMPTY_FOR_COLOPHON, EMPTY_FOR_ONE_ABOVE)
    return best if best.empty <= FULL else places[0]


def _best(places: Sequence[_PageEnd], *bounds: float) -> _PageEnd:
    """Return the place where least is parted, the last one of these, that does not leave too much of a page empty.

    What the row itself leaves empty, as a picture may, is not for the sake of keeping anything. The second of the
    `bounds` is for what would be alone.
    """
    good = [place for place in places if place.keep < Keep.ALWAYS] or places
    least = places[0].empty
    for most in bounds:
        bound = most if least <= most else least + LITTLE
        within = [place for place in good if place.empty <= bound] or good[:1]
        best = min(within, key=lambda place: place.keep)
        if best.keep < Keep.BELONGING:
            break
    return best


def _places(context: Any, rows: Sequence[Any], row: Any) -> Iterator[_PageEnd]:
    """Yield the places where a page may end that has no room for a row, from there to one that parts nothing."""
    height, is_last = parting.height_of(context), _is_colophon(row)
    for index in range(len(rows), 0, -1):
        before = rows[index - 1]
        keep = _keep(context, before, row)
        end = before.border_box_y() + before.border_height()
        yield _PageEnd(index, (context.page_bottom - end) / height, keep)
        if not keep:
            return
        if ends := parting.ends_before_last(context, before):
            inside = Keep.UNDIVIDED if parting.is_short(context, before) else Keep.NOT
            empty = context.page_bottom - max(ends.values())
            line = parting.line_height(context, before)
            is_near = keep in (Keep.SIGNED, Keep.BELONGING) or empty < GAP * line
            if is_last or (is_near and not inside):
                yield _PageEnd(index - 1, empty / height, inside, ends)
        row = before


def _keep(context: Any, before: Any, row: Any) -> Keep:
    """Return why a page should not end between two rows."""
    block = weasyprint.layout.block
    if not block.avoid_page_break(block.block_level_page_break(before, row), context):
        return Keep.NOT
    sides = ((before, "leads", "break_after"), (row, "kept", "break_before"))
    kept = (int(box.element.get(f"data-{name}", Keep.ALWAYS)) for box, name, side in sides if box.style[side] != "auto")
    return Keep(max(kept, default=Keep.ALWAYS))
