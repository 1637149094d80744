"""A published text → what a file of an office program holds, whichever program it is: paragraphs by their styles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import takewhile

from pipeline.edition import circumstances, direction
from pipeline.edition.content import Phrase, StyledRun, TextBlock, TextContent, Words
from pipeline.languages import Language
from pipeline.model import Kind
from pipeline.publication import Published, Publisher, Standing, addresses
from pipeline.publication.formats._numbering import CountedLists, ItemPlace
from pipeline.text.orthography import western_digits
from pipeline.text.printable import plain

LARGER = 1.15
"""How much larger letters of Arabic are set than Latin ones, beside which they would look small."""
FONT, MONOSPACED = "Times New Roman", "Courier New"
"""Every office program has them, or others as wide, and the first has letters of most scripts."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How paragraphs of a kind look: sizes and room above and below in points, indents in millimetres.

    `indent` is at both sides; `hanging` is that of all lines but the first, which begins with a marker.
    """

    name: str
    size: float = 11
    above: float = 0
    below: float = 6
    indent: float = 0
    hanging: float = 0
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    keeps_next: bool = False
    outline: int = 0


STYLES = (
    ParagraphStyle("Title", 20, 6, 8, keeps_next=True),
    ParagraphStyle("Subtitle", 14, 0, 8, keeps_next=True),
    *(
        ParagraphStyle(f"Heading {n}", max(17 - 2 * n, 11), 12, 4, is_bold=True, keeps_next=True, outline=n)
        for n in range(1, 10)
    ),
    ParagraphStyle("Body Text"),
    ParagraphStyle("List Paragraph", below=3),
    ParagraphStyle("Quote", indent=8, is_italic=True),
    ParagraphStyle("Caption", 10, 6, 3, is_bold=True, keeps_next=True),
    ParagraphStyle("Date"),
    ParagraphStyle("Signature", below=2),
    ParagraphStyle("Contact", 10, below=2),
    ParagraphStyle("Slogan", 12, 3, 3, is_bold=True, is_centred=True),
    ParagraphStyle("Verse", below=2),
    ParagraphStyle("Picture", above=6, is_centred=True),
    ParagraphStyle("Separator", below=10),
    ParagraphStyle("Table Heading", 10, 2, 2, is_bold=True, keeps_next=True),
    ParagraphStyle("Table Contents", 10, 2, 2),
    ParagraphStyle("Footnote Text", 9, below=2, hanging=4),
    ParagraphStyle("Endnote Text", 9, below=2, hanging=4),
    ParagraphStyle("Header", 9, below=0),
    ParagraphStyle("Footer", 9, below=0, is_centred=True),
    ParagraphStyle("Notice", 11, 0, 8, is_bold=True),
    ParagraphStyle("Issuer", 11, below=2),
    ParagraphStyle("Number", 10, below=2),
    ParagraphStyle("Dateline", 10, below=8),
    ParagraphStyle("Remark", 9, 0, 6, indent=6),
    ParagraphStyle("Colophon Heading", 10, 18, 3, is_bold=True, keeps_next=True),
    ParagraphStyle("Colophon", 9, below=3),
)

_OF_KIND = {
    Kind.TITLE: "Title", Kind.SUBTITLE: "Subtitle", Kind.PARAGRAPH: "Body Text", Kind.LIST_ITEM: "List Paragraph",
    Kind.SLOGAN: "Slogan", Kind.DATE: "Date", Kind.SIGNATURE: "Signature", Kind.CONTACT: "Contact",
    Kind.QUOTATION: "Quote", Kind.CAPTION: "Caption", Kind.NOTE: "Footnote Text", Kind.IMAGE: "Picture",
}  # fmt: skip
_OF_CELLS = {Kind.TABLE: "Table Contents", Kind.VERSE: "Verse", Kind.SIGNATURES: "Signature"}


@dataclass(frozen=True, slots=True)
class StyledParagraph:
    """Words in a style, at a place of a list if they are an item."""

    style: str
    words: Words = ()
    place: ItemPlace | None = None


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Rows of cells, of which the first so many are the head; `shares` are the widths of its columns, in all 1."""

    kind: Kind
    lines: tuple[tuple[Words, ...], ...]
    header_rows: int
    shares: tuple[float, ...]

    def within(self, width: float) -> "CellGrid":
        """Return the grid as it stands in so many millimetres: where verse has no room for a line, its halves below."""
        longest = max((len(_text(cell)) for line in self.lines for cell in line), default=0)
        if self.kind is not Kind.VERSE or longest * _LETTER <= width * min(self.shares, default=1):
            return self
        halves = tuple((cell,) for line in self.lines for cell in line)
        return replace(self, lines=halves, shares=(1.0,))

    def style(self, row: int) -> str:
        return "Table Heading" if row < self.header_rows else _OF_CELLS[self.kind]


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture by its name, and the words that stand for it."""

    name: str
    alternative: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line between two paragraphs."""


Part = StyledParagraph | CellGrid | ShownPicture | DrawnLine


@dataclass(frozen=True, slots=True)
class FileNote:
    """A note: its marker as it is printed, and its words."""

    marker: str
    words: Words


@dataclass(frozen=True, slots=True)
class FileText:
    """A text in one language: what stands above it, its parts by the row of their block, what is said at its end.

    `notes` are those that are referred to, by their rows; `are_counted` says whether their numbers are those that a
    program counts, in whatever digits.
    """

    language: Language
    title: str
    above: tuple[Part, ...]
    rows: Mapping[int, tuple[Part, ...]]
    below: tuple[Part, ...]
    notes: Mapping[int, FileNote]
    are_counted: bool
    lists: CountedLists

    @property
    def is_rtl(self) -> bool:
        return self.language.direction == "rtl"

    @property
    def parts(self) -> Iterator[Part]:
        yield from self.above
        for parts in self.rows.values():
            yield from parts
        yield from self.below


@dataclass(slots=True)
class SideBySide:
    """The original and its translation, row by row; the original stands first, on the side where its writing begins."""

    original: FileText
    text: FileText
    rows: list[tuple[Sequence[Part], Sequence[Part]]] = field(default_factory=list)

    @property
    def columns(self) -> tuple[FileText, FileText]:
        return self.original, self.text


def column(published: Published, publisher: Publisher, forms: Sequence[str]) -> FileText:
    """Return a published text; `forms` are those in which the program counts."""
    return _FileReader(published, publisher, published.text, forms).column()


def pair(published: Published, publisher: Publisher, forms: Sequence[str]) -> SideBySide:
    """Return a published text beside its original."""
    original, text = (
        _FileReader(published, publisher, content, forms).column() for content in (published.original, published.text)
    )
    rows = dict.fromkeys(sorted({*original.rows, *text.rows}))
    made: list[tuple[Sequence[Part], Sequence[Part]]] = [(original.above, text.above)]
    made += [(original.rows.get(row, ()), text.rows.get(row, ())) for row in rows]
    made.append((original.below, text.below))
    return SideBySide(original, text, [row for row in made if any(row)])


def title(published: Published) -> str:
    return plain(published.text.title) or published.document_id


def subject(published: Published, publisher: Publisher) -> str:
    """Return the titles of a text's topics."""
    return ", ".join(plain(publisher.topics.get(topic, topic)) for topic in published.topics)


def words(text: str, language: Language) -> Words:
    """Return a text that is no part of a document as words."""
    return (Phrase((StyledRun(direction.isolated(plain(text), language.direction)),)),)


def runs(words: Words, language: Language, marks: tuple[str, str, str]) -> Iterator[tuple[StyledRun, str]]:
    """Yield runs with the direction of each; `marks` set apart, where signs or figures would else be taken along.

    They begin what reads from the left and from the right, and end it.
    """
    to_left, to_right, end = marks
    for phrase in words:
        way = phrase.direction or language.direction
        is_apart = bool(phrase.direction) and not _holds_together(phrase)
        if is_apart:
            yield StyledRun(to_right if way == "rtl" else to_left), way
        yield from ((run, way) for run in phrase.runs)
        if is_apart:
            yield StyledRun(end), way


def _holds_together(phrase: Phrase) -> bool:
    """Whether letters stand at both ends of a phrase, which all programs keep in its order."""
    text = "".join(run.text for run in phrase.runs if run.note < 0)
    return text[:1].isalpha() and text[-1:].isalpha()


def look_of(content: bytes) -> tuple[str, tuple[int, int]]:
    """Return the kind of a picture, as its name ends, and its points."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
        return str(image.format).lower(), image.size


def fitted(size: Sequence[float], width: float) -> tuple[float, float]:
    """Return the size of a picture, no wider than there is room, and no higher than that and half as much again."""
    wide, high = size
    scale = min(1, width / wide, 1.5 * width / high)
    return wide * scale, high * scale


_LETTER = 2.3
"""Millimetres that a letter takes of a line of verse, about."""

_LEAST, _MOST = 6, 120
"""Characters of a cell by which the width of its column is found."""


def _shares(lines: Sequence[Sequence[Words]]) -> tuple[float, ...]:
    columns = max(map(len, lines), default=1)
    longest = [max(len(_text(line[at])) if at < len(line) else 0 for line in lines) for at in range(columns)]
    roots = [min(max(length, _LEAST), _MOST) ** 0.5 for length in longest]
    return tuple(root / sum(roots) for root in roots)


def _text(words: Words) -> str:
    return "".join(run.text for phrase in words for run in phrase.runs)


class _FileReader:
    """A text, read into its parts."""

    def __init__(self, published: Published, publisher: Publisher, content: TextContent, forms: Sequence[str]) -> None:
        self.published, self.publisher, self.content = published, publisher, content
        self.language = publisher.language(content.lang)
        self.lists = CountedLists(forms)
        references = dict.fromkeys(run.note for run in _all_runs(content.blocks) if run.note >= 0)
        blocks = {block.row: block for block in content.blocks if block.kind is Kind.NOTE}
        self.notes = {row: FileNote(blocks[row].marker, blocks[row].words) for row in references if row in blocks}

    def column(self) -> FileText:
        rows: dict[int, tuple[Part, ...]] = {}
        last = self._last_of_title()
        for number, block in enumerate(self.content.blocks):
            parts = (*rows.get(block.row, ()), *self.parts(block))
            rows[block.row] = (*parts, *self._lines("Dateline", self.content.dateline)) if number == last else parts
        markers = [western_digits(note.marker) for note in self.notes.values()]
        return FileText(
            self.language, self.content.title, tuple(self.above(is_dated=last < 0)),
            {row: parts for row, parts in rows.items() if parts}, tuple(self.below()), self.notes,
            markers == [str(number) for number in range(1, len(markers) + 1)], self.lists,
        )  # fmt: skip

    def _last_of_title(self) -> int:
        """Return the place of the last block of the title, below which the dateline stands; -1 without one."""
        kinds = [block.kind for block in self.content.blocks]
        if Kind.TITLE not in kinds:
            return -1
        first = kinds.index(Kind.TITLE)
        return (
            first + len(list(takewhile(lambda kind: kind in (Kind.TITLE, *circumstances.GOING_ON), kinds[first:]))) - 1
        )

    def _lines(self, style: str, *texts: str) -> Iterator[StyledParagraph]:
        return (StyledParagraph(style, words(text, self.language)) for text in texts if text)

    def above(self, *, is_dated: bool) -> Iterator[Part]:
        content = self.content
        yield from self._lines("Notice", self._notice())
        yield from self._lines("Issuer", content.issuer)
        yield from self._lines("Number", content.number)
        if content.title_is_editorial:
            yield from self._lines("Title", f"[{content.title}]" if content.title else "")
        if is_dated:
            yield from self._lines("Dateline", content.dateline)

    def _notice(self) -> str:
        is_stale = self.published.standing is Standing.STALE and self.content.lang == self.published.lang
        return self.language.publication.stale if is_stale else ""

    def parts(self, block: TextBlock) -> Iterator[Part]:
        """Yield what a block is in a file; nothing for a note, which stands with its reference."""
        if block.row not in self.notes:
            yield self._part(block)
        for remark in block.remarks:
            yield from self._lines("Remark", f"{self.language.labels.note} {remark}")

    def _part(self, block: TextBlock) -> Part:
        if block.kind is Kind.SEPARATOR:
            return DrawnLine()
        if block.kind.is_grid:
            return CellGrid(block.kind, block.lines, block.header_rows, _shares(block.lines))
        if block.kind is Kind.IMAGE and block.picture in self.published.pictures:
            return ShownPicture(block.picture, plain(block.plain))
        if block.kind is Kind.NOTE:
            return StyledParagraph("Footnote Text", (Phrase((StyledRun(f"{block.marker} "),)), *block.words))
        style = f"Heading {max(block.level - 1, 1)}" if block.kind is Kind.HEADING else _OF_KIND[block.kind]
        return StyledParagraph(style, block.words, self._place(block))

    def _place(self, block: TextBlock) -> ItemPlace | None:
        if block.kind is Kind.LIST_ITEM:
            return self.lists.place(block.marker, block.depth, block.ordinal)
        if not block.marker:
            return None
        return self.lists.place(block.marker, max(block.level - 1, 1), block.ordinal, is_heading=True)

    def below(self) -> Iterator[Part]:
        labels, published = self.language.labels, self.published
        source = self.publisher.language(published.source_lang)
        yield from self._lines("Colophon Heading", labels.colophon)
        known = labels.document.format(id=direction.ltr(published.document_id), language=self.language.name_of(source))
        texts = (f"{known} {direction.ltr(published.source_sha256)}", *self.content.colophon)
        yield from (StyledParagraph("Colophon", (Phrase((StyledRun(text),)),)) for text in texts)
        if address := addresses.on_the_web(addresses.page(published), self.publisher):
            yield StyledParagraph("Colophon", (Phrase((StyledRun(address, link=address),), "ltr"),))


def _all_runs(blocks: Iterable[TextBlock]) -> Iterator[StyledRun]:
    """Yield the runs of a text in their order, without those of its notes."""
    for block in blocks:
        cells = [cell for line in block.lines for cell in line] or [block.words]
        if block.kind is not Kind.NOTE:
            yield from (run for cell in cells for phrase in cell for run in phrase.runs)


def page_label(language: Language, field: Callable[[str], object], text: Callable[[str], object]) -> None:
    """Give the label of a page, piece by piece: its text, and the fields «page» and «pages»."""
    import string

    for before, name, _, _ in string.Formatter().parse(language.labels.page):
        if before:
            text(before)
        if name:
            field(name)
