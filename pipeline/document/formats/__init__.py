"""Formats of source documents: one file per format. Which one reads a file, its content decides before its name."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import PurePath
from typing import NamedTuple, Protocol

from pipeline import bounded
from pipeline.document import tracking
from pipeline.document.corrections import Corrections
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.limits import MOST_COLUMNS
from pipeline.model import Block, Document, MarkKind, Meta
from pipeline.office import filetypes
from pipeline.office.archive import OfficeError
from pipeline.office.filetypes import FileType
from pipeline.plugins import Plugins
from pipeline.text.glyphs import MOST_MARKS, is_overloaded


class InputFormat(Protocol):
    """How a source document is read. `SUFFIXES` are those of its files, in small letters, with the dot."""

    SUFFIXES: tuple[str, ...]

    def read(self, content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
        """Return the document, as corrected; raise DocumentError with the place of a fault."""


FORMATS: Plugins[InputFormat] = Plugins("document.formats")

PLAIN = ".txt"
"""Read in this process: it takes time and memory in proportion to its length (`tests/promises/test_growth.py`)."""


@cache
def suffixes() -> dict[str, InputFormat]:
    """Return the formats by the suffix of a file."""
    return {suffix: form for form in FORMATS for suffix in form.SUFFIXES}


def suffix(file_name: str) -> str:
    """Return the suffix of a file, in small letters."""
    name = file_name.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def read(content: bytes, file_name: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in a file, whose id is its name without the suffix; folders before it belong to that.

    Raises DocumentError, with the name of the file, for what is in no format that can be read: what it is, and what
    can be done.
    """
    fitting = fitting_suffix(content, file_name)
    form = suffixes()[fitting]
    work = partial(form.read, content, _stem(file_name), language, corrections)
    try:
        document = work() if fitting == PLAIN else _read_apart(work, language, file_name, len(content))
    except DocumentError as error:
        raise DocumentError(*(_with_name(fault, file_name) for fault in error.faults)) from None
    except Exception as error:
        raise DocumentError(f"{file_name}: {bounded.fault_of_ours(error)}") from error
    _require_printable(document, file_name)
    said = (_with_name(remark, file_name) for remark in document.remarks)
    links = [mark.value for block in document.blocks for mark in block.marks if mark.kind is MarkKind.LINK]
    shown = tracking.said(file_name, [block.text for block in document.blocks], links)
    remarks = (*_renamed(content, file_name, fitting), *said, *shown)
    return replace(document, file=file_name, remarks=remarks)


class _DocumentParts(NamedTuple):
    """What a process of its own sends of a document: all but its language, which is known here."""

    id: str
    meta: Meta
    blocks: tuple[Block, ...]
    sha256: str
    remarks: tuple[str, ...]
    file: str
    counted: str
    pictures: dict[str, bytes]


def _read_apart(work: Callable[[], Document], language: Language, file_name: str, size: int) -> Document:
    def parts() -> _DocumentParts:
        made = work()
        return _DocumentParts(*(getattr(made, name) for name in _DocumentParts._fields))

    sent = bounded.read(parts, _DocumentParts, size, DocumentError, f"{file_name}: ")
    return Document(language=language, **sent._asdict())


def _require_printable(document: Document, file_name: str) -> None:
    """Raise DocumentError for what would be typeset for minutes, and be read by nobody."""
    for block in document.blocks:
        place = f"{file_name}:{block.first}"
        if is_overloaded(block.text):
            raise DocumentError(f"{place}: a letter with more than {MOST_MARKS} marks on it; delete them")
        columns = max(row.count("\t") + 1 for row in block.text.split("\n"))
        if block.kind.is_grid and columns > MOST_COLUMNS:
            raise DocumentError(
                f"{place}: a table of {columns:,} columns, of which no page holds {MOST_COLUMNS}; divide it"
            )


def fitting_suffix(content: bytes, file_name: str) -> str:
    """Return the suffix by which a file is read: its own, or that of what it is; raise DocumentError as `read` does."""
    own = suffix(file_name)
    known = recognised(content, file_name)
    if own in suffixes() and (known is None or not known.is_sure or own in known.suffixes):
        return own
    if known and (found := next((one for one in known.suffixes if one in suffixes()), "")) and known.is_sure:
        return found
    raise DocumentError(f"{file_name}: {foreign(content, known)}")


def recognised(content: bytes, file_name: str) -> FileType | None:
    """Return what a file is by its content; raise DocumentError for a ZIP file that harms."""
    try:
        return filetypes.of(content)
    except OfficeError as error:
        raise DocumentError(f"{file_name}: {error}") from None


def foreign(content: bytes, known: FileType | None) -> FileType:
    """Return what to say of a file in no format that can be read: what it is, and what can be done."""
    if not content.strip():
        return FileType("an empty file", "ask for it again, or delete it")
    if known:
        return known
    if filetypes.is_text(content):
        return FileType("a plain text with an unknown ending", "if it is a document, give its name the ending .txt")
    return FileType("in no format known here", f"save it as one of: {', '.join(sorted(suffixes()))}")


def _with_name(fault: str, file_name: str) -> str:
    """Return a fault or remark with the name that the file has, where a format has put the usual ending."""
    stem = _stem(file_name)
    usual = next((one for one in suffixes() if fault.startswith(f"{stem}{one}:")), "")
    return file_name + fault.removeprefix(f"{stem}{usual}") if usual else fault


def _stem(file_name: str) -> str:
    return PurePath(file_name).with_suffix("").as_posix()


def _renamed(content: bytes, file_name: str, fitting: str) -> Iterator[str]:
    if fitting != suffix(file_name) and (known := recognised(content, file_name)):
        yield f"{file_name}: read as {known.name}, which it is, whatever its name says"
