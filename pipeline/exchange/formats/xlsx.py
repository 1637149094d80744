"""A spreadsheet: id, source, translation, note, reviewed. Every cell is text; «=…» is no formula.

Read as Excel means it (ECMA-376, part 1, 18): of a formula its value; what is no text is left out, and said.
"""

import math
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _office as office
from pipeline.exchange.formats import _opendocument as opendocument
from pipeline.exchange.formats import _remarks as remarks
from pipeline.exchange.table import (
    HIDDEN,
    MERGED,
    NO_TEXT,
    NO_VALUE,
    STRUCK,
    Cell,
    ColumnOrder,
    Line,
    Table,
    cell_of,
    error_shown,
    line_of,
    parse_id,
    raised,
    raised_fault,
    required,
    row_of,
    units_of,
    xml_text,
)
from pipeline.exchange.unread import Held, Rows
from pipeline.office import archive, xml
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".xlsx", ".ods")
HAS_REVIEWED = True

T = TypeVar("T")

_WIDTHS = (14, 60, 60, 30, 10)

Parts = Mapping[str, bytes]
"""The XML files of a workbook, by their paths in it."""


def write(table: Table) -> bytes:
    """Return a workbook of one sheet; raise ExchangeError with the sentence that is too long for a cell."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    for place, line in enumerate(table.lines, 1):
        _require_room(line, place)
    book = Workbook()
    (sheet,) = book.worksheets
    sheet.title = table.target_lang
    sheet.freeze_panes = "A2"
    directions = ("ltr", table.source.direction, table.target.direction, "ltr", "ltr")
    head = ("id", table.source.english_name, table.target.english_name, "note", "reviewed")
    rows = [head, *((one.id, one.source, one.target, one.note, cell_of(one.state)) for one in table.lines)]
    for number, row in enumerate(rows, 1):
        for column, (text, direction) in enumerate(zip(row, directions, strict=True), 1):
            cell = sheet.cell(number, column, _escaped(text) or None)
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


def _require_room(line: Line, place: int) -> None:
    longest = max(map(units_of, (line.source, line.target, line.note)))
    if longest > bounds.MOST_IN_A_CELL:
        raise ExchangeError(
            f"sentence {place} («{excerpt(line.source)}»): {longest:,} characters, and a cell of a spreadsheet holds "
            f"{bounds.MOST_IN_A_CELL:,}; export it as docx or xliff"
        )


def _escaped(text: str) -> str:
    """Return a text as it is kept in a cell; raise ExchangeError for one that XML cannot hold."""
    return _LIKE_ESCAPED.sub("_x005F_", xml_text(text)).replace("\r", "_x000D_")


_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def read(content: bytes) -> tuple[Line, ...]:
    """Return the rows that have an id, of every sheet; raise ExchangeError when it is no workbook with such rows."""
    parts = office.members(content)
    if opendocument.MEMBER in parts:
        return opendocument.read_sheets(parts)
    if "xl/workbook.xml" not in parts or not bounds.xml(parts["xl/workbook.xml"]).tag.endswith("workbook"):
        raise ExchangeError("this is not a workbook (.xlsx); save it as one")
    return required(_lines(parts))


def held(content: bytes) -> Iterator[Held]:
    """Yield every text in a workbook, on all its sheets; raise ExchangeError as `read` does."""
    parts = office.members(content)
    if opendocument.MEMBER in parts:
        yield from opendocument.held_in_sheets(parts)
        return
    shared, taken = _shared(parts), set[str]()
    for path in office.related(parts, "xl/workbook.xml", "worksheet"):
        root, rows, named = bounds.xml(parts[path]), Rows(), set[str]()
        for number, row in enumerate(root.iter("{*}row"), 1):
            cells = [_words(cell, shared) for cell in row.iterchildren("{*}c")]
            if rows.id(cells):
                named.add(row.get("r", str(number)))
                yield from rows.of(cells)
            elif not rows.is_head(cells):
                yield from (Held("", text) for text in cells)
        for place, remark in _comments(parts, path, taken).items():
            if place.lstrip(_LETTERS) not in named:
                yield Held("", remark)
        for drawing in {*office.related(parts, path, "drawing")} - taken:
            taken.add(drawing)
            yield from (Held("", xml.text(one, ())) for one in bounds.xml(parts[drawing]).iter("{*}p"))


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _words(cell: "_Element", shared: Sequence[Cell]) -> str:
    """Return the words in a cell, whatever they are."""
    inline, value = cell.find("{*}is"), cell.findtext("{*}v") or ""
    if inline is not None:
        return _text(inline).text
    return (_numbered(shared, value) or _EMPTY).text if cell.get("t") == "s" else _unescaped(value)


_EMPTY = Cell("")
_LONGEST_NUMBER = 7
"""Digits of the number of a row."""


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the cells of a workbook share: texts, how numbers are shown, and which styles strike them through."""

    shared: list[Cell]
    formats: list[str]
    struck: frozenset[str]


def _lines(parts: Parts) -> Iterator[Line]:
    book = _Workbook(_shared(parts), _number_formats(parts), _struck(parts))
    taken: set[str] = set()
    away = _sheets_away(parts)
    for path in office.related(parts, "xl/workbook.xml", "worksheet"):
        root = bounds.xml(parts[path])
        said, order, merged = _comments(parts, path, taken), ColumnOrder(), _MergedRows(root)
        sheet: bool | None = True if path in away else None
        for number, row in enumerate(root.iter("{*}row"), 1):
            line = _line(row, row.get("r", str(number))[:_LONGEST_NUMBER], book, said, order, merged)
            if line:
                sheet = _is_column_hidden(root, (order.at or 0) + _TRANSLATION) if sheet is None else sheet
                yield replace(line, remark=HIDDEN) if sheet or _is_hidden(row, "ht") else line


_TRANSLATION = 2
"""Where the translation stands behind the id."""


def _sheets_away(parts: Parts) -> set[str]:
    """Return the sheets of a workbook that are hidden."""
    listed = parts.get(archive.relations_of("xl/workbook.xml"))
    sheets = bounds.xml(parts["xl/workbook.xml"]).iterfind("{*}sheets/{*}sheet")
    hidden = {xml.attribute(one, "id") for one in sheets if one.get("state", "visible") != "visible"}
    found = () if listed is None else bounds.xml(listed).iterchildren("{*}Relationship")
    return {archive.target("xl", one.get("Target", "")) for one in found if one.get("Id", "") in hidden}


def _is_hidden(element: "_Element", size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    return element.get("hidden", "0") in ("1", "true") or re.fullmatch(r"0(\.0*)?", element.get(size, "")) is not None


def _is_column_hidden(root: "_Element", column: int) -> bool:
    hidden = (one for one in root.iterfind("{*}cols/{*}col") if _is_hidden(one, "width"))
    return any(xml.whole_number(one, "min", 0) <= column <= xml.whole_number(one, "max", 0) for one in hidden)


class _MergedRows:
    """The rows in which cells are merged, from the id to the translation: the words of all stand in one."""

    def __init__(self, root: "_Element") -> None:
        names = (one.get("ref", "") for one in root.iterfind("{*}mergeCells/{*}mergeCell"))
        found = filter(None, map(_RANGE.fullmatch, names))
        self._places = [((_column(one[1]), int(one[2])), (_column(one[3]), int(one[4]))) for one in found]
        self._runs: list[tuple[int, int]] | None = None

    def has(self, number: str, at: int) -> bool:
        """Whether cells are merged in a row; ids stand in the column `at`, as in the first row that was asked for."""
        if self._runs is None:
            rows = sorted((top, end) for (left, top), (right, end) in self._places if left < at + 3 and right >= at)
            ends = accumulate((end for _, end in rows), max)
            self._runs = [(top, end) for (top, _), end in zip(rows, ends, strict=True)]
        row = int(number) if number.isdecimal() else 0
        before = bisect(self._runs, (row, math.inf)) - 1
        return before >= 0 and self._runs[before][1] >= row


_RANGE = re.compile("([A-Z]{1,3}([0-9]{1,7})):([A-Z]{1,3}([0-9]{1,7}))")


def _line(
    row: "_Element", number: str, book: _Workbook, said: Mapping[str, str], order: ColumnOrder, merged: _MergedRows
) -> Line | None:
    """Return the line in a row, from the cell with the id on: no cell is made because another stands far out."""
    place = f"row {number}"
    cells: dict[int, Cell] = {}
    column = 0
    notes: dict[str, str] = {}
    for cell in row.iterchildren("{*}c"):
        name = cell.get("r", "")
        column = _column(name) if name else column + 1
        cells[column] = _cell(cell, book)
        notes |= {name: said[name]} if name in said else {}
    first = next((column for column in sorted(cells) if parse_id(cells[column].text)), None)
    if first is None:
        shown = [(column, cell.text) for column, cell in cells.items()]
        order.named(shown)
        return order.without_id(shown, place)
    order.require(first)
    texts, fault = row_of([cells.get(first + offset, _EMPTY) for offset in range(5)], notes.values())
    return line_of(texts, place, MERGED if merged.has(number, first) else fault)


def _column(name: str) -> int:
    """Return the number of a cell's column: 1 for «A7», 28 for «AB7»; raise ExchangeError for no name of a cell."""
    letters = re.fullmatch("([A-Z]{1,3})[0-9]{1,7}", name)
    if not letters:
        raise ExchangeError(f"damaged inside (a cell called {name[:20]!a}); save it again")
    number = 0
    for letter in letters[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _cell(cell: "_Element", book: _Workbook) -> Cell:
    """Return a cell as it is read; one that is struck through with that as its fault."""
    found = _held(cell, book)
    is_struck = bool(found.text) and cell.get("s", "") in book.struck
    return Cell(found.text, STRUCK) if is_struck and not found.fault else found


def _held(cell: "_Element", book: _Workbook) -> Cell:
    """Return what a cell holds: its text, or its number as it is kept."""
    inline, value, kind = cell.find("{*}is"), cell.findtext("{*}v") or "", cell.get("t", "n")
    if inline is not None:
        return _text(inline)
    if kind == "s":
        return _numbered(book.shared, value) or _EMPTY
    if kind == "str":
        return Cell(_unescaped(value))
    if kind == "e":
        return Cell(value, error_shown(value))
    if kind == "b":
        return Cell(value, f"true or false, {NO_TEXT}")
    if not value:
        return Cell("", NO_VALUE if cell.find("{*}f") is not None else "")
    form = _numbered(book.formats, cell.get("s", "")) or "General"
    return _number(value, form) if kind == "n" else Cell(value, f"a date ({value[:20]}), {NO_TEXT}")


def _numbered(found: Sequence[T], number: str) -> T | None:
    """Return what a number stands for, counted from 0; None if it stands for nothing."""
    return found[int(number)] if re.fullmatch("[0-9]{1,9}", number) and int(number) < len(found) else None


def _number(value: str, form: str) -> Cell:
    """Return what the cell of a number shows, where that does not depend on who looks at it."""
    if re.fullmatch("-?[0-9]{1,11}", value) and form in ("General", "@", "0"):
        return Cell(value)
    if re.fullmatch("[0-9]{1,11}", value) and re.fullmatch("0{2,20}", form):
        return Cell(value.zfill(len(form)))
    return Cell(value, f"{_sort(form)} ({value[:20]}), {NO_TEXT}")


def _sort(form: str) -> str:
    """Return what a format shows numbers as."""
    plain = _LITERAL.sub("", form[:LONGEST_FORM])
    if "%" in plain:
        return "a percentage"
    return "a date or time" if re.search("[ymdhs]", plain, re.IGNORECASE) else "a number"


LONGEST_FORM = 255
"""Letters of a format of numbers, at most (Excel's own limit)."""

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General')
"""What in the format of numbers says nothing of dates (ECMA-376, part 1, 18.8.31)."""

_BUILT_IN = {0: "General", 1: "0", 9: "0%", 10: "0.00%", 49: "@"}
_BUILT_IN |= dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd")
"""The formats that a workbook does not spell out (18.8.30), as far as they differ here: all others are numbers."""


def _number_formats(parts: Parts) -> list[str]:
    """Return how numbers are shown in cells of each style."""
    for path in office.related(parts, "xl/workbook.xml", "styles"):
        root = bounds.xml(parts[path])
        own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind("{*}numFmts/{*}numFmt")}
        names = [one.get("numFmtId", "0") for one in root.iterfind("{*}cellXfs/{*}xf")]
        built_in = {str(number): form for number, form in _BUILT_IN.items()}
        return [own.get(name) or built_in.get(name, "#,##0.00") for name in names]
    return []


def _struck(parts: Parts) -> frozenset[str]:
    """Return the styles of cells, by number, whose font has a line through it."""
    for path in office.related(parts, "xl/workbook.xml", "styles"):
        root = bounds.xml(parts[path])
        fonts = {str(number) for number, one in enumerate(root.iterfind("{*}fonts/{*}font")) if _is_struck(one)}
        styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        return frozenset(str(number) for number, one in styles if one.get("fontId", "") in fonts)
    return frozenset()


def _is_struck(font: "_Element | None") -> bool:
    strike = None if font is None else font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _shared(parts: Parts) -> list[Cell]:
    """Return the texts that cells refer to by number."""
    return [
        _text(item)
        for path in office.related(parts, "xl/workbook.xml", "sharedStrings")
        for item in bounds.xml(parts[path]).iterchildren("{*}si")
    ]


def _text(element: "_Element") -> Cell:
    """Return the text of a cell, without how it is pronounced."""
    runs = (*element.iterfind("{*}t"), *element.iterfind("{*}r"))
    struck = (run.findtext("{*}t", "") for run in element.iterfind("{*}r") if _is_struck(run.find("{*}rPr")))
    shown = [_run(run) for run in runs]
    fault = next((one.fault for one in shown if one.fault), "")
    return Cell("".join(one.text for one in shown), STRUCK if any(map(str.strip, struck)) else fault)


def _run(run: "_Element") -> Cell:
    """Return the text of a run, or of a cell without any; figures above or below others as such."""
    if xml.name(run) == "t":
        return Cell(_unescaped(run.text or ""))
    text, place = _unescaped(run.findtext("{*}t") or ""), run.find("{*}rPr/{*}vertAlign")
    said = "" if place is None else place.get("val", "")
    if said not in ("superscript", "subscript"):
        return Cell(text)
    text = raised(text, is_above=said == "superscript")
    return Cell(text, raised_fault(text))


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML cannot hold (ECMA-376, part 1, 22.4.2.4 and 22.9.2.19)."""


def _unescaped(text: str) -> str:
    """Return what a text of Excel says; a line ends with a line feed alone."""
    return re.sub("\r\n?", "\n", _ESCAPED.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def _comments(parts: Parts, sheet: str, taken: set[str]) -> dict[str, str]:
    """Return the comments on a sheet by the names of their cells: what was remarked, without names."""
    found: dict[str, str] = {}
    for root in _own(parts, sheet, "comments", taken):
        names = [name.text or "" for name in root.iterfind("{*}authors/{*}author")]
        for comment in root.iter("{*}comment"):
            said = "".join(_text(text).text for text in comment.iterfind("{*}text"))
            author = _numbered(names, comment.get("authorId", "")) or ""
            found[comment.get("ref", "")] = remarks.alone(
                said, _heading(comment, is_named=bool(author.strip())) or author
            )
    return found | _threads(parts, sheet, taken)


def _heading(comment: "_Element", *, is_named: bool) -> str:
    """Return what stands apart at the beginning of a comment, before a colon: who wrote it.

    Excel has it in bold; LibreOffice loses that, and the author, but not that the rest looks otherwise.
    """
    runs = comment.findall("{*}text/{*}r")
    is_apart = bool(runs) and (runs[0].find("{*}rPr/{*}b") is not None or (len(runs) > 1 and not is_named))
    text = (runs[0].findtext("{*}t") or "").strip() if is_apart else ""
    return text.removesuffix(":") if text.endswith(":") else ""


def _threads(parts: Parts, sheet: str, taken: set[str]) -> dict[str, str]:
    """Return the conversations on a sheet, a line a remark; Excel repeats them in comments for its older versions."""
    found: dict[str, list[str]] = {}
    for root in _own(parts, sheet, "threadedComment", taken):
        for one in root.iterchildren("{*}threadedComment"):
            mentions = [(mark.get("startIndex", ""), mark.get("length", "")) for mark in one.iter("{*}mention")]
            said = remarks.without_mentions(one.findtext("{*}text") or "", mentions)
            found.setdefault(one.get("ref", ""), []).append(said)
    return {name: "\n".join(said) for name, said in found.items()}


def _own(parts: Parts, sheet: str, kind: str, taken: set[str]) -> "Iterator[_Element]":
    """Yield what a sheet has of a kind; raise ExchangeError for a part that was `taken`: it would be read for each."""
    for path in office.related(parts, sheet, kind):
        if path in taken:
            raise ExchangeError("damaged inside (two sheets with the same comments); save it again")
        taken.add(path)
        yield bounds.xml(parts[path])
