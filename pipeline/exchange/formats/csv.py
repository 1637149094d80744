"""Text with separators, for programs: id, source, translation, note, reviewed.

UTF-8 with a byte order mark, so that spreadsheet programs see it. They would run a cell that
begins like a formula: it gets an apostrophe, which is taken away again.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.table import Line, Table, cell_of, guarded, lines_of, parse_id, require_size, unguarded

SUFFIXES = (".csv",)


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
    """Return the rows that have an id, whatever separates their cells; raise ExchangeError."""
    require_size(content, "table")
    text = _decoded(content)
    tables, faults = [], []
    for mark in (",", ";", "\t"):
        try:
            tables.append([row for row in _rows(text, mark) if len(row) > 2 and any(map(parse_id, row))])
        except (csv.Error, ExchangeError) as error:
            faults.append(str(error))
    if not any(tables) and faults:
        raise ExchangeError(f"not a table ({faults[0]}); save it as CSV with quotation marks")
    return lines_of([unguarded(cell) for cell in row] for row in max(tables, key=len))


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    """Yield the rows of a table; raise csv.Error, or ExchangeError when one has too many cells to be built."""
    cells = 0

    def lines() -> Iterator[str]:
        nonlocal cells
        for line in StringIO(text, newline=""):
            cells += line.count(mark)
            if cells > bounds.MOST_CELLS:
                raise ExchangeError(f"a row of more than {bounds.MOST_CELLS:,} cells")
            yield line

    for row in csv.reader(lines(), delimiter=mark):
        cells = 0
        yield row


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExchangeError(f"byte {error.start}: not valid UTF-8; save it as “CSV UTF-8”") from None
