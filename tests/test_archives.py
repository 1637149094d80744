"""ZIP files of others: what comes out is counted, whatever the file says of itself."""

import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest

from pipeline import archives

CONTENT = b"the same again " * 100_000


def zipped(*names: str, method: int = zipfile.ZIP_DEFLATED, content: bytes = CONTENT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two entries of one name
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def changed(content: bytes, record: int, local: int, form: str, value: int) -> bytes:
    """A ZIP whose only entry says something else, in the list of files and before its content."""
    made = bytearray(content)
    struct.pack_into(form, made, made.index(b"PK\1\2") + record, value)
    struct.pack_into(form, made, made.index(b"PK\3\4") + local, value)
    return bytes(made)


def unpacked(content: bytes, most_entries: int = 10, most_bytes: int = 10**7) -> dict[str, bytes]:
    with archives.opened(content, most_entries, most_bytes) as archive:
        return {entry.filename: archives.read(archive, entry) for entry in archive.infolist()}


def test_an_honest_archive_is_unpacked():
    assert unpacked(zipped("a", "b/c")) == {"a": CONTENT, "b/c": CONTENT}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a whole ZIP"),
        (b"PK", "not a whole ZIP"),
        (zipped("a")[:-30], "not a whole ZIP"),
        (zipped(*"abcdefghijk"), "more than 10 files"),
        (b"PK\1\2" * 10**6, "more than 10 files"),
        (zipped("a", "a"), "two files of one name"),
        (zipped("a", "A"), "two files of one name"),
        (zipped("a", content=bytes(10**7 + 1)), "more than 10,000,000 bytes"),
        (zipped("a", method=zipfile.ZIP_BZIP2), "unusual"),
        (zipped("a", method=zipfile.ZIP_LZMA), "unusual"),
        (changed(zipped("a"), 8, 6, "<H", 1), "encrypted"),
        (changed(zipped("a"), 24, 22, "<I", 5), "CRC"),
        (changed(zipped("a"), 24, 22, "<I", len(CONTENT) + 1), "cut off"),
        (changed(zipped("a"), 24, 22, "<I", 2**32 - 2), "more than 10,000,000 bytes"),
        (changed(zipped("a"), 20, 18, "<I", 5), "not a whole ZIP"),
        (changed(zipped("a"), 16, 14, "<I", 5), "CRC"),
        (changed(zipped("a"), 10, 8, "<H", 77), "unusual"),
    ],
)  # fmt: skip
def test_what_lies_or_grows_is_refused(content, message):
    with pytest.raises(archives.ArchiveError, match=message):
        unpacked(content)


@pytest.mark.parametrize("length", [1, 20, 1000])
def test_what_has_lost_a_part_is_refused(length):
    """Without some of its bytes, wherever: also before the list of files, which then names places before the first."""
    whole = zipped("a", "b")
    for first in range(0, len(whole), 37):
        with pytest.raises(archives.ArchiveError):
            unpacked(whole[:first] + whole[first + length :])


def test_a_name_that_is_no_text_is_refused():
    content = changed(zipped("ab"), 8, 6, "<H", 0x800)  # its names are said to be UTF-8
    with pytest.raises(archives.ArchiveError):
        unpacked(content.replace(b"ab", b"\xff\xfe"))


def test_no_more_is_unpacked_than_was_stated():
    """50 MB behind a size of five bytes: zipfile, asked for the whole, would unpack them to compare."""
    bomb = changed(zipped("a", content=bytes(50_000_000)), 24, 22, "<I", 5)
    tracemalloc.start()
    try:
        with pytest.raises(archives.ArchiveError, match="CRC"):
            unpacked(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000
