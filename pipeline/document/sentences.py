"""A block → its sentences as they stand in a PO file, with signs for its marks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.languages import Language
from pipeline.model import Block, Mark, MarkKind, Segment
from pipeline.text import markup
from pipeline.text.segment import split


def sentences(block: Block, language: Language) -> tuple[Segment, ...]:
    """Return the sentences of a block, in order; those of a grid are its cells."""
    segments = split(block.text, language, block.kind)
    return tuple(_marked(segments, block.marks)) if block.marks else segments


def _marked(segments: Sequence[Segment], marks: Sequence[Mark]) -> Iterator[Segment]:
    start = 0
    for number, segment in enumerate(segments):
        end = start + len(segment.source)
        behind = end + len(segment.tail)
        first = start if number == 0 else start + 1  # what stands directly behind a sentence is one of its marks
        here = [cut for mark in marks if (cut := _cut(mark, start, end, first, behind))]
        marked = markup.write(segment.source, here)
        yield Segment(marked.text, segment.tail, marked.signs, marked.around)
        start = behind


def _cut(mark: Mark, start: int, end: int, first: int, behind: int) -> Mark | None:
    """Return what a sentence has of a mark, counted from its beginning."""
    if mark.kind in markup.PLACES:
        is_here = start <= mark.start < end if mark.kind is MarkKind.BREAK else first <= mark.start <= behind
        place = min(mark.start, end) - start
        return replace(mark, start=place, end=place + mark.end - mark.start) if is_here else None
    left, right = max(mark.start, start), min(mark.end, end)
    return replace(mark, start=left - start, end=right - start) if left < right else None
