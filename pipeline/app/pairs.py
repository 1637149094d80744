"""What PO files translate by what, as pairs of numbers: an archive has millions, and few are said in several ways."""

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from itertools import chain

from pipeline.model import Catalogue, State
from pipeline.text.markup import unsigned
from pipeline.text.orthography import fold

MOST_AT_ONCE = 500_000
"""Sentences and translations that are held against each other at a time."""

Pair = tuple[int, int]
"""What stands for a sentence, and for a translation of it."""

Pairs = Mapping[str, bytes]
"""By PO file what it translates by what: pairs as an array of 64-bit numbers."""


def packed(catalogue: Catalogue) -> bytes:
    """Return what a catalogue translates by what, as the checks see it: pairs as an array of 64-bit numbers."""
    return array("q", chain.from_iterable(said_by(catalogue))).tobytes()


def said_by(catalogue: Catalogue) -> list[Pair]:
    """Return the pairs of a catalogue, in order."""
    units = [unit for unit in map(unsigned, catalogue.units) if unit.target and unit.state is not State.COPIED]
    lang = catalogue.source_lang
    return sorted({(_number(lang, "source", fold(u.source)), _number(lang, "target", u.target)) for u in units})


def _number(*texts: str) -> int:
    content = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big", signed=True)


def said_otherwise(pairs: Pairs, only: set[int] | None) -> dict[int, tuple[str, ...]]:
    """Return for each sentence that is translated in several ways the PO files, one for each; likewise translations.

    With `only`, the others may be left out. A part of the numbers is looked at at a time.
    """
    parts = 1 + sum(map(len, pairs.values())) // 16 // MOST_AT_ONCE
    found: dict[int, dict[int, str]] = {}
    for part in range(parts):
        first: dict[int, Pair] = {}
        names = list(pairs)
        for place, said in enumerate(pairs.values()):
            numbers = array("q", said)
            if only is not None and only.isdisjoint(numbers):
                continue
            for number, other in _both_ways(numbers):
                if number % parts == part:
                    before, where = first.setdefault(number, (other, place))
                    if before != other:
                        found.setdefault(number, {before: names[where]}).setdefault(other, names[place])
    return {number: tuple(others.values()) for number, others in found.items()}


def _both_ways(numbers: "array[int]") -> Iterator[Pair]:
    yield from zip(numbers[::2], numbers[1::2], strict=True)
    yield from zip(numbers[1::2], numbers[::2], strict=True)


def changed(before: bytes | None, now: bytes | None) -> set[int]:
    """Return the sentences and translations of the pairs that are in one of two PO files alone."""
    old, new = (_as_pairs(said or b"") for said in (before, now))
    return {number for pair in old ^ new for number in pair}


def _as_pairs(said: bytes) -> set[Pair]:
    numbers = array("q", said[: len(said) // 16 * 16])
    return set(zip(numbers[::2], numbers[1::2], strict=True))
