"""What machines have translated already: a bounded cache that several processes may share, safe to delete."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import schema
from pipeline.translate.mt import Translation

MOST = 500_000
"""Sentences kept; the oldest go first."""

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS drafts (id INTEGER PRIMARY KEY, key BLOB UNIQUE, text TEXT, score REAL, flags TEXT);
"""

_KNOWN = (
    "SELECT text, score, flags FROM drafts WHERE key = ?"
    " AND typeof(text) = 'text' AND typeof(score) = 'real' AND typeof(flags) = 'text'"
)
"""SQLite takes values of any type into any column, and a damaged or altered file has them."""


class DraftCache:
    """An open cache; one that cannot be used, or is on a full disk, forgets, and disturbs nobody.

    One that is damaged is removed and begun again.
    """

    def __init__(self, path: Path | None, *, keeps: bool = True) -> None:
        """Open the cache at `path`; None for one that lives as long as it is open.

        Unless it `keeps`, the file is read alone.
        """
        self._path, self._keeps = path, keeps
        self._connection: sqlite3.Connection | None = None
        with self._forgiving():
            self._open()

    def _open(self) -> None:
        if self._keeps or self._path is None:
            self._connection = schema.connect(self._path, timeout=30) if self._path else sqlite3.connect(":memory:")
            schema.write_ahead(self._connection)
            self._connection.execute(_SCHEMA)
        elif self._path.is_file():
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._connection = schema.connect(self._path, address, uri=True, timeout=30)
        if self._connection:
            schema.require(self._connection, _SCHEMA)

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if type(error) is not sqlite3.DatabaseError:
                return  # held by another process, not to be written, or on a full disk
            self.close()
            self._connection = None
            if self._keeps and self._path:
                schema.remove(self._path)
                with suppress(sqlite3.Error):
                    self._open()

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def known(self, fingerprint: str, texts: Iterable[str]) -> dict[str, Translation]:
        """Return the results there are for texts, by text."""
        found = {}
        if self._connection:
            with self._forgiving():
                for text in texts:
                    if row := self._connection.execute(_KNOWN, (_key(fingerprint, text),)).fetchone():
                        found[text] = Translation(row[0], row[1], frozenset(row[2].split()))
        return found

    def keep(self, fingerprint: str, texts: Sequence[str], results: Sequence[Translation]) -> None:
        """Keep the results of texts, one each."""
        if not self._connection or not self._keeps:
            return
        rows = [
            (_key(fingerprint, text), result.text, result.score, " ".join(sorted(result.flags)))
            for text, result in zip(texts, results, strict=True)
        ]
        with self._forgiving(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO drafts (key, text, score, flags) VALUES (?, ?, ?, ?)", rows
            )
            self._connection.execute("DELETE FROM drafts WHERE id <= (SELECT max(id) FROM drafts) - ?", (MOST,))


def _key(fingerprint: str, text: str) -> bytes:
    return hashlib.sha256(f"{fingerprint}\0{text}".encode("utf-8", "surrogatepass")).digest()
