"""Formats for people and programs that do not edit PO files.

Each file here offers SUFFIX, write(table) -> bytes and read(content) -> tuple[Line, ...];
`read` raises ExchangeError. The bytes tell nothing of who wrote them, or when, and are
equal for equal tables.
"""

import hashlib
import re
from dataclasses import dataclass

from pipeline.model import Unit
from pipeline.origin import digest

MAX_BYTES = 50_000_000

_ID = re.compile(r"([0-9a-f]{12})-([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Line:
    """One unit on its way out or back.

    `id` names the unit and holds a digest of its target as it went out (`line_id`); empty
    where the other program dropped it. `reviewed` is None where the format does not say.
    """

    id: str
    source: str
    target: str
    note: str = ""
    context: str = ""
    reviewed: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The units of one document in one language, in document order."""

    document_id: str
    source_lang: str
    target_lang: str
    lines: tuple[Line, ...]


def unit_id(document_id: str, target_lang: str, unit: Unit) -> str:
    """Return what names a unit among all documents and languages: 12 hexadecimal digits."""
    name = "\0".join((document_id, target_lang, unit.context, unit.source))
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def line_id(document_id: str, target_lang: str, unit: Unit) -> str:
    """Return the id of a unit's line: what names it, and a digest of the target it goes out with."""
    return f"{unit_id(document_id, target_lang, unit)}-{digest(unit.target)}"


def parse_id(text: str) -> tuple[str, str] | None:
    """Return the two parts of a line's id, None when it is none."""
    found = _ID.search(text)
    return (found[1], found[2]) if found else None
