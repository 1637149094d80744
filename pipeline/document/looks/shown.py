"""A paragraph as an office document shows it, and what may be asked of any."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import without_gaps
from pipeline.model import Kind, Mark
from pipeline.text import stops

LONGEST_HEADING = 120
LARGER = 1.12
"""How much larger than the text around it the letters of a heading are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph and how it looks: the size of its letters in points, and whether all of it is bold, or in the middle.

    `cells` are those of a table, row by row, an empty text where a cell goes on from beside or above.
    """

    paragraph: Paragraph
    size: float = 0.0
    is_bold: bool = False
    is_centred: bool = False
    is_slanted: bool = False
    is_indented: bool = False
    """At both sides."""
    is_boxed: bool = False
    """Whether it stands in a box beside the text."""
    is_framed: bool = False
    """Whether lines are drawn around the cells of a table."""
    is_asking: bool = False
    """Whether it is a question, bold as headings are."""
    is_label: bool = False
    """Whether it counts the tables or pictures."""

    @property
    def text(self) -> str:
        return self.paragraph.text

    @property
    def is_prose(self) -> bool:
        text = without_gaps(self.text).rstrip(" )»\"'”]")
        return len(text) > LONGEST_HEADING or text[-1:] in tuple(stops.ENDS + "؛；،，…")

    @property
    def is_plain(self) -> bool:
        return self.paragraph.kind is None and bool(self.text)


BLANK = Shown(Paragraph(""))


def with_kind(line: Shown, kind: Kind | None, level: int = 0) -> Shown:
    return replace(line, paragraph=replace(line.paragraph, kind=kind, level=level))


def is_body(line: Shown) -> bool:
    paragraph = line.paragraph
    if paragraph.kind in (Kind.LIST_ITEM, Kind.HEADING):
        return True
    return (paragraph.kind is None and line.is_prose) or (paragraph.kind is Kind.TABLE and paragraph.header_rows > 0)


def body_size(lines: Iterable[Shown]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.paragraph.kind in (None, Kind.LIST_ITEM, Kind.PARAGRAPH) and line.size:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def look(line: Shown) -> tuple[float, bool, bool]:
    return line.size, line.is_bold, line.is_centred


def joined(rows: Sequence[Shown]) -> Shown:
    text, marks = joined_rows([(row.text, row.paragraph.marks) for row in rows])
    return replace(rows[0], paragraph=replace(rows[0].paragraph, text=text, marks=marks))


def joined_rows(rows: Iterable[tuple[str, Sequence[Mark]]], between: str = "\n") -> tuple[str, tuple[Mark, ...]]:
    """Return texts and their marks as one, with what stands between them."""
    text, marks = "", []
    for number, (one, over) in enumerate(rows):
        text += between if number else ""
        marks += [replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in over]
        text += one
    return text, tuple(marks)
