"""SubRip subtitles: numbered cues with their times."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _subtitles
from pipeline.languages import Language
from pipeline.model import Document

SUFFIXES = (".srt",)


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return what is said in subtitles; raise DocumentError with the line of a fault."""
    return _subtitles.document(content, id, language, corrections, is_vtt=False)
