"""Machine translation engines: each file here offers open(source_lang, target_lang) -> Engine.

An Engine has `name`, printed in PO files and colophons, and translate(Sequence[str]) ->
list[str]: same length, same order; a sentence it cannot translate comes back empty.
"""

from collections.abc import Sequence
from typing import Protocol


class Engine(Protocol):
    name: str

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return one target per source, in order. Sources are single sentences without newlines."""
        ...
