"""The translation memory of a pair of languages: what people translated, found by their wording or by one like it.

An index in SQLite, made from PO and TMX files and safe to delete: what is damaged, or of an
older version, is made again. A sentence is found again by a hash of its wording; one that is
alike, by its rarest words (FTS5), and then measured.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.errors import PipelineError
from pipeline.text import markup
from pipeline.text.orthography import fold, folded_words, wording
from pipeline.text.similarity import similarity

VERSION = 4

RAREST_WORDS = 6
MOST_SENTENCES = 6000
"""How many sentences are gathered by their words; a word more frequent than this is not looked up."""
MOST_MEASURED = 400
MOST_WORDS = 500
MOST_EXACT = 1000

_BATCH = 20_000
_SCHEMA = """
    CREATE TABLE origins (id INTEGER PRIMARY KEY, name TEXT UNIQUE, digest TEXT, count INTEGER);
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY, origin INTEGER, wording INTEGER, folded TEXT, source TEXT, target TEXT, context TEXT,
        readings TEXT, marks TEXT);
    CREATE INDEX by_wording ON entries (wording);
    CREATE INDEX by_origin ON entries (origin);
    CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
    CREATE VIRTUAL TABLE sentences USING fts5 (words, content='', detail='none', tokenize="ascii tokenchars '_'");
"""


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """A translation. `origin` is the id of the document, or the name of the TMX file, that it comes from.

    `readings` are the translators' comments that record who translated and who read it, `marks` what the
    signs in it stand for: without any, it has none.
    """

    source: str
    target: str
    context: str
    origin: str
    readings: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The source without signs."""
        return markup.plain(self.source) if self.marks else self.source

    @property
    def is_ours(self) -> bool:
        """Whether it was translated here, and not by people who made a memory elsewhere."""
        return not self.origin.endswith(".tmx")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and how much its source is like the one asked for: 0 to 100."""

    entry: MemoryEntry
    score: float


class Memory:
    """An open memory; `open` makes it. Questions raise PipelineError when the index is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        self._connection.close()

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise PipelineError(f"the translation memory is damaged ({error}); delete .pipeline/memory.*") from None

    def exact(self, source: str) -> list[MemoryEntry]:
        """Return the translations of a sentence without signs, of whatever spelling and marks, those fed first first.

        Of more than MOST_EXACT, those of other people's memories are left out first.
        """
        some = f"{_SELECT} WHERE wording = ? ORDER BY name LIKE '%.tmx', id LIMIT {MOST_EXACT}"
        rows = self._rows(f"SELECT * FROM ({some}) ORDER BY id", (_hash(source),))
        wanted = wording(source)
        return [entry for entry in map(_entry, rows) if wording(entry.words) == wanted]

    def similar(self, source: str, least: float = 75, limit: int = 5) -> list[Match]:
        """Return the translations of the sentences most like this one, best first; none under `least`."""
        folded = fold(source)
        marks = ",".join(str(number) for number in self._candidates(folded))
        rows = self._rows(f"SELECT id, folded FROM entries WHERE id IN ({marks})")
        scored = ((similarity(folded, text, least), number) for number, text in rows)
        best = sorted((-score, number) for score, number in scored if score)[:limit]
        return [Match(self._by_id(number), -score) for score, number in best]

    def _candidates(self, folded: str) -> list[int]:
        """Return the ids of sentences that share rare words with a text, those that share most first."""
        words = list(dict.fromkeys(folded_words(folded)))[:MOST_WORDS]
        marks = ",".join("?" * len(words))
        rows = self._rows(f"SELECT count, word FROM words WHERE word IN ({marks})", words)
        shared: Counter[int] = Counter()
        for count, word in sorted(rows)[:RAREST_WORDS]:
            if shared and len(shared) + count > MOST_SENTENCES:
                break
            query = "SELECT rowid FROM sentences WHERE sentences MATCH ? LIMIT ?"
            shared.update(number for (number,) in self._rows(query, (f'"{word}"', MOST_SENTENCES)))
        return [number for number, _ in shared.most_common(MOST_MEASURED)]

    def _by_id(self, number: int) -> MemoryEntry:
        return _entry(self._rows(f"{_SELECT} WHERE entries.id = ?", (number,))[0])

    def feed(self, origin: str, digest: str, entries: Callable[[], Iterable[MemoryEntry]]) -> bool:
        """Put the entries of an origin in the place of those it had; return whether it was necessary.

        It is not when it was fed with the same `digest` before; `entries` is then not called.
        """
        stored = self._connection.execute("SELECT digest FROM origins WHERE name = ?", (origin,)).fetchone()
        if stored == (digest,):
            return False
        with self._connection:
            self._forget(origin)
            self._connection.execute("INSERT INTO origins (name, digest) VALUES (?, ?)", (origin, digest))
            (number,) = self._connection.execute("SELECT last_insert_rowid()").fetchone()
            count = 0
            stream = iter(entries())
            while batch := list(islice(stream, _BATCH)):
                self._add(number, batch)
                count += len(batch)
            self._connection.execute("UPDATE origins SET count = ? WHERE id = ?", (count, number))
        return True

    def _add(self, origin: int, batch: list[MemoryEntry]) -> None:
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
        folded = [(number, fold(entry.words)) for number, entry in enumerate(batch, last + 1)]
        rows = [
            (*numbered, origin, _hash(entry.words), *_columns(entry))
            for numbered, entry in zip(folded, batch, strict=True)
        ]
        columns = "id, folded, origin, wording, source, target, context, readings, marks"
        self._connection.executemany(f"INSERT INTO entries ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._index("INSERT INTO sentences (rowid, words) VALUES (?, ?)", folded, 1)

    def _index(self, statement: str, rows: list[tuple[int, str]], sign: int) -> None:
        # The words alone, parted by spaces: what SQLite's simplest tokenizer sees is then what we see.
        spoken = [(number, folded_words(folded)) for number, folded in rows]
        words = Counter(word for _, found in spoken for word in set(found))
        self._connection.executemany(statement, [(number, " ".join(found)) for number, found in spoken])
        self._connection.executemany(
            "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET count = count + excluded.count",
            [(word, sign * count) for word, count in words.items()],
        )

    def _forget(self, origin: str) -> None:
        (number,) = self._connection.execute("SELECT id FROM origins WHERE name = ?", (origin,)).fetchone() or (0,)
        rows = self._connection.execute("SELECT id, folded FROM entries WHERE origin = ?", (number,)).fetchall()
        self._index("INSERT INTO sentences (sentences, rowid, words) VALUES ('delete', ?, ?)", rows, -1)
        self._connection.execute("DELETE FROM entries WHERE origin = ?", (number,))
        self._connection.execute("DELETE FROM origins WHERE id = ?", (number,))

    def keep_only(self, origins: Collection[str]) -> None:
        """Forget what comes from any other origin."""
        for name, _ in self.origins():
            if name not in origins:
                with self._connection:
                    self._forget(name)

    def origins(self) -> list[tuple[str, int]]:
        """Return the origins by name, and how many entries each has."""
        return self._connection.execute("SELECT name, count FROM origins ORDER BY name").fetchall()


_SELECT = """
    SELECT source, target, context, name, readings, marks, entries.id AS id
    FROM entries JOIN origins ON origins.id = origin"""


def _columns(entry: MemoryEntry) -> tuple[str, ...]:
    return entry.source, entry.target, entry.context, "\n".join(entry.readings), "\n".join(entry.marks)


def _entry(row: tuple[str, str, str, str, str, str, int]) -> MemoryEntry:
    readings, marks = (tuple(filter(None, texts.split("\n"))) for texts in row[4:6])
    return MemoryEntry(*row[:4], readings, marks)


def _hash(source: str) -> int:
    digest = hashlib.blake2b(wording(source).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def open(path: Path | None, *, copy: bool = False) -> Memory:
    """Return the memory at `path`, made if need be; None for one that lives as long as it is open.

    With `copy` the file is left as it is, and what is fed is forgotten in the end. Raises
    sqlite3.Error when the file is damaged, or the disk does not take it.
    """
    if path is None or copy:
        connection = sqlite3.connect(":memory:")
        if path and path.is_file():
            with closing(sqlite3.connect(path)) as kept:
                kept.backup(connection)
    else:
        connection = sqlite3.connect(path)
    try:
        if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
            _create(connection)
        schema.require(connection, _SCHEMA)
    except BaseException:
        connection.close()
        raise
    return Memory(connection)


def remove(path: Path) -> None:
    """Remove the index at `path`, as far as that is possible."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()


def _create(connection: sqlite3.Connection) -> None:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if names:
        raise sqlite3.DatabaseError("of an older version")
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
    connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
