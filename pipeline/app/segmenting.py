"""Documents → sentences → PO files."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.app import catalogues, sketches
from pipeline.app.session import Session
from pipeline.catalogue import leverage
from pipeline.document import sentences as sentencing
from pipeline.errors import PipelineError
from pipeline.model import Block, Document, Kind, MarkKind, Segment
from pipeline.text import grid
from pipeline.workspace import places, reading

SCHEMA_VERSION = 2
"""Of what `described` returns."""


def update(session: Session, asked: Sequence[str] | None) -> int:
    """Merge every document into its catalogues; return how many files were written."""
    catalogues.say_what_is_not_read(session, asked)
    files = catalogues.files(session, asked)
    return sum(written or 0 for written in session.each(partial(_merged, session), files))


def _merged(session: Session, path: Path) -> int:
    """Merge a document into its catalogues; return how many files were written."""
    written, document = 0, catalogues.document_at(session, path)
    if copied := _copied(session, document):
        remedy = f"if it is a copy, or an older state, delete {session.name(path)}: it could be released as it is"
        session.say_once(f"{document.id} is new, and has the sentences of {copied}; {remedy}")
    for lang in session.config.targets_of(document):
        with session.guarded():
            written += catalogues.save_as_it_is(session, catalogues.current(session, document, lang))
    return written


def _copied(session: Session, document: Document) -> str:
    """Return the document of which a new one has the name, with something behind it, and the sentences; or nothing.

    Some programs that synchronise folders put the name of a machine there. A translation that was read holds for each.
    """
    config = session.config
    if any(places.catalogue_path(config, lang, document.id).exists() for lang in config.targets_of(document)):
        return ""
    known, id = session.sources().documents, document.id
    names = [id[:place] for place, letter in enumerate(id) if not letter.isalnum() and id[:place] in known]
    own = _sketch(document)
    for name in names:
        with suppress(PipelineError):
            if sketches.likeness(own, _sketch(reading.read(config, known[name]))) >= sketches.ALIKE:
                return name
    return ""


def _sketch(document: Document) -> sketches.Sketch:
    return sketches.sketch(unit.source for unit in leverage.extract(document))


def sentences(document: Document) -> list[tuple[Block, list[Segment]]]:
    """Return every block with its sentences as they stand in the PO file."""
    return [
        (block, [sentence for sentence in sentencing.sentences(block, document.language) if sentence.source])
        for block in document.blocks
    ]


def rows(document: Document, block: Block) -> list[list[str]]:
    """Return the cells of a grid as they stand in the PO file, an empty one as an empty text."""
    if not block.kind.is_grid:
        return []
    cells = ((cell.source, cell.tail) for cell in sentencing.sentences(block, document.language))
    return [[cell or "" for cell in row] for row in grid.rows(cells)]


def described(document: Document) -> list[dict[str, Any]]:
    """Return the blocks of a document for other programs, with what each has: place, sentences, marks, rows, notes."""
    notes = {note.marker: note.text for note in document.blocks if note.kind is Kind.NOTE}
    return [_described(document, block, texts, notes) for block, texts in sentences(document)]


def _described(document: Document, block: Block, texts: Sequence[Segment], notes: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": block.kind.value, "level": block.level, "depth": block.depth}
    found |= {"marker": block.marker, f"{document.counted}s": [block.first, block.last]}
    found["sentences"] = [text.source for text in texts]
    found["marks"] = [
        {"kind": mark.kind.value, "text": block.text[mark.start : mark.end], "target": mark.value}
        for mark in block.marks
    ]
    found["header_rows"], found["rows"] = block.header_rows, rows(document, block)
    referred = [mark.value for mark in block.marks if mark.kind is MarkKind.NOTE]
    found["notes"] = [{"marker": marker, "text": notes.get(marker, "")} for marker in referred]
    return found
