"""Edition → HTML: a row for every block, its languages side by side, as the layout has it.

Every element of text carries `data-block`, which is the same for all parts of one block in one
language: `tagging` makes of them one paragraph for screen readers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.catalogue.po import disclosure
from pipeline.document.contacts import is_contact_value
from pipeline.edition.design import CHANGES, FACING, MILLIMETRE, SINGLE, Design, Layout, geometry
from pipeline.edition.render.pdf import colophon
from pipeline.edition.render.pdf.composition import add_text, compose, marked, note_marker, plain, reworded, sentence
from pipeline.edition.revision import spoken
from pipeline.languages import Language
from pipeline.model import Block, Edition, Kind, Passage, Row, State
from pipeline.text import grid, markup
from pipeline.text.orthography import fold

ROW_LENGTH = 380
"""Characters of source after which a paragraph goes on in a new row."""

HEAD_POINTS = 4.0
"""What a character of a running head takes of its line."""

COVER_LENGTH = 75
"""Characters of a title that is set large on a cover; one of more than three times as many is cut."""

UNDATED = "1970-01-01"
"""A fixed date for what has none: that of the clock would make every PDF different."""

SEPARATOR = "* * *"

DEEPEST = 5
"""Lists in lists are moved in so often; deeper ones stand below the last of these."""

_NAMES = {Kind.NOTE: "endnote"}
"""Of rows, where they are others than their kind's: a «note» is what translators want to be printed."""

_TAGS = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.QUOTATION: "blockquote"}


@dataclass(frozen=True, slots=True)
class Page:
    """An edition and how it is laid out: `columns` are its languages from the right to the left.

    In a layout of one language there is one; the source is among them but in a translation alone.
    What is written from right to left stands on the right.
    """

    edition: Edition
    design: Design
    source: Language
    targets: tuple[Language, ...]
    columns: tuple[Language, ...] = field(init=False)

    def __post_init__(self) -> None:
        if self.layout is SINGLE and self.targets:
            columns = self.targets
        elif self.source.direction == "rtl":
            columns = (self.source, *self.targets)
        else:
            columns = (*self.targets, self.source)
        object.__setattr__(self, "columns", columns)

    @classmethod
    def of(cls, edition: Edition, design: Design) -> "Page":
        source, *targets = edition.languages
        return cls(edition, design, source, tuple(targets))

    @property
    def layout(self) -> Layout:
        return self.design.layout

    @property
    def head_length(self) -> int:
        """The characters of a title that fit its part of the running head."""
        sheet = geometry(self.design, len(self.columns))
        width = (sheet.width - sheet.outer - sheet.inner) * MILLIMETRE
        return int(width / (1 if self.layout is FACING else len(self.columns)) / HEAD_POINTS)

    @property
    def title(self) -> str:
        """The title of the file, the reader's language first."""
        titles = (title(self.edition, language) for language in sorted(self.columns, key=lambda c: c is self.source))
        return " — ".join(filter(None, titles)) or self.edition.document.id

    @property
    def reader(self) -> Language:
        """The language of whom it is made for: the first translation, if there is one."""
        return self.targets[0] if self.targets else self.source

    def lengths(self) -> list[int]:
        """Return the characters of text in each column."""
        passages = [passage for row in self.edition.rows for passage in row.passages]
        return [sum(len(_in(language, passage)) for passage in passages) for language in self.columns]


def html(edition: Edition, design: Design, *, release: bool) -> str:
    """Return the page description of an edition; without `release` every page is stamped as a draft."""
    page = Page.of(edition, design)
    root = Element("html", lang=page.reader.code)
    _head(SubElement(root, "head"), page)
    body = SubElement(root, "body", {"class": f"{page.layout} columns-{len(page.columns)}"})
    _running_heads(body, page, release=release)
    place = _cover(body, page) if page.layout is FACING else body
    if design.theme.logo:
        place.insert(0, Element("img", {"class": "logo", "src": "asset:logo", "alt": plain(design.theme.logo_text)}))
    body.extend(_body(page))
    body.append(colophon.element(edition, page.columns, page.source, page.targets))
    return "<!DOCTYPE html>" + tostring(root, encoding="unicode", method="html")


def title(edition: Edition, language: Language) -> str:
    """Return the title in a language of the edition; empty when it is not translated."""
    return _in(language, edition.title)


def created(edition: Edition) -> str:
    """Return the date of the document as a file's metadata give one, to the second or no further than it is known."""
    date = edition.document.meta.date or UNDATED
    return f"{date}T00:00:00Z" if len(date) == len(UNDATED) else date


def _head(head: Element, page: Page) -> None:
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = page.title
    if page.edition.issuer:
        SubElement(head, "meta", name="author", content=plain(page.edition.issuer.source))
    for name in ("dcterms.created", "dcterms.modified"):
        SubElement(head, "meta", name=name, content=created(page.edition))


def _cover(body: Element, page: Page) -> Element:
    """Title and issuer on a right-hand page of their own, so that the pages behind it face each other."""
    longest = max(len(title(page.edition, language)) for language in page.columns)
    cover = SubElement(body, "div", {"class": "cover long" if longest > COVER_LENGTH else "cover"})
    for language in page.columns:
        cell = SubElement(cover, "div", {"class": "cell", **_language(language)})
        texts = [title(page.edition, language), _in(language, page.edition.issuer)]
        for index, text in enumerate(filter(None, texts)):
            compose(_line(cell, "p", f"cover.{index}"), _shortened(text, 3 * COVER_LENGTH), language)
    return cover


def _in(language: Language, passage: Passage | None) -> str:
    """Return a passage in a language; empty when there is none, or it is not translated."""
    if passage is None:
        return ""
    unit = passage.units.get(language.code)
    text = unit.target if unit else passage.source
    return plain(text if passage.signs is None else markup.plain(text))


def _running_heads(body: Element, page: Page, *, release: bool) -> None:
    """Heads and feet of the pages, which the stylesheet puts into the margins by their number."""
    for number, language in enumerate(page.columns):
        attributes = {"lang": language.code, "dir": language.direction}
        head = SubElement(body, "div", {"class": f"head column-{number}", **attributes})
        compose(head, _shortened(title(page.edition, language), page.head_length), language)
    for number, language in enumerate(page.columns[:2]):
        attributes = {"lang": language.code, "dir": language.direction}
        foot = SubElement(body, "div", {"class": f"foot column-{number} digits-{language.code}", **attributes})
        _folio(foot, language, page.layout)
        if not release:
            SubElement(foot, "span", {"class": "stamp"}).text = language.labels.draft


def _folio(foot: Element, language: Language, layout: Layout) -> None:
    label = language.labels.page_alone if layout is FACING else language.labels.page
    for part in re.split(r"(\{page\}|\{pages\})", label):
        if part in ("{page}", "{pages}"):
            SubElement(foot, "span", {"class": part.strip("{}")})
        else:
            SubElement(foot, "span").text = part


def _shortened(text: str, length: int) -> str:
    """Return a title that fits the running head, cut at a word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


# --- rows ----------------------------------------------------------------------------


def _body(page: Page) -> Iterator[Element]:
    edition = page.edition
    if edition.title_is_editorial:
        yield from _title_rows(page)
    for number, row in enumerate(edition.rows):
        yield from _rows(page, row, number)
        if row.block.kind is Kind.TITLE and (issuer := _issuer(edition, row)):
            yield _row(page, "issuer", [issuer], "issuer")


def _title_rows(page: Page) -> Iterator[Element]:
    """A title that the editor gave stands in square brackets, with the issuer below."""
    row = _row(page, "title", [page.edition.title], "title", tag="h1")
    for heading in row.iter("h1"):
        heading.text = f"[{heading.text or ''}"
        add_text(heading, "]")
    yield row
    if page.edition.issuer:
        yield _row(page, "issuer", [page.edition.issuer], "issuer")


def _issuer(edition: Edition, row: Row) -> Passage | None:
    """The issuer, unless the title names it already."""
    issuer = edition.issuer
    return issuer if issuer and fold(issuer.source) not in fold(row.block.text) else None


def _rows(page: Page, row: Row, number: int) -> Iterator[Element]:
    block, name = row.block, _NAMES.get(row.block.kind) or row.block.kind.value.replace("_", "-")
    tag = f"h{min(block.level, 6)}" if block.kind is Kind.HEADING and block.level > 2 else _TAGS.get(block.kind, "p")
    if block.kind is Kind.SEPARATOR:
        yield _separator(page)
    elif block.kind.is_grid:
        yield from _grid(page, row, name, number)
    elif block.kind is Kind.CONTACT:
        yield _row(page, name, _label_first(row.passages), str(number))
    elif block.kind is Kind.SLOGAN:
        for index, passage in enumerate(row.passages):
            yield _row(page, name, [passage], f"{number}.{index}")
    else:
        for index, passages in enumerate(_divided(row)):
            more = " continued" if index else ""
            yield _row(page, name + more, passages, str(number), block if not index else None, tag)


def _grid(page: Page, row: Row, name: str, number: int) -> Iterator[Element]:
    """Yield a row of the page for every row of a grid, its cells in the order in which each language is read."""
    block = row.block
    rows = list(grid.rows((passage, passage.tail) for passage in row.passages))
    widths = {language.code: _widths(rows, language) for language in page.columns}
    for index, passages in enumerate(rows):
        line = Element("div", {"class": f"row {name}{' first' if not index else ''}{_last(index, rows)}"})
        tag = "th" if index < block.header_rows else "td"
        for column, language in enumerate(page.columns):
            side = "source" if language is page.source else "target"
            cell = SubElement(line, "div", {"class": f"cell column-{column} {side}", **_language(language)})
            _grid_line(page, cell, passages, widths[language.code], f"{number}.{index}", tag, name)
        yield line


def _last(index: int, rows: Sequence[object]) -> str:
    return " last" if index == len(rows) - 1 else ""


def _widths(rows: Sequence[Sequence[Passage | None]], language: Language) -> list[float]:
    """Return the part of the width, in per cent, of each column of a grid: more where the texts are longer."""
    count = max(map(len, rows), default=1)
    longest = [
        max((len(_in(language, row[place])) for row in rows if place < len(row) and row[place]), default=0)
        for place in range(count)
    ]
    shares = [min(max(length, SHORTEST_CELL), LONGEST_CELL) ** 0.5 for length in longest]
    return [100 * share / sum(shares) for share in shares]


SHORTEST_CELL, LONGEST_CELL = 6, 120
"""Characters of a cell by which the width of its column is found."""


def _grid_line(
    page: Page,
    cell: Element,
    passages: Sequence[Passage | None],
    widths: Sequence[float],
    key: str,
    tag: str,
    name: str,
) -> None:
    language = next(one for one in page.columns if one.code == cell.get("lang"))
    found = [passage for passage in passages if passage]
    if language is not page.source and (mark := _mark(found, language)):
        cell.set("class", f"{cell.get('class')} unreviewed {mark}")
        SubElement(cell, "div", {"class": "mark", "data-block": f"{key}.mark"}).text = language.labels.state(mark)
    line = SubElement(SubElement(cell, "table", {"class": "grid"}), "tr")
    for place, width in enumerate(widths):
        passage = passages[place] if place < len(passages) else None
        box = SubElement(line, tag, {"style": f"width: {width:.2f}%"})
        if name == "table":
            box.set("data-block", f"{key}.{place}")
        else:
            box = _line(box, "p", key if name == "verse" else f"{key}.{place}")
        if passage:
            _grid_cell(page, box, passage, language)
    _translators_notes(cell, found, language, key)


def _grid_cell(page: Page, box: Element, passage: Passage, language: Language) -> None:
    unit = passage.units.get(language.code)
    if unit and not unit.target:
        box.attrib |= {"class": "untranslated", **_language(page.source)}
        marked(box, passage.source, page.source, passage.signs, passage.around)
    else:
        _sentence(page, box, passage, language)


def _separator(page: Page) -> Element:
    """One across all columns; on facing pages one on each."""
    if page.layout is not FACING:
        separator = Element("div", {"class": "separator"})
        separator.text = SEPARATOR
        return separator
    row = Element("div", {"class": "row separator"})
    for number, language in enumerate(page.columns):
        cell = SubElement(row, "div", {"class": f"cell column-{number}", **_language(language)})
        SubElement(cell, "p").text = SEPARATOR
    return row


def _divided(row: Row) -> Iterator[list[Passage]]:
    if row.block.kind not in (Kind.PARAGRAPH, Kind.QUOTATION):
        yield list(row.passages)
        return
    part: list[Passage] = []
    for passage in row.passages:
        part.append(passage)
        if sum(len(p.source) for p in part) >= ROW_LENGTH:
            yield part
            part = []
    if part:
        yield part


def _label_first(passages: Iterable[Passage]) -> list[Passage]:
    """Contact lines read label, then value, whatever order the source has them in."""
    ordered = sorted(passages, key=lambda passage: is_contact_value(spoken(passage)))
    return [replace(passage, tail=" ") for passage in ordered]


def _row(
    page: Page, name: str, passages: Sequence[Passage], key: str, block: Block | None = None, tag: str = "p"
) -> Element:
    marked = " marked" if block and block.marker else ""
    depth = f" depth-{min(block.depth, DEEPEST)}" if block and block.depth > 1 else ""
    row = Element("div", {"class": f"row {name}{marked}{depth}"})
    for number, language in enumerate(page.columns):
        cell = SubElement(row, "div", {"class": f"cell column-{number}", **_language(language)})
        if language is page.source:
            cell.set("class", f"{cell.get('class')} source")
            _original(page, cell, passages, key, block, tag)
        else:
            _translation(page, cell, passages, language, key, block, tag)
    return row


def _language(language: Language) -> dict[str, str]:
    return {"lang": language.code, "dir": language.direction}


def _line(cell: Element, tag: str, key: str, **attributes: str) -> Element:
    return SubElement(cell, tag, {"data-block": key, **attributes})


def _original(page: Page, cell: Element, passages: Sequence[Passage], key: str, block: Block | None, tag: str) -> None:
    line = _line(cell, tag, key)
    _marker(line, block, page.source)
    for passage in passages:
        tail = "" if passage is passages[-1] else passage.tail
        _sentence(page, line, passage, page.source)
        add_text(line, tail)


def _sentence(page: Page, line: Element, passage: Passage, language: Language) -> None:
    """Append a passage in a language; words that changed are shown without their marks."""
    unit = passage.units.get(language.code)
    text = unit.target if unit else passage.source
    if page.layout is CHANGES:
        earlier = markup.unsigned(passage.earlier) if passage.earlier else None
        before = "" if earlier is None else earlier.source if language is page.source else earlier.target
        now = text if passage.signs is None else markup.plain(text)
        if fold(before) != fold(now):
            reworded(line, before, now, language)
            return
    marked(line, text, language, passage.signs, passage.around)


def _translation(
    page: Page,
    cell: Element,
    passages: Sequence[Passage],
    target: Language,
    key: str,
    block: Block | None,
    tag: str,
) -> None:
    cell.set("class", f"{cell.get('class')} target")
    if mark := _mark(passages, target):
        cell.set("class", f"{cell.get('class')} unreviewed {mark}")
        SubElement(cell, "div", {"class": "mark", "data-block": f"{key}.mark"}).text = target.labels.state(mark)
    line = None
    for passage in passages:
        unit = passage.units.get(target.code)
        if unit and not unit.target:
            source = page.source
            line = _line(cell, tag, f"{key}.source", **{"class": "untranslated"}, **_language(source))
            marked(line, passage.source, source, passage.signs, passage.around)
            line = None
            continue
        if line is None:
            line = _line(cell, tag, key)
            if passage is passages[0]:
                _marker(line, block, target)
        _sentence(page, line, passage, target)
        add_text(line, "" if passage is passages[-1] else " ")
    _translators_notes(cell, passages, target, key)


def _translators_notes(cell: Element, passages: Sequence[Passage], target: Language, key: str) -> None:
    for number, note in enumerate(_notes(passages, target)):
        line = _line(cell, "p", f"{key}.note.{number}", **{"class": "note"})
        add_text(line, f"{target.labels.note} ")
        sentence(line, note, target)


def _notes(passages: Iterable[Passage], target: Language) -> Iterator[str]:
    """Yield the notes that translators want to be printed, each once."""
    for passage in passages:
        for comment in passage.units[target.code].notes if target.code in passage.units else ():
            if start := disclosure.NOTE.match(comment):
                yield comment[start.end() :]


def _mark(passages: Iterable[Passage], target: Language) -> str:
    """The word for the margin, the farthest from a finished text first; nothing when all is reviewed."""
    states = {colophon.shown(unit.state) for passage in passages if (unit := passage.units.get(target.code))}
    return next((state.value for state in State if state in states and not state.is_done), "")


def _marker(line: Element, block: Block | None, language: Language) -> None:
    if block is None or block.kind not in (Kind.LIST_ITEM, Kind.SIGNATURE, Kind.NOTE) or not block.marker:
        return
    marker = SubElement(line, "span", {"class": "marker"})
    if block.kind is Kind.NOTE:
        marker.text = note_marker(block.marker, language)
    elif language.direction == "rtl":
        marker.text = "".join(block.marker.split())
    else:
        marker.text = f"{block.ordinal}." if block.ordinal else block.marker.replace("-", "–")
    # A space for those who read the text layer: between two boxes there is none.
    SubElement(line, "span", {"class": "gap"}).text = "\u2009"
