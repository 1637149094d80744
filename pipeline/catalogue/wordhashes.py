"""Sentences as hashes of their words: enough to rule out, without the sentences, that one is like another."""

import zlib
from array import array
from collections.abc import Iterable, Sequence

from pipeline.catalogue.matching import LEAST
from pipeline.text.orthography import fold, folded_words

_SHARED = 2 * LEAST / 100 - 1
"""The share of words that two sentences must have in common, all else being the same (`text/similarity.py`)."""

_END = 0


def hashes(text: str) -> tuple[int, ...]:
    """Return a number of 32 bits for each word of a sentence, in order; never 0."""
    return tuple(zlib.crc32(word.encode("utf-8", "surrogatepass")) or 1 for word in folded_words(fold(text)))


def packed(sentences: Iterable[str]) -> bytes:
    """Return sentences as the hashes of their words, with a 0 behind each."""
    return array("I", [number for text in sentences for number in (*hashes(text), _END)]).tobytes()


def is_packed(content: bytes) -> bool:
    """Whether something may be what `packed` returns."""
    return len(content) % array("I").itemsize == 0


def may_be_like(one: Sequence[int], others: bytes) -> bool:
    """Whether a sentence, as `hashes` returns it, may be like one of those in `others`; they may still differ."""
    own, numbers = frozenset(one), array("I", others)
    if not own:
        return bool(numbers)
    begin = 0
    for place, number in enumerate(numbers):
        if number == _END:
            words = numbers[begin:place]
            if 2 * sum(map(own.__contains__, words)) >= _SHARED * (len(one) + len(words)):
                return True
            begin = place + 1
    return False
