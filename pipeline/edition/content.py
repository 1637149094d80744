"""What a reader reads of a document in one language, as plain values.

Pages of a site, books, files of office programs and messages are made of this alone, so all of them say the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Kind, MarkKind
from pipeline.text.printable import safe

LONGEST_LINK = 2000
"""Characters; what is longer is text."""

SCHEMES = ("https://", "http://", "mailto:")
"""Where a link may lead."""


@dataclass(frozen=True, slots=True)
class StyledRun:
    """Words in one style, or a place: of a line end, or of a reference to a note.

    `link` is an address of SCHEMES, or empty. Of a reference, `text` is the marker in the digits of the language and
    `note` the row of the note it leads to; otherwise `note` is -1.
    """

    text: str
    styles: tuple[MarkKind, ...] = ()
    link: str = ""
    note: int = -1
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Runs that read in one `direction` inside a text of another, as one whole; without it, as the text around."""

    runs: tuple[StyledRun, ...]
    direction: str = ""


Words = tuple[Phrase, ...]
"""What stands in a line, a cell or a paragraph."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block as it reads in one language; `row` is the number of its block, the same in every language.

    A list item has its `marker` as it is printed, a `depth` from 1, and its `ordinal` if it is numbered. The text
    of a grid (table, verse, signatures side by side) is in `lines`, rows of cells, the first `header_rows` of which are
    the head; that of all others in `words`. A picture has its name in `picture`, and its alternative text as words.
    `remarks` are notes of the translator that are printed.
    """

    row: int
    kind: Kind
    words: Words = ()
    level: int = 0
    depth: int = 0
    marker: str = ""
    ordinal: int | None = None
    lines: tuple[tuple[Words, ...], ...] = ()
    header_rows: int = 0
    picture: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """Its text alone; cells are parted by tabs, rows by line ends."""
        if self.lines:
            return "\n".join("\t".join(map(plain, line)) for line in self.lines)
        return plain(self.words)


@dataclass(frozen=True, slots=True)
class TextContent:
    """A document in one language: its title block, its blocks, and what is to be said of it at its end.

    What only the editor states is in square brackets, but for the title, of which `title_is_editorial` tells. The
    blocks hold the title unless it is editorial. `issuer`, `number` and `dateline` are empty where the text says them.
    """

    lang: str
    title: str
    title_is_editorial: bool
    issuer: str
    number: str
    dateline: str
    blocks: Sequence[TextBlock]
    colophon: tuple[str, ...]


def plain(words: Iterable[Phrase]) -> str:
    """Return words without styles and references, on one line or, where a line ends, more."""
    runs = (run for phrase in words for run in phrase.runs if run.note < 0)
    return "".join("\n" if run.is_break else run.text for run in runs)


def is_link(address: str) -> bool:
    """Whether an address may be a link."""
    return address.startswith(SCHEMES) and len(address) <= LONGEST_LINK and safe(address) == address
