"""What Pango has made of a line of text: its runs, each with an item of the text and its glyphs.

A cluster is what is drawn together: a letter with its marks, two letters that are one glyph. Each has one number in a
process, wherever it stands, so that a line is a few bytes, and what is known of a cluster is found by its number.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from struct import Struct
from typing import Any, NamedTuple
from unicodedata import bidirectional

from weasyprint.text.ffi import ffi, gobject, pango

ffi.cdef("PangoFont *g_object_ref(PangoFont *font);")


def runs(line: Any) -> Iterator[Any]:
    """Yield the runs of a line, as glyph items of Pango, from the left to the right."""
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next


Shape = tuple[int, int, int, int]
"""A glyph by its number, how far it goes on, and how far to the right and how far down it stands, in units of Pango."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Characters that are drawn together, with their glyphs."""

    text: str
    shapes: tuple[Shape, ...]


# --- numbers ---------------------------------------------------------------------


_SHAPE, _PACKED = Struct("=I3i"), Struct("=16s4x")
assert ffi.sizeof("PangoGlyphInfo") == _PACKED.size

_Key = tuple[str, tuple[bytes, ...]]
"""A cluster as Pango has it: nothing is taken apart that was met before."""


class _ClusterNumbers(dict[_Key, int]):
    def __missing__(self, key: _Key) -> int:
        self[key] = number = len(_KEYS)
        _KEYS.append(key)
        if key[0].startswith((" ", "\u00a0")):
            _SPACES.add(number)
        return number


_NUMBERS, _KEYS, _SPACES = _ClusterNumbers(), list[_Key](), set[int]()


def cluster(number: int) -> Cluster:
    text, shapes = _KEYS[number]
    return Cluster(text, tuple(map(_SHAPE.unpack, shapes)))


def text_of(number: int) -> str:
    return _KEYS[number][0]


def number_of(cluster: Cluster) -> int:
    return _NUMBERS[cluster.text, tuple(_SHAPE.pack(*shape) for shape in cluster.shapes)]


def wider(numbers: Sequence[int], tracking: int, space: int) -> Sequence[int]:
    """Return clusters with more room: behind every glyph by `tracking`, behind spaces by `space` too."""
    known = {*numbers}
    widened = {number: _wider(number, tracking, 0) for number in known} if tracking else {}
    if space:
        widened |= {number: _wider(number, tracking, space) for number in known & _SPACES}
    return [widened.get(number, number) for number in numbers] if widened else numbers


def _wider(number: int, tracking: int, space: int) -> int:
    """Return a cluster with more room behind its glyphs, and behind the first of them by `space` besides."""
    text, shapes = _KEYS[number]
    glyph, width, right, down = _SHAPE.unpack(shapes[0])
    first = _SHAPE.pack(glyph, width + tracking + space, right, down)
    if len(shapes) == 1 or not tracking:
        return _NUMBERS[text, (first, *shapes[1:])]
    others = ((glyph, width + tracking, right, down) for glyph, width, right, down in map(_SHAPE.unpack, shapes[1:]))
    return _NUMBERS[text, (first, *(_SHAPE.pack(*shape) for shape in others))]


def clusters(run: Any, content: bytes) -> tuple[list[int], Sequence[int]]:
    """Return the numbers of the clusters of a run, from the left to the right, and where each begins in its text.

    `content` is the text of all runs.
    """
    start, length, count = run.item.offset, run.item.length, run.glyphs.num_glyphs
    text, places = content[start : start + length].decode(), ffi.unpack(run.glyphs.log_clusters, count)
    shapes = list(_PACKED.iter_unpack(ffi.buffer(run.glyphs.glyphs, count * _PACKED.size)))
    begins, is_turned = sorted({*places}), places[0] > places[-1]
    if len(text) == count == len(begins):
        numbers = list(map(_NUMBERS.__getitem__, zip(text[::-1] if is_turned else text, shapes, strict=True)))
        return numbers, range(count)[:: -1 if is_turned else 1]
    if length > len(text):  # what Pango says of bytes is so of characters
        widths = (len(character.encode()) for character in text)
        index = {place: number for number, place in enumerate(accumulate(widths, initial=0))}
        places, begins = [index[place] for place in places], [index[place] for place in begins]
    ends = dict(pairwise([*begins, len(text)]))
    if len(begins) == count:
        return [_NUMBERS[text[place : ends[place]], shape] for place, shape in zip(places, shapes, strict=True)], places
    found, starts = [], []
    for place, group in groupby(range(count), places.__getitem__):
        found.append(_NUMBERS[text[place : ends[place]], tuple(shape for n in group for shape in shapes[n])])
        starts.append(place)
    return found, starts


# --- lines -----------------------------------------------------------------------


class DrawnRun(NamedTuple):
    """Clusters in one font, from the left to the right; `start` is the byte of the line at which they begin."""

    font: Any
    is_turned: bool
    start: int
    clusters: Sequence[int]


def drawn(layout: Any) -> Iterator[DrawnRun]:
    """Yield what Pango makes of the line of a layout, from the left to the right."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    content = layout.text.encode()
    for run in runs(layout.get_first_line()[0]):
        analysis = run.item.analysis
        yield DrawnRun(analysis.font, bool(analysis.level % 2), run.item.offset, clusters(run, content)[0])


class ShapedRun(NamedTuple):
    """A run of a whole paragraph, from one character to another: its clusters in the order of the text.

    `starts` has where each begins, in the text of the run.
    """

    font: Any
    level: int
    start: int
    end: int
    clusters: Sequence[int]
    starts: Sequence[int]

    def begins(self, index: int, place: int) -> bool:
        """Whether a cluster of it, if there is such a one, begins at a character of the paragraph."""
        return index < len(self.starts) and self.starts[index] + self.start == place

    def glyphs_of(self, place: int) -> int:
        """Return how many glyphs that take room the cluster has that begins at a character of the paragraph, if any."""
        index = bisect_left(self.starts, place - self.start)
        return (
            sum(bool(width) for _, width, _, _ in cluster(self.clusters[index]).shapes)
            if self.begins(index, place)
            else 0
        )


def shaped(run: Any, content: bytes, start: int) -> ShapedRun:
    """Return a run of Pango's that begins at a character of its text."""
    level = run.item.analysis.level & 0xFF  # a byte, which WeasyPrint reads as four
    found, starts = clusters(run, content)
    if level % 2:
        found, starts = found[::-1], starts[::-1]
    return ShapedRun(kept(run.item.analysis.font), level, start, start + run.item.num_chars, found, starts)


def kept(font: Any) -> Any:
    """Return a font of Pango that is there for as long as we have it."""
    if font not in _FONTS:
        _FONTS[font] = ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref)
    return _FONTS[font]


_FONTS: dict[Any, Any] = {}


def part(paragraph: Sequence[ShapedRun], text: str, start: int, end: int, level: int) -> tuple[DrawnRun, ...] | None:
    """Return what is drawn of a text from one character to another, in the order of the page.

    None where the part could look otherwise alone: where a word goes on beside it, or not all of it goes in the
    direction of the line, whose `level` this is.
    """
    if text[max(start - 1, 0) : start].strip(" \n") or text[end : end + 1].strip(" \n"):
        return None
    found, place, byte = [], start, 0
    for run in paragraph:
        if run.start < end and place < run.end:
            last = min(end, run.end)
            first, behind = bisect_left(run.starts, place - run.start), bisect_left(run.starts, last - run.start)
            is_whole = run.begins(first, place) and (last == run.end or run.begins(behind, last))
            if run.level != level or not is_whole:
                return None
            numbers = run.clusters[first:behind]
            found.append(DrawnRun(run.font, bool(level % 2), byte, _packed(numbers[::-1] if level % 2 else numbers)))
            byte += len(text[place:last].encode())
            place = last
    if place < end:
        return None
    return tuple(found[::-1] if level % 2 else found)


def marks(paragraph: Sequence[ShapedRun], text: str, start: int, end: int, level: int) -> tuple[str, str]:
    """Return the signs of direction that a part of a text needs before and behind it to read alone as it does there.

    Signs and numbers take their side from the words next to them, which may stand on another line: a dash behind
    Persian words, or a bracket before them, would go to the other side of them in a line of English.
    """
    levels = {place: run.level for run in paragraph for place in (start, end - 1) if run.start <= place < run.end}
    before = behind = ""
    if levels.get(start, level) != level and bidirectional(text[start]) not in _STRONG:
        nearest = map(bidirectional, reversed(text[max(start - _NEAR, 0) : start]))
        side = next((side for side in nearest if side in _STRONG), "")
        before = _SIGNS.get(side, "")
    if levels.get(end - 1, level) != level and bidirectional(text[end - 1]) not in (*_STRONG, "EN", "AN"):
        behind = _SIGNS["R" if levels[end - 1] % 2 else "L"]
    return before, behind


_SIGNS = {"L": "\u200e", "R": "\u200f", "AL": "\u200f"}
_STRONG = tuple(_SIGNS)

_NEAR = 200
"""Characters in which the word is looked for that a sign takes its side from."""


def _packed(numbers: Sequence[int]) -> Sequence[int]:
    """Return numbers of clusters in as little memory as they need: they are kept until all pages are drawn."""
    return array("H" if max(numbers, default=0) < 2**16 else "I", numbers)
