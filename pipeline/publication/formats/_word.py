"""A published text as a Word document (ECMA-376, part 1, 17; the schema is the transitional one of part 4)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.edition.content import StyledRun, Words
from pipeline.edition.render.pdf.pictures import printable
from pipeline.model import Kind, MarkKind
from pipeline.office import packing, word
from pipeline.office.word import W, child
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._numbering import CountedLevel, ItemPlace

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "arabicAlpha")
"""Formats in which all programs count alike. Word has none for the digits of Persian or Arabic: there, the marker of
each item stands in its definition."""

_APART = "\u202a", "\u202b", "\u202c"
"""Embeddings, which Word knows from long ago; isolates it does not."""
_AS_EMBEDDINGS = str.maketrans("\u2066\u2067\u2068\u2069", "\u202a\u202b\u202a\u202c")

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = {
    "w": W[1:-1],
    "r": _R,
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
}
_PART_TYPE = MEDIA_TYPE.rpartition(".")[0]
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

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
            for id, name in _SEPARATORS.items():
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
                    f"{{{_R}}}id", self.relation("hyperlink", run.link, f"{side.kind}s" if is_note else "document")
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
            "settings": _settings(self.notes),
            "fontTable": _fonts(),
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
        held = {f"word/{name}.xml": _bytes(part) for name, part in parts.items()}
        held |= {f"word/{name}": content for name, content in self.media.values()}
        for name, relations in self.relations.items():
            held[f"word/_rels/{name}.xml.rels"] = _relations(relations.items())
        return packing.packed([*_package(parts, self.published, self.publisher), *held.items()])

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
        return _styles(self.main)

    def numbering(self) -> "_Element":
        return _numbering(self.sides)

    def _section(self, margin: int) -> None:
        section = child(self.body, "sectPr")
        for name, part in (("headerReference", "header"), ("footerReference", "footer")):
            child(section, name, type="default").set(f"{{{_R}}}id", self.relation(part, f"{part}1.xml"))
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


def new_part(name: str) -> "_Element":
    """Return the root of a part of a document."""
    from lxml.etree import Element

    return Element(W + name, nsmap=_NAMES)


def _bytes(element: "_Element") -> bytes:
    from lxml import etree

    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- paragraphs and runs -------------------------------------------------------------


def style_names() -> Iterator[tuple[str, str]]:
    """Yield the names of our styles, and those by which Word knows them."""
    names = (*(style.name for style in office.STYLES), *_OF_CHARACTERS)
    return ((name, _NAMES_IN_WORD.get(name, name)) for name in names)


_OF_CHARACTERS = ("Footnote Reference", "Endnote Reference", "Hyperlink", "HTML Code")


def id_of(style: str) -> str:
    """Return the id of a style by its name."""
    return "TableNormal" if style == "Normal Table" else style.replace(" ", "")


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
    _language(mark, side, side.column.language.direction)
    return made


def _language(properties: "_Element", side: _WordSide, way: str) -> None:
    """Say in which direction and in which language words are; which language reads otherwise there, nobody knows."""
    if way == "rtl":
        child(properties, "rtl")
    if way == side.column.language.direction:
        code = "-".join(filter(None, side.column.language.locale))
        child(properties, "lang", **{"bidi" if way == "rtl" else "val": code})


_TURNED_ON = {MarkKind.STRONG: ("b", "bCs"), MarkKind.EMPHASIS: ("i", "iCs")}


def _run_properties(run: "_Element", styles: Iterable[MarkKind], side: _WordSide, way: str, *, is_link: bool) -> None:
    made, held = child(run, "rPr"), set(styles)
    if is_link or MarkKind.CODE in held:
        child(made, "rStyle", val="Hyperlink" if is_link else "HTMLCode")
    for kind in (MarkKind.STRONG, MarkKind.EMPHASIS):
        for name in _TURNED_ON[kind] if kind in held else ():
            child(made, name)
    for kind in (MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT):
        if kind in held:
            child(made, "vertAlign", val=kind.value)
            break
    _language(made, side, way)


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
    data = _drawn(_drawn(inline, "a:graphic"), "a:graphicData", uri=_NAMES["pic"])
    picture = _drawn(data, "pic:pic")
    about = _drawn(picture, "pic:nvPicPr")
    _drawn(about, "pic:cNvPr", id=str(number), name=f"Picture {number}", descr=alternative)
    _drawn(about, "pic:cNvPicPr")
    fill = _drawn(picture, "pic:blipFill")
    _drawn(fill, "a:blip").set(f"{{{_R}}}embed", relation)
    _drawn(_drawn(fill, "a:stretch"), "a:fillRect")
    shape = _drawn(picture, "pic:spPr")
    place = _drawn(shape, "a:xfrm")
    _drawn(place, "a:off", x="0", y="0")
    _drawn(place, "a:ext", **extent)
    _drawn(_drawn(shape, "a:prstGeom", prst="rect"), "a:avLst")


def _drawn(parent: "_Element", name: str, /, **attributes: str) -> "_Element":
    from lxml.etree import SubElement

    prefix, _, local = name.partition(":")
    return SubElement(parent, f"{{{_NAMES[prefix]}}}{local}", attributes)


# --- styles, lists, settings ---------------------------------------------------------


def _styles(side: _WordSide) -> "_Element":
    code = "-".join(filter(None, side.column.language.locale))
    return deepcopy(_styles_in(code, is_rtl=side.is_rtl))  # whoever asks may change them


@lru_cache(maxsize=32)
def _styles_in(code: str, *, is_rtl: bool) -> "_Element":
    """Return the styles of texts in a language: they are half of what is written of a short text."""
    root = new_part("styles")
    defaults = child(root, "docDefaults")
    properties = child(child(defaults, "rPrDefault"), "rPr")
    child(properties, "rFonts", ascii=office.FONT, hAnsi=office.FONT, eastAsia=office.FONT, cs=office.FONT)
    _size(properties, office.ParagraphStyle("").size)
    child(properties, "lang", **{"bidi" if is_rtl else "val": code})
    child(defaults, "pPrDefault")
    _style(root, "paragraph", "Normal", is_default=True)
    _style(root, "character", "Default Paragraph Font", is_default=True)
    _style(root, "table", "Normal Table", is_default=True)
    for style in office.STYLES:
        _paragraph_style(root, style)
    _character_styles(root)
    return root


def _style(root: "_Element", kind: str, name: str, based_on: str = "", *, is_default: bool = False) -> "_Element":
    default = {"default": "1"} if is_default else {}
    made = child(root, "style", type=kind, **default, styleId=id_of(name))
    child(made, "name", val=_NAMES_IN_WORD.get(name, name))
    if based_on:
        child(made, "basedOn", val=based_on)
    child(made, "qFormat")
    return made


_NAMES_IN_WORD = {
    **{f"Heading {level}": f"heading {level}" for level in range(1, 10)},
    "Caption": "caption",
    **{name: name.lower() for kind in ("Footnote", "Endnote") for name in (f"{kind} Text", f"{kind} Reference")},
    "Header": "header",
    "Footer": "footer",
}
"""Word knows its own styles by these names, whatever it shows."""


def _paragraph_style(root: "_Element", style: office.ParagraphStyle) -> None:
    made = _style(root, "paragraph", style.name, "Normal")
    paragraph = child(made, "pPr")
    if style.keeps_next:
        child(paragraph, "keepNext")
    child(paragraph, "spacing", before=_twips(style.above), after=_twips(style.below))
    if style.indent:
        sides = dict.fromkeys(("left", "right"), _twips(style.indent * 72 / 25.4))
        child(paragraph, "ind", **sides)
    if style.hanging:
        room = _twips(style.hanging * 72 / 25.4)
        child(paragraph, "ind", left=room, hanging=room)
    if style.is_centred:
        child(paragraph, "jc", val="center")
    if style.outline:
        child(paragraph, "outlineLvl", val=str(style.outline - 1))
    letters = child(made, "rPr")
    for kind, is_so in ((MarkKind.STRONG, style.is_bold), (MarkKind.EMPHASIS, style.is_italic)):
        for name in _TURNED_ON[kind] if is_so else ():
            child(letters, name)
    _size(letters, style.size)


def _twips(points: float) -> str:
    return str(round(points * 20))


def _size(properties: "_Element", points: float) -> None:
    """Set the size of letters; those of Arabic are smaller in their font than Latin ones."""
    child(properties, "sz", val=str(round(2 * points)))
    child(properties, "szCs", val=str(round(2 * points * office.LARGER)))


def _character_styles(root: "_Element") -> None:
    for kind in ("Footnote", "Endnote"):
        child(child(_style(root, "character", f"{kind} Reference"), "rPr"), "vertAlign", val="superscript")
    link = child(_style(root, "character", "Hyperlink"), "rPr")
    child(link, "color", val="1F4E79")
    child(link, "u", val="single")
    code = child(_style(root, "character", "HTML Code"), "rPr")
    child(code, "rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs"), office.MONOSPACED))


def _numbering(sides: Iterable[_WordSide]) -> "_Element":
    root = new_part("numbering")
    lists = [(levels, side) for side in sides for levels in side.column.lists.levels()]
    for number, (levels, side) in enumerate(lists, 1):
        one = child(root, "abstractNum", abstractNumId=str(number))
        child(one, "multiLevelType", val="multilevel")
        for place, level in sorted(levels.items()):
            _level(one, place, level, side)
    for number in range(1, len(lists) + 1):
        child(child(root, "num", numId=str(number)), "abstractNumId", val=str(number))
    return root


_STEP = 425
"""From one level of a list to the next."""
_LONG = 3
"""Characters of a marker for which there is no room before the text."""


def _level(into: "_Element", place: int, level: CountedLevel, side: _WordSide) -> None:
    made = child(into, "lvl", ilvl=str(place))
    child(made, "start", val=str(level.start))
    child(made, "numFmt", val=level.form)
    if not level.text or len(level.text.replace("%", "")) > _LONG:
        child(made, "suff", val="space" if level.text else "nothing")
    child(made, "lvlText", val=level.text)
    child(made, "lvlJc", val="left")
    # LibreOffice lets markers begin where they should end, when the text reads from the right.
    room = _STEP // 2 if side.is_rtl else 0
    child(child(made, "pPr"), "ind", left=str(_STEP * (place + 1) + room), hanging=str(_STEP * bool(level.text)))
    _language(child(made, "rPr"), side, side.column.language.direction)


def _fonts() -> "_Element":
    """Return what stands for our fonts where there are none of these names."""
    root = new_part("fonts")
    for name, family, pitch in ((office.FONT, "roman", "variable"), (office.MONOSPACED, "modern", "fixed")):
        font = child(root, "font", name=name)
        child(font, "family", val=family)
        child(font, "pitch", val=pitch)
    return root


_SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}
"""What stands above notes, by the numbers that Word gives it."""


def _settings(kinds: Collection[str]) -> "_Element":
    root = new_part("settings")
    child(root, "defaultTabStop", val=str(_STEP))
    for kind in ("footnote", "endnote"):
        if kind in kinds:
            notes = child(root, f"{kind}Pr")
            child(notes, "numFmt", val="decimal")
            for id in _SEPARATORS:
                child(notes, kind, id=id)
    compatible = child(root, "compat")
    uri = "http://schemas.microsoft.com/office/word"
    child(compatible, "compatSetting", name="compatibilityMode", uri=uri, val="15")
    return root


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


# --- the package ---------------------------------------------------------------------


def _relations(relations: Iterable[tuple[tuple[str, str], str]]) -> bytes:
    from lxml.etree import Element, SubElement

    root = Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    for (kind, target), id in relations:
        one = SubElement(root, "Relationship", Id=id, Type=kind if ":" in kind else f"{_R}/{kind}", Target=target)
        if kind == "hyperlink":
            one.set("TargetMode", "External")
    return _bytes(root)


_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_OTHER_TYPES = {"document": "document.main", "header1": "header", "footer1": "footer"}


def _package(parts: Iterable[str], published: Published, publisher: Publisher) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that say which parts there are, and what the document is called."""
    from lxml.etree import Element, SubElement

    types = Element("Types", xmlns=f"{_PACKAGE}/content-types")
    known = {
        "rels": f"{_XML_PACKAGE}.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
    }
    for suffix, media_type in known.items():
        SubElement(types, "Default", Extension=suffix, ContentType=media_type)
    for name in parts:
        kind = _THEME if name == "theme1" else f"{_PART_TYPE}.{_OTHER_TYPES.get(name, name)}+xml"
        SubElement(types, "Override", PartName=f"/word/{name}.xml", ContentType=kind)
    core = f"{_XML_PACKAGE}.core-properties+xml"
    SubElement(types, "Override", PartName="/docProps/core.xml", ContentType=core)
    yield "[Content_Types].xml", _bytes(types)
    start = (("officeDocument", "word/document.xml"), "rId1")
    about = ((f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"), "rId2")
    yield "_rels/.rels", _relations((start, about))
    yield "docProps/core.xml", _core(published, publisher)


_XML_PACKAGE = "application/vnd.openxmlformats-package"


def _core(published: Published, publisher: Publisher) -> bytes:
    """Return what a document says of itself: its title, subject and language, and nobody's name."""
    from lxml.etree import Element, SubElement

    names = {"cp": f"{_PACKAGE}/metadata/core-properties", "dc": "http://purl.org/dc/elements/1.1/"}
    root = Element(f"{{{names['cp']}}}coreProperties", nsmap=names)
    said = {
        "title": office.title(published),
        "subject": office.subject(published, publisher),
        "language": published.lang,
    }
    for name, text in said.items():
        if text:
            SubElement(root, f"{{{names['dc']}}}{name}").text = text
    return _bytes(root)
