"""The lines of a cell of a Word table, all changes accepted."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from pipeline.exchange.table import FORMULA, LISTED, STRUCK, Cell, raised, raised_fault, signs_unread
from pipeline.office import symbols, xml
from pipeline.office.word import CHARACTERS, FORMULAS, W, cells, children, is_deleted, is_on, joins_next, symbol, value

if TYPE_CHECKING:
    from lxml.etree import _Element


def seen(element: "_Element", hiding: Collection[str] = ()) -> Cell:
    """Return what is to be read in a cell or a comment; of what is in one of the styles that are `hiding`, nothing."""
    reader = _Paragraphs(hiding, names_people=xml.name(element) != "tc")
    reader.blocks(element)
    reader.end()
    return Cell("\n".join(reader.lines).strip("\n"), signs_unread(reader.signs.unread) or reader.fault)


def hiding_styles(parts: "Iterable[_Element]") -> frozenset[str]:
    """Return the ids of the styles that hide their words, of their own or by what they are based on."""
    styles = {one.get(f"{W}styleId", ""): one for part in parts for one in part.iter(f"{W}style")}
    found: dict[str, bool] = {}
    for name in styles:
        above: dict[str, None] = {}
        while name in styles and name not in found and name not in above:
            above[name] = None
            name = value(styles[name], "basedOn")
        hides = found.get(name, False)
        for one in reversed(above):
            said = styles[one].find(f"{W}rPr")
            hides = hides if said is None or said.find(f"{W}vanish") is None else is_on(said, "vanish")
            found[one] = hides
    return frozenset(name for name, hides in found.items() if hides)


_PLACES = ("superscript", "subscript")


class _Paragraphs:
    """The lines of one cell. Of a field, which may go on over paragraphs, the result is seen and not the code."""

    def __init__(self, hiding: Collection[str], *, names_people: bool) -> None:
        self.hiding = hiding
        self.names_people = names_people  # as comments do; in a cell, words were typed on in the style of a name
        self.is_veiled = False  # by the style of the paragraph
        self.lines: list[str] = []
        self.signs = symbols.Signs()
        self.fault = ""
        self.pieces: list[str] = []
        self.boxes: list[_Element] = []
        self.fields: list[bool] = []  # of each around the place, whether its result is read, and can be seen

    def blocks(self, element: "_Element") -> None:
        for child in children(element):
            name = xml.name(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tr":
                self.row(child)
            else:
                self.blocks(child)

    def row(self, row: "_Element") -> None:
        for cell in () if is_deleted(row) else cells(row):
            self.end()
            self.blocks(cell)
            self.end()

    def paragraph(self, paragraph: "_Element") -> None:
        self.is_veiled = value(paragraph.find(f"{W}pPr"), "pStyle") in self.hiding
        self.words(paragraph, self.pieces)
        if value(paragraph.find(f"{W}pPr/{W}numPr"), "numId") not in ("", "0") and any(map(str.strip, self.pieces)):
            self.fault = self.fault or LISTED
        if not joins_next(paragraph):
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
        for child in children(element):
            name = xml.name(child)
            if name == "fldChar":
                self.field(child.get(f"{W}fldCharType", ""))
            elif name in FORMULAS:
                self.fault = FORMULA
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "r":
                self.run(child, into)
            elif self.fields and not self.fields[-1]:
                continue
            elif name == "t":
                into.append(child.text or "")
            elif name in CHARACTERS:
                into.append(CHARACTERS[name])
            elif name in ("sym", "symEx"):
                into.append(symbol(child, self.signs))
            else:
                self.words(child, into)

    def run(self, run: "_Element", into: list[str]) -> None:
        """Add the words of a run, unless it is hidden, or calls a person in a comment."""
        properties = run.find(f"{W}rPr")
        if self.is_hidden(properties) or (self.names_people and "Mention" in value(properties, "rStyle")):
            return
        font = properties.find(f"{W}rFonts") if properties is not None else None
        name = "" if font is None else font.get(f"{W}ascii", "")
        words: list[str] = []
        self.words(run, words)
        if properties is not None and any(is_on(properties, name) for name in ("strike", "dstrike")):
            self.fault = self.fault or (STRUCK if "".join(words).strip() else "")
        place = value(properties, "vertAlign")
        text = self.signs.replaced("".join(words), name)
        if place in _PLACES:
            text = raised(text, is_above=place == "superscript")
            self.fault = self.fault or raised_fault(text)
        into.append(text)

    def is_hidden(self, properties: "_Element | None") -> bool:
        """Whether the words of a run do not show: a style of letters in one of paragraphs takes back what both say."""
        if properties is not None and properties.find(f"{W}vanish") is not None:
            return is_on(properties, "vanish")
        return self.is_veiled != (value(properties, "rStyle") in self.hiding)

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = all(self.fields[-2:-1])
        elif kind == "end" and self.fields:
            self.fields.pop()
