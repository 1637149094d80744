"""What numbers.py asks of spans of time: the same one in other units, «دو هفته», “a fortnight”."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import letters_and_digits
from pipeline.text.quantities import Quantity

MOST = 60
"""So many spans of a sentence are looked at: each is held against each."""

NEAR, JOINED = 3, 6
"""So many characters, at most, stand between a number and its unit, and between two spans that are one."""


class _Duration(NamedTuple):
    """A span of time: the hours it may last, those of its unit (0 of two), where it stands, where its numbers do."""

    hours: frozenset[float]
    unit: float
    start: int
    end: int
    numbers: frozenset[int]

    def is_as_long_as(self, other: "_Duration") -> bool:
        return self.unit != other.unit and not self.hours.isdisjoint(other.hours)


Numbers = Sequence[Quantity]


def without_durations(
    missing: Numbers, added: Numbers, wanted: Numbers, present: Numbers, unit: Unit, context: Context
) -> tuple[list[Quantity], list[Quantity]]:
    """Return the numbers that stand on one side alone without those of a span that the other side says otherwise."""
    if not (missing or added):
        return [], []
    own, theirs = (
        list(_spans(text, numbers, language))[:MOST]
        for text, numbers, language in ((unit.source, wanted, context.source), (unit.target, present, context.target))
    )
    alike = [(one, other) for one in own for other in theirs if one.is_as_long_as(other)]
    said, saying = (frozenset[int]().union(*(pair[side].numbers for pair in alike)) for side in (0, 1))
    return [one for one in missing if one.start not in said], [one for one in added if one.start not in saying]


def _spans(text: str, numbers: Numbers, language: Language) -> Iterator[_Duration]:
    """Yield the spans of time of a text, and two of them that are one: «سه سال و شش ماه»."""
    found = list(_single(text, numbers, language))
    yield from found
    for one, other in pairwise(found):
        if other.start - one.end <= JOINED and one.unit > other.unit and one.numbers and other.numbers:
            hours = frozenset(its + more for its in one.hours for more in other.hours)
            yield _Duration(hours, 0, one.start, other.end, one.numbers | other.numbers)


def _single(text: str, numbers: Numbers, language: Language) -> Iterator[_Duration]:
    """Yield units of time with a number, or an article (“a week”), before them, and words that say both (“fortnight”).

    A unit alone is no span: “this year”, “that day”.
    """
    units, spans, articles = language.numbers.durations, language.numbers.spans, language.numbers.articles
    if not units:
        return
    before = {one.end + gap: one for one in reversed(numbers) for gap in range(NEAR + 1)}
    within = {one.start: one for one in numbers}
    previous = ""
    for found in _WORD.finditer(letters_and_digits(text)):
        word, one = found[0], before.get(found.start())
        unit, itself = units.get(word, 0), spans.get(word, 0)
        if itself or (unit and (one or previous in articles)):
            values = one.values if one else frozenset([1.0])
            said = {spans.get(f"{value:g} {word}", 0) for value in values} - {0}
            hours = frozenset(value * (itself or unit) for value in values) | said
            its = (number.start for number in (one, within.get(found.start())) if number)
            start = one.start if one else found.start()
            yield _Duration(hours, itself or unit, start, found.end(), frozenset(its))
        previous = word


_WORD = re.compile(r"[^\W\d_]+")
