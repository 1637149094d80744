"""Published texts of a document with every kind of block, and of real ones."""

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.edition import circumstances, reading
from pipeline.languages import SHIPPED
from pipeline.model import Edition
from pipeline.publication import Published, Publisher
from tests.support import rich

PUBLISHER = Publisher(SHIPPED, "Workers' Council", "https://example.org/international/", {"labour": "Labour"})


def published(lang: str = "en", edition: Edition | None = None, **fields: object) -> Published:
    """Return a document in a language as it is published; `fields` are others than usual."""
    of = edition or rich.edition(*([lang] if lang != "fa" else []))
    original, text = (reading.read(of, SHIPPED[code]) for code in (of.document.lang, lang))
    issuer = circumstances.in_language(SHIPPED[lang], of.issuer)
    own = circumstances.in_language(SHIPPED[of.document.lang], of.issuer)
    made = Published(of.document.id, lang, of.document.lang, text, original, "cd" * 32, of.document.sha256, issuer, own)
    known = replace(made, date="2016-10-30", topics=("labour",), published="2026-11-28", units=9, reviewed=9, **fields)  # type: ignore[arg-type]
    return replace(known, stamp=hashlib.sha256(repr(known).encode()).hexdigest())


def write(folder: Path, name: str, made: bytes) -> Path:
    """Write a file that a format made, for other programs to judge."""
    path = folder / name
    path.write_bytes(made)
    return path
