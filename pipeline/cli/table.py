"""Rows as lines of text, in columns that fit the width of a terminal."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich import cells as wide
from rich.cells import chop_cells

GAP = "  "

NARROW = 12
"""Cells are folded to no fewer letters than this, and headings to no fewer than their longest word has."""


def cell_len(text: str) -> int:
    """Return how many columns a text takes; of most cells of a long table that is known by their letters."""
    return len(text) if text.isascii() and text.isprintable() else wide.cell_len(text)


def lines(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    *,
    whole: Sequence[str] = (),
    right: Sequence[str] = (),
) -> Iterator[str]:
    """Yield a table line by line, its heading first.

    Where it is wider than `width` letters, cells are folded, the widest columns first, but not those on the `right`,
    which hold numbers, nor the `whole` ones, whose words people copy. A first cell that is `whole` and too long stands
    in a line of its own, above its rows.
    """
    content = [
        max(map(cell_len, cells), default=0) for cells in (zip(*rows, strict=True) if rows else [()] * len(columns))
    ]
    widths = [min(width, max(cell_len(name), size)) for name, size in zip(columns, content, strict=True)]
    kept = [name in whole or name in right for name in columns]
    least = [
        size if is_kept else min(size, max(min(NARROW, wide_), *map(cell_len, name.split())))
        for name, size, wide_, is_kept in zip(columns, widths, content, kept, strict=True)
    ]
    if kept[0]:
        least[0] = min(widths[0], cell_len(columns[0]))
    widths = _narrowed(widths, least, width - len(GAP) * (len(columns) - 1))
    above = ""
    for first, *rest in (columns, *rows):
        if kept[0] and cell_len(first) > widths[0]:
            if first != above:
                yield first
            above, first = first, ""
        for cells in zip_longest(*map(_folded, (first, *rest), widths), fillvalue=""):
            aligned = map(_aligned, cells, widths, (name in right for name in columns))
            yield GAP.join(aligned).rstrip()


def _narrowed(widths: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """Return the widths of columns that share a `width`; the widest gives first, and none goes under its least."""
    narrowed = list(widths)
    while sum(narrowed) > width:
        places = [place for place, size in enumerate(narrowed) if size > least[place]]
        if not places:
            break
        narrowed[max(places, key=lambda place: narrowed[place])] -= 1
    return narrowed


def _folded(text: str, width: int) -> list[str]:
    """Return a cell in lines no wider than its column, broken between words where they allow it."""
    if cell_len(text) <= width:
        return [text]
    folded = [""]
    for word in text.split(" "):
        if folded[-1] and cell_len(folded[-1]) + 1 + cell_len(word) <= width:
            folded[-1] += f" {word}"
        else:
            folded += chop_cells(word, width)
    return [line for line in folded if line]


def _aligned(text: str, width: int, is_right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if is_right else text + blanks
