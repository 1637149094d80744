"""Words by what they mean: which meanings of a language file a sentence has, and where.

A meaning is a name of the file's choice («prison», «abolition», «berlin») with the words that say it: `*` in them
stands for any letters, and several words are one expression. The longest expression counts, so that what stands inside
another is not reported («محیط زیست» is not «محیط»).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.text.orthography import fold, folded_words, unaccented
from pipeline.text.segment import without_addresses

_WORD = re.compile(r"\w+")


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


class Place(NamedTuple):
    """Where a meaning stands: its table and name, the words of the sentence that say it.

    What is not exact may say a meaning, and need not be said again.
    """

    table: WordTable
    meaning: str
    first: int
    last: int
    is_exact: bool


class _Expression(NamedTuple):
    table: WordTable
    meaning: str
    words: tuple[str, ...]
    is_exact: bool

    def stands(self, words: Sequence[str], at: int) -> bool:
        size = len(self.words)
        return size == 1 or (at + size <= len(words) and all(map(_fits, words[at + 1 : at + size], self.words[1:])))


class Vocabulary:
    """The meanings of several tables, found in one pass. Before a word that need not be said again stands `~`."""

    def __init__(
        self, tables: Mapping[WordTable, Mapping[str, Iterable[str]]], conjunctions: Sequence[str] = ()
    ) -> None:
        self._conjunctions = conjunctions
        self._exact: dict[str, list[_Expression]] = defaultdict(list)
        self._prefixes: dict[str, list[_Expression]] = defaultdict(list)
        self._endings: list[_Expression] = []
        for table, meanings in tables.items():
            for meaning, expressions in meanings.items():
                for text in expressions:
                    self._add(_Expression(table, meaning, tuple(_PATTERN.findall(text)), not text.startswith("~")))
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})
        self._known: dict[str, tuple[_Expression, ...]] = {}

    def _add(self, expression: _Expression) -> None:
        first, star, rest = expression.words[0].partition("*")
        if not star:
            self._exact[first].append(expression)
        elif rest:
            self._endings.append(expression)
        else:
            self._prefixes[first].append(expression)

    def matches(self, words: Sequence[str]) -> list[Place]:
        """Return every meaning that stands in the words of a sentence, those inside others too, in their order."""
        known, found = self._known, []
        for at, word in enumerate(words):
            expressions = known.get(word)
            if expressions is None:
                expressions = self._learn(word)
            if expressions:
                found += [
                    Place(one.table, one.meaning, at, at + len(one.words), one.is_exact)
                    for one in expressions
                    if one.stands(words, at)
                ]
        return found

    def _learn(self, word: str) -> tuple[_Expression, ...]:
        """Return the expressions that may begin with a word, a conjunction written onto it or not."""
        if len(self._known) >= MOST_WORDS:
            self._known.clear()
        bare = [word[len(one) :] for one in self._conjunctions if word.startswith(one) and len(word) > len(one) + 1]
        forms = [word, *bare]
        self._known[word] = tuple(expression for form in forms for expression in self._beginning(form))
        return self._known[word]

    def _beginning(self, word: str) -> Iterator[_Expression]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            yield from self._prefixes.get(word[:length], ()) if length <= len(word) else ()
        yield from (one for one in self._endings if _fits(word, one.words[0]))


MOST_WORDS = 100_000
"""Whose meanings are kept in memory."""

_PATTERN = re.compile(r"[\w*]+")


def _fits(word: str, pattern: str) -> bool:
    first, star, rest = pattern.partition("*")
    return word == pattern if not star else word.startswith(first) and word[len(first) :].endswith(rest)


def _longest(found: Iterable[Place]) -> list[Place]:
    """Return the places of each table that do not stand inside a longer expression of it; they come in their order."""
    kept = defaultdict[WordTable, list[Place]](list)
    for one in found:
        others = kept[one.table]
        while others and others[-1].first == one.first and others[-1].last < one.last:
            others.pop()
        if not others or others[-1].last < one.last or others[-1][2:4] == one[2:4]:
            others.append(one)
    return [place for places in kept.values() for place in places]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, and what they mean; the `hidden` ones, counted from 0, mean nothing by themselves."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    hidden: frozenset[int] = frozenset()

    def of(self, table: WordTable) -> list[Place]:
        return [place for place in self.places if place.table is table]

    def text(self, place: Place) -> str:
        return " ".join(self.words[place.first : place.last])

    def negations(self) -> list[Place]:
        """Return the negations, a word in two of them once, without those that only look like one."""
        no_negations = _covered(self.places, WordTable.NO_NEGATIONS)
        found = {place.first: place for place in self.of(WordTable.NEGATIONS) if place.first not in no_negations}
        return list(found.values())


@lru_cache(maxsize=64)
def source(text: str, language: Language) -> Sentence:
    """Return what a source says: of each table the longest expressions, none of names («میدان آزادی») and idioms."""
    words = folded_words(text)
    found = _source_vocabulary(language).matches(words)
    hidden = _covered(found, WordTable.IDIOMS) | _covered(found, WordTable.NAMERS, and_next=True)
    kept = (one for one in found if one.table is WordTable.PLACES or one.first not in hidden) if hidden else found
    return Sentence(words, tuple(_longest(kept)), hidden)


def _covered(found: Iterable[Place], table: WordTable, *, and_next: bool = False) -> frozenset[int]:
    """Return the words that belong to an expression of a table, and those behind them."""
    spans = [(one.first, one.last + and_next) for one in found if one.table is table]
    return frozenset(at for first, last in spans for at in range(first, last)) if spans else frozenset()


@lru_cache(maxsize=64)
def target(text: str, language: Language) -> Sentence:
    """Return all that a target may say, those inside other expressions too."""
    words = target_words(text)
    return Sentence(words, tuple(_target_vocabulary(language).matches(words)))


def said(text: str, language: Language, table: WordTable) -> Counter[str]:
    """Return how often a target may say each meaning of a table."""
    return Counter(meaning for meaning, _ in {(one.meaning, one.first) for one in target(text, language).of(table)})


@lru_cache(maxsize=64)
def places(text: str, language: Language) -> Sentence:
    """Return the countries and towns that a target names, with a capital letter where their file has one."""
    words = capitalised_words(text)
    return Sentence(words, tuple(_longest(_place_names(language).matches(words))))


@lru_cache(maxsize=16)
def _source_vocabulary(language: Language) -> Vocabulary:
    said = language.source
    tables = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: said.polarity,
        WordTable.PLACES: language.places,
        WordTable.NAMERS: {"": said.namers},
        WordTable.IDIOMS: {"": said.idioms},
        WordTable.NEGATIONS: {"": said.negations},
        WordTable.NO_NEGATIONS: {"": said.no_negations},
        WordTable.AFFIXES: {"": said.affixes},
    }
    return Vocabulary({table: _folded(meanings) for table, meanings in tables.items()}, language.grammar.conjunctions)


@lru_cache(maxsize=16)
def _target_vocabulary(language: Language) -> Vocabulary:
    """Return the words of a target; those for and against are given by their beginnings."""
    said = language.target
    polarity = {meaning: [f"{word}*" for word in words] for meaning, words in _small(said.polarity).items()}
    tables = {
        WordTable.LEXICON: said.lexicon,
        WordTable.NEGATIONS: {"": said.negations},
        WordTable.NO_NEGATIONS: {"": said.no_negations},
        WordTable.AFFIXES: {"": said.affixes},
    }
    return Vocabulary({WordTable.POLARITY: polarity} | {table: _small(words) for table, words in tables.items()})


@lru_cache(maxsize=16)
def _place_names(language: Language) -> Vocabulary:
    return Vocabulary({WordTable.PLACES: language.places})


def _folded(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {meaning: [word[: word.startswith("~")] + fold(word) for word in words] for meaning, words in table.items()}


def _small(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {meaning: [unaccented(word.casefold()) for word in words] for meaning, words in table.items()}


@lru_cache(maxsize=64)
def target_words(text: str) -> tuple[str, ...]:
    """Return the words of a target, in small letters and without accents."""
    return tuple(_WORD.findall(unaccented(text.casefold())))


@lru_cache(maxsize=64)
def capitalised_words(text: str) -> tuple[str, ...]:
    """Return the words of a target as they are written, those all in capitals with the first one alone."""
    return tuple(
        word.title() if len(word) > 3 and word.isupper() else word for word in _WORD.findall(without_addresses(text))
    )
