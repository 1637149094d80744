"""A Word table: id, source, translation, note.

Read as Word means it (ECMA-376, part 1, 17): what Track Changes inserted counts, what it
deleted does not, and a comment on a row is a note.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.exchange import bounds
from pipeline.exchange.formats import _office as office
from pipeline.exchange.table import Line, Table, bounded, parse_id, xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".docx",)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WIDTHS = (1300, 6000, 6000, 1538)
"""Of the columns, in twentieths of a point: an A4 page on its side, with narrow margins."""

_UNREVIEWED = "FFF4CC"
_GREY = "808080"


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
    document.add_heading(f"{table.document_id}: {' – '.join(names)}", 1)
    document.add_paragraph(
        "Write your translation in the third column. Sentences on a yellow background have not been reviewed yet. "
        "The first column shows where each sentence belongs: please do not change it."
    )
    body = document.element.body
    body.insert(len(body) - 1, _table(table, table.source.direction, table.target.direction, *names))
    package = document.part.package
    for name in [name for name, one in package.rels.items() if one.reltype.endswith("thumbnail")]:
        del package.rels[name]
    out = BytesIO()
    document.save(out)
    return office.anonymous(out.getvalue())


def _table(table: Table, source_direction: str, target_direction: str, *names: str) -> "_Element":
    root = _element("tbl")
    properties = _child(root, "tblPr")
    _child(properties, "tblW", w=str(sum(_WIDTHS)), type="dxa")
    _child(properties, "tblLayout", type="fixed")
    borders = _child(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, side, val="single", sz="4", space="0", color="BFBFBF")
    grid = _child(root, "tblGrid")
    for width in _WIDTHS:
        _child(grid, "gridCol", w=str(width))
    head = _child(root, "tr")
    _child(_child(head, "trPr"), "tblHeader")
    for name, width in zip(("id", *names, "note"), _WIDTHS, strict=True):
        _cell(head, name, width, "ltr", bold=True)
    for line in table.lines:
        row = _child(root, "tr")
        _child(_child(row, "trPr"), "cantSplit")
        _cell(row, line.id, _WIDTHS[0], "ltr", small=True)
        _cell(row, line.source, _WIDTHS[1], source_direction, lang=table.source_lang)
        fill = "" if line.state and line.state.is_reviewed else _UNREVIEWED
        _cell(row, line.target, _WIDTHS[2], target_direction, lang=table.target_lang, fill=fill)
        _cell(row, line.note, _WIDTHS[3], "ltr")
    return root


def _cell(
    row: "_Element", text: str, width: int, direction: str, *,
    lang: str = "", fill: str = "", bold: bool = False, small: bool = False,
) -> None:  # fmt: skip
    cell = _child(row, "tc")
    properties = _child(cell, "tcPr")
    _child(properties, "tcW", w=str(width), type="dxa")
    if fill:
        _child(properties, "shd", val="clear", color="auto", fill=fill)
    for part in xml_text(text).split("\n"):
        paragraph = _child(cell, "p")
        paragraph_properties = _child(paragraph, "pPr")
        if direction == "rtl":
            _child(paragraph_properties, "bidi")
        _child(paragraph_properties, "spacing", before="40", after="40")
        run = _child(paragraph, "r")
        _run_properties(run, direction, lang, bold, small)
        words = _child(run, "t")
        words.text = part
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _run_properties(run: "_Element", direction: str, lang: str, bold: bool, small: bool) -> None:
    """Add them in the order the schema wants."""
    properties = _child(run, "rPr")
    if bold:
        _child(properties, "b")
    if small:
        _child(properties, "noProof")
        _child(properties, "color", val=_GREY)
    size = "12" if small else "22"
    _child(properties, "sz", val=size)
    _child(properties, "szCs", val="26" if direction == "rtl" else size)
    if direction == "rtl":
        _child(properties, "rtl")
    if lang:
        _child(properties, "lang", **{"bidi" if direction == "rtl" else "val": lang})


def _element(name: str) -> "_Element":
    from docx.oxml import OxmlElement

    return OxmlElement(f"w:{name}")


def _child(parent: "_Element", name: str, **attributes: str) -> "_Element":
    child = _element(name)
    for key, value in attributes.items():
        child.set(_W + key, value)
    parent.append(child)
    return child


def read(content: bytes) -> tuple[Line, ...]:
    """Return the rows that have an id; raise ExchangeError when it is no Word document with such a table."""
    parts = office.members(content)
    if "word/document.xml" not in parts:
        raise ExchangeError("this is not a Word document (.docx); save it as one")
    comments = _comments(parts.get("word/comments.xml"))
    rows = bounds.xml(parts["word/document.xml"]).iter(f"{_W}tr")
    lines = bounded(line for row in rows if (line := _line(row, comments)))
    if not lines:
        raise ExchangeError("no table with ids in its first column; fill in the document that was exported")
    return lines


def _line(row: "_Element", comments: dict[str, str]) -> Line | None:
    # Each row is read with all that is in it: what is nested is read again for every row around it.
    if sum(1 for _ in row.iterancestors(f"{_W}tr")) > bounds.MOST_NESTED:
        raise ExchangeError(f"tables more than {bounds.MOST_NESTED} deep; copy yours into a document of its own")
    cells = list(row.iterchildren(f"{_W}tc", f"{_W}sdt"))
    texts = [_text(cell) for cell in cells]
    at = next((index for index, text in enumerate(texts) if parse_id(text)), None)
    if at is None or len(texts) < at + 3 or _is_deleted(row):
        return None
    named = dict.fromkeys(mark.get(f"{_W}id", "") for mark in row.iter(f"{_W}commentReference"))
    said = [comments[key] for key in named if key in comments]
    note = texts[at + 3] if len(texts) > at + 3 else ""
    return Line(texts[at].strip(), texts[at + 1], texts[at + 2], "\n".join([note, *said]).strip())


def _is_deleted(row: "_Element") -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _comments(content: bytes | None) -> dict[str, str]:
    if content is None:
        return {}
    return {one.get(f"{_W}id", ""): _text(one) for one in bounds.xml(content).iter(f"{_W}comment")}


def _text(element: "_Element") -> str:
    """Return what a reader sees who accepts all changes: a line a paragraph."""
    paragraphs = ["".join(_words(paragraph)) for paragraph in element.iter(f"{_W}p")]
    return "\n".join(paragraphs).strip("\n")


_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_LEFT_OUT = {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "p"}


def _words(element: "_Element") -> Iterator[str]:
    for child in element:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in _LEFT_OUT:
            yield from _words(child)
