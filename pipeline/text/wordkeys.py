"""The keys by which words are found, however they are written.

One spelling for ي/ی, ك/ک, the digits of every script, accents, and forms joined, spaced or with a non-joiner. Where no
spaces part words, every sign is a word, and a word is a phrase of them: «罢工».
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.languages import Language
from pipeline.text.orthography import fold
from pipeline.text.words import MARKS, UNSPACED, WORD, Remembered

LONGEST_WORD = 40
"""Letters; what is longer is an address or a digest."""

Affixes = tuple[frozenset[str], frozenset[str]]
"""Prefixes and suffixes, as keys."""

NO_AFFIXES: Affixes = (frozenset(), frozenset())

_NON_JOINER = re.compile("[\u200b-\u200d\u2060\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_DIGIT = re.compile(r"[^\D0-9]")
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا", "ı": "i", "ß": "ss", "æ": "ae",
     "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ς": "σ", "_": " "}
)  # fmt: skip


def key(text: str) -> str:
    """Return the form in which words are compared: of search.js, `key` does the same."""
    small = _MARKS.sub("", unicodedata.normalize("NFD", fold(text))).lower().translate(_LETTERS)
    return _DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), small)


def _words(piece: str) -> tuple[str, ...]:
    """Return the words of what stands between two spaces; of parts that a non-joiner parts, the whole as well."""
    parts = WORD.findall(key(piece))
    whole = ["".join(parts)] if len(parts) > 1 and _NON_JOINER.search(piece) else []
    return tuple(word for word in (*parts, *whole) if len(word) <= LONGEST_WORD)


_WORDS = Remembered(_words)


def words(text: str, affixes: Affixes = NO_AFFIXES) -> set[str]:
    """Return the words of a text; one that is written apart from its prefix or suffix is there joined, too."""
    pieces = _PIECE.findall(text) if _UNSPACED.search(text) else text.split()
    distinct = set(pieces)
    found = set(chain.from_iterable(map(_WORDS.__getitem__, distinct)))
    if not any(affixes):
        return found
    prefixes, suffixes = ({piece for piece in distinct if _ALONE[piece] in its} for its in affixes)
    pairs = {pair for pair in pairwise(pieces) if pair[0] in prefixes or pair[1] in suffixes}
    joined = (_ALONE[first] + _ALONE[second] for first, second in pairs if _ALONE[first] and _ALONE[second])
    return found.union(joined)


def _alone(piece: str) -> str:
    """Return a piece that is one word, as a key."""
    its = _WORDS[piece]
    return its[0] if len(its) == 1 else ""


_ALONE = Remembered(_alone)


def affixes(language: Language) -> Affixes:
    """Return the prefixes and suffixes that a language may write apart, as keys."""
    orthography = language.orthography
    suffixes = (*orthography.suffixes, *orthography.comparative)
    return frozenset(map(key, orthography.prefixes)), frozenset(map(key, suffixes))


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a text, from its character `start` up to `end`; `parts` are the keys of what it is joined from.

    The places are those of what stands between two spaces, without the marks around it.
    """

    start: int
    end: int
    key: str
    parts: tuple[str, ...] = ()


def placed(text: str, affixes: Affixes = NO_AFFIXES) -> list[PlacedWord]:
    """Return the words of a text in order, joined by a non-joiner or as an affix: می‌شود and می شود are one word."""
    found: list[PlacedWord] = []
    prefixes, suffixes = affixes
    waits = False  # whether the last word is a prefix
    for piece in _PIECE.finditer(text):
        its = [PlacedWord(*_edges(piece), *word) for word in _JOINED[piece[0]]]
        if found and len(its) == 1 and (waits or its[0].key in suffixes):
            its[0] = _together(found.pop(), its[0])
        waits = len(its) == 1 and its[0].key in prefixes
        found += its
    return found


def _together(one: PlacedWord, other: PlacedWord) -> PlacedWord:
    parts = (*(one.parts or (one.key,)), *(other.parts or (other.key,)))
    return PlacedWord(one.start, other.end, one.key + other.key, parts)


_UNSPACED = re.compile(f"[{UNSPACED}]")
_PIECE = re.compile(rf"[{UNSPACED}][{MARKS}\u3099\u309a]*+|[^\s{UNSPACED}]+")
_INNER = re.compile(rf"\w(?:.*\w)?[{MARKS}]*+", re.DOTALL)
_JOINT = "\ue000"
"""Stands for a non-joiner while a piece becomes a key: a character of nobody's, which all rules leave alone."""
_RUN = re.compile(rf"{WORD.pattern}(?:{_JOINT}+{WORD.pattern})*")


def _edges(piece: re.Match[str]) -> tuple[int, int]:
    inner = _INNER.search(piece[0])
    start, end = inner.span() if inner else (0, len(piece[0]))
    return piece.start() + start, piece.start() + end


def _joined(piece: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words of what stands between two spaces: the key of each, and of the parts it is joined from."""
    return tuple(_told_apart(key(_NON_JOINER.sub(_JOINT, piece))))


def _told_apart(plain: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for run in _RUN.findall(plain):
        parts = tuple(filter(None, run.split(_JOINT)))
        whole = "".join(parts)
        if len(whole) <= LONGEST_WORD:
            yield whole, parts if len(parts) > 1 else ()


_JOINED = Remembered(_joined)
