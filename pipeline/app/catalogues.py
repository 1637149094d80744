"""Documents and catalogues of a workspace: read, merged, and saved over no edit of a translator."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path, PurePath
from types import MappingProxyType

from pipeline.app import borrowed, vanished
from pipeline.app.session import Session, chosen
from pipeline.catalogue import difference, leverage, po, readings
from pipeline.errors import CatalogueError, DocumentError, UsageError
from pipeline.model import Catalogue, Document, Unit
from pipeline.qa import acceptance
from pipeline.tables import meant
from pipeline.workspace import history, places, privacy, reading, replacement, sources, storage
from pipeline.workspace.config import Config

TRIES = 5
"""How often a catalogue is read again that a translator saves meanwhile."""

NONE_READ: Mapping[str, po.File] = MappingProxyType({})


def files(session: Session, asked: Sequence[str] | None) -> list[Path]:
    """Return the source files of the documents asked for, as `files_by_id` does."""
    return list(files_by_id(session, asked).values())


def files_by_id(session: Session, asked: Sequence[str] | None) -> dict[str, Path]:
    """Return the source files of the documents asked for, by id; what cannot be one for its name is a fault.

    Documents of an archive that nobody has selected are only among them when they are asked for.
    Raises DocumentError when there are none at all, and for what is asked for and is in no format that can be read.
    """
    found = session.sources()
    files = found.documents
    _require_read(session, found, asked or ())
    for one in found.refused if not asked else ():
        session.fault(DocumentError(one.said(session.name(one.path))))
    if not files:
        lines = [one.said(session.name(one.path)) for one in sources.foreign(session.config, found)]
        nothing = f"{session.config.seeds}: no documents here; put one there, such as statement.txt"
        raise DocumentError(nothing, *(line for line in lines if line not in session.faults))
    ids = [_id(session, name, files) for name in asked] if asked else None
    found_files = {document_id: files[document_id] for document_id in chosen(list(files), ids, "document")}
    if not asked:
        return {name: path for name, path in found_files.items() if not reading.waits(session.config, path)}
    for name, path in found_files.items():
        if reading.waits(session.config, path):
            session.say_once(f"{name}: not selected to be translated; to select it: pipeline select {name}")
    return found_files


def say_what_is_not_read(session: Session, asked: Sequence[str] | None) -> None:
    """Say of all that is no document what it is and what can be done, when all documents are asked for."""
    if not asked:
        for one in sources.foreign(session.config, session.sources()):
            if not one.is_meant:  # that is a fault, and said as such
                session.say_once(one.said(session.name(one.path)))


def _require_read(session: Session, found: sources.Sources, asked: Sequence[str]) -> None:
    """Raise DocumentError for each name that means something in the folder which is no document."""
    wanted = {name for name in asked if _id(session, name, found.documents) not in found.documents}
    if not wanted:
        return
    foreign = [
        one.said(session.name(one.path))
        for one in sources.foreign(session.config, found)
        if wanted & {one.document_id, one.path.name, str(one.path), session.name(one.path)}
    ]
    if foreign:
        raise DocumentError(*foreign)


def named(session: Session, asked: Sequence[str] | None) -> list[str] | None:
    """Return the ids of documents that are asked for by them, or by a file: statement.txt, seeds/statement.txt."""
    return [document_id(session, name) for name in asked] if asked else None


def document_id(session: Session, name: str) -> str:
    """Return the id of the document that a name means, of its file or its PO file too; one that means none stays.

    Raises UsageError for what can be the id of none, such as a path.
    """
    found = _id(session, name, session.sources().documents)
    if not sources.is_id(found):
        raise UsageError(f"{name!r}: no document; name one by its id, as pipeline status shows it")
    return found


def new_id(session: Session, name: str) -> str:
    """Return the id that a name means for a document which is to come, as that of its file in seeds/ does."""
    suffixes = _SUFFIXES | {file.suffix for file in session.sources().documents.values()}
    own, *behind = _places(session.config, name)
    place = behind[-1] if behind else own
    if place.suffix.lower() in suffixes:
        return place.with_suffix("").as_posix()
    return place.as_posix() if behind else name


def _id(session: Session, name: str, files: Mapping[str, Path]) -> str:
    if name in files or (plain := meant(name, files)) in files:
        return name if name in files else plain
    suffixes = _SUFFIXES | {file.suffix for file in files.values()}
    for place in _places(session.config, name):
        stem = place.with_suffix("") if place.suffix.lower() in suffixes else place
        if (found := meant(stem.as_posix(), files)) in files:
            return found
    return name


_SUFFIXES = {".toml", ".po"}
"""Of files beside a document, which name it too."""


def _places(config: Config, name: str) -> Iterator[PurePath]:
    """Yield what a name is, behind the folder of the documents, or that of the PO files in a language."""
    yield PurePath(name)
    for root in (config.root, Path.cwd()):
        path = Path(os.path.abspath(root / name))
        with suppress(ValueError):
            yield PurePath(sources.id_of(config, path) + path.suffix)
        with suppress(ValueError):
            yield PurePath(*path.relative_to(config.translations).parts[1:])


def documents(session: Session, asked: Sequence[str] | None) -> Iterator[Document]:
    """Yield the documents asked for; one that cannot be read is a fault and left out."""
    for path in files(session, asked):
        with session.guarded():
            yield document_at(session, path)


def document_at(session: Session, path: Path) -> Document:
    """Return the document at a path, and say what is to be said of it; raise DocumentError when it cannot be read."""
    document = reading.read(session.config, path)
    for remark in document.remarks:
        session.say_once(remark)
    return document


@dataclass(frozen=True, slots=True)
class Current:
    """The catalogue of a document as it stands now, and the PO file and the sentences it was made from."""

    document: Document
    file: po.File
    catalogue: Catalogue
    sentences: tuple[Unit, ...] = ()

    @property
    def has_undated(self) -> bool:
        """Whether a translator's comment says something of a translation that is not dated yet."""
        return _dated(self.file.catalogue, "") != self.file.catalogue


def current(session: Session, document: Document, lang: str, files: Mapping[str, po.File] = NONE_READ) -> Current:
    """Return the catalogue of a document; `files` are those that `all_files` has read.

    What comments say of a translation is dated first, while it is the one they were written for.
    """
    path = places.catalogue_path(session.config, lang, document.id)
    if document.id in files:
        file = files[document.id]
    elif os.path.lexists(path):
        file = file_at(session, path)
    else:
        file = po.new(document.id, document.lang, session.config.language(lang), document.meta.date)
    vanished.look(session, document, path, file)
    return _current(session, document, file, leverage.extract(document))


def _current(session: Session, document: Document, file: po.File, sentences: tuple[Unit, ...]) -> Current:
    old = replace(_dated(file.catalogue, session.day), source_lang=document.lang)
    return Current(document, file, borrowed.returned(session, leverage.merge(sentences, old)), sentences)


def renewed(session: Session, before: Current) -> Current:
    """Return the catalogue of an unchanged document as it stands now; what is as it was is not read again."""
    document, lang = before.document, before.catalogue.target_lang
    path = places.catalogue_path(session.config, lang, document.id)
    if not before.sentences or not os.path.lexists(path):
        return current(session, document, lang)
    content = storage.read_bytes(session.config, path)
    if content == before.file.content:
        return before
    its = document.id, session.config.source_language, lang
    file = po.parse(content, str(path), *its, before.file, langs=session.config.targets)
    vanished.look(session, document, path, file)
    return _current(session, document, file, before.sentences)


Reader = Callable[[str], Current]
"""Gives the catalogue of a document in a language."""


def reader(session: Session, document: Document) -> Reader:
    """Return what gives the catalogues of a document, each read when it is first asked for, and never again."""
    return cache(partial(current, session, document))


def all_files(session: Session, lang: str, besides: Collection[str] = ()) -> dict[str, po.File]:
    """Return every PO file in a language by its document, which may be long gone; a faulty one is left out.

    So are those of documents that are known already (`besides`).
    """
    files = {}
    for document_id, path in places.catalogues(session.config, lang):
        if document_id in besides:
            continue
        with session.guarded():
            files[document_id] = file_at(session, path)
    return files


def file_at(session: Session, path: Path) -> po.File:
    """Return the PO file at a path, of a document that may be long gone, in the language whose folder it is in.

    What it is translated from, its header says; else it is the source language of the workspace. Of one that cannot be
    read, the version that a command saw last is kept.
    """
    privacy.require_inside(session.config, path)
    lang, document_id = places.catalogue_of(session.config, path)
    try:
        return po.load(path, document_id, session.config.source_language, lang, session.config.targets)
    except CatalogueError:
        vanished.keep(session, path)
        raise


def dated(unit: Unit, day: str) -> Unit:
    """Return a unit with a day, and a digest of its text, for what comments say of it, where they have none."""
    return acceptance.dated(readings.dated(unit, day))


def _dated(catalogue: Catalogue, day: str) -> Catalogue:
    units, obsolete = (
        tuple([dated(unit, day) if unit.notes else unit for unit in units])
        for units in (catalogue.units, catalogue.obsolete)
    )
    return replace(catalogue, units=units, obsolete=obsolete)


def save(session: Session, now: Current, new: Catalogue, remake: Callable[[Catalogue], Catalogue]) -> bool:
    """Write a catalogue made from the one that stands now, if it says anything else; return whether it does.

    When a translator saves meanwhile, theirs is read, and the new one made again from it.
    """
    for _ in range(TRIES - 1):
        with suppress(replacement.Changed):
            return _save_once(session, now.document, now.file, new)
        now = current(session, now.document, new.target_lang)
        new = remake(now.catalogue)
    return _save_once(session, now.document, now.file, new)


def save_as_it_is(session: Session, now: Current) -> bool:
    """Write a catalogue as it stands now, if its PO file says anything else; return whether it does."""
    return save(session, now, now.catalogue, lambda catalogue: catalogue)


def _save_once(session: Session, document: Document, file: po.File, new: Catalogue) -> bool:
    new = _dated(new, session.day)
    if file.content and po.same_meaning(file.catalogue, new):
        return False
    config = session.config
    path = places.catalogue_path(config, new.target_lang, document.id)
    place = (config.seeds / document.file).relative_to(config.root).with_suffix("")
    content = po.serialise(new, place.as_posix(), session.now, file)
    if not session.dry_run:
        is_step = bool(session.step) and history.is_recent(config, path, session.now, session.step)
        if file.content and not is_step:
            history.keep(config, path, file.content, session.now)
        storage.write(path, content, expected=file.content)
        (vanished.know if is_step else vanished.see)(session, path, content)
    session.wrote(path)
    if session.dry_run:
        for line in difference.lines(file.catalogue, new):
            session.say(f"  {line}")
    return True
