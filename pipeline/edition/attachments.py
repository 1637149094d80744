"""The files a PDF carries inside it: the source text byte for byte, and the PO files as they may leave."""

from collections.abc import Iterator

from pipeline.catalogue import po
from pipeline.edition.render import Attachment


def source(name: str, content: bytes) -> Attachment:
    return Attachment(name, "text/plain", "The source text", content)


def catalogue(document_id: str, lang: str, content: bytes) -> Attachment:
    return Attachment(f"{document_id}.{lang}.po", "text/x-gettext-translation", f"The translation ({lang})", content)


def people(file: po.File) -> Iterator[str]:
    """Yield where a PO file may name a person, beside its header: an address in a translator's comment."""
    for entry in file.parsed.entries:
        if not entry.is_header and any("@" in note for note in entry.notes):
            yield f"a comment of the entry in line {entry.line}"
    if "@" in file.parsed.tail:
        yield "a comment at its end"
