"""A file from anywhere → a document of the workspace, under a good id; how it is read, and what looks doubtful."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.app.renaming import require_id, sent
from pipeline.app.session import Session
from pipeline.distribution.names import identity
from pipeline.document import doubts, formats
from pipeline.document.doubts import DoubtfulPlace
from pipeline.edition.render.pdf import faces
from pipeline.errors import DocumentError, UsageError
from pipeline.model import Document
from pipeline.text.excerpt import excerpt
from pipeline.text.glyphs import lacking, named
from pipeline.workspace import privacy, reading, sources, storage

_UNFIT = re.compile(r"[\s/\\:*?\"<>|_]+|[^\w\s.\u200c-]+")
"""In the name of a file: white space, what Windows refuses, and other signs."""

MOST_NAMED = 5
"""So many characters that no font has are named one by one."""


@dataclass(frozen=True, slots=True)
class AddedDocument:
    """A document that a file became, or was before; and what looks doubtful in it."""

    source: Path
    document: Document
    doubts: tuple[DoubtfulPlace, ...]
    is_new: bool


def add(session: Session, files: Sequence[Path], document_id: str = "") -> Iterator[AddedDocument]:
    """Copy files into seeds/ and read them; one that cannot be read is a fault, and is not copied.

    Raises UsageError when one id is given for several files, or an id that cannot be one.
    """
    if document_id and len(files) > 1:
        raise UsageError("--id is for one file; add the files one at a time, or leave --id out")
    if document_id:
        require_id(session, document_id)
    with session.locked():
        for path in files:
            with session.guarded():
                yield _add(session, path, document_id or document_id_of(path.stem))


def document_id_of(name: str) -> str:
    """Return an id like a name or a title: in small letters, with a hyphen for spaces and signs."""
    name = unicodedata.normalize("NFC", name).lower()
    fit = re.sub("-{2,}", "-", _UNFIT.sub("-", name)).strip("-.\u200c")
    while len(fit.encode("utf-8", "replace")) > sources.MOST_ID_BYTES:
        fit = fit[:-1].rstrip("-.")
    return fit if sources.is_id(fit) else f"{fit}-document".removeprefix("-")  # a README file is no document


def _add(session: Session, path: Path, document_id: str) -> AddedDocument:
    if foreign := sources.explained(path):
        raise DocumentError(foreign.said(str(path)))
    content = storage.read_outside(path)
    suffix = formats.fitting_suffix(content, str(path))
    target = sources.path_of(session.config, document_id, suffix)
    is_new = not _is_there(session, target, content)
    if is_new:
        require_unsent(session, path, target)
        privacy.require_inside(session.config, target.parent)
    document = reading.document_of(session.config, target, content)
    if is_new and not session.dry_run:
        storage.write(target, content, expected=b"")
    if is_new:
        session.wrote(target)
    found = [*doubts.look(document), *_without_font(session, document)]
    return AddedDocument(path, document, tuple(sorted(found, key=lambda doubt: doubt.place)), is_new)


def _without_font(session: Session, document: Document) -> Iterator[DoubtfulPlace]:
    """Yield the places of characters for which no PDF will be typeset."""
    shown = faces.shown_of_theme(session.config.theme.files)
    missed = lacking(doubts.UNREADABLE.sub("", "".join(block.text for block in document.blocks)), shown)
    if len(missed) > MOST_NAMED:  # a script that no font has
        first = next(block for block in document.blocks if missed[0] in block.text)
        told = f"no font of the page can show {named(missed[0])} and {len(missed) - 1} others of this document"
        yield DoubtfulPlace(first.first, f"{told}: name fonts of their script in [theme] (docs/typesetting.md)")
        return
    for block in document.blocks:
        if missed := lacking(doubts.UNREADABLE.sub("", block.text), shown):
            told = ", ".join(map(named, missed))
            yield DoubtfulPlace(block.first, f"no font of the page can show {told}: «{excerpt(block.text)}»")


def require_unsent(session: Session, what: Path, target: Path) -> None:
    """Raise DocumentError when partners have another document under the id that something would have at `target`."""
    document_id = sources.id_of(session.config, target)
    if document_id in sent(session):
        raise DocumentError(
            f"{what}: partners were sent a document under the id {document_id}; give this another with --id, or, if it "
            f"is a new version of that document, save it as {session.name(target)}"
        )


def called_so(session: Session, document_id: str) -> Path | None:
    """Return the document that has an id, or one that some system takes for the same; None when there is none."""
    documents = session.sources().documents if session.config.seeds.is_dir() else {}
    return next((path for id, path in documents.items() if identity(id) == identity(document_id)), None)


def _is_there(session: Session, target: Path, content: bytes) -> bool:
    """Whether the same file is there; raise DocumentError when another has its id."""
    there = called_so(session, sources.id_of(session.config, target))
    if there is None:
        return False
    if there.name == target.name and storage.read_bytes(session.config, there) == content:
        return True
    raise DocumentError(
        f"{session.name(there)}: there is another document of this id; give it another with --id, or, if this is a new "
        "version of it, save it over that file"
    )
