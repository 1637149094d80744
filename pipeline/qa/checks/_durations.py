"""What numbers.py asks of spans of time: the same one in other units, «دو هفته», “a fortnight”."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
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

WEEK, DAY = 168, 24
"""Hours; from a week on, a day more or less says nothing: «quinze jours» are two weeks."""


class _Duration(NamedTuple):
    """A span of time: the hours it may last, those of its unit (0 of two), where it stands, where its numbers do."""

    hours: frozenset[float]
    unit: float
    start: int
    end: int
    numbers: frozenset[int]

    def is_as_long_as(self, other: "_Duration") -> bool:
        pairs = product(self.hours, other.hours) if self.unit != other.unit else ()
        return any(_are_alike(one, its) for one, its in pairs)


def _are_alike(one: float, other: float) -> bool:
    return abs(one - other) <= (DAY if min(one, other) >= WEEK else 0)


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
    units = language.numbers.durations
    if not units:
        return
    before = {one.end + gap: one for one in reversed(numbers) for gap in range(NEAR + 1)}
    within = {one.start: one for one in numbers}
    for word in _WORD.finditer(letters_and_digits(text)):
        if hours := units.get(word[0]):
            one = before.get(word.start())
            its = [number.start for number in (one, within.get(word.start())) if number]
            values = frozenset(value * hours for value in one.values) if one else frozenset([hours])
            yield _Duration(values, hours, one.start if one else word.start(), word.end(), frozenset(its))


_WORD = re.compile(r"[^\W\d_]+")
