"""What Pango has made of a line of text: its runs, each with an item of the text and its glyphs."""

from collections.abc import Iterator
from typing import Any

from weasyprint.text.ffi import ffi, pango


def runs(line: Any) -> Iterator[Any]:
    """Yield the runs of a line, as glyph items of Pango, from the left to the right."""
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next


def drawn(layout: Any) -> Iterator[Any]:
    """Yield the runs of the line that `draw_first_line` is about to draw: what is changed in them, it draws."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    yield from runs(layout.get_first_line()[0])
