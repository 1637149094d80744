"""How a line fills its measure: by its letters and spaces together, within what the eye takes for even.

Persian has kashidas where that is not enough; other scripts have letters that stand apart, or closer. A line that is
not filled by all this ends at its own width, with none of it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, copysign
from operator import itemgetter
from typing import NamedTuple

from pipeline.edition.render.pdf.breaking import MOST, SLACK, Breakpoint, Extent, Form, Measure
from pipeline.edition.render.pdf.places import EXPANSION, WIDEST, Spot, Spots
from pipeline.edition.render.pdf.rivers import Gap

COMFORTABLE = 0.45
"""The part of what spaces may grow that they grow before a word is drawn longer."""

SHORTEST, STROKE = 0.2, 0.36
"""Ems by which words of a line are drawn longer together, at least, and one of them, at most.

Several short kashidas in different words look as if a hand had made them, a long one does not.
"""

APART = 0.8
"""Ems from a kashida to one of the line above, at least, unless there is no other place."""

STEP = 0.04
"""Ems by which kashidas differ: each length is a glyph for every letter it follows."""

TRACKING = 0.025
"""Ems between letters, at most, in a line of other scripts whose spaces are not enough."""

LOOSEST = 0.8
"""Ems of a word space, at most, where nothing else fills a line: a hole at its end is seen more. Where they would be
wider yet it ends at its own width."""


Chosen = tuple[Spot, Breakpoint]
"""Where a line begins or ends, and what comes before."""


class SetLine(NamedTuple):
    """From one character to another, and where the next line begins; how it fills its measure.

    Every space is wider by `space` and every character but the last by `tracking`, then all of the line by `scale`; a
    kashida has the letter before it, and its length in ems.
    """

    start: int
    end: int
    next: int
    hyphen: int = 0
    space: int = 0
    scale: float = 1.0
    tracking: int = 0
    kashidas: tuple[tuple[int, float], ...] = ()
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """What the lines of a paragraph are filled with; `size` is that of its font."""

    spots: Spots
    measure: Measure
    size: int
    is_stretched: bool

    def line(self, one: Chosen, other: Chosen, *, is_last: bool, above: Sequence[float] = ()) -> SetLine:
        """Return the line between two places; `above` are the places across of the kashidas of the line before."""
        (first, before), (last, after) = one, other
        made = SetLine(first.start, last.end, last.start, last.hyphen, is_forced=last.is_forced)
        there, width = before.start.to(after.end), self.measure.width
        if first is self.spots.whole[0] and (indent := self.spots.paragraph.indent):
            there, width = Extent(indent, EXPANSION * indent, EXPANSION * indent).to(there), width - indent
        spare = width - there.width
        if self.measure.form is not Form.JUSTIFIED or (spare > 0 and (is_last or not there.spaces)):
            return made
        if not there.spaces:
            return made._replace(scale=width / there.width)
        if spare < 0:
            return self._filled(made, there, width, spare / max(there.shrink, 1))
        filled = self._stretched(made, spare, there.stretch, above) if self.is_stretched else made
        there = there._replace(width=there.width + self.size * sum(length for _, length in filled.kashidas))
        filled = self._filled(filled, there, width, (width - there.width) / there.stretch)
        most = self._enough(there) + (LOOSEST - WIDEST) * self.size
        return filled if filled.space + filled.tracking <= most else made

    def gaps(self, line: SetLine) -> list[Gap]:
        """Return where the spaces of a line lie, as the hand writes."""
        before, spaces, (start, end, _, _, wider, scale, tracking, kashidas, _) = (
            self.spots.before,
            self.spots.spaces,
            line,
        )
        first, last = (bisect_left(spaces, index, key=itemgetter(0)) for index in (start, end))
        found, added = list[Gap](), -before[start] - start * tracking
        for index, *_ in spaces[first:last]:
            left: float = before[index] + added + index * tracking
            for letter, length in kashidas:
                left += length * self.size if letter < index else 0.0
            width = before[index + 1] - before[index] + wider + tracking
            found.append((scale * left, scale * (left + width)))
            added += wider
        return found

    def strokes(self, line: SetLine) -> list[float]:
        """Return where the kashidas of a line stand across, about."""
        return [self._across(line, letter) for letter, _ in line.kashidas]

    def _across(self, line: SetLine, letter: int) -> float:
        """Return where a letter of a line stands when it fills its measure, as if all of it grew alike."""
        before = self.spots.before
        return (before[letter + 1] - before[line.start]) * self.measure.width / (before[line.end] - before[line.start])

    def _filled(self, line: SetLine, there: Extent, width: float, ratio: float) -> SetLine:
        """Return a line whose letters and spaces grow together to a width, by so much of what they may."""
        scale = 1 + EXPANSION * min(max(ratio, -1), 1)
        space = (width / scale - there.width) / there.spaces
        if abs(ratio) > 1 and not self.is_stretched:
            most = self._enough(there) if ratio > 1 else (EXPANSION * there.width - there.shrink) / there.spaces
            return self._tracked(line, there, scale, space, most)
        return line._replace(scale=scale, space=int(space))

    def _enough(self, there: Extent) -> float:
        """Return by how much each space of a line may be wider."""
        return (there.stretch - EXPANSION * there.width) / there.spaces

    def _tracked(self, line: SetLine, there: Extent, scale: float, space: float, most: float) -> SetLine:
        """Return a line whose letters stand apart, or closer, by as much as its spaces cannot take beyond `most`."""
        letters = line.end - line.start - (line.hyphen == 0)
        # A space that looks no wider has that between letters on both sides.
        tracking = min((space - most) * there.spaces / max(letters - 2 * there.spaces, 1), TRACKING * self.size)
        # Whole thousandths of an em, as a file has them: what it rounds for each letter would move the end of the line.
        tracking = copysign(ceil(abs(1000 * tracking / self.size)) * self.size / 1000, tracking)
        space -= tracking * letters / there.spaces
        return line._replace(scale=scale, space=int(space), tracking=round(tracking))

    def _stretched(self, line: SetLine, spare: float, stretch: float, above: Sequence[float]) -> SetLine:
        length = (spare - COMFORTABLE * stretch) / self.size
        if length < SHORTEST:
            return line
        count = min(ceil(length / STROKE), MOST)
        letters = self.spots.kashidas(line.start, line.end, count, lambda letter: self._is_below(line, letter, above))
        each = int(min(length / max(len(letters), 1), STROKE) / STEP + SLACK) * STEP
        return line._replace(kashidas=tuple((letter, each) for letter in sorted(letters)))

    def _is_below(self, line: SetLine, letter: int, above: Sequence[float]) -> bool:
        return any(abs(self._across(line, letter) - one) < APART * self.size for one in above)
