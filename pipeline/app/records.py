"""Texts as they were last published, a file of each: what lists need at its head, the rest read when it is asked for.

A file is an object in JSON: the record, whose texts have no blocks; the blocks of the text and of its original, whose
digest the record has; and the words by which a search finds it.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar, overload

import msgspec

from pipeline import disk
from pipeline.edition.content import TextBlock
from pipeline.errors import DocumentError
from pipeline.publication import Published
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import Config

T = TypeVar("T")

FOLDER = "published"
"""In the private folder: each text as it was last published, with the pictures in it."""

_PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """A text as it was last published, and the PDF of it: its path in the output folder, and its digest.

    `file` is that of its document, in the folder of seeds, and `file_sha256` its digest; `body` is that of its blocks.
    `earlier` are the digests of the texts that stood in its place before.
    """

    published: Published
    pdf: str = ""
    pdf_sha256: str = ""
    file: str = ""
    body: str = ""
    file_sha256: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def made_of(self) -> str:
        """The digest of the file it was made from, which earlier versions published."""
        return self.file_sha256 or self.published.source_sha256


Records = dict[tuple[str, str], PublishedRecord]
"""By document and language."""


class _LaterRead(Sequence[T]):
    """What is read when it is first asked for."""

    def __init__(self, read: Callable[[], Sequence[T]]) -> None:
        self._read = read

    @cached_property
    def _all(self) -> Sequence[T]:
        return self._read()

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class _KeptPictures(Mapping[str, bytes]):
    """Pictures by name, each read when it is asked for; one that is gone is empty."""

    def __init__(self, names: Sequence[str], read: Callable[[str], bytes]) -> None:
        self._names, self._read = names, read

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)


class _KeptFile(msgspec.Struct):
    record: PublishedRecord
    text: msgspec.Raw
    original: msgspec.Raw
    words: msgspec.Raw


_EARLIER = msgspec.json.Decoder(PublishedRecord)
_FILES = msgspec.json.Decoder(_KeptFile)
_BLOCKS = msgspec.json.Decoder(tuple[TextBlock, ...])
_WORDS = msgspec.json.Decoder(tuple[str, ...])
_HEADS = msgspec.json.Decoder(tuple[PublishedRecord, ...])


_NONE = b"null"
"""In place of the blocks of an original that are those of the text."""


@dataclass
class _KeptBody:
    """The rest of a record; `load` returns the bytes of its file, whose record has to be of this digest."""

    load: Callable[[], bytes]
    digest: str
    name: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def _file(self) -> _KeptFile:
        """Return the file; raise DocumentError when it is not that of the record any more."""
        try:
            found = _FILES.decode(self.load())
        except (OSError, ValueError, RecursionError):
            found = None
        if not found or found.record.body != self.digest:
            raise DocumentError(f"{self.name}: what was published is damaged; type once more: pipeline publish")
        return found

    def _blocks(self, name: str) -> Sequence[TextBlock]:
        blocks = bytes(getattr(self._file, name))
        return _BLOCKS.decode(blocks if blocks != _NONE else self._file.text)

    def of(self, record: PublishedRecord) -> PublishedRecord:
        """Return a record with the rest of it."""
        one = record.published
        text, original = (
            replace(text, blocks=_LaterRead(partial(self._blocks, name)))
            for name, text in (("text", one.text), ("original", one.original))
        )
        words = _LaterRead[str](lambda: _WORDS.decode(self._file.words))
        return replace(
            record, published=replace(one, text=text, original=original, words=words, pictures=self.pictures)
        )


def encoded(record: PublishedRecord, words: Sequence[str]) -> bytes:
    """Return the file of a record, stamped anew, with the words by which a search is to find it."""
    one = record.published
    text = msgspec.json.encode(tuple(one.text.blocks))
    original = _NONE if one.is_original else msgspec.json.encode(tuple(one.original.blocks))
    body = hashlib.sha256(b"\0".join((text, original))).hexdigest()
    rest = text, original, msgspec.json.encode(tuple(words))
    head = _head(stamped(replace(record, body=body)))
    return msgspec.json.encode(_KeptFile(head, *map(msgspec.Raw, rest)))


def _head(record: PublishedRecord) -> PublishedRecord:
    """Return a record without what is kept beside it."""
    one = record.published
    text, original = replace(one.text, blocks=()), replace(one.original, blocks=())
    pictures = dict.fromkeys(one.pictures, b"")
    return replace(record, published=replace(one, text=text, original=original, words=(), pictures=pictures))


def heads(records: Sequence[PublishedRecord]) -> bytes:
    """Return what `RecordFolder.headed` makes records of again."""
    return msgspec.json.encode([_head(record) for record in records])


def stamped(record: PublishedRecord) -> PublishedRecord:
    """Return a record whose text has the stamp of all that is to be seen of it."""
    head = _head(record)
    content = msgspec.json.encode((replace(head.published, stamp="", pictures={}), record.body))
    stamp = hashlib.sha256(content).hexdigest()
    return replace(record, published=replace(record.published, stamp=stamp))


class RecordFolder:
    """The folder in which records are kept."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.folder = privacy.private_folder(config) / FOLDER

    def path(self, key: tuple[str, str]) -> Path:
        document_id, lang = key
        return self.folder / lang / f"{document_id}.json"

    def langs(self) -> dict[str, list[str]]:
        """Return the languages in which each document was published, sorted."""
        found: dict[str, list[str]] = {}
        for name, _ in places.below(self.folder, ".json", (_PICTURES,)):
            lang, _, document_id = name.partition("/")
            if document_id:
                found.setdefault(document_id, []).append(lang)
        return found

    def all(self) -> Iterator[PublishedRecord]:
        """Yield all records; a damaged one is none: its text is published anew if it is released."""
        for document_id, langs in sorted(self.langs().items()):
            yield from self.of(document_id, langs)

    def of(self, document_id: str, langs: Sequence[str]) -> Iterator[PublishedRecord]:
        """Yield the records of a document, but for damaged ones."""
        for lang in langs:
            try:
                content = self._bytes((document_id, lang))
                record = self._earlier(content) or self._whole(_FILES.decode(content).record)
            except (OSError, ValueError, RecursionError):
                continue
            if record.published.key == (document_id, lang):
                yield record

    def _earlier(self, content: bytes) -> PublishedRecord | None:
        """Return the record that a file holds whole, as those of earlier versions did; None when it is of this one."""
        try:
            record = _EARLIER.decode(content)
        except ValueError:
            return None
        pictures = _KeptPictures(list(record.published.pictures), self._picture)
        return self.made(encoded(record, ()), pictures)

    def headed(self, found: bytes) -> Records:
        """Return records whose heads are known; raise ValueError for what is none."""
        return {record.published.key: self._whole(record) for record in _HEADS.decode(found)}

    def made(self, content: bytes, pictures: Mapping[str, bytes]) -> PublishedRecord:
        """Return the record of a file that is not written yet."""
        record = _FILES.decode(content).record
        return _KeptBody(lambda: content, record.body, record.published.document_id, pictures).of(record)

    def write(self, record: PublishedRecord, content: bytes = b"") -> PublishedRecord:
        """Write a record, of whose file this is the `content` if that is known; return it as it lies there."""
        one = record.published
        content = content or encoded(record, one.words)
        files = {self.folder / _PICTURES / name: picture for name, picture in one.pictures.items() if picture}
        for path, made in {**files, self.path(one.key): content}.items():
            if not _is_there(path, made):
                storage.write_made(self.config, path, made)
        return self._whole(_head(record))

    def remove(self, key: tuple[str, str]) -> None:
        self.path(key).unlink(missing_ok=True)

    def _bytes(self, key: tuple[str, str]) -> bytes:
        return disk.read(self.path(key), storage.MAX_RECORD_BYTES)

    def _whole(self, record: PublishedRecord) -> PublishedRecord:
        one = record.published
        pictures = _KeptPictures(list(one.pictures), self._picture)
        return _KeptBody(partial(self._bytes, one.key), record.body, one.document_id, pictures).of(record)

    def _picture(self, name: str) -> bytes:
        try:
            return disk.read(self.folder / _PICTURES / name, storage.MAX_RECORD_BYTES) if name.isalnum() else b""
        except OSError:
            return b""


def _is_there(path: Path, content: bytes) -> bool:
    try:
        return disk.read(path, len(content) + 1) == content
    except OSError:
        return False
