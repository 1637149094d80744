"""Word documents, as a reader sees them who accepts all changes (ECMA-376, part 1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.document.formats import _drawings, _lines
from pipeline.document.formats._sight import Sight
from pipeline.document.formats._stylenames import ABOVE_FURNITURE, FURNITURE, KINDS
from pipeline.document.formats._word import drawings, fields, held, notes, tables
from pipeline.document.formats._word.fields import Fields
from pipeline.document.formats._word.numbering import Numbering
from pipeline.document.formats._word.package import WordPackage
from pipeline.document.formats._word.styles import RunLook, WordStyles, behind, is_narrower
from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.office import symbols, word, xml
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RUN_PROPERTIES, _RUN, _TEXT = f"{W}rPr", f"{W}r", f"{W}t"
_RAISED = {"sup": (MarkKind.SUPERSCRIPT,), "deg": (MarkKind.SUPERSCRIPT,), "sub": (MarkKind.SUBSCRIPT,)}
_FORMULA = {"num": "", "den": "/", "deg": "", "sup": "", "sub": ""}
"""Parts of formulas, with what is written before them in a row (22.1.2)."""
_SIDE_BY_SIDE = ("m", "mr", "eqArr")
"""Those whose parts have a blank between them."""


def shown(content: bytes) -> _lines.ShownText:
    """Return what a Word document shows; raise OfficeError or XmlError when it is not whole."""
    return _WordReader(content).reading()


@dataclass(slots=True)
class _WordParagraph(_lines.OpenParagraph):
    """A paragraph as it is put together: one of the document, or several where the ends between them were deleted.

    `said` are the properties of the last of these, `ground` is the colour behind it.
    """

    said: "_Element | None" = None
    ground: str = ""


class _WordReader:
    """Reads a document, paragraph by paragraph, into what it shows."""

    def __init__(self, content: bytes) -> None:
        self.content, self.package = content, WordPackage(content)
        settings = self.package.root("settings")
        self.styles = WordStyles(self.package.root("styles"))
        self.numbering = Numbering(self.package.root("numbering"))
        self.notes = {
            "footnoteReference": notes.read(self.package, "footnote", "decimal", settings),
            "endnoteReference": notes.read(self.package, "endnote", "lowerRoman", settings),
        }
        self.unread: list[tuple[str, str]] = []
        """The notes that were referred to, by the names of their references and their ids."""
        self.lines: list[Shown] = []
        self.count_of_paragraphs = 0
        self.pending: _WordParagraph | None = None
        self.signs = symbols.Signs()
        self.losses = _lines.Losses()
        self.fields = Fields(self.losses)
        self.tables = _lines.Tables()
        self.kinds: dict[tuple[str, str], tuple[Kind | None, int]] = {}
        """What the outline levels and styles seen so far make a paragraph."""
        self.behind = ""
        """The colour of the cell that is being read."""
        self.above_contents: Shown | None = None
        """The last heading that may be one of contents."""
        self.raised: tuple[MarkKind, ...] = ()
        """Whether signs of a formula stand above or below others."""
        self.is_veiled = False
        """Whether the style of the table around the place hides what is in it."""
        self.cells = 0
        """How many cells are around the place."""

    def reading(self) -> _lines.ShownText:
        words = list[str]()
        for element in xml.pieces(self.package.text(), "body", ("p", "tbl", "sdt")):
            words += held.paragraphs(element)
            self.block(element)
        self.end()
        self.fields.close()
        self.unread.sort(key=lambda note: list(self.notes).index(note[0]))
        for kind, id in self.unread:  # and those to which these refer
            self.note(kind, id)
            self.fields.close()
        self.losses.signs += len(self.signs.unread)
        for margin in self.package.margins(self.content):
            self.losses.margins += held.in_margin(margin)
        for kind, id in ((kind, id) for kind, noted in self.notes.items() for id in noted.bodies):
            words += held.paragraphs(self.notes[kind].bodies[id])
        return _lines.ShownText(self.lines, self.losses, words)

    def note(self, kind: str, id: str) -> None:
        self.package.turn_to(kind.replace("Reference", "s"))
        noted = self.notes[kind]
        if (body := noted.bodies.get(id)) is not None:
            self.lines.append(_lines.note(noted.markers[id], self.within(body), is_marked=notes.is_marked(body)))

    def within(self, element: "_Element") -> list[Shown]:
        """Return what stands in an element, apart from what is around it."""
        outer, self.lines = self.lines, []
        pending, self.pending = self.pending, None
        self.inside(element)
        self.end()
        lines, self.lines = self.lines, outer
        self.pending = pending
        return lines

    def inside(self, element: "_Element") -> None:
        for child in word.children(element):
            self.block(child)

    def block(self, element: "_Element") -> None:
        name = xml.name(element)
        if name == "p":
            self.paragraph(element)
        elif name == "tbl":
            self.end()
            self.table(element)
        elif name == "altChunk":
            self.losses.chunks += 1
        elif name == "sdt" and held.is_contents(element):
            self.leave_contents("")
        elif name == "AlternateContent":
            for child in word.alternatives(element):
                self.block(child)
        elif name and word.is_seen(element) and name != "sectPr":
            self.inside(element)

    def leave_contents(self, text: str) -> None:
        _lines.leave_contents(self.lines, self.above_contents, text, self.losses)

    # --- paragraphs

    def paragraph(self, element: "_Element") -> None:
        line = self.pending or _WordParagraph()
        self.pending = None
        self.count_of_paragraphs += 1
        _lines.require_not_too_many(self.count_of_paragraphs)
        line.said = element.find(f"{W}pPr")
        line.ground = behind(line.said) or self.behind
        style = self.style(line)
        self.fields.begin_paragraph(element, self.lines)
        self.words(element, line, style, "")
        self.fields.end_open()
        notes.begin_section(self.notes.values(), line.said)
        if line.said is not None and line.said.find(f"{W}framePr") is not None and not _is_initial(line.said):
            self.losses.floating.append(_drawings.TEXT)
        if word.joins_next(element) or _is_initial(line.said):
            self.pending = line
        else:
            self.finish(line, style)
        self.fields.end_paragraph(self.lines)

    def style(self, line: _WordParagraph) -> str:
        return self.styles.paragraph(word.value(line.said, "pStyle"))

    def end(self) -> None:
        """Finish a paragraph that nothing follows it was to go on with."""
        if line := self.pending:
            self.pending = None
            self.finish(line, self.style(line))

    def finish(self, line: _WordParagraph, style: str) -> None:
        said = line.said
        names = self.styles.names(style)
        text, marks = line.runs.finished()
        if names and FURNITURE.fullmatch(names[0]):
            if text:
                self.leave_contents(text)
        elif text:
            paragraph = replace(self._as_numbered(said, style), text=text, marks=marks)
            self.lines.append(self._looking(paragraph, line, said, style))
            if names and ABOVE_FURNITURE.fullmatch(names[0]):
                self.above_contents = self.lines[-1]
        else:
            self.without_words(line, style)
        self.lines += map(_lines.image, line.images)
        for box in line.boxes:
            self.lines += _lines.boxed(self.within(box))

    def without_words(self, line: _WordParagraph, style: str) -> None:
        """Finish a paragraph without words: if it has a number, that is counted, and shows in a table."""
        item = self._as_numbered(line.said, style) if self._shows(line.said) else Paragraph("")
        if self.cells and item.ordinal is not None:
            self.lines.append(Shown(Paragraph(item.marker)))
        elif line.is_rule or _has_border(line.said):
            self.lines.append(_lines.RULE)
        elif not line.images and not line.boxes:
            _lines.leave_blank(self.lines)

    def _shows(self, said: "_Element | None") -> bool:
        """Whether the end of a paragraph does: without words, one that is hidden has no number."""
        end = said.find(f"{W}rPr") if said is not None else None
        return end is None or not word.is_on(end, "vanish")

    def _as_numbered(self, said: "_Element | None", style: str) -> Paragraph:
        """Return a paragraph with what its style and its number make it, without text."""
        kind, level = self._kind(said, style)
        found = self._number(said, style)
        if found and (marker := self.numbering.marker(*found)):
            return Paragraph("", kind or Kind.LIST_ITEM, level, 0 if kind else found[1] + 1, *marker)
        return Paragraph("", kind, level)

    def _kind(self, said: "_Element | None", style: str) -> tuple[Kind | None, int]:
        stated = word.value(said, "outlineLvl"), style
        if stated not in self.kinds:
            self.kinds[stated] = self._kind_of(*stated)
        return self.kinds[stated]

    def _kind_of(self, outline: str, style: str) -> tuple[Kind | None, int]:
        levels = [int(outline)] if re.fullmatch("[0-9]", outline) else []
        for one in self.styles.above(style):
            if one.name in KINDS:
                kind = KINDS[one.name]
                return kind, int(kind is Kind.TITLE)
            if heading := re.fullmatch("heading ([1-9])", one.name):
                return Kind.HEADING, int(heading[1]) + 1
            levels += [one.outline] if one.outline is not None else []
        return (Kind.HEADING, levels[0] + 2) if levels and levels[0] < 9 else (None, 0)

    def _number(self, said: "_Element | None", style: str) -> tuple[str, int] | None:
        numbers = said.find(f"{W}numPr") if said is not None else None
        stated = word.value(numbers, "ilvl")
        level = int(stated) if re.fullmatch("[0-8]", stated) else None
        if list_id := word.value(numbers, "numId"):
            return list_id, level or 0
        for one in self.styles.above(style):
            if one.list_id:
                return one.list_id, one.list_level if level is None else level
        return None

    def _looking(self, paragraph: Paragraph, line: _WordParagraph, said: "_Element | None", style: str) -> Shown:
        usual, is_usually_indented = self.styles.place(style)
        alignment = word.value(said, "jc") or usual
        indent = said.find(f"{W}ind") if said is not None else None
        is_indented = is_usually_indented if indent is None else is_narrower(indent)
        return line.shown(paragraph, is_centred=alignment == "center", is_indented=is_indented)

    # --- what stands in a paragraph

    def words(self, element: "_Element", line: _WordParagraph, style: str, link: str) -> None:
        for child in word.children(element):
            if child.tag == _RUN:
                self.run(child, line, style, link)
                continue
            name = xml.name(child)
            if name == "r":
                self.run(child, line, style, link)
            elif name == "hyperlink":
                self.words(child, line, style, self.address(child) or link)
            elif name == "subDoc":
                self.losses.chunks += 1
            elif name == "fldSimple":
                self.simple_field(child, line, style, link)
            elif name == "oMath":
                self.losses.formulas += any(xml.name(one) in word.FORMULAS for one in child.iter())
                self.words(child, line, style, link)
            elif name in ("d", "nary"):
                self.bracketed(child, name, line, style, link)
            elif name in _FORMULA:
                self.formula(child, name, line, style, link)
            elif name == "e" and xml.name(element) == "rad":
                line.runs.add("√", self.raised)
                self.words(child, line, style, link)
            elif name in ("e", "mr") and xml.name(element) in _SIDE_BY_SIDE and _is_after_another(child):
                line.runs.add(" ", self.raised)
                self.words(child, line, style, link)
            elif name == "p":
                self.words(child, line, style, link)  # such as a paragraph in a ruby or a shape, where none should be
            elif name == "t":
                line.runs.add(child.text or "", self.raised)  # of a formula
            else:
                self.words(child, line, style, link)

    def formula(self, element: "_Element", name: str, line: _WordParagraph, style: str, link: str) -> None:
        """Read a part of a formula: its signs in a row."""
        around = self.raised
        self.raised = _RAISED.get(name, around)
        if before := " " if name == "num" and line.runs.ends_in_figure else _FORMULA[name]:  # 3½
            line.runs.add(before, self.raised)
        self.words(element, line, style, link)
        self.raised = around

    def bracketed(self, element: "_Element", name: str, line: _WordParagraph, style: str, link: str) -> None:
        """Read brackets of a formula and what is in them, or the sign of a sum or integral and what follows it."""
        before, between, behind = word.signs_of(element, name)
        line.runs.add(before, self.raised)
        is_first = True
        for child in word.children(element):
            if name == "d" and xml.name(child) == "e":
                line.runs.add("" if is_first else between, self.raised)
                is_first = False
            one = xml.name(child)
            if one in _FORMULA:
                self.formula(child, one, line, style, link)
            else:
                self.words(child, line, style, link)
        line.runs.add(behind, self.raised)

    def address(self, hyperlink: "_Element") -> str:
        target = self.package.targets.get(hyperlink.get(f"{_R}id", ""), "")
        if anchor := hyperlink.get(f"{W}anchor", ""):
            target = f"{target}#{anchor}" if target else ""
        return self.losses.address(target)

    def simple_field(self, element: "_Element", line: _WordParagraph, style: str, link: str) -> None:
        code = element.get(f"{W}instr", "")
        if fields.is_unseen(code):
            return
        line.is_label = line.is_label or fields.is_count(code)
        begins = line.runs.length
        self.words(element, line, style, self.fields.led_to(code) or link)
        self.fields.simple(code, begins, line)

    def run(self, run: "_Element", line: _WordParagraph, style: str, link: str) -> None:
        children = list(run)
        # Of a formula, those of its own come first.
        said = children[0] if children and children[0].tag == _RUN_PROPERTIES else run.find(_RUN_PROPERTIES)
        look = self.styles.run(style, said, line.ground)
        is_veiled = self.is_veiled and (said is None or said.find(f"{W}vanish") is None)
        is_hidden = look.plain.is_hidden or is_veiled
        for child in children:
            if child is said:
                continue
            if child.tag == _TEXT and not self.fields.around:  # as nearly all are
                if not is_hidden:
                    self.put(self.signs.replaced(child.text or "", look.plain.font), line, look, link)
                continue
            name = xml.name(child)
            if name == "fldChar":
                self.fields.turn(child.get(f"{W}fldCharType", ""), line, is_hidden=is_hidden)
            elif name == "instrText":
                self.fields.add_code(child.text or "")
            elif not is_hidden and self.fields.is_seen:
                self.piece(child, name, line, style, look, link)

    def piece(self, child: "_Element", name: str, line: _WordParagraph, style: str, look: RunLook, link: str) -> None:
        """Read an element of a run."""
        if name == "t":
            self.put(self.signs.replaced(child.text or "", look.plain.font), line, look, link)
        elif name in word.CHARACTERS:
            is_line_end = name == "cr" or (name == "br" and child.get(f"{W}type", "textWrapping") == "textWrapping")
            line.runs.add(LINE_BREAK if is_line_end else " " if name == "br" else word.CHARACTERS[name])
        elif name in ("sym", "symEx"):
            self.put(word.symbol(child, self.signs), line, look, link)
        elif name in self.notes:
            self.reference(child, name, line)
        elif name in ("drawing", "pict", "object"):
            self.drawing(child, line)
        elif name == "AlternateContent":
            for one in word.alternatives(child):
                self.piece(one, xml.name(one), line, style, look, link)
        elif name == "ruby":
            self.words(child, line, style, link)

    def put(self, text: str, line: _WordParagraph, run: RunLook, link: str) -> None:
        """Add text of a run with its marks."""
        look = run.complex if run.is_complex or _lines.COMPLEX.search(text) else run.plain
        self.losses.sightings.note(text, look.doubts)
        if Sight.TINY in look.doubts:
            self.losses.told.append(text)
            return
        line.count(text, is_bold=look.is_bold, is_slanted=look.is_italic, size=look.size)
        line.runs.add(text, (*look.kinds, *self.raised), self.fields.link or link)

    def reference(self, reference: "_Element", kind: str, line: _WordParagraph) -> None:
        if (id := reference.get(f"{W}id", "")) not in self.notes[kind].markers:
            self.unread.append((kind, id))
        line.runs.place(MarkKind.NOTE, self.notes[kind].marker(reference, self.signs))

    def drawing(self, element: "_Element", line: _WordParagraph) -> None:
        if drawings.is_hidden(element):
            return
        is_over, has_picture = drawings.lies_over(element), drawings.has_picture(element)
        boxes = list(drawings.boxes(element))
        alternative = drawings.alternative(element)
        is_told = any(map(xml.has_words, boxes)) or (alternative and has_picture)
        hides_words = not is_told and not drawings.is_see_through(element)
        floating = drawings.floating(element)
        self.losses.note(is_over=is_over, has_picture=has_picture, floating=floating, hides_words=hides_words)
        line.boxes += boxes
        if boxes and not drawings.has_picture_beside(element):
            return
        if any(xml.attribute(shape, "hr") in ("t", "true") for shape in element):
            line.is_rule = True
            return
        if next(element.iter("{*}chart", "{*}relIds"), None) is not None:
            self.losses.diagrams += 1
        elif not alternative:
            self.losses.pictures += 1
        if alternative:
            line.images.append(_lines.Picture(alternative, self.package.picture(element)))
            line.runs.place(MarkKind.IMAGE, alternative)

    # --- tables

    def table(self, table: "_Element") -> None:
        if table.find(f"{W}tblPr/{W}tblpPr") is not None:
            self.losses.floating.append(_drawings.TEXT)
        style = word.value(table.find(f"{W}tblPr"), "tblStyle")
        self.losses.veiled += self.styles.hides_parts(style)
        around, self.is_veiled = self.is_veiled, self.styles.hides(style)
        rows = tables.rows(table)
        cells, width, merges = list[list[list[Shown]]](), 0, tables.Merges()
        for row in rows:
            cells.append(list(islice(self._row(row, merges), _lines.MOST_CELLS + 1)))
            width = max(width, len(cells[-1]))
            _lines.require_table(len(cells), width)
        self.is_veiled = around
        self.losses.merged += merges.unseen
        is_framed = tables.is_framed(table, self.styles)
        self.lines += self.tables.shown(cells, tables.heads(rows), is_framed=is_framed)

    def _row(self, row: "_Element", merges: tables.Merges) -> Iterator[list[Shown]]:
        """Yield what stands in each place of a row: nothing where a cell goes on from beside or above."""
        return (self.cell(cell) if cell is not None else [] for cell in merges.places(row))

    def cell(self, cell: "_Element") -> list[Shown]:
        around, self.behind = self.behind, behind(cell.find(f"{W}tcPr")) or self.behind
        self.cells += 1
        found = self.within(cell)
        self.cells -= 1
        self.behind = around
        return found


def _is_initial(said: "_Element | None") -> bool:
    """Whether a paragraph is the first letter of the next one, large in the margin or over several lines."""
    frame = said.find(f"{W}framePr") if said is not None else None
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def _has_border(said: "_Element | None") -> bool:
    borders = said.find(f"{W}pBdr") if said is not None else None
    sides = [side for side in borders if side.get(f"{W}val") not in ("none", "nil")] if borders is not None else []
    return len(sides) == 1


def _is_after_another(element: "_Element") -> bool:
    """Whether one of the same name is before it, and not only what these look like."""
    return next(element.itersiblings(element.tag, preceding=True), None) is not None
