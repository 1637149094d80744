"""The bars beside a quotation, drawn out to where the next block of it begins.

A row is as high as its longest language, and a block no higher than its text: beside a longer translation the bar would
end before its row does.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from weasyprint.formatting_structure import boxes

GOES_ON = "goes-on"
"""The class of rows whose quotation the next row goes on with."""


def join(pages: Iterable[Any], html: Any) -> None:
    """Let the bars of every row that goes on end where its longest one does; `html` is the page description's tree."""
    rows = {
        cell: number
        for number, row in enumerate(html.iter("div"))
        if GOES_ON in row.get("class", "").split()
        for cell in row
    }
    for page in pages if rows else ():
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockBox) and box.element in rows and box.element_tag == "div":
                found[rows[box.element]].append(box)
        for cells in found.values():
            end = max(map(_end, cells))
            for cell in cells:
                _draw_out(cell, end - _end(cell))


def _end(box: Any) -> float:
    return float(box.position_y + box.margin_height())


def _draw_out(cell: Any, length: float) -> None:
    quotations = [child for child in cell.children if getattr(child, "element_tag", "") == "blockquote"]
    for box in (cell, *quotations[-1:]) if length > 0 else ():
        box.height += length
