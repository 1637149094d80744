"""The files a PDF carries inside it: the source text and the PO files, byte for byte."""

import re
from collections.abc import Iterator

from pipeline.render import Attachment

_HEADER = re.compile(rb'^"(Last-Translator|Language-Team): *([^"\\]*[^"\\\s])', re.MULTILINE)
_COMMENT = re.compile(rb"^#.*@.*$", re.MULTILINE)
_NOBODY = (b"FULL NAME", b"LANGUAGE")
"""What gettext puts where nobody has given a name."""


def source(name: str, content: bytes) -> Attachment:
    return Attachment(name, "text/plain", "The source text", content)


def catalogue(document_id: str, lang: str, content: bytes) -> Attachment:
    return Attachment(f"{document_id}.{lang}.po", "text/x-gettext-translation", f"The translation ({lang})", content)


def people(content: bytes) -> Iterator[str]:
    """Yield where a PO file may name a person: in its header, or with an address in a comment."""
    for header in _HEADER.finditer(content):
        if not header[2].startswith(_NOBODY):
            yield header[1].decode("ascii")
    for comment in _COMMENT.finditer(content):
        line = content.count(b"\n", 0, comment.start()) + 1
        yield f"a comment in line {line}"
