"""The translation memory of a pair of languages: what people translated, found by their wording or by one like it.

An index in SQLite, made from PO and TMX files and safe to delete: what is damaged, or of an
older version, is made again. A sentence is found again by a hash of its wording; one that is
alike, by its rarest words (FTS5), and then measured. A translation that stands in many documents is
kept once, with the documents it stands in.
"""

import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.errors import PipelineError
from pipeline.text import markup
from pipeline.text.orthography import fold, folded_words, wording, wording_hash
from pipeline.text.similarity import similarity

VERSION = 6

RAREST_WORDS = 6
MOST_SENTENCES = 6000
"""How many sentences are gathered by their words; a word more frequent than this is not looked up."""
MOST_MEASURED = 400
MOST_WORDS = 500
MOST_EXACT = 1000

_BATCH = 20_000
"""Entries that are taken in at once."""
_STEP = 50_000
"""Entries after which what was fed is written: each writing takes FTS5 some time, however little there is."""
_CACHE_KB = 64_000
_PATIENCE = 30
"""Seconds for which another command that is writing here is waited for."""

_SCHEMA = """
    CREATE TABLE origins (id INTEGER PRIMARY KEY, name TEXT UNIQUE, digest TEXT, stamp TEXT, count INTEGER);
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY, wording INTEGER, rest INTEGER, source TEXT, target TEXT, context TEXT, marks TEXT,
        theirs INTEGER, folded TEXT);
    CREATE INDEX by_wording ON entries (wording, rest);
    CREATE TABLE uses (
        origin INTEGER, entry INTEGER, readings TEXT, stands INTEGER, PRIMARY KEY (origin, entry)) WITHOUT ROWID;
    CREATE INDEX by_entry ON uses (entry);
    CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
    CREATE VIRTUAL TABLE sentences USING fts5 (words, content='', detail='none', tokenize="ascii tokenchars '_'");
"""


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """A translation. `origin` is the id of the document, or the name of the TMX file, that it comes from.

    `readings` are the translators' comments that record who translated and who read it, `marks` what the
    signs in it stand for: without any, it has none. It may stand in several `documents`, or memories of others: then
    `origin` is the first of these that was fed, of those in which it stands today if it `stands` in any; the readings
    are those of all.
    """

    source: str
    target: str
    context: str
    origin: str
    readings: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    documents: int = 1
    stands: bool = True

    @property
    def words(self) -> str:
        """The source without signs."""
        return markup.plain(self.source) if self.marks else self.source

    @property
    def is_ours(self) -> bool:
        """Whether it was translated here, and not by people who made a memory elsewhere."""
        return not _is_theirs(self.origin)


def _is_theirs(origin: str) -> bool:
    return origin.endswith(".tmx")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and how much its source is like the one asked for: 0 to 100."""

    entry: MemoryEntry
    score: float


Columns = tuple[int, int, str, str, str, str, int]
_COLUMNS = ("wording", "rest", "source", "target", "context", "marks", "theirs")
"""What makes an entry one: two hashes, by which it is found, and what they are of."""


class Memory:
    """An open memory; `open` makes it. Questions raise PipelineError when the index is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._process, self._in_fork = os.getpid(), self
        self._unwritten, self._is_feeding = 0, False
        self._counting, self._counted = Counter[str](), Counter[str]()
        """How often words stand in what is being fed, and in what was fed and is not written yet."""

    def close(self) -> None:
        self._connection.close()

    def here(self) -> "Memory":
        """Return the same memory, to be asked in this process: a fork may not use a file opened before it began."""
        if os.getpid() == self._process:
            return self
        if self._in_fork._process != os.getpid():
            _, _, path = self._connection.execute("PRAGMA database_list").fetchone()
            self._in_fork = open(Path(path)) if path else self
        return self._in_fork

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _damaged(str(error)) from None

    def _values(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the same where texts are asked for, and be sure of them: SQLite takes any value into any column."""
        try:
            return _sound(self._rows(query, values))
        except sqlite3.DatabaseError as error:
            raise _damaged(str(error)) from None

    def exact(self, source: str) -> list[MemoryEntry]:
        """Return the translations of a sentence without signs, of whatever spelling and marks, those fed first first.

        Of more than MOST_EXACT, those of other people's memories are left out first.
        """
        first = "(SELECT min(origin) FROM uses WHERE entry = id)"
        some = f"SELECT id, {first} AS fed FROM entries WHERE wording = ? ORDER BY theirs, fed, id LIMIT {MOST_EXACT}"
        wanted = wording(source)
        with self._as_it_is():
            rows = self._rows(f"SELECT id FROM ({some}) ORDER BY fed, id", (wording_hash(source),))
            return [entry for (number,) in rows if wording((entry := self._by_id(number)).words) == wanted]

    def similar(self, source: str, least: float = 75, limit: int = 5, *, only_standing: bool = False) -> list[Match]:
        """Return the translations of the sentences most like this one, best first; none under `least`.

        With `only_standing`, of those alone that stand in a document today.
        """
        folded = fold(source)
        with self._as_it_is():
            marks = ",".join(str(number) for number in self._candidates(folded))
            rows = self._values(f"SELECT id, coalesce(folded, source) FROM entries WHERE id IN ({marks})")
            scored = ((similarity(folded, text, least), number) for number, text in rows)
            best = sorted((-score, number) for score, number in scored if score)
            found = (Match(self._by_id(number), -score) for score, number in best)
            return list(islice((match for match in found if match.entry.stands or not only_standing), limit))

    @contextmanager
    def _as_it_is(self) -> Iterator[None]:
        """Answer all that is asked meanwhile from one state, whatever another command writes."""
        is_outermost = not self._connection.in_transaction
        if is_outermost:
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if is_outermost and self._connection.in_transaction:  # SQLite ends it where it fails
                self._connection.execute("COMMIT")

    def _candidates(self, folded: str) -> list[int]:
        """Return the ids of sentences that share rare words with a text, those that share most first."""
        words = list(dict.fromkeys(folded_words(folded)))[:MOST_WORDS]
        marks = ",".join("?" * len(words))
        rows = self._rows(f"SELECT count, word FROM words WHERE word IN ({marks}) AND typeof(count) = 'integer'", words)
        shared: Counter[int] = Counter()
        for count, word in sorted(rows)[:RAREST_WORDS]:
            if shared and len(shared) + count > MOST_SENTENCES:
                break
            query = "SELECT rowid FROM sentences WHERE sentences MATCH ? LIMIT ?"
            shared.update(number for (number,) in self._rows(query, (f'"{word}"', MOST_SENTENCES)))
        return [number for number, _ in shared.most_common(MOST_MEASURED)]

    def _by_id(self, number: int) -> MemoryEntry:
        uses = self._values(
            "SELECT name, readings, stands FROM uses JOIN origins ON id = origin WHERE entry = ? "
            "ORDER BY stands DESC, origin LIMIT ?",
            (number, MOST_EXACT),
        )
        rows = self._values("SELECT source, target, context, marks FROM entries WHERE id = ?", (number,))
        if not uses or not rows:
            raise _damaged("an entry of no document")
        source, target, context, marks = rows[0]
        readings = dict.fromkeys(line for _, its, _ in uses for line in _lines(its))
        stands = any(its for _, _, its in uses)
        return MemoryEntry(source, target, context, uses[0][0], tuple(readings), _lines(marks), len(uses), stands)

    @contextmanager
    def feeding(self) -> Iterator[None]:
        """Write what is fed meanwhile in few steps; what was fed before something failed is kept."""
        self._is_feeding = True
        try:
            yield
        finally:
            self._is_feeding = False
            self._write()

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Do all that is done meanwhile, or nothing."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO step")
            raise
        else:
            self._counted.update(self._counting)
        finally:
            self._counting.clear()
            self._connection.execute("RELEASE step")
            if not self._is_feeding or self._unwritten > _STEP:
                self._write()

    def _write(self) -> None:
        if self._connection.in_transaction:
            self._count(self._counted)
            self._connection.execute("COMMIT")
        self._unwritten = 0

    def _count(self, words: Counter[str]) -> None:
        self._connection.executemany(
            "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET count = count + excluded.count",
            words.items(),
        )
        words.clear()

    def stamps(self) -> dict[str, str]:
        """Return the stamp of each origin's file, as it was when it was fed."""
        return dict(_sound(self._connection.execute("SELECT name, stamp FROM origins").fetchall()))

    def feed(self, origin: str, digest: str, entries: Callable[[], Iterable[MemoryEntry]], stamp: str = "") -> bool:
        """Put the entries of an origin in the place of those it had; return whether it was necessary.

        It is not when it was fed with the same `digest` before; `entries` is then not called. The `stamp` of its file
        is kept with it.
        """
        known = self._connection.execute("SELECT digest, stamp FROM origins WHERE name = ?", (origin,)).fetchone()
        if known and known[0] == digest:
            if known[1] != stamp:
                with self._step():
                    self._connection.execute("UPDATE origins SET stamp = ? WHERE name = ?", (stamp, origin))
            return False
        with self._step():
            self._forget(origin)
            row = origin, digest, stamp
            cursor = self._connection.execute("INSERT INTO origins (name, digest, stamp) VALUES (?, ?, ?)", row)
            number, stream = cursor.lastrowid or 0, iter(entries())
            while batch := list(islice(stream, _BATCH)):
                self._add(number, batch)
                self._unwritten += len(batch)
            self._connection.execute(
                "UPDATE origins SET count = (SELECT count(*) FROM uses WHERE origin = id) WHERE id = ?", (number,)
            )
        return True

    def _add(self, origin: int, batch: list[MemoryEntry]) -> None:
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
        numbers: dict[Columns, int] = {}
        new: list[Columns] = []
        uses = []
        for entry in batch:
            columns = _columns(entry)
            if columns not in numbers:
                numbers[columns] = self._known(columns) or last + len(new) + 1
                if numbers[columns] > last:
                    new.append(columns)
            uses.append((origin, numbers[columns], "\n".join(entry.readings), int(entry.stands)))
        self._connection.executemany("INSERT OR IGNORE INTO uses VALUES (?, ?, ?, ?)", uses)
        self._put(new, last)

    def _known(self, columns: Columns) -> int:
        """Return the number of an entry that says the same; 0 when there is none."""
        same = " AND ".join(f"{name} = ?" for name in _COLUMNS)
        found = self._connection.execute(f"SELECT id FROM entries WHERE {same}", columns).fetchone()
        return int(found[0]) if found else 0

    def _put(self, new: list[Columns], last: int) -> None:
        """Put in entries that are new, with the numbers behind the last."""
        folded = [(number, fold(_words(columns[2], columns[5]))) for number, columns in enumerate(new, last + 1)]
        # What is its own folded form, as most is, is not kept twice.
        rows = [
            (number, *columns, form if form != columns[2] else None)
            for (number, form), columns in zip(folded, new, strict=True)
        ]
        marks = ", ".join("?" * (len(_COLUMNS) + 2))
        self._connection.executemany(f"INSERT INTO entries (id, {', '.join(_COLUMNS)}, folded) VALUES ({marks})", rows)
        self._index("INSERT INTO sentences (rowid, words) VALUES (?, ?)", folded, 1)

    def _index(self, statement: str, rows: list[tuple[int, str]], sign: int) -> None:
        # The words alone, parted by spaces: what SQLite's simplest tokenizer sees is then what we see.
        spoken = [(number, folded_words(folded)) for number, folded in rows]
        self._connection.executemany(statement, [(number, " ".join(found)) for number, found in spoken])
        words = Counter(word for _, found in spoken for word in set(found))
        self._counting.update({word: sign * count for word, count in words.items()})
        if len(self._counting) > _STEP:
            self._count(self._counting)

    def _forget(self, origin: str) -> None:
        """Forget an origin, and what stands in no other."""
        for (number,) in self._connection.execute("SELECT id FROM origins WHERE name = ?", (origin,)).fetchall():
            others = "SELECT 1 FROM uses AS other WHERE other.entry = uses.entry AND other.origin <> uses.origin"
            alone = f"SELECT entry FROM uses WHERE origin = ? AND NOT EXISTS ({others})"
            query = f"SELECT id, coalesce(folded, source) FROM entries WHERE id IN ({alone})"
            rows = _sound(self._connection.execute(query, (number,)).fetchall())
            self._index("INSERT INTO sentences (sentences, rowid, words) VALUES ('delete', ?, ?)", rows, -1)
            self._connection.executemany("DELETE FROM entries WHERE id = ?", [(entry,) for entry, _ in rows])
            self._connection.execute("DELETE FROM uses WHERE origin = ?", (number,))
            self._connection.execute("DELETE FROM origins WHERE id = ?", (number,))

    def keep_only(self, origins: Collection[str]) -> None:
        """Forget what comes from any other origin."""
        for name, _ in self.origins():
            if name not in origins:
                with self._step():
                    self._forget(name)

    def origins(self) -> list[tuple[str, int]]:
        """Return the origins by name, and how many entries each has."""
        return _sound(self._connection.execute("SELECT name, count FROM origins ORDER BY name").fetchall())


def _sound(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows of texts and numbers; raise sqlite3.DatabaseError for a value that we put in nowhere."""
    if any(type(value) not in (int, str) for row in rows for value in row):
        raise sqlite3.DatabaseError("a value of another kind")
    return rows


def _columns(entry: MemoryEntry) -> Columns:
    marks, theirs = "\n".join(entry.marks), int(_is_theirs(entry.origin))
    said = "\0".join((entry.source, entry.target, entry.context, marks, str(theirs)))
    rest = zlib.crc32(said.encode("utf-8", "surrogatepass"))
    return wording_hash(entry.words), rest, entry.source, entry.target, entry.context, marks, theirs


def _words(source: str, marks: str) -> str:
    return markup.plain(source) if marks else source


def _damaged(why: str) -> PipelineError:
    return PipelineError(f"the translation memory is damaged ({why}); delete .pipeline/memory.*")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("\n")))


def open(path: Path | None, *, copy: bool = False) -> Memory:
    """Return the memory at `path`, made if need be; None for one that lives as long as it is open.

    With `copy` the file is left as it is, and what is fed is forgotten in the end. Raises
    sqlite3.Error when the file is damaged, or the disk does not take it.
    """
    connection = _connection(path, copy=copy)
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
            _create(connection)
        schema.require(connection, _SCHEMA)
    except BaseException:
        connection.close()
        raise
    return Memory(connection)


def _connection(path: Path | None, *, copy: bool) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None)
    if not copy:
        return schema.connect(path, isolation_level=None, timeout=_PATIENCE)
    connection = schema.connect(path, ":memory:", isolation_level=None)
    if path.is_file():
        with closing(schema.connect(path)) as kept:
            kept.backup(connection)
    return connection


def _create(connection: sqlite3.Connection) -> None:
    schema.write_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):  # no other command has made it meanwhile
        if connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchone():
            raise sqlite3.DatabaseError("of an older version")
        for statement in (*_SCHEMA.split(";"), f"PRAGMA user_version = {VERSION}"):
            connection.execute(statement)
    connection.execute("COMMIT")
