"""How much a file of translations may hold, and how its XML is read: counted before it costs.

What is refused is far beyond any table of translations: the longest document measured has 100,000 sentences.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.errors import ExchangeError
from pipeline.limits import MOST_IN_A_TEXT
from pipeline.office import xml as office

if TYPE_CHECKING:
    from lxml import etree

MOST_BYTES = 100_000_000
"""Of a file that comes back."""
MOST_MEMORY_BYTES = 1_000_000_000
"""Of a memory, which is read unit by unit."""

MOST_LINES = 200_000
MOST_ROWS = 2 * MOST_LINES
"""Of a table, those without a sentence too."""
MOST_CHARACTERS = MOST_IN_A_TEXT
"""Of a source, a translation or a note."""
MOST_TEXT = 50_000_000
"""Characters of all lines."""
MOST_REPEATED = 100
"""How often an id may come back in one file, and how many lines may be for one sentence."""

MOST_AROUND_AN_ID = 200
"""Characters at the beginning of a cell among which its id stands, if it has one."""

MOST_IN_A_TAG = 100
"""Characters of the name of a language (BCP 47), which is looked at for every unit."""

MOST_IN_A_CELL = 32_767
"""Characters that a cell of a spreadsheet holds, in units of UTF-16; Excel cuts what is longer."""

MOST_MEMBERS = 2_000
"""Files in an office document."""
MOST_UNPACKED = 200_000_000
"""Bytes of an office document, unpacked."""
MOST_ELEMENTS = office.MOST_ELEMENTS
MOST_NESTED = 2
"""Tables around a table."""
MOST_CELLS = 10_000
"""In one row."""

MOST_SPACES = 1_000
"""On end, where a file counts them."""

MOST_IN_A_UNIT = 10_000
"""Elements within one unit of a memory, or before the first."""
MOST_ATTRIBUTES = 500_000
"""Within one unit of a memory or termbase, or before the first; a text has signs that look like them."""
MOST_VARIANTS, MOST_ALIKE = 100, 20
"""Translations of one unit of a memory, and those into one language."""
MOST_PAIRS = 5_000_000
"""Translations that a memory may hold in one pair of languages."""


def xml(content: bytes) -> "etree._Element":
    """Return the root of a file of XML; raise ExchangeError for what is damaged, too large, or declares anything."""
    try:
        return office.parse(content, MOST_ELEMENTS)
    except office.XmlError as error:
        raise ExchangeError(f"{error}; ask for it again, or divide the file") from None


class CountedXml(BytesIO):
    """XML that is read unit by unit: attributes take thirty times the memory that they are written in.

    Whoever reads it sets `held` to 0 behind each unit.
    """

    held = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Return so many bytes; raise ExchangeError when there is too much since `held` was 0."""
        content = super().read(size)
        self.held += content.count(b"=")
        if self.held > MOST_ATTRIBUTES:
            raise ExchangeError(f"more than {MOST_ATTRIBUTES:,} attributes before a unit ends; export it again")
        return content


def require_shallow(row: "etree._Element") -> None:
    """Raise ExchangeError for a row of a table within too many others.

    Each row is read with all that is in it: what is nested is read again for every row around it.
    """
    if sum(1 for _ in row.iterancestors(row.tag)) > MOST_NESTED:
        raise ExchangeError(f"tables more than {MOST_NESTED + 1} deep; copy yours into a document of its own")


def require_unit(unit: "etree._Element") -> None:
    """Raise ExchangeError for a unit within another: what is in it would be read for every one around it."""
    if next(unit.iterancestors(unit.tag), None) is not None:
        raise ExchangeError(f"line {unit.sourceline}: a unit within a unit, as no program writes it; export it again")


def tag(text: str) -> str:
    """Return the name of a language; raise ExchangeError for one that is none."""
    if len(text) > MOST_IN_A_TAG:
        raise ExchangeError(f"a language called {text[:40]!a}…; export the file again")
    return text


def require_no_declarations(root: "etree._Element", *, may_be_named: bool = False) -> None:
    """Raise ExchangeError when XML declares a document type, in whatever encoding.

    With `may_be_named` it may name one, as TMX does, but no entities or attributes of its own.
    """
    from lxml import etree

    tree = root.getroottree()
    if tree.docinfo.internalDTD is None:
        return
    if not may_be_named:
        raise ExchangeError("it declares a document type, which no office program writes; do not open it")
    # In what is written again, a mark such as «<!ENTITY» is never text.
    if "<!" in etree.tostring(tree, encoding="unicode").partition("<!")[2]:
        raise ExchangeError("line 1: it declares entities, which may hide other files; export it without them")
