"""A zip from anywhere → its files, if it is written as ours are; otherwise the reason why it is refused.

Programs that unpack disagree about every zip that says something twice and differently: which name an entry has, where
it begins, how large it is. A strict reading leaves nothing to disagree about: the entries follow one another
from the first byte to the list of them, the list repeats what stands before each, and its end is that of the file.
PKWARE, APPNOTE 6.3.10, sections 4.3 and 4.4. Not read with zipfile, whose tolerance depends on the version of Python.
"""

import os
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from pipeline.distribution import names
from pipeline.errors import BundleError

MAX_FILES = 10_000
MAX_RATIO = 100
"""How many times smaller a file may be packed, when it has more than RATIO_FREE bytes."""
RATIO_FREE = 1_000_000

CHUNK = 1 << 20

_LOCAL, _LISTED, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_LOCATOR = b"PK\6\7"
_LOCAL_SIZE = 30
_ENTRY = struct.Struct("<4s6H3I5H2I")
_REPEATED = slice(6, 32)
"""What of an entry in the list stands before its content too: from the version needed to the length of extra fields."""
_CLOSE = struct.Struct("<4s4H2IH")

_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_UNIX = 3
_SYSTEMS = (0, _UNIX)
"""Made on Windows or Unix; what others mean by the attributes of a file, programs read differently. Of a name that was
written on Windows, `unzip` reads letters beyond ASCII in the encoding of DOS, whatever the entry says."""
_FOLDER = 0x10
_VERSION = 20


class DamagedError(ValueError):
    """The content of an entry is not what the zip says of it."""


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A file or a folder of a zip: its sizes in bytes unpacked and packed, and where its content begins."""

    path: str
    size: int
    packed: int
    method: int
    crc: int
    start: int

    @property
    def is_folder(self) -> bool:
        return self.path.endswith("/")


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry as the list of the zip has it; the fields are those of APPNOTE 4.3.12."""

    signature: bytes
    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    internal: int
    external: int
    offset: int


def entries(name: str, file: IO[bytes]) -> list[ZipEntry]:
    """Return the entries of the zip called `name`, in their order; raise BundleError when it is refused."""
    count, listing, start = _listing(name, file)
    found: list[ZipEntry] = []
    place = position = 0
    for _ in range(count):
        listed, written = _entry(name, listing, place)
        place += len(written)
        entry = _checked(name, listed, written[_ENTRY.size :], position)
        file.seek(position)
        if file.read(_LOCAL_SIZE + listed.name_length) != _LOCAL + written[_REPEATED] + written[_ENTRY.size :]:
            raise BundleError(f"{name}: refused: {entry.path!a} is written differently beside its content")
        position = entry.start + entry.packed
        found.append(entry)
    if place != len(listing) or position != start:
        raise BundleError(f"{name}: refused: it holds something that belongs to none of its files")
    return found


def _listing(name: str, file: IO[bytes]) -> tuple[int, bytes, int]:
    """Return how many entries there are, the list of them, and where it begins."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    if _END not in tail[:-3] or len(tail) < _CLOSE.size:
        raise BundleError(f"{name}: refused: not a zip, nor a folder; give a bundle as it was received")
    close = tail[-_CLOSE.size :]
    signature, disk, first_disk, here, count, length, start, comment = _CLOSE.unpack(close)
    if signature != _END or comment:
        raise BundleError(f"{name}: refused: something was added behind its end")
    if tail[: -len(close)][-20:].startswith(_LOCATOR) or 0xFFFFFFFF in (length, start):
        raise BundleError(f"{name}: refused: a zip of the large kind (zip64), which no bundle needs")
    if disk or first_disk or here != count:
        raise BundleError(f"{name}: refused: a zip in several parts")
    if count > MAX_FILES or length > MAX_FILES * (names.MAX_PATH_BYTES // 2):
        raise BundleError(f"{name}: refused: more than {MAX_FILES:,} files")
    if start + length != size - len(close):
        raise BundleError(f"{name}: refused: something before the first of its files, or bytes that are missing")
    file.seek(start)
    return count, file.read(length), start


def _entry(name: str, listing: bytes, place: int) -> tuple[_Listed, bytes]:
    """Return the entry at a place in the list, and all its bytes; raise BundleError when there is none."""
    head = listing[place : place + _ENTRY.size]
    if len(head) < _ENTRY.size or not head.startswith(_LISTED):
        raise BundleError(f"{name}: refused: a damaged zip; ask for it again")
    listed = _Listed(*_ENTRY.unpack(head))
    called = listing[place + len(head) : place + len(head) + listed.name_length]
    if len(called) < listed.name_length:
        raise BundleError(f"{name}: refused: a damaged zip; ask for it again")
    if listed.extra_length or listed.comment_length:
        fault = "has a comment" if listed.comment_length else "has extra fields, which may give it another name"
        raise BundleError(f"{name}: refused: {called.decode('utf-8', 'replace')[:200]!a} {fault}")
    return listed, head + called


def _checked(name: str, listed: _Listed, encoded: bytes, position: int) -> ZipEntry:
    """Return an entry that is to begin at `position`; raise BundleError when it is not as ours are."""
    try:
        path = encoded.decode("utf-8" if listed.flags & _UTF8 else "ascii")
    except UnicodeDecodeError:
        raise BundleError(f"{name}: refused: {encoded[:200]!r} is a name in no known encoding") from None
    is_folder = path.endswith("/")
    fault = names.fault(path.removesuffix("/")) or _kind_fault(listed, is_folder=is_folder) or _packing_fault(listed)
    if not fault and listed.made_by >> 8 != _UNIX and not path.isascii():
        fault = "has a name beyond ASCII that was written on Windows, which some programs read otherwise"
    if not fault and listed.offset != position:
        overlap = "overlaps another, as in a zip bomb"
        fault = overlap if listed.offset < position else "has something before it that belongs to no file"
    if fault:
        raise BundleError(f"{name}: refused: {path!a} {fault}")
    start = position + _LOCAL_SIZE + listed.name_length
    return ZipEntry(path, listed.size, listed.packed, listed.method, listed.crc, start)


def _kind_fault(listed: _Listed, *, is_folder: bool) -> str:
    """Return what makes an entry anything but a plain file, or a folder without content."""
    mode, attributes = listed.external >> 16, listed.external & 0xFFFF
    kind = stat.S_IFMT(mode)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or stat.S_IMODE(mode) & 0o7000:
        return "is a link or a device, not a file"
    if listed.made_by >> 8 not in _SYSTEMS or attributes & ~_FOLDER or listed.internal:
        return "has attributes that no bundle has"
    says_folder = kind == stat.S_IFDIR or bool(attributes)
    if (says_folder and not is_folder) or (is_folder and (listed.size or listed.packed or kind == stat.S_IFREG)):
        return "is a file and a folder at once"
    least = 0o500 if is_folder else 0o400
    if listed.made_by >> 8 == _UNIX and mode & least != least:
        return "could not be read by anybody once it is unpacked"
    if mode & 0o111 and not is_folder:
        return "may be run as a program"
    if mode & 0o002:
        return "may be altered by everybody once it is unpacked"
    return ""


def _packing_fault(listed: _Listed) -> str:
    """Return what keeps an entry from being unpacked in one way only."""
    if listed.flags & _ENCRYPTED:
        return "is encrypted"
    if listed.method not in (_STORED, _DEFLATED):
        return "is packed in a way no bundle is"
    if listed.flags & _SIZES_BEHIND:
        return "has its size behind its content (a data descriptor)"
    if listed.flags & ~_UTF8 or listed.needed > _VERSION or listed.disk:
        return "is written in a way no bundle is"
    if listed.method == _STORED and listed.size != listed.packed:
        return "has two sizes"
    if listed.size > RATIO_FREE and listed.size > MAX_RATIO * max(1, listed.packed):
        return f"unpacks to {listed.size:,} bytes from {listed.packed:,}, as in a zip bomb"
    return ""


def content(file: IO[bytes], entry: ZipEntry) -> Iterator[bytes]:
    """Yield the content of an entry piece by piece, never more than it says.

    Raises DamagedError when it is less, more or something else than the zip says.
    """
    file.seek(entry.start)
    size = crc = 0
    for piece in (_stored if entry.method == _STORED else _inflated)(file, entry.packed):
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        if size > entry.size:
            raise DamagedError("it is larger than it says")
        yield piece
    if size != entry.size or crc != entry.crc:
        raise DamagedError("its size or checksum is another")


def _stored(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left and (piece := file.read(min(left, CHUNK))):
        left -= len(piece)
        yield piece


def _inflated(file: IO[bytes], packed: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces = _stored(file, packed)
    waiting = b""
    while not inflater.eof:
        waiting = waiting or next(pieces, b"")
        try:
            piece = inflater.decompress(waiting, CHUNK)
        except zlib.error as error:
            raise DamagedError(str(error)) from None
        if not piece and not waiting:
            raise DamagedError("it is cut off")
        waiting = inflater.unconsumed_tail
        yield piece
    if inflater.unused_data or next(pieces, b""):
        raise DamagedError("there is something after its end")
