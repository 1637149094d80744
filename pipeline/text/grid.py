"""Rows of cells in one text: a tab (or a gap of three spaces) parts cells, a line end parts rows.

The widest cell of a column has less room behind it: two spaces part cells where a gap of three ends in another row.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import TypeVar

from pipeline.model import Segment

T = TypeVar("T")

WIDE = 3
"""Spaces beside each other that part cells in plain text."""

_SPACE = re.compile(r"\s+")


def is_gap(space: str) -> bool:
    """Whether white space parts two cells."""
    return "\t" in space or "\n" in space or len(space) >= WIDE


def columns(lines: Iterable[str]) -> frozenset[int]:
    """Return where in lines without outer white space gaps of spaces end, in characters."""
    gaps = (gap for line in lines if "   " in line for gap in _SPACE.finditer(line))
    return frozenset(gap.end() for gap in gaps if len(gap[0]) >= WIDE and "\t" not in gap[0])


def gaps(line: str, ends: Container[int]) -> Iterator[re.Match[str]]:
    """Yield the gaps between cells of a line, beside others of which gaps of spaces end there."""
    for gap in _SPACE.finditer(line):
        if is_gap(gap[0]) or (gap[0] == "  " and gap.end() in ends):
            yield gap


def cells(text: str) -> Iterator[Segment]:
    """Yield the cells of a grid, each with the gap behind it; the only empty one is before a first gap."""
    ends = columns(map(str.strip, text.split("\n"))) if "  " in text else frozenset()
    begins = start = 0
    for gap in _SPACE.finditer(text):
        if is_gap(gap[0]) or (gap[0] == "  " and gap.end() - begins in ends):
            yield Segment(text[start : gap.start()], gap[0])
            start = gap.end()
        if "\n" in gap[0]:
            begins = gap.end()
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
