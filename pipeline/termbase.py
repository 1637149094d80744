"""The termbase: agreed translations of terms, and where a sentence keeps to them.

translations/termbase.csv has a column for every language, named by its code, and the columns status
(preferred, admitted, forbidden) and note. A term may have several rows.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.errors import PipelineError
from pipeline.languages import Grammar, Language
from pipeline.limits import MOST_IN_A_TERM
from pipeline.text import vocabulary
from pipeline.text.orthography import folded_words, unaccented

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

    @property
    def is_name(self) -> bool:
        """A rendering that begins with a capital letter is a name: of a body, a person, a place, a month."""
        return self.target[0].isupper()


def read(text: str, name: str, source_lang: str) -> tuple[Term, ...]:
    """Return the terms of a CSV file; raise PipelineError with the line of a faulty row."""
    if len(text) > MOST_CHARACTERS:
        raise PipelineError(f"{name}: more than {MOST_CHARACTERS:,} characters; keep what terms it needs")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        columns = list(rows.fieldnames or [])
    except csv.Error as error:
        raise PipelineError(f"{name}:1: {error}; save the table as CSV (UTF-8) again") from None
    if len(columns) > MOST_COLUMNS:
        raise PipelineError(f"{name}:1: more than {MOST_COLUMNS} columns; name a language in each")
    if source_lang not in columns or "status" not in columns:
        raise PipelineError(f"{name}:1: the first line must name the columns: {source_lang},en,fr,status,note")
    langs = [column for column in columns if column not in (source_lang, "status", "note")]
    terms = []
    for row in _faultless(rows, name):
        if row["status"] not in list(Status) or not _words(row[source_lang] or "") or None in row:
            raise PipelineError(f"{name}:{rows.line_num}: a row needs a term, and a status: {', '.join(Status)}")
        if any(len(text or "") > MOST_IN_A_TERM for text in row.values()):
            raise PipelineError(
                f"{name}:{rows.line_num}: a cell of more than {MOST_IN_A_TERM:,} characters; shorten it"
            )
        terms += [Term(row[source_lang], row[lang], lang, Status(row["status"])) for lang in langs if row[lang]]
    return tuple(terms)


def _faultless(rows: "csv.DictReader[str]", name: str) -> Iterator[dict[str, str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise PipelineError(f"{name}:{rows.line_num}: {error}; save the table as CSV (UTF-8) again") from None


class Termbase:
    """The terms of one pair of languages, found in sentences by their first word."""

    def __init__(self, terms: Iterable[Term], source: Language, target: Language) -> None:
        self._language, self._grammar = source, source.grammar
        # Several checks ask for the terms of the same sentence, one after the other.
        self._places = lru_cache(maxsize=16)(self._found)
        self._starting = lru_cache(maxsize=100_000)(self._beginning)
        self._rows: dict[str, list[Term]] = defaultdict(list)
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for term in terms:
            if term.source not in self._rows:
                words = folded_words(term.source)
                self._by_first_word[words[0]].append((words, term.source))
            # A term with renderings in other languages alone still covers the shorter ones inside it.
            self._rows[term.source] += [term] if term.lang == target.code else []

    def occurring(self, source: str) -> Counter[str]:
        """Return the terms that stand in a sentence as whole words, and how often; none inside another.

        Neither a conjunction written onto the first word, as in «وکمونیست», nor a plural
        ending written onto the last, as in «تشکلهای», hides a term.
        """
        return Counter(term for _, _, term in self._places(source))

    def covered(self, source: str) -> set[int]:
        """Return which words of a sentence, counted from 0, belong to a term of several words."""
        return {at for start, end, _ in self._places(source) if end - start > 1 for at in range(start, end)}

    def _found(self, source: str) -> list[tuple[int, int, str]]:
        """Return the terms of a sentence: their first word, that behind their last, and their source."""
        words, hidden = folded_words(source), vocabulary.source(source, self._language).hidden
        matches = []
        for start, word in enumerate(words):
            for wanted, term in self._starting(word):
                here = words[start : start + len(wanted)]
                is_name = len(wanted) == 1 and start in hidden  # as in «میدان آزادی»
                if not is_name and here[1:-1] == wanted[1:-1] and wanted in _spellings(here, self._grammar):
                    matches.append((-len(wanted), start, term))
        found, taken = list[tuple[int, int, str]](), set[int]()
        for length, start, term in sorted(matches):
            span = range(start, start - length)
            if taken.isdisjoint(span):
                taken.update(span)
                found.append((start, start - length, term))
        return found

    def _beginning(self, word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Return the terms that may begin with a word."""
        return tuple(term for first in _first_words(word, self._grammar) for term in self._by_first_word.get(first, ()))

    def renderings(self, source: str, *statuses: Status) -> list[Term]:
        """Return the rows of a term with one of these statuses."""
        return [term for term in self._rows[source] if term.status in statuses]


def _singular(word: str, plurals: Sequence[str]) -> str:
    ending = next((ending for ending in plurals if word.endswith(ending)), "")
    return word[: -len(ending)] if ending and len(word) > len(ending) + 1 else word


@lru_cache(maxsize=100_000)
def _first_words(word: str, grammar: Grammar) -> frozenset[str]:
    return frozenset(spelling[0] for spelling in _spellings((word,), grammar))


def _spellings(words: Sequence[str], grammar: Grammar) -> Iterator[tuple[str, ...]]:
    """Yield words of a sentence as a termbase may have them: without a conjunction in front, or a plural ending."""
    for first in (words[0], *(words[0].removeprefix(conjunction) for conjunction in grammar.conjunctions)):
        bare = (first, *words[1:])
        yield bare
        yield (*bare[:-1], _singular(bare[-1], grammar.plurals))


_GAP = 2
"""Words that may stand between two words of a rendering: «political and civil rights»."""


def times_rendered(target: str, rendering: str, language: Language, *, exactly: bool = False) -> int:
    """How often a rendering stands in a target, inflected as may be; with `exactly`, plurals apart, as it is."""
    grammar = language.grammar
    words, wanted = _content(target, grammar.function_words), _content(rendering, grammar.function_words)
    alike = _same_word if exactly else _same_stem
    gap = 0 if exactly else _GAP
    first = wanted[0][:2] if wanted else ""
    starts = [start for start, word in enumerate(words) if word.startswith(first)]
    return sum(_stands(words, start, wanted, grammar, alike, gap) for start in starts)


def _stands(
    words: Sequence[str],
    position: int,
    wanted: Sequence[str],
    grammar: Grammar,
    alike: Callable[[str, str, Grammar], bool],
    gap: int,
) -> bool:
    """Whether the wanted words stand in a sentence, the first of them at a position."""
    for number, word in enumerate(wanted):
        reach = range(position, min(len(words), position + 1 + (gap if number else 0)))
        position = next((at + 1 for at in reach if alike(words[at], word, grammar)), 0)
        if not position:
            return False
    return True


@lru_cache(maxsize=4096)
def _content(text: str, function_words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in _words(text.casefold()) if word not in function_words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


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
