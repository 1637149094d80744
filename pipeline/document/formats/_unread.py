"""Words that a file holds and that are in no block of its document: looked for apart from who reads it.

A reader leaves out what is hidden, and what it does not know to be a text. Neither is to happen without a word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from pipeline.model import Block, MarkKind
from pipeline.text.excerpt import excerpt

_QUOTED = 150
"""Characters of such words that are quoted."""
_UNREAD_WORD = re.compile(r"\w+")


def said(held: Iterable[str], blocks: Iterable[Block], told: Iterable[str]) -> Iterator[str]:
    """Say how much stands in the paragraphs that a file holds, in no block made of it, and is not `told`."""
    unread, rest = _without_common(held, [*_read(blocks), *told], _without_spaces)
    unread, rest = _without_common(unread, rest, _letters)
    lacking = Counter(_letters("".join(unread)))
    lacking.subtract(_letters("".join(rest)))
    if count := (+lacking).total():
        quoted = excerpt(" ".join(_words_without(unread, rest)), _QUOTED)
        yield (
            f"letters and figures of the file that are not read, as hidden words are not: {count:,} («{quoted}»); "
            "compare, if they are to be read"
        )


def _read(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield what blocks say, with what is beside their text: numbers, and the alternative texts of pictures."""
    for block in blocks:
        yield from re.split("[\t\n]", block.text)
        yield block.marker
        yield from (mark.value for mark in block.marks if mark.kind in (MarkKind.NOTE, MarkKind.IMAGE))


def _without_common(
    held: Iterable[str], read: Iterable[str], bare: Callable[[str], str]
) -> tuple[list[str], list[str]]:
    """Return the paragraphs of both that the other does not have, by what is left of them, as nearly all are."""
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
