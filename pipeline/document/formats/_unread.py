"""Words that a file holds and that are in no block of its document: looked for apart from who reads it.

A reader leaves out what is hidden, and what it does not know to be a text. Neither is to happen without a word.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Block, MarkKind
from pipeline.text import unread


def said(held: Iterable[str], blocks: Iterable[Block], told: Iterable[str]) -> Iterator[str]:
    """Say how much stands in the paragraphs that a file holds, in no block made of it, and is not `told`."""
    if found := unread.lacking(held, [*_read(blocks), *told]):
        yield (
            f"letters and figures of the file that are not read, as hidden words are not: {found}; "
            "compare, if they are to be read"
        )


def _read(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield what blocks say, with what is beside their text: numbers, and the alternative texts of pictures."""
    for block in blocks:
        yield from re.split("[\t\n]", block.text)
        yield block.marker
        yield from (mark.value for mark in block.marks if mark.kind in (MarkKind.NOTE, MarkKind.IMAGE))
