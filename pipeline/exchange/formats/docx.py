"""A Word table: id, source, translation, note; and what a changed sentence was.

What comes back is read as Word shows it (`_word`): what Track Changes inserted counts, what it
deleted does not, and a comment or footnote on a row is a note.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.document.formats._word import held as words
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _office as office
from pipeline.exchange.formats import _opendocument as opendocument
from pipeline.exchange.formats import _word as shown
from pipeline.exchange.table import (
    EARLIER,
    HIDDEN,
    MERGED,
    ColumnOrder,
    Line,
    Table,
    bounded,
    parse_id,
    row_of,
    xml_text,
)
from pipeline.exchange.unread import Held, Rows
from pipeline.office import word, xml
from pipeline.text.rewording import Change, compared

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".docx", ".odt")
SHOWS_EARLIER = True

_W = word.W
_WIDTHS, _WIDTHS_OF_FIVE = (1300, 6000, 6000, 1538), (1300, 4400, 4400, 1538, 3200)
"""Of the columns, in twentieths of a point: an A4 page on its side, with narrow margins."""

_UNREVIEWED = "FFF4CC"
_GREY = "808080"


_INTRODUCTION = (
    "Write your translation in the third column. Sentences on a yellow background have not been reviewed yet. "
    "The first column shows where each sentence belongs: please do not change it."
)
_ABOUT_CHANGES = (
    " Where the last column is filled, the sentence has changed since it was translated: "
    "new words are underlined, and words that are gone are struck out."
)


def _has_changes(table: Table) -> bool:
    return any(line.previous for line in table.lines)


def write(table: Table) -> bytes:
    """Return a Word document; what is not reviewed yet stands on yellow."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Twips(16838), Twips(11906)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(1000)
    names = [language.english_name for language in (table.source, table.target)]
    document.add_heading(f"{xml_text(table.document_id)}: {' – '.join(names)}", 1)
    document.add_paragraph(_INTRODUCTION + _ABOUT_CHANGES * _has_changes(table))
    body = document.element.body
    body.insert(len(body) - 1, _table(table, table.source.direction, table.target.direction, *names))
    package = document.part.package
    for name in [name for name, one in package.rels.items() if one.reltype.endswith("thumbnail")]:
        del package.rels[name]
    out = BytesIO()
    document.save(out)
    return office.anonymous(out.getvalue())


def _table(table: Table, source_direction: str, target_direction: str, *names: str) -> "_Element":
    from docx.oxml import OxmlElement

    widths = _WIDTHS_OF_FIVE if _has_changes(table) else _WIDTHS
    root = OxmlElement("w:tbl")
    properties = word.child(root, "tblPr")
    word.child(properties, "tblW", w=str(sum(widths)), type="dxa")
    word.child(properties, "tblLayout", type="fixed")
    borders = word.child(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        word.child(borders, side, val="single", sz="4", space="0", color="BFBFBF")
    grid = word.child(root, "tblGrid")
    for width in widths:
        word.child(grid, "gridCol", w=str(width))
    head = word.child(root, "tr")
    word.child(word.child(head, "trPr"), "tblHeader")
    for name, width in zip(("id", *names, "note", f"{names[0]}{EARLIER}"), widths, strict=False):
        _cell(head, [(name, Change.KEPT)], width, "ltr", bold=True)
    for line in table.lines:
        row = word.child(root, "tr")
        word.child(word.child(row, "trPr"), "cantSplit")
        gone, new = compared(line.previous, line.source) if line.previous else ([], [(line.source, Change.KEPT)])
        fill = "" if line.state and line.state.is_reviewed else _UNREVIEWED
        _cell(row, [(line.id, Change.KEPT)], widths[0], "ltr", small=True)
        _cell(row, new, widths[1], source_direction, lang=table.source_lang)
        _cell(row, [(line.target, Change.KEPT)], widths[2], target_direction, lang=table.target_lang, fill=fill)
        _cell(row, [(line.note, Change.KEPT)], widths[3], "ltr")
        for width in widths[4:]:
            _cell(row, gone, width, source_direction, lang=table.source_lang)
    return root


def _cell(
    row: "_Element", pieces: Sequence[tuple[str, Change]], width: int, direction: str, *,
    lang: str = "", fill: str = "", bold: bool = False, small: bool = False,
) -> None:  # fmt: skip
    cell = word.child(row, "tc")
    properties = word.child(cell, "tcPr")
    word.child(properties, "tcW", w=str(width), type="dxa")
    if fill:
        word.child(properties, "shd", val="clear", color="auto", fill=fill)
    paragraph = _paragraph(cell, direction)
    for text, change in pieces:
        for number, part in enumerate(xml_text(text).split("\n")):
            paragraph = _paragraph(cell, direction) if number else paragraph
            run = word.child(paragraph, "r")
            _run_properties(run, direction, lang, bold, small, change)
            word.words(run, part)


def _paragraph(cell: "_Element", direction: str) -> "_Element":
    paragraph = word.child(cell, "p")
    properties = word.child(paragraph, "pPr")
    if direction == "rtl":
        word.child(properties, "bidi")
    word.child(properties, "spacing", before="40", after="40")
    return paragraph


def _run_properties(run: "_Element", direction: str, lang: str, bold: bool, small: bool, change: Change) -> None:
    """Add them in the order the schema wants."""
    properties = word.child(run, "rPr")
    if bold or change is Change.NEW:
        word.child(properties, "b")
        word.child(properties, "bCs")
    if change is Change.GONE:
        word.child(properties, "strike")
    if small:
        word.child(properties, "noProof")
        word.child(properties, "color", val=_GREY)
    size = "12" if small else "22"
    word.child(properties, "sz", val=size)
    word.child(properties, "szCs", val="26" if direction == "rtl" else size)
    if change is Change.NEW:
        word.child(properties, "u", val="single")
    if direction == "rtl":
        word.child(properties, "rtl")
    if lang:
        word.child(properties, "lang", **{"bidi" if direction == "rtl" else "val": lang})


def read(content: bytes) -> tuple[Line, ...]:
    """Return the rows that have an id; raise ExchangeError when it is no Word document with such a table."""
    parts = office.members(content)
    if opendocument.MEMBER in parts:
        return opendocument.read_text(parts)
    main = _main(parts)
    said = _remarks(parts, main)
    styles = [*office.related(parts, main, "styles"), "word/styles.xml"][:1]
    hiding = shown.hiding_styles(bounds.xml(parts[path]) for path in styles if path in parts)
    root, order = bounds.xml(parts[main]), ColumnOrder()
    merged = _merged(root)
    rows = enumerate(word.rows(root), 1)
    lines = bounded(line for number, row in rows if (line := _line(row, number, said, order, merged, hiding)))
    if not lines:
        raise ExchangeError("no table with ids in its first column; fill in the document that was exported")
    return lines


def _main(parts: Mapping[str, bytes]) -> str:
    main = next(iter(office.related(parts, "", "officeDocument")), "word/document.xml")
    if main not in parts or not bounds.xml(parts[main]).tag.endswith("}document"):
        raise ExchangeError("this is not a Word document (.docx); save it as one")
    return main


def held(content: bytes) -> Iterator[Held]:
    """Yield every text in a document, but for what we wrote around the table; raise ExchangeError as `read` does."""
    parts = office.members(content)
    rows = Rows()
    found = opendocument.held_in_text(parts, rows) if opendocument.MEMBER in parts else _held(parts, rows)
    title = f": {rows.names[1]} – {rows.names[2]}" if len(rows.names) > 2 else "\n"
    ours = (_bare(_INTRODUCTION), _bare(_INTRODUCTION + _ABOUT_CHANGES))
    return (one for one in found if one.id or not (_bare(one.text) in ours or one.text.endswith(title)))


def _bare(text: str) -> str:
    return "".join(text.split())


def _held(parts: Mapping[str, bytes], rows: Rows) -> list[Held]:
    main = _main(parts)
    root = bounds.xml(parts[main])
    found: list[Held] = []
    for row in [one for one in word.rows(root) if next(one.iter(f"{_W}tbl"), None) is None]:
        cells = ["\n".join(words.paragraphs(cell)) for cell in word.cells(row)]
        if rows.id(cells) or rows.is_head(cells):
            found += rows.of(cells) if rows.id(cells) else ()
            xml.drop(row)
    found += (Held("", text) for text in words.paragraphs(root))
    said = _remarks(parts, main)
    named = dict.fromkeys(_reference(mark) for mark in root.iter(*(_W + name for name in _REMARKS)))
    return found + [Held("", said[one]) for one in named if one in said]


Remarks = Mapping[tuple[str, str], str]
"""What stands in comments, footnotes and endnotes, by the element that refers to it and its number."""


def _merged(root: "_Element") -> "dict[_Element, set[int]]":
    """Return the rows with a cell that is one with that above or below it, and the columns of such."""
    found: dict[_Element, set[int]] = {}
    before: dict[_Element | None, _Element] = {}
    for row in word.rows(root):
        table = next(row.iterancestors(f"{_W}tbl"), None)
        joined = [column for column, cell in enumerate(word.cells(row)) if _goes_on(cell)]
        for one in (row, before.get(table)) if joined else ():
            if one is not None:
                found.setdefault(one, set()).update(joined)
        before[table] = row
    return found


def _goes_on(cell: "_Element") -> bool:
    """Whether a cell is one with that above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _line(
    row: "_Element",
    number: int,
    said: Remarks,
    order: ColumnOrder,
    merged: "Mapping[_Element, set[int]]",
    hiding: Collection[str],
) -> Line | None:
    bounds.require_shallow(row)
    found = [shown.seen(cell, hiding) for cell in word.cells(row)]
    at = next((index for index, cell in enumerate(found) if parse_id(cell.text)), None)
    holds_table = next(row.iter(f"{_W}tbl"), None) is not None
    if at is None:
        texts = [(column, cell.text) for column, cell in enumerate(found)]
        order.named(texts)
        is_within = holds_table or next(row.iterancestors(f"{_W}tr"), None) is not None
        return None if is_within else order.without_id(texts, f"row {number}")
    if len(found) < at + 3 and (order.last is None or holds_table):
        return None
    order.require(at)
    if order.last not in (None, len(found) - 1) or not merged.get(row, set()).isdisjoint(range(at, at + 3)):
        return Line(found[at].text.strip(), "", "", fault=f"row {number}: {MERGED}")
    named = dict.fromkeys(_reference(mark) for mark in row.iter(*(_W + name for name in _REMARKS)))
    (name, source, target, note, _), fault = row_of(found[at : at + 4], (said[one] for one in named if one in said))
    properties = row.find(f"{_W}trPr")
    remark = HIDDEN if properties is not None and word.is_on(properties, "hidden") else ""
    return Line(name.strip(), source, target, note, fault=fault and f"row {number}: {fault}", remark=remark)


_REMARKS = {
    "commentReference": "comment",
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
}


def _reference(mark: "_Element") -> tuple[str, str]:
    return str(mark.tag).removeprefix(_W), mark.get(f"{_W}id", "")


def _remarks(parts: Mapping[str, bytes], main: str) -> Remarks:
    return {
        (name, one.get(f"{_W}id", "")): shown.seen(one).text
        for name, kind in _REMARKS.items()
        for path in [*office.related(parts, main, f"{kind}s"), f"word/{kind}s.xml"][:1]
        if path in parts
        for one in bounds.xml(parts[path]).iterchildren(_W + kind)
    }
