"""What segment, translate and build-pdf have in common: reading documents, reading and saving catalogues."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, suppress
from functools import partial
from pathlib import Path

from pipeline import plugins
from pipeline.catalogue import difference, leverage, memory, po
from pipeline.catalogue.memory import Entry, Memory
from pipeline.cli.session import Session, chosen
from pipeline.errors import DocumentError, ExchangeError
from pipeline.model import Catalogue, Document, State
from pipeline.workspace import history, replacement, storage
from pipeline.workspace.config import Config

IMPORTED = "memory"
"""The folder, beside those of the languages, of the memories of others."""

TRIES = 5
"""How often a catalogue is read again that a translator saves meanwhile."""


def documents(session: Session, asked: Sequence[str] | None) -> Iterator[Document]:
    """Yield the documents asked for; one that cannot be read is a fault and left out."""
    files = storage.source_files(session.config)
    if not files:
        raise DocumentError(f"{session.config.seeds}: no documents here; put one there, such as statement.txt")
    for document_id in chosen(list(files), asked, "document"):
        with session.guarded():
            document = storage.read_document(session.config, files[document_id])
            for remark in document.remarks:
                session.remark(remark)
            yield document


def read_catalogue(session: Session, document: Document, lang: str) -> po.File:
    """Return the PO file of a document, a new one if there is none."""
    path = storage.catalogue_path(session.config, lang, document.id)
    if not path.is_file():
        return po.new(document.id, document.lang, lang, document.meta.date)
    storage.require_inside(session.config, path)
    return po.load(path, document.id, document.lang, lang)


def all_catalogues(session: Session, lang: str) -> list[Catalogue]:
    """Return every catalogue in a language, those of documents long gone too; a faulty one is left out."""
    found = []
    for path in sorted((session.config.translations / lang).glob("*.po")):
        with session.guarded():
            storage.require_inside(session.config, path)
            found.append(po.read(path, path.stem, session.config.source_language, lang))
    return found


def merged(found: po.File, document: Document) -> Catalogue:
    return leverage.merge(leverage.extract(document), found.catalogue)


def open_memory(session: Session, lang: str) -> AbstractContextManager[Memory]:
    """Give the translation memory into a language, brought up to date with the PO and TMX files.

    It holds the reviewed units of every catalogue, of documents long gone too. The index is
    made again when it is damaged; where it cannot be kept, it is made for this command alone.
    """
    config = session.config
    path = config.root / storage.PRIVATE / f"memory.{config.source_language}-{lang}.sqlite"
    if not session.dry_run:
        storage.private_folder(config)
    for _ in range(2):
        with suppress(sqlite3.Error):
            return closing(_fed(session, lang, memory.open(path, copy=session.dry_run)))
        if not session.dry_run:
            memory.remove(path)
    return closing(_fed(session, lang, memory.open(None)))


def _fed(session: Session, lang: str, known: Memory) -> Memory:
    config = session.config
    source_lang = config.source_language
    origins = set()
    for path in sorted((config.translations / lang).glob("*.po")):
        with session.guarded():
            content = storage.read_bytes(config, path)
            origins.add(path.stem)
            known.feed(path.stem, storage.sha256(content), partial(_reviewed, content, path, source_lang, lang))
    for path in tmx_files(config):
        with session.guarded():
            content = storage.read_bytes(config, path)
            origins.add(path.name)
            known.feed(path.name, storage.sha256(content), partial(_imported, session, content, path, lang))
    known.keep_only(origins)
    return known


def tmx_files(config: Config) -> list[Path]:
    """Return the memories of others that were imported."""
    return sorted((config.translations / IMPORTED).glob("*.tmx"))


def _reviewed(content: bytes, path: Path, source_lang: str, lang: str) -> Iterator[Entry]:
    catalogue = po.parse(content, str(path), path.stem, source_lang, lang).catalogue
    for unit in (*catalogue.units, *catalogue.obsolete):
        if unit.state is State.REVIEWED:
            yield Entry(unit.source, unit.target, unit.context, path.stem)


def _imported(session: Session, content: bytes, path: Path, lang: str) -> Iterator[Entry]:
    pairs = plugins.load("exchange.formats", "tmx").pairs(content, session.config.source_language, lang)
    try:
        for source, target in session.progress(pairs, f"Reading {path.name} ({lang})", None):
            yield Entry(source, target, "", path.name)
    except ExchangeError as error:
        raise ExchangeError(f"{path}: {error}") from None


def save(
    session: Session, document: Document, found: po.File, new: Catalogue, remake: Callable[[po.File], Catalogue]
) -> bool:
    """Write a catalogue made from `found` if it says anything else; return whether it does.

    When a translator saves meanwhile, theirs is read, and the new one made again from it.
    """
    for _ in range(TRIES - 1):
        with suppress(replacement.Changed):
            return _save_once(session, document, found, new)
        found = read_catalogue(session, document, new.target_lang)
        new = remake(found)
    return _save_once(session, document, found, new)


def _save_once(session: Session, document: Document, found: po.File, new: Catalogue) -> bool:
    if found.content and po.same_meaning(found.catalogue, new):
        return False
    config = session.config
    path = storage.catalogue_path(config, new.target_lang, document.id)
    reference = f"{config.seeds.relative_to(config.root)}/{document.id}"
    content = po.serialise(new, reference, session.now, found)
    if not session.dry_run:
        if found.content:
            history.keep(config, path, found.content, session.now)
        storage.write(path, content, expected=found.content)
    session.wrote(path)
    if session.dry_run:
        for line in difference.lines(found.catalogue, new):
            session.say(f"  {line}")
    return True
