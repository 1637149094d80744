"""What both formats of subtitles share: bytes → cues → a document whose paragraphs are what is said."""

import hashlib
import re

from pipeline.document import subtitles
from pipeline.document.corrections import Corrections
from pipeline.document.formats import _encoding
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_LINES
from pipeline.model import Document
from pipeline.office.archive import OfficeError

MAX_BYTES = 10_000_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def document(content: bytes, id: str, language: Language, corrections: Corrections, *, is_vtt: bool) -> Document:
    """Return subtitles as a document; its lines are those of the file. Raises DocumentError as `cues` does."""
    name = f"{id}.vtt" if is_vtt else f"{id}.srt"
    if corrections.blocks:
        raise DocumentError(f"{id}.toml: subtitles have no blocks to state; take out [[block]]")
    found, encoding = cues(content, name, is_vtt=is_vtt)
    joined = subtitles.joined(found.cues)
    subtitles.require_short(joined, name)
    if not joined:
        raise DocumentError(f"{name}: the document is empty; enter its text, or delete the file")
    said = (f"{name}: read as {encoding}",) if encoding else ()
    digest = hashlib.sha256(content).hexdigest()
    return Document(id, language, corrections.meta, tuple(one.block for one in joined), digest, (*said, *found.remarks))


def cues(content: bytes, name: str, *, is_vtt: bool) -> tuple[subtitles.Subtitles, str]:
    """Return what is in a file, and its encoding when it was not UTF-8.

    Raises DocumentError when it is too large, in no encoding known here, or has no cue, with the line of a fault.
    """
    if len(content) > MAX_BYTES:
        raise DocumentError(f"{name}: larger than {MAX_BYTES:,} bytes; split it into several documents")
    try:
        text, encoding = _encoding.text(content)
    except OfficeError as error:
        raise DocumentError(f"{name}: {error}") from None
    if not text.strip():
        raise DocumentError(f"{name}: the document is empty; enter its text, or delete the file")
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise DocumentError(f"{name}: more than {MOST_LINES:,} lines; split it into several documents")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise DocumentError(
            f"{name}:{line}: control character U+{ord(control[0]):04X}; delete it and save the file again"
        )
    return subtitles.parse(text, name, is_vtt=is_vtt), encoding
