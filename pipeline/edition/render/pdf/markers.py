"""The room that markers of list items, of signatures and of notes take."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import counting
from pipeline.edition.render.pdf import faces
from pipeline.edition.render.pdf.columns import LATIN, PERSIAN
from pipeline.languages import Language
from pipeline.model import Block, Kind

MARKED = (Kind.LIST_ITEM, Kind.SIGNATURE, Kind.NOTE)

USUAL, LONGEST = 3, 8
"""Characters: what the stylesheet has room for, and above what a marker stands in its line as a word."""

HANG = 20.0
"""Points that the stylesheet has room for, and by which lists in lists are moved in."""

WIDTH, AWAY = 0.62, 3.0
"""What a character of a long marker takes, in ems, and the points between it and its text."""

SIZES = {"rtl": PERSIAN, "ltr": LATIN}

_SIDES = {"rtl": "right", "ltr": "left"}


@dataclass(slots=True)
class MarkedList:
    """The blocks of a list in a source language, and the characters of its longest marker in each, once asked for."""

    source: str
    blocks: list[Block] = field(default_factory=list)
    rooms: dict[str, int] = field(default_factory=dict)

    def room(self, language: Language) -> int:
        if language.code not in self.rooms:
            self.rooms[language.code] = max(len(self.marker(block, language)) for block in self.blocks)
        return self.rooms[language.code]

    def marker(self, block: Block, language: Language) -> str:
        """Return the marker of a block as it is printed in a language."""
        return counting.marker(block, language, is_source=language.code == self.source, drawn=faces.shown())


@dataclass(frozen=True, slots=True)
class Lead:
    """How a block begins: with its marker, for which all blocks of its list leave the same room."""

    block: Block
    list: MarkedList


def leads(blocks: Sequence[Block], source: str) -> list[Lead | None]:
    """Return for every block how it begins: None without a marker. A list ends where something else stands.

    `source` is the code of the language of the document.
    """
    lists: dict[int, MarkedList] = {}
    found: list[Lead | None] = []
    previous = None
    for block in blocks:
        if block.kind not in MARKED or not block.marker:
            found.append(None)
            lists.clear()
            continue
        if block.kind is not previous:
            lists.clear()
        for depth in [depth for depth in lists if depth > block.depth]:
            del lists[depth]
        own = lists.setdefault(block.depth, MarkedList(source))
        own.blocks.append(block)
        found.append(Lead(block, own))
        previous = block.kind
    return found


def add(line: Element, lead: Lead | None, language: Language, columns: Sequence[Language]) -> None:
    """Begin a line with its marker, for which all `columns` leave the same room."""
    if lead is None:
        return
    marker = SubElement(line, "span", {"class": "marker"})
    marker.text = lead.list.marker(lead.block, language)
    if (length := max(map(lead.list.room, columns))) > LONGEST:
        marker.set("class", "marker run-in")
        line.set("class", "run-in")
    elif length > USUAL:
        side, room = _SIDES[language.direction], hang(lead, columns)
        line.set("style", f"padding-{side}: {room:.1f}pt")
        marker.set("style", f"margin-{side}: -{room:.1f}pt; width: {room - AWAY:.1f}pt")
    # A space for those who read the text layer: between two boxes there is none.
    SubElement(line, "span", {"class": "gap"}).text = "\u2009"


def hang(lead: Lead, columns: Sequence[Language]) -> float:
    """Return the points by which the lines of a list are moved in from its markers, in all languages of a page."""
    if max(map(lead.list.room, columns)) <= USUAL:
        return HANG
    return AWAY + WIDTH * max(SIZES[language.direction] * lead.list.room(language) for language in columns)
