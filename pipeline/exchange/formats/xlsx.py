"""A spreadsheet: id, source, translation, note, reviewed. Every cell is text; «=…» is no formula."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _office as office
from pipeline.exchange.table import Line, Table, cell_of, lines_of, parse_id, xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".xlsx",)

_WIDTHS = (14, 60, 60, 30, 10)

Parts = Mapping[str, bytes]
"""The XML files of a workbook, by their paths in it."""


def write(table: Table) -> bytes:
    """Return a workbook of one sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    (sheet,) = book.worksheets
    sheet.title = table.target_lang
    sheet.freeze_panes = "A2"
    directions = ("ltr", table.source.direction, table.target.direction, "ltr", "ltr")
    head = ("id", table.source.english_name, table.target.english_name, "note", "reviewed")
    rows = [head, *((one.id, one.source, one.target, one.note, cell_of(one.state)) for one in table.lines)]
    for number, row in enumerate(rows, 1):
        for column, (text, direction) in enumerate(zip(row, directions, strict=True), 1):
            cell = sheet.cell(number, column, xml_text(text) or None)
            if text:
                cell.data_type = "s"
            cell.quotePrefix = text.startswith("=")
            cell.number_format = "@"
            rtl = direction == "rtl" and number > 1
            cell.alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="right" if rtl else "left", readingOrder=2 if rtl else 1
            )
            cell.font = Font(bold=number == 1, size=7 if column == 1 and number > 1 else 11)
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    out = BytesIO()
    book.save(out)
    return office.anonymous(out.getvalue())


def read(content: bytes) -> tuple[Line, ...]:
    """Return the rows that have an id, of every sheet; raise ExchangeError when it is no workbook with such rows."""
    parts = office.members(content)
    if "xl/workbook.xml" not in parts or not bounds.xml(parts["xl/workbook.xml"]).tag.endswith("workbook"):
        raise ExchangeError("this is not a workbook (.xlsx); save it as one")
    return lines_of(_rows(parts))


def _rows(parts: Parts) -> Iterator[list[str]]:
    shared = _shared(parts)
    for path in _related(parts, "xl/workbook.xml", "worksheet"):
        comments = _comments(parts, path)
        for row in bounds.xml(parts[path]).iter("{*}row"):
            yield _row(row, shared, comments)


def _row(row: "_Element", shared: Sequence[str], comments: Mapping[str, str]) -> list[str]:
    """Return the cells of a row from that with the id on: no cell is made because another stands far out."""
    texts: dict[int, str] = {}
    said = []
    for cell in row.iterchildren("{*}c"):
        name = cell.get("r", "")
        column = _column(name) if name else max(texts, default=0) + 1
        texts[column] = _cell_text(cell, shared)
        said += [comments[name]] if name in comments else []
    first = next((column for column in sorted(texts) if parse_id(texts[column])), None)
    if first is None:
        return []
    cells = [texts.get(first + number, "") for number in range(5)]
    cells[3] = "\n".join([cells[3], *said]).strip()
    return cells


def _column(name: str) -> int:
    """Return the number of a cell's column: 1 for «A7», 28 for «AB7»; raise ExchangeError for no name of a cell."""
    letters = re.fullmatch("([A-Z]{1,3})[0-9]{1,7}", name)
    if not letters:
        raise ExchangeError(f"damaged inside (a cell called {name[:20]!a}); save it again")
    number = 0
    for letter in letters[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _cell_text(cell: "_Element", shared: Sequence[str]) -> str:
    """Return what a cell shows: its text, or its number as it is kept."""
    inline = cell.find("{*}is")
    if inline is not None:
        return _text(inline)
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if re.fullmatch("[0-9]{1,9}", value) and int(value) < len(shared) else ""
    return _ESCAPED.sub(_unescaped, value) if cell.get("t") == "str" else value


def _shared(parts: Parts) -> list[str]:
    """Return the texts that cells refer to by number."""
    return [
        _text(item)
        for path in _related(parts, "xl/workbook.xml", "sharedStrings")
        for item in bounds.xml(parts[path]).iterchildren("{*}si")
    ]


def _text(element: "_Element") -> str:
    """Return the text of a cell, without how it is pronounced."""
    runs = (*element.iterfind("{*}t"), *element.iterfind("{*}r/{*}t"))
    return _ESCAPED.sub(_unescaped, "".join(run.text or "" for run in runs))


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML cannot hold (ECMA-376, part 1, 22.4.2.4)."""


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def _comments(parts: Parts, sheet: str) -> dict[str, str]:
    """Return the comments on a sheet by the names of their cells."""
    return {
        comment.get("ref", ""): "".join(_text(text) for text in comment.iterfind("{*}text"))
        for path in _related(parts, sheet, "comments")
        for comment in bounds.xml(parts[path]).iter("{*}comment")
    }


def _related(parts: Parts, path: str, kind: str) -> list[str]:
    """Return the parts that a part names as being of a kind, each once, in order."""
    folder, _, name = path.rpartition("/")
    listed = parts.get(f"{folder}/_rels/{name}.rels")
    found = [] if listed is None else list(bounds.xml(listed).iterchildren("{*}Relationship"))
    targets = (one.get("Target", "") for one in found if one.get("Type", "").endswith(f"/{kind}"))
    paths = (posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/") for target in targets)
    return [path for path in dict.fromkeys(paths) if path in parts]
