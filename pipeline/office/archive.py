"""What an office document is by its content, and the parts of it that are read."""

import re
from collections.abc import Collection

from pipeline import archives
from pipeline.office import xml

MOST_BYTES = 100_000_000
"""Of a document as it is sent."""
MOST_MEMBERS = 10_000
MOST_UNPACKED = 1_000_000_000
"""Bytes of all that is in it, pictures too, of which nothing is unpacked."""
MOST_READ = 200_000_000
"""Bytes of the parts that are read."""

WORD, OPEN_DOCUMENT, EPUB = "Word document", "OpenDocument text", "EPUB book"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MIME_TYPES = {
    b"application/vnd.oasis.opendocument.text": OPEN_DOCUMENT,
    b"application/vnd.oasis.opendocument.text-template": OPEN_DOCUMENT,
    b"application/epub+zip": EPUB,
}
_SAVE = "open it in LibreOffice or Word and save it as .docx or .odt"
_UNREADABLE = (
    (b"{\\rtf", "it is in Rich Text Format", _SAVE),
    (b"%PDF-", "it is a PDF", "ask for the document it was made from"),
)


_OPENINGS = (b"PK\x03\x04", _OLE, *(opening for opening, _, _ in _UNREADABLE))
"""How files begin that are no text, whatever their name says."""


class OfficeError(ValueError):
    """A file that is no document that can be read; says what it is, and what can be done."""


def recognised(content: bytes) -> str:
    """Return which document a file is by its content: WORD, OPEN_DOCUMENT, EPUB, or nothing when it is none of these.

    Raises OfficeError for documents that cannot be read, such as encrypted ones.
    """
    if content.startswith(_OLE):
        raise OfficeError(_ole(content))
    if not content.startswith(b"PK"):
        return ""
    if len(content) > MOST_BYTES:
        raise OfficeError(f"larger than {MOST_BYTES:,} bytes; take the pictures out, or divide the document")
    try:
        with archives.opened(content, MOST_MEMBERS, MOST_UNPACKED) as archive:
            names = {entry.filename: entry for entry in archive.infolist()}
            if (mime := names.get("mimetype")) and mime.file_size < 200:
                return _MIME_TYPES.get(archives.read(archive, mime).strip(), "")
            return WORD if "[Content_Types].xml" in names and any(map(_is_main, names)) else ""
    except archives.ArchiveError as error:
        raise OfficeError(_packed_wrongly(error)) from None


def is_office(content: bytes) -> bool:
    """Whether a file is one of an office program, or a PDF, and no text."""
    return content.startswith(_OPENINGS)


def _ole(content: bytes) -> str:
    """Return what a compound file of Microsoft is (MS-CFB); the names in it are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "it is encrypted; open it with its password in Word or LibreOffice and save it without"
    return f"it is in the format of Word before 2007, or of another old program; {_SAVE}"


def _is_main(path: str) -> bool:
    return re.fullmatch(r"word/document\d*\.xml", path) is not None


def _packed_wrongly(error: archives.ArchiveError) -> str:
    return f"not a whole document, or one that harms ({error}); ask for it again"


def require(content: bytes) -> str:
    """Return which document a file is; raise OfficeError with what can be done when it is none that can be read."""
    if found := recognised(content):
        return found
    for opening, what, remedy in _UNREADABLE:
        if content.lstrip()[:20].startswith(opening):
            raise OfficeError(f"{what}; {remedy}")
    if not content:
        raise OfficeError("the file is empty; ask for it again")
    raise OfficeError(f"it is no Word document and no OpenDocument text; {_SAVE}")


def parts(content: bytes, wanted: Collection[str], most: int = MOST_READ) -> dict[str, bytes]:
    """Return the parts of these names, as far as they are there, of at most so many bytes together.

    Raises OfficeError for what is damaged or too large.
    """
    try:
        with archives.opened(content, MOST_MEMBERS, MOST_UNPACKED) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename in wanted]
            if sum(entry.file_size for entry in entries) > most:
                raise OfficeError(f"it holds more than {most:,} bytes of text; divide the document")
            return {entry.filename: archives.read(archive, entry) for entry in entries}
    except archives.ArchiveError as error:
        raise OfficeError(_packed_wrongly(error)) from None


def main_part(content: bytes) -> str:
    """Return the name of the part that holds the text of a Word document, as the archive says."""
    found = parts(content, ["_rels/.rels"])
    for relation in xml.parse(found["_rels/.rels"], 10_000) if found else ():
        if xml.attribute(relation, "Type").endswith("/officeDocument"):
            return xml.attribute(relation, "Target").lstrip("/")
    return "word/document.xml"
