"""The lines of a paragraph, as bad as they have to be and no worse.

They are broken between whole words where these fill them, their letters a little closer or apart; where they do not,
they have hyphens, then wide spaces. Of the ways near the best one, one without a river is taken.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.edition.render.pdf import breaking, titles
from pipeline.edition.render.pdf.breaking import Breakpoint, Form, Measure
from pipeline.edition.render.pdf.filling import STROKE, Chosen, Filling, SetLine
from pipeline.edition.render.pdf.linewords import LineWordsOf
from pipeline.edition.render.pdf.measuring import units
from pipeline.edition.render.pdf.paragraphs import InlineText
from pipeline.edition.render.pdf.places import Spot, Spots
from pipeline.edition.render.pdf.rivers import LONGEST, rivers

LOOSE = 1.65
"""How many times what a line may grow it grows, with letters that stand apart, before a word is parted."""

TRACKED = 1.36
"""How many times what a line may grow it grows where words are parted."""

WIDE = 1.75
"""How many times what a line may grow it grows before a name is parted, a number from its noun, or a river let be."""

TIGHT = 1.3
"""How many times what a line may shrink it shrinks, with letters that stand closer."""

STUNTED = 2.5
"""Ems of a word that is too short to be all of the last line, with what points stand apart behind it."""

_NO_WORDS: LineWordsOf = {}

TRIES = 40
"""Other ways to break a paragraph that are looked at for one without a river."""


def lines(paragraph: InlineText, width: float, form: Form, linewords: LineWordsOf = _NO_WORDS) -> list[SetLine] | None:
    """Return the lines of a paragraph in a measure of so many pixels; None where a word is wider than it."""
    if (alone := _alone(paragraph, units(width))) is not None:
        return [alone]
    is_stretched = form is Form.JUSTIFIED and paragraph.style["direction"] == "rtl"
    spots = Spots(paragraph, linewords, is_stretched=is_stretched, is_title=form is Form.TITLE)
    size = units(paragraph.style["font_size"])
    kashida = STROKE * size if spots.words else 0.0
    measure = Measure(units(width), form, kashida, 1.0 if is_stretched else TIGHT, STUNTED * size)
    filling = Filling(spots, measure, size, is_stretched=is_stretched)
    found: list[SetLine] = []
    first = spots.whole[0]
    for end in (*(spot for spot in spots.whole if spot.is_forced), spots.whole[-1]):
        if (way := _Section(filling, first, end).best()) is None:
            return None
        found += way.lines
        first = end
    return found


def _alone(paragraph: InlineText, width: int) -> SetLine | None:
    """Return the line of a paragraph that is shorter than a line may be: there is no better way."""
    text, before = paragraph.text, paragraph.before()
    start, end = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    is_short = "\n" not in text and before[end] - before[start] < width
    return SetLine(start, end, len(text)) if is_short and start < end else None


@dataclass(frozen=True, slots=True)
class _Broken:
    """A way to break lines at none of the characters `barred`: how bad they are together, and where rivers are."""

    barred: frozenset[int]
    lines: list[SetLine]
    demerits: float
    is_good: bool
    """Whether no line is worse than lines should be."""
    rivers: list[range]

    @property
    def rank(self) -> tuple[int, float]:
        return sum(map(len, self.rivers)), self.demerits

    def nearby(self) -> Iterator[frozenset[int]]:
        """Yield what to bar so that one of the lines changes that the first river passes at its head."""
        head = self.rivers[0].start
        for line in self.lines[max(head - 1, 0) : head + LONGEST]:
            yield self.barred | {line.end}


class _Section:
    """What stands of a paragraph between two forced ends of lines."""

    def __init__(self, filling: Filling, first: Spot, end: Spot) -> None:
        self.filling, self.first, self.end = filling, first, end

    def best(self) -> _Broken | None:
        """Return the best way, or a way near it that has less of rivers."""
        best = self._way(frozenset())
        waiting, known = [best] if best else [], set[frozenset[int]]()
        while best and best.rivers and waiting and len(known) < TRIES:
            way = min(waiting, key=lambda one: one.rank)
            waiting.remove(way)
            for barred in {*way.nearby()} - known:
                known.add(barred)
                if (other := self._way(barred)) and other.is_good >= best.is_good:
                    waiting.append(other)
            best = min([best, *waiting], key=lambda one: one.rank)
        return best

    def _way(self, barred: frozenset[int]) -> _Broken | None:
        """Return the way of least demerits, by the cheapest means that do."""
        measure, tried = self.filling.measure, (0, 0.0, False)
        for means in _JUSTIFIED if measure.form is Form.JUSTIFIED else _OTHERS:
            spots, places = self._places(means)
            if (trying := (len(spots), means.most, means.has_stubs)) == tried:
                continue
            tried = trying
            allowed = _without(barred, spots, places) if barred else places
            found = _breaks(allowed, measure, means)
            if found is not None:
                chosen = [(spots[index], places[index]) for index in (0, *found)]
                made = list(self._filled(chosen))
                can_crack = len(made) > LONGEST and measure.form is not Form.TITLE
                cracks = rivers([self.filling.gaps(line) for line in made]) if can_crack else []
                is_compared = bool(barred or cracks)
                demerits = breaking.demerits(places, found, measure, breaking.INFINITE) if is_compared else 0.0
                return _Broken(barred, made, demerits, means.most < breaking.INFINITE, cracks)
        return None

    def _filled(self, chosen: list[Chosen]) -> Iterator[SetLine]:
        above: list[float] = []
        for one, other in pairwise(chosen):
            yield (line := self.filling.line(one, other, is_last=other[0] is self.end, above=above))
            above = self.filling.strokes(line)

    def _places(self, means: "_Means") -> tuple[list[Spot], list[Breakpoint]]:
        return self.filling.spots.between(self.first, self.end, is_parted=means.is_parted, has_dear=means.has_dear)


class _Means(NamedTuple):
    """How lines may be broken: how much of what they may grow they may grow, and where they may end.

    That is, whether words may be parted; where lines end only if nothing else fits; and whether with stubs, a second
    hyphen in succession or a part of a word alone.
    """

    most: float
    is_parted: bool = False
    has_dear: bool = False
    has_stubs: bool = False


_JUSTIFIED = (
    _Means(LOOSE),
    _Means(TRACKED, is_parted=True),
    _Means(WIDE, is_parted=True),
    _Means(WIDE, is_parted=True, has_dear=True),
    _Means(breaking.INFINITE, is_parted=True, has_dear=True),
    _Means(breaking.INFINITE, is_parted=True, has_dear=True, has_stubs=True),
)
_OTHERS = (_Means(breaking.INFINITE, has_dear=True, has_stubs=True),)
"""Dearer means come later."""


def _breaks(places: list[Breakpoint], measure: Measure, means: _Means) -> list[int] | None:
    if measure.form is Form.TITLE:
        return titles.divided(places, measure.width)
    return breaking.breaks(places, measure, means.most, has_stubs=means.has_stubs)


def _without(barred: Set[int], spots: list[Spot], places: list[Breakpoint]) -> list[Breakpoint]:
    return [
        place._replace(penalty=breaking.INFINITE) if spot.end in barred else place
        for spot, place in zip(spots, places, strict=True)
    ]
