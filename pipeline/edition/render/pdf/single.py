"""The lines of a paragraph that is one text and whose breaks are known: most lines of a page.

WeasyPrint finds for each how much fits, what of it ends a word, and what stands beside it; of lines from the right to
the left twice. Here a line is the next piece of the text, in the place and with the height that WeasyPrint would find.
"""

from typing import Any

import weasyprint.layout.inline
from weasyprint.formatting_structure import boxes

from pipeline.edition.render.pdf.pieces import LinePiece

Line = tuple[Any, dict[int, Any] | None]
"""The box of a line, and where the next one begins."""


def next_line(context: Any, box: Any, position_y: float, skip: Any, container: Any, part: Any) -> Line | None:
    """Return the next line of a planned line box; None where it is not as plain as all this.

    `part` makes the box of a piece of a text box.
    """
    if (piece := _piece(box, skip)) is None or context.excluded_shapes:
        return None
    inline, text = weasyprint.layout.inline, box.children[0]
    left = container.content_box_x()
    right, is_turned = left + container.width, container.style["direction"] == "rtl"
    box.position_x = right if is_turned else left
    text.position_x = box.position_x + box.text_indent
    box.position_y = text.position_y = position_y
    inline.resolve_percentages(text, container)
    made, resume, _ = part(text, piece)
    line = box.copy_with_children([made])
    line.width = made.position_x + made.width - line.position_x
    inline._adjust_line_height(line)
    _set_height(line, made)
    is_last = resume is None or piece.is_forced
    across = inline.text_align(context, line, right - left, last=is_last)
    line.translate(-across - line.width if is_turned else across, position_y - line.position_y)
    line.position_y = position_y
    return line, None if resume is None else {0: {resume: None}}


def _piece(box: Any, skip: dict[int, Any] | None) -> LinePiece | None:
    """Return what comes next of the one text of a line box."""
    if len(box.children) != 1 or type(box.children[0]) is not boxes.TextBox:
        return None
    start = 0
    if skip is not None:
        ((_, inside),) = skip.items()
        ((start, _),) = inside.items() if inside else ((0, None),)
    piece: LinePiece | None = vars(box.children[0]).get("pieces", {}).get(start)
    is_plain = piece is not None and piece.text == piece.text.strip(" ") != ""
    return piece if is_plain else None


def _set_height(line: Any, text: Any) -> None:
    """Let a line reach from the higher to the lower end of its text and of its own font, both on one baseline."""
    text.position_y, top = -text.baseline, min(-text.baseline, -line.baseline)
    bottom = max(text.position_y + text.margin_height(), line.margin_height() - line.baseline)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
