"""Tables as LibreOffice and others save them in its own formats, ODT and ODS (OASIS OpenDocument 1.3, part 3).

Tracked changes are accepted: what was deleted stands apart from the text there, and is not read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.document.formats._opendocument import held as words
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _remarks as remarks
from pipeline.exchange.table import (
    FORMULA,
    HIDDEN,
    LISTED,
    MERGED,
    NO_TEXT,
    NO_VALUE,
    STRUCK,
    Cell,
    ColumnOrder,
    Line,
    error_shown,
    line_of,
    parse_id,
    raised,
    raised_fault,
    required,
    row_of,
    signs_unread,
)
from pipeline.exchange.unread import Held, Rows
from pipeline.office import symbols, xml

if TYPE_CHECKING:
    from lxml.etree import _Element

MEMBER = "content.xml"
"""The part of the archive that holds the text; an archive without it is none of these formats."""

_ASIDE = {
    "annotation", "annotation-end", "note", "note-body", "tracked-changes", "ruby-text", "title", "desc", "placeholder",
    "script", "covered-table-cell", "forms", "hidden-text", "hidden-paragraph",
}  # fmt: skip
"""Elements that are no part of the running text, or do not show."""
_BOXES = {"frame", "custom-shape", "rect", "g", "text-box"}
_CELLS = ("{*}table-cell", "{*}covered-table-cell")
_BLOCKS = {"p", "h"}
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NUMBERS = {"percentage": "a percentage", "currency": "an amount of money", "date": "a date", "time": "a time",
            "boolean": "true or false"}  # fmt: skip


def read_text(parts: Mapping[str, bytes]) -> tuple[Line, ...]:
    """Return the rows with an id of the tables of a text document."""
    return required(replace(line, state=None) for line in _lines(parts, "body/text", _shown))  # it has no such column


def read_sheets(parts: Mapping[str, bytes]) -> tuple[Line, ...]:
    """Return the rows with an id of all sheets; the fault of what is no text says so."""
    return required(_lines(parts, "body/spreadsheet", _sheet_cell))


def held_in_text(parts: Mapping[str, bytes], rows: Rows) -> list[Held]:
    """Return every text of a text document."""
    return _held(parts, "body/text", rows)


def held_in_sheets(parts: Mapping[str, bytes]) -> list[Held]:
    """Return every text of all sheets."""
    return _held(parts, "body/spreadsheet", Rows())


def _held(parts: Mapping[str, bytes], kind: str, rows: Rows) -> list[Held]:
    body = _body(bounds.xml(parts[MEMBER]), kind)
    found: list[Held] = []
    for gone in [*body.iter("{*}tracked-changes")]:
        xml.drop(gone)
    for row in [one for one in body.iter("{*}table-row") if next(one.iter("{*}table"), None) is None]:
        cells = ["\n".join(words.paragraphs(cell)) for cell in row.iterchildren(*_CELLS)]
        if rows.id(cells) or rows.is_head(cells):
            found += rows.of(cells) if rows.id(cells) else ()
            xml.drop(row)
    found += (Held("", text) for text in words.paragraphs(body))
    remarks = (one for remark in body.iter("{*}annotation") for one in remark.iter("{*}p"))
    return found + [Held("", xml.text(one, ())) for one in remarks]


@dataclass(frozen=True, slots=True)
class _Styles:
    """What styles of text say of it: the font of each, which of them hide it, or strike it through, or raise it.

    `sheets` are those that hide a sheet.
    """

    fonts: dict[str, str]
    hidden: frozenset[str]
    struck: frozenset[str]
    above: frozenset[str]
    below: frozenset[str]
    sheets: frozenset[str]


def _lines(parts: Mapping[str, bytes], kind: str, read: "Callable[[_Element, _Styles], Cell]") -> Iterator[Line]:
    root = bounds.xml(parts[MEMBER])
    body = _body(root, kind)
    styles = _styles(root)
    number, order, unseen = 0, ColumnOrder(), _Unseen(styles)
    for row in body.iter("{*}table-row"):
        if next(row.iterancestors("{*}tracked-changes"), None) is not None:
            continue
        number += 1
        line = _line(row, f"row {number}", styles, read, order)
        number += _repeated(row, "number-rows-repeated") - 1
        if line:
            yield replace(line, remark=HIDDEN) if unseen.has(row, order.start) else line


def _body(root: "_Element", kind: str) -> "_Element":
    body = root.find("/".join(f"{{*}}{name}" for name in kind.split("/")))
    if body is None:
        raise ExchangeError("this is no document with a table; save the one that was exported")
    return body


class _Unseen:
    """Which rows are shown to nobody, or not in the column of translations."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.sheets: dict[_Element, bool] = {}

    def has(self, row: "_Element", start: int | None) -> bool:
        """Whether nobody sees the translation in a row, of which the id stands in the column `start`."""
        sheet = next(row.iterancestors("{*}table"), None)
        if sheet is not None and sheet not in self.sheets:
            is_hidden = _attribute(sheet, "style-name") in self.styles.sheets or any(map(_hides, sheet.iterancestors()))
            self.sheets[sheet] = is_hidden or _is_column_hidden(sheet, (start or 0) + _TRANSLATION)
        return _attribute(row, "visibility") in _HIDING or (sheet is not None and self.sheets[sheet])


_HIDING = ("collapse", "filter")
_TRANSLATION = 2
"""Where the translation stands behind the id."""


def _hides(section: "_Element") -> bool:
    """Whether what stands around a table is a section that is hidden, or was when a condition was last looked at."""
    return _attribute(section, "display") == "none" or _attribute(section, "is-hidden") == "true"


def _is_column_hidden(sheet: "_Element", number: int) -> bool:
    end = 0
    for column in sheet.iter("{*}table-column"):
        end += _repeated(column, "number-columns-repeated")
        if end > number:
            return _attribute(column, "visibility") in _HIDING
    return False


def _line(
    row: "_Element", place: str, styles: _Styles, read: "Callable[[_Element, _Styles], Cell]", order: ColumnOrder
) -> Line | None:
    bounds.require_shallow(row)
    cells: list[Cell] = []
    column = first = 0
    for cell in row.iterchildren(*_CELLS):
        shown, count = read(cell, styles), _repeated(cell, "number-columns-repeated")
        one = Cell(shown.text, MERGED) if len(cells) < _NOTE and _is_merged(cell) else shown
        first = first if cells else column
        if cells or column == order.start or parse_id(one.text) or one.text.strip().casefold() == "id":
            cells += [one] * min(count, _LOOKED_AT - len(cells))
        if len(cells) == _LOOKED_AT:
            break
        column += count
    if len(cells) < 3:
        return None
    if not parse_id(cells[0].text):
        order.named(enumerate(cell.text for cell in cells))
        return order.without_id(enumerate(cell.text for cell in cells), place)
    order.start = first
    order.require(0)
    texts, fault = row_of(cells, _remarks(row, styles))
    return line_of(texts, place, MERGED if any(cell.fault == MERGED for cell in cells[:_NOTE]) else fault)


def _repeated(element: "_Element", name: str) -> int:
    """Return how often a row or cell stands there; it is kept once."""
    value = _attribute(element, name)
    return int(value) if re.fullmatch("[1-9][0-9]{0,6}", value) else 1


def _shown(cell: "_Element", styles: _Styles) -> Cell:
    reader = _read(cell, styles)
    is_struck = reader.is_struck or (_attribute(cell, "style-name") in styles.struck and any(reader.lines))
    fault = signs_unread(reader.signs.unread) or (STRUCK if is_struck else reader.fault)
    return Cell("\n".join(reader.lines).strip("\n"), fault)


_LOOKED_AT = 10
"""Cells of a row from the id on: those that are read, and some more, in which others may have written."""
_NOTE = 3
"""Where the note stands behind the id: one may be for several rows, a translation may not."""


def _is_merged(cell: "_Element") -> bool:
    """Whether a cell was made of several, and has the words of all of them, or has become part of another."""
    spans = (_repeated(cell, f"number-{name}-spanned") for name in ("rows", "columns"))
    return xml.name(cell) == "covered-table-cell" or any(span > 1 for span in spans)


def _sheet_cell(cell: "_Element", styles: _Styles) -> Cell:
    shown = _shown(cell, styles)
    kind = _attribute(cell, "value-type")
    if cell.get(_ERROR) == "error":
        return Cell(shown.text, error_shown(shown.text))
    if kind in ("", "string"):
        return Cell("", NO_VALUE) if _attribute(cell, "formula") and not kind else shown
    if kind == "float" and re.fullmatch("-?[0-9]{1,20}", shown.text):
        return shown
    what = _NUMBERS.get(kind, "a number")
    return Cell(shown.text, f"{what} ({shown.text[:20]}), {NO_TEXT}")


def _remarks(row: "_Element", styles: _Styles) -> Iterator[str]:
    """Yield what stands in comments and notes on a row."""
    for one in row.iter("{*}annotation", "{*}note-body"):
        author = (one.findtext("{*}creator") or "").strip() or _heading(one)
        said = remarks.alone("\n".join(_read(one, styles).lines), author)
        if said:
            yield said


def _heading(remark: "_Element") -> str:
    """Return what stands apart on the first line of a comment, before a colon: who wrote it, as Excel began it."""
    lines = remark.findall("{*}p")
    is_apart = bool(lines) and not len(lines[0]) and any(line.find("{*}span") is not None for line in lines[1:])
    text = (lines[0].text or "").strip() if is_apart else ""
    return text.removesuffix(":") if text.endswith(":") else ""


def _styles(root: "_Element") -> _Styles:
    faces = {_attribute(face, "name"): _family(face) for face in root.iterfind("{*}font-face-decls/{*}font-face")}
    fonts: dict[str, str] = {}
    hidden, struck, above, below, sheets = set[str](), set[str](), set[str](), set[str](), set[str]()
    for style in root.iterfind("{*}automatic-styles/{*}style"):
        name = _attribute(style, "name")
        tables = style.iterfind("{*}table-properties")
        sheets |= {name} if any(_attribute(one, "display") == "false" for one in tables) else set()
        for properties in style.iterfind("{*}text-properties"):
            fonts[name] = faces.get(_attribute(properties, "font-name")) or _family(properties)
            hidden |= {name} if _attribute(properties, "display") == "none" else set()
            lines = (_attribute(properties, f"text-line-through-{one}") for one in ("style", "type"))
            struck |= {name} if any(line not in ("", "none") for line in lines) else set()
            if place := re.match(r"(super|[1-9])|(sub|-[1-9])", _attribute(properties, "text-position")):
                (above if place[1] else below).add(name)
    return _Styles(fonts, *map(frozenset, (hidden, struck, above, below, sheets)))


def _family(element: "_Element") -> str:
    return _attribute(element, "font-family").strip("'\"")


def _attribute(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")


def _read(element: "_Element", styles: _Styles) -> "_Writing":
    reader = _Writing(styles)
    reader.blocks(element)
    return reader


@dataclass(slots=True)
class _Writing:
    """The lines of one cell, and the signs in them that cannot be read."""

    styles: _Styles
    lines: list[str] = field(default_factory=list)
    signs: symbols.Signs = field(default_factory=symbols.Signs)
    boxes: "list[_Element]" = field(default_factory=list)
    size: int = 0
    is_spaced: bool = True
    is_struck: bool = False
    fault: str = ""

    def blocks(self, element: "_Element") -> None:
        for child in element:
            name = xml.name(child)
            if name in _BLOCKS:
                self.is_spaced = True
                words: list[str] = []
                self.words(child, "", words)
                self.look(child, words)
                self.lines.append("".join(words))
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    self.blocks(box)
            elif name == "object":
                self.fault = FORMULA
            elif name not in _ASIDE:
                before = len(self.lines)
                self.blocks(child)
                if name == "list-item" and any(map(str.strip, self.lines[before:])):
                    self.fault = self.fault or LISTED

    def words(self, element: "_Element", font: str, into: list[str]) -> None:
        into.append(self.literal(element.text or "", font))
        for child in element:
            self.inline(child, font, into)
            into.append(self.literal(child.tail or "", font))

    def inline(self, child: "_Element", font: str, into: list[str]) -> None:
        name = xml.name(child)
        if name in _BOXES:
            self.boxes.append(child)
        elif name == "s":
            into.append(self.kept(" " * self.spaces(child)))
        elif name in ("tab", "line-break"):
            into.append(self.kept("\t" if name == "tab" else "\n"))
        elif name and name not in _ASIDE:
            style = _attribute(child, "style-name")
            if style not in self.styles.hidden:
                words: list[str] = []
                self.words(child, self.styles.fonts.get(style) or font, words)
                self.look(child, words)
                into += self.placed(words, style)

    def look(self, element: "_Element", words: list[str]) -> None:
        """Note whether the words of an element are struck through."""
        is_struck = _attribute(element, "style-name") in self.styles.struck
        self.is_struck = self.is_struck or (is_struck and bool("".join(words).strip()))

    def placed(self, words: list[str], style: str) -> list[str]:
        """Return words as they stand: in the line, or above or below others."""
        is_above = style in self.styles.above
        if not is_above and style not in self.styles.below:
            return words
        placed = [raised(word, is_above=is_above) for word in words]
        self.fault = self.fault or raised_fault("".join(placed))
        return placed

    def spaces(self, element: "_Element") -> int:
        """Return how many spaces an element stands for; raise ExchangeError when they are too many."""
        number = _attribute(element, "c") or "1"
        count = int(number) if re.fullmatch("[0-9]{1,9}", number) else 1
        self.size += count
        if count > bounds.MOST_SPACES or self.size > bounds.MOST_CHARACTERS:
            raise ExchangeError(f"more than {bounds.MOST_SPACES:,} spaces on end; take them out")
        return count

    def kept(self, text: str) -> str:
        self.is_spaced = False
        return text

    def literal(self, text: str, font: str) -> str:
        """Return a piece of text: white space is one space, and none at the beginning (6.1.2)."""
        text = _SPACE.sub(" ", text)
        if self.is_spaced and text.startswith(" "):
            text = text[1:]
        self.is_spaced = text.endswith(" ") if text else self.is_spaced
        return self.signs.replaced(text, font)


_SPACE = re.compile("[ \\t\\r\\n]+")
