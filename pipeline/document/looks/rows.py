"""Rows of cells, drawn or by tabs: what tables are, and lines whose words stand in columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.document.lines import BULLET, patterns
from pipeline.document.looks.shown import Shown, is_body, joined, with_kind
from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import GAP, without_gaps
from pipeline.languages import Language
from pipeline.model import LINE_BREAK, Kind
from pipeline.text import stops

_LONGEST_MARKER = 6
_WORDS_OF_LABEL, _MOST_LABELS = 3, 50
_FIGURE = re.compile(r"\d")


def rows_together(lines: Sequence[Shown]) -> list[Shown]:
    """Join lines whose words stand in columns into one; say what tables are."""
    body = [index for index, line in enumerate(lines) if is_body(line)]
    head, tail = (body[0], body[-1] + 1) if body else (0, 0)
    together: list[Shown] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        rows = _columns(lines, index)
        if rows:
            grid = joined(rows)
            kind = _kind_of_rows(_cells(grid.text), is_last=index >= tail, is_framed=False)
            if kind and (len(rows) > 1 or kind is Kind.SIGNATURES):
                together.append(with_kind(grid, kind))
                index += len(rows)
                continue
        elif line.paragraph.kind is Kind.TABLE and not line.paragraph.header_rows:
            if index < head and _is_letterhead(line):
                together += _labelled_lines(line)
                index += 1
                continue
            kind = _kind_of_rows(_cells(line.text), is_last=index >= tail, is_framed=line.is_framed)
            line = with_kind(line, kind or Kind.TABLE)
        together.append(line)
        index += 1
    return together


def with_markers(lines: Iterable[Shown], language: Language) -> Iterator[Shown]:
    """Yield the lines with a space behind a marker of a list, which a tab sets off from its item."""
    number = patterns(language).number
    for line in lines:
        marker, gap, rest = line.text.partition(GAP)
        may_mark = gap and line.is_plain and GAP not in rest and len(marker) <= _LONGEST_MARKER
        marked = f"{marker} {rest}"
        found = (BULLET.match(marked) or number.match(marked)) if may_mark else None
        if found and found.end() == len(marker) + 1:
            line = replace(line, paragraph=replace(line.paragraph, text=marked))
        yield line


def _is_letterhead(table: Shown) -> bool:
    """Whether rows without lines around them, above the text, are a few words each and what these are labels of."""
    rows = _cells(table.text)
    if table.is_framed or not 2 <= len(rows) <= _MOST_LABELS or not all(len(row) == 2 and all(row) for row in rows):
        return False
    labels, values = zip(*rows, strict=True)
    are_labels = all(len(label.split()) <= _WORDS_OF_LABEL and not _FIGURE.search(label) for label in labels)
    return are_labels and len(set(labels)) == len(labels) and any(map(_FIGURE.search, values))


def _labelled_lines(table: Shown) -> Iterator[Shown]:
    """Yield the rows of a letterhead as lines of their own, with the marks they have."""
    start = 0
    for row in table.text.split("\n"):
        end = start + len(row)
        marks = tuple(
            replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
            for mark in table.paragraph.marks
            if mark.start < end and mark.end > start
        )
        paragraph = Paragraph(without_gaps(row), marks=marks, likely=Kind.CONTACT)
        yield replace(table, paragraph=paragraph)
        start = end + 1


def _columns(lines: Sequence[Shown], start: int) -> list[Shown]:
    """Return the lines from `start` on that have the same number of cells, two at least."""
    count = lines[start].text.count(GAP)
    if lines[start].text.partition(GAP)[0].endswith(tuple(stops.COLONS)):
        return []
    is_free = lines[start].paragraph.kind in (None, Kind.VERSE)
    if not count or not is_free or LINE_BREAK in lines[start].text:
        return []
    end = start
    while end < len(lines) and lines[end].text.count(GAP) == count and lines[end].paragraph.kind in (None, Kind.VERSE):
        end += 1
    return list(lines[start:end])


def _cells(text: str) -> list[list[str]]:
    return [row.split("\t") for row in text.split("\n")]


def _kind_of_rows(rows: Sequence[Sequence[str]], *, is_last: bool, is_framed: bool) -> Kind | None:
    """Return what rows of cells are: a poem, the names of those who sign, a table; None when that does not show."""
    cells = [cell for row in rows for cell in row]
    words = [len(cell.split()) for cell in cells]
    has_figures = any(character.isdigit() for cell in cells for character in cell)
    is_wordy = not is_framed and not has_figures and all(cells) and all(len(row) == 2 for row in rows)
    if is_wordy and min(words) >= 3 and max(words) <= 14 and max(map(len, cells)) <= 2 * min(map(len, cells)) + 8:
        return Kind.SIGNATURES if is_last and len(rows) == 1 else Kind.VERSE
    if (
        is_last
        and not is_framed
        and not has_figures
        and max(words) <= 8
        and len(rows) <= 6
        and not all(cells[0].endswith(tuple(stops.COLONS)) for cells in rows)
    ):
        return Kind.SIGNATURES
    return Kind.TABLE if len(rows) > 1 and max(map(len, rows)) > 1 else None
