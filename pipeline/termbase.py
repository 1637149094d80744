"""The termbase: agreed translations of terms, and where a sentence keeps to them.

translations/termbase.csv has the columns fa, en, fr (one for every language), status
(preferred, admitted, forbidden) and note. A term may have several rows.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.errors import PipelineError
from pipeline.orthography import fold

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


def read(text: str, name: str, source_lang: str) -> tuple[Term, ...]:
    """Return the terms of a CSV file; raise PipelineError with the line of a faulty row."""
    rows = csv.DictReader(text.splitlines())
    columns = rows.fieldnames or []
    if source_lang not in columns or "status" not in columns:
        raise PipelineError(f"{name}:1: the first line must name the columns: {source_lang},en,fr,status,note")
    langs = [column for column in columns if column not in (source_lang, "status", "note")]
    terms = []
    for row in rows:
        if row["status"] not in list(Status) or not row[source_lang] or None in row:
            raise PipelineError(f"{name}:{rows.line_num}: a row needs a term, and a status: {', '.join(Status)}")
        terms += [Term(row[source_lang], row[lang], lang, Status(row["status"])) for lang in langs if row[lang]]
    return tuple(terms)


def occurring(source: str, terms: Iterable[str]) -> list[str]:
    """Return the terms that stand in a sentence as whole words, the longest first and none inside another.

    A conjunction «و» written onto the first word, as in «وکمونیست», does not hide the term.
    """
    words, found = _words(fold(source)), []
    for term in sorted(set(terms), key=lambda term: -len(_words(fold(term)))):
        wanted = _words(fold(term))
        for start in range(len(words) - len(wanted) + 1):
            here = words[start : start + len(wanted)]
            if here == wanted or [here[0].removeprefix("و"), *here[1:]] == wanted:
                found.append(term)
                words[start : start + len(wanted)] = [""] * len(wanted)
    return found


_FUNCTION_WORDS = {
    *["the", "of", "a", "an", "s"],
    *["le", "la", "les", "l", "de", "du", "des", "d", "à", "au", "aux"],
}
_GAP = 2
"""Words that may stand between two words of a rendering: «political and civil rights»."""


def renders(target: str, rendering: str, *, exactly: bool = False) -> bool:
    """Whether a rendering stands in a target, inflected as may be; with `exactly`, plurals apart, as it is."""
    words, wanted = _content(target), _content(rendering)
    alike = _same_word if exactly else _same_stem
    gap = 0 if exactly else _GAP
    return any(_stands(words, start, wanted, alike, gap) for start in range(len(words)))


def _stands(words: Sequence[str], start: int, wanted: Sequence[str], alike, gap: int) -> bool:
    position = start
    for number, word in enumerate(wanted):
        reach = range(position, min(len(words), position + 1 + (gap if number else 0)))
        position = next((at + 1 for at in reach if alike(words[at], word)), 0)
        if not position:
            return False
    return True


def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in _words(text.casefold()) if word not in _FUNCTION_WORDS)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@lru_cache(maxsize=100_000)
def _same_stem(one: str, other: str) -> bool:
    """Inflected forms share a beginning: «national», «nationaux»; «party», «parties»."""
    longer = max(len(one), len(other))
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or common >= max(3, 0.55 * longer)


def _same_word(one: str, other: str) -> bool:
    return one.rstrip("sx") == other.rstrip("sx")
