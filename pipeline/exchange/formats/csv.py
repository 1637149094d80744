"""Text with separators, for programs: id, source, translation, note, reviewed.

UTF-8 with a byte order mark, so that spreadsheet programs see it. They would run a cell that
begins like a formula: it gets an apostrophe, which is taken away again.
"""

import csv
from io import StringIO

from pipeline.errors import ExchangeError
from pipeline.exchange.table import Line, Table, guarded, lines_of, parse_id, require_size, unguarded

SUFFIXES = (".csv",)


def write(table: Table) -> bytes:
    """Return a row for every line, under a row of names."""
    out = StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(("id", table.source_lang, table.target_lang, "note", "reviewed"))
    for line in table.lines:
        texts = (line.source, line.target, line.note)
        rows.writerow((line.id, *map(guarded, texts), "yes" if line.reviewed else ""))
    return out.getvalue().encode("utf-8-sig")


def read(content: bytes) -> tuple[Line, ...]:
    """Return the rows that have an id, whatever separates their cells; raise ExchangeError."""
    require_size(content, "table")
    text = _decoded(content)
    try:
        tables = [list(csv.reader(StringIO(text, newline=""), delimiter=mark)) for mark in (",", ";", "\t")]
    except csv.Error as error:
        raise ExchangeError(f"not a table ({error}); save it as CSV with quotation marks") from None
    rows = max(tables, key=lambda rows: sum(len(row) > 2 and any(map(parse_id, row)) for row in rows))
    return lines_of([[unguarded(cell) for cell in row] for row in rows])


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExchangeError(f"byte {error.start}: not valid UTF-8; save it as «CSV UTF-8»") from None
