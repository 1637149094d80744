"""The bars beside a quotation: from row to row without a gap, and ending together in all languages.

A row is as high as its longest language, and a block no higher than its text: beside a longer translation the bar would
end before its row does. Where a page or the quotation ends, bars end with the last line that stands beside one of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

JOINED, GOES_ON = "joined", "goes-on"
"""The classes of rows whose bars stand side by side, and of those of them whose quotation the next row goes on with."""

OVER = 1.0
"""Pixels by which a bar reaches into the next, so that no light shines through between them."""


def join(pages: Iterable[Any], html: Any) -> None:
    """Let bars meet, and end together; `html` is the page description's tree."""
    rows = [row for row in html.iter("div") if JOINED in row.get("class", "").split()]
    numbers = {cell: number for number, row in enumerate(rows) for cell in row}
    for page in pages if rows else ():
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockBox) and box.element in numbers and box.element_tag == "div":
                found[numbers[box.element]] += _quotations(box)
        for number, next_number in pairwise([*sorted(found), -1]):
            goes_on = found[next_number] and GOES_ON in rows[number].get("class", "").split()
            end = _top(found[next_number]) + OVER if goes_on else _foot(found[number])
            for quotation in found[number]:
                quotation.height, quotation.padding_bottom = end - quotation.content_box_y(), 0


def _quotations(cell: Any) -> list[Any]:
    return [child for child in cell.children if getattr(child, "element_tag", "") == "blockquote"]


def _top(quotations: Sequence[Any]) -> float:
    return min((float(box.border_box_y()) for box in quotations), default=0.0)


def _foot(quotations: Sequence[Any]) -> float:
    """Return where the last line of quotations ends."""
    lines = (line for box in quotations for line in box.descendants() if isinstance(line, boxes.LineBox))
    return max((float(line.position_y + line.height) for line in lines), default=_top(quotations))
