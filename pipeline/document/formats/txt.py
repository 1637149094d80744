"""Plain text, as people send it: UTF-8, UTF-16 or windows-1256."""

import hashlib
import re

from pipeline.document import structure
from pipeline.document.corrections import Corrections
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_IN_A_PARAGRAPH, MOST_LINES
from pipeline.model import Document
from pipeline.text import merges

SUFFIXES = (".txt",)
MAX_BYTES = 10_000_000

_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"%PDF-")
"""How files begin that are no text, whatever their name says."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in `content`.

    Raises DocumentError when it is empty, too long, or in no encoding known here, with the line of a paragraph
    that is too long.
    """
    if content.startswith(_OFFICE):
        from pipeline.document.formats import _office

        return _office.read(content, f"{id}.txt", id, language, corrections)
    if len(content) > MAX_BYTES:
        raise DocumentError(f"{id}.txt: larger than {MAX_BYTES:,} bytes; split it into several documents")
    text, remark = _decode(content, f"{id}.txt")
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise DocumentError(f"{id}.txt: more than {MOST_LINES:,} lines; split it into several documents")
    for number, line in enumerate(lines, 1):
        _require_short(line, f"{id}.txt:{number}: a line", "begin a new line at every paragraph")
        if control := _CONTROL.search(line):
            raise DocumentError(
                f"{id}.txt:{number}: control character U+{ord(control[0]):04X}; delete it and save the file again"
            )
    if conflict := merges.conflict(lines):
        raise DocumentError(f"{id}.txt:{conflict}: a merge conflict; keep one of the two versions")
    if not text.strip():
        raise DocumentError(f"{id}.txt: the document is empty; enter its text, or delete the file")
    blocks = structure.propose(lines, language, corrections.blocks_within(len(lines), f"{id}.toml"))
    for block in blocks:
        what = f"{id}.txt:{block.first}: lines {block.first} to {block.last} are one paragraph"
        _require_short(block.text, what, f"put an empty line where it ends, or divide it in {id}.toml")
    digest = hashlib.sha256(content).hexdigest()
    return Document(id, language, corrections.meta, blocks, digest, (remark,) if remark else ())


def _require_short(text: str, what: str, remedy: str) -> None:
    if len(text) > MOST_IN_A_PARAGRAPH:
        raise DocumentError(f"{what} of more than {MOST_IN_A_PARAGRAPH:,} characters; {remedy}")


def _decode(content: bytes, name: str) -> tuple[str, str]:
    """Return the text, and a remark when it was not UTF-8."""
    if encoding := _utf16(content):
        try:
            return content.decode(encoding), f"{name}: read as UTF-16"
        except UnicodeDecodeError as error:
            raise DocumentError(f"{name}: byte {error.start}: not valid UTF-16; save the file as UTF-8") from None
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if _looks_like_windows_1256(content):
            return content.decode("windows-1256"), f"{name}: read as windows-1256"
        raise DocumentError(
            f"{name}: byte {error.start}: not valid UTF-8; open the file in an editor and save it as UTF-8"
        ) from None


def _utf16(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark: in Persian UTF-16 every second byte is 06, or 00 beside a space.
    sample = content[:2000]
    high = {"utf-16-le": sample[1::2], "utf-16-be": sample[0::2]}
    for encoding, half in high.items():
        if len(half) > 4 and sum(half.count(byte) for byte in (0x00, 0x06)) > 0.9 * len(half):
            return encoding
    return ""


def _looks_like_windows_1256(content: bytes) -> bool:
    """A damaged UTF-8 file still decodes for the most part; a windows-1256 one hardly anywhere."""
    high = sum(byte >= 0x80 for byte in content)
    broken = content.decode("utf-8", "replace").count("\ufffd")
    letters = sum(0xC0 <= byte <= 0xED or byte in b"\x81\x8d\x8e\x90\x98\xa1" for byte in content)
    return broken > 0.3 * high and letters > 0.8 * high
