"""Lines whose words stand in columns → tables, verse and signatures, with what is written beside them."""

import itertools
import re
from collections.abc import Container, Iterator, Sequence
from statistics import mean

from pipeline.document.lines import BULLET, LONGEST_LABEL, Patterns, SourceLine, grouped
from pipeline.model import Kind
from pipeline.text import grid, stops
from pipeline.text.orthography import fold

WIDEST_CELL = 80
"""Characters; columns of prose are none."""

WORK = re.compile(r"^[^\W\d_]\.\s|[،,]\s(?:[^\W\d]+\s){0,3}[«\"“][^»\"”]+[»\"”]$|[،,]\s\d{4}$")
"""What the source of a poem looks like: an initial, a title in quotation marks, a year."""

LONGEST_NAME = 40
"""Characters of who signs, with their office."""

_WIDE = re.compile(r"[\t\n]|\s{3}")
"""What every gap between cells has: most lines have none, and that is found out sooner."""
_FIGURE = re.compile(r"\d")
_OFFICE = re.compile(r"^\(\d\.\s(?=[^\W\d])")
"""«(1. Vorsitzende)» below a name."""
_PLACED_NAME = re.compile(r"\([^\W\d][^()]*\)$|(?<!\w)[^\W\d_]\.\s")
"""A name has a place in brackets behind it, or an initial."""


def mark_columns(lines: list[SourceLine], patterns: Patterns) -> None:
    """Claim the lines in columns; those that stand together become one."""
    last_prose = _last_prose(lines)
    place = {id(line): index for index, line in enumerate(lines)}
    kept: list[SourceLine] = []
    for group in grouped(lines):
        for run in _runs(group, patterns):
            closes = place[id(run[0])] > last_prose
            if len(run) == 1 and not _is_row(run[0], patterns):
                kept += [as_grid(run, [_cells(run[0])], Kind.SIGNATURES)] if closes and _sign_by_office(run[0]) else run
                continue
            ends = grid.columns(line.text for line in run)
            rows = [_cells(line, ends) for line in run]
            announced = bool(kept) and announces_names(kept[-1], patterns)
            kind = _kind(rows, is_announced=announced, is_closing=closes)
            kept += [as_grid(run, rows, kind)] if kind else run
    lines[:] = kept


def _last_prose(lines: Sequence[SourceLine]) -> int:
    """Return the place of the last sentence that is in no item and no note; -1 when there is none."""
    last, is_marked = -1, False
    for index, line in enumerate(lines):
        begins = BULLET.match(line.text) is not None or line.text[0] in "([*⁰¹²³⁴⁵⁶⁷⁸⁹†‡"
        is_marked = begins or (is_marked and not line.after_gap)
        if not is_marked and len(_cells(line)) == 1 and line.text[-1:] in tuple(stops.QUIET):
            last = index
    return last


def _cells(line: SourceLine, ends: Container[int] = ()) -> list[str]:
    if not (_WIDE.search(line.text) or (ends and "  " in line.text)):
        return [line.text]
    cells, start = [], 0
    for gap in grid.gaps(line.text, ends):
        cells.append(line.text[start : gap.start()])
        start = gap.end()
    return [*cells, line.text[start:]]


def _runs(group: Sequence[SourceLine], patterns: Patterns) -> Iterator[list[SourceLine]]:
    """Yield the lines of a group that are rows of one grid, and the others one by one."""
    run: list[SourceLine] = []
    ends = grid.columns(line.text for line in group)
    for line in group:
        if _is_row(line, patterns, ends):
            run.append(line)
            continue
        if run:
            yield run
        yield [line]
        run = []
    if run:
        yield run


def _is_row(line: SourceLine, patterns: Patterns, ends: Container[int] = ()) -> bool:
    marker = patterns.number.match(line.text)
    initial = marker and marker[2].isalpha() and marker[1].endswith(".")
    if not line.is_open or BULLET.match(line.text) or (marker and not initial):
        return False
    cells = _cells(line, ends)
    if marker and len(cells) == 2 and cells[0] == marker[1].strip():  # «i.   to write»
        return False
    return (
        len(cells) > 1
        and not (cells[0].endswith(tuple(stops.COLONS)) and not cells[1].endswith(tuple(stops.COLONS)))
        and max(map(len, cells)) <= WIDEST_CELL
        and not any(patterns.slogan.match(cell) for cell in cells)
        and not sum(map(_is_labelled, cells)) > len(cells) / 2
    )


def _sign_by_office(line: SourceLine) -> bool:
    """Whether names stand side by side, each behind an office and a colon."""
    cells = _cells(line)
    plain = line.is_open and not _FIGURE.search(line.text) and max(map(len, cells)) <= LONGEST_NAME
    return plain and 1 < len(cells) < 4 and all(map(_is_labelled, cells))


_COLON = re.compile(f"[{stops.COLONS}]")


def _is_labelled(cell: str) -> bool:
    label, *value = _COLON.split(cell, maxsplit=1)
    return bool(value and value[0].strip()) and not _FIGURE.search(label) and "/" not in label and len(label) < 30


def _kind(rows: Sequence[Sequence[str]], *, is_announced: bool, is_closing: bool) -> Kind | None:
    """What rows of cells are, by their number, length and place."""
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2 or len(rows[0]) < 2:
        return None
    if len(rows) > 1 and not all(any(map(str.isalnum, cell)) for cell in cells):
        return Kind.TABLE  # to be filled in
    figures = sum(_FIGURE.search(_OFFICE.sub("", cell)) is not None for cell in cells) / len(cells)
    columns = max(map(len, rows))
    if is_announced and figures < 0.2:
        return Kind.SIGNATURES
    named = 2 * sum(_PLACED_NAME.search(cell) is not None for cell in cells) >= len(cells)
    if columns == 2 and not (figures or named) and _are_alike(cells, 0.4 if is_closing else 0.5) and _are_long(cells):
        return Kind.VERSE
    if (is_closing or (named and columns == 2)) and figures < 0.2 and columns <= 3 and len(rows) <= 12:
        return Kind.SIGNATURES
    return Kind.TABLE if len(rows) > 1 else None


def announces_names(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line says that those who sign follow."""
    return patterns.signatories.search(fold(line.text)) is not None


def _are_alike(cells: Sequence[str], least: float) -> bool:
    lengths = [len(cell) for cell in cells]
    return min(lengths) >= least * max(lengths)


def _are_long(cells: Sequence[str]) -> bool:
    return mean(len(cell.split()) for cell in cells) >= 3.4 and mean(map(len, cells)) >= 15


def as_grid(run: Sequence[SourceLine], rows: Sequence[Sequence[str]], kind: Kind) -> SourceLine:
    """Return rows as one line; empty cells at their ends stay."""
    first, last = run[0], run[-1]
    first.text = "\n".join(first.source[first.first - 1 : last.last]).strip(" \r\n\u200e\u200f")
    first.last, first.before_gap, first.kind = last.last, last.before_gap, kind
    if kind is Kind.TABLE:
        first.header_rows = int(not any(_FIGURE.fullmatch(cell[:1]) for cell in rows[0]))
    return first


def mark_captions(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """What names a table stands above or below it, a poet below the verse."""
    for index, line in enumerate(lines):
        if (
            line.is_open
            and len(line.text) <= LONGEST_LABEL
            and patterns.caption.match(fold(line.text))
            and not line.introduces
        ):
            beside = any(one.kind is Kind.TABLE for one in lines[max(0, index - 1) : index + 2])
            is_counted = _FIGURE.search(line.text.split(":")[0]) is not None
            line.kind = Kind.CAPTION if beside or (is_counted and not line.ends_sentence) else None
    for above, below in itertools.pairwise(lines):
        if below.kind is Kind.TABLE and above.is_phrase and not below.after_gap:
            above.kind = Kind.CAPTION
        if above.kind is Kind.VERSE and (_names_poet(below) or _is_person_alone(below, patterns)):
            below.kind = Kind.SIGNATURE if names_speaker(below, patterns) else Kind.CAPTION


def names_speaker(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line below the words of somebody says who that is and what they do: «– Mina A., nurse»."""
    name, comma, rest = re.sub("،", ",", line.text.lstrip("-–— ")).partition(",")
    said = (
        bool(comma and name.strip())
        and rest[:1].isspace()
        and not _NOT_OF_NAME.search(name)
        and len(name.split()) < _WORDS_OF_NAME
    )
    return said and not _NOT_OF_NAME.search(rest) and not patterns.unfinished.match(fold(name.split()[0]))


_NOT_OF_NAME = re.compile(r"\d{3}|[«»\"“”„()\[\]]")
_WORDS_OF_NAME = 4


def _is_person_alone(line: SourceLine, patterns: Patterns) -> bool:
    alone = line.is_phrase and line.after_gap and line.before_gap and len(line.text.split()) <= _WORDS_OF_NAME
    return alone and patterns.given_name.match(fold(line.text)) is not None


def _names_poet(line: SourceLine) -> bool:
    bracketed = line.text[0] in "([" and line.text[-1] in ")]."
    placed = not line.after_gap or (line.before_gap and WORK.search(line.text) is not None)
    short = len(line.text) <= 40 and not line.ends_sentence and placed
    return line.is_open and (bracketed or short or line.text[0] in "-–—") and len(line.text) <= WIDEST_CELL
