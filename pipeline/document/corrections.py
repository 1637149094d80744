"""seeds/<id>.toml: what an editor states about a document, and the blocks that were read wrongly.

title = "…"            # only for a document without a title of its own
issuer = "…"
date = 2016-10-30      # the document's own date; if it gives no day, "2016-10" or "2016"
number = "12/95"       # the one its issuer filed it under
place = "…"            # where it was issued
topics = ["labour"]    # which partners it concerns, as partners.toml names topics
formerly = ["call"]    # what its id was, as `pipeline rename` writes it: partners have it under that
language = "en"        # what it is written in; else its folder says so (seeds/en/), or its text
languages = ["fa"]     # what it is translated into; else pipeline.toml says so
selected = true        # of an archive: it is to be translated, as `pipeline select` writes it

[provenance]           # of a text of others, as `pipeline inbox accept` writes it
address = "https://…"  # where it was published
permission = "granted" # to publish it again; "refused" or "unknown": it is never released

[[block]]
lines = [7, 9]         # first and last line, counted from 1; in formats without lines: paragraphs = [7, 9]
kind = "quotation"
level = 3              # of headings
depth = 2              # of items of a list in a list
header_rows = 1        # of tables
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated

from msgspec import Meta as Bounds

from pipeline import tables
from pipeline.document.lines import Correction
from pipeline.errors import DocumentError
from pipeline.model import LINE, PARAGRAPH, Kind, Meta, Permission, Provenance, first_day
from pipeline.tables import Rule, TableFault, are_different, is_line


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an editor states about a document: its metadata, its language, and blocks that were read wrongly."""

    meta: Meta = field(default_factory=Meta)
    blocks: tuple[Correction, ...] = ()
    language: str = ""

    def blocks_within(self, count: int, name: str, counted: str = LINE) -> tuple[Correction, ...]:
        """Return the corrected blocks of a document with so many lines, or paragraphs, where these are `counted`.

        Raises DocumentError for a block beyond the last, and for paragraphs of a document that has lines.
        """
        for block in self.blocks:
            place = f"{name}: {block.counted}s = [{block.first}, {block.last}]"
            if counted == LINE != block.counted:
                raise DocumentError(f"{place}: this document has lines; write their numbers: lines = […]")
            if block.last > count:
                raise DocumentError(
                    f"{place}: the document has only {count} {counted}{'s' * (count != 1)}; correct the numbers"
                )
        return self.blocks


_MONTH_OR_YEAR = re.compile("[0-9]{4}(-[0-9]{2})?")


def _date(value: object) -> str:
    """Return a date in ISO 8601, whether it was written with quotation marks or without; raise ValueError."""
    if isinstance(value, datetime.date):  # a time of day behind it does no harm
        return value.isoformat()[:10]
    text = str(value)
    if _MONTH_OR_YEAR.fullmatch(text):
        datetime.date.fromisoformat(first_day(text))
        return text
    return datetime.date.fromisoformat(text).isoformat() if text else ""


def _is_date(value: object) -> bool:
    try:
        return type(value) in (str, int, datetime.date, datetime.datetime) and _date(value) is not None
    except ValueError:
        return False


def _are_first_and_last(lines: tuple[int, ...]) -> bool:
    return not lines or (len(lines) == 2 and 1 <= lines[0] <= lines[1])


_Text = Annotated[str, Rule("one line of text in quotes", '"…"', is_line)]


@dataclass(frozen=True, slots=True)
class _BlockTable:
    kind: Kind
    lines: Annotated[tuple[int, ...], Rule("the first and the last line", "[7, 9]", _are_first_and_last)] = ()
    paragraphs: Annotated[tuple[int, ...], Rule("the first and the last paragraph", "[7, 9]", _are_first_and_last)] = ()
    level: Annotated[int, Rule("the level of a heading, 2 to 6", "3"), Bounds(ge=0, le=6)] = 0
    depth: Annotated[int, Rule("the depth of an item, 1 to 9", "2"), Bounds(ge=0, le=9)] = 0
    header_rows: Annotated[int, Rule("how many rows are the head of a table", "1"), Bounds(ge=0, le=99)] = 0

    @property
    def place(self) -> tuple[int, ...]:
        return self.lines or self.paragraphs

    def correction(self) -> Correction:
        counted = LINE if self.lines else PARAGRAPH
        first, last = self.place
        return Correction(self.kind, first, last, self.level, self.depth, self.header_rows, counted)


@dataclass(frozen=True, slots=True)
class _ProvenanceTable:
    permission: Permission
    address: _Text = ""


@dataclass(frozen=True, slots=True)
class _CorrectionsFile:
    """seeds/<id>.toml as it is written."""

    title: _Text = ""
    short_title: _Text = ""
    issuer: _Text = ""
    date: Annotated[object, Rule("a day, a month or a year", '2016-10-30, "2016-10" or "2016"', _is_date)] = ""
    number: _Text = ""
    place: _Text = ""
    topics: Annotated[
        tuple[str, ...],
        Rule("a list of words", '["labour"]', lambda topics: all(map(str.strip, topics))),
    ] = ()
    formerly: Annotated[
        tuple[str, ...],
        Rule("a list of different ids", '["2016-10-call"]', are_different),
    ] = ()
    language: _Text = ""
    languages: Annotated[tuple[str, ...], Rule("a list of different languages", '["fa"]', are_different)] = ()
    selected: bool = False
    provenance: _ProvenanceTable | None = None
    block: tuple[_BlockTable, ...] = ()


def parse(content: bytes, name: str, known: Iterable[str]) -> Corrections:
    """Return what the file `name` says; raise DocumentError with all its faults. `known` are codes of languages."""
    known = tuple(known)
    file = tables.read(_CorrectionsFile, content, name, DocumentError, partial(_faults, known=known))
    topics = tuple(dict.fromkeys(topic.strip() for topic in file.topics))
    blocks = (block.correction() for block in file.block)
    dated = file.title, file.issuer, _date(file.date)
    languages = tuple(dict.fromkeys(tables.meant(code, known) for code in file.languages))
    meta = Meta(*dated, topics, file.formerly, file.short_title, file.number, file.place, languages)
    meta = replace(meta, selected=file.selected)
    if stated := file.provenance:
        meta = replace(meta, provenance=Provenance(stated.address, stated.permission))
    language = tables.meant(file.language, known)
    return Corrections(meta, tuple(sorted(blocks, key=lambda block: block.first)), language)


def _faults(file: _CorrectionsFile, known: Sequence[str]) -> Iterator[TableFault]:
    for key, code in (("language", file.language), *(("languages", code) for code in file.languages)):
        if code and tables.meant(code, known) not in known:
            text = f"language {tables.shown(code)} is unknown; known are: {', '.join(known)}"
            yield TableFault.at(text, key)
    reached = 0
    for index, block in sorted(enumerate(file.block), key=lambda pair: pair[1].place):
        key, counted = ("lines", LINE) if block.lines else ("paragraphs", PARAGRAPH)
        yield from _misplaced(block, index)
        if len(block.place) != 2:
            continue  # wrong already
        if block.place[0] <= reached:
            text = f"{counted} {block.place[0]} is in two blocks; put each {counted} in only one"
            yield TableFault(text, (("block", index, key),))
        reached = max(reached, block.place[1])


def _misplaced(block: _BlockTable, index: int) -> Iterator[TableFault]:
    """Yield what does not belong to a block, or is missing from it."""
    if bool(block.lines) is bool(block.paragraphs):
        what = "has both lines and paragraphs" if block.lines else "does not say which lines it is"
        yield TableFault(f"a block {what}; write one: lines = [7, 9]", (("block", index, "lines"),))
    if block.depth and block.kind is not Kind.LIST_ITEM:
        yield TableFault("only items of a list have a depth; take it out", (("block", index, "depth"),))
    if block.header_rows and block.kind is not Kind.TABLE:
        yield TableFault("only tables have header rows; take it out", (("block", index, "header_rows"),))
