"""The ledger's file as it is read and written: each change is one transaction, safe on the disk when it is over."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.distribution.ledger import database

STEPS = """
    SELECT number, deliveries.id, partner, kind, state, time, reason, said, way, address, bundle, manifest_sha256
    FROM deliveries JOIN events ON events.delivery = deliveries.id
"""
STANDING = f"{STEPS} AND number = (SELECT max(number) FROM events AS later WHERE later.delivery = deliveries.id)"
"""Of every delivery, its last step."""


class LedgerConnection:
    """A connection to the ledger at a path; `now` is the time at which a step is noted."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self._clock = clock
        self._connection = database.open(path)

    def close(self) -> None:
        self._connection.close()

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Do something within a transaction."""
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(statement, rows)

    def read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with database.told(self.path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with database.told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def has(self, table: str) -> bool:
        return bool(self.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)))

    def later(self, table: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table that the first ledgers do not have, in the order of their numbers."""
        return self.read(f"SELECT * FROM {table} ORDER BY number") if self.has(table) else []

    def require_later(self) -> None:
        """Make the tables that the first ledgers do not have."""
        for statement in database.LATER:
            self._connection.execute(statement)

    def now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @cached_property
    def secret(self) -> bytes:
        ((secret,),) = self.read("SELECT value FROM secret LIMIT 1")
        return str(secret).encode()
