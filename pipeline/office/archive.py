"""What an office document is by its content, and the parts of it that are read."""

import posixpath
import re
from collections.abc import Collection, Mapping

from pipeline import archives
from pipeline.office import xml

MOST_BYTES = 100_000_000
"""Of a document as it is sent."""
MOST_MEMBERS = 10_000
MOST_RELATIONS = 100_000
"""Of a part to others."""
MOST_UNPACKED = 1_000_000_000
"""Bytes of all that is in it, pictures too, of which nothing is unpacked."""
MOST_READ = 200_000_000
"""Bytes of the parts that are read."""

WORD, OPEN_DOCUMENT, EPUB = "Word document", "OpenDocument text", "EPUB book"
_LONGEST_TYPE = 200
_MIME_TYPES = {
    "application/vnd.oasis.opendocument.text": OPEN_DOCUMENT,
    "application/vnd.oasis.opendocument.text-template": OPEN_DOCUMENT,
    "application/epub+zip": EPUB,
}


class OfficeError(ValueError):
    """A file that is no document that can be read; says what it is, and what can be done."""


def recognised(content: bytes) -> str:
    """Return which document a file is by its content: WORD, OPEN_DOCUMENT, EPUB, or nothing when it is none of these.

    Raises OfficeError for a ZIP file that is damaged, or would harm.
    """
    if not content.startswith(b"PK"):
        return ""
    names, mime = listed(content)
    if mime:
        return _MIME_TYPES.get(mime, "")
    return WORD if "[Content_Types].xml" in names and any(map(_is_main, names)) else ""


def listed(content: bytes) -> tuple[list[str], str]:
    """Return the names of what is in a ZIP file, and the type that one of LibreOffice or a book states of itself.

    Raises OfficeError as `recognised` does.
    """
    if len(content) > MOST_BYTES:
        raise OfficeError(f"larger than {MOST_BYTES:,} bytes; take the pictures out, or divide the document")
    try:
        with archives.opened(content, MOST_MEMBERS, MOST_UNPACKED) as archive:
            names = {entry.filename: entry for entry in archive.infolist()}
            mime = names.get("mimetype")
            is_stated = mime is not None and mime.file_size < _LONGEST_TYPE
            stated = archives.read(archive, mime).strip().decode("ascii", "replace") if mime and is_stated else ""
            return list(names), stated
    except archives.ArchiveError as error:
        raise OfficeError(_packed_wrongly(error)) from None


def _is_main(path: str) -> bool:
    return re.fullmatch(r"word/document\d*\.xml", path) is not None


def _packed_wrongly(error: archives.ArchiveError) -> str:
    return f"not a whole document, or one that harms ({error}); ask for it again"


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
            return target("", xml.attribute(relation, "Target"))
    return "word/document.xml"


def relations_of(part: str) -> str:
    """Return the name of the part that says to what others a part refers (ECMA-376, part 2, 6.5)."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def target(folder: str, named: str) -> str:
    """Return the name of a part that is named in a part of a folder."""
    return posixpath.normpath(posixpath.join("/", folder, named)).lstrip("/")


def beside(content: bytes, main: str, usual: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the parts beside the text by what they are: as the text says, or else the `usual` ones.

    Word for the web numbers them: `styles2.xml`.
    """
    folder, relations = main.rpartition("/")[0], relations_of(main)
    names = {kind: target(folder, name) for kind, name in usual.items()}
    listed = parts(content, [relations]).get(relations)
    for one in xml.parse(listed, MOST_RELATIONS) if listed else ():
        kind = xml.attribute(one, "Type").rpartition("/")[2]
        if kind in names and xml.attribute(one, "TargetMode") != "External":
            names[kind] = target(folder, xml.attribute(one, "Target"))
    return names
