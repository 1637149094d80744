"""The files a PDF carries inside it: the source text byte for byte, and the PO files as they may leave."""

from pipeline.edition.render import Attachment


def source(name: str, content: bytes) -> Attachment:
    return Attachment(name, "text/plain", "The source text", content)


def catalogue(document_id: str, lang: str, content: bytes) -> Attachment:
    return Attachment(f"{document_id}.{lang}.po", "text/x-gettext-translation", f"The translation ({lang})", content)
