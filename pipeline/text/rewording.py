"""What changed between two wordings of a text, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


LONGEST = 500
"""Words; longer texts are not compared but shown as replaced."""


def changes(before: str, now: str) -> Iterator[tuple[Change, list[str]]]:
    """Yield runs of words, each kept, gone or new, in reading order."""
    old, new = before.split(), now.split()
    if max(len(old), len(new)) > LONGEST and old != new:
        yield from ((name, words) for name, words in ((Change.GONE, old), (Change.NEW, new)) if words)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Change.KEPT, old[a:b]
            continue
        if b > a:
            yield Change.GONE, old[a:b]
        if d > c:
            yield Change.NEW, new[c:d]
