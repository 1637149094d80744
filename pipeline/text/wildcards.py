"""Words of a language file in which `*` stands for any letters, held against those of a text."""

from collections.abc import Sequence
from functools import lru_cache

from pipeline.text.words import Remembered


def fits(word: str, pattern: str) -> bool:
    """Whether a word is that of a language file, in which `*` stands for any letters."""
    first, inner, last = _PARTS[pattern]
    if last is None:
        return word == pattern
    if not (word.startswith(first) and word.endswith(last)):
        return False
    at, end = len(first), len(word) - len(last)
    if at > end:
        return False
    for part in inner:
        at = word.find(part, at, end) + len(part)
        if at < len(part):
            return False
    return True


def _parts(pattern: str) -> tuple[str, tuple[str, ...], str | None]:
    """Return what stands before, between and behind the `*` of a word of a language file, None where it has none."""
    first, *inner = pattern.split("*")
    return (first, tuple(inner[:-1]), inner[-1]) if inner else (first, (), None)


_PARTS = Remembered(_parts)


@lru_cache(maxsize=64)
def fitting(patterns: tuple[str, ...]) -> Remembered[bool]:
    """Return what tells of a word, looked at once, whether any of the patterns fits it."""
    whole = frozenset(one for one in patterns if "*" not in one)
    beginnings = tuple(one[:-1] for one in patterns if one.endswith("*") and "*" not in one[:-1])
    others = [one for one in patterns if "*" in one[:-1]]
    return Remembered(
        lambda word: word in whole or word.startswith(beginnings) or any(fits(word, one) for one in others)
    )


def are_said(expressions: Sequence[str], words: Sequence[str], over: range | None = None) -> bool:
    """Whether the words of an expression stand in a row in a sentence; given some of its words, with these in it."""
    for wanted in (one.split() for one in expressions):
        last = len(words) - len(wanted)
        begins = range(last + 1) if over is None else range(max(0, over.stop - len(wanted)), min(over.start, last) + 1)
        if any(all(map(fits, words[at : at + len(wanted)], wanted)) for at in begins):
            return True
    return False
