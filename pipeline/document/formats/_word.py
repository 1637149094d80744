"""Word documents, as a reader sees them who accepts all changes (ECMA-376, part 1)."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.document.formats import _drawings, _lines
from pipeline.document.formats._numbering import Numbering
from pipeline.document.formats._sight import Sight
from pipeline.document.formats._styles import FURNITURE, KINDS, RunLook, WordStyles, behind, is_narrower
from pipeline.document.looks import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.office import archive, counters, symbols, word, xml
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The names of the strict variant and those of the usual one (ECMA-376-1, annex A)."""
_WITH_RELATIONS = ("footnotes", "endnotes")
_RUN_PROPERTIES, _RUN, _TEXT = f"{W}rPr", f"{W}r", f"{W}t"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "settings")
_RAISED = {"sup": (MarkKind.SUPERSCRIPT,), "sub": (MarkKind.SUBSCRIPT,)}
_FORMULA = {"num": "", "den": "/", "rad": "√", "sup": "", "sub": ""}
"""Parts of formulas, with what is written before them in a row (22.1.2)."""
_MARKED = (f"{W}footnoteRef", f"{W}endnoteRef")
"""What shows the marker of a note in the note itself."""
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"?([^"\s]+)')
_COUNTED = re.compile(r"\s*SEQ\s+(\S{1,40})")
_UNSEEN_FIELD = re.compile(r"\s*(?:SET|ASK|NEXT|NEXTIF|SKIPIF|PRIVATE|TC|XE|TA|RD|ADVANCE)\b", re.IGNORECASE)
"""Codes of fields that show nothing, whatever is kept as their result: a name that a letter asked for (17.16.5)."""


def shown(content: bytes) -> _lines.ShownText:
    """Return what a Word document shows; raise OfficeError or XmlError when it is not whole."""
    return _WordReader(content).reading()


# --- its parts -----------------------------------------------------------------------


class _WordPackage:
    """The parts of a Word document that are read."""

    def __init__(self, content: bytes) -> None:
        self.main = archive.main_part(content)
        folder, _, file = self.main.rpartition("/")
        names = {name: f"{folder}/{name}.xml".lstrip("/") for name in _PARTS}
        files = {"": file, **{name: f"{name}.xml" for name in _WITH_RELATIONS}}
        relations = {name: f"{folder}/_rels/{one}.rels".lstrip("/") for name, one in files.items()}
        parts = archive.parts(content, [self.main, *relations.values(), *names.values()])
        self.parts = {name: _transitional(part) for name, part in parts.items()}
        self.names = names
        self.folder = folder
        self.relations = relations
        self.turn_to("")

    def turn_to(self, name: str) -> None:
        """Have ids of relations mean those of the notes of this name, or else of the text: each part has its own."""
        self.targets: dict[str, str] = {}
        """What lies outside the file, by the ids of relations."""
        self.inside: dict[str, str] = {}
        relations = self.parts.get(self.relations[name])
        for one in xml.parse(relations, 100_000) if relations else ():
            is_outside = xml.attribute(one, "TargetMode") == "External"
            targets = self.targets if is_outside else self.inside
            targets[xml.attribute(one, "Id")] = xml.attribute(one, "Target")

    def picture(self, drawing: "_Element") -> str:
        """Return the name of the part that holds the picture of a drawing; empty when none does as it shows."""
        if not _drawings.is_whole(drawing):
            return ""
        for one in drawing.iter("{*}blip", "{*}imagedata"):
            if target := self.inside.get(xml.attribute(one, "embed") or xml.attribute(one, "id")):
                return posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
        return ""

    def root(self, name: str) -> "_Element | None":
        part = self.parts.get(self.names[name])
        return None if part is None else xml.parse(part, xml.MOST_BESIDE)

    def text(self) -> bytes:
        if self.main not in self.parts:
            raise archive.OfficeError("not a whole document (its text is missing); ask for it again")
        return self.parts[self.main]


def _transitional(part: bytes) -> bytes:
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part


# --- notes ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Notes:
    """The footnotes or the endnotes of a document, counted as their references come."""

    bodies: "dict[str, _Element]"
    form: str
    start: int
    count: int = 0
    markers: dict[str, str] = field(default_factory=dict)
    """Of the notes that were referred to, by their ids, in the order of their references."""

    def marker(self, reference: "_Element", own: str) -> str:
        """Return the marker of the next reference; `own` is what stands in its place, if anything does."""
        id = reference.get(f"{W}id", "")
        if id not in self.markers:
            self.count += not own
            self.markers[id] = own or counters.shown(self.start + self.count - 1, self.form)
        return self.markers[id]


def _notes(package: _WordPackage, name: str, form: str, settings: "_Element | None") -> _Notes:
    root = package.root(f"{name}s")
    bodies = {
        note.get(f"{W}id", ""): note
        for note in (root if root is not None else ())
        if xml.name(note) == name and note.get(f"{W}type", "normal") == "normal"
    }
    said = settings.find(f"{W}{name}Pr") if settings is not None else None
    start = word.value(said, "numStart")
    return _Notes(bodies, word.value(said, "numFmt") or form, int(start) if re.fullmatch("[0-9]{1,6}", start) else 1)


# --- the text ------------------------------------------------------------------------


@dataclass(slots=True)
class _Field:
    """A field: its code, and the address its result leads to."""

    code: list[str] = field(default_factory=list)
    is_seen: bool = False
    is_whole: bool = False
    """Whether its code is: what follows is its result, seen unless that of a field around it is not."""
    link: str = ""
    """Its own, or that of the field around it."""
    counts: str = ""
    """What it counts, if it does: tables, pictures."""
    begins: int = 0


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
        self.package = _WordPackage(content)
        settings = self.package.root("settings")
        self.styles = WordStyles(self.package.root("styles"))
        self.numbering = Numbering(self.package.root("numbering"))
        self.notes = {
            "footnoteReference": _notes(self.package, "footnote", "decimal", settings),
            "endnoteReference": _notes(self.package, "endnote", "lowerRoman", settings),
        }
        self.lines: list[Shown] = []
        self.count_of_paragraphs = 0
        self.fields: list[_Field] = []
        self.counted: Counter[str] = Counter()
        self.pending: _WordParagraph | None = None
        self.signs = symbols.Signs()
        self.losses = _lines.Losses()
        self.tables = _lines.Tables()
        self.kinds: dict[tuple[str, str], tuple[Kind | None, int]] = {}
        """What the outline levels and styles seen so far make a paragraph."""
        self.depth = 0
        self.behind = ""
        """The colour of the cell that is being read."""
        self.raised: tuple[MarkKind, ...] = ()
        """Whether signs of a formula stand above or below others."""
        self.cells = 0
        """How many cells are around the place."""

    def reading(self) -> _lines.ShownText:
        for element in xml.pieces(self.package.text(), "body", ("p", "tbl", "sdt")):
            self.block(element)
        self.end()
        for name, notes in self.notes.items():
            self.package.turn_to(name.replace("Reference", "s"))
            for id, marker in notes.markers.items():
                if (body := notes.bodies.get(id)) is not None:
                    is_marked = next(body.iter(*_MARKED), None) is not None
                    self.lines.append(_lines.note(marker, self.within(body), is_marked=is_marked))
        self.losses.signs += len(self.signs.unread)
        return _lines.ShownText(self.lines, self.losses)

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
        elif (
            name == "sdt"
            and element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{W}val='Table of Contents']") is not None
        ):
            self.losses.contents += 1
        elif name == "AlternateContent":
            for child in word.alternatives(element):
                self.block(child)
        elif name and word.is_seen(element) and name != "sectPr":
            self.inside(element)

    # --- paragraphs

    def paragraph(self, element: "_Element") -> None:
        line = self.pending or _WordParagraph()
        self.pending = None
        self.count_of_paragraphs += 1
        _lines.require_not_too_many(self.count_of_paragraphs)
        line.said = element.find(f"{W}pPr")
        line.ground = behind(line.said) or self.behind
        style = self.style(line)
        self.words(element, line, style, "")
        while self.fields and not self.fields[-1].is_whole:
            self.fields.pop()  # one whose code does not end would take all text with it
        if line.said is not None and line.said.find(f"{W}framePr") is not None and not _is_initial(line.said):
            self.losses.floating.append(_drawings.TEXT)
        if word.joins_next(element) or _is_initial(line.said):
            self.pending = line
        else:
            self.finish(line, style)

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
            self.losses.contents += bool(text)
        elif text:
            paragraph = replace(self._as_numbered(said, style), text=text, marks=marks)
            self.lines.append(self._looking(paragraph, line, said, style))
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
        if numbers is not None and word.value(numbers, "numId"):
            level = word.value(numbers, "ilvl")
            return word.value(numbers, "numId"), int(level) if re.fullmatch("[0-8]", level) else 0
        for one in self.styles.above(style):
            if one.list_id:
                return one.list_id, one.list_level
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
            elif name == "fldSimple":
                self.simple_field(child, line, style, link)
            elif name == "oMath":
                self.losses.formulas += any(xml.name(one) in word.FORMULAS for one in child.iter())
                self.words(child, line, style, link)
            elif name in _FORMULA:
                self.formula(child, name, line, style, link)
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

    def address(self, hyperlink: "_Element") -> str:
        target = self.package.targets.get(hyperlink.get(f"{_R}id", ""), "")
        if anchor := hyperlink.get(f"{W}anchor", ""):
            target = f"{target}#{anchor}" if target else ""
        return self.losses.address(target)

    def simple_field(self, element: "_Element", line: _WordParagraph, style: str, link: str) -> None:
        code = element.get(f"{W}instr", "")
        if _UNSEEN_FIELD.match(code):
            return
        line.is_label = line.is_label or bool(_COUNTED.match(code))
        self.words(element, line, style, self._led_to(code) or link)

    def _led_to(self, code: str) -> str:
        found = _HYPERLINK.match(code)
        return self.losses.address(found[1]) if found and not found[1].startswith("\\") else ""

    def run(self, run: "_Element", line: _WordParagraph, style: str, link: str) -> None:
        children = list(run)
        # Of a formula, those of its own come first.
        said = children[0] if children and children[0].tag == _RUN_PROPERTIES else run.find(_RUN_PROPERTIES)
        look = self.styles.run(style, said, line.ground)
        is_hidden = look.plain.is_hidden or look.is_remark
        for child in children:
            if child is said:
                continue
            if child.tag == _TEXT and not self.fields:  # as nearly all are
                if not is_hidden:
                    self.put(self.signs.replaced(child.text or "", look.plain.font), line, look, link)
                continue
            name = xml.name(child)
            if name == "fldChar":
                self.field(child.get(f"{W}fldCharType", ""), line)
            elif name == "instrText":
                if self.fields and not self.fields[-1].is_seen:
                    self.fields[-1].code.append(child.text or "")
            elif not is_hidden and (not self.fields or self.fields[-1].is_seen):
                self.piece(child, name, line, style, look, link)

    def field(self, kind: str, line: _WordParagraph) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            one, code = self.fields[-1], "".join(self.fields[-1].code)
            around = self.fields[-2] if len(self.fields) > 1 else _Field(is_seen=True)
            one.is_whole, one.link = True, self._led_to(code) or around.link
            one.is_seen = around.is_seen and not _UNSEEN_FIELD.match(code)
            if counted := _COUNTED.match(code):
                line.is_label, one.counts, one.begins = True, counted[1], line.runs.length
        elif kind == "end" and self.fields:
            self.count(self.fields.pop(), line)

    def count(self, one: _Field, line: _WordParagraph) -> None:
        """Put the number where a field counts and keeps none, as LibreOffice writes it."""
        if one.counts:
            self.counted[one.counts] += 1
            if line.runs.length == one.begins:
                line.runs.add(str(self.counted[one.counts]))

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
            self.reference(child, line)
        elif name in ("drawing", "pict", "object"):
            self.drawing(child, line)
        elif name == "AlternateContent":
            for one in word.alternatives(child):
                self.piece(one, xml.name(one), line, style, look, link)
        elif name == "ruby":
            self.words(child, line, style, link)

    def put(self, text: str, line: _WordParagraph, run: RunLook, link: str) -> None:
        """Add text of a run with its marks."""
        look = run.complex if run.is_complex or _COMPLEX.search(text) else run.plain
        self.losses.sightings.note(text, look.doubts)
        if Sight.TINY in look.doubts:
            return
        line.count(text, is_bold=look.is_bold, is_slanted=look.is_italic, size=look.size)
        line.runs.add(text, (*look.kinds, *self.raised), (self.fields[-1].link if self.fields else "") or link)

    def reference(self, reference: "_Element", line: _WordParagraph) -> None:
        own, run = "", reference.getparent()
        if run is not None and reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            own = "".join(text.text or "" for text in run.iterchildren(f"{W}t"))
            for text in list(run.iterchildren(f"{W}t")):
                text.text = ""
        marker = self.notes[xml.name(reference)].marker(reference, own.strip())
        line.runs.place(MarkKind.NOTE, marker)

    def drawing(self, element: "_Element", line: _WordParagraph) -> None:
        if _drawings.is_hidden(element):
            return
        is_over, has_picture = _drawings.lies_over(element), _drawings.has_picture(element)
        self.losses.note(is_over=is_over, has_picture=has_picture, floating=_drawings.floating(element))
        boxes = list(_outermost(element))
        line.boxes += boxes
        if boxes:
            return
        if any(xml.attribute(shape, "hr") in ("t", "true") for shape in element):
            line.is_rule = True
            return
        alternative = _alternative(element)
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
        rows = [row for row in _rows(table) if not word.is_deleted(row)]
        cells, width = list[list[list[Shown]]](), 0
        for row in rows:
            cells.append(list(islice(self._row(row), _lines.MOST_CELLS + 1)))
            width = max(width, len(cells[-1]))
            _lines.require_table(len(cells), width)
        is_framed = _is_framed(table, self.styles)
        heads = _leading(map(_is_head, rows)) or _leading(map(_is_shaded, rows)) % max(len(rows), 1)
        self.lines += self.tables.shown(cells, heads, is_framed=is_framed)

    def _row(self, row: "_Element") -> Iterator[list[Shown]]:
        """Yield the cells of a row: what stands in each, nothing where one goes on from beside or above."""
        for _ in range(_span(row.find(f"{W}trPr/{W}gridBefore"), 0)):
            yield []
        for cell in word.cells(row):
            said = cell.find(f"{W}tcPr")
            merged = said.find(f"{W}vMerge") if said is not None else None
            is_hidden = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            yield [] if is_hidden else self.cell(cell, said)
            for _ in range(_span(said.find(f"{W}gridSpan") if said is not None else None, 1) - 1):
                yield []

    def cell(self, cell: "_Element", said: "_Element | None") -> list[Shown]:
        around, self.behind = self.behind, behind(said) or self.behind
        self.cells += 1
        found = self.within(cell)
        self.cells -= 1
        self.behind = around
        return found


_COMPLEX = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of scripts from right to left."""


def _is_initial(said: "_Element | None") -> bool:
    """Whether a paragraph is the first letter of the next one, large in the margin or over several lines."""
    frame = said.find(f"{W}framePr") if said is not None else None
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def _has_border(said: "_Element | None") -> bool:
    borders = said.find(f"{W}pBdr") if said is not None else None
    sides = [side for side in borders if side.get(f"{W}val") not in ("none", "nil")] if borders is not None else []
    return len(sides) == 1


def _outermost(element: "_Element") -> "Iterator[_Element]":
    """Yield the text boxes in a drawing, of alternatives those that are seen."""
    for child in word.children(element):
        if xml.name(child) == "txbxContent":
            yield child
        elif not _drawings.is_unseen(child):
            yield from _outermost(child)


def _alternative(element: "_Element") -> str:
    """Return the alternative text of a picture, if somebody gave it one."""
    for one in element.iter("{*}docPr", "{*}shape", "{*}rect"):
        if next(one.iter("{*}decorative"), None) is not None:
            return ""
        for name in ("descr", "alt", "title"):
            if (text := one.get(name, "").strip()) and not _lines.is_file_name(text):
                return " ".join(text.split())
    return ""


def _rows(element: "_Element") -> "Iterator[_Element]":
    for child in word.children(element):
        if xml.name(child) == "tr":
            yield child
        elif xml.name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(child)


def _span(element: "_Element | None", otherwise: int) -> int:
    """Return how many columns a cell goes over, or a row leaves free."""
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), _lines.MOST_COLUMNS) if re.fullmatch("[0-9]{1,4}", value) else otherwise


def _leading(flags: Iterator[bool]) -> int:
    """Return how many are true before the first that is not."""
    count = 0
    for flag in flags:
        if not flag:
            break
        count += 1
    return count


def _is_head(row: "_Element") -> bool:
    said = row.find(f"{W}trPr")
    return said is not None and word.is_on(said, "tblHeader")


def _is_shaded(row: "_Element") -> bool:
    """Whether all cells of a row are coloured."""
    fills = [value for cell in word.cells(row) for value in [_fill(cell)]]
    return bool(fills) and all(fills)


def _fill(cell: "_Element") -> bool:
    shade = cell.find(f"{W}tcPr/{W}shd")
    return shade is not None and shade.get(f"{W}fill", "auto").lower() not in ("auto", "ffffff")


def _is_framed(table: "_Element", styles: WordStyles) -> bool:
    """Whether lines are drawn in a table, or its style has a name that draws them."""
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is not None:
        return any(side.get(f"{W}val") not in ("none", "nil", None) for side in borders)
    style = word.value(table.find(f"{W}tblPr"), "tblStyle")
    return any(name not in ("normal table", "table normal", "") for name in styles.names(style))
