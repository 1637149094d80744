"""What changed between two wordings of a text, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher

KEPT, GONE, NEW = "kept", "gone", "new"

LONGEST = 500
"""Words; longer texts are not compared but shown as replaced."""


def changes(before: str, now: str) -> Iterator[tuple[str, list[str]]]:
    """Yield runs of words, each KEPT, GONE or NEW, in reading order."""
    old, new = before.split(), now.split()
    if max(len(old), len(new)) > LONGEST and old != new:
        yield from ((name, words) for name, words in ((GONE, old), (NEW, new)) if words)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield KEPT, old[a:b]
            continue
        if b > a:
            yield GONE, old[a:b]
        if d > c:
            yield NEW, new[c:d]
