"""The lines of a paragraph, as bad as they have to be and no worse.

They are broken between whole words where these fill them, and have letters that stand apart, then hyphens, then wide
spaces, where they do not. Of the ways near the best one, one without a river is taken.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.edition.render.pdf import breaking
from pipeline.edition.render.pdf.breaking import Breakpoint, Form, Measure
from pipeline.edition.render.pdf.filling import LONGEST_KASHIDA, Filling, SetLine
from pipeline.edition.render.pdf.measuring import units
from pipeline.edition.render.pdf.paragraphs import InlineText
from pipeline.edition.render.pdf.places import Spot, Spots
from pipeline.edition.render.pdf.rivers import LONGEST, rivers

TRACKED = 1.36
"""How many times what a line may grow it grows with letters that stand apart, before a word is parted."""

WIDE = 2.0
"""How many times what a line may grow it grows before two lines in succession have hyphens, or a river is let be."""

TRIES = 24
"""Other ways to break a paragraph that are looked at for one without a river."""


def lines(paragraph: InlineText, width: float, form: Form) -> list[SetLine] | None:
    """Return the lines of a paragraph in a measure of so many pixels; None where a word is wider than it."""
    is_stretched = form is Form.JUSTIFIED and paragraph.style["direction"] == "rtl"
    spots = Spots(paragraph, is_stretched=is_stretched, is_title=form is Form.BALANCED)
    size = units(paragraph.style["font_size"])
    measure = Measure(units(width), form, LONGEST_KASHIDA * size if spots.words else 0.0)
    filling = Filling(spots, measure, size, is_stretched=is_stretched)
    found: list[SetLine] = []
    first = spots.whole[0]
    for end in (*(spot for spot in spots.whole if spot.is_forced), spots.whole[-1]):
        if (way := _Section(filling, first, end).best()) is None:
            return None
        found += way.lines
        first = end
    return found


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
        self.known: list[tuple[list[Spot], list[Breakpoint]]] = []

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
        measure = self.filling.measure
        for number, most in _JUSTIFIED if measure.form is Form.JUSTIFIED else _OTHERS:
            spots, places = self._places(number)
            allowed = _without(barred, spots, places) if barred else places
            if (found := breaking.breaks(allowed, measure, most)) is not None:
                chosen = [(spots[index], places[index]) for index in (0, *found)]
                made = [self.filling.line(*pair, is_last=pair[1][0] is self.end) for pair in pairwise(chosen)]
                demerits = breaking.demerits(places, found, measure, breaking.INFINITE)
                gaps = [self.filling.gaps(line) for line in made]
                return _Broken(barred, made, demerits, most < breaking.INFINITE, rivers(gaps))
        return None

    def _places(self, number: int) -> tuple[list[Spot], list[Breakpoint]]:
        """Return where lines may end: between whole words, or also where words are parted."""
        while len(self.known) <= number:
            self.known.append(self.filling.spots.between(self.first, self.end, is_parted=bool(self.known)))
        return self.known[number]


_JUSTIFIED = ((0, 1.0), (0, TRACKED), (1, TRACKED), (1, WIDE), (1, breaking.INFINITE), (0, breaking.INFINITE))
_OTHERS = ((0, breaking.INFINITE),)
"""Whether words may be parted, and how much of what they may grow lines may grow: dearer ways come later."""


def _without(barred: Set[int], spots: list[Spot], places: list[Breakpoint]) -> list[Breakpoint]:
    return [
        place._replace(penalty=breaking.INFINITE) if spot.end in barred else place
        for spot, place in zip(spots, places, strict=True)
    ]
