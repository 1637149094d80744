"""No rule above a row where a page begins, and no room for one: that below the running head is there already."""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from pipeline.edition.render.pdf import facing


def clear(pages: Iterable[Any]) -> None:
    """Take from what stands first on a page the rule that parts it from what comes before, with the room around it."""
    for page in pages:
        for around, box in _first(page._page_box):
            if box.border_top_width:
                room = box.border_top_width + box.padding_top
                box.border_top_width = 0
                for part in around.children:
                    if not isinstance(part, boxes.MarginBox | boxes.FootnoteAreaBox):
                        facing.move(page._page_box, part, 0, -room)


def _first(page: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the blocks that begin at the top of a page, each with the one around it, the outer before the inner."""
    top, around = page.position_y + page.margin_top, page
    while isinstance(around, boxes.BlockBox | boxes.PageBox):
        box = next((child for child in around.children if not isinstance(child, boxes.MarginBox)), None)
        if not isinstance(box, boxes.BlockBox) or box.border_box_y() > top + 1:
            return
        yield around, box
        around = box
