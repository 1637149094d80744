"""A bundle from anywhere → what does not match in it. Read in one pass, in bounds; nothing is unpacked.

A bundle may come from an enemy: no name, size or number in it is believed before it is checked.
"""

import hashlib
import json
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from pipeline import disk
from pipeline.distribution import signing
from pipeline.distribution.bundle import MANIFEST, SIGNED, SIGNER, SUMS, TAG_SUMS
from pipeline.errors import BundleError, SigningError

MAX_BYTES = 1_000_000_000
MAX_FILES = 10_000
MAX_RATIO = 100
"""How many times smaller a file may be packed, when it has more than RATIO_FREE bytes."""
RATIO_FREE = 1_000_000
MAX_DEPTH = 10
MAX_NAME = 1_000
MAX_KEPT = 20_000_000
"""Bytes of a file that is read as text: a manifest, a signature."""

_KEPT = {"bagit.txt", SUMS, TAG_SUMS, MANIFEST, SIGNER, *SIGNED}
_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a bundle. It is in order when there are no `problems`.

    `fingerprint` is that of the key that signed it, empty when it is not signed; `signer` is as whom that
    key is known here, empty when it is not. `documents` is what the manifest states of them.
    """

    files: int
    size: int
    problems: tuple[str, ...]
    fingerprint: str
    signer: str
    manifest: Mapping[str, Any]


@dataclass(slots=True)
class _Read:
    """The files of a bag as they were read: their sizes and sums, and the content of those that say something."""

    sizes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def verify(path: Path, signers: bytes | None = None, name: str = "") -> Report:
    """Return what is found in a bundle, a zip or a folder.

    `signers` are the keys that are trusted here, from the file `name`: then a bundle that none of them
    signed is not in order. Raises BundleError when the bundle is refused.
    """
    try:
        if path.is_dir():
            bag = _read(path.name, _unpacked(path))
        else:
            with _opened(path) as file:
                bag = _read(path.name, _zipped(path.name, file))
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror or error}; check that it exists and can be read") from None
    _compare_sums(bag)
    manifest = _manifest(bag)
    fingerprint, signer = _signature(bag, manifest, signers, name)
    return Report(len(bag.sizes), sum(bag.sizes.values()), tuple(bag.problems), fingerprint, signer, manifest)


Opened = Callable[[], IO[bytes]]


def _opened(path: Path | str, flags: int = 0) -> IO[bytes]:
    """Open a regular file for reading; a pipe or a device is not waited for."""
    try:
        return disk.opened(path, flags)
    except disk.IrregularFileError:
        raise BundleError(f"{Path(path).name}: refused: neither a file nor a folder") from None


def _zipped(name: str, file: IO[bytes]) -> Iterator[tuple[str, int, Opened]]:
    """Yield the files of a zip with the sizes it states; raise BundleError when it is not one to be opened."""
    size = file.seek(0, os.SEEK_END)
    _require_small_directory(name, file, size)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise BundleError(f"{name}: refused: a damaged zip ({error}); ask for it again") from None
    entries = archive.infolist()
    if sum(entry.compress_size for entry in entries) > size:
        raise BundleError(f"{name}: refused: its entries overlap, as in a zip bomb")
    if len(entries) > MAX_FILES or min((entry.header_offset for entry in entries), default=0):
        raise BundleError(f"{name}: refused: more than {MAX_FILES:,} files, or something before the first of them")
    for entry in entries:
        if fault := _entry_fault(entry):
            raise BundleError(f"{name}: refused: {entry.orig_filename!a} {fault}")
        if not entry.is_dir():
            yield entry.filename, entry.file_size, partial(archive.open, entry)
        elif place := _path_fault(entry.filename.rstrip("/")):
            raise BundleError(f"{name}: refused: {entry.filename!a} {place}")


def _require_small_directory(name: str, file: IO[bytes], size: int) -> None:
    """Refuse a zip whose list of files alone would fill the memory, before zipfile reads it."""
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise BundleError(f"{name}: refused: not a zip, nor a folder; give a bundle as it was received")
    if len(tail) != at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little"):
        raise BundleError(f"{name}: refused: something was added behind its end")
    if tail[max(0, at - 20) : at].startswith(b"PK\6\7"):
        raise BundleError(f"{name}: refused: a zip of the large kind (zip64), which no bundle needs")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if count > MAX_FILES or length > MAX_FILES * (MAX_NAME // 2):
        raise BundleError(f"{name}: refused: more than {MAX_FILES:,} files")
    file.seek(0)


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    """Return what keeps an entry from being opened; empty when nothing does."""
    mode = entry.external_attr >> 16
    if entry.orig_filename != entry.filename:
        return "has a name that hides another"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device, not a file"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.compress_type not in _METHODS:
        return "is packed in a way no bundle is"
    if entry.file_size > RATIO_FREE and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        return f"unpacks to {entry.file_size:,} bytes from {entry.compress_size:,}, as in a zip bomb"
    return ""


def _unpacked(root: Path) -> Iterator[tuple[str, int, Opened]]:
    """Yield the files of a folder; raise BundleError for what is neither file nor folder."""
    waiting = [(str(root), "", 1)]
    while waiting:
        folder, prefix, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise BundleError(f"{root.name}: refused: {prefix!a} lies deeper than {MAX_DEPTH} folders")
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/", depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    size = entry.stat(follow_symlinks=False).st_size
                    yield f"{prefix}{entry.name}", size, partial(_opened, entry.path, os.O_NOFOLLOW)
                else:
                    raise BundleError(f"{root.name}: refused: {prefix + entry.name!a} is a link or a device")


def _path_fault(path: str) -> str:
    """Return what is wrong with a path; empty when it is one inside the bundle."""
    parts = path.split("/")
    if not path.isprintable() or not path:
        return "has a name with invisible characters"
    if "\\" in path or ":" in path:
        return "has a backslash or a colon in its name"
    if path.startswith("/"):
        return "is an absolute path"
    if ".." in parts:
        return "leads out of the bundle (..)"
    if "." in parts or "" in parts:
        return "is no plain path"
    if len(path.encode()) > MAX_NAME or len(parts) > MAX_DEPTH + 1:
        return "is too long or too deep"
    return ""


def _read(name: str, entries: Iterator[tuple[str, int, Opened]]) -> _Read:
    """Read every file once; raise BundleError when the bundle is refused."""
    listed: dict[str, tuple[int, Opened]] = {}
    seen: dict[str, str] = {}
    total = 0
    for path, size, opened in entries:
        if fault := _path_fault(path):
            raise BundleError(f"{name}: refused: {path!a} {fault}")
        key = unicodedata.normalize("NFC", path).casefold()
        if (first := seen.setdefault(key, path)) in listed:
            same = "stands in it twice" if first == path else f"and {first!a} are one file on some systems"
            raise BundleError(f"{name}: refused: {path!a} {same}")
        listed[path] = size, opened
        total += size
        if total > MAX_BYTES or len(listed) > MAX_FILES:
            raise BundleError(f"{name}: refused: more than {MAX_BYTES:,} bytes or {MAX_FILES:,} files")
    for path in seen:
        if any(str(parent) in seen for parent in Path(path).parents):
            raise BundleError(f"{name}: refused: {path!a} lies in a file, not in a folder")
    root = _root(name, listed)
    bag = _Read()
    for path, (size, opened) in sorted(listed.items()):
        _digest(bag, path.removeprefix(root), size, opened)
    return bag


def _root(name: str, listed: Mapping[str, object]) -> str:
    """Return the folder of a zip that the bag lies in; raise BundleError when there is no bag."""
    tops = {path.partition("/")[0] for path in listed}
    root = "" if "bagit.txt" in listed or len(tops) != 1 else f"{next(iter(tops))}/"
    if f"{root}bagit.txt" not in listed:
        raise BundleError(f"{name}: refused: not a bundle, it has no bagit.txt; give one as it was received")
    return root


def _digest(bag: _Read, path: str, size: int, opened: Opened) -> None:
    digest, kept, count = hashlib.sha256(), [], 0
    if path in _KEPT and size > MAX_KEPT:
        raise BundleError(f"{path}: refused: larger than {MAX_KEPT:,} bytes")
    try:
        with opened() as file:
            while chunk := file.read(_CHUNK):
                count += len(chunk)
                if count > size:
                    raise BundleError(f"{path}: refused: larger than it says")
                digest.update(chunk)
                if path in _KEPT:
                    kept.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, struct.error) as error:
        bag.problems.append(f"{path}: damaged in the zip ({error})")
    bag.sizes[path], bag.sums[path] = count, digest.hexdigest()
    if path in _KEPT:
        bag.contents[path] = b"".join(kept)


def _compare_sums(bag: _Read) -> None:
    """Note what is not as the manifests of the bag say."""
    stated = bag.contents["bagit.txt"].decode("utf-8", "replace").split()
    if stated != ["BagIt-Version:", "1.0", "Tag-File-Character-Encoding:", "UTF-8"]:
        bag.problems.append("bagit.txt: not that of a bag of version 1.0 in UTF-8")
    payload = {path for path in bag.sums if path.startswith("data/")}
    tags = set(bag.sums) - payload - {TAG_SUMS}
    for name, expected in ((SUMS, payload), (TAG_SUMS, tags)):
        if name not in bag.contents:
            bag.problems.append(f"{name}: missing")
            continue
        listed = _listed(bag, name)
        _compare(bag, name, listed, expected)
        for path in sorted(listed.keys() & expected):
            if listed[path].lower() != bag.sums[path]:
                bag.problems.append(f"{path}: not the file that {name} lists (its SHA-256 is {bag.sums[path]})")


def _compare(bag: _Read, name: str, listed: Mapping[str, object], expected: set[str]) -> None:
    for path in sorted(listed.keys() - expected):
        bag.problems.append(f"{ascii(path)[1:-1]}: listed in {name}, but missing")
    for path in sorted(expected - listed.keys()):
        bag.problems.append(f"{path}: not listed in {name}; it did not come from the sender")


def _listed(bag: _Read, name: str) -> dict[str, str]:
    """Return the sums of a manifest of the bag, by path."""
    listed: dict[str, str] = {}
    lines = bag.contents[name].decode("utf-8", "replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match or match[2] in listed:
            bag.problems.append(f"{name}:{number}: {'listed twice' if match else 'not a sum and a path'}")
        else:
            listed[match[2]] = match[1]
    return listed


def _manifest(bag: _Read) -> dict[str, Any]:
    """Return data/manifest.json, and note what is not as it says; empty when it says nothing."""
    if MANIFEST not in bag.contents:
        bag.problems.append(f"{MANIFEST}: missing")
        return {}
    try:
        table = json.loads(bag.contents[MANIFEST])
        listed = {file["path"]: (str(file["sha256"]), file["bytes"]) for file in table["files"]}
        stated = [{str(key): value for key, value in document.items()} for document in table["documents"]]
        if table["schema_version"] != 1 or not all(isinstance(path, str) for path in listed):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        bag.problems.append(f"{MANIFEST}: not a manifest this version of pipeline can read")
        return {}
    payload = {path for path in bag.sums if path.startswith("data/")} - {MANIFEST}
    _compare(bag, MANIFEST, listed, payload)
    for path in sorted(listed.keys() & payload):
        if listed[path] != (bag.sums[path], bag.sizes[path]):
            bag.problems.append(f"{path}: not the file that {MANIFEST} lists (its SHA-256 is {bag.sums[path]})")
    return {**table, "documents": stated}


def _signature(bag: _Read, manifest: Mapping[str, Any], signers: bytes | None, name: str) -> tuple[str, str]:
    """Return the fingerprint of the key that signed, and as whom it is known; note what does not fit."""
    present = [file for file in SIGNED if file in bag.contents]
    if not present:
        if manifest.get("signer"):
            bag.problems.append(f"{min(SIGNED)}: missing; the manifest says it was signed")
        if signers is not None:
            bag.problems.append(f"not signed, and so by none of the keys in {name}")
        return "", ""
    keys = {key for file in SIGNED if (key := _key(bag, file))}
    if len(keys) != 1 or len(present) != len(SIGNED) or any(file not in bag.contents for file in SIGNED.values()):
        if len(keys) > 1:
            bag.problems.append("its signatures are of different keys")
        return "", ""
    (public,) = keys
    fingerprint = signing.fingerprint(public)
    if bag.contents.get(SIGNER, b"").split()[:2] != public.encode().split():
        bag.problems.append(f"{SIGNER}: not the key that signed ({fingerprint})")
    if manifest and manifest.get("signer") != fingerprint:
        bag.problems.append(f"{MANIFEST}: names another key than the one that signed ({fingerprint})")
    if signers is None:
        return fingerprint, ""
    file, signed = next(iter(SIGNED.items()))
    signer = signing.known(bag.contents[file], bag.contents[signed], signers)
    if not signer:
        bag.problems.append(f"signed with {fingerprint}, which is none of the keys in {name}")
    return fingerprint, signer


def _key(bag: _Read, file: str) -> str:
    """Return the key that signed a file; empty, and noted, when none did."""
    signed = SIGNED[file]
    if file not in bag.contents or signed not in bag.contents:
        if file not in bag.contents:
            bag.problems.append(f"{file}: missing")
        return ""
    try:
        return signing.verify(bag.contents[signed], bag.contents[file])
    except SigningError as error:
        bag.problems.append(f"{file}: {error}")
        return ""
