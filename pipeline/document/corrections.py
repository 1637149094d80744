"""seeds/<id>.toml: what an editor states about a document, and the blocks that were read wrongly.

title = "…"            # only for a document without a title of its own
issuer = "…"
date = 2016-10-30      # the document's own date
topics = ["labour"]    # which partners it concerns, as partners.toml names topics

[[block]]
lines = [7, 9]         # first and last line, counted from 1
kind = "quotation"
level = 3              # headings only
"""

import datetime
import tomllib
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document.structure import Correction
from pipeline.errors import DocumentError
from pipeline.model import Kind, Meta


@dataclass(frozen=True, slots=True)
class Corrections:
    meta: Meta = field(default_factory=Meta)
    blocks: tuple[Correction, ...] = ()

    def blocks_within(self, line_count: int, name: str) -> tuple[Correction, ...]:
        """Return the corrected blocks; raise DocumentError for one beyond the document's last line."""
        for block in self.blocks:
            if block.last > line_count:
                raise DocumentError(
                    f"{name}: lines = [{block.first}, {block.last}]: the document has {line_count} lines"
                )
        return self.blocks


def parse(text: str, name: str) -> Corrections:
    """Return what the file `name` says; raise DocumentError with the place where it cannot be."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"{name}: {error}") from None
    if unknown := sorted(set(table) - {"title", "issuer", "date", "topics", "block"}):
        raise DocumentError(f"{name}: unknown key {unknown[0]!r}; known are title, issuer, date, topics and [[block]]")
    meta = Meta(
        _string(table, "title", name),
        _string(table, "issuer", name),
        _date(table.get("date", ""), name),
        _topics(table.get("topics", []), name),
    )
    entries = table.get("block", [])
    if not isinstance(entries, list):
        raise DocumentError(f"{name}: write [[block]] with two brackets, once for each block")
    blocks = sorted((_block(entry, name) for entry in entries), key=lambda block: block.first)
    for before, after in pairwise(blocks):
        if after.first <= before.last:
            raise DocumentError(f"{name}: line {after.first} stands in two blocks; give every line to one")
    return Corrections(meta, tuple(blocks))


def _string(table: dict, key: str, name: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or "\n" in value:
        raise DocumentError(f'{name}: {key} must be one line of text in quotes: {key} = "…"')
    return value


def _topics(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(topic, str) and topic.strip() for topic in value):
        raise DocumentError(f'{name}: topics = {value!r}: write a list of words: topics = ["labour"]')
    return tuple(dict.fromkeys(topic.strip() for topic in value))


def _date(value: object, name: str) -> str:
    try:
        date = value if isinstance(value, datetime.date) else value and datetime.date.fromisoformat(str(value))
        return date.isoformat()[:10] if date else ""
    except ValueError:
        raise DocumentError(f"{name}: date = {value!r} is no date; write it as 2016-10-30") from None


def _block(entry: dict, name: str) -> Correction:
    lines, kind, level = entry.get("lines"), entry.get("kind"), entry.get("level", 0)
    pair = isinstance(lines, list) and len(lines) == 2 and all(type(line) is int for line in lines)
    if not pair or not 1 <= lines[0] <= lines[1]:
        raise DocumentError(f"{name}: lines = {lines!r}: write the first and the last line: lines = [7, 9]")
    if kind not in list(Kind):
        raise DocumentError(f"{name}: kind = {kind!r} is none of {', '.join(Kind)}")
    if type(level) is not int or not 0 <= level <= 6 or set(entry) - {"lines", "kind", "level"}:
        raise DocumentError(f"{name}: a [[block]] has lines, kind and, for headings, level = 2 to 6")
    return Correction(Kind(kind), lines[0], lines[1], level)
