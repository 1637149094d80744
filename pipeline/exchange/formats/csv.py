"""Text with separators, for programs: id, source, translation, note, reviewed.

UTF-8 with a byte order mark, so that spreadsheet programs see it. They would run a cell that
begins like a formula: it gets an apostrophe, which is taken away again.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import StringIO
from typing import NamedTuple

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.table import (
    ID,
    ColumnOrder,
    Line,
    Table,
    cell_of,
    guarded,
    line_of,
    require_size,
    required,
    unguarded,
)
from pipeline.exchange.unread import Held, Rows
from pipeline.text import merges

SUFFIXES = (".csv", ".txt")
HAS_REVIEWED = True


def write(table: Table) -> bytes:
    """Return a row for every line, under a row of names."""
    out = StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(("id", table.source_lang, table.target_lang, "note", "reviewed"))
    for line in table.lines:
        texts = (line.source, line.target, line.note)
        rows.writerow((line.id, *map(guarded, texts), cell_of(line.state)))
    return out.getvalue().encode("utf-8-sig")


def read(content: bytes) -> tuple[Line, ...]:
    """Return the rows that have an id, whatever separates their cells; raise ExchangeError.

    A row with more or fewer cells than the others, or in which a quotation mark is not closed, has a fault.
    """
    require_size(content, "table")
    text, encoding = _decoded(content)
    if conflict := merges.conflict(text.splitlines()):
        raise ExchangeError(f"line {conflict}: a merge conflict; keep one of the two versions")
    (rows, _, below, width, order), faults = _most(text)
    if not rows and (faults or encoding):
        why = f"not a table ({faults[0]})" if faults else "not valid UTF-8"
        raise ExchangeError(f"{why}; save it as “CSV UTF-8”, with quotation marks")
    for row in rows[:1]:
        order.require(next(index for index, cell in enumerate(row.cells) if _is_id(cell)))
    lines = (_line(row, width, encoding) for row in rows)
    without = (order.without_id(enumerate(map(unguarded, row.cells)), f"line {row.first}") for row in below)
    return required(line for line in (*lines, *without) if line)


def held(content: bytes) -> Iterator[Held]:
    """Yield every text in a table; raise ExchangeError as `read` does."""
    (rows, above, below, *_), _ = _most(_decoded(content)[0])
    names = Rows()
    for row in (*above, *rows, *below):
        cells = [*map(unguarded, row.cells)]
        if names.id(cells) or not names.is_head(cells):
            yield from names.of(cells)


def _most(text: str) -> "tuple[_RowsRead, list[str]]":
    """Return the rows of a text for the separator with which most have an id, and why it is no table for others."""
    tables, faults = [], []
    for mark in _MARKS:
        try:
            tables.append(_table(text, mark))
        except (csv.Error, ExchangeError) as error:
            faults.append(str(error))
    return max(tables, key=lambda table: len(table.rows), default=_NOTHING), faults


_MARKS = (",", ";", "\t", "|")
_ID = re.compile(f"'?{ID.pattern}")
"""A cell that is an id: where the separator is another, ids stand in cells with other text."""


def _is_id(cell: str) -> bool:
    return _ID.fullmatch(cell.strip()) is not None


class _Record(NamedTuple):
    """The cells of a row, and the lines of the file on which it begins and ends."""

    cells: list[str]
    first: int
    last: int


class _RowsRead(NamedTuple):
    """The rows with an id, those without one above and below the first, and how many cells each should have."""

    rows: list[_Record]
    above: list[_Record]
    below: list[_Record]
    width: int
    order: ColumnOrder


_NOTHING = _RowsRead([], [], [], 0, ColumnOrder())


def _table(text: str, mark: str) -> _RowsRead:
    """Return what stands in a text; a row should have as many cells as the row of names, or as most rows have."""
    names, order = 0, ColumnOrder()
    found: list[_Record] = []
    above: list[_Record] = []
    below: list[_Record] = []
    for row in _rows(text, mark):
        if any(map(_is_id, row.cells)):
            found.append(row)
        elif found:
            below.append(row)
        else:
            above.append(row)
            names = names or (len(row.cells) > 2) * len(row.cells)
            order.named(enumerate(row.cells))
    widths = Counter(len(row.cells) for row in found).most_common(1)
    is_table = any(len(row.cells) > 2 for row in found)
    return _RowsRead(found, above, below, names or widths[0][0], order) if is_table else _NOTHING


def _line(row: _Record, width: int, encoding: str) -> Line | None:
    place = f"line {row.first}" + (f" to {row.last}" if row.last > row.first else "")
    cells = [unguarded(cell) for cell in row.cells]
    fault = _misread(cells, width)
    at = next(index for index, cell in enumerate(row.cells) if _is_id(cell))
    if fault:
        # Which of the cells is the translation, nobody knows.
        return line_of([*cells[at : at + 1], "", ""], place, fault)
    lost = encoding and any(map(_LOST.search, cells[at + 2 : at + 3]))
    why = f"saved as {encoding}, which has “?” for other characters; save it as “CSV UTF-8”"
    return line_of(cells[at:], place, why if lost else "")


def _misread(cells: Sequence[str], width: int) -> str:
    if any(_OPEN.search(cell) for cell in cells):
        return "a quotation mark is not closed, so these lines ran into one; close it"
    if len(cells) != width:
        return f"{len(cells)} cells, where there should be {width}; put the texts in quotation marks"
    return ""


_OPEN = re.compile(r"\n[^\n]{0,40}[0-9a-f]{12}-[0-9a-f]{16}")
_LOST = re.compile(r"\w\?\w|\?\?|(?:^| )\?", re.MULTILINE)
"""A question mark where none is written: a spreadsheet program puts it for what its encoding does not have."""


def _rows(text: str, mark: str) -> Iterator[_Record]:
    """Yield the rows of a table; raise csv.Error, or ExchangeError for too many, and for one with too many cells."""
    cells = 0

    def lines() -> Iterator[str]:
        nonlocal cells
        for line in StringIO(text, newline=""):
            cells += line.count(mark)
            if cells > bounds.MOST_CELLS:
                raise ExchangeError(f"a row of more than {bounds.MOST_CELLS:,} cells")
            yield line

    reader, first = csv.reader(lines(), delimiter=mark), 1
    for number, row in enumerate(reader, 1):
        if number > bounds.MOST_ROWS:
            raise ExchangeError(f"more than {bounds.MOST_ROWS:,} rows")
        cells = 0
        yield _Record(row, first, reader.line_num)
        first = reader.line_num + 1


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the name of its encoding if that has not all characters."""
    for encoding in (_marked(content), "utf-8-sig"):
        with suppress(UnicodeDecodeError):
            if encoding:
                return content.decode(encoding), ""
    # In the encoding of Persian and Arabic, letters of these stand side by side; in that of the West, accents do not.
    arabic = content.decode("cp1256")
    name = "cp1256" if re.search("[\u0621-\u064a]{3}", arabic) else "cp1252"
    return content.decode(name, "replace"), name


def _marked(content: bytes) -> str:
    """Return the encoding that the beginning of a file tells, if it does."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    zeros = content[:200].count(0)
    if zeros > len(content[:200]) // 4:
        return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    return ""
