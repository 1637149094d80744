"""What polarity.py asks of numbers: more or fewer of it, up or down by it, from which to which."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import numbersigns, plainwords, quantities, vocabulary
from pipeline.text.expressions import Place, WordTable
from pipeline.text.orthography import folded_words
from pipeline.text.quantities import Quantity

_Spoken = list[tuple[int, int, str]]
"""Where words stand that say a direction: from which word to which, and the meaning."""

UP, DOWN = 1, -1

BOUNDS = {"more": UP, "at_least": UP, "less": DOWN, "at_most": DOWN}
"""Meanings that stand before a number, by the side of it on which the true one lies."""

IDIOMS = {"at_least", "at_most"}
"""Those in which a target denies as a source does with a verb: “no more than” for «بیشتر نیست»."""

DENIED_BOUNDS = {"no_less": UP, "no_more": DOWN}
"""Those that stand behind it, and are denied: «از ۸۰ میلیون تومان کمتر نیست»."""

TRENDS = {
    "increase": UP, "increase_ext": UP, "increase_num": UP, "rise": UP, "decrease": DOWN, "fall": DOWN
}  # fmt: skip
"""Meanings of a change that a number measures."""

BEFORE, BEHIND, AROUND = 2, 3, 5
"""So many words before a number a bound ends, at most, and behind it one begins; and so many from it a trend stands."""

BETWEEN = 4
"""So many words, at most, stand between the two numbers of a range: «from 5 million tomans to 9 million»."""


MOST = 60
"""So many numbers of a sentence are looked at: each is held against each."""


class _Numbered(NamedTuple):
    """The words of a text, its numbers with the words that they are, and the words that say a direction."""

    words: Sequence[str]
    numbers: list[tuple[Quantity, int, int]]
    bounds: _Spoken
    denied_bounds: _Spoken
    trends: _Spoken

    @property
    def spoken(self) -> bool:
        return bool(self.bounds or self.denied_bounds or self.trends)

    def bound(self, first: int) -> _Spoken:
        """Return what bounds a number, whose first word is given: the words nearest before it."""
        before = [one for one in self.bounds if one[0] < first <= one[1] + BEFORE]
        return [one for one in before if one[1] > before[-1][0]]

    def denied_bound(self, last: int) -> _Spoken:
        """Return the first words that bound a number, behind which a word is given."""
        return [one for one in self.denied_bounds if last <= one[0] <= last + BEHIND][:1]

    def trend(self, first: int, last: int) -> _Spoken:
        return [one for one in self.trends if first - AROUND <= one[0] < last + AROUND]

    def text(self, spoken: _Spoken) -> str:
        return " ".join(self.words[spoken[0][0] : spoken[0][1]])


Told = tuple[str, Finding]
"""Words of the source whose contrary stands in the target, none of a range, and what is said of it."""


def faults(unit: Unit, context: Context) -> Iterator[Told]:
    """Yield where a target says of a number the contrary of what the source says."""
    if not (numbersigns.are_in(unit.source, context.source) and numbersigns.are_in(unit.target, context.target)):
        return
    if not (_may_be_said(unit.source, context.source) or _may_be_ranges(unit, context)):
        return
    source, target = _source(unit.source, context.source), _target(unit.target, context.target)
    for one, first, last in source.numbers if source.spoken else ():
        there = [place for place in target.numbers if one.may_be(place[0].values)]
        here = source.bound(first)
        if len(there) != 1 or not (one.is_certain or (here and here[0][1] == first)):
            continue
        said = target.bound(there[0][1])
        if not (_is_denied(said, unit, context) and _is_denied_behind(here, unit, context)):
            yield from _contrary(unit, source, target, here, said, BOUNDS)
        if all(meaning in IDIOMS for _, _, meaning in said) or not _negations(unit, context):
            yield from _contrary(unit, source, target, source.denied_bound(last), said, BOUNDS | DENIED_BOUNDS)
        if one.is_certain:
            yield from _contrary(unit, source, target, source.trend(first, last), target.trend(*there[0][1:]), TRENDS)
    yield from _turned_ranges(unit, source, target, context)


def _may_be_said(source: str, language: Language) -> bool:
    """Whether a source has a word for a direction."""
    return not DIRECTIONS.isdisjoint(vocabulary.source(source, language).meanings)


def _may_be_ranges(unit: Unit, context: Context) -> bool:
    """Whether both sides have a word that leads from one number to the other."""
    if frozenset(context.source.numbers.ranges).isdisjoint(folded_words(unit.source)):
        return False
    words = plainwords.target_words(unit.target, context.target.letters)
    return not frozenset(context.target.numbers.ranges).isdisjoint(words)


def _is_denied(said: _Spoken, unit: Unit, context: Context) -> bool:
    """Whether a bound of a target has a negation, as “no more than” has."""
    within = {at for first, last, _ in said for at in range(first, last)}
    return any(one.first in within for one in _negations(unit, context))


def _negations(unit: Unit, context: Context) -> list[Place]:
    return vocabulary.target(unit.target, context.target, WordTable.NEGATIONS).of(WordTable.NEGATIONS)


def _is_denied_behind(here: _Spoken, unit: Unit, context: Context) -> bool:
    """Whether a source denies what it bounds: «بیش از … ندارند»."""
    negations = vocabulary.source(unit.source, context.source).negations()
    return any(one.first >= last for _, last, _ in here for one in negations)


def _contrary(
    unit: Unit, source: _Numbered, target: _Numbered, here: _Spoken, there: _Spoken, directions: dict[str, int]
) -> Iterator[Told]:
    wanted, said = ({directions[meaning] for _, _, meaning in spoken} for spoken in (here, there))
    if len(wanted) == len(said) == 1 and wanted != said:
        told = f"the target has “{target.text(there)}” by a number of which the source says «{source.text(here)}»"
        yield source.text(here), Finding("polarity", Severity.WARNING, unit, told, target.text(there))


def _turned_ranges(unit: Unit, source: _Numbered, target: _Numbered, context: Context) -> Iterator[Told]:
    for one, other in _ranges(source, context.source):
        for first, second in _ranges(target, context.target):
            if one.values == first.values and other.values == second.values:
                yield from _turned_trend(unit, target, one, other)
            elif one.values == second.values and other.values == first.values and one.values != other.values:
                begins, ends = (unit.target[q.start : q.end] for q in (first, second))
                told = f"the target goes from {begins} to {ends}, the source the other way"
                yield "", Finding("polarity", Severity.WARNING, unit, told, begins)


def _turned_trend(unit: Unit, target: _Numbered, one: Quantity, other: Quantity) -> Iterator[Told]:
    """Yield a fall to a greater number, or a rise to a smaller one: «has fallen from 5 million to 9 million»."""
    there = [
        spoken for quantity, *at in target.numbers if quantity.values == one.values for spoken in target.trend(*at)
    ]
    said = {TRENDS[meaning] for _, _, meaning in there}
    if one.value != other.value and said == {DOWN if one.value < other.value else UP}:
        told = f"the target has “{target.text(there)}” where a number of the source does the contrary"
        yield "", Finding("polarity", Severity.WARNING, unit, told, target.text(there))


def _ranges(text: _Numbered, language: Language) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield numbers of which one leads to the other: «از ۵ میلیون به ۹ میلیون»."""
    words = frozenset(language.numbers.ranges)
    amounts = [one for one in text.numbers if _is_amount(" ".join(text.words[one[1] : one[2]]), language)]
    for (one, begin, end), (other, start, over) in pairwise(amounts if words else ()):
        if text.bound(begin):
            continue  # «در کمتر از ده دقیقه حکم به هجده سال حبس داد»
        is_share, is_share_too = (_is_share(text, last, language) for last in (end, over))
        if is_share is is_share_too and start - end <= BETWEEN and not words.isdisjoint(text.words[end:start]):
            yield one, other


def _is_share(text: _Numbered, last: int, language: Language) -> bool:
    """Whether a number, behind which a word is given, is of a hundred: «۲ درصد کاهش به ۵۸ هزار» is no range."""
    behind = f"{' '.join(text.words[last : last + 2])} "
    return any(behind.startswith(f"{one} ") for one in plainwords.listed(language.numbers.per_cents, language.letters))


def _is_amount(number: str, language: Language) -> bool:
    """Whether a number may grow or fall: no year («از ۸۹۱ هزار در سال ۱۳۸۹ به ۵۵۰ هزار»), nor a place in an order."""
    return not _YEAR.fullmatch(number) and not quantities.is_ordinal(number, language)


_YEAR = re.compile(r"1[2-9]\d\d|20\d\d")


def _source(text: str, language: Language) -> _Numbered:
    sentence = vocabulary.source(text, language)
    spoken = [
        (one.first, one.last, _SIDES.get(one.meaning, one.meaning)) for one in sentence.places if one.table in _SAYING
    ]
    return _numbered(text, sentence.words, spoken, folded_words, language)


def _target(text: str, language: Language) -> _Numbered:
    sentence = vocabulary.target(text, language, WordTable.POLARITY)
    spoken = [(one.first, one.last, one.meaning) for one in sentence.places]
    spoken += [
        (at, at + 1, meaning)
        for at, word in enumerate(sentence.words)
        for meaning in vocabulary.meanings(word, language)
        if meaning in TRENDS or meaning in BOUNDS
    ]
    return _numbered(text, sentence.words, spoken, partial(plainwords.target_words, letters=language.letters), language)


_SIDES = {"under_age": "less", "over_it": "more"}
"""Words of the field that say a bound before a number, as «زیر» does."""

DIRECTIONS = frozenset({*BOUNDS, *DENIED_BOUNDS, *TRENDS, *_SIDES})

_SAYING = frozenset({WordTable.POLARITY, WordTable.LEXICON})


def _numbered(
    text: str, words: Sequence[str], spoken: _Spoken, split: Callable[[str], Sequence[str]], language: Language
) -> _Numbered:
    found = quantities.read(text, language)[:MOST]
    numbers = [(one, len(split(text[: one.start])), len(split(text[: one.end]))) for one in found]
    negations = frozenset((*language.source.negations, *language.target.negations))
    spoken = sorted(spoken, key=lambda one: (one[0], -one[1]))  # the longest of those that begin together first
    bounds = [one for one in spoken if one[2] in BOUNDS and negations.isdisjoint(words[max(0, one[0] - 1) : one[0]])]
    denied_bounds = [one for one in spoken if one[2] in DENIED_BOUNDS]
    # “more” says a growth as well as a bound.
    taken = {at for first, last, _ in bounds for at in range(first, last)}
    trends = [one for one in spoken if one[2] in TRENDS and one[0] not in taken]
    return _Numbered(words, numbers, bounds, denied_bounds, trends)
