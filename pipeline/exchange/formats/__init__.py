"""Formats of tables for people and programs that do not edit PO files: one file per format."""

from typing import Protocol

from pipeline.exchange.table import Line, Table
from pipeline.plugins import Plugins


class TableFormat(Protocol):
    """How a table is written and read. `SUFFIXES` are those of its files, the usual one first.

    One that shows what a changed sentence was before sets SHOWS_EARLIER to True; one that shows terms and the
    memory beside each sentence, HELPS; one with a column that says what is reviewed, HAS_REVIEWED. One in whose files
    people can write beside the sentences has `held(content) -> Iterable[Held]`: every text in a file (`unread`).
    """

    SUFFIXES: tuple[str, ...]

    def write(self, table: Table) -> bytes:
        """Return the table as a file, the same bytes for the same table; raise ExchangeError."""

    def read(self, content: bytes) -> tuple[Line, ...]:
        """Return the lines of a file that came back; raise ExchangeError for one that cannot be read."""


FORMATS: Plugins[TableFormat] = Plugins("exchange.formats")
