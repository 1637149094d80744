"""Rows of the page: one for every block, its languages side by side, as the layout has it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import statements
from pipeline.edition.circumstances import in_language
from pipeline.edition.design import CHANGES, FACING, are_stacked
from pipeline.edition.reading import label_first
from pipeline.edition.render.pdf import cells, grids, keeping, markers, titleblock
from pipeline.edition.render.pdf.columns import AREA, LATIN, Page
from pipeline.edition.render.pdf.keeping import LINES, add_class, is_of
from pipeline.edition.render.pdf.markers import Lead
from pipeline.languages import Language
from pipeline.model import Block, Kind, MarkKind, Passage, Row
from pipeline.text.printable import plain

ROW_LENGTH = 380
"""Characters of source after which a paragraph goes on in a new row."""

UNDIVIDED = 12
"""Lines that a paragraph has at least, about, before it is divided: a shorter one does not drift apart."""

SEPARATOR = "* * *"

PICTURE = "picture-"
"""What the names of pictures begin with, among those of the files of a page."""

DEEPEST = 5
"""Lists in lists are moved in so often; deeper ones stand below the last of these."""

NARROW = 22.8
"""Ems of a measure in which words of Latin letters are too few to fill lines: these end where they end, as in large
print. Two columns on A5 have less, those on A4 more."""

BAR = 11.6
"""Points that the bar beside a quotation takes, in style.css."""

_FILLED = (Kind.PARAGRAPH, Kind.QUOTATION, Kind.LIST_ITEM)

_OPENING = ("heading", "titled", "separator", "compared")
"""What a text or a part of it begins with."""

_NAMES = {Kind.NOTE: "endnote"}
"""Of rows, where they are others than their kind's: a «note» is what translators want to be printed."""

_TAGS = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.QUOTATION: "blockquote"}


def body(page: Page) -> list[Element]:
    """Return the rows of a page description, those that belong together marked so that no page parts them."""
    rows = list(_captioned_below(_captioned(list(_all_rows(page)))))
    head = titleblock.of(rows)
    for row in head:
        add_class(row, "titled" if row is not head[-1] else "titled last")
    if page.layout is CHANGES:
        _show_changes(page, rows, head)
    if len(page.columns) > 1:
        _indent(rows)
    keeping.mark(rows, page)
    return list(_guarded(rows))


def _indent(rows: Sequence[Element]) -> None:
    """Let paragraphs begin with an indent: a row that begins flush is known for one that a paragraph goes on in.

    The first one of a text, of a part of it and of a quotation has none, nor has code, nor have lines that end where
    their source has it, as in an address.
    """
    for before, row in pairwise(rows):
        is_first = is_of(before, _OPENING) or (is_of(row, ("quotation",)) and not is_of(before, ("quotation",)))
        is_begun = is_of(row, ("paragraph", "quotation")) and not is_of(row, ("continued",))
        if is_begun and not is_first and not is_of(row, ("code",)) and row.find(".//br") is None:
            add_class(row, "indented")


def _guarded(rows: Sequence[Element]) -> Iterator[Element]:
    """Yield rows, with a guard before each table that a page may part: its head would stand alone."""
    for row in rows:
        if is_of(row, ("rows",)) and not is_of(row, ("whole",)):
            yield Element("div", {"class": "guard table-guard"})
        yield row


def _captioned(rows: Sequence[Element]) -> Iterator[Element]:
    """Yield rows; where a table stands there once in each language, each has the caption in its own."""
    captions: dict[str, Element] = {}
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if is_of(row, ("caption",)) and after is not None and is_of(after, ("full",)):
            captions = {cell.get("lang", ""): cell for cell in row}
            continue
        if is_of(row, ("full",)) and (cell := captions.pop(_language(row), None)) is not None:
            yield _caption(cell, "full")
        yield row


def _captioned_below(rows: Iterable[Element]) -> Iterator[Element]:
    """Yield rows; where the caption stands below such a table, each has it there."""
    tables: list[Element] = []
    for row in rows:
        if is_of(row, ("full",)):
            tables.append(row)
            continue
        if is_of(row, ("caption",)) and tables and not any(is_of(table, ("caption",)) for table in tables):
            captions = {cell.get("lang", ""): cell for cell in row}
            last = {_language(table): number for number, table in enumerate(tables)}
            for number, table in enumerate(tables):
                yield table
                if last[_language(table)] == number and (cell := captions.pop(_language(table), None)) is not None:
                    yield _caption(cell, "full below")
        else:
            yield from (*tables, row)
        tables = []
    yield from tables


def _caption(cell: Element, place: str) -> Element:
    caption = Element("div", {"class": f"row caption {place}"})
    caption.append(cell)
    return caption


def _language(row: Element) -> str:
    """Return the first language that stands in a row."""
    return next((cell.get("lang", "") for cell in row.iter() if is_of(cell, ("cell",))), "")


def _show_changes(page: Page, rows: list[Element], head: Sequence[Element]) -> None:
    """Say under the title block what is compared, and put a bar beside all that changed."""
    for row in rows:
        for cell in row.iter():
            if is_of(cell, ("cell",)) and any(part.tag in ("ins", "del") for part in cell.iter()):
                add_class(cell, "changed")
    if page.edition.since:
        rows.insert(rows.index(head[-1]) + 1 if head else 0, _compared(page))


def _compared(page: Page) -> Element:
    row = Element("div", {"class": "row compared"})
    for number, language in enumerate(page.columns):
        side = "source" if language is page.source else "target"
        cell = SubElement(row, "div", {"class": f"cell column-{number} {side}", **cells.language_of(language)})
        cells.add_line(cell, "p", "compared").text = statements.compared(page.edition, language)
    return row


def _all_rows(page: Page) -> Iterator[Element]:
    edition = page.edition
    title = next((number for number, row in enumerate(edition.rows) if row.block.kind is Kind.TITLE), None)
    if title is None:
        yield from titleblock.rows(page, titleblock.editorial(page))
    leads = markers.leads([row.block for row in edition.rows], edition.document.lang)
    ragged = _ragged(page, leads)
    for number, (row, lead) in enumerate(zip(edition.rows, leads, strict=True)):
        made = list(_rows(page, row, number, lead))
        for one in made if row.block.kind in ragged else ():
            add_class(one, "ragged")
        if row.block.kind is Kind.QUOTATION and not are_stacked(page.design, len(page.columns)):
            _join(made, is_last=not _goes_on(edition.rows, number))
        yield from titleblock.rows(page, made) if number == title else made


def _ragged(page: Page, leads: Sequence[Lead | None]) -> set[Kind]:
    """Return the kinds of blocks whose lines are ragged in Latin letters, in all languages if one has no room."""
    widths = [width for width, one in zip(page.widths, page.columns, strict=True) if one.direction == "ltr"]
    room = min(widths, default=inf) - NARROW * LATIN
    blocks = ((row.block, lead) for row, lead in zip(page.edition.rows, leads, strict=True))
    return {block.kind for block, lead in blocks if block.kind in _FILLED and _moved_in(block, lead, page) > room}


def _moved_in(block: Block, lead: Lead | None, page: Page) -> float:
    """Return the points that the lines of a block are shorter by than their column."""
    if block.kind is not Kind.LIST_ITEM:
        return BAR if block.kind is Kind.QUOTATION else 0.0
    hang = markers.hang(lead, page.columns) if lead else markers.HANG
    return hang + markers.HANG * (min(max(block.depth, 1), DEEPEST) - 1)


def _goes_on(rows: Sequence[Row], number: int) -> bool:
    return number + 1 < len(rows) and rows[number + 1].block.kind is Kind.QUOTATION


def _join(quotation: Sequence[Element], *, is_last: bool) -> None:
    """Let the bars beside a quotation meet from row to row, and the rows of one paragraph of it stay near."""
    for row in quotation:
        add_class(row, "joined")
    for row in quotation[: -1 if is_last else None]:
        add_class(row, "goes-on" if row is quotation[-1] else "goes-on parted")


def _rows(page: Page, row: Row, number: int, lead: Lead | None) -> Iterator[Element]:
    block, name = row.block, _NAMES.get(row.block.kind) or row.block.kind.value.replace("_", "-")
    tag = f"h{min(block.level, 6)}" if block.kind is Kind.HEADING and block.level > 2 else _TAGS.get(block.kind, "p")
    depth = f" depth-{min(block.depth, DEEPEST)}" if block.depth > 1 else ""
    if block.kind is Kind.SEPARATOR:
        yield _separator(page)
    elif block.picture:
        yield _picture(page, row, number)
    elif block.kind.is_grid:
        yield from grids.tables(page, row, number)
    elif block.kind is Kind.CONTACT:
        yield cells.row(page, name, label_first(row.passages), str(number))
    elif block.kind is Kind.SLOGAN:
        for index, passage in enumerate(row.passages):
            yield cells.row(page, name, [passage], f"{number}.{index}")
    else:
        name += " code" if _is_code(row) else ""
        for index, passages in enumerate(_divided(row, page)):
            first = not index
            more = (" marked" if lead else "") + depth if first else " continued"
            yield cells.row(page, name + more, passages, str(number), lead if first else None, tag)


def _is_code(row: Row) -> bool:
    """Whether a paragraph is nothing but code: its lines go from the left in every language, and are not filled."""
    codes = (any(mark.kind is MarkKind.CODE for mark in passage.around) for passage in row.passages)
    return row.block.kind is Kind.PARAGRAPH and bool(row.passages) and all(codes)


def _picture(page: Page, row: Row, number: int) -> Element:
    """One across all columns, which the reader hears of; on facing pages, and alone, one in each language."""
    made = Element("div", {"class": "row picture"})
    if len(page.columns) > 1 and page.layout is not FACING:
        _add_picture(made, row, page.reader, number)
        return made
    for place, language in enumerate(page.columns):
        cell = SubElement(made, "div", {"class": f"cell column-{place}", **cells.language_of(language)})
        _add_picture(cell, row, language, number)
    return made


def _add_picture(place: Element, row: Row, language: Language, number: int) -> None:
    said = " ".join(in_language(language, passage) or passage.source for passage in row.passages)
    name = f"asset:{PICTURE}{row.block.picture}"
    SubElement(place, "img", {"src": name, "alt": plain(said), "data-block": str(number)})


def _separator(page: Page) -> Element:
    """One across all columns; on facing pages one on each."""
    if page.layout is not FACING:
        separator = Element("div", {"class": "separator"})
        separator.text = SEPARATOR
        return separator
    row = Element("div", {"class": "row separator"})
    for number, language in enumerate(page.columns):
        cell = SubElement(row, "div", {"class": f"cell column-{number}", **cells.language_of(language)})
        SubElement(cell, "p").text = SEPARATOR
    return row


def _divided(row: Row, page: Page) -> Iterator[list[Passage]]:
    """Yield the parts of a long paragraph that stand level with their translations; a language alone needs none."""
    is_text = row.block.kind in (Kind.PARAGRAPH, Kind.QUOTATION)
    if len(page.columns) == 1 or not is_text or _lines(row, page) < UNDIVIDED:
        yield list(row.passages)
        return
    part: list[Passage] = []
    left = sum(len(passage.source) for passage in row.passages)
    for passage in row.passages:
        part.append(passage)
        left -= len(passage.source)
        if sum(len(p.source) for p in part) >= ROW_LENGTH <= 2 * left:
            yield part
            part = []
    if part:
        yield part


def _lines(row: Row, page: Page) -> float:
    """Return how many lines a block has in the language in which it has most, about."""
    lengths = (sum(len(in_language(one, passage)) for passage in row.passages) for one in page.columns)
    letters = (AREA[one.direction] / LINES[one.direction] for one in page.columns)
    return max(length * letter / width for length, letter, width in zip(lengths, letters, page.widths, strict=True))
