"""Sentences by their numbers in a document's order, counted from 1, as people write them: «3,7-9»."""

from collections.abc import Collection, Iterable
from itertools import pairwise

from pipeline.errors import UsageError
from pipeline.model import Catalogue

_LONGEST = 6
"""Digits of a number: no document has a million sentences."""


def numbers(text: str) -> frozenset[int]:
    """Return the numbers in «3,7-9»; raise UsageError when they are none."""
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        ends = [piece for piece in ((first, last) if dash else (first,)) if piece.isascii() and piece.isdigit()]
        if len(ends) != 1 + bool(dash) or max(map(len, ends)) > _LONGEST or not 1 <= int(ends[0]) <= int(ends[-1]):
            raise UsageError(f"--units {text!r}: write numbers of sentences and ranges, such as 3,7-9")
        found |= set(range(int(ends[0]), int(ends[-1]) + 1))
    return frozenset(found)


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in order as «3,7-9»."""
    ordered = sorted(set(numbers))
    starts = [number for before, number in pairwise([-1, *ordered]) if number != before + 1]
    ends = [number for number, after in pairwise([*ordered, -1]) if after != number + 1]
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in zip(starts, ends, strict=True)
    )


def require_there(numbers: Collection[int], catalogue: Catalogue) -> None:
    """Raise UsageError for the number of a sentence that a catalogue does not have."""
    last, count = max(numbers, default=0), len(catalogue.units)
    if last > count:
        raise UsageError(
            f"{catalogue.document_id} ({catalogue.target_lang}): there is no sentence {last}; there are {count}"
        )
