"""Formats of source documents: one file per format."""

from typing import Protocol

from pipeline.document.corrections import Corrections
from pipeline.languages import Language
from pipeline.model import Document
from pipeline.plugins import Plugins


class InputFormat(Protocol):
    """How a source document is read. `SUFFIXES` are those of its files, in small letters, with the dot."""

    SUFFIXES: tuple[str, ...]

    def read(self, content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
        """Return the document, as corrected; raise DocumentError with the place of a fault."""


FORMATS: Plugins[InputFormat] = Plugins("document.formats")
