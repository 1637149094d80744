"""The files a PDF carries inside it: the source text byte for byte, and the PO files as they may leave."""

import re
from collections.abc import Iterator

from pipeline.render import Attachment

_COMMENT = re.compile(rb"^#(?![.:,|~]).*@.*$", re.MULTILINE)
"""A translator's; in the others stands text of the document, or what programs wrote."""


def source(name: str, content: bytes) -> Attachment:
    return Attachment(name, "text/plain", "The source text", content)


def catalogue(document_id: str, lang: str, content: bytes) -> Attachment:
    return Attachment(f"{document_id}.{lang}.po", "text/x-gettext-translation", f"The translation ({lang})", content)


def people(content: bytes) -> Iterator[str]:
    """Yield where a PO file as it may leave still names a person perhaps: an address in a comment."""
    for comment in _COMMENT.finditer(content):
        line = content.count(b"\n", 0, comment.start()) + 1
        yield f"a comment in line {line}"
