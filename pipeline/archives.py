"""ZIP files of others, unpacked no further than they may go: what is counted is what comes out, not what is stated."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_RECORD = b"PK\1\2"
"""What every entry's record in the list of files begins with."""
_CHUNK = 2**18


class ArchiveError(ValueError):
    """A file that is no ZIP, is damaged, or would unpack to more than it may."""


@contextmanager
def opened(content: bytes, most_entries: int, most_bytes: int) -> Iterator[zipfile.ZipFile]:
    """Give a ZIP whose entries are plain, each there once, and in all of at most `most_bytes` bytes unpacked.

    Raises ArchiveError, for what goes wrong while it is open too.
    """
    # Before zipfile makes an object of each.
    if content.count(_RECORD) > most_entries:
        raise ArchiveError(f"more than {most_entries:,} files in it")
    try:
        with _archive(content) as archive:
            if fault := _fault(archive.infolist(), most_bytes):
                raise ArchiveError(fault)
            yield archive
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, RuntimeError, KeyError
    ) as error:  # fmt: skip
        raise ArchiveError(f"not a whole ZIP file: {str(error)[:200]}") from None


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(content))
    except ValueError as error:  # a list that stands before the file, a name that is no UTF-8
        raise zipfile.BadZipFile(str(error)) from None


def _fault(entries: list[zipfile.ZipInfo], most_bytes: int) -> str:
    """Return what keeps a ZIP from being unpacked; empty when nothing does."""
    if any(entry.header_offset < 0 for entry in entries):
        return "its beginning is missing"
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        return "two files of one name in it"
    if any(entry.compress_type not in _METHODS or entry.flag_bits & 1 for entry in entries):
        return "encrypted, or packed in an unusual way"
    if sum(entry.file_size for entry in entries) > most_bytes:
        return f"it unpacks to more than {most_bytes:,} bytes"
    return ""


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of an entry; raise ArchiveError when there is more, or less, of it than was stated."""
    count = 0
    # Of a size: asked for all there is, zipfile unpacks it before it compares.
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            count += len(chunk)
            yield chunk
    if count != entry.file_size:
        raise ArchiveError(f"{entry.filename!a} is cut off")


def read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return the content of an entry; raise ArchiveError as `chunks` does."""
    return b"".join(chunks(archive, entry))
