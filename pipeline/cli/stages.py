"""What segment, translate and build-pdf have in common: reading documents, reading and saving catalogues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import leverage, po, workspace
from pipeline.cli.session import Session, chosen
from pipeline.errors import DocumentError
from pipeline.model import Catalogue, Document


def documents(session: Session, asked: Sequence[str] | None) -> Iterator[Document]:
    """Yield the documents asked for; one that cannot be read is a fault and left out."""
    files = workspace.source_files(session.config)
    if not files:
        raise DocumentError(f"{session.config.seeds}: no documents here; put one there, such as statement.txt")
    for document_id in chosen(list(files), asked, "document"):
        with session.guarded():
            document = workspace.read_document(session.config, files[document_id])
            for remark in document.remarks:
                session.remark(remark)
            yield document


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A catalogue as it was read, and the bytes it was read from (none for a new one)."""

    catalogue: Catalogue
    content: bytes


def read_catalogue(session: Session, document: Document, lang: str) -> OnDisk:
    """Return the catalogue of a document with the units it has now; a new one if there is no file."""
    config = session.config
    path = workspace.catalogue_path(config, lang, document.id)
    if not path.is_file():
        headers = po.headers(document.id, document.lang, lang, document.meta.date)
        return OnDisk(Catalogue(document.id, document.lang, lang, (), headers=headers), b"")
    content = workspace.read_bytes(config, path)
    return OnDisk(po.read(path, document.id, document.lang, lang), content)


def all_catalogues(session: Session, lang: str) -> list[Catalogue]:
    """Return every catalogue in a language, those of documents long gone too; a faulty one is left out."""
    found = []
    for path in sorted((session.config.translations / lang).glob("*.po")):
        with session.guarded():
            workspace.require_inside(session.config, path)
            found.append(po.read(path, path.stem, session.config.source_language, lang))
    return found


def merged(found: OnDisk, document: Document) -> Catalogue:
    return leverage.merge(leverage.extract(document), found.catalogue)


def save(session: Session, document: Document, found: OnDisk, new: Catalogue) -> bool:
    """Write a catalogue if its meaning has changed; return whether it has."""
    if found.content and po.same_meaning(found.catalogue, new):
        return False
    config = session.config
    path = workspace.catalogue_path(config, new.target_lang, document.id)
    reference = f"{config.seeds.relative_to(config.root)}/{document.id}"
    if not session.dry_run:
        workspace.write(path, po.serialise(new, reference, session.now), expected=found.content)
    session.wrote(path)
    return True
