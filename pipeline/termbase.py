"""The termbase: agreed translations of terms, and where a sentence keeps to them.

translations/termbase.csv has the columns fa, en, fr (one for every language), status
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
from pipeline.text.orthography import folded_words

FILE_NAME = "termbase.csv"


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
    rows = csv.DictReader(io.StringIO(text, newline=""))
    columns = rows.fieldnames or []
    if source_lang not in columns or "status" not in columns:
        raise PipelineError(f"{name}:1: the first line must name the columns: {source_lang},en,fr,status,note")
    langs = [column for column in columns if column not in (source_lang, "status", "note")]
    terms = []
    for row in _faultless(rows, name):
        if row["status"] not in list(Status) or not _words(row[source_lang] or "") or None in row:
            raise PipelineError(f"{name}:{rows.line_num}: a row needs a term, and a status: {', '.join(Status)}")
        terms += [Term(row[source_lang], row[lang], lang, Status(row["status"])) for lang in langs if row[lang]]
    return tuple(terms)


def _faultless(rows: csv.DictReader, name: str) -> Iterator[dict]:
    try:
        yield from rows
    except csv.Error as error:
        raise PipelineError(f"{name}:{rows.line_num}: {error}; save the table as CSV (UTF-8) again") from None


class Termbase:
    """The terms of one pair of languages, found in sentences by their first word."""

    def __init__(self, terms: Iterable[Term], lang: str):
        # Several checks ask for the terms of the same sentence, one after the other.
        self.occurring = lru_cache(maxsize=16)(self._occurring)
        self._rows: dict[str, list[Term]] = defaultdict(list)
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for term in terms:
            if term.source not in self._rows:
                words = folded_words(term.source)
                self._by_first_word[words[0]].append((words, term.source))
            # A term with renderings in other languages alone still covers the shorter ones inside it.
            self._rows[term.source] += [term] if term.lang == lang else []

    def _occurring(self, source: str) -> dict[str, int]:
        """Return the terms that stand in a sentence as whole words, and how often; none inside another.

        Neither a conjunction «و» written onto the first word, as in «وکمونیست», nor a plural
        ending written onto the last, as in «تشکلهای», hides a term.
        """
        words = folded_words(source)
        matches = []
        for start, word in enumerate(words):
            for first in _first_words(word):
                for wanted, term in self._by_first_word.get(first, ()):
                    here = words[start : start + len(wanted)]
                    if here[1:-1] == wanted[1:-1] and wanted in _spellings(here):
                        matches.append((-len(wanted), start, term))
        found, taken = Counter(), set()
        for length, start, term in sorted(matches):
            span = range(start, start - length)
            if taken.isdisjoint(span):
                taken.update(span)
                found[term] += 1
        return found

    def renderings(self, source: str, *statuses: Status) -> list[Term]:
        """Return the rows of a term with one of these statuses."""
        return [term for term in self._rows[source] if term.status in statuses]


_PLURALS = ("هایی", "های", "ها")


def _singular(word: str) -> str:
    ending = next((ending for ending in _PLURALS if word.endswith(ending)), "")
    return word[: -len(ending)] if ending and len(word) > len(ending) + 1 else word


@lru_cache(maxsize=100_000)
def _first_words(word: str) -> frozenset[str]:
    return frozenset(spelling[0] for spelling in _spellings((word,)))


def _spellings(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield words of a sentence as a termbase may have them: without «و» in front, without a plural ending."""
    for first in (words[0], words[0].removeprefix("و")):
        bare = (first, *words[1:])
        yield bare
        yield (*bare[:-1], _singular(bare[-1]))


_FUNCTION_WORDS = {"the", "of", "a", "an", "s", "le", "la", "les", "l", "de", "du", "des", "d", "à", "au", "aux"}
_GAP = 2
"""Words that may stand between two words of a rendering: «political and civil rights»."""


def times_rendered(target: str, rendering: str, *, exactly: bool = False) -> int:
    """How often a rendering stands in a target, inflected as may be; with `exactly`, plurals apart, as it is."""
    words, wanted = _content(target), _content(rendering)
    alike = _same_word if exactly else _same_stem
    gap = 0 if exactly else _GAP
    first = wanted[0][:2] if wanted else ""
    starts = [start for start, word in enumerate(words) if word.startswith(first)]
    return sum(_stands(words, start, wanted, alike, gap) for start in starts)


def _stands(
    words: Sequence[str], start: int, wanted: Sequence[str], alike: Callable[[str, str], bool], gap: int
) -> bool:
    position = start
    for number, word in enumerate(wanted):
        reach = range(position, min(len(words), position + 1 + (gap if number else 0)))
        position = next((at + 1 for at in reach if alike(words[at], word)), 0)
        if not position:
            return False
    return True


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in _words(text.casefold()) if word not in _FUNCTION_WORDS)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


_ENDINGS = {
    *("", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied", "x", "ux", "l", "ls", "aux", "al", "er", "ers", "ère"),
    *("ères", "f", "fs", "ve", "ves", "r", "rs", "se", "ses", "rice", "rices", "ne", "nes", "le", "les", "te", "tes"),
    *("ent", "ant", "ants", "ante", "antes", "é", "ée", "és", "ées", "ons", "ez", "ir", "it", "is", "ait", "aient"),
}
"""Endings of inflected English and French words, as they differ from one form to another."""


@lru_cache(maxsize=100_000)
def _same_stem(one: str, other: str) -> bool:
    """Whether two words are forms of one: «national», «nationaux»; not «nationality». Figures have one form."""
    if one == other or one[0].isdigit() or other[0].isdigit():
        return _same_word(one, other)
    shorter = min(len(one), len(other))
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return common >= 3 and one[common:] in _ENDINGS and other[common:] in _ENDINGS


def _same_word(one: str, other: str) -> bool:
    return one.rstrip("sx") == other.rstrip("sx")
