"""What Pango has made of a line of text: its runs, each with an item of the text and its glyphs."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from struct import Struct
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


Shape = tuple[int, int, int, int]
"""A glyph by its number, how far it goes on, and how far to the right and how far down it stands, in units of Pango."""

_SHAPE = Struct("=I3i4x")
assert ffi.sizeof("PangoGlyphInfo") == _SHAPE.size


def clusters(run: Any, content: bytes) -> Iterator[tuple[str, tuple[Shape, ...]]]:
    """Yield the characters that are drawn together, with their glyphs, from the left to the right."""
    start, length, count = run.item.offset, run.item.length, run.glyphs.num_glyphs
    places = ffi.unpack(run.glyphs.log_clusters, count)
    shapes = list(_SHAPE.iter_unpack(ffi.buffer(run.glyphs.glyphs, count * _SHAPE.size)))
    text = content[start : start + length].decode()
    if len(text) == count == len(set(places)):
        yield from zip(text if places[0] < places[-1] else text[::-1], zip(shapes), strict=True)
        return
    ends = dict(pairwise([*sorted(set(places)), length]))
    for place, group in groupby(range(count), places.__getitem__):
        yield content[start + place : start + ends[place]].decode(), tuple(shapes[index] for index in group)
