"""Rows of cells in one text: a tab (or a gap of three spaces) parts cells, a line end parts rows."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pipeline.model import Segment

T = TypeVar("T")

WIDE = 3
"""Spaces beside each other that part cells in plain text."""

_SPACE = re.compile(r"\s+")


def is_gap(space: str) -> bool:
    """Whether white space parts two cells."""
    return "\t" in space or "\n" in space or len(space) >= WIDE


def cells(text: str) -> Iterator[Segment]:
    """Yield the cells of a grid, each with the gap behind it; the only empty one is before a first gap."""
    start = 0
    for gap in filter(lambda found: is_gap(found[0]), _SPACE.finditer(text)):
        yield Segment(text[start : gap.start()], gap[0])
        start = gap.end()
    if start < len(text):
        yield Segment(text[start:], "")


def rows(items: Iterable[tuple[T, str]]) -> Iterator[list[T | None]]:
    """Yield rows of items, each given with the gap behind it; None is an empty cell."""
    row: list[T | None] = []
    behind = ""
    for item, behind in items:
        row.append(item)
        first, *others = behind.split("\n")
        if not others:
            row += [None] * (first.count("\t") - 1)
            continue
        yield [*row, *[None] * first.count("\t")]
        row = [None] * others[-1].count("\t")
    if any(item is not None for item in row):
        yield [*row, None] if "\t" in behind.rpartition("\n")[2] else row
