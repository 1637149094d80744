"""seeds/<id>.toml: what an editor states about a document, and the blocks that were read wrongly.

title = "…"            # only for a document without a title of its own
issuer = "…"
date = 2016-10-30      # the document's own date; if it gives no day, "2016-10" or "2016"
topics = ["labour"]    # which partners it concerns, as partners.toml names topics
formerly = ["call"]    # what its id was, as `pipeline rename` writes it: partners have it under that

[[block]]
lines = [7, 9]         # first and last line, counted from 1
kind = "quotation"
level = 3              # headings only
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta as Bounds

from pipeline import tables
from pipeline.document.structure import Correction
from pipeline.errors import DocumentError
from pipeline.model import Kind, Meta, first_day
from pipeline.tables import Rule, TableFault, are_different, is_line


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an editor states about a document: its metadata, and blocks that were read wrongly."""

    meta: Meta = field(default_factory=Meta)
    blocks: tuple[Correction, ...] = ()

    def blocks_within(self, line_count: int, name: str) -> tuple[Correction, ...]:
        """Return the corrected blocks; raise DocumentError for one beyond the document's last line."""
        for block in self.blocks:
            if block.last > line_count:
                raise DocumentError(
                    f"{name}: lines = [{block.first}, {block.last}]: the document has only {line_count} "
                    f"{'line' if line_count == 1 else 'lines'}; correct the numbers"
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
    return len(lines) == 2 and 1 <= lines[0] <= lines[1]


_Text = Annotated[str, Rule("one line of text in quotes", '"…"', is_line)]


@dataclass(frozen=True, slots=True)
class _BlockTable:
    lines: Annotated[tuple[int, ...], Rule("the first and the last line", "[7, 9]", _are_first_and_last)]
    kind: Kind
    level: Annotated[int, Rule("the level of a heading, 2 to 6", "3"), Bounds(ge=0, le=6)] = 0


@dataclass(frozen=True, slots=True)
class _CorrectionsFile:
    """seeds/<id>.toml as it is written."""

    title: _Text = ""
    issuer: _Text = ""
    date: Annotated[object, Rule("a day, a month or a year", '2016-10-30, "2016-10" or "2016"', _is_date)] = ""
    topics: Annotated[
        tuple[str, ...],
        Rule("a list of words", '["labour"]', lambda topics: all(map(str.strip, topics))),
    ] = ()
    formerly: Annotated[
        tuple[str, ...],
        Rule("a list of different ids", '["2016-10-call"]', are_different),
    ] = ()
    block: tuple[_BlockTable, ...] = ()


def parse(content: bytes, name: str) -> Corrections:
    """Return what the file `name` says; raise DocumentError with all its faults."""
    file = tables.read(_CorrectionsFile, content, name, DocumentError, _faults)
    topics = tuple(dict.fromkeys(topic.strip() for topic in file.topics))
    blocks = (Correction(block.kind, block.lines[0], block.lines[1], block.level) for block in file.block)
    meta = Meta(file.title, file.issuer, _date(file.date), topics, file.formerly)
    return Corrections(meta, tuple(sorted(blocks, key=lambda block: block.first)))


def _faults(file: _CorrectionsFile) -> Iterator[TableFault]:
    reached = 0
    for index, block in sorted(enumerate(file.block), key=lambda pair: pair[1].lines):
        if not block.lines:
            continue  # wrong already
        if block.lines[0] <= reached:
            text = f"line {block.lines[0]} is in two blocks; put each line in only one"
            yield TableFault(text, (("block", index, "lines"),))
        reached = max(reached, block.lines[1])
