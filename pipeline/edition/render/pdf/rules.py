"""No rule above a row where a page begins: that below the running head is there already."""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes


def clear(pages: Iterable[Any]) -> None:
    """Take from what stands first on a page the rule that parts it from what comes before."""
    for page in pages:
        for box in _first(page._page_box):
            box.border_top_width = 0


def _first(page: Any) -> Iterator[Any]:
    """Yield the blocks that begin at the top of a page, the outer before the inner."""
    top, box = page.position_y + page.margin_top, page
    while isinstance(box, boxes.BlockBox | boxes.PageBox):
        box = next((child for child in box.children if not isinstance(child, boxes.MarginBox)), None)
        if not isinstance(box, boxes.BlockBox) or box.border_box_y() > top + 1:
            return
        yield box
