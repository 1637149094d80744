"""The texts of documents and their translations, found by their words: an index in SQLite (FTS5).

It is made of source files and PO files and may be deleted at any time: what is damaged, or of an older
version, is made again. The words of each state of a translation stand in a column of their own,
so that a state can be asked for; the full texts are kept beside them, packed, for what is shown of a hit.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from pipeline import schema
from pipeline.model import State
from pipeline.text.wordkeys import Affixes, key, placed
from pipeline.text.wordquery import Sought

VERSION = 2

SOURCE = "source"
STATES = tuple(state for state in reversed(State) if state is not State.UNTRANSLATED)
"""Those of which there is a text, the nearest to a finished one first."""

_COLUMNS = ("title", SOURCE, *(state.value for state in STATES))
_TITLE_WORTH = 4
"""A word of a title weighs as much as so many of the text."""

_GAP = "_"
"""Stands between two sentences, so that no phrase reaches over their ends: no key has this character."""

_MOST_BYTES = 200_000_000
"""Of a text."""
MOST_BRACKETS = 2_000_000
"""In a text as it is packed: one for each sentence, however few bytes that has been packed into."""

_PATIENCE = 30
"""Seconds for which another command that is writing here is waited for."""

_SCHEMA = f"""
    CREATE TABLE about (made_of TEXT);
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY, name TEXT UNIQUE, stamp TEXT, digest TEXT, lang TEXT, issuer TEXT, issuers TEXT,
        date TEXT, fault TEXT);
    CREATE TABLE texts (id INTEGER PRIMARY KEY, document INTEGER, lang TEXT, title TEXT, sentences BLOB);
    CREATE INDEX by_document ON texts (document);
    CREATE VIRTUAL TABLE words USING fts5 ({", ".join(_COLUMNS)}, content='', tokenize="ascii tokenchars '{_GAP}'");
"""


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence of a document, or its translation in a state; `place` says where it stands."""

    place: str
    text: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class SearchedText:
    """A document in one language: the one it is written in, or one it is translated into."""

    lang: str
    title: str
    sentences: tuple[TextSentence, ...]


@dataclass(frozen=True, slots=True)
class SearchedDocument:
    """What is known of a document; the source is the first of its `texts`. What cannot be read of it is its `fault`.

    `stamp` is that of its files, empty if they may still change unseen; `digest` is that of what stands in them.
    """

    name: str
    stamp: str
    digest: str
    lang: str = ""
    issuer: str = ""
    issuers: tuple[str, ...] = ()
    date: str = ""
    fault: str = ""
    texts: tuple[SearchedText, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A text as the index holds it: its sentences packed, and the keys of its words, by column."""

    lang: str
    title: str
    sentences: bytes
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index holds it; `columns` are those of its row."""

    name: str
    columns: tuple[str, ...]
    texts: tuple[IndexedText, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Where is looked: in texts of documents dated between two days (ISO 8601), of an issuer, in languages and states.

    What is empty is not asked for. Of an issuer, a part of the name is enough.
    """

    since: str = ""
    until: str = ""
    issuer: str = ""
    languages: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that has what was looked for."""

    document: str
    source_lang: str
    issuer: str
    date: str
    text: SearchedText


@dataclass(frozen=True, slots=True)
class Hits:
    """How many texts there are, of how many documents; and some of them, the best first."""

    texts: int
    documents: int
    shown: list[TextHit]


class FullText:
    """An open index; `open` makes it. Everything may raise sqlite3.Error when it is damaged or cannot be written."""

    def __init__(self, connection: sqlite3.Connection, affixes: Callable[[str], Affixes]) -> None:
        self._connection, self._affixes = connection, affixes

    def close(self) -> None:
        self._connection.close()

    def known(self) -> dict[str, tuple[str, str]]:
        """Return the stamp and the digest of every document."""
        return {
            name: (stamp, digest) for name, stamp, digest in self._rows("SELECT name, stamp, digest FROM documents")
        }

    def faults(self) -> list[str]:
        """Return why some documents cannot be read."""
        return [fault for (fault,) in self._rows("SELECT fault FROM documents WHERE fault <> '' ORDER BY name")]

    def changes(self) -> AbstractContextManager[None]:
        """Do all that is done meanwhile, or nothing; another command waits."""
        return self._transaction("BEGIN IMMEDIATE")

    def as_it_is(self) -> AbstractContextManager[None]:
        """Answer all that is asked meanwhile from one state, whatever another command writes."""
        return self._transaction("BEGIN")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._connection.execute(begin)
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def put(self, document: IndexedDocument) -> None:
        """Put a document in the place of what was known of it."""
        self.forget(document.name)
        marks = ", ".join("?" * len(document.columns))
        cursor = self._connection.execute(f"INSERT INTO documents ({_DOCUMENT}) VALUES ({marks})", document.columns)
        for text in document.texts:
            row = cursor.lastrowid, text.lang, text.title, text.sentences
            made = self._connection.execute(
                "INSERT INTO texts (document, lang, title, sentences) VALUES (?, ?, ?, ?)", row
            )
            insert = f"INSERT INTO words (rowid, {_NAMES}) VALUES (?, {_MARKS})"
            self._connection.execute(insert, (made.lastrowid, *text.words))

    def restamp(self, name: str, stamp: str) -> None:
        """Note that the files of a document are as they were, with another stamp."""
        self._connection.execute("UPDATE documents SET stamp = ? WHERE name = ?", (stamp, name))

    def forget(self, name: str) -> None:
        for (document,) in self._rows("SELECT id FROM documents WHERE name = ?", (name,)):
            for number, *text in self._rows(
                "SELECT id, lang, title, sentences FROM texts WHERE document = ?", (document,)
            ):
                known = _text(*text)
                delete = f"INSERT INTO words (words, rowid, {_NAMES}) VALUES ('delete', ?, {_MARKS})"
                self._connection.execute(delete, (number, *_words(known, self._affixes(known.lang))))
            self._connection.execute("DELETE FROM texts WHERE document = ?", (document,))
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document,))

    def find(self, terms: Sequence[Sought], within: Within, first: int, most: int) -> Hits:
        """Return the texts that have every term, the best first: `most` of them, from the one numbered `first` (0)."""
        where, values = _where(within)
        table = "words JOIN texts ON texts.id = words.rowid JOIN documents ON documents.id = document"
        asked = (_asked(terms, within.states), *values)
        counts = f"SELECT count(*), count(DISTINCT document) FROM {table} WHERE words MATCH ?{where}"
        worth = ", ".join(str(_TITLE_WORTH if column == "title" else 1) for column in _COLUMNS)
        ranked = f"""
            SELECT texts.id FROM {table} WHERE words MATCH ?{where}
            ORDER BY bm25(words, {worth}), date DESC, name, texts.lang LIMIT ? OFFSET ?"""
        ((texts, documents),) = self._rows(counts, asked)
        numbers = [number for (number,) in self._rows(ranked, (*asked, most, first))]
        return Hits(texts, documents, [self._hit(number) for number in numbers])

    def _hit(self, number: int) -> TextHit:
        query = """
            SELECT name, documents.lang, issuer, date, texts.lang, title, sentences
            FROM texts JOIN documents ON documents.id = document WHERE texts.id = ?"""
        ((name, source_lang, issuer, date, *text),) = self._rows(query, (number,))
        return TextHit(str(name), str(source_lang), str(issuer), str(date), _text(*text))

    def undated(self, terms: Sequence[Sought], within: Within) -> int:
        """Return how many documents have every term and state no date, where a date is asked for."""
        if not (within.since or within.until):
            return 0
        where, values = _where(Within("", "", within.issuer, within.languages, within.states, within.documents))
        query = f"""
            SELECT count(DISTINCT document) FROM words JOIN texts ON texts.id = words.rowid
            JOIN documents ON documents.id = document WHERE words MATCH ?{where} AND date = ''"""
        ((count,),) = self._rows(query, (_asked(terms, within.states), *values))
        return int(count)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()


def indexed(document: SearchedDocument, affixes: Callable[[str], Affixes]) -> IndexedDocument:
    """Return a document as the index holds it: the work of putting it there that needs no index."""
    one = document
    columns = (one.name, one.stamp, one.digest, one.lang, one.issuer, _issuers(one), one.date, one.fault)
    texts = (
        IndexedText(text.lang, text.title, _packed(text.sentences), _words(text, affixes(text.lang)))
        for text in document.texts
    )
    return IndexedDocument(document.name, columns, tuple(texts))


_DOCUMENT = "name, stamp, digest, lang, issuer, issuers, date, fault"
_NAMES = ", ".join(_COLUMNS)
_MARKS = ", ".join("?" * len(_COLUMNS))


def _issuers(document: SearchedDocument) -> str:
    return "\n".join(key(name) for name in (document.issuer, *document.issuers))


def _words(text: SearchedText, affixes: Affixes) -> tuple[str, ...]:
    said: dict[str, list[str]] = {column: [] for column in _COLUMNS}
    for sentence in text.sentences:
        said[sentence.state.value if sentence.state else SOURCE].append(sentence.text)
    said["title"] = [text.title] if text.title else []
    return tuple(_spoken(said[column], affixes) for column in _COLUMNS)


def _packed(sentences: Iterable[TextSentence]) -> bytes:
    rows = [(one.place, one.text, one.state.value if one.state else "") for one in sentences]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def _text(lang: str, title: str, sentences: bytes) -> SearchedText:
    """Return a text as it was packed; raise sqlite3.DatabaseError for anything else."""
    try:
        unpacked = zlib.decompressobj().decompress(sentences, _MOST_BYTES)
        if unpacked.count(b"[") > MOST_BRACKETS:
            raise ValueError
        rows = msgspec.json.decode(unpacked, type=list[tuple[str, str, str]])
        its = (TextSentence(place, text, State(state) if state else None) for place, text, state in rows)
        return SearchedText(str(lang), str(title), tuple(its))
    except (zlib.error, ValueError, TypeError, RecursionError):
        raise sqlite3.DatabaseError("a text in it is none") from None


def _spoken(texts: Iterable[str], affixes: Affixes) -> str:
    """Return the keys of the words of sentences, in a row; behind them all, the parts of those that are joined."""
    every = [placed(text, affixes) for text in texts]
    sentences = (" ".join(word.key for word in words) for words in every)
    parts = (" ".join(word.parts) for word in chain.from_iterable(every) if word.parts)
    return f" {_GAP} ".join((*sentences, *dict.fromkeys(parts)))


def _asked(terms: Sequence[Sought], states: Sequence[State]) -> str:
    """Return what FTS5 is asked: keys have letters and digits alone, so that quoting them is enough."""
    columns = f"{{{' '.join(state.value for state in states)}}} : " if states else ""
    return columns + "(" + " AND ".join(f"({_term(term)})" for term in terms) + ")"


def _term(term: Sought) -> str:
    star = " *" if term.is_beginning else ""
    return " OR ".join(f'"{" ".join(form)}"{star}' for form in term.forms)


def _where(within: Within) -> tuple[str, list[str]]:
    """Return the conditions of a search and their values; a date may be a year or a month alone."""
    found: list[tuple[str, Sequence[str]]] = []
    if within.since:
        found.append(("date <> '' AND date || substr('-12-31', length(date) - 3) >= ?", [within.since]))
    if within.until:
        found.append(("date <> '' AND date || substr('-01-01', length(date) - 3) <= ?", [within.until]))
    if within.issuer:
        found.append(("instr(issuers, ?)", [" ".join(key(within.issuer).split())]))
    for column, wanted in (("texts.lang", within.languages), ("name", within.documents)):
        if wanted:
            found.append((f"{column} IN ({', '.join('?' * len(wanted))})", wanted))
    return "".join(f" AND {condition}" for condition, _ in found), [value for _, its in found for value in its]


def open(path: Path | None, made_of: str, affixes: Callable[[str], Affixes], *, copy: bool = False) -> FullText:
    """Return the index at `path`, made if need be, for its owner alone; None for one that lives as long as it is open.

    `made_of` stands for all that its words depend on besides the files: an index that was made of anything else is
    made again. With `copy` the file is left as it is. Raises sqlite3.Error when it is damaged, or the disk does
    not take it.
    """
    connection = _connection(path, copy=copy)
    try:
        _prepare(connection, made_of)
    except BaseException:
        connection.close()
        raise
    return FullText(connection, affixes)


def _connection(path: Path | None, *, copy: bool) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None)
    if copy:
        connection = schema.connect(path, ":memory:", isolation_level=None)
        if path.is_file():
            with closing(schema.connect(path, timeout=_PATIENCE)) as kept:
                kept.backup(connection)
        return connection
    schema.require_plain(path)
    with suppress(OSError):  # which SQLite says in its own way
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    return schema.connect(path, isolation_level=None, timeout=_PATIENCE)


def _prepare(connection: sqlite3.Connection, made_of: str) -> None:
    schema.write_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()
    if version == (0,) and not connection.execute("SELECT name FROM sqlite_master").fetchone():
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO about VALUES (?)", (made_of,))
        connection.execute(f"PRAGMA user_version = {VERSION}")
    elif version != (VERSION,) or connection.execute("SELECT made_of FROM about").fetchone() != (made_of,):
        raise sqlite3.DatabaseError("of an older version")
    schema.require(connection, _SCHEMA)
    connection.execute("COMMIT")
