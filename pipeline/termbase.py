"""The termbase: agreed translations of terms, and where a sentence keeps to them.

translations/termbase.csv has a column for every language, named by its code, and the columns status
(preferred, admitted, forbidden) and note. A term may have several rows. It serves every pair of its languages; what is
forbidden is so only for translations from its first language, or from the one that a column source names in the row.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.errors import PipelineError
from pipeline.languages import CODE, Language, called
from pipeline.languages.sections import Grammar
from pipeline.limits import MOST_IN_A_TERM
from pipeline.text import vocabulary
from pipeline.text.orthography import folded_words, unaccented
from pipeline.text.words import WORD, Remembered, small_words

FILE_NAME = "termbase.csv"

MOST_CHARACTERS, MOST_COLUMNS = 10_000_000, 200


class Status(StrEnum):
    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Term:
    """One row: a term of the source language and a rendering of it (`target`) in one other."""

    source: str
    target: str
    lang: str
    status: Status
    is_home: bool = True
    """Whether it was agreed for translations from its source, and not the other way round."""

    @property
    def is_name(self) -> bool:
        """What begins with a capital letter is a name: of a body, a person, a place, a month.

        Where the script of the rendering has none, the term itself tells.
        """
        return self.target[0].isupper() or (self.source[0].isupper() and not self.target[0].islower())


_OTHER_COLUMNS = ("status", "note", "source")


def read(text: str, name: str, source_lang: str) -> tuple[Term, ...]:
    """Return the terms of a CSV file in one language, with their renderings in all others.

    Raises PipelineError with the line of a faulty row.
    """
    if len(text) > MOST_CHARACTERS:
        raise PipelineError(f"{name}: more than {MOST_CHARACTERS:,} characters; keep what terms it needs")
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = list(rows.fieldnames or [])
    except csv.Error as error:
        raise PipelineError(f"{name}:1: {_told(error)}") from None
    _require_plain(columns, name)
    if len(columns) > MOST_COLUMNS:
        raise PipelineError(f"{name}:1: more than {MOST_COLUMNS} columns; name a language in each")
    langs = [column for column in columns if column not in _OTHER_COLUMNS]
    if not langs or "status" not in columns:
        raise PipelineError(f"{name}:1: the first line must name the columns: {source_lang},en,fr,status,note")
    if not CODE.fullmatch(langs[0]):
        raise PipelineError(
            f"{name}:1: the first column with terms is called {langs[0][:40]!r}; write the code of its language, as "
            f"{source_lang}, or put it behind those with terms if it has none"
        )
    terms: list[Term] = []
    for row in _faultless(rows, name):
        home = row.get("source") or langs[0]
        if home not in langs or not WORD.search(row[home] or "") or None in row or row["status"] not in list(Status):
            needed = "a term in its first language" if home == langs[0] else f"a term in {home!r}, which its source is"
            raise PipelineError(f"{name}:{rows.line_num}: a row needs {needed}, and a status: {', '.join(Status)}")
        if any(len(text or "") > MOST_IN_A_TERM for text in row.values()):
            raise PipelineError(
                f"{name}:{rows.line_num}: a cell of more than {MOST_IN_A_TERM:,} characters; shorten it"
            )
        terms += _terms(row, langs, source_lang, is_home=home == source_lang)
    return tuple(terms)


def _terms(row: Mapping[str, str], langs: Sequence[str], source_lang: str, *, is_home: bool) -> Iterator[Term]:
    status, term = Status(row["status"]), row.get(source_lang) or ""
    if WORD.search(term) and (is_home or status is not Status.FORBIDDEN):
        yield from (Term(term, row[lang], lang, status, is_home) for lang in langs if lang != source_lang and row[lang])


def _require_plain(columns: Sequence[str], name: str) -> None:
    """Raise PipelineError for a column that would be passed over.

    «EN» and «English» are no codes of languages, and of two «en» one is read.
    """
    for place, column in enumerate(columns):
        meant = column.strip().lower()
        if column != meant and (meant in _OTHER_COLUMNS or CODE.fullmatch(meant)) and not CODE.fullmatch(column):
            other = "" if meant in _OTHER_COLUMNS else ", or a longer name if it is no language"
            raise PipelineError(f"{name}:1: a column is called {column[:40]!r}; write {meant}{other}")
        if column not in _OTHER_COLUMNS and not CODE.fullmatch(column) and (code := called(column)):
            raise PipelineError(f"{name}:1: a column is called {column[:40]!r}; write {code}")
        if column and column in columns[:place]:
            raise PipelineError(f"{name}:1: two columns are called {column[:40]!r}; put further terms in further rows")


def _faultless(rows: "csv.DictReader[str]", name: str) -> Iterator[dict[str, str]]:
    """Yield the rows; raise PipelineError with the line in which one begins that cannot be read."""
    line = rows.line_num + 1
    try:
        for row in rows:
            yield row
            line = rows.line_num + 1
    except csv.Error as error:
        raise PipelineError(f"{name}:{line}: {_told(error)}") from None


def _told(error: csv.Error) -> str:
    """Return what is wrong with a row, and the remedy: all behind a mark that is not closed would be one cell."""
    if "expected" in str(error):
        return (
            "a quotation mark is not closed, or something stands behind the closing one; put the whole cell in "
            "quotation marks, and write each mark inside it twice"
        )
    return f"{error}; save the table as CSV (UTF-8) again"


class Termbase:
    """The terms of one pair of languages, found in sentences by their first word."""

    def __init__(self, terms: Iterable[Term], source: Language, target: Language) -> None:
        self._language, self._grammar = source, source.grammar
        # Several checks ask for the terms of the same sentence, one after the other.
        self._places = lru_cache(maxsize=16)(self._found)
        self._counts = lru_cache(maxsize=16)(self._counted)
        self._agreements = lru_cache(maxsize=16)(self._kinds)
        self._agreed = Remembered(self._agreement)
        self._beginnings = Remembered(self._beginning)
        self._forms = Remembered(lambda word: {word, _singular(word, self._grammar.plurals)})
        self._rows: dict[str, list[Term]] = defaultdict(list)
        self._terms = _TermPath()
        self._spelt: dict[tuple[str, ...], str] = {}
        for term in terms:
            words = folded_words(term.source)
            # Of a term that is spelt in two ways, as from two keyboards, all rows hold.
            called = self._spelt.setdefault(words, term.source)
            if called not in self._rows:
                self._terms.lead(words, called)
            # A term with renderings in other languages alone still covers the shorter ones inside it.
            self._rows[called] += [term] if term.lang == target.code else []

    def occurring(self, source: str) -> Mapping[str, int]:
        """Return the terms that stand in a sentence as whole words, and how often; none inside another.

        Neither a conjunction written onto the first word, as in «وکمونیست», nor a plural
        ending written onto the last, as in «تشکلهای», hides a term.
        """
        return self._counts(source)

    def _counted(self, source: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for _, _, term in self._places(source):
            counts[term] = counts.get(term, 0) + 1
        return counts

    def agreements(self, source: str, *, names: bool) -> "Sequence[tuple[str, int, Agreed]]":
        """Return the names, or the other terms, of a sentence, how often each stands there, and what is agreed."""
        return self._agreements(source)[names]

    def _kinds(self, source: str) -> "tuple[list[tuple[str, int, Agreed]], list[tuple[str, int, Agreed]]]":
        found = [(term, times, self._agreed[term]) for term, times in self.occurring(source).items()]
        return [one for one in found if not one[2].is_name], [one for one in found if one[2].is_name]

    def covered(self, source: str) -> set[int]:
        """Return which words of a sentence, counted from 0, belong to a term of several words."""
        return {at for start, end, _ in self._places(source) if end - start > 1 for at in range(start, end)}

    def _found(self, source: str) -> list[tuple[int, int, str]]:
        """Return the terms of a sentence: their first word, that behind their last, and their source."""
        words = folded_words(source)
        begun = [(at, here) for at, here in enumerate(map(self._beginnings.__getitem__, words)) if here]
        if not begun:
            return []
        hidden = vocabulary.source(source, self._language).hidden
        matches: list[tuple[int, int, str]] = []
        for start, here in begun:
            if here.alone and start not in hidden:  # as in «میدان آزادی»
                matches += [(-1, start, term) for term in here.alone]
            matches += [found for way in here.longer for found in self._led(way, words, start)]
        found: list[tuple[int, int, str]] = []
        taken: set[int] = set()
        for length, start, term in sorted(matches):
            span = range(start, start - length)
            if taken.isdisjoint(span):
                taken.update(span)
                found.append((start, start - length, term))
        return found

    def _led(self, way: "_TermPath", words: tuple[str, ...], start: int) -> Iterator[tuple[int, int, str]]:
        """Yield the terms to which a way leads from behind a start on, their last word in its plural or not."""
        for at in range(start + 1, len(words)):
            for form in self._forms[words[at]]:
                if (end := way.words.get(form)) and end.term:
                    yield start - at - 1, start, end.term
            if not (way := way.words.get(words[at], _NOWHERE)).words:
                return

    def _beginning(self, word: str) -> "_Beginning | None":
        """Return which terms are a word, and where those lead that begin with it; None for most words."""
        forms = [word, *(word[len(one) :] for one in self._grammar.conjunctions if word.startswith(one))]
        singulars = [_singular(form, self._grammar.plurals) for form in forms]
        ways = {form: self._terms.words.get(form, _NOWHERE) for form in (*forms, *singulars)}
        alone = [way.term for way in ways.values() if way.term]
        longer = [ways[form] for form in dict.fromkeys(forms) if ways[form].words]
        return _Beginning(alone, longer) if alone or longer else None

    def renderings(self, source: str, *statuses: Status) -> list[Term]:
        """Return the rows of a term with one of these statuses."""
        called = self._spelt.get(folded_words(source), source)
        return [term for term in self._rows[called] if term.status in statuses]

    def agreed(self, source: str) -> "Agreed":
        """Return how a term is to be translated."""
        return self._agreed[source]

    def _agreement(self, source: str) -> "Agreed":
        allowed = self.renderings(source, Status.PREFERRED, Status.ADMITTED)
        forbidden = self.renderings(source, Status.FORBIDDEN)
        is_name = bool(allowed) and allowed[0].is_name
        may, must_not = (tuple(term.target for term in terms) for terms in (allowed, forbidden))
        return Agreed(may, must_not, is_name, any(term.is_home for term in allowed))


class Agreed(NamedTuple):
    """The renderings that a term may have, the first of which is preferred, and those it must not have."""

    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]
    is_name: bool
    is_home: bool


class _TermPath:
    """The terms that begin with some words: by the next one of each, where that leads; and the `term` of no others.

    Thousands of terms may begin alike. Of those that are written with the same words, the first in order is found.
    """

    __slots__ = ("term", "words")

    def __init__(self) -> None:
        self.term = ""
        self.words: dict[str, _TermPath] = {}

    def lead(self, words: Sequence[str], term: str) -> None:
        """Add a term, whose words these are."""
        way = self
        for word in words:
            way = way.words.setdefault(word, _TermPath())
        way.term = min(way.term, term) if way.term else term


_NOWHERE = _TermPath()


class _Beginning(NamedTuple):
    """The terms that are a word, and the ways of those that begin with it."""

    alone: list[str]
    longer: list[_TermPath]


def _singular(word: str, plurals: tuple[str, ...]) -> str:
    if not word.endswith(plurals):
        return word
    ending = next(ending for ending in plurals if word.endswith(ending))
    return word[: -len(ending)] if len(word) > len(ending) + 1 else word


_GAP = 2
"""Words that may stand between two words of a rendering: «political and civil rights»."""


def times_rendered(target: str, rendering: str, language: Language, *, exactly: bool = False) -> int:
    """How often a rendering stands in a target, inflected as may be; with `exactly`, plurals apart, as it is."""
    grammar = language.grammar
    wanted, said = _content(rendering, grammar), _said(target, grammar)
    if not wanted:
        return len(said.words)
    if f" {wanted[0][:2]}" not in said.text or not (starts := said.places.get(wanted[0][:2])):
        return 0
    words = said.words
    alike, gap = (_same_word, 0) if exactly else (_same_stem, _GAP)
    if len(wanted) == 1:
        return sum([alike(words[start], wanted[0], grammar) for start in starts])
    return sum([_stands(words, start, wanted, grammar, alike, gap) for start in starts])


def _stands(
    words: Sequence[str],
    position: int,
    wanted: Sequence[str],
    grammar: Grammar,
    alike: Callable[[str, str, Grammar], bool],
    gap: int,
) -> bool:
    """Whether the wanted words stand in a sentence, the first of them at a position."""
    if not alike(words[position], wanted[0], grammar):
        return False
    for word in wanted[1:]:
        for at in range(position + 1, min(len(words), position + 2 + gap)):
            if alike(words[at], word, grammar):
                position = at
                break
        else:
            return False
    return True


def stands(rendering: str, target: str, language: Language) -> bool:
    """Whether a rendering stands in a target as it is, which is found faster than how often it does in any form."""
    wanted = _content(rendering, language.grammar)
    return bool(wanted) and f" {' '.join(wanted)} " in _said(target, language.grammar).text


class _ContentWords:
    """The words of a text that count, all of them between spaces, and where those stand that begin with two letters."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words, self.text = words, f" {' '.join(words)} "

    @cached_property
    def places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            places[word[:2]].append(place)
        return places


@lru_cache(maxsize=16)
def _said(text: str, grammar: Grammar) -> _ContentWords:
    return _ContentWords(_content(text, grammar))


@lru_cache(maxsize=4096)
def _content(text: str, grammar: Grammar) -> tuple[str, ...]:
    passed_over = _function_words(grammar)
    return tuple([word for word in small_words(text) if word not in passed_over])


@lru_cache(maxsize=16)
def _function_words(grammar: Grammar) -> frozenset[str]:
    return frozenset(grammar.function_words)


@lru_cache(maxsize=100_000)
def _same_stem(word: str, other: str, grammar: Grammar) -> bool:
    """Whether two words are forms of one: «nation», «nationaux»; not «nationality». Figures have one form."""
    if word == other or word[0].isdigit() or other[0].isdigit():
        return _same_word(word, other, grammar)
    word, other = unaccented(word), unaccented(other)
    shorter = min(len(word), len(other))
    common = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), shorter)
    endings = _endings(grammar)
    return common >= 3 and word[common:] in endings and other[common:] in endings


@lru_cache(maxsize=16)
def _endings(grammar: Grammar) -> frozenset[str]:
    return frozenset(map(unaccented, ("", *grammar.endings)))


@lru_cache(maxsize=100_000)
def _same_word(word: str, other: str, grammar: Grammar) -> bool:
    return _singular(word, grammar.plurals) == _singular(other, grammar.plurals)
