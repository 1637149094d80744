"""What is known of each document, and of which files: an SQLite file made of these, which may be deleted at any time.

Whoever asks it says what they want to know (a topic), and what it depends on besides files. An answer is believed while
its files are as they were: by their stamps, or, where these have changed, by their contents.
"""

import hashlib
import os
import sqlite3
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from pipeline import schema
from pipeline.errors import PipelineError
from pipeline.workspace import places, privacy, storage
from pipeline.workspace.config import Config
from pipeline.workspace.sources import YOUNG

FILE_NAME = "index.sqlite"
VERSION = 1

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS known (
        topic TEXT, document TEXT, made_by BLOB, files TEXT, stamp BLOB, contents BLOB, found BLOB,
        PRIMARY KEY (topic, document)
    ) WITHOUT ROWID;"""

_NOT_DAMAGED = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
"""What the disk or another command is the reason of."""

_KNOWN = "document, made_by, files, stamp, contents"
_FOUND = """SELECT found FROM known WHERE topic = ? AND document = ? AND made_by = ? AND contents = ?"""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Of which files something was found (from the workspace, missing ones too), and as they were then.

    The files are `joined` by NUL. `made_by` stands for all else it depends on. The `stamp` is empty when a file was
    too young, or no plain file. What was `found` is None while it is only in the index.
    """

    made_by: bytes
    joined: str
    stamp: bytes
    contents: bytes
    found: bytes | None = None

    @property
    def files(self) -> list[str]:
        return self.joined.split("\0")


@dataclass
class DocumentIndex:
    """One topic of the index of a workspace; what is damaged is unknown.

    Read whole is of which files something was found, or of some documents `only`; what was found, document by document,
    as it is asked for, unless it is taken `at_once`. Of what it `keeps`, nothing is lost but time when it cannot be
    written.
    """

    config: Config
    topic: str
    keeps: bool = True
    at_once: bool = False
    only: Collection[str] | None = None
    known: dict[str, IndexEntry] = field(init=False)
    changed: set[str] = field(init=False, default_factory=set)
    _held: ExitStack = field(init=False, default_factory=ExitStack)
    _connection: sqlite3.Connection | None = field(init=False, default=None)

    _COLUMNS: ClassVar = (str, bytes, str, bytes, bytes)

    def __post_init__(self) -> None:
        with suppress(sqlite3.Error, OSError, PipelineError):
            self._connection = self._held.enter_context(_opened(self.config))
        self.known = dict(self._read())

    def _read(self) -> Iterator[tuple[str, IndexEntry]]:
        """Yield what is known; of those who made it, which are few, each once."""
        makers: dict[bytes, bytes] = {}
        columns, types = (f"{_KNOWN}, found", (*self._COLUMNS, bytes)) if self.at_once else (_KNOWN, self._COLUMNS)
        for row in self._chosen(f"SELECT {columns} FROM known WHERE topic = ?"):
            if all(map(isinstance, row, types)):
                document_id, made_by, *rest = row
                yield document_id, IndexEntry(makers.setdefault(made_by, made_by), *rest)

    def _chosen(self, question: str) -> Iterator[tuple[Any, ...]]:
        if self.only is None:
            yield from self._rows(question, self.topic)
        else:
            for document_id in self.only:
                yield from self._rows(f"{question} AND document = ?", self.topic, document_id)

    def _rows(self, question: str, *about: object) -> Iterator[tuple[Any, ...]]:
        if self._connection:
            with suppress(sqlite3.Error):
                yield from self._connection.execute(question, about)

    def fresh(self, document_id: str, made_by: bytes) -> bytes | None:
        """Return what was found of a document if all that it depends on is as it was."""
        known = self.known.get(document_id)
        if known is None or known.made_by != made_by:
            return None
        now = stamp(self.config, known.files)
        if not now or now != known.stamp:
            with suppress(PipelineError):
                if contents(self.config, known.files) == known.contents:
                    return self._restamped(document_id, known, now)
            return None
        return self.found(document_id)

    def _restamped(self, document_id: str, known: IndexEntry, now: bytes) -> bytes | None:
        found = self.found(document_id)
        if found is not None:
            self.learn(document_id, replace(known, stamp=now, found=found))
        return found

    def found(self, document_id: str) -> bytes | None:
        """Return what was found of a document, whatever has become of it since; None when that is not known."""
        known = self.known.get(document_id)
        if known is None:
            return None
        if known.found is not None:
            return known.found
        rows = self._rows(_FOUND, self.topic, document_id, known.made_by, known.contents)  # as it was when it was read
        return next((found for (found,) in rows if isinstance(found, bytes)), None)

    def learn(self, document_id: str, known: IndexEntry) -> None:
        """Know this of a document from now on."""
        if self.known.get(document_id) != known:
            self.known[document_id] = known
            self.changed.add(document_id)

    def forget(self, document_id: str) -> None:
        """Know nothing of a document any more."""
        if self.known.pop(document_id, None):
            self.changed.add(document_id)

    def keep_only(self, ids: Collection[str]) -> None:
        """Forget all other documents."""
        for document_id in [one for one in self.known if one not in ids]:
            self.forget(document_id)

    def keep(self, now: int) -> bool:
        """Write what has changed, and look up nothing more; return whether nothing is left to be written.

        `now` is the time, in nanoseconds since 1970.
        """
        if self.changed and self.keeps:
            with suppress(sqlite3.Error, OSError, PipelineError):
                try:
                    self._write(now)
                except sqlite3.Error as error:
                    if is_damage(error):
                        _remove(self.config)
                        self._write(now)
                self.changed.clear()
        is_done = not self.changed or not self.keeps
        self.changed.clear()
        self._held.close()
        self._connection = None
        return is_done

    def _write(self, now: int) -> None:
        privacy.private_folder(self.config)
        old = [(self.topic, name) for name in self.changed]
        new = [(self.topic, name, *_row(self._believed(known, now))) for name, known in self._news()]
        with _opened(self.config, writes=True) as connection, connection:
            connection.executemany("DELETE FROM known WHERE topic = ? AND document = ?", old)
            connection.executemany(f"INSERT INTO known (topic, {_KNOWN}, found) VALUES (?, ?, ?, ?, ?, ?, ?)", new)

    def _news(self) -> Iterator[tuple[str, IndexEntry]]:
        return ((name, self.known[name]) for name in self.changed if name in self.known)

    def _believed(self, known: IndexEntry, now: int) -> IndexEntry:
        """Return what is known, without the stamp of files that may be written again within the same moment."""
        youngest = max(map(_time, _statuses(self.config, known.files)))
        return known if youngest < now - YOUNG else replace(known, stamp=b"")


def _row(known: IndexEntry) -> tuple[object, ...]:
    return known.made_by, known.joined, known.stamp, known.contents, known.found


def _time(status: os.stat_result | None) -> int:
    return max(status.st_mtime_ns, status.st_ctime_ns) if status else 0


def _statuses(config: Config, files: Sequence[str]) -> Iterator[os.stat_result | None]:
    root = os.fspath(config.root)
    for file in files:
        try:
            yield os.lstat(f"{root}/{file}")
        except OSError:
            yield None


def is_damage(error: sqlite3.Error) -> bool:
    """Whether a file is the reason of an error, and not the disk or another command."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NOT_DAMAGED


def stamp(config: Config, files: Sequence[str]) -> bytes:
    """Return what changes whenever one of some files is written; empty when one is a link, a folder or a device."""
    return _stamp(_statuses(config, files))


def settled(config: Config, files: Sequence[str], now: int) -> bytes:
    """Return the same; empty also when one of the files is so young at `now` that it may still change unseen."""
    statuses = list(_statuses(config, files))
    return _stamp(statuses) if max(map(_time, statuses)) < now - YOUNG else b""


def _stamp(statuses: Iterable[os.stat_result | None]) -> bytes:
    said = []
    for status in statuses:
        if status is None:
            said.append("-")
        elif not stat.S_ISREG(status.st_mode):
            return b""
        else:
            said.append(f"{status.st_size},{status.st_mtime_ns},{status.st_ctime_ns},{status.st_ino};")
    return hashlib.blake2b("".join(said).encode(), digest_size=16).digest()


def learnt(config: Config, made_by: bytes, files: Sequence[str], found: bytes) -> IndexEntry:
    """Return what is found of some files as they are now; raise DocumentError when one cannot be read."""
    now = stamp(config, files)
    return IndexEntry(made_by, "\0".join(files), now, contents(config, files), found)


def contents(config: Config, files: Sequence[str]) -> bytes:
    """Return a digest of what stands in some files, or that they are missing; raise DocumentError as `read_bytes`."""
    return contents_of(digests(config, files))


def digests(config: Config, files: Sequence[str]) -> list[str]:
    """Return the SHA-256 of each of some files, empty for one that is missing; raise DocumentError as `read_bytes`."""
    paths = [config.root / file for file in files]
    return [storage.file_sha256(config, path) if path.is_file() else "" for path in paths]


def contents_of(digests: Sequence[str]) -> bytes:
    """Return what `contents` does of files with these digests."""
    return hashlib.blake2b("\0".join(digests).encode(), digest_size=16).digest()


def digest(*parts: object) -> bytes:
    """Return what stands for all that something depends on besides files."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).digest()


@contextmanager
def _opened(config: Config, *, writes: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the index; raise sqlite3.Error when there is none, or it is no index of this version."""
    path = config.root / places.PRIVATE / FILE_NAME
    privacy.require_inside(config, path)
    mode = "rwc" if writes else "ro"
    address = f"{path.absolute().as_uri()}?mode={mode}"
    # One thread of the review page may read, or forget, what another has opened.
    with closing(schema.connect(path, address, uri=True, check_same_thread=False)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        version, is_made = _state(connection)
        if version != VERSION:
            if not writes or is_made:
                raise sqlite3.DatabaseError("of another version")
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        schema.require(connection, _SCHEMA)
        connection.execute("PRAGMA synchronous = OFF")  # what a loss of power takes is looked for again
        yield connection


def _state(connection: sqlite3.Connection) -> tuple[int, bool]:
    """Return of which version a database is, and whether there is anything in it, both as at one moment.

    Another command may be making it: what has no version yet, and a table a moment later, is none of another version.
    """
    connection.execute("BEGIN")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    is_made = connection.execute("SELECT name FROM sqlite_master").fetchone() is not None
    connection.execute("COMMIT")
    return version, is_made


def _remove(config: Config) -> None:
    schema.remove(config.root / places.PRIVATE / FILE_NAME)
