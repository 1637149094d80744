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

EMPTY, EMPTY_FOR_ONE = 1 / 4, 1 / 3
"""Of the height of a page, what may be empty so that rows stay together, and so that one is not alone."""

LITTLE = 1 / 8
"""What more may be empty where more than that is anyway."""

SHORT = 5
"""Lines of a text that is parted for nothing that is kept with it: it goes along, or stays."""

GAP = 3
"""Lines that may be empty below a text whose last two have gone to the next page, but to a signature or separator."""


@dataclass(frozen=True, slots=True)
class _PageEnd:
    """Where a page may end: before a row or in it, what of it is empty then, and what that parts."""

    index: int
    empty: float
    keep: Keep
    ends: dict[Any, float] | None = None
    """If it is in the row: where its languages end."""


def for_layout() -> None:
    """Have WeasyPrint end pages there."""
    block = weasyprint.layout.block
    find_earlier = block.find_earlier_page_break

    def find_earlier_page_break(context: Any, children: Sequence[Any], absolute: Any, fixed: Any) -> Any:
        row, around = context.tried
        if around.element_tag != "body" or not children:
            return find_earlier(context, children, absolute, fixed)
        place = _best(list(_places(context, children, row)))
        before = children[: place.index]
        block.remove_placeholders(context, children[place.index + (place.ends is not None) :], absolute, fixed)
        if place.ends is None:
            return before, {before[-1].index + 1: None}
        if not parting.is_abreast(children[place.index]):
            made, resume = find_earlier(context, [children[place.index]], absolute, fixed)
            return [*before, *made], resume
        parted, resume = parting.parted(context, children[place.index], place.ends)
        return [*before, parted], {parted.index: resume}

    block.find_earlier_page_break = find_earlier_page_break


def _best(places: Sequence[_PageEnd]) -> _PageEnd:
    """Return the place where least is parted, the last one of these, that does not leave too much of a page empty.

    What the row itself leaves empty, as a picture may, is not for the sake of keeping anything.
    """
    good = [place for place in places if place.keep < Keep.ALWAYS] or places
    least = places[0].empty
    for most in (EMPTY, EMPTY_FOR_ONE):
        bound = most if least <= most else least + LITTLE
        within = [place for place in good if place.empty <= bound] or good[:1]
        best = min(within, key=lambda place: place.keep)
        if best.keep < Keep.ALONE:
            break
    return best


def _places(context: Any, rows: Sequence[Any], row: Any) -> Iterator[_PageEnd]:
    """Yield the places where a page may end that has no room for a row, from there to one that parts nothing."""
    height = parting.height_of(context)
    for index in range(len(rows), 0, -1):
        before = rows[index - 1]
        keep = _keep(context, before, row)
        end = before.border_box_y() + before.border_height()
        yield _PageEnd(index, (context.page_bottom - end) / height, keep)
        if not keep:
            return
        if ends := parting.ends_before_last(context, before, longer_than=SHORT):
            empty = context.page_bottom - max(ends.values())
            if keep in (Keep.SIGNED, Keep.BELONGING) or empty < GAP * parting.line_height(context, before):
                yield _PageEnd(index - 1, empty / height, Keep.NOT, ends)
        row = before


def _keep(context: Any, before: Any, row: Any) -> Keep:
    """Return why a page should not end between two rows."""
    block = weasyprint.layout.block
    if not block.avoid_page_break(block.block_level_page_break(before, row), context):
        return Keep.NOT
    sides = ((before, "leads", "break_after"), (row, "kept", "break_before"))
    kept = (int(box.element.get(f"data-{name}", Keep.ALWAYS)) for box, name, side in sides if box.style[side] != "auto")
    return Keep(max(kept, default=Keep.ALWAYS))
