"""What Pango has made of a line of text: its runs, each with an item of the text and its glyphs."""

from collections.abc import Iterator
from itertools import groupby, pairwise
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


def clusters(run: Any, content: bytes) -> Iterator[tuple[str, list[Any]]]:
    """Yield the characters that are drawn together, with their glyphs, from the left to the right."""
    start, length, count = run.item.offset, run.item.length, run.glyphs.num_glyphs
    places = ffi.unpack(run.glyphs.log_clusters, count)
    ends = dict(pairwise([*sorted(set(places)), length]))
    for place, group in groupby(range(count), places.__getitem__):
        yield (
            content[start + place : start + ends[place]].decode(),
            [run.glyphs.glyphs[index] for index in group],
        )
