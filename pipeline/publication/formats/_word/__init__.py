"""A published text as a Word document (ECMA-376, part 1, 17; the schema is the transitional one of part 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.edition.content import StyledRun, Words
from pipeline.edition.render.pdf.pictures import printable
from pipeline.model import Kind, MarkKind
from pipeline.office import packing, word
from pipeline.office.word import child
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._numbering import ItemPlace
from pipeline.publication.formats._word.package import (
    NAMESPACES,
    RELATIONSHIPS,
    as_bytes,
    new_part,
    package_parts,
    relations_part,
)
from pipeline.publication.formats._word.styles import (
    NOTE_SEPARATORS,
    TURNED_ON,
    fonts_part,
    id_of,
    numbering_part,
    say_language,
    settings_part,
    styles_part,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "arabicAlpha")
"""Formats in which all programs count alike. Word has none for the digits of Persian or Arabic: there, the marker of
each item stands in its definition."""

_APART = "\u202a", "\u202b", "\u202c"
"""Embeddings, which Word knows from long ago; isolates it does not."""
_AS_EMBEDDINGS = str.maketrans("\u2066\u2067\u2068\u2069", "\u202a\u202b\u202a\u202c")

WIDTH, _HEIGHT = 11906, 16838
"""Of A4, in twentieths of a point."""
MARGIN, _NARROW = 1304, 964
_MILLIMETRE = 56.7
_EMU = 635
"""English Metric Units in a twentieth of a point."""
_POINTS_TO_EMU = 9525
"""In a point of a picture, at 96 to the inch."""


def alone(published: Published, publisher: Publisher) -> bytes:
    """Return a published text in its language."""
    column = office.column(published, publisher, FORMS)
    file = WordFile(published, publisher, [column], WIDTH - 2 * MARGIN)
    file.add(file.body, column.parts, file.sides[0], file.width)
    return file.packed(MARGIN)


def both(published: Published, publisher: Publisher) -> bytes:
    """Return a published text beside its original, as a table with a row for each block."""
    pair = office.pair(published, publisher, FORMS)
    file = WordFile(published, publisher, pair.columns, WIDTH - 2 * _NARROW)
    file.add_pair(pair)
    return file.packed(_NARROW)


@dataclass(slots=True)
class _WordSide:
    """A text as it stands in a file: the first number of its lists, and which of its notes are written."""

    column: office.FileText
    first_list: int
    kind: str = "footnote"
    """Of its notes: those of an original are endnotes, so that both are counted from 1."""
    notes: dict[int, int] = field(default_factory=dict)
    """The numbers of notes in the file, by their rows."""

    @property
    def is_rtl(self) -> bool:
        return self.column.is_rtl


class WordFile:
    """A document as it is put together."""

    def __init__(
        self, published: Published, publisher: Publisher, columns: Sequence[office.FileText], width: int
    ) -> None:
        self.published, self.publisher, self.width = published, publisher, width
        self.sides: list[_WordSide] = []
        for column in columns:
            first = 1 + sum(len(side.column.lists.made) for side in self.sides)
            self.sides.append(_WordSide(column, first, "footnote" if column is columns[-1] else "endnote"))
        self.main = self.sides[-1]
        self.document = new_part("document")
        self.body = child(self.document, "body")
        self.notes = {side.kind: new_part(f"{side.kind}s") for side in self.sides}
        self.relations: dict[str, dict[tuple[str, str], str]] = {"document": {}}
        """Of each part, their ids by kind and target."""
        self.media: dict[str, tuple[str, bytes]] = {}
        self.drawn = 0
        for kind, notes in self.notes.items():
            for id, name in NOTE_SEPARATORS.items():
                child(child(child(child(notes, kind, type=name, id=id), "p"), "r"), name)

    # --- parts of a text

    def add(self, into: "_Element", parts: Iterable[office.Part], side: _WordSide, width: int) -> None:
        for part in parts:
            if isinstance(part, office.CellGrid):
                self.grid(into, part, side, width)
            elif isinstance(part, office.ShownPicture):
                self.picture(into, part, side, width)
            elif isinstance(part, office.DrawnLine):
                _rule(into, side)
            else:
                self.paragraph(into, part.style, part.words, side, part.place)

    def paragraph(
        self, into: "_Element", style: str, words: Words, side: _WordSide, place: ItemPlace | None = None
    ) -> "_Element":
        made = child(into, "p")
        _properties(made, style, side, place)
        self.words(made, words, side)
        return made

    def grid(self, into: "_Element", grid: office.CellGrid, side: _WordSide, width: int) -> None:
        grid = grid.within(width / _MILLIMETRE)
        widths = [int(width * share) for share in grid.shares]
        table = _table(into, widths, is_rtl=side.is_rtl, is_framed=grid.kind is Kind.TABLE)
        for number, line in enumerate(grid.lines):
            row = _row(table, is_head=number < grid.header_rows)
            for at, each in enumerate(widths):
                self.paragraph(_cell(row, each), grid.style(number), line[at] if at < len(line) else (), side)
        _gap(into, side)

    def add_pair(self, pair: office.SideBySide) -> None:
        half = self.width // 2
        table = _table(self.body, [half, half], is_rtl=pair.original.is_rtl, is_framed=True, is_light=True)
        head = _row(table, is_head=True)
        for side in self.sides:
            name = side.column.language.name_of(side.column.language)
            self.paragraph(_cell(head, half), "Table Heading", office.words(name, side.column.language), side)
        for parts in pair.rows:
            row = _row(table)
            for side, held in zip(self.sides, parts, strict=True):
                cell = _cell(row, half)
                self.add(cell, held, side, half - 2 * _CELL_MARGIN)
                if not held:
                    self.paragraph(cell, "Body Text", (), side)

    def picture(self, into: "_Element", picture: office.ShownPicture, side: _WordSide, width: int) -> None:
        made = child(into, "p")
        _properties(made, "Picture", side)
        content = printable(self.published.pictures[picture.name], picture.name)
        kind, points = office.look_of(content)
        name, _ = self.media.setdefault(picture.name, (f"media/picture{len(self.media) + 1}.{kind}", content))
        self.drawn += 1
        drawing = child(child(made, "r"), "drawing")
        size = office.fitted([point * _POINTS_TO_EMU for point in points], width * _EMU)
        _draw(drawing, self.relation("image", name), self.drawn, picture.alternative, size)

    # --- what stands in a paragraph

    def words(self, paragraph: "_Element", words: Words, side: _WordSide, *, is_note: bool = False) -> None:
        for run, way in office.runs(words, side.column.language, _APART):
            if run.is_break:
                child(child(paragraph, "r"), "br")
            elif run.note >= 0 and not is_note:
                self.reference(paragraph, run, side)
            elif run.link:
                link = child(paragraph, "hyperlink")
                link.set(
                    f"{{{RELATIONSHIPS}}}id",
                    self.relation("hyperlink", run.link, f"{side.kind}s" if is_note else "document"),
                )
                self.run(link, run, way, side)
            else:
                self.run(paragraph, run, way, side)

    def run(self, into: "_Element", run: StyledRun, way: str, side: _WordSide) -> None:
        made = child(into, "r")
        styles = {*run.styles} | ({MarkKind.SUPERSCRIPT} if run.note >= 0 else set())
        _run_properties(made, styles, side, way, is_link=bool(run.link))
        word.words(made, run.text.translate(_AS_EMBEDDINGS))

    def reference(self, paragraph: "_Element", run: StyledRun, side: _WordSide) -> None:
        """Refer to a note; where that is done again, to the first reference."""
        if run.note in side.notes or run.note not in side.column.notes:
            link = child(paragraph, "hyperlink", anchor=f"{side.kind}{side.notes.get(run.note, 0)}")
            self.run(link, run, side.column.language.direction, side)
            return
        side.notes[run.note] = number = len(side.notes) + 1
        bookmark = str(sum(len(one.notes) for one in self.sides))
        child(paragraph, "bookmarkStart", id=bookmark, name=f"{side.kind}{number}")
        made = child(paragraph, "r")
        child(child(made, "rPr"), "rStyle", val=f"{side.kind.capitalize()}Reference")
        marked = {} if side.column.are_counted else {"customMarkFollows": "1"}
        child(made, f"{side.kind}Reference", **marked, id=str(number))
        if marked:
            word.words(made, run.text)
        child(paragraph, "bookmarkEnd", id=bookmark)
        self.note(number, side.column.notes[run.note], side)

    def note(self, number: int, note: office.FileNote, side: _WordSide) -> None:
        paragraph = child(child(self.notes[side.kind], side.kind, id=str(number)), "p")
        _properties(paragraph, f"{side.kind.capitalize()} Text", side)
        mark = child(paragraph, "r")
        child(child(mark, "rPr"), "rStyle", val=f"{side.kind.capitalize()}Reference")
        if side.column.are_counted:
            child(mark, f"{side.kind}Ref")
        else:
            word.words(mark, note.marker)
        self.run(paragraph, StyledRun(" "), side.column.language.direction, side)
        self.words(paragraph, note.words, side, is_note=True)

    # --- the file

    def relation(self, kind: str, target: str, part: str = "document") -> str:
        known = self.relations.setdefault(part, {})
        return known.setdefault((kind, target), f"rId{len(known) + 1}")

    def packed(self, margin: int) -> bytes:
        side = self.main
        parts = {
            "styles": self.styles(),
            "settings": settings_part(self.notes),
            "fontTable": fonts_part(),
            "numbering": self.numbering(),
            **{f"{kind}s": notes for kind, notes in self.notes.items()},
            **self.others(),
            "header1": _furniture("hdr", "Header", self._header(), side),
            "footer1": _furniture("ftr", "Footer", _page_number(side), side),
        }
        for name in parts:
            self.relation(name.rstrip("1"), f"{name}.xml")
        self._section(margin)
        parts["document"] = self.document
        self.finish(parts.values())
        held = {f"word/{name}.xml": as_bytes(part) for name, part in parts.items()}
        held |= {f"word/{name}": content for name, content in self.media.values()}
        for name, relations in self.relations.items():
            held[f"word/_rels/{name}.xml.rels"] = relations_part(relations.items())
        return packing.packed([*package_parts(parts, self.published, self.publisher), *held.items()])

    def _header(self) -> "list[_Element]":
        made = new_part("p")
        self.words(made, office.words(office.title(self.published), self.main.column.language), self.main)
        return list(made)

    def finish(self, parts: "Iterable[_Element]") -> None:
        """Change what all parts need when they are whole."""

    def others(self) -> "dict[str, _Element]":
        """Return further parts by their names."""
        return {}

    def styles(self) -> "_Element":
        return styles_part(self.main.column.language)

    def numbering(self) -> "_Element":
        return numbering_part(side.column for side in self.sides)

    def _section(self, margin: int) -> None:
        section = child(self.body, "sectPr")
        for name, part in (("headerReference", "header"), ("footerReference", "footer")):
            child(section, name, type="default").set(f"{{{RELATIONSHIPS}}}id", self.relation(part, f"{part}1.xml"))
        for kind in sorted(self.notes, reverse=True):
            child(child(section, f"{kind}Pr"), "numFmt", val="decimal")
        self.page(section, margin)
        if self.main.is_rtl:
            child(section, "bidi")

    def page(self, section: "_Element", margin: int) -> None:
        """Say how large the page is, and its margins."""
        child(section, "pgSz", w=str(WIDTH), h=str(_HEIGHT))
        sides = dict.fromkeys(("right", "left"), str(margin))
        child(section, "pgMar", top="1304", **sides, bottom="1304", header="680", footer="680", gutter="0")
        child(section, "cols", space="708")


# --- paragraphs and runs -------------------------------------------------------------


def _properties(paragraph: "_Element", style: str, side: _WordSide, place: ItemPlace | None = None) -> "_Element":
    """Add the properties of a paragraph, in the order that the schema wants."""
    made = child(paragraph, "pPr")
    child(made, "pStyle", val=id_of(style))
    if place:
        numbers = child(made, "numPr")
        child(numbers, "ilvl", val=str(place.level))
        child(numbers, "numId", val=str(side.first_list + place.list))
    if side.is_rtl:
        child(made, "bidi")
    mark = child(made, "rPr")
    say_language(mark, side.column.language, side.column.language.direction)
    return made


def _run_properties(run: "_Element", styles: Iterable[MarkKind], side: _WordSide, way: str, *, is_link: bool) -> None:
    made, held = child(run, "rPr"), set(styles)
    if is_link or MarkKind.CODE in held:
        child(made, "rStyle", val="Hyperlink" if is_link else "HTMLCode")
    for kind in (MarkKind.STRONG, MarkKind.EMPHASIS):
        for name in TURNED_ON[kind] if kind in held else ():
            child(made, name)
    for kind in (MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT):
        if kind in held:
            child(made, "vertAlign", val=kind.value)
            break
    say_language(made, side.column.language, way)


def _rule(into: "_Element", side: _WordSide) -> None:
    made = child(into, "p")
    properties = _properties(made, "Separator", side)
    borders = child(properties, "pBdr")
    child(borders, "bottom", val="single", sz="6", space="1", color="808080")
    properties.insert(1, borders)


def _gap(into: "_Element", side: _WordSide) -> None:
    """Leave a line of no height below a table: without it, two tables would be one, and a cell could not end."""
    properties = child(child(into, "p"), "pPr")
    child(properties, "spacing", before="0", after="0", line="120", lineRule="exact")


# --- tables --------------------------------------------------------------------------

_CELL_MARGIN = 108
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _table(
    into: "_Element", widths: Sequence[int], *, is_rtl: bool, is_framed: bool, is_light: bool = False
) -> "_Element":
    table = child(into, "tbl")
    properties = child(table, "tblPr")
    if is_rtl:
        child(properties, "bidiVisual")
    child(properties, "tblW", w=str(sum(widths)), type="dxa")
    if is_framed:
        borders = child(properties, "tblBorders")
        for side in _SIDES:
            child(borders, side, val="single", sz="4", space="0", color="D9D9D9" if is_light else "808080")
    child(properties, "tblLayout", type="fixed")
    grid = child(table, "tblGrid")
    for width in widths:
        child(grid, "gridCol", w=str(width))
    return table


def _row(table: "_Element", *, is_head: bool = False) -> "_Element":
    row = child(table, "tr")
    if is_head:
        properties = child(row, "trPr")
        child(properties, "cantSplit")
        child(properties, "tblHeader")
    return row


def _cell(row: "_Element", width: int) -> "_Element":
    cell = child(row, "tc")
    child(child(cell, "tcPr"), "tcW", w=str(width), type="dxa")
    return cell


# --- pictures ------------------------------------------------------------------------


def _draw(drawing: "_Element", relation: str, number: int, alternative: str, size: tuple[float, float]) -> None:
    """Add a picture in the line (20.4.2.8), with the words that stand for it."""
    extent = {"cx": str(int(size[0])), "cy": str(int(size[1]))}
    inline = _drawn(drawing, "wp:inline", distT="0", distB="0", distL="0", distR="0")
    _drawn(inline, "wp:extent", **extent)
    _drawn(inline, "wp:docPr", id=str(number), name=f"Picture {number}", descr=alternative)
    data = _drawn(_drawn(inline, "a:graphic"), "a:graphicData", uri=NAMESPACES["pic"])
    picture = _drawn(data, "pic:pic")
    about = _drawn(picture, "pic:nvPicPr")
    _drawn(about, "pic:cNvPr", id=str(number), name=f"Picture {number}", descr=alternative)
    _drawn(about, "pic:cNvPicPr")
    fill = _drawn(picture, "pic:blipFill")
    _drawn(fill, "a:blip").set(f"{{{RELATIONSHIPS}}}embed", relation)
    _drawn(_drawn(fill, "a:stretch"), "a:fillRect")
    shape = _drawn(picture, "pic:spPr")
    place = _drawn(shape, "a:xfrm")
    _drawn(place, "a:off", x="0", y="0")
    _drawn(place, "a:ext", **extent)
    _drawn(_drawn(shape, "a:prstGeom", prst="rect"), "a:avLst")


def _drawn(parent: "_Element", name: str, /, **attributes: str) -> "_Element":
    from lxml.etree import SubElement

    prefix, _, local = name.partition(":")
    return SubElement(parent, f"{{{NAMESPACES[prefix]}}}{local}", attributes)


# --- heads and feet of pages ---------------------------------------------------------


def _furniture(name: str, style: str, held: "Sequence[_Element]", side: _WordSide) -> "_Element":
    root = new_part(name)
    paragraph = child(root, "p")
    _properties(paragraph, style, side)
    paragraph.extend(held)
    return root


def _page_number(side: _WordSide) -> "list[_Element]":
    made = new_part("p")
    way = side.column.language.direction

    def run(text: str) -> "_Element":
        one = child(made, "r")
        _run_properties(one, (), side, way, is_link=False)
        if text:
            word.words(one, text)
        return one

    def number(name: str) -> None:
        for kind in ("begin", "instr", "separate", "text", "end"):
            one = run("1" if kind == "text" else "")
            if kind == "instr":
                child(one, "instrText").text = {"page": "PAGE", "pages": "NUMPAGES"}[name]
            elif kind != "text":
                child(one, "fldChar", fldCharType=kind)

    office.page_label(side.column.language, number, run)
    return list(made)
