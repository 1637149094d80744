"""Documents → sentences → PO files."""

from collections.abc import Sequence

from pipeline.app import catalogues
from pipeline.app.session import Session
from pipeline.document import sentences as reading
from pipeline.model import Block, Document


def update(session: Session, asked: Sequence[str] | None) -> int:
    """Merge every document into its catalogues; return how many files were written."""
    written = 0
    for document in catalogues.documents(session, asked):
        for lang in session.config.languages:
            with session.guarded():
                written += catalogues.save_as_it_is(session, catalogues.current(session, document, lang))
    return written


def sentences(document: Document) -> list[tuple[Block, list[str]]]:
    """Return every block with its sentences."""
    return [
        (block, [sentence.source for sentence in reading.sentences(block, document.language) if sentence.source])
        for block in document.blocks
    ]
