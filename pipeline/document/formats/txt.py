"""Plain text, as people send it: UTF-8, UTF-16 or windows-1256."""

import hashlib
import re
from collections.abc import Sequence

from pipeline.document import structure
from pipeline.document.corrections import Corrections
from pipeline.document.formats import _encoding
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_IN_A_PARAGRAPH, MOST_LINES
from pipeline.model import Document
from pipeline.office import archive
from pipeline.text import merges

SUFFIXES = (".txt",)
MAX_BYTES = 10_000_000

_COMMENT, _COMMENT_SIGN = re.compile(r"\[[a-z]{1,2}\](?=\S)"), re.compile(r"(?<=\S)\[[a-z]{1,2}\]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff]")


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in `content`.

    Raises DocumentError when it is empty, too long, or in no encoding known here, with the line of a paragraph
    that is too long.
    """
    if len(content) > MAX_BYTES:
        raise DocumentError(f"{id}.txt: larger than {MAX_BYTES:,} bytes; split it into several documents")
    try:
        text, encoding = _encoding.text(content)
    except archive.OfficeError as error:
        raise DocumentError(f"{id}.txt: {error}") from None
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
    remarks = [f"{id}.txt: read as {encoding}"] if encoding else []
    if comments := _comments(lines):
        remarks.append(
            f"{id}.txt: what colleagues remarked, as Google Docs writes it below a text, is read as text: "
            f"{len(comments)}, the first in line {comments[0]}; delete it, and the signs [a] in the text"
        )
    return Document(id, language, corrections.meta, blocks, digest, tuple(remarks))


def _comments(lines: Sequence[str]) -> list[int]:
    """Return the lines below a text that Google Docs made of comments: «[a]Who says so?», and [a] in the text."""
    found: dict[str, int] = {}
    for number in range(len(lines), 0, -1):
        if match := _COMMENT.match(lines[number - 1]):
            found[match[0]] = number
            if match[0] == "[a]":
                break
    if "[a]" not in found:
        return []
    above = "\n".join(lines[: found["[a]"] - 1])
    referred = set(_COMMENT_SIGN.findall(above))
    return sorted(number for sign, number in found.items() if sign in referred)


def _require_short(text: str, what: str, remedy: str) -> None:
    if len(text) > MOST_IN_A_PARAGRAPH:
        raise DocumentError(f"{what} of more than {MOST_IN_A_PARAGRAPH:,} characters; {remedy}")
