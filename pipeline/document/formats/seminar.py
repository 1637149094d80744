"""A seminar: agenda and people in TOML, as `pipeline seminar` puts it among the documents."""

import hashlib
from dataclasses import replace

from pipeline.document import seminar
from pipeline.document.corrections import Corrections
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.model import PARAGRAPH, Document

SUFFIXES = (seminar.SUFFIX,)


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return what is printed of a seminar; raise DocumentError with every fault of the file."""
    name = f"{id}{seminar.SUFFIX}"
    found = seminar.read(content, name, DocumentError)
    if corrections.blocks:
        raise DocumentError(f"{id}.toml: a seminar has no blocks to state; take out [[block]]")
    meta = corrections.meta
    stated = replace(
        meta,
        issuer=meta.issuer or found.organiser or "",
        date=meta.date or min(found.dates, default=""),
        languages=meta.languages or found.languages,
    )
    digest = hashlib.sha256(content).hexdigest()
    return Document(id, language, stated, seminar.blocks(found, language), digest, counted=PARAGRAPH)
