"""Word documents: .docx, and .docm without its macros."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _office
from pipeline.languages import Language
from pipeline.model import Document

SUFFIXES = (".docx", ".docm", ".dotx")


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in `content`, by what it is, whatever its name says.

    Raises DocumentError when it is none, encrypted, damaged, or too large.
    """
    return _office.read(content, f"{id}.docx", id, language, corrections)
