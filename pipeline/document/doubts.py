"""A document as it was read → what looks as if it had been read wrongly, for a person to look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document.sentences import sentences
from pipeline.model import Block, Document, Kind
from pipeline.text import stops
from pipeline.text.excerpt import excerpt

LONGEST_HEADING = 150
"""Characters; what is longer is a paragraph as a rule."""

LONGEST_SENTENCE = 700
"""Characters; in what is longer, an end was missed as a rule."""

BROKEN = 3
"""So many paragraphs that stop in the middle of a sentence, one after the other, are lines of one."""

UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
"""What stands for characters that were lost, or that only one font knows."""
_FINISHED = re.compile(rf"[{stops.ENDS}{stops.COLONS}…؛；»”\")\]」』）]\s*\S?\s*$")


@dataclass(frozen=True, slots=True)
class DoubtfulPlace:
    """What may be wrong, and the number of the line or paragraph; 0 for the whole document."""

    place: int
    text: str


def look(document: Document) -> list[DoubtfulPlace]:
    """Return what looks doubtful, in reading order."""
    blocks = document.blocks
    found = [*_title(document), *_numbers(blocks), *_headings(blocks), *_broken(blocks), *_texts(document)]
    return sorted(found, key=lambda doubt: doubt.place)


def _title(document: Document) -> Iterator[DoubtfulPlace]:
    titles = [block for block in document.blocks if block.kind is Kind.TITLE]
    if not titles and not document.meta.editorial_title:
        yield DoubtfulPlace(0, "no title was found: state which block is the title, or a title of your own")


def _numbers(blocks: tuple[Block, ...]) -> Iterator[DoubtfulPlace]:
    """Numbered items beside each other go on by one, or begin anew."""
    for before, block in pairwise(blocks):
        are_items = before.kind is Kind.LIST_ITEM is block.kind and before.depth == block.depth
        if are_items and before.ordinal and block.ordinal and block.ordinal not in (1, before.ordinal + 1):
            yield DoubtfulPlace(block.first, f"item {block.marker} follows {before.marker}")


def _headings(blocks: tuple[Block, ...]) -> Iterator[DoubtfulPlace]:
    headings = (Kind.TITLE, Kind.HEADING)
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if block.kind in headings and len(block.text) > LONGEST_HEADING:
            yield DoubtfulPlace(block.first, f"a {block.kind} of {len(block.text)} characters: «{excerpt(block.text)}»")
        elif block.kind is Kind.HEADING and following is None:
            yield DoubtfulPlace(block.first, f"a heading with nothing under it: «{excerpt(block.text)}»")


def _broken(blocks: tuple[Block, ...]) -> Iterator[DoubtfulPlace]:
    run: list[Block] = []
    for block in (*blocks, None):
        if block and block.kind is Kind.PARAGRAPH and not _FINISHED.search(block.text):
            run.append(block)
            continue
        if len(run) >= BROKEN:
            text = f"{len(run)} paragraphs that stop in the middle of a sentence, up to {run[-1].last}"
            yield DoubtfulPlace(run[0].first, text)
        run = []


def _texts(document: Document) -> Iterator[DoubtfulPlace]:
    for block in document.blocks:
        if unreadable := UNREADABLE.search(block.text):
            yield DoubtfulPlace(
                block.first, f"U+{ord(unreadable[0]):04X}: a character that stands for another in the file"
            )
        longest = max((len(sentence.source) for sentence in sentences(block, document.language)), default=0)
        if longest > LONGEST_SENTENCE:
            yield DoubtfulPlace(block.first, f"a sentence of {longest:,} characters: is an end missing?")
