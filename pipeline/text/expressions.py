"""Expressions of a language file, and where they stand in a sentence.

A meaning is a name of the file's choice («prison», «abolition», «berlin») with the words that say it: `*` in them
stands for any letters, and several words are one expression.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from pipeline.languages.sections import Grammar
from pipeline.text.wildcards import fits
from pipeline.text.words import Remembered


class WordTable(StrEnum):
    """Of which table of a language file a meaning is."""

    LEXICON = "lexicon"
    POLARITY = "polarity"
    PLACES = "places"
    NAMERS = "namers"
    IDIOMS = "idioms"
    NEGATIONS = "negations"
    NO_NEGATIONS = "no_negations"
    AFFIXES = "affixes"
    POLES = "poles"

    __hash__ = str.__hash__  # that of Enum is slow


LEXICON = WordTable.LEXICON

SHORTEST_STEM = 4
"""Letters of a word that may have any ending."""

_PATTERN = re.compile(r"[\w*]+")


class Place(NamedTuple):
    """Where a meaning stands: its table and name, the words of the sentence that say it.

    What is not exact may say a meaning, and need not be said again.
    """

    table: WordTable
    meaning: str
    first: int
    last: int
    is_exact: bool


@dataclass(frozen=True, slots=True)  # what is read so often is read faster than of a tuple
class Expression:
    table: WordTable
    meaning: str
    words: tuple[str, ...]
    is_exact: bool
    is_open: bool
    """Whether a word behind the first has `*` in it."""

    def stands(self, words: tuple[str, ...], at: int) -> bool:
        here, wanted = words[at + 1 : at + len(self.words)], self.words[1:]
        return here == wanted or (self.is_open and len(here) == len(wanted) and all(map(fits, here, wanted)))


@dataclass(frozen=True, slots=True)
class Known:
    """The expressions that begin with a word: it alone, longer ones by their second word, those with `*` in it.

    Of the latter, what the second word begins with stands before each, and in `beginnings`. `firm` are the meanings of
    the lexicon that it says by itself for certain, `tables` those of what it says by itself.
    """

    alone: tuple[Expression, ...]
    longer: dict[str, list[Expression]]
    loose: tuple[tuple[str, Expression], ...]
    beginnings: tuple[str, ...]
    meanings: frozenset[str]
    exact: frozenset[str]
    firm: frozenset[str]
    tables: frozenset[WordTable]
    goes_on: bool

    def standing(self, words: tuple[str, ...], at: int) -> list[Expression]:
        """Return the longer expressions that stand in a sentence from a word on, which is not the last."""
        following = words[at + 1]
        here = [one for one in self.longer.get(following, ()) if len(one.words) == 2 or one.stands(words, at)]
        if self.loose:
            here += [one for first, one in self.loose if following.startswith(first) and one.stands(words, at)]
        return here


def _known(expressions: Sequence[Expression]) -> Known:
    alone = tuple(one for one in expressions if len(one.words) == 1)
    longer = defaultdict[str, list[Expression]](list)
    loose = list[tuple[str, Expression]]()
    for one in expressions:
        if len(one.words) > 1 and "*" in one.words[1]:
            loose.append((one.words[1].partition("*")[0], one))
        elif len(one.words) > 1:
            longer[one.words[1]].append(one)
    exact = [one for one in alone if one.is_exact]
    return Known(
        alone,
        dict(longer),
        tuple(loose),
        tuple({first for first, _ in loose}),
        frozenset(one.meaning for one in alone),
        frozenset(one.meaning for one in exact),
        frozenset(one.meaning for one in exact if one.table is LEXICON),
        frozenset(one.table for one in alone),
        bool(longer or loose),
    )


KnownWords = list[tuple[int, Known]]


def standing(words: tuple[str, ...], known: KnownWords) -> "Standing":
    """Return the expressions of several words in a sentence, and where they begin."""
    last = len(words) - 1
    return [
        (at, expression)
        for at, one in known
        if one.goes_on
        and at < last
        and (words[at + 1] in one.longer or (one.beginnings and words[at + 1].startswith(one.beginnings)))
        for expression in one.standing(words, at)
    ]


Standing = list[tuple[int, Expression]]


def all_places(known: KnownWords, longer: Standing, table: WordTable | None = None) -> list[Place]:
    """Return where words and expressions stand, in their order; of those that begin with one word, it alone first.

    Given a table, only those of it.
    """
    if table:
        found = [(at, one) for at, here in known if table in here.tables for one in here.alone if one.table is table]
        longer = [(at, one) for at, one in longer if one.table is table]
    else:
        found = [(at, one) for at, here in known for one in here.alone]
    if longer:
        found = sorted([*found, *longer], key=itemgetter(0))
    return [Place(one.table, one.meaning, at, at + len(one.words), one.is_exact) for at, one in found]


def longest(found: Iterable[Place]) -> list[Place]:
    """Return the places of each table that do not stand inside a longer expression of it; they come in their order."""
    kept: dict[WordTable, list[Place]] = defaultdict(list)
    for one in found:
        others = kept[one.table]
        while others and others[-1].first == one.first and others[-1].last < one.last:
            others.pop()
        if not others or others[-1].last < one.last or others[-1][2:4] == one[2:4]:
            others.append(one)
    return [place for places in kept.values() for place in places]


def covered(found: Iterable[Place], table: WordTable, *, and_next: bool = False) -> frozenset[int]:
    """Return the words that belong to an expression of a table, and those behind them."""
    spans = [(one.first, one.last + and_next) for one in found if one.table is table]
    return frozenset(at for first, last in spans for at in range(first, last)) if spans else frozenset()


class Expressions:
    """The meanings of several tables, found in one pass. Before a word that need not be said again stands `~`.

    Given the grammar of a source, a word of the lexicon stands for its forms, too.
    """

    def __init__(
        self,
        tables: Mapping[WordTable, Mapping[str, Iterable[str]]],
        grammar: Grammar | None = None,
        vague: Iterable[str] = (),
    ) -> None:
        self.vague = frozenset(vague)
        self._grammar = grammar or Grammar()
        self._endings_of_words = (*self._grammar.plurals, *self._grammar.inflections)
        self._exact: dict[str, list[Expression]] = defaultdict(list)
        self._prefixes: dict[str, list[Expression]] = defaultdict(list)
        self._suffixes: dict[str, list[tuple[int, Expression]]] = defaultdict(list)
        self._endings: list[tuple[int, Expression]] = []
        number = 0
        for table, meanings in tables.items():
            for meaning, expressions in meanings.items():
                for text in expressions:
                    number += 1
                    words = tuple(_PATTERN.findall(text))
                    if words:  # one of signs alone is no word
                        is_open = any("*" in word for word in words[1:])
                        self._add(number, Expression(table, meaning, words, not text.startswith("~"), is_open))
        self._lengths = _lengths_by_letter(self._prefixes)
        self._lengths_of_suffixes = sorted({len(suffix) for suffix in self._suffixes})
        self._any_ending = (*self._endings_of_words, *self._grammar.inflections_of_short, *self._suffixes)
        self._known = Remembered(self._first)

    def _add(self, number: int, expression: Expression) -> None:
        first, star, rest = expression.words[0].partition("*")
        if not star:
            self._exact[first].append(expression)
        elif rest and not first and star not in rest:
            self._suffixes[rest].append((number, expression))
        elif rest or not first:
            self._endings.append((number, expression))
        else:
            self._prefixes[first].append(expression)

    def matches(self, words: tuple[str, ...]) -> list[Place]:
        """Return every meaning that stands in the words of a sentence, those inside others too, in their order."""
        known = self.known_in(words)
        return all_places(known, standing(words, known))

    def known_in(self, words: tuple[str, ...]) -> "KnownWords":
        """Return the words of a sentence with which something known may begin, and where they stand."""
        return [(at, known) for at, known in enumerate(map(self._known.__getitem__, words)) if known]

    def is_vague(self, word: str) -> bool:
        """Whether a word is said of so much that it says nothing for certain."""
        return word in self.vague

    def meanings(self, word: str) -> frozenset[str]:
        """Return what a word may say by itself."""
        known = self._known[word]
        return known.meanings if known else frozenset()

    def begins(self, word: str) -> bool:
        """Whether a meaning may begin with a word, which is no form of a short one («رازی»)."""
        return self._known[word] is not None and (not self._grammar.inflections_of_short or self._is_known(word))

    def _is_known(self, word: str) -> bool:
        return bool(self._written(word, self._beginning))

    def _first(self, word: str) -> "Known | None":
        """Return the expressions that may begin with a word, a conjunction written onto it or not; None for most."""
        if not self._may_begin(word):
            return None
        found = self._written(word, self._beginning) or self._written(word, self._inflected_short)
        return _known(found) if found else None

    def _may_begin(self, word: str) -> bool:
        """Whether a word may be known, as few are that nobody has looked up yet."""
        return (
            word in self._exact
            or not self._prefixes.keys().isdisjoint([word[:length] for length in self._lengths.get(word[:1], ())])
            or word.endswith(self._any_ending)
            or word.startswith(self._grammar.conjunctions)
            or any(fits(word, one.words[0]) for _, one in self._endings)
        )

    def _written(self, word: str, find: Callable[[str], list[Expression]]) -> list[Expression]:
        """Return what is found for a word, or for one with a conjunction written onto it."""
        found = find(word)
        for one in () if found else self._grammar.conjunctions:  # «وزیر» is a minister
            if word.startswith(one) and len(word) > len(one) + 1:
                found += find(word[len(one) :])
        return found

    def _beginning(self, word: str) -> list[Expression]:
        found = [*self._exact.get(word, ())]
        found += [replace(one, is_exact=False) for one in self._inflected(word)] if found else self._inflected(word)
        for length in self._lengths.get(word[:1], ()):
            if length > len(word):
                break
            found += self._prefixes.get(word[:length], ())
        return found + self._ending(word)

    def _ending(self, word: str) -> list[Expression]:
        """Return the expressions whose beginning is left open, or their middle, that a word fits: in their order."""
        found = [one for one in self._endings if fits(word, one[1].words[0])]
        for length in self._lengths_of_suffixes:
            if length > len(word):
                break
            found += self._suffixes.get(word[-length:], ())
        return [one for _, one in sorted(found, key=itemgetter(0))]

    def _inflected(self, word: str) -> list[Expression]:
        """Return the words of the lexicon that a word is a form of; a short one has plurals alone («ارزان», «ارز»)."""
        if not word.endswith(self._endings_of_words):
            return []
        found: list[Expression] = []
        for number, ending in enumerate(self._endings_of_words):
            stem = word.removesuffix(ending)
            if stem != word and (len(stem) >= SHORTEST_STEM or number < len(self._grammar.plurals)):
                found += self._words(stem)
        return found

    def _inflected_short(self, word: str) -> list[Expression]:
        """Return what a word may say that is no other: a form of a short one («سدی», «پدرم»)."""
        if not word.endswith(self._grammar.inflections_of_short):
            return []
        stems = [word.removesuffix(one) for one in self._grammar.inflections_of_short if word.endswith(one)]
        known = (one for stem in stems if 1 < len(stem) < SHORTEST_STEM for one in self._words(stem))
        return [replace(one, is_exact=False) for one in known]

    def _words(self, word: str) -> list[Expression]:
        return [one for one in self._exact.get(word, ()) if one.table is LEXICON and len(one.words) == 1]


def _lengths_by_letter(beginnings: Iterable[str]) -> dict[str, list[int]]:
    """Return by their first letter how long beginnings of words are, the shortest first."""
    lengths = defaultdict[str, set[int]](set)
    for one in beginnings:
        lengths[one[:1]].add(len(one))
    return {letter: sorted(some) for letter, some in lengths.items()}
