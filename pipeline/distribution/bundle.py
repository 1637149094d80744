"""Releases → Bundle: what a partner receives, a BagIt bag (RFC 8493) that is the same for all who receive the same.

Nothing in it depends on who asks, when, or on which machine. The same inputs give the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline import __version__
from pipeline.distribution import letter, metadata, signing
from pipeline.distribution.contents import (
    ALLOWED,
    MANIFEST,
    SIGNED,
    SIGNER,
    SUMS,
    TAG_SIGNATURE,
    TAG_SUMS,
    UNSAID,
    WRITTEN,
    Contents,
    Replacement,
    principal,
)
from pipeline.distribution.facts import facts
from pipeline.distribution.letter import LETTER, WITHDRAWAL, Letter
from pipeline.distribution.names import flat, identity, safe
from pipeline.distribution.reasons import StatedReason
from pipeline.distribution.release import MadeFile, Number, Release, ReleaseFile
from pipeline.distribution.sender import Sender
from pipeline.errors import BundleError
from pipeline.languages import SHIPPED, Language
from pipeline.model import Artifact, first_day

_TYPES = {".pdf": "application/pdf", ".po": "text/x-gettext-translation", ".json": "application/json"}
_TYPES |= {".epub": "application/epub+zip", ".odt": "application/vnd.oasis.opendocument.text", ".md": "text/markdown"}
_TYPES |= {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
_TYPES |= {".xml": "application/xml", ".txt": "text/plain", ".html": "text/html", ".pub": "text/plain"}
_EARLIEST, _LATEST = (1980, 1, 1), (2107, 12, 31)
"""What dates a zip can tell."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bag: every file of it, sorted by path, and nothing about a partner.

    `name` is derived from the content and safe as a file name. `manifest` is data/manifest.json,
    which is signed. `letter` is in the bag, and the body of an e-mail too. `date` is that of its
    latest document, for the entries of the zip; empty when there is none.
    """

    name: str
    artifacts: tuple[Artifact, ...]
    manifest: bytes
    letter: Letter
    date: str = ""


_NO_CORRECTIONS: Mapping[tuple[str, str], Replacement] = MappingProxyType({})
_NOTHING_EARLIER: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType({})


def make(
    releases: Sequence[Release],
    contact_language: str,
    sender: Sender,
    *,
    replaces: Mapping[tuple[str, str], str],
    numbers: Mapping[tuple[str, str], Number] | None = None,
    kind: str = LETTER,
    sign: Callable[[bytes], bytes] | None,
    reason: StatedReason = UNSAID,
    corrections: Mapping[tuple[str, str], Replacement] = _NO_CORRECTIONS,
    added: Collection[tuple[str, str]] = (),
    earlier: Mapping[tuple[str, str], Sequence[str]] = _NOTHING_EARLIER,
    templates: Path | None = None,
    languages: Mapping[str, Language] = SHIPPED,
) -> Bundle:
    """Return the bundle of these releases, with a letter in the contact language.

    `replaces` are the text hashes of what was delivered before, by document and language, `earlier` those of all that
    ever was, of which one may have been lost, and its document had another name; `numbers` are those of the ledger:
    without them nobody can tell the bundle from an older one. `sign` is a `signing.Signer`, or any other function that
    signs; None leaves it unsigned, and the letter says so. A withdrawal has no documents in it, and a `reason`;
    `corrections` say what changed, and why, in what is replaced; of texts that are `added` to, more formats
    come. Raises BundleError when a file cannot be read, LetterError, SigningError, and what making one does.
    """
    texts = tuple(sorted(releases, key=lambda release: release.key))
    payload = dict(_documents(texts)) if kind == LETTER else {}
    described: dict[tuple[str, str], list[dict[str, Any]]] = {release.key: [] for release in texts}
    for path, (owner, content) in payload.items():
        described[owner.key].append(_described(path, content))
    public = _public(sign) if sign else ""
    contents = Contents(
        texts,
        kind,
        contact_language,
        sender,
        replaces,
        numbers or {},
        described,
        public,
        reason,
        corrections,
        added,
        earlier,
    )
    written = letter.compose(kind, contact_language, facts(contents, languages), templates, languages)
    files = {path: content for path, (_, content) in payload.items()}
    files["data/letter.txt"] = written.text.encode("utf-8", "replace")
    files["data/letter.html"] = written.html.encode("utf-8", "replace")
    files["data/metadata.json"] = metadata.json_ld(texts, described, withdrawn=kind == WITHDRAWAL)
    files["data/metadata.xml"] = metadata.dublin_core(texts)
    files[MANIFEST] = manifest = _manifest(contents, files)
    tags = _tags(contents, files, sign)
    artifacts = tuple(Artifact(path, _type(path), content) for path, content in sorted((files | tags).items()))
    date = max((release.date for release in texts), default="")
    documents = (release.document_id for release in texts)
    name = name_of(documents, kind, manifest, is_draft=contents.is_draft)
    return Bundle(name, artifacts, manifest, written, date)


MOST_TEXTS, MOST_FILES, MOST_BYTES = 500, 3000, 500_000_000
"""In a bundle: of more no letter can be written, and `pipeline verify` refuses them."""


def parts(releases: Sequence[Release]) -> Iterator[slice]:
    """Yield which of some releases go into one bundle after the other."""
    begin = files = size = 0
    for place, one in enumerate(releases):
        files, size = files + len(one.files), size + one.size
        if place > begin and (place - begin == MOST_TEXTS or files > MOST_FILES or size > MOST_BYTES):
            yield slice(begin, place)
            begin, files, size = place, len(one.files), one.size
    yield slice(begin, len(releases))


def zipped(bundle: Bundle) -> bytes:
    """Return the bundle as a zip, in one folder of its name; the same inputs give the same bytes."""
    date = tuple(map(int, first_day(bundle.date).split("-"))) if bundle.date else _EARLIEST
    year, month, day = min(max(date, _EARLIEST), _LATEST)
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w") as archive:
        for artifact in bundle.artifacts:
            entry = zipfile.ZipInfo(f"{bundle.name}/{artifact.path}", (year, month, day, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            # Not compressed: how well zlib does depends on its version, and a PDF is compressed already.
            entry.compress_type = zipfile.ZIP_STORED
            archive.writestr(entry, artifact.content)
    return opened.getvalue()


def _documents(releases: Sequence[Release]) -> Iterator[tuple[str, tuple[Release, bytes]]]:
    """Yield the files of the releases, by their path in the bag."""
    taken = set(map(identity, WRITTEN))
    folders: dict[str, str] = {}
    for release in releases:
        folder = folders.get(release.document_id) or _free(f"data/{safe(release.document_id)}", taken)
        folders[release.document_id] = folder
        for file, format in {file: format for format, file in release.files.items()}.items():
            name = f"{release.document_id}.{release.lang}.{format}" if isinstance(file, bytes) else _name(release, file)
            path = _free(f"{folder}/{safe(name)}", taken)
            yield path, (release, _content(file))


def _name(release: Release, file: Path | MadeFile) -> str:
    """Return what a file is called, with the folders of its document's id: others may be called as it is."""
    folders = release.document_id.rpartition("/")[0]
    return flat(f"{folders}/{file.name}") if folders and isinstance(file, Path) else file.name


def _content(file: ReleaseFile) -> bytes:
    if isinstance(file, bytes):
        return file
    return file.make() if isinstance(file, MadeFile) else _read(file)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BundleError(f"{file}: {error.strerror}; make the file readable") from None


def _free(path: str, taken: set[str]) -> str:
    """Return a path no other has, not even one that some system takes for the same."""
    stem, dot, suffix = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
    number, free = 1, path
    while identity(free) in taken:
        number += 1
        free = f"{stem}-{number}{dot}{suffix}"
    taken.add(identity(free))
    return free


def _described(path: str, content: bytes) -> dict[str, Any]:
    return {"path": path, "type": _type(path), "bytes": len(content), "sha256": _sha256(content)}


def _type(path: str) -> str:
    return _TYPES.get(Path(path).suffix, "application/octet-stream" if path.endswith(".sig") else "text/plain")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _public(sign: Callable[[bytes], bytes]) -> str:
    return sign.public if isinstance(sign, signing.Signer) else signing.public(sign(b""))


def _manifest(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    """Return what is in the bundle, for programs; it names every other file of data/."""
    table = {
        "schema_version": 1,
        "tool": f"pipeline {__version__}",
        "kind": contents.kind,
        **_numbered(contents.number),
        "draft": contents.is_draft,
        "translated": any(release.lang != release.source_lang for release in contents.releases),
        "letter_language": contents.lang,
        "signer": contents.fingerprint or None,
        "reason": contents.reason.words or None,
        "reason_language": contents.reason.lang or None,
        "documents": [_stated(contents, release) for release in contents.releases],
        "files": [_described(path, content) for path, content in sorted(files.items())],
    }
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _numbered(number: Number | None) -> dict[str, Any]:
    return {"serial": number.serial if number else None, "day": number.day if number else None}


def _stated(contents: Contents, release: Release) -> dict[str, Any]:
    return {
        "document": release.document_id,
        "language": release.lang,
        "source_language": release.source_lang or None,
        "status": "withdrawn" if contents.kind == WITHDRAWAL else "draft" if release.is_draft else "release",
        **_numbered(contents.numbers.get(release.key)),
        "text_sha256": release.text_sha256,
        "source_sha256": release.source_sha256 or None,
        "po_sha256": release.po_sha256 or None,
        "reviewed": release.reviewed,
        "translated": release.translated,
        "sentences": release.units,
        "share_reviewed": round(release.reviewed / release.units, 4) if release.units else None,
        "engines": list(release.engines),
        "origin": release.origin or None,
        "date": release.date or None,
        "replaces": contents.replaces.get(release.key),
        "earlier": list(contents.earlier.get(release.key, ())),
        "reason": contents.corrections.get(release.key, Replacement()).reason.words or None,
        "files": [file["path"] for file in contents.described[release.key]],
    }


def name_of(documents: Iterable[str], kind: str, manifest: bytes, *, is_draft: bool) -> str:
    """Return the name of a bundle with these documents, in their order, of which `manifest` tells."""
    first, *others = dict.fromkeys(documents)
    more = f"-and-{len(others)}-more" if others else ""
    stamp = ".withdrawal" if kind == WITHDRAWAL else ".draft" if is_draft else ""
    return f"{safe(first)[:60]}{more}{stamp}.{_sha256(manifest)[:8]}"


def _tags(contents: Contents, files: Mapping[str, bytes], sign: Callable[[bytes], bytes] | None) -> dict[str, bytes]:
    """Return the files that make a bag of the payload, and its signatures."""
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _info(contents, files),
        SUMS: _sums(files),
    }
    if sign:
        tags[SIGNER] = f"{contents.public}\n".encode()
        tags[ALLOWED] = signing.allowed(principal(contents.sender), contents.public).encode()
        tags |= {name: sign(files[path]) for name, path in SIGNED.items() if path in files}
    tags[TAG_SUMS] = _sums(tags)
    if sign:
        tags[TAG_SIGNATURE] = sign(tags[TAG_SUMS])
    return tags


def _info(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    """Return bag-info.txt; without the day it was bagged, so that the same is the same tomorrow."""
    draft = "DRAFT, not released" if contents.is_draft else "Released documents"
    fields = {
        "Source-Organization": contents.sender.name,
        "Contact-Email": contents.sender.answers,
        "External-Description": "Notice of withdrawal" if contents.kind == WITHDRAWAL else draft,
        "Payload-Oxum": f"{sum(map(len, files.values()))}.{len(files)}",
        "Bag-Software-Agent": f"pipeline {__version__}",
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value).encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{_sha256(content)}  {path}\n" for path, content in sorted(files.items())).encode()
