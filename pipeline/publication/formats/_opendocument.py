"""A published text as an OpenDocument text (OASIS OpenDocument 1.3, part 3)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import TYPE_CHECKING

from pipeline.edition import direction
from pipeline.edition.content import StyledRun, Words
from pipeline.edition.direction import LRI, PDI, RLI
from pipeline.edition.render.pdf.pictures import printable
from pipeline.languages import Language
from pipeline.model import Kind, MarkKind
from pipeline.office import packing
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._numbering import BULLET, CountedLevel, ItemPlace

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_SAMPLES = {
    "decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
    "hindiNumbers": "۱, ۲, ۳, ...", "arabicNumbers": "١, ٢, ٣, ...",
}  # fmt: skip
"""How numbers are written, by the formats that count so (19.505)."""
FORMS = tuple(_SAMPLES)

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    **{name: f"{_OASIS}:{name}:1.0" for name in ("office", "style", "text", "table", "meta", "manifest")},
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_VERSION = "1.3"

_WIDTH, _HEIGHT = 210.0, 297.0
"""Of A4, in millimetres."""
_MARGIN, _NARROW = 23.0, 17.0
_POINTS = 96 / 25.4
"""Of a picture, in a millimetre."""


def alone(published: Published, publisher: Publisher) -> bytes:
    """Return a published text in its language."""
    column = office.column(published, publisher, FORMS)
    file = _OdtFile(published, publisher, [column], _MARGIN)
    file.add(file.body, column.parts, file.sides[0], file.width)
    return file.packed()


def both(published: Published, publisher: Publisher) -> bytes:
    """Return a published text beside its original, as a table with a row for each block."""
    pair = office.pair(published, publisher, FORMS)
    file = _OdtFile(published, publisher, pair.columns, _NARROW)
    file.add_pair(pair)
    return file.packed()


_Placed = tuple[office.StyledParagraph, ItemPlace]


@dataclass(slots=True)
class _OdtSide:
    """A text as it stands in a file: what its names begin with, and which of its notes are written."""

    column: office.FileText
    name: str
    kind: str = "footnote"
    """Of its notes: those of an original are endnotes, so that both are counted from 1."""
    notes: dict[int, str] = field(default_factory=dict)
    """The ids of notes by their rows."""
    lists: dict[int, str] = field(default_factory=dict)
    """The ids of what was last written of each list."""

    @property
    def is_rtl(self) -> bool:
        return self.column.is_rtl


class _OdtFile:
    """A text as it is put together."""

    def __init__(
        self, published: Published, publisher: Publisher, columns: Sequence[office.FileText], margin: float
    ) -> None:
        self.published, self.publisher, self.margin = published, publisher, margin
        self.width = _WIDTH - 2 * margin
        kinds = ("footnote",) if len(columns) == 1 else ("endnote", "footnote")
        self.sides = [_OdtSide(one, "AB"[at], kinds[at]) for at, one in enumerate(columns)]
        self.main = self.sides[-1]
        self.content = _root("office:document-content")
        _fonts(self.content)
        automatic = _child(self.content, "office:automatic-styles")
        self.styles = _Automatic(automatic)
        self.body = _child(_child(self.content, "office:body"), "office:text")
        self.media: dict[str, tuple[str, bytes]] = {}
        self.lists = self.tables = self.drawn = 0
        for side in self.sides:
            for number, levels in enumerate(side.column.lists.levels()):
                _list_style(automatic, f"{side.name}{number}", levels, is_rtl=side.is_rtl)

    # --- parts of a text

    def add(self, into: "_Element", parts: Iterable[office.Part], side: _OdtSide, width: float) -> None:
        for kind, group in groupby(parts, _kind_of_list):
            if kind:
                items = [
                    (part, part.place) for part in group if isinstance(part, office.StyledParagraph) and part.place
                ]
                self.items(into, items, side, 0)
                continue
            for part in group:
                self.part(into, part, side, width)

    def part(self, into: "_Element", part: office.Part, side: _OdtSide, width: float) -> None:
        if isinstance(part, office.CellGrid):
            self.grid(into, part, side, width)
        elif isinstance(part, office.ShownPicture):
            self.picture(into, part, side, width)
        elif isinstance(part, office.DrawnLine):
            self.paragraph(into, "Separator", (), side)
        else:
            self.paragraph(into, part.style, part.words, side)

    def paragraph(self, into: "_Element", style: str, words: Words, side: _OdtSide) -> "_Element":
        heading = re.fullmatch("Heading ([1-9])", style)
        made = _child(into, "text:h" if heading else "text:p", {"text:style-name": self.styles.paragraph(style, side)})
        if heading:
            made.set(_named("text:outline-level"), heading[1])
        self.words(made, words, side)
        return made

    def items(self, into: "_Element", items: Sequence[_Placed], side: _OdtSide, depth: int) -> None:
        """Add items of this depth and deeper ones, which stand inside the item before them."""
        open_list: _Element | None = None
        number = -1
        for is_deeper, group in groupby(items, lambda one: one[1].level > depth):
            held = list(group)
            for part, place in [(None, held[0][1])] if is_deeper else held:
                if open_list is None or (part and place.list != number):
                    number = place.list
                    open_list = self.list(into, place, side, depth)
                if part:
                    self.item(open_list, part, place, side)
                else:
                    self.items(_last_item(open_list), held, side, depth + 1)

    def list(self, into: "_Element", place: ItemPlace, side: _OdtSide, depth: int) -> "_Element":
        made = _child(into, "text:list", {"text:style-name": f"{side.name}{place.list}"})
        if depth == 0:
            self.lists += 1
            made.set(_named("xml:id"), f"list{self.lists}")
            if not place.is_first and place.list in side.lists:
                made.set(_named("text:continue-list"), side.lists[place.list])
            side.lists[place.list] = f"list{self.lists}"
        return made

    def item(self, into: "_Element", part: office.StyledParagraph, place: ItemPlace, side: _OdtSide) -> None:
        item = _child(into, "text:list-item")
        start = side.column.lists.level(place).start
        goes_on = len(into) > 1 or into.get(_named("text:continue-list"))
        if place.ordinal not in (None, start) and not goes_on:
            item.set(_named("text:start-value"), str(place.ordinal))
        self.paragraph(item, part.style, part.words, side)

    def grid(self, into: "_Element", grid: office.CellGrid, side: _OdtSide, width: float) -> None:
        grid = grid.within(width)
        widths = [width * share for share in grid.shares]
        rows = self.table(into, widths, side, heads=grid.header_rows)
        cell_style = self.styles.cell("0.5pt solid #808080" if grid.kind is Kind.TABLE else "none")
        for number, (line, row) in enumerate(zip(grid.lines, rows, strict=False)):
            for at in range(len(widths)):
                words = line[at] if at < len(line) else ()
                self.paragraph(_cell(row, cell_style), grid.style(number), words, side)

    def table(self, into: "_Element", widths: Sequence[float], side: _OdtSide, *, heads: int) -> "Iterator[_Element]":
        """Add a table and yield its rows, as many as are asked for."""
        self.tables += 1
        style = self.styles.table(sum(widths), is_rtl=side.is_rtl)
        made = _child(into, "table:table", {"table:name": f"Table{self.tables}", "table:style-name": style})
        for width in widths:
            _child(made, "table:table-column", {"table:style-name": self.styles.table_column(width)})
        head = _child(made, "table:table-header-rows") if heads else made
        for number in count():
            yield _child(head if number < heads else made, "table:table-row")

    def add_pair(self, pair: office.SideBySide) -> None:
        half = self.width / 2
        rows = self.table(self.body, [half, half], self.sides[0], heads=1)
        style = self.styles.cell("0.5pt solid #d9d9d9")
        head = next(rows)
        for side in self.sides:
            name = side.column.language.name_of(side.column.language)
            self.paragraph(_cell(head, style), "Table Heading", office.words(name, side.column.language), side)
        for parts, row in zip(pair.rows, rows, strict=False):
            for side, held in zip(self.sides, parts, strict=True):
                cell = _cell(row, style)
                self.add(cell, held, side, half - 2 * _CELL_MARGIN)
                if not held:
                    self.paragraph(cell, "Table Contents", (), side)

    def picture(self, into: "_Element", picture: office.ShownPicture, side: _OdtSide, width: float) -> None:
        content = printable(self.published.pictures[picture.name], picture.name)
        kind, points = office.look_of(content)
        name, _ = self.media.setdefault(picture.name, (f"Pictures/picture{len(self.media) + 1}.{kind}", content))
        wide, high = office.fitted([point / _POINTS for point in points], width)
        self.drawn += 1
        size = {"svg:width": f"{wide:.2f}mm", "svg:height": f"{high:.2f}mm"}
        frame = _child(
            self.paragraph(into, "Picture", (), side), "draw:frame",
            {"draw:name": f"Picture {self.drawn}", "text:anchor-type": "as-char", **size},
        )  # fmt: skip
        _child(frame, "draw:image", {"xlink:href": name, "xlink:type": "simple"})
        _child(frame, "svg:desc").text = picture.alternative

    # --- what stands in a paragraph

    def words(self, paragraph: "_Element", words: Words, side: _OdtSide, *, is_note: bool = False) -> None:
        for run, way in office.runs(words, side.column.language, (LRI, RLI, PDI)):
            if run.is_break:
                _child(paragraph, "text:line-break")
            elif run.note >= 0 and not is_note and run.note in side.column.notes:
                self.reference(paragraph, run, side)
            else:
                self.run(paragraph, run, way, side)

    def run(self, paragraph: "_Element", run: StyledRun, way: str, side: _OdtSide) -> None:
        into = paragraph
        if run.link:
            into = _child(into, "text:a", {"xlink:type": "simple", "xlink:href": run.link})
        styles = {*run.styles} | ({MarkKind.SUPERSCRIPT} if run.note >= 0 else set())
        if name := self.styles.text(styles, way, side):
            into = _child(into, "text:span", {"text:style-name": name})
        _say(into, run.text, is_first=not len(paragraph) and not paragraph.text)

    def reference(self, paragraph: "_Element", run: StyledRun, side: _OdtSide) -> None:
        """Refer to a note; where that is done again, to the note by its number."""
        if run.note in side.notes:
            about = {
                "text:note-class": side.kind,
                "text:ref-name": side.notes[run.note],
                "text:reference-format": "text",
            }
            _child(paragraph, "text:note-ref", about).text = run.text
            return
        side.notes[run.note] = id = f"{side.kind}{len(side.notes) + 1}"
        note = _child(paragraph, "text:note", {"text:id": id, "text:note-class": side.kind})
        citation = _child(note, "text:note-citation")
        citation.text = run.text
        if not (side.column.are_counted and _sample(side.column.language)):
            citation.set(_named("text:label"), run.text)
        body = _child(note, "text:note-body")
        made = _child(
            body, "text:p", {"text:style-name": self.styles.paragraph(f"{side.kind.capitalize()} Text", side)}
        )
        self.words(made, side.column.notes[run.note].words, side, is_note=True)

    # --- the file

    def packed(self) -> bytes:
        parts = {
            "content.xml": _bytes(self.content),
            "styles.xml": _bytes(_styles_of(self)),
            "meta.xml": _bytes(_meta(self.published, self.publisher)),
            **dict(self.media.values()),
        }
        held = {"mimetype": MEDIA_TYPE.encode(), **parts, "META-INF/manifest.xml": _bytes(_manifest(parts))}
        return packing.packed(held.items(), stored="mimetype")


def _kind_of_list(part: office.Part) -> str:
    """Return in which lists a part stands: those of items, those of headings, or none."""
    if not isinstance(part, office.StyledParagraph) or part.place is None:
        return ""
    return "heading" if part.style.startswith("Heading") else "item"


def _last_item(of: "_Element") -> "_Element":
    return of[-1] if len(of) else _child(of, "text:list-item")


def _cell(row: "_Element", style: str) -> "_Element":
    return _child(row, "table:table-cell", {"table:style-name": style, "office:value-type": "string"})


_CELL_MARGIN = 2.0


def _say(element: "_Element", text: str, *, is_first: bool) -> None:
    """Append a text; what XML would lose of its spaces, as elements (6.1.2)."""
    before = " " if is_first else ""
    for character in text:
        if character == "\t":
            _child(element, "text:tab")
        elif character == " " and before in (" ", "\t"):
            _child(element, "text:s")
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + character
        else:
            element.text = (element.text or "") + character
        before = character


# --- elements ------------------------------------------------------------------------


def _named(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _root(name: str) -> "_Element":
    from lxml.etree import Element

    names = {prefix: address for prefix, address in _NAMES.items() if prefix not in ("xml", "manifest")}
    return Element(_named(name), {_named("office:version"): _VERSION}, nsmap=names)


def _child(parent: "_Element", name: str, attributes: Mapping[str, str] | None = None) -> "_Element":
    from lxml.etree import SubElement

    return SubElement(parent, _named(name), {_named(key): value for key, value in (attributes or {}).items()})


def _bytes(element: "_Element") -> bytes:
    from lxml import etree

    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")


# --- styles that stand for what is said of single places -----------------------------


class _Automatic:
    """The styles of single paragraphs, words and cells, each once."""

    def __init__(self, into: "_Element") -> None:
        self.into = into
        self.known: dict[tuple[str, ...], str] = {}

    def _style(self, family: str, *key: str) -> "tuple[str, _Element | None]":
        """Return the name of a style that stands for this, and its element if it is new."""
        whole = (family, *key)
        if whole in self.known:
            return self.known[whole], None
        name = f"{''.join(word[0] for word in family.split('-')).upper()}{len(self.known) + 1}"
        self.known[whole] = name
        return name, _child(self.into, "style:style", {"style:name": name, "style:family": family})

    def paragraph(self, style: str, side: _OdtSide) -> str:
        name, made = self._style("paragraph", style, side.name)
        if made is not None:
            made.set(_named("style:parent-style-name"), _id(style))
            _child(made, "style:paragraph-properties", _way(style, side))
            _child(made, "style:text-properties", _language(side.column.language))
        return name

    def text(self, kinds: Set[MarkKind], way: str, side: _OdtSide) -> str:
        """Return the style of words; empty where they are as their paragraph is."""
        said = {name: value for kind in sorted(kinds) for name, value in _OF_MARKS.get(kind, {}).items()}
        is_code = MarkKind.CODE in kinds
        if not said and not is_code:
            return ""
        name, made = self._style("text", *sorted(kinds))
        if made is not None:
            if is_code:
                made.set(_named("style:parent-style-name"), "Source_20_Text")
            if said:
                _child(made, "style:text-properties", said)
        return name

    def table(self, width: float, *, is_rtl: bool) -> str:
        name, made = self._style("table", f"{width:.2f}", str(is_rtl))
        if made is not None:
            said = {"style:width": f"{width:.2f}mm", "table:align": "left", "fo:margin-bottom": "2mm"}
            mode = {"style:writing-mode": "rl-tb" if is_rtl else "lr-tb"}
            _child(made, "style:table-properties", said | mode | ({"table:align": "right"} if is_rtl else {}))
        return name

    def table_column(self, width: float) -> str:
        name, made = self._style("table-column", f"{width:.2f}")
        if made is not None:
            _child(made, "style:table-column-properties", {"style:column-width": f"{width:.2f}mm"})
        return name

    def cell(self, border: str) -> str:
        name, made = self._style("table-cell", border)
        if made is not None:
            _child(made, "style:table-cell-properties", {"fo:border": border, "fo:padding": f"{_CELL_MARGIN / 2}mm"})
        return name


def _way(style: str, side: _OdtSide) -> dict[str, str]:
    """Return how a paragraph runs; LibreOffice takes its «start» for the left side in every language."""
    if not side.is_rtl:
        return {"style:writing-mode": "lr-tb"}
    is_centred = any(one.is_centred for one in office.STYLES if one.name == style)
    return {"style:writing-mode": "rl-tb"} | ({} if is_centred else {"fo:text-align": "right"})


def _twice(values: Mapping[str, str]) -> dict[str, str]:
    """Return properties of letters, and the same for those of scripts from right to left."""
    return {**values, **{f"{name.replace('fo:', 'style:')}-complex": value for name, value in values.items()}}


_BOLD, _ITALIC = _twice({"fo:font-weight": "bold"}), _twice({"fo:font-style": "italic"})
_OF_MARKS = {
    MarkKind.STRONG: _BOLD,
    MarkKind.EMPHASIS: _ITALIC,
    MarkKind.SUPERSCRIPT: {"style:text-position": "super 58%"},
    MarkKind.SUBSCRIPT: {"style:text-position": "sub 58%"},
}


def _language(language: Language) -> dict[str, str]:
    code, country = language.locale
    said = {"fo:language": code, "fo:country": country or "none"}
    if language.direction == "rtl":
        return {f"{name.replace('fo:', 'style:')}-complex": value for name, value in said.items()}
    return said


# --- styles.xml ----------------------------------------------------------------------

_OTHER_NAMES = {
    "Body Text": "Text body", "Quote": "Quotations", "Footnote Text": "Footnote", "Endnote Text": "Endnote",
    "Separator": "Horizontal Line",
}  # fmt: skip
"""What LibreOffice calls what Word calls otherwise."""


def _id(style: str) -> str:
    return _OTHER_NAMES.get(style, style).replace(" ", "_20_")


def _styles_of(file: _OdtFile) -> "_Element":
    root = _root("office:document-styles")
    _fonts(root)
    styles = _child(root, "office:styles")
    _defaults(styles, file.main)
    for style in office.STYLES:
        _paragraph_style(styles, style)
    code = _style(styles, "Source Text", "text")
    faces = {"style:font-name": office.MONOSPACED, "style:font-name-complex": office.MONOSPACED}
    _child(code, "style:text-properties", faces)
    for side in file.sides:
        _notes_configuration(styles, side)
    _page(root, file)
    return root


def _style(into: "_Element", name: str, family: str) -> "_Element":
    shown = _OTHER_NAMES.get(name, name)
    display = {"style:display-name": shown} if " " in shown else {}
    return _child(into, "style:style", {"style:name": _id(name), **display, "style:family": family})


def _fonts(root: "_Element") -> None:
    faces = _child(root, "office:font-face-decls")
    for name, generic, pitch in ((office.FONT, "roman", "variable"), (office.MONOSPACED, "modern", "fixed")):
        said = {"style:name": name, "svg:font-family": f"'{name}'", "style:font-family-generic": generic}
        _child(faces, "style:font-face", {**said, "style:font-pitch": pitch})


def _defaults(styles: "_Element", side: _OdtSide) -> None:
    default = _child(styles, "style:default-style", {"style:family": "paragraph"})
    mode = "rl-tb" if side.is_rtl else "lr-tb"
    _child(default, "style:paragraph-properties", {"style:writing-mode": mode, "fo:orphans": "2", "fo:widows": "2"})
    faces = {"style:font-name": office.FONT, "style:font-name-complex": office.FONT}
    _child(
        default,
        "style:text-properties",
        faces | _sizes(office.ParagraphStyle("").size) | _language(side.column.language),
    )
    _child(styles, "style:style", {"style:name": "Standard", "style:family": "paragraph", "style:class": "text"})


def _sizes(points: float) -> dict[str, str]:
    return {"fo:font-size": f"{points:g}pt", "style:font-size-complex": f"{points * office.LARGER:.1f}pt"}


def _paragraph_style(styles: "_Element", style: office.ParagraphStyle) -> None:
    made = _style(styles, style.name, "paragraph")
    made.set(_named("style:parent-style-name"), "Standard")
    if style.outline:
        made.set(_named("style:default-outline-level"), str(style.outline))
    said = {"fo:margin-top": f"{style.above:g}pt", "fo:margin-bottom": f"{style.below:g}pt"}
    if style.indent:
        said |= {"fo:margin-left": f"{style.indent:g}mm", "fo:margin-right": f"{style.indent:g}mm"}
    if style.hanging:
        said |= {"fo:margin-left": f"{style.hanging:g}mm", "fo:text-indent": f"-{style.hanging:g}mm"}
    said |= {"fo:text-align": "center"} if style.is_centred else {}
    said |= {"fo:keep-with-next": "always"} if style.keeps_next else {}
    said |= {"fo:border-bottom": "0.5pt solid #808080"} if style.name == "Separator" else {}
    _child(made, "style:paragraph-properties", said)
    letters = _sizes(style.size) | (_BOLD if style.is_bold else {}) | (_ITALIC if style.is_italic else {})
    _child(made, "style:text-properties", letters)


def _sample(language: Language) -> str:
    """Return how a program is asked for the digits of a language; empty where it has none."""
    return {"0123456789": "1", "۰۱۲۳۴۵۶۷۸۹": "۱, ۲, ۳, ...", "٠١٢٣٤٥٦٧٨٩": "١, ٢, ٣, ..."}.get(
        "".join(language.digits), ""
    )


def _notes_configuration(styles: "_Element", side: _OdtSide) -> None:
    sample = _sample(side.column.language) or "1"
    said = {"text:note-class": side.kind, "style:num-format": sample, "text:start-value": "0"}
    if side.kind == "footnote":
        said |= {"text:footnotes-position": "page", "text:start-numbering-at": "document"}
    _child(styles, "text:notes-configuration", said)


_STEP = 7.5
"""Millimetres from one level of a list to the next."""
_LONG = 3
"""Characters of a marker for which there is no room before the text."""


def _list_style(into: "_Element", name: str, levels: Mapping[int, CountedLevel], *, is_rtl: bool) -> None:
    made = _child(into, "text:list-style", {"style:name": name})
    for place, level in sorted(levels.items()):
        said = {"text:level": str(place + 1)}
        if level.form == BULLET and len(level.text) == 1:
            one = _child(made, "text:list-level-style-bullet", {**said, "text:bullet-char": level.text})
        else:
            one = _child(made, "text:list-level-style-number", said | _counting(place, level))
        _indent(one, place, is_long=len(level.text.replace("%", "")) > _LONG, is_shown=bool(level.text), is_rtl=is_rtl)


def _counting(place: int, level: CountedLevel) -> dict[str, str]:
    """Return how a level is numbered; a marker that is not counted stands before a number that does not show."""
    if not level.is_counted:
        return {"style:num-format": "", "style:num-prefix": level.text, "text:start-value": str(max(level.start, 1))}
    first = re.search("%([1-9])", level.text)
    before, after = level.text[: first.start() if first else 0], level.text.rpartition(f"%{place + 1}")[2]
    shown = place + 2 - int(first[1]) if first else 1
    said = {"style:num-format": _SAMPLES[level.form], "style:num-prefix": before, "style:num-suffix": after}
    said |= {"text:display-levels": str(shown)} if shown > 1 else {}
    return {name: text for name, text in said.items() if text} | {"text:start-value": str(max(level.start, 1))}


def _indent(level: "_Element", place: int, *, is_long: bool, is_shown: bool, is_rtl: bool) -> None:
    mode = {"text:list-level-position-and-space-mode": "label-alignment"}
    properties = _child(level, "style:list-level-properties", mode)
    # LibreOffice lets markers begin where they should end, when the text reads from the right.
    room = f"{_STEP * (place + 1) + (_STEP / 2 if is_rtl else 0):g}mm"
    said = {
        "text:label-followed-by": "space" if is_long else "listtab" if is_shown else "nothing",
        "fo:margin-left": room,
    }
    stop = {"text:list-tab-stop-position": room} if is_shown and not is_long else {}
    _child(
        properties, "style:list-level-label-alignment", {**said, **stop, "fo:text-indent": f"-{_STEP * is_shown:g}mm"}
    )


def _page(root: "_Element", file: _OdtFile) -> None:
    """Add the page, its head with the title, and its foot with its number."""
    automatic = _child(root, "office:automatic-styles")
    layout = _child(automatic, "style:page-layout", {"style:name": "Page"})
    side = file.main
    sizes = {"fo:page-width": f"{_WIDTH:g}mm", "fo:page-height": f"{_HEIGHT:g}mm"}
    margins = dict.fromkeys(("fo:margin-left", "fo:margin-right"), f"{file.margin:g}mm")
    margins |= dict.fromkeys(("fo:margin-top", "fo:margin-bottom"), "15mm")
    mode = {"style:writing-mode": "rl-tb" if side.is_rtl else "lr-tb", "style:print-orientation": "portrait"}
    counted = {"style:num-format": _sample(side.column.language) or "1"}
    _child(layout, "style:page-layout-properties", sizes | margins | mode | counted)
    for name, gap in (("header", "fo:margin-bottom"), ("footer", "fo:margin-top")):
        _child(_child(layout, f"style:{name}-style"), "style:header-footer-properties", {gap: "5mm"})
    styles = _Automatic(automatic)
    master = _child(_child(root, "office:master-styles"), "style:master-page", _MASTER)
    head = _child(_child(master, "style:header"), "text:p", {"text:style-name": styles.paragraph("Header", side)})
    head.text = direction.isolated(office.title(file.published), side.column.language.direction)
    foot = _child(_child(master, "style:footer"), "text:p", {"text:style-name": styles.paragraph("Footer", side)})
    office.page_label(
        side.column.language,
        lambda name: _number(foot, name, counted),
        lambda text: _say(foot, text, is_first=not len(foot)),
    )


_MASTER = {"style:name": "Standard", "style:page-layout-name": "Page"}


def _number(paragraph: "_Element", name: str, counted: Mapping[str, str]) -> None:
    current = {"text:select-page": "current"} if name == "page" else {}
    kind = {"page": "text:page-number", "pages": "text:page-count"}[name]
    _child(paragraph, kind, {**counted, **current}).text = "1"


# --- the package ---------------------------------------------------------------------


def _meta(published: Published, publisher: Publisher) -> "_Element":
    """Return what a document says of itself: its title, subject and language, and nobody's name."""
    root = _root("office:document-meta")
    meta = _child(root, "office:meta")
    said = {
        "dc:title": office.title(published),
        "dc:subject": office.subject(published, publisher),
        "dc:language": published.lang,
    }
    for name, text in said.items():
        if text:
            _child(meta, name).text = text
    return root


_TYPES = {"xml": "text/xml", "png": "image/png", "jpeg": "image/jpeg"}


def _manifest(parts: Iterable[str]) -> "_Element":
    from lxml.etree import Element

    manifest = {_named("manifest:version"): _VERSION}
    root = Element(_named("manifest:manifest"), manifest, nsmap={"manifest": _NAMES["manifest"]})
    types = {"/": MEDIA_TYPE, **{name: _TYPES[name.rpartition(".")[2]] for name in parts}}
    for name, media_type in types.items():
        said = {"manifest:full-path": name, "manifest:media-type": media_type}
        _child(root, "manifest:file-entry", said | ({"manifest:version": _VERSION} if name == "/" else {}))
    return root
