"""Markers of list items, of signatures and of notes, and the room they take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.render.pdf import faces
from pipeline.edition.render.pdf.composition import in_digits, note_marker
from pipeline.languages import Language
from pipeline.model import Block, Kind
from pipeline.text.orthography import western_digits

MARKED = (Kind.LIST_ITEM, Kind.SIGNATURE, Kind.NOTE)

USUAL, LONGEST = 3, 8
"""Characters: what the stylesheet has room for, and above what a marker stands in its line as a word."""

WIDTH = 0.62
"""What a character of a marker takes, in ems."""

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
        return text(block, language, is_source=language.code == self.source)


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


def text(block: Block, language: Language, *, is_source: bool = False) -> str:
    """Return a marker as it is printed in a language.

    In the source it is its own, and in Persian, too, in Persian digits and letters; others count in their numerals,
    with all numbers of a nested one.
    """
    if block.kind is Kind.NOTE:
        return note_marker(block.marker, language)
    if _SIGN.fullmatch(block.marker) and block.marker[0] not in _DRAWN and block.marker[0] not in faces.shown():
        return "•"
    if is_source:
        return in_digits(_tightened(block.marker), language)
    if language.direction == "rtl":
        return in_digits(_lettered(_tightened(block.marker), block.ordinal, language), language)
    numbers = re.findall("[0-9]+", western_digits(block.marker))
    if len(numbers) > 1:
        return ".".join(numbers) + "."
    return f"{block.ordinal}." if block.ordinal else block.marker.replace("-", "–")


def _lettered(marker: str, ordinal: int | None, language: Language) -> str:
    """Return a marker with a letter of the language for a Latin one: «ب)» for «b)»; a Roman number in digits."""
    latin = _LETTERED.fullmatch(marker)
    letters = language.reading.letters
    if not latin:
        return marker
    number = ordinal or (ord(latin[2].lower()) - ord("a") + 1 if len(latin[2]) == 1 else 0)
    if len(latin[2]) == 1 and 0 < number <= len(letters):
        return f"{latin[1]}{letters[number - 1]}{latin[3]}"
    return f"{latin[1]}{number}{latin[3]}" if number else marker


_LETTERED = re.compile(r"(\W*)([A-Za-z]|[IVXLCivxlc]{2,6})(\W*)")
_SIGN = re.compile(r"[^\w\s]\ufe0f?")
_DRAWN = ("•", "-", "–", "—", "·", "*", "+")
"""Bullets that every font has: others are looked for in our own."""


def _tightened(marker: str) -> str:
    """Return a marker without spaces around its signs; those between its words stay."""
    worded = [place for place, character in enumerate(marker) if character.isalnum()]
    if not worded:
        return "".join(marker.split())
    first, last = worded[0], worded[-1] + 1
    return "".join(marker[:first].split()) + marker[first:last] + "".join(marker[last:].split())


def add(line: Element, lead: Lead | None, language: Language) -> None:
    """Begin a line with its marker."""
    if lead is None:
        return
    room = lead.list.room(language)
    marker = SubElement(line, "span", {"class": "marker"})
    marker.text = lead.list.marker(lead.block, language)
    if room > LONGEST:
        marker.set("class", "marker run-in")
        line.set("class", "run-in")
    elif room > USUAL:
        side, width = _SIDES[language.direction], WIDTH * room
        line.set("style", f"padding-{side}: {width + 0.3:.2f}em")
        marker.set("style", f"margin-{side}: -{width + 0.3:.2f}em; width: {width:.2f}em")
    # A space for those who read the text layer: between two boxes there is none.
    SubElement(line, "span", {"class": "gap"}).text = "\u2009"
