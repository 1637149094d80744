"""A spreadsheet: id, source, translation, note, reviewed. Every cell is text; «=…» is no formula."""

from io import BytesIO
from typing import Any

from pipeline.errors import ExchangeError
from pipeline.exchange.formats import _office as office
from pipeline.exchange.table import Line, Table, lines_of, xml_text

SUFFIXES = (".xlsx",)

_WIDTHS = (14, 60, 60, 30, 10)
_MOST_ROWS = 200_000


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
    rows = [head, *((one.id, one.source, one.target, one.note, "yes" if one.reviewed else "") for one in table.lines)]
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
    """Return the rows that have an id; raise ExchangeError when it is no workbook with such rows."""
    if "xl/workbook.xml" not in office.members(content):
        raise ExchangeError("this is no workbook (.xlsx); save it as one")
    return lines_of(_rows(content))


def _rows(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.max_row <= _MOST_ROWS and sheet.max_column <= 100]
        return [_row(row) for sheet in sheets for row in sheet.iter_rows()]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as error:
        raise ExchangeError(f"damaged inside ({error}); ask for it again") from None


def _row(cells: tuple[Any, ...]) -> list[str]:
    texts = ["" if cell.value is None else str(cell.value) for cell in cells]
    said = [cell.comment.text for cell in cells if cell.comment]
    if said and len(texts) > 3:
        texts[3] = "\n".join([texts[3], *said]).strip()
    return texts
