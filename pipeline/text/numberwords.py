"""The words of a language that say numbers: cardinals and ordinals, whole or in one word with others."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Language
from pipeline.text import numerals
from pipeline.text.orthography import letters_and_digits
from pipeline.text.words import LONGEST, Remembered

TOKEN = re.compile(
    r"[^\W\d_]++(?:[\u064b-\u0652]++[^\W\d_]*+)*+"  # «نُه» is nine, where «نه» may be no
    r"|\d{1,2}:[0-5]\d(?![\d:])\0*+"  # an hour, as `_with_hours` writes it
    r"|\d++(?:[.,٫٬/’'\u00a0\u202f]\d++|[ ،]\d{3}(?!\d))*+"  # a number with its separators
)
BARE_ROMAN = re.compile("[IVX]{2,8}")
MAY_BE_ROMAN = re.compile("[IVX]")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of a language that say numbers: cardinals and ordinals by their value, how they begin.

    `sizes` are of how many words those of several are, the longest first, by their first word.
    `beside` stands inside or behind a number, `glued` has the value of a number that a conjunction is written onto,
    `parts` the number words in a longer one, some of which say a number only there: those `inside`;
    `counts` tells all of these, and figures, from other words, `begins` those that may begin a number; what stands
    `reach` words behind one of them belongs to none. Behind one of the `prefixes` a word is a verb; one of the
    `counted` words is what a number counts («سه‌روزه»); one of the `per_cents` stands behind a number.
    """

    cardinals: dict[str, float]
    ordinals: dict[str, float]
    uncertain: frozenset[str]
    joining: frozenset[str]
    first: frozenset[str]
    sizes: dict[str, tuple[int, ...]]
    beside: frozenset[str]
    glued: Remembered[float]
    parts: Remembered[tuple[str, ...]]
    inside: dict[str, float]
    counts: Remembered[bool]
    begins: Remembered[bool]
    reach: int
    prefixes: frozenset[str]
    counted: tuple[str, ...]
    per_cents: frozenset[str]
    romans: Remembered[int]


@lru_cache(maxsize=16)
def number_words(language: Language) -> NumberWords:
    numbers = language.numbers
    cardinals, ordinals = lettered(numbers.values), lettered(numbers.ordinals)
    if not cardinals:
        cardinals = {numerals.spelt(n, language): float(n) for n in (*range(2, 100), 100, 1000, 1_000_000)}
        ordinals |= {numerals.spelt(n, language, ordinal=True): float(n) for n in range(1, 32)}
    cardinals.pop("", None), ordinals.pop("", None)
    joining = frozenset(map(letters_and_digits, (*numbers.joining, *language.grammar.conjunctions)))
    sizes = defaultdict[str, set[int]](set)
    for said in (word.split() for word in (*cardinals, *ordinals)):
        sizes[said[0]].add(len(said))
    first = frozenset(word.split()[0] for word in (*cardinals, *ordinals))
    uncertain = frozenset(map(letters_and_digits, numbers.uncertain))
    beside = joining.union(language.grammar.plurals)

    def glued(word: str) -> float:
        """Return the value of a number that a conjunction is written onto («سی‌ویک»), 0 for any other word."""
        if not word.startswith(language.grammar.conjunctions):
            return 0
        bare = next(word[len(one) :] for one in language.grammar.conjunctions if word.startswith(one))
        return cardinals.get(bare) or ordinals.get(bare) or 0

    inside = {letters_and_digits(word): float(value) for word, value in numbers.parts.items()}
    counted = tuple(map(letters_and_digits, numbers.counted))
    compounds = _Compounds({*cardinals, *ordinals, *inside, *joining} if inside else set())

    def numbers_in(word: str) -> tuple[str, ...]:
        """Return the number words inside a longer one, of which it is made or of so many of something («چهارنفره»)."""
        if word.endswith(counted):
            bare = next(word.removesuffix(one) for one in counted if word.endswith(one))
            if cardinals.get(bare):
                return (bare,)
        return compounds.of(word)

    parts = Remembered(numbers_in)
    known = first | beside
    counts = Remembered(lambda word: word[0].isdecimal() or word in known or glued(word) > 0 or bool(parts[word]))
    begins = Remembered(lambda word: counts[word] and (word in first or word not in beside))
    return NumberWords(
        cardinals,
        ordinals,
        uncertain,
        joining,
        first,
        {word: tuple(sorted(some, reverse=True)) for word, some in sizes.items() if max(some) > 1},
        beside,
        Remembered(glued),
        parts,
        inside,
        counts,
        begins,
        max((max(some) for some in sizes.values()), default=1) + 2,
        frozenset(map(letters_and_digits, language.typesetting.prefixes)),
        counted,
        frozenset(map(letters_and_digits, numbers.per_cents)),
        Remembered(lambda word: _roman(word, numbers.ordinal_endings)),
    )


def lettered(values: Mapping[str, float]) -> dict[str, float]:
    """Return words as texts are compared with them, and their values; one of blanks alone is no word."""
    found = {letters_and_digits(word): float(value) for word, value in values.items()}
    return {word: value for word, value in found.items() if word.strip()}


@lru_cache(maxsize=16)
def indefinite(language: Language) -> dict[str, float]:
    return lettered(language.numbers.indefinite)


def _roman(word: str, endings: Sequence[str]) -> int:
    """Return the value of a Roman number («XIXe», «IVe», «III»); 0 for any other word, and without such endings."""
    if not endings or word[0] not in "IVX":
        return 0
    if BARE_ROMAN.fullmatch(word):
        return numerals.roman(word)
    stems = (word.removesuffix(ending) for ending in endings if word.endswith(ending))
    return next(filter(None, map(numerals.roman, stems)), 0)


class _Compounds:
    """Takes a word apart that says a number: «zwei|hundert|fünf|und|zwanzig»."""

    def __init__(self, words: set[str]) -> None:
        self._words, self._lengths, self._ends = words, sorted(set(map(len, words))), tuple(words)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the number words of which a word is made; none for any other word, or for one number word."""
        if (
            not word.endswith(self._ends)
            or not word.startswith(self._ends)
            or len(word) > LONGEST
            or word in self._words
        ):
            return ()  # as most words
        ways: dict[int, tuple[str, ...]] = {0: ()}
        for at in range(len(word)):
            for part in (word[at : at + length] for length in self._lengths if at in ways):
                if part in self._words:
                    ways.setdefault(at + len(part), (*ways[at], part))
        return ways.get(len(word), ())
