"""What readers of office documents share: lines, tables, and what is said of what is lost."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipeline.document import tracking
from pipeline.document.contacts import LABELLED
from pipeline.document.formats import _drawings
from pipeline.document.formats._sight import Sightings
from pipeline.document.looks.shown import BLANK, Shown, joined_rows
from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import Wording
from pipeline.limits import MOST_LINES
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind
from pipeline.office.archive import OfficeError
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its alternative text, and by the part of the file that holds it, if one does."""

    alternative: str
    part: str = ""


class _OneLook(NamedTuple):
    """So many letters of one look, and where in their paragraph they begin."""

    start: int
    number: int
    size: float
    is_bold: bool
    is_slanted: bool


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph as it is put together: its runs, and how their letters look."""

    runs: Wording = field(default_factory=Wording)
    letters: list[_OneLook] = field(default_factory=list)
    images: "list[Picture]" = field(default_factory=list)
    boxes: "list[_Element]" = field(default_factory=list)
    is_label: bool = False
    is_rule: bool = False

    def count(self, words: str, *, is_bold: bool, is_slanted: bool, size: float) -> None:
        """Note how some words look that come next."""
        if count := len(words.strip()):
            self.letters.append(_OneLook(self.runs.length, count, size, is_bold, is_slanted))

    def shown(
        self,
        paragraph: Paragraph,
        *,
        is_centred: bool,
        is_indented: bool = False,
        within: tuple[int, int] | None = None,
    ) -> Shown:
        """Return a paragraph with how most of its letters look: those between two places, or all."""
        start, end = (bisect_left(self.letters, (place,)) for place in within or (0, self.runs.length + 1))
        letters = self.letters[start:end]
        sizes: dict[float, int] = {}
        for one in letters:
            sizes[one.size] = sizes.get(one.size, 0) + one.number
        return Shown(
            paragraph,
            size=max(sizes, key=sizes.__getitem__, default=0.0),
            is_bold=bool(letters) and all(one.is_bold for one in letters),
            is_centred=is_centred,
            is_slanted=bool(letters) and all(one.is_slanted for one in letters),
            is_indented=is_indented,
            is_label=self.is_label,
        )


COMPLEX = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of scripts from right to left, which look as styles say of those apart."""
RULE = Shown(Paragraph("* * *", Kind.SEPARATOR))
"""A line drawn between two paragraphs."""

MOST_COLUMNS = 200
"""That one cell goes over."""
MOST_CELLS = 1_000
"""In one row."""
_MOST_IN_TABLES = 1_000_000
"""Cells of a table, and of all tables of a document, with rows that are all as long as the longest of their table."""
_LONGEST_ADDRESS = 2_000
_QUOTED = 150
"""Characters of what stands at the margins of pages."""
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f<>\"]+", re.IGNORECASE)
_BEFORE_NOTE = re.compile(r"\s*[.:)\]ـ–—-]{0,3}(?:\s+|$)|\s+")
"""What stands between the marker of a note and its text."""
_FIGURES_GO_ON = re.compile(r"(?<=\d)(?:\d|[.,٫٬/:–-]\d)")
"""Behind figures with which a text begins: these are no marker, but a year, an hour, a sum."""
_FILE_NAME = re.compile(
    r".*\.(?:a?png|jpe?g|jfif|hei[cf]|avif|gif|bmp|tiff?|emf|wmf|svg|webp|ico|psd|pdf|docx?|xlsx?|pptx?|od[tspg])\W*"
    r"|(?:file|cid|data|blob|content):\S.*|.*(?:\b[A-Za-z]:\\|\\\\\w|(?:^|[\s:])/(?:home|users|media|mnt|tmp|var|volumes)/).*",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND_A_NUMBER = r"(?:[\d_~(). -]|wa|hdr|mp|edited|copy|portrait|night|burst|cover)*"
_NUMBERED_BY_A_PROGRAM = re.compile(
    r"(?:img|imag|image|dsc[nf]?|cimg|pxl|mvimg|vid|gopr|dji|sam|p)[_-]?e?\d{3,9}"
    rf"{_BEHIND_A_NUMBER}"
    r"|(?=(?:\D{0,40}\d){6})"
    r"(?:whatsapp|signal|telegram|viber|screen[\s_-]?shot|bildschirmfoto|capture d.écran|photo|image|img|video)"
    r"(?:[\s\d_.:,()~\u200e–-]|image|photo|video|from|at|um|à|am|pm|wa)*"
    rf"|\d{{8}}[_-]\d{{6}}{_BEHIND_A_NUMBER}",
    re.IGNORECASE,
)
"""As cameras, phones and messengers call pictures; sites leave out the ending. It says when one was taken, or sent."""


def _is_whole(address: str) -> bool:
    try:
        return bool(urlsplit(address).scheme)
    except ValueError:  # brackets of which none closes
        return False


@dataclass(slots=True)
class Losses:
    """What of a document is not read, counted."""

    links: int = 0
    shortened: int = 0
    """Links that said more than where they lead."""
    pictures: int = 0
    diagrams: int = 0
    contents: int = 0
    formulas: int = 0
    fields: int = 0
    """Parts of the document that a field took with it that does not end."""
    drawn_fields: int = 0
    """Those that keep no words of what they show."""
    hidden: int = 0
    """Letters and figures that a page hides."""
    veiled: int = 0
    chunks: int = 0
    merged: int = 0
    """Cells with words that another one covers."""
    conditions: int = 0
    """Fields that may be hidden, and seem to be shown."""
    signs: int = 0
    drawn: int = 0
    """Pictures of any kind that the document shows."""
    over: int = 0
    """Of these, how many lie in front of the text."""
    shapes: int = 0
    """Shapes and boxes that lie there."""
    covering: int = 0
    """Drawings without words of their own that lie there, and through which nobody sees: a black bar, perhaps."""
    floating: list[_drawings.Floating] = field(default_factory=list)
    """What has a place of its own on the page."""
    sightings: Sightings = field(default_factory=Sightings)
    """Words that readers hardly see, or see struck through."""
    margins: list[str] = field(default_factory=list)
    """What headers and footers of pages say."""
    told: list[str] = field(default_factory=list)
    """What is left out and said to be, where that can be told word for word."""

    def note(
        self, *, is_over: bool, has_picture: bool, floating: _drawings.Floating | None, hides_words: bool = False
    ) -> None:
        """Count a drawing; one that lies over the text may hide words."""
        self.covering += is_over and hides_words
        self.floating += [floating] if floating else []
        self.drawn += has_picture
        self.over += is_over and has_picture
        self.shapes += is_over and not has_picture

    @property
    def may_be_covered(self) -> bool:
        """Whether something may lie over a picture: over whose face, only the page itself tells."""
        if (self.drawn and self.shapes) or (self.drawn > 1 and self.over):
            return True
        return _drawings.may_overlap(self.floating)

    def address(self, target: str) -> str:
        """Return where a link leads, if that is a page or a mailbox and names nobody's account; otherwise count it.

        What it says besides of who followed it, or is to get a copy, is nobody's business, and is taken away.
        """
        is_whole = len(target) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(target) and _is_whole(target)
        if is_whole and not tracking.names_account(plain := tracking.untracked(target)):
            self.shortened += plain != target
            return plain
        self.links += bool(target) and not target.startswith("#")
        return ""

    def said(self, name: str) -> Iterator[str]:
        if self.links:
            yield f"{name}: links read as plain words, since they lead nowhere or name an account: {self.links}"
        if self.shortened:
            yield f"{name}: links shortened, since they said who followed them or who gets a copy: {self.shortened}"
        if self.pictures:
            yield f"{name}: pictures left out, since they have no alternative text: {self.pictures}"
        if self.diagrams:
            yield f"{name}: charts and diagrams left out: {self.diagrams}; write into the text what they say"
        if self.may_be_covered:
            yield (
                f"{name}: something lies in front of the text, or beside it, and may cover parts of pictures, so "
                "of these the alternative texts are printed; to print one, make one picture of it and what covers it"
            )
        if self.covering:
            yield (
                f"{name}: drawings in front of the text, which may cover words that are read all the same: "
                f"{self.covering}; if nobody is to read these, delete them in the file"
            )
        if self.contents:
            yield f"{name}: the table of contents is left out"
        if margins := [text for text in dict.fromkeys(map(str.strip, self.margins)) if any(map(str.isalpha, text))]:
            yield (
                f"{name}: headers and footers of its pages are left out: «{excerpt(' · '.join(margins), _QUOTED)}»; "
                "write into the text what is to be read"
            )
        if self.formulas:
            yield (
                f"{name}: {self.formulas} formulas are read as a row of signs; compare them, and write into the text "
                "what they say"
            )
        if self.fields:
            yield f"{name}: a field that shows nothing does not end, so what is behind it is not read; delete it"
        if self.drawn_fields:
            yield (
                f"{name}: fields left out, since the file does not keep what they show: {self.drawn_fields}; "
                "write it into the text"
            )
        if self.conditions:
            yield (
                f"{name}: fields left out that show their words on a condition: {self.conditions}; "
                "write into the text what is to be read"
            )
        if self.hidden:
            yield f"{name}: {self.hidden:,} letters and figures that the page hides are left out"
        if self.merged:
            yield f"{name}: cells left out that another one covers, though they hold words: {self.merged}"
        if self.veiled:
            yield (
                f"{name}: tables whose style hides some of their rows or columns, which are read: {self.veiled}; "
                "if nobody is to read these, delete them in the file"
            )
        if self.chunks:
            yield f"{name}: parts left out that are documents of their own: {self.chunks}; copy their text in"
        if self.signs:
            yield f"{name}: signs left out of fonts that are not known here: {self.signs}"
        yield from (f"{name}: {one}" for one in self.sightings.said())


@dataclass(slots=True)
class ShownText:
    """What a document shows, in order, what of it is not read, and `parts` of its file, by their names.

    `held` are the paragraphs of the file, hidden ones too, found apart from the reader.
    """

    lines: list[Shown]
    losses: Losses = field(default_factory=Losses)
    held: list[str] = field(default_factory=list)
    parts: Callable[[Collection[str]], Mapping[str, bytes]] = lambda names: {}


def leave_contents(lines: list[Shown], heading: Shown | None, text: str, losses: Losses) -> None:
    """Note what an office program writes itself, and is not read; take away the heading above it, if that is last."""
    losses.contents += 1
    losses.told.append(text)
    place = next((at for at in reversed(range(len(lines))) if lines[at] is not BLANK), -1)
    if place >= 0 and lines[place] is heading:
        losses.told.append(lines[place].text)
        del lines[place:]


def leave_blank(lines: list[Shown]) -> None:
    """Note an empty paragraph, unless one is noted."""
    if not lines or lines[-1] is not BLANK:
        lines.append(BLANK)


def require_not_too_many(count: int) -> None:
    """Raise OfficeError for more paragraphs, empty ones too, than a document may have."""
    if count > MOST_LINES:
        raise OfficeError(f"more than {MOST_LINES:,} paragraphs; divide it into several documents")


def boxed(lines: Sequence[Shown]) -> list[Shown]:
    """Return what stands in a box beside the text."""
    return [replace(line, is_boxed=True) for line in lines]


def image(picture: Picture) -> Shown:
    return Shown(Paragraph(picture.alternative, Kind.IMAGE, picture=picture.part))


def is_file_name(alternative: str) -> bool:
    """Whether an alternative text is what a program put there: the name of a file, which may say whose it is."""
    return bool(_FILE_NAME.fullmatch(alternative) or _NUMBERED_BY_A_PROGRAM.fullmatch(alternative))


def as_one(lines: Sequence[Shown]) -> tuple[str, tuple[Mark, ...]]:
    """Return the text and the marks of lines in one cell or note, a line break between them."""
    texts = [_in_a_cell(line) for line in lines if line.text]
    text, marks = joined_rows(texts, LINE_BREAK)
    known = {mark.start for mark in marks if mark.kind is MarkKind.BREAK}
    breaks = [Mark(at, at + 1, MarkKind.BREAK) for at, one in enumerate(text) if one == LINE_BREAK and at not in known]
    return text, tuple(sorted([*marks, *breaks], key=lambda mark: (mark.start, mark.end)))


def note(marker: str, lines: Sequence[Shown], *, is_marked: bool = False) -> Shown:
    """Return a note; the marker typed before it, unless it `is_marked` otherwise, is no part of its text."""
    text, marks = as_one(lines)
    begins = len(marker) * (not is_marked and _begins_with(text, marker, marks))
    gap = _BEFORE_NOTE.match(text, begins)
    gone = gap.end() if gap else begins
    moved = (replace(mark, start=max(mark.start - gone, 0), end=mark.end - gone) for mark in marks if mark.end > gone)
    return Shown(Paragraph(text[gone:], Kind.NOTE, marker=marker, marks=tuple(moved)))


def _begins_with(text: str, marker: str, marks: Sequence[Mark]) -> bool:
    """Whether the marker of a note is typed before it: it begins no number and, unless it is raised, no word."""
    if not text.startswith(marker) or _FIGURES_GO_ON.match(text, len(marker)):
        return False
    goes_on = marker[-1:].isalpha() and text[len(marker) : len(marker) + 1].isalpha()
    return not goes_on or any(
        mark.kind is MarkKind.SUPERSCRIPT and (mark.start, mark.end) == (0, len(marker)) for mark in marks
    )


def _in_a_cell(line: Shown) -> tuple[str, tuple[Mark, ...]]:
    """Return the text and the marks of a line, with its number if it is an item of a list: a cell has no items."""
    text, read = line.text.replace("\t", " ").replace("\n", LINE_BREAK), line.paragraph
    if read.kind is not Kind.LIST_ITEM or read.ordinal is None:
        return text, read.marks
    return joined_rows([(read.marker, ()), (text, read.marks)], " ")


@dataclass(slots=True)
class Tables:
    """The tables of a document. Their cells are counted: one that is empty, or goes on, costs as much as others."""

    count: int = 0

    def shown(self, cells: Sequence[Sequence[Sequence[Shown]]], heads: int, *, is_framed: bool) -> list[Shown]:
        """Return what a table shows, as `table` does; raise OfficeError where there are too many cells in all."""
        self.count += len(cells) * max(map(len, cells), default=0)
        if self.count > _MOST_IN_TABLES:
            raise OfficeError(f"tables of more than {_MOST_IN_TABLES:,} cells; divide it into several documents")
        return table(cells, heads, is_framed=is_framed)


def table(cells: Sequence[Sequence[Sequence[Shown]]], heads: int, *, is_framed: bool) -> list[Shown]:
    """Return what a table shows, given the lines in each cell of each row: a table, or lines it only lays out."""
    if not cells or not any(line.text for row in cells for cell in row for line in cell):
        return []
    styled = None if is_framed or max(map(len, cells)) < 2 else _as_styled(cells)
    if not styled and _is_layout(cells, is_framed=is_framed):
        return [line for row in cells for cell in row for line in cell]
    if not styled and not is_framed and (pairs := list(_labelled(cells))):
        return pairs
    width = max(map(len, cells))
    require_table(len(cells), width)
    full = [[*row, *[()] * (width - len(row))] for row in cells]
    heads = heads or int(len(full) > 1 and is_framed and _is_bold(full[0]) and not all(map(_is_bold, full[1:])))
    used = [column for column in range(width) if any(line.text for row in full for line in row[column])]
    rows = (
        [row for row in _names(full, used) if any(row)] if not heads and not is_framed else _texts(full, range(width))
    )
    text, marks = joined_rows([joined_rows(row, "\t") for row in rows])
    return [Shown(Paragraph(text, styled or Kind.TABLE, header_rows=heads, marks=marks), is_framed=is_framed)]


_OF_STYLED_CELLS = {Kind.VERSE: Kind.VERSE, Kind.SIGNATURE: Kind.SIGNATURES}
"""What rows of cells are whose lines have all one style that says so."""


def _as_styled(cells: Sequence[Sequence[Sequence[Shown]]]) -> Kind | None:
    kinds = {line.paragraph.kind for row in cells for cell in row for line in cell if line.text}
    return next((grid for kind, grid in _OF_STYLED_CELLS.items() if kinds == {kind}), None)


def require_table(rows: int, columns: int) -> None:
    """Raise OfficeError for a table that is wider, or has more cells, than any that people read."""
    if columns > MOST_CELLS or rows * columns > _MOST_IN_TABLES:
        raise OfficeError(f"a table of {rows:,} rows and {columns:,} columns; divide it")


_Text = tuple[str, tuple[Mark, ...]]


def _texts(rows: Sequence[Sequence[Sequence[Shown]]], columns: Sequence[int]) -> list[list[_Text]]:
    return [[as_one(row[column]) for column in columns] for row in rows]


def _names(rows: Sequence[Sequence[Sequence[Shown]]], columns: Sequence[int]) -> list[list[_Text]]:
    """Return the rows of a table without lines; a row whose cells have as many lines each is so many rows."""
    found: list[list[_Text]] = []
    for row in rows:
        cells = [[line for line in row[column] if line.text] for column in columns]
        counts = {len(cell) for cell in cells}
        if len(counts) == 1 and len(cells) > 1 and counts != {0}:
            found += [[as_one([cell[number]]) for cell in cells] for number in range(counts.pop())]
        else:
            found.append([as_one(cell) for cell in cells])
    return found


def _is_layout(cells: Sequence[Sequence[Sequence[Shown]]], *, is_framed: bool) -> bool:
    """Whether a table only places what is in it: in a single cell, or in a row that is none of a table."""
    held = [[line for line in cell if line.text] for row in cells for cell in row if any(line.text for line in cell)]
    if len(held) == 1:
        return True
    if len(cells) > 1:
        return False
    is_letterhead = len(set(map(len, held))) > 1 or any(_is_label(line) for cell in held for line in cell)
    is_labelled = all(LABELLED.match(line.text) for cell in held for line in cell)
    return is_labelled or (is_letterhead and not is_framed) or any(sum(map(_is_prose, cell)) > 1 for cell in held)


def _is_label(line: Shown) -> bool:
    """Whether a line is a label and something with figures in it, as above a letter."""
    return LABELLED.match(line.text) is not None and any(map(str.isdigit, line.text))


def _is_prose(line: Shown) -> bool:
    return line.is_prose


def _labelled(cells: Sequence[Sequence[Sequence[Shown]]]) -> Iterator[Shown]:
    """Yield the rows as lines where each is a label and what belongs to it."""
    rows = [[line for cell in row for line in cell if line.text] for row in cells]
    rows = [row for row in rows if row]
    if all(len(row) == 2 and row[0].text.endswith(":") for row in rows):
        for label, value in rows:
            texts = [(one.text, one.paragraph.marks) for one in (label, value)]
            text, marks = joined_rows(texts, " ")
            yield replace(value, paragraph=Paragraph(text, marks=marks))


def _is_bold(row: Sequence[Sequence[Shown]]) -> bool:
    """Whether all words in a row are bold, or in a style for the heads of tables."""
    lines = [line for cell in row for line in cell if line.text]
    return bool(lines) and all(line.is_bold for line in lines)
