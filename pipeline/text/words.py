"""The words of a text, and what is worked out once for all texts that have a word.

A text is looked at in pieces, which stand between two spaces: most of them have stood in an earlier sentence.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import TypeVar

T = TypeVar("T")

_OF_MARKS = (*range(0x900, 0x10A0), *range(0x1700, 0x1800))
MARKS = "".join(chr(code) for code in _OF_MARKS if unicodedata.category(chr(code)).startswith("M"))
"""Vowel signs and other marks of scripts from India to Cambodia: parts of a word, and no letters for `re`."""

UNSPACED = (
    "\u0e00-\u0e4f\u0e80-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f\u1780-\u17dd"
    "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters: no spaces part the words of these scripts."""

MOST, LONGEST = 20_000, 100
"""How many words or pieces are remembered, and of how many characters."""

WORD = re.compile(rf"[\w{MARKS}]+")


class Remembered(dict[str, T]):
    """What a function says of words or pieces."""

    def __init__(self, of: Callable[[str], T]) -> None:
        self._of = of

    def __missing__(self, word: str) -> T:
        said = self._of(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = said
        return said


@lru_cache(maxsize=64)
def pieces(text: str) -> tuple[str, ...]:
    """Return what stands between the spaces of a text.

    A piece is looked up in many places: what is known of it is found faster where it is the very same.
    """
    return tuple(map(_SAME.__getitem__, text.split()))


_SAME = Remembered[str](lambda piece: piece)


def in_a_row(words: Remembered[tuple[str, ...]], text: str) -> tuple[str, ...]:
    """Return the words of all pieces of a text."""
    found: list[str] = []
    for piece in pieces(text):
        found += words[piece]
    return tuple(found)


@lru_cache(maxsize=64)
def small_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters."""
    return in_a_row(_SMALL, text)


def words_of(piece: str) -> Sequence[str]:
    """Return the words of a piece: most are one word and nothing else, which is quickly told."""
    return (piece,) if piece.isalpha() else WORD.findall(piece)


_SMALL = Remembered(lambda piece: tuple(map(str.casefold, words_of(piece))))


LEAST_AKIN = 4
"""Letters in which forms of one word begin alike: «freed», «freedom»."""


def are_akin(word: str, other: str) -> bool:
    """Whether two words begin with the same letters, more than half of the longer one’s."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return word == other or (alike >= LEAST_AKIN and alike * 2 > max(len(word), len(other)))
