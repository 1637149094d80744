"""Texts that were sent, kept to tell later what a correction changed."""

import zlib
from collections.abc import Mapping
from contextlib import suppress

from pipeline.distribution.ledger.connection import LedgerConnection
from pipeline.distribution.release import digest, is_text

_MOST_BYTES = 100_000_000
"""Of a text that was kept: five times what the longest document holds, written in ASCII."""


class KeptTexts:
    """The texts in the ledger, by their hashes."""

    def __init__(self, connection: LedgerConnection) -> None:
        self._connection = connection

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep texts, by their hashes, to tell later what a correction changed."""
        with self._connection.transaction():
            self._connection.require_later()
            rows = [(name, zlib.compress(text.encode())) for name, text in texts.items() if not self._packed(name)]
            self._connection.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def text(self, text_sha256: str) -> str:
        """Return a text that was kept; nothing when it was not, is damaged, or none that a release has."""
        packed = self._packed(text_sha256) if self._connection.has("texts") else b""
        with suppress(zlib.error, ValueError):
            text = zlib.decompressobj().decompress(packed, _MOST_BYTES).decode("ascii")
            return text if digest(text) == text_sha256 and is_text(text) else ""
        return ""

    def _packed(self, text_sha256: str) -> bytes:
        rows = self._connection.read("SELECT packed FROM texts WHERE text_sha256 = ?", (text_sha256,))
        return bytes(rows[0][0]) if rows else b""
