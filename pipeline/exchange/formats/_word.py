"""What a reader of a Word document sees who accepts all changes (ECMA-376, part 1, 17; part 3 for alternatives)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.exchange.formats import _symbols as symbols
from pipeline.exchange.formats import _xml as xml
from pipeline.exchange.table import Cell, signs_unread

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_UNSEEN = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr",
    "sdtEndPr", "rt", "rubyPr",
}  # fmt: skip
"""Elements that hold what was deleted or moved away, code, properties, or how a word is pronounced."""

_OFF = ("0", "false", "off")


def rows(root: "_Element") -> Iterator["_Element"]:
    """Yield the rows of all tables, without those that were deleted."""
    return (row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is None)


def cells(row: "_Element") -> Iterator["_Element"]:
    """Yield the cells of a row, also of those in content controls, without those that were deleted."""
    for child in _children(row):
        name = xml.name(child)
        if name == "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
        elif name != "tbl":
            yield from cells(child)


def seen(element: "_Element") -> Cell:
    """Return what is to be read in a cell or a comment."""
    reader = _Paragraphs()
    reader.blocks(element)
    reader.end()
    return Cell("\n".join(reader.lines).strip("\n"), signs_unread(reader.signs.unread))


def _children(element: "_Element") -> Iterator["_Element"]:
    """Yield the children that can be seen; of alternatives those of the first that holds any text."""
    for child in element:
        name = xml.name(child)
        if name == "AlternateContent":
            branches = (one for one in child if next(one.iter("{*}t", "{*}sym", "{*}symEx"), None) is not None)
            yield from _children(branch) if (branch := next(branches, None)) is not None else ()
        elif name and name not in _UNSEEN and not _is_placeholder(child):
            yield child


def _is_placeholder(element: "_Element") -> bool:
    """Whether it is a control that nobody filled in."""
    return element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


class _Paragraphs:
    """The lines of one cell. Of a field, which may go on over paragraphs, the result is seen and not the code."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.signs = symbols.Signs()
        self.pieces: list[str] = []
        self.boxes: list[_Element] = []
        self.fields: list[bool] = []  # of each around the place, whether its result is read, and can be seen

    def blocks(self, element: "_Element") -> None:
        for child in _children(element):
            name = xml.name(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tr":
                self.row(child)
            else:
                self.blocks(child)

    def row(self, row: "_Element") -> None:
        for cell in cells(row) if row.find(f"{W}trPr/{W}del") is None else ():
            self.end()
            self.blocks(cell)
            self.end()

    def paragraph(self, paragraph: "_Element") -> None:
        self.words(paragraph, self.pieces)
        runs_on = any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))
        if not runs_on:
            self.lines.append("".join(self.pieces))
            self.pieces.clear()
            self.end()

    def end(self) -> None:
        """End a line, and read the text boxes that hang on it."""
        if self.pieces:
            self.lines.append("".join(self.pieces))
            self.pieces.clear()
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)
            self.end()

    def words(self, element: "_Element", into: list[str]) -> None:
        for child in _children(element):
            name = xml.name(child)
            if name == "fldChar":
                self.field(child.get(f"{W}fldCharType", ""))
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "r":
                self.run(child, into)
            elif self.fields and not self.fields[-1]:
                continue
            elif name == "t":
                into.append(child.text or "")
            elif name in _CHARACTERS:
                into.append(_CHARACTERS[name])
            elif name in ("sym", "symEx"):
                into.append(self.symbol(child))
            else:
                self.words(child, into)

    def run(self, run: "_Element", into: list[str]) -> None:
        """Add the words of a run, unless it is hidden or calls a person."""
        properties = run.find(f"{W}rPr")
        if properties is not None and (_is_on(properties, "vanish") or "Mention" in _value(properties, "rStyle")):
            return
        font = properties.find(f"{W}rFonts") if properties is not None else None
        name = "" if font is None else font.get(f"{W}ascii", "")
        words: list[str] = []
        self.words(run, words)
        into.append(self.signs.replaced("".join(words), name))

    def symbol(self, element: "_Element") -> str:
        values = {str(key).rpartition("}")[2]: value for key, value in element.attrib.items()}
        font, code = str(values.get("font", "")), str(values.get("char", ""))
        return self.signs.shown(font, int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else -1)

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = all(self.fields[-2:-1])
        elif kind == "end" and self.fields:
            self.fields.pop()


def _value(properties: "_Element", name: str) -> str:
    found = properties.find(W + name)
    return "" if found is None else found.get(f"{W}val", "")


def _is_on(properties: "_Element", name: str) -> bool:
    return properties.find(W + name) is not None and _value(properties, name) not in _OFF
