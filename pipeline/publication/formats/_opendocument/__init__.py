"""A published text as an OpenDocument text (OASIS OpenDocument 1.3, part 3)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import TYPE_CHECKING

from pipeline.edition.content import StyledRun, Words
from pipeline.edition.direction import LRI, PDI, RLI
from pipeline.edition.render.pdf.pictures import printable
from pipeline.model import Kind, MarkKind
from pipeline.office import packing
from pipeline.publication import Published, Publisher
from pipeline.publication.formats import _office as office
from pipeline.publication.formats._numbering import ItemPlace
from pipeline.publication.formats._opendocument.elements import child, named, root, say, serialised
from pipeline.publication.formats._opendocument.numbering import FORMS, list_style, sample
from pipeline.publication.formats._opendocument.package import MEDIA_TYPE, manifest, meta
from pipeline.publication.formats._opendocument.page import WIDTH, add_page
from pipeline.publication.formats._opendocument.sides import OdtSide
from pipeline.publication.formats._opendocument.styles import CELL_MARGIN, OdtAutomatic, add_fonts, add_named

if TYPE_CHECKING:
    from lxml.etree import _Element

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


class _OdtFile:
    """A text as it is put together."""

    def __init__(
        self, published: Published, publisher: Publisher, columns: Sequence[office.FileText], margin: float
    ) -> None:
        self.published, self.publisher, self.margin = published, publisher, margin
        self.width = WIDTH - 2 * margin
        kinds = ("footnote",) if len(columns) == 1 else ("endnote", "footnote")
        self.sides = [OdtSide(one, "AB"[at], kinds[at]) for at, one in enumerate(columns)]
        self.content = root("office:document-content")
        add_fonts(self.content)
        automatic = child(self.content, "office:automatic-styles")
        self.styles = OdtAutomatic(automatic)
        self.body = child(child(self.content, "office:body"), "office:text")
        self.media: dict[str, tuple[str, bytes]] = {}
        self.lists = self.tables = self.drawn = 0
        for side in self.sides:
            for number, levels in enumerate(side.column.lists.levels()):
                list_style(automatic, f"{side.name}{number}", levels, is_rtl=side.is_rtl)

    # --- parts of a text

    def add(self, into: "_Element", parts: Iterable[office.Part], side: OdtSide, width: float) -> None:
        for kind, group in groupby(parts, _kind_of_list):
            if kind:
                items = [
                    (part, part.place) for part in group if isinstance(part, office.StyledParagraph) and part.place
                ]
                self.items(into, items, side, 0)
                continue
            for part in group:
                self.part(into, part, side, width)

    def part(self, into: "_Element", part: office.Part, side: OdtSide, width: float) -> None:
        if isinstance(part, office.CellGrid):
            self.grid(into, part, side, width)
        elif isinstance(part, office.ShownPicture):
            self.picture(into, part, side, width)
        elif isinstance(part, office.DrawnLine):
            self.paragraph(into, "Separator", (), side)
        else:
            self.paragraph(into, part.style, part.words, side)

    def paragraph(self, into: "_Element", style: str, words: Words, side: OdtSide) -> "_Element":
        heading = re.fullmatch("Heading ([1-9])", style)
        made = child(into, "text:h" if heading else "text:p", {"text:style-name": self.styles.paragraph(style, side)})
        if heading:
            made.set(named("text:outline-level"), heading[1])
        self.words(made, words, side)
        return made

    def items(self, into: "_Element", items: Sequence[_Placed], side: OdtSide, depth: int) -> None:
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

    def list(self, into: "_Element", place: ItemPlace, side: OdtSide, depth: int) -> "_Element":
        made = child(into, "text:list", {"text:style-name": f"{side.name}{place.list}"})
        if depth == 0:
            self.lists += 1
            made.set(named("xml:id"), f"list{self.lists}")
            if not place.is_first and place.list in side.lists:
                made.set(named("text:continue-list"), side.lists[place.list])
            side.lists[place.list] = f"list{self.lists}"
        return made

    def item(self, into: "_Element", part: office.StyledParagraph, place: ItemPlace, side: OdtSide) -> None:
        item = child(into, "text:list-item")
        start = side.column.lists.level(place).start
        goes_on = len(into) > 1 or into.get(named("text:continue-list"))
        if place.ordinal not in (None, start) and not goes_on:
            item.set(named("text:start-value"), str(place.ordinal))
        self.paragraph(item, part.style, part.words, side)

    def grid(self, into: "_Element", grid: office.CellGrid, side: OdtSide, width: float) -> None:
        grid = grid.within(width)
        widths = [width * share for share in grid.shares]
        rows = self.table(into, widths, side, heads=grid.header_rows)
        cell_style = self.styles.cell("0.5pt solid #808080" if grid.kind is Kind.TABLE else "none")
        for number, (line, row) in enumerate(zip(grid.lines, rows, strict=False)):
            for at in range(len(widths)):
                words = line[at] if at < len(line) else ()
                self.paragraph(_cell(row, cell_style), grid.style(number), words, side)

    def table(self, into: "_Element", widths: Sequence[float], side: OdtSide, *, heads: int) -> "Iterator[_Element]":
        """Add a table and yield its rows, as many as are asked for."""
        self.tables += 1
        style = self.styles.table(sum(widths), is_rtl=side.is_rtl)
        made = child(into, "table:table", {"table:name": f"Table{self.tables}", "table:style-name": style})
        for width in widths:
            child(made, "table:table-column", {"table:style-name": self.styles.table_column(width)})
        head = child(made, "table:table-header-rows") if heads else made
        for number in count():
            yield child(head if number < heads else made, "table:table-row")

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
                self.add(cell, held, side, half - 2 * CELL_MARGIN)
                if not held:
                    self.paragraph(cell, "Table Contents", (), side)

    def picture(self, into: "_Element", picture: office.ShownPicture, side: OdtSide, width: float) -> None:
        content = printable(self.published.pictures[picture.name], picture.name)
        kind, points = office.look_of(content)
        name, _ = self.media.setdefault(picture.name, (f"Pictures/picture{len(self.media) + 1}.{kind}", content))
        wide, high = office.fitted([point / _POINTS for point in points], width)
        self.drawn += 1
        size = {"svg:width": f"{wide:.2f}mm", "svg:height": f"{high:.2f}mm"}
        frame = child(
            self.paragraph(into, "Picture", (), side), "draw:frame",
            {"draw:name": f"Picture {self.drawn}", "text:anchor-type": "as-char", **size},
        )  # fmt: skip
        child(frame, "draw:image", {"xlink:href": name, "xlink:type": "simple"})
        child(frame, "svg:desc").text = picture.alternative

    # --- what stands in a paragraph

    def words(self, paragraph: "_Element", words: Words, side: OdtSide, *, is_note: bool = False) -> None:
        for run, way in office.runs(words, side.column.language, (LRI, RLI, PDI)):
            if run.is_break:
                child(paragraph, "text:line-break")
            elif run.note >= 0 and not is_note and run.note in side.column.notes:
                self.reference(paragraph, run, side)
            else:
                self.run(paragraph, run, way, side)

    def run(self, paragraph: "_Element", run: StyledRun, way: str, side: OdtSide) -> None:
        into = paragraph
        if run.link:
            into = child(into, "text:a", {"xlink:type": "simple", "xlink:href": run.link})
        styles = {*run.styles} | ({MarkKind.SUPERSCRIPT} if run.note >= 0 else set())
        if name := self.styles.text(styles, way, side):
            into = child(into, "text:span", {"text:style-name": name})
        say(into, run.text, is_first=not len(paragraph) and not paragraph.text)

    def reference(self, paragraph: "_Element", run: StyledRun, side: OdtSide) -> None:
        """Refer to a note; where that is done again, to the note by its number."""
        if run.note in side.notes:
            about = {
                "text:note-class": side.kind,
                "text:ref-name": side.notes[run.note],
                "text:reference-format": "text",
            }
            child(paragraph, "text:note-ref", about).text = run.text
            return
        side.notes[run.note] = id = f"{side.kind}{len(side.notes) + 1}"
        note = child(paragraph, "text:note", {"text:id": id, "text:note-class": side.kind})
        citation = child(note, "text:note-citation")
        citation.text = run.text
        if not (side.column.are_counted and sample(side.column.language)):
            citation.set(named("text:label"), run.text)
        body = child(note, "text:note-body")
        made = child(body, "text:p", {"text:style-name": self.styles.paragraph(f"{side.kind.capitalize()} Text", side)})
        self.words(made, side.column.notes[run.note].words, side, is_note=True)

    # --- the file

    def packed(self) -> bytes:
        parts = {
            "content.xml": serialised(self.content),
            "styles.xml": serialised(self._styles()),
            "meta.xml": serialised(meta(self.published, self.publisher)),
            **dict(self.media.values()),
        }
        held = {"mimetype": MEDIA_TYPE.encode(), **parts, "META-INF/manifest.xml": serialised(manifest(parts))}
        return packing.packed(held.items(), stored="mimetype")

    def _styles(self) -> "_Element":
        made = root("office:document-styles")
        add_fonts(made)
        add_named(made, self.sides)
        add_page(made, office.title(self.published), self.sides[-1], self.margin)
        return made


def _kind_of_list(part: office.Part) -> str:
    """Return in which lists a part stands: those of items, those of headings, or none."""
    if not isinstance(part, office.StyledParagraph) or part.place is None:
        return ""
    return "heading" if part.style.startswith("Heading") else "item"


def _last_item(of: "_Element") -> "_Element":
    return of[-1] if len(of) else child(of, "text:list-item")


def _cell(row: "_Element", style: str) -> "_Element":
    return child(row, "table:table-cell", {"table:style-name": style, "office:value-type": "string"})
