"""How wide texts are as Pango sets them, in the fonts it chooses for each run; lengths are in its units."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import attrgetter
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, harfbuzz, pango, unicode_to_char_p
from weasyprint.text.fonts import get_pango_font_hb_face
from weasyprint.text.line_break import Layout, get_log_attrs, line_size

from pipeline.edition.render.pdf import shaping
from pipeline.edition.render.pdf.shaping import ShapedRun

ffi.cdef("void pango_glyph_item_get_logical_widths(PangoGlyphItem *item, const char *text, int *widths);")

TATWEEL = "\u0640"


@dataclass(frozen=True, slots=True)
class LineLook:
    """What a line of a text needs beside its width, in pixels; `metrics` is what a layout knows of its font."""

    metrics: dict[str, Any]
    height: float
    line_height: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A text on one endless line: `before` has what stands before each character, and at last the whole."""

    before: list[int]
    look: LineLook
    runs: list[ShapedRun]
    """In the order of the text."""
    breaks: bytes
    """For each place whether a line may begin there."""


def measured(text: str, style: Any) -> Measured:
    """Return what is known of a text; short ones, such as what stands around a page number, are measured once."""
    if len(text) > SHORT:
        return _measured(text, style)
    known: dict[str, Measured] = vars(style).setdefault("measured", {})
    if text not in known:
        known[text] = _measured(text, style)
    return known[text]


SHORT = 16
"""Letters of a text that is likely to stand elsewhere too."""


def _measured(text: str, style: Any) -> Measured:
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    height = line_size(line, style)[1]
    line_height, baseline = line_break.strut(style)
    known = {name: value for name, value in vars(layout).items() if name in _METRICS}
    look = LineLook(known, height, line_height, baseline)
    widths, runs = _shaped(line, text)
    count = ffi.new("int *")
    attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, count)
    return Measured(list(accumulate(widths, initial=0)), look, runs, _breaks(attributes, count[0]))


_METRICS = (
    "ascent",
    "underline_position",
    "strikethrough_position",
    "underline_thickness",
    "strikethrough_thickness",
    "first_line_direction",
)


def _shaped(line: Any, text: str) -> tuple[list[int], list[ShapedRun]]:
    """Return how wide the characters of a text are, and its runs."""
    content, encoded = unicode_to_char_p(text)
    found: list[int] = []
    runs = []
    for run in sorted(shaping.runs(line), key=lambda run: run.item.offset):
        widths = ffi.new("int[]", run.item.num_chars)
        pango.pango_glyph_item_get_logical_widths(run, content, widths)
        runs.append(shaping.shaped(run, encoded, len(found)))
        found += list(widths)
    # What no run holds, such as a separator of paragraphs at the end, has no width.
    return found + [0] * (len(text) - len(found)), runs


def _bit_of_line_breaks() -> int:
    """Return the bit of the first byte of what Pango says of a place by which it lets a line break there."""
    attributes = ffi.new("PangoLogAttr *", {"is_line_break": 1})
    return int(bytes(ffi.buffer(attributes))[0])


_SIZE = ffi.sizeof("PangoLogAttr")
_LINE_BREAKS = bytes(first & _bit_of_line_breaks() for first in range(256))


def opportunities(text: str, lang: str | None) -> list[int]:
    """Return where a line may begin in a text, by the Unicode line breaking algorithm (UAX #14)."""
    return beginnings(_breaks(get_log_attrs(text, lang), len(text) + 1))


def beginnings(breaks: bytes) -> list[int]:
    """Return the places inside of a text at which a line may begin."""
    return list(compress(range(1, len(breaks) - 1), breaks[1:]))


def _breaks(attributes: Any, count: int) -> bytes:
    """Return, of what Pango says of each place, whether a line may begin there."""
    return bytes(ffi.buffer(attributes, count * _SIZE))[::_SIZE].translate(_LINE_BREAKS)


def is_one_glyph(runs: Sequence[ShapedRun], first: int, last: int, letter: int) -> bool:
    """Whether a word is of one font, and a letter of it and the next one are each drawn by one glyph."""
    run = runs[bisect_right(runs, first, key=attrgetter("start")) - 1]
    return last < run.end and all(run.glyphs_of(place) == 1 for place in (letter, letter + 1))


def has_kashida(style: Any) -> bool:
    """Whether a kashida can be drawn into the glyphs of a style's font: one of TrueType that has a tatweel."""
    runs = _runs(f"س{TATWEEL}س", style)
    if len(runs) != 1 or len(runs[0][2]) != 3:
        return False
    face = get_pango_font_hb_face(runs[0][1])
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(b"glyf", -1))
    size = harfbuzz.hb_blob_get_length(blob)
    harfbuzz.hb_blob_destroy(blob)
    return bool(size)


def _runs(text: str, style: Any) -> list[tuple[int, Any, list[tuple[int, int]]]]:
    """Return the runs of a line: where each begins, its font, and of each glyph its place in the run and its width."""
    layout = Layout(style)
    layout.set_text(text)
    found = []
    for run in shaping.runs(layout.get_first_line()[0]):
        item, glyphs = run.item, run.glyphs
        shown = range(glyphs.num_glyphs)
        places = [(glyphs.log_clusters[n], glyphs.glyphs[n].geometry.width) for n in shown if _is_known(glyphs, n)]
        found.append((item.offset, item.analysis.font, places))
    return found


def _is_known(glyphs: Any, number: int) -> bool:
    return not glyphs.glyphs[number].glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG


def units(pixels: float) -> int:
    return int(pixels * TO_UNITS)
