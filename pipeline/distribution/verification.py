"""A bundle from anywhere → what does not match in it. Read in one pass, in bounds; nothing is unpacked.

A bundle may come from an enemy: no name, size or number in it is believed before it is checked. Nothing may be in
it but what the signed lists name, and the signatures themselves.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from pipeline import disk, strictjson
from pipeline.distribution import names, signing, zips
from pipeline.distribution.bundle import name_of
from pipeline.distribution.contents import ALLOWED, MANIFEST, SIGNED, SIGNER, SUMS, TAG_SIGNATURE, TAG_SUMS
from pipeline.errors import BundleError, SigningError

MAX_BYTES = 1_000_000_000
MAX_KEPT = 20_000_000
"""Bytes of a file that is read as text: a manifest, a list of sums."""
MAX_SIGNATURE = 100_000
"""Bytes of a signature: those of the largest keys have 10,000, and ssh-keygen takes time with the square of them."""

_KEPT = {"bagit.txt", SUMS, TAG_SUMS, MANIFEST, SIGNER, ALLOWED, *SIGNED}
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a bundle. It is in order when there are no `problems`.

    `fingerprint` is that of the key that signed it, empty when it is not signed; `signer` is as whom that
    key is known here, empty when it is not. `documents` is what the manifest states of them. `remarks` are
    what is to be known of it all the same.
    """

    files: int
    size: int
    problems: tuple[str, ...]
    fingerprint: str
    signer: str
    manifest: Mapping[str, Any]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file or, with a stroke at the end of its path, a folder; `size` is what is stated before it is read."""

    path: str
    size: int
    content: Callable[[], Iterator[bytes]]


@dataclass(slots=True)
class _Read:
    """The files of a bag as they were read: their sizes and sums, and the content of those that say something.

    `folder` is that of a zip in which the bag lies, empty when it lies in none.
    It and their paths are in Unicode's composed form, in which ours are written: a Mac's disk may keep another.
    """

    folder: str
    sizes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


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
    size = sum(bag.sizes.values())
    return Report(len(bag.sizes), size, tuple(bag.problems), fingerprint, signer, manifest, tuple(bag.remarks))


def _opened(path: Path | str, flags: int = 0) -> IO[bytes]:
    """Open a regular file for reading; a pipe or a device is not waited for."""
    try:
        return disk.opened(path, flags)
    except disk.IrregularFileError:
        raise BundleError(f"{Path(path).name}: refused: neither a file nor a folder") from None


def _zipped(name: str, file: IO[bytes]) -> Iterator[_Found]:
    """Yield the files and folders of a zip; raise BundleError when it is not written as ours are."""
    for entry in zips.entries(name, file):
        yield _Found(entry.path, entry.size, partial(zips.content, file, entry))


def _unpacked(root: Path) -> Iterator[_Found]:
    """Yield the files and folders of a folder; raise BundleError for what is neither."""
    waiting = [(str(root), "", 1)]
    while waiting:
        folder, prefix, depth = waiting.pop()
        if depth > names.MAX_DEPTH:
            raise BundleError(f"{root.name}: refused: {prefix!a} lies deeper than {names.MAX_DEPTH} folders")
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/", depth + 1))
                    yield _Found(f"{prefix}{entry.name}/", 0, lambda: iter(()))
                elif entry.is_file(follow_symlinks=False):
                    size = entry.stat(follow_symlinks=False).st_size
                    yield _Found(f"{prefix}{entry.name}", size, partial(_content, entry.path))
                else:
                    raise BundleError(f"{root.name}: refused: {prefix + entry.name!a} is a link or a device")


def _content(path: str) -> Iterator[bytes]:
    with _opened(path, os.O_NOFOLLOW) as file:
        while piece := file.read(zips.CHUNK):
            yield piece


def _read(name: str, entries: Iterator[_Found]) -> _Read:
    """Read every file once; raise BundleError when the bundle is refused."""
    files, folders = _listed_files(name, entries)
    root = _root(name, files)
    bag = _Read(unicodedata.normalize("NFC", root.removesuffix("/")))
    above = {str(parent) for path in files for parent in Path(path).parents}
    for path in sorted(folders - above):
        bag.problems.append(f"{path.removeprefix(root)}: a folder with nothing in it; it did not come from the sender")
    for path, found in sorted(files.items()):
        _digest(bag, path.removeprefix(root), found)
    return bag


def _listed_files(name: str, entries: Iterator[_Found]) -> tuple[dict[str, _Found], set[str]]:
    """Return the files by their paths, and the folders; raise BundleError when they are not the same everywhere."""
    files: dict[str, _Found] = {}
    folders: set[str] = set()
    called: dict[str, str] = {}
    total = 0
    for found in entries:
        path = found.path.removesuffix("/")
        if fault := names.fault(path):
            raise BundleError(f"{name}: refused: {path!a} {fault}")
        if path in files or path in folders:
            raise BundleError(f"{name}: refused: {path!a} is in it twice")
        _require_one_name(name, path, called)
        if found.path == path:
            files[path] = found
        else:
            folders.add(path)
        total += found.size
        if total > MAX_BYTES or len(called) > 2 * zips.MAX_FILES:
            raise BundleError(f"{name}: refused: more than {MAX_BYTES:,} bytes or {zips.MAX_FILES:,} files")
    for path in [*files, *folders]:
        if any(str(parent) in files for parent in Path(path).parents):
            raise BundleError(f"{name}: refused: {path!a} lies in a file, not in a folder")
    return files, folders


def _require_one_name(name: str, path: str, called: dict[str, str]) -> None:
    """Refuse a path when it, or a folder above it, is called otherwise elsewhere and the same on some systems."""
    own = key = ""
    for part in path.split("/"):
        own, key = f"{own}/{part}", f"{key}/{names.identity(part)}"
        if (first := called.setdefault(key, own)) != own:
            raise BundleError(f"{name}: refused: {own[1:]!a} and {first[1:]!a} are one file on some systems")


def _root(name: str, listed: Mapping[str, object]) -> str:
    """Return the folder of a zip that the bag lies in; raise BundleError when there is no bag."""
    tops = {path.partition("/")[0] for path in listed}
    root = "" if "bagit.txt" in listed or len(tops) != 1 else f"{next(iter(tops))}/"
    if f"{root}bagit.txt" not in listed:
        raise BundleError(f"{name}: refused: not a bundle, it has no bagit.txt; give one as it was received")
    return root


def _digest(bag: _Read, written: str, found: _Found) -> None:
    """Read a file once, and note its size, its sum, and its content when that says something."""
    path = unicodedata.normalize("NFC", written)
    if path != written:
        bag.remarks.append(f"{path}: its name is written in another form of Unicode here; it is the same file")
    digest, kept, count = hashlib.sha256(), [], 0
    most = MAX_SIGNATURE if path in SIGNED else MAX_KEPT
    if path in _KEPT and found.size > most:
        raise BundleError(f"{path}: refused: larger than {most:,} bytes")
    try:
        for piece in found.content():
            count += len(piece)
            if count > found.size:
                raise BundleError(f"{path}: refused: larger than it says")
            digest.update(piece)
            if path in _KEPT:
                kept.append(piece)
    except zips.DamagedError as error:
        bag.problems.append(f"{path}: damaged in the zip ({error})")
    bag.sizes[path], bag.sums[path] = count, digest.hexdigest()
    if path in _KEPT:
        bag.contents[path] = b"".join(kept)


def _compare_sums(bag: _Read) -> None:
    """Note what is not as the manifests of the bag say."""
    stated = bag.contents["bagit.txt"].decode("utf-8", "replace").split()
    if stated != ["BagIt-Version:", "1.0", "Tag-File-Character-Encoding:", "UTF-8"]:
        bag.problems.append("bagit.txt: not that of a bag of version 1.0 in UTF-8")
    payload = {path: sha256 for path, sha256 in bag.sums.items() if path.startswith("data/")}
    signatures = {TAG_SUMS, TAG_SIGNATURE}
    tags = {path: sha256 for path, sha256 in bag.sums.items() if path not in payload and path not in signatures}
    for name, found in ((SUMS, payload), (TAG_SUMS, tags)):
        if name in bag.contents:
            _compare(bag, name, _listed(bag, name), found)
        else:
            bag.problems.append(f"{name}: missing")


def _compare(bag: _Read, name: str, listed: Mapping[str, object], found: Mapping[str, object]) -> None:
    """Note what a list says, by path, and is found otherwise, and what it says nothing of."""
    for path in sorted(listed.keys() - found.keys()):
        bag.problems.append(f"{ascii(path)[1:-1]}: listed in {name}, but missing")
    for path in sorted(found.keys() - listed.keys()):
        bag.problems.append(f"{path}: not listed in {name}; it did not come from the sender")
    for path in sorted(listed.keys() & found.keys()):
        if listed[path] != found[path]:
            bag.problems.append(f"{path}: not the file that {name} lists (its SHA-256 is {bag.sums[path]})")


def _listed(bag: _Read, name: str) -> dict[str, str]:
    """Return the sums of a manifest of the bag, by path; raise BundleError when there are too many."""
    listed: dict[str, str] = {}
    if bag.contents[name].count(b"\n") > zips.MAX_FILES:
        raise BundleError(f"{name}: refused: more than {zips.MAX_FILES:,} lines")
    lines = bag.contents[name].decode("utf-8", "replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        path = unicodedata.normalize("NFC", match[2]) if match else ""
        if not match or path in listed:
            bag.problems.append(f"{name}:{number}: {'listed twice' if match else 'not a sum and a path'}")
        else:
            listed[path] = match[1].lower()
    return listed


def _manifest(bag: _Read) -> dict[str, Any]:
    """Return data/manifest.json, and note what is not as it says; empty when it says nothing."""
    if MANIFEST not in bag.contents:
        bag.problems.append(f"{MANIFEST}: missing")
        return {}
    try:
        table: Any = strictjson.read(bag.contents[MANIFEST], MAX_KEPT)
        json.dumps(table, ensure_ascii=False).encode()  # an escape for half a character stands for none
        if max(len(table["files"]), len(table["documents"])) > zips.MAX_FILES:
            raise BundleError(f"{MANIFEST}: refused: it states more than {zips.MAX_FILES:,} files or documents")
        listed = {file["path"]: (str(file["sha256"]), file["bytes"]) for file in table["files"]}
        stated = [{str(key): value for key, value in document.items()} for document in table["documents"]]
        if table["schema_version"] != 1 or not all(isinstance(path, str) for path in listed):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        bag.problems.append(f"{MANIFEST}: not a manifest this version of pipeline can read")
        return {}
    payload = (path for path in bag.sums if path.startswith("data/") and path != MANIFEST)
    _compare(bag, MANIFEST, listed, {path: (bag.sums[path], bag.sizes[path]) for path in payload})
    if bag.folder and (called := _name(table, stated, bag.contents[MANIFEST])) != bag.folder:
        bag.problems.append(f"its folder is called {bag.folder}, and not {called}, as the sender called it")
    return {**table, "documents": stated}


def _name(table: Mapping[str, Any], stated: Sequence[Mapping[str, Any]], manifest: bytes) -> str:
    """Return what a bundle is called that has this manifest."""
    documents = [str(document.get("document")) for document in stated]
    return name_of(documents or [""], str(table.get("kind")), manifest, is_draft=table.get("draft") is True)


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
    if weak := signing.weakness(public):
        bag.problems.append(f"signed with {fingerprint}, {weak}: others can forge its signatures")
    # Whoever takes one of these files trusts every key in it, and has compared this one.
    if _words(bag, SIGNER) != public.split():
        bag.problems.append(f"{SIGNER}: not the key that signed ({fingerprint}) alone")
    if _words(bag, ALLOWED)[1:] != signing.allowed("", public).split():
        bag.problems.append(f"{ALLOWED}: not the key that signed ({fingerprint}) alone")
    if manifest and manifest.get("signer") != fingerprint:
        bag.problems.append(f"{MANIFEST}: names another key than the one that signed ({fingerprint})")
    if signers is None:
        return fingerprint, ""
    file, signed = next(iter(SIGNED.items()))
    signer = signing.known(bag.contents[file], bag.contents[signed], signers)
    if not signer:
        bag.problems.append(f"signed with {fingerprint}, which is none of the keys in {name}")
    return fingerprint, signer


def _words(bag: _Read, file: str) -> list[str]:
    return bag.contents.get(file, b"").decode("utf-8", "replace").split()


def _key(bag: _Read, file: str) -> str:
    """Return the key that signed a file; empty, and noted, when none did."""
    signed = SIGNED[file]
    if file not in bag.contents or signed not in bag.contents:
        if file not in bag.contents:
            bag.problems.append(f"{file}: missing")
        return ""
    try:
        if not signing.is_plain(bag.contents[file]):
            bag.problems.append(f"{file}: more than a signature, or not as ssh-keygen writes it")
        return signing.verify(bag.contents[signed], bag.contents[file])
    except SigningError as error:
        bag.problems.append(f"{file}: {error}")
        return ""
