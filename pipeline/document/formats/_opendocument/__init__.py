"""OpenDocument texts, as LibreOffice and others save them (OASIS OpenDocument 1.3, part 3).

Tracked changes are accepted: what was deleted stands apart from the text there, and is not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.document.formats import _lines
from pipeline.document.formats._opendocument import drawings, held
from pipeline.document.formats._opendocument.lists import OdtLists
from pipeline.document.formats._opendocument.styles import OdtLetters, OdtStyle, OdtStyles
from pipeline.document.formats._sight import Sight
from pipeline.document.formats._stylenames import ABOVE_FURNITURE, FURNITURE, KINDS
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.office import archive, symbols, xml
from pipeline.office.xml import attribute, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASIDE = {
    "annotation", "annotation-end", "tracked-changes", "ruby-text", "title", "desc", "placeholder", "script",
    "covered-table-cell", "forms", "hidden-text", "hidden-paragraph", "sequence-decls", "variable-decls",
    "user-field-decls", "dde-connection-decls",
}  # fmt: skip
"""Elements that are no part of the running text, or do not show."""
_AROUND_WORDS = ("span", "a", "meta", "meta-field", "ruby", "ruby-base")
"""Elements in which a bookmark may begin or end."""
_TITLE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}title"
"""A field that shows the title of the file; what a drawing is called has the same name in another namespace."""
_INDEXES = {
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
}  # fmt: skip
_MOST_ELEMENTS = 1_000_000
"""Of the text, all in memory at once, and the words of each for a while, too."""
_MOST_SPACES = 10
"""Of those that an element stands for; more look the same."""


def shown(content: bytes) -> _lines.ShownText:
    """Return what an OpenDocument text shows; raise OfficeError or XmlError when it is not whole."""
    parts = archive.parts(content, ["content.xml", "styles.xml", "META-INF/manifest.xml"])
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise archive.OfficeError("it is encrypted; open it with its password in LibreOffice and save it without")
    if "content.xml" not in parts:
        raise archive.OfficeError("not a whole document (its text is missing); ask for it again")
    root = xml.parse(parts["content.xml"], _MOST_ELEMENTS)
    body = root.find("{*}body/{*}text")
    if body is None:
        raise archive.OfficeError("it is no text document; save the text as .odt")
    roots = [root, *([xml.parse(parts["styles.xml"], xml.MOST_BESIDE)] if "styles.xml" in parts else [])]
    return _OdtReader(roots).reading(body)


@dataclass(slots=True)
class _OdtParagraph(_lines.OpenParagraph):
    """A paragraph as it is put together, and its style."""

    style: str = ""


class _OdtReader:
    """Reads a text, paragraph by paragraph, into what it shows."""

    def __init__(self, roots: "list[_Element]") -> None:
        self.styles = OdtStyles(roots)
        self.margins = [text for root in roots for text in held.in_margins(root)]
        self.on_every_page = [one for root in roots for one in drawings.on_every_page(root)]
        self.lines: list[Shown] = []
        self.notes: list[tuple[str, str, _Element]] = []
        """Of each its class, its marker and its text."""
        self.signs = symbols.Signs()
        self.lists = OdtLists(self.styles, self.signs)
        self.losses = _lines.Losses()
        self.tables = _lines.Tables()
        self.above_contents: Shown | None = None
        """The last heading that may be one of contents."""
        self.behind = ""
        """The colour of the cell that is being read."""
        self.cells = 0
        """How many cells are around the place."""
        self.ends: set[str] = set()
        """The bookmarks that end somewhere."""
        self.hiding: set[str] = set()
        """Those around the place that hide what is in them."""

    def reading(self, body: "_Element") -> _lines.ShownText:
        self.ends = {attribute(one, "name") for one in body.iter("{*}bookmark-end")}
        self.inside(body)
        self.losses.shapes += sum(drawings.lies_over_all(one, self.styles) for one in self.on_every_page)
        self.notes.sort(key=lambda note: note[0] == "endnote")
        for _, marker, note in self.notes:  # and those in these
            self.lines.append(_lines.note(marker, self.within(note), is_marked=True))
        self.losses.signs += len(self.signs.unread)
        self.losses.margins += self.margins
        return _lines.ShownText(self.lines, self.losses, list(held.paragraphs(body)))

    def within(self, element: "_Element") -> list[Shown]:
        """Return what stands in an element, apart from what is around it."""
        outer, self.lines = self.lines, []
        with self.lists.apart():
            self.inside(element)
        lines, self.lines = self.lines, outer
        return lines

    def inside(self, element: "_Element") -> None:
        for child in element:
            self.block(child)
            _lines.require_not_too_many(len(self.lines))

    def block(self, element: "_Element") -> None:
        name = xml.name(element)
        if _is_hidden(element):
            return
        if name in ("p", "h"):
            self.paragraph(element, name)
        elif name == "list":
            self.items_of(element)
        elif name == "table":
            self.table(element)
        elif name in _INDEXES:
            self.leave_contents("".join(map(str, element.itertext())))
        elif drawings.is_drawn(element) and not self.hiding:
            text = _OdtParagraph()
            self.drawing(element, text)
            self.beside(text)
        elif name and name not in _ASIDE:
            self.inside(element)

    # --- lists

    def items_of(self, element: "_Element") -> None:
        self.lists.begin(element)
        for item in element.iterchildren("{*}list-item", "{*}list-header"):
            self.lists.begin_item(item, is_numbered=xml.name(item) == "list-item")
            self.inside(item)
            self.lists.end_item()
        self.lists.end(element)

    # --- paragraphs

    def paragraph(self, element: "_Element", name: str) -> None:
        fields = filter(_is_hidden, element.iter("{*}hidden-paragraph"))
        if any(next(one.iterancestors("{*}p", "{*}h"), None) is element for one in fields):  # none of a note in it
            return
        text = _OdtParagraph(style=attribute(element, "style-name"))
        self.words(element, text, 0, "")
        self.finish(text, element, name)
        self.beside(text)

    def beside(self, text: _OdtParagraph) -> None:
        self.lines += map(_lines.image, text.images)
        for box in text.boxes:
            self.lines += _lines.boxed(self.within(box))

    def finish(self, text: _OdtParagraph, element: "_Element", name: str) -> None:
        styles = list(self.styles.above("paragraph", text.style))
        words, marks = text.runs.finished()
        kind, level = self._kind(styles, element, name)
        if not words:
            self.without_words(text, styles)
            return
        if any(FURNITURE.fullmatch(style.name) for style in styles[:2]):
            self.leave_contents(words)
            return
        marker = self.lists.taken() or (self.lists.heading(level - 1, element) if kind is Kind.HEADING else None)
        is_item = marker is not None and kind is None
        self.lines.append(
            text.shown(
                Paragraph(
                    words,
                    Kind.LIST_ITEM if is_item else kind,
                    level,
                    self.lists.depth if is_item else 0,
                    *(marker or ("", None)),
                    marks=marks,
                ),
                is_centred=next((style.alignment for style in styles if style.alignment), "") == "center",
                is_indented=next((style.is_indented for style in styles if style.is_indented is not None), False),
            )
        )

        if any(ABOVE_FURNITURE.fullmatch(style.name) for style in styles[:2]):
            self.above_contents = self.lines[-1]

    def leave_contents(self, text: str) -> None:
        _lines.leave_contents(self.lines, self.above_contents, text, self.losses)

    def without_words(self, text: _OdtParagraph, styles: Sequence[OdtStyle]) -> None:
        """Finish a paragraph without words: if it has a number, that shows in a table."""
        marker = self.lists.marker
        is_rule = text.is_rule or any(style.name == "horizontal line" for style in styles)
        if self.cells and marker and marker[1] is not None:
            self.lines.append(Shown(Paragraph(marker[0])))
            self.lists.marker = None
        elif not text.images and not text.boxes:
            self.lines += [_lines.RULE] * is_rule
            if not is_rule:
                _lines.leave_blank(self.lines)

    def _kind(self, styles: list[OdtStyle], element: "_Element", name: str) -> tuple[Kind | None, int]:
        known = next((KINDS[style.name] for style in styles if style.name in KINDS), None)
        if known is not None and known is not Kind.TITLE:
            return known, 0
        if known:
            return known, 1
        if name == "h":
            return Kind.HEADING, min(whole_number(element, "outline-level", 1), 9) + 1
        heading = next((found for style in styles if (found := re.fullmatch("heading ([1-9])", style.name))), None)
        return (Kind.HEADING, int(heading[1]) + 1) if heading else (None, 0)

    def words(self, element: "_Element", text: _OdtParagraph, span: int, link: str) -> None:
        self.put(element.text or "", text, span, link)
        for child in element:
            self.inline(child, text, span, link)
            self.put(child.tail or "", text, span, link)

    def inline(self, child: "_Element", text: _OdtParagraph, span: int, link: str) -> None:
        name = xml.name(child)
        is_drawn = drawings.is_drawn(child)
        if name == "hidden-text":
            # Office programs keep words in it while it shows, and say of these that they are hidden.
            self.losses.conditions += xml.has_words(child)
        if name in ("bookmark-start", "bookmark-end"):
            self.bookmark(child, name)
        if _is_hidden(child) or (self.hiding and name not in _AROUND_WORDS):
            return
        if (is_drawn or name == "note") and self.styles.letters(text.style, span, is_complex=False).is_hidden:
            return
        if is_drawn:
            self.drawing(child, text)
        elif name == "s":
            text.runs.add(" " * min(whole_number(child, "c", 1), _MOST_SPACES))
        elif name in ("tab", "line-break"):
            text.runs.add("\t" if name == "tab" else LINE_BREAK)
        elif name == "note":
            self.note(child, text)
        elif name == "a":
            address = self.losses.address(attribute(child, "href")) or link
            self.words(child, text, self.styles.within(span, attribute(child, "style-name")), address)
        elif name and (name not in _ASIDE or child.tag == _TITLE):
            text.is_label = text.is_label or name == "sequence"
            style = attribute(child, "style-name") if name == "span" else ""
            self.words(child, text, self.styles.within(span, style), link)

    def bookmark(self, element: "_Element", name: str) -> None:
        """Begin or end a bookmark; one may hide what is in it."""
        own = attribute(element, "name")
        if name == "bookmark-end":
            self.hiding.discard(own)
        elif attribute(element, "hidden") == "true" and own in self.ends:
            self.hiding.add(own)

    def note(self, note: "_Element", text: _OdtParagraph) -> None:
        citation = note.find("{*}note-citation")
        body = note.find("{*}note-body")
        marker = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
        text.runs.place(MarkKind.NOTE, marker)
        if body is not None:
            self.notes.append((attribute(note, "note-class"), marker, body))

    def put(self, words: str, text: _OdtParagraph, span: int, link: str) -> None:
        if not words or self.hiding:
            return
        is_complex = bool(_lines.COMPLEX.search(words))
        look = self.styles.letters(text.style, span, self.behind, is_complex=is_complex)
        if look.is_hidden:
            return
        self.losses.sightings.note(words, look.doubts)
        if Sight.TINY in look.doubts:
            self.losses.told.append(words)
            return
        usual = self._usual(text.style, is_complex)
        text.count(words, is_bold=look.is_bold, is_slanted=look.is_italic, size=look.size)
        kinds = (*look.marks(usual), *[MarkKind.CODE] * self.styles.is_code(span))
        text.runs.add(_SPACE.sub(" ", self.signs.replaced(words, look.font)), kinds, link)

    def _usual(self, style: str, is_complex: bool) -> OdtLetters:
        """Return how the letters of a paragraph look where no span says otherwise.

        Word writes what is set over all of a paragraph into its runs, LibreOffice into a style of its own for it.
        """
        return self.styles.letters(style, 0, is_complex=is_complex)

    def _is_unseen(self, drawing: "_Element") -> bool:
        """Whether a member of a group does not show, or not when it is printed."""
        return _is_hidden(drawing) or drawings.graphic(drawing, self.styles).get("print-content") == "false"

    def drawing(self, element: "_Element", text: _OdtParagraph) -> None:
        graphic, has_picture = drawings.graphic(element, self.styles), drawings.has_picture(element)
        if graphic.get("print-content") == "false":
            return
        is_over, floating = drawings.is_in_front(element, graphic), drawings.floating(element, graphic)
        boxes = list(drawings.boxes(element, self._is_unseen))
        alternative = drawings.alternative(element)
        is_told = any(map(xml.has_words, boxes)) or (alternative and has_picture)
        hides_words = not is_told and not drawings.is_see_through(element, graphic)
        self.losses.note(is_over=is_over, has_picture=has_picture, floating=floating, hides_words=hides_words)
        text.boxes += boxes
        if boxes:
            return
        if alternative:
            part = drawings.part(element) if drawings.shows_whole(element, self.styles) else ""
            text.images.append(_lines.Picture(alternative, part))
            text.runs.place(MarkKind.IMAGE, alternative)
        elif element.find("{*}object") is not None:
            self.losses.diagrams += 1
        elif element.find("{*}image") is not None:
            self.losses.pictures += 1
        else:
            text.is_rule = text.is_rule or drawings.is_rule(element)

    # --- tables

    def table(self, table: "_Element") -> None:
        rows = list(_rows(table))
        heads = len(list(table.iterfind("{*}table-header-rows/{*}table-row")))
        framed = False
        cells, width = list[list[list[Shown]]](), 0
        for row in rows:
            line: list[list[Shown]] = []
            for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
                is_covered = xml.name(cell) == "covered-table-cell"
                style = self.styles.styles.get(("table-cell", attribute(cell, "style-name")))
                held = [] if is_covered else self.cell(cell, style)
                self.losses.merged += is_covered and xml.has_words(cell)
                repeated = whole_number(cell, "number-columns-repeated", 1)
                line += [held] * (1 if held else min(repeated, _lines.MOST_COLUMNS))
                framed = framed or (style is not None and style.is_framed)
                if len(line) > _lines.MOST_CELLS:
                    break
            cells.append(line[: _lines.MOST_CELLS + 1])
            width = max(width, len(cells[-1]))
            _lines.require_table(len(cells), width)
        self.lines += self.tables.shown(cells, heads, is_framed=framed)

    def cell(self, cell: "_Element", style: OdtStyle | None) -> list[Shown]:
        around, self.behind = self.behind, (style.behind if style else "") or self.behind
        self.cells += 1
        found = self.within(cell)
        self.cells -= 1
        self.behind = around
        return found


_SPACE = re.compile("[ \t\r\n]+")


def _is_hidden(element: "_Element") -> bool:
    """Whether an element does not show, or not when it is printed: always, or on a condition that is met.

    Sections, fields, drawings, rows of tables and groups of them each say so in a word of their own. Nor is a control
    shown that nobody filled in.
    """
    if attribute(element, "showing-place-holder") == "true":
        return True
    if attribute(element, "display") in ("none", "screen", "false") or attribute(element, "is-hidden") == "true":
        return True
    return attribute(element, "visibility") in ("collapse", "filter") or attribute(element, "visible") == "false"


def _rows(table: "_Element") -> "Iterator[_Element]":
    for child in table:
        if _is_hidden(child):
            continue
        if xml.name(child) == "table-row":
            yield child
        elif xml.name(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)
