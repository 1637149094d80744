"""Words of some texts that others lack: of what a file holds, what nobody read of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.text.excerpt import excerpt

_QUOTED = 150
"""Characters of such words that are quoted."""
_UNREAD_WORD = re.compile(r"\w+")


class Unread(NamedTuple):
    """How many letters and figures others lack, and the words of them, in short."""

    letters: int
    quoted: str

    def __str__(self) -> str:
        return f"{self.letters:,} («{self.quoted}»)"


def lacking(held: Iterable[str], read: Iterable[str]) -> Unread | None:
    """Return what stands in the texts that are `held` and in none of those `read`; None for nothing."""
    unread, rest = _without_common(held, read, _without_spaces)
    unread, rest = _without_common(unread, rest, _letters)
    letters = Counter(_letters("".join(unread)))
    letters.subtract(_letters("".join(rest)))
    count = (+letters).total()
    return Unread(count, excerpt(" ".join(_words_without(unread, rest)), _QUOTED)) if count else None


def _without_common(
    held: Iterable[str], read: Iterable[str], bare: Callable[[str], str]
) -> tuple[list[str], list[str]]:
    """Return the texts of both that the other does not have, by what is left of them, as nearly all are."""
    by_bare = defaultdict[str, list[str]](list)
    for text in read:
        by_bare[bare(text)].append(text)
    unread = []
    for text in held:
        if found := by_bare.get(left := bare(text)):
            found.pop()
        elif left:
            unread.append(text)
    return unread, [text for found in by_bare.values() for text in found]


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _letters(text: str) -> str:
    """Return the letters and figures of a text alone: programs differ in what they write between them."""
    return "".join(filter(str.isalnum, text)).casefold()


def _words_without(held: Iterable[str], read: Iterable[str]) -> Iterator[str]:
    known = Counter(word for text in read for word in _UNREAD_WORD.findall(text))
    for word in (word for text in held for word in _UNREAD_WORD.findall(text)):
        if known[word]:
            known[word] -= 1
        else:
            yield word
