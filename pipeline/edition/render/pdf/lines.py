"""The lines of a paragraph, as bad as they have to be and no worse, and what stands of each text box on each.

A line is filled by its letters and spaces together, within what the eye takes for even. Persian has a kashida where
that is not enough; other scripts have letters that stand apart, then hyphens, then wide spaces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pipeline.edition.render.pdf import breaking
from pipeline.edition.render.pdf.breaking import Breakpoint, Extent, Form, Measure
from pipeline.edition.render.pdf.measuring import LineLook, units
from pipeline.edition.render.pdf.paragraphs import InlineText, TextRun
from pipeline.edition.render.pdf.places import EXPANSION, SPACE, Spot, Spots

COMFORTABLE = 0.45
"""The part of what spaces may grow that they grow before a word is drawn longer."""

SHORTEST_KASHIDA, LONGEST_KASHIDA = 0.2, 0.8
"""Ems of a kashida; it has to be seen as one, and not as a fault."""

STEP = 0.04
"""Ems by which kashidas differ: each length is a glyph for every letter it follows."""

TRACKING = 0.02
"""Ems between letters, at most, in a line of other scripts whose spaces are not enough."""

TRACKED = 1.4
"""How many times what a line may grow it grows with letters that stand apart, before a word is parted."""

LOOSEST = 1.6
"""How many times what spaces may grow they grow in Persian, before a line ends short of its edge."""


@dataclass(frozen=True, slots=True)
class LinePiece:
    """What stands of a text box on a line; `resume` is the byte where the next line goes on in it, if it does.

    `width` is that of all; the other lengths are those of `Line`. A kashida stands behind a byte of the text.
    """

    text: str
    resume: int | None
    width: int
    space: int
    scale: float
    tracking: int
    look: LineLook
    kashida: tuple[int, float] | None = None
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class SetLine:
    """From one character to another, and where the next line begins; how it fills its measure.

    Every space is wider by `space` and every character by `tracking`, then all of the line by `scale`; a kashida has
    the letter before it, and its length in ems.
    """

    start: int
    end: int
    next: int
    hyphen: int = 0
    space: int = 0
    scale: float = 1.0
    tracking: int = 0
    kashida: tuple[int, float] | None = None
    is_forced: bool = False


def lines(paragraph: InlineText, width: float, form: Form) -> list[SetLine] | None:
    """Return the lines of a paragraph in a measure of so many pixels; None where a word is wider than it."""
    is_stretched = form is Form.JUSTIFIED and paragraph.style["direction"] == "rtl"
    spots = Spots(paragraph, is_stretched=is_stretched)
    size = units(paragraph.style["font_size"])
    measure = Measure(units(width), form, LONGEST_KASHIDA * size if spots.words else 0.0)
    found: list[SetLine] = []
    first = spots.whole[0]
    for end in (*(spot for spot in spots.whole if spot.is_forced), spots.whole[-1]):
        if (chosen := _chosen(spots, first, end, measure)) is None:
            return None
        setting = _Filling(spots, measure, size, is_stretched=is_stretched)
        found += [setting.line(*pair, is_last=pair[1][0] is end) for pair in pairwise(chosen)]
        first = end
    return found


_Chosen = tuple[Spot, Breakpoint]


def _chosen(spots: Spots, first: Spot, end: Spot, measure: Measure) -> list[_Chosen] | None:
    """Return where the lines between two forced ends begin and end, and what comes before these places."""
    known: list[Spot] | None = None
    for among, most in _attempts(spots, measure):
        if among is not known:
            inner = (spot for spot in among if first.start < spot.start and spot.end < end.end and not spot.is_forced)
            known, part = among, [first, *inner, end]
            places = spots.places(part)
        if (found := breaking.breaks(places, measure, most)) is not None:
            return [(part[index], places[index]) for index in (0, *found)]
    return None


def _attempts(spots: Spots, measure: Measure) -> Iterator[tuple[list[Spot], float]]:
    """Yield where lines may end, and how much of what they may grow: dearer ways come later."""
    if measure.form is Form.JUSTIFIED:
        yield spots.whole, 1.0
        yield spots.whole, TRACKED
        parted = spots.parted()
        yield parted, 1.0
        yield parted, TRACKED
        yield parted, breaking.INFINITE
    yield spots.whole, breaking.INFINITE


@dataclass(frozen=True, slots=True)
class _Filling:
    spots: Spots
    measure: Measure
    size: int
    is_stretched: bool

    def line(self, one: _Chosen, other: _Chosen, *, is_last: bool) -> SetLine:
        (first, before), (last, after) = one, other
        made = SetLine(first.start, last.end, last.start, last.hyphen, is_forced=last.is_forced)
        there = before.start.to(after.end)
        spare = self.measure.width - there.width
        if self.measure.form is not Form.JUSTIFIED or not there.spaces or (is_last and spare > 0):
            return made
        if spare < 0:
            return self._filled(made, there, spare / max(there.shrink, 1))
        if self.is_stretched:
            made = self._stretched(made, spare, there.stretch)
            there = there._replace(width=there.width + (made.kashida[1] * self.size if made.kashida else 0))
        return self._filled(made, there, (self.measure.width - there.width) / there.stretch)

    def _filled(self, line: SetLine, there: Extent, ratio: float) -> SetLine:
        """Return a line whose letters and spaces grow together, by so much of what they may."""
        scale = 1 + EXPANSION * min(max(ratio, -1), 1)
        space = (self.measure.width / scale - there.width) / there.spaces
        if self.is_stretched:
            space = min(space, LOOSEST * there.stretch / there.spaces)
        elif ratio > 1:
            return self._tracked(line, there, scale, space)
        return replace(line, scale=scale, space=int(space))

    def _tracked(self, line: SetLine, there: Extent, scale: float, space: float) -> SetLine:
        """Return a line whose letters stand apart, by as much as its spaces cannot take."""
        letters = line.end - line.start
        enough = (there.stretch - EXPANSION * there.width) / there.spaces
        # A space that looks no wider has that between letters on both sides.
        tracking = min((space - enough) * there.spaces / max(letters - 2 * there.spaces, 1), TRACKING * self.size)
        space -= tracking * letters / there.spaces
        return replace(line, scale=scale, space=int(space), tracking=int(tracking))

    def _stretched(self, line: SetLine, spare: float, stretch: float) -> SetLine:
        length = (spare - COMFORTABLE * stretch) / self.size
        if length < SHORTEST_KASHIDA or (letter := self.spots.kashida(line.start, line.end)) is None:
            return line
        return replace(line, kashida=(letter, int(min(length, LONGEST_KASHIDA) / STEP) * STEP))


def pieces(paragraph: InlineText, found: Sequence[SetLine]) -> Iterator[tuple[Any, dict[int, LinePiece]]]:
    """Yield the text boxes of a paragraph with their pieces, by the byte at which each begins."""
    made: dict[int, dict[int, LinePiece]] = {run.start: {} for run in paragraph.runs}
    number = 0
    for line in found:
        is_last = line is found[-1]
        while number < len(paragraph.runs):
            run = paragraph.runs[number]
            start = max(run.start, line.start)
            made[run.start][_bytes(run, run.start, start)] = _piece(run, line, start, is_last=is_last)
            number += run.end <= line.next
            if line.next <= run.end and not is_last:
                break
    for run in paragraph.runs:
        yield run.box, made[run.start]


def _bytes(run: TextRun, start: int, end: int) -> int:
    return len(run.box.text[start - run.start : end - run.start].encode())


def _piece(run: TextRun, line: SetLine, start: int, *, is_last: bool) -> LinePiece:
    end = max(min(run.end, line.end), start)
    text = run.box.text[start - run.start : end - run.start]
    before = run.known.before
    width = before[end - run.start] - before[start - run.start]
    width += len(SPACE.findall(text)) * line.space + len(text) * line.tracking
    resume = None
    if line.next <= run.end and not is_last:
        resume = _bytes(run, run.start, line.next)
        if line.hyphen:
            text, width = text + run.box.style["hyphenate_character"], width + line.hyphen
    stretched = None
    if line.kashida and start <= line.kashida[0] < end:
        letter, length = line.kashida
        stretched = (_bytes(run, start, letter), length)
        width += units(length * run.box.style["font_size"])
    width = round(width * line.scale)
    return LinePiece(
        text, resume, width, line.space, line.scale, line.tracking, run.known.look, stretched, line.is_forced
    )
