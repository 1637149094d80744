"""The index of all texts of a workspace: brought up to date with its files before it is asked."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from pipeline import schema
from pipeline.app.session import Session
from pipeline.catalogue import fulltext, leverage, po
from pipeline.catalogue.fulltext import FullText, IndexedDocument, SearchedDocument, SearchedText, TextSentence
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Document, State, Unit
from pipeline.text import markup, wordkeys
from pipeline.text.wordkeys import Affixes
from pipeline.workspace import index as document_index
from pipeline.workspace import places, privacy, reading, storage
from pipeline.workspace.config import Config

FILE_NAME = "texts.sqlite"
"""In the private folder."""

_FEW = 40
"""Documents that are read before other processes would have begun."""
_TOGETHER = 16
"""Documents that a process is given at once."""
_AHEAD = 2000
"""Documents that are read before those before them are in the index, at most."""
_BATCH = 500
"""Documents that are put into the index in one step."""

T = TypeVar("T")


class AffixesOf:
    """The affixes of each language of a workspace; of one that has no file any more, none."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._known: dict[str, Affixes] = {}

    def __call__(self, lang: str) -> Affixes:
        if lang not in self._known:
            self._known[lang] = wordkeys.NO_AFFIXES
            with suppress(UsageError):
                self._known[lang] = wordkeys.affixes(self._config.language(lang))
        return self._known[lang]


def asked(session: Session, affixes: AffixesOf, ask: Callable[[FullText], T]) -> T:
    """Return what the index answers once it is up to date; it is made anew when it is damaged.

    Where it cannot be kept, it is made for this command alone. Raises DocumentError without a folder of documents.
    """
    path, made_of = _place(session), _made_of(session.config)
    for _ in range(2):
        try:
            return _asked(session, fulltext.open(path, made_of, affixes, copy=session.dry_run), affixes, ask)
        except sqlite3.Error as error:
            if path is None or not _is_mended(session, path, error):
                path = None
    return _asked(session, fulltext.open(None, made_of, affixes), affixes, ask)


def _place(session: Session) -> Path | None:
    """Return where the index is kept, if it can be."""
    if not session.dry_run:
        try:
            privacy.private_folder(session.config)
        except PipelineError:
            return None
    return session.config.root / places.PRIVATE / FILE_NAME


def _is_mended(session: Session, path: Path, error: sqlite3.Error) -> bool:
    """Whether it is worth trying again; raise PipelineError when another command is writing for long."""
    if schema.is_busy(error):
        raise PipelineError(f"{path}: another command is writing the index; wait until it is done, and search again")
    if session.dry_run or not document_index.is_damage(error):
        return False
    schema.remove(path)
    return True


def _asked(session: Session, index: FullText, affixes: AffixesOf, ask: Callable[[FullText], T]) -> T:
    with closing(index):
        _update(session, index, affixes)
        with index.as_it_is():
            faults, found = index.faults(), ask(index)
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        session.say(f"not searched, because it cannot be read: {faults[0]}{more}")
    return found


def _made_of(config: Config) -> str:
    """Return a digest of what all documents are read by, besides this program: the languages."""
    languages = sorted((code, config.language(code).sha256) for code in config.known_languages)
    return hashlib.sha256(repr((config.source_language, languages)).encode()).hexdigest()


def _update(session: Session, index: FullText, affixes: AffixesOf) -> None:
    """Read what has changed since the index was last asked."""
    known, documents = index.known(), session.sources().documents
    look = _FileLook(session.config, session.config.targets, affixes, int(session.clock().timestamp() * 1e9))
    work = []
    for name, path in documents.items():
        stamp, (before, digest) = look.stamp(name, path), known.get(name, ("", ""))
        if not stamp or stamp != before:
            work.append((name, path, stamp, digest))
    read = iter(session.progress(_all_read(look, work), "Reading what has changed", len(work)))
    while batch := list(islice(read, _BATCH)):
        with index.changes():
            for name, stamp, document in batch:
                if document:
                    index.put(document)
                else:
                    index.restamp(name, stamp)
    with index.changes():
        for name in known.keys() - documents.keys():
            index.forget(name)


_Work = tuple[str, Path, str, str]
"""A document, its file, the stamp of its files, and the digest that the index has."""
_Outcome = tuple[str, str, IndexedDocument | None]
"""A document, the stamp of its files, and what it is now."""


def _all_read(look: "_FileLook", work: list[_Work]) -> Iterator[_Outcome]:
    """Yield what documents are now, read on all cores where there are many."""
    done, cores = 0, len(os.sched_getaffinity(0))
    if len(work) > _FEW and cores > 1:
        # A document that ends its process is left to this one, where others end too that cannot be read.
        with suppress(BrokenProcessPool), ProcessPoolExecutor(cores, get_context("fork"), _begin, (look,)) as pool:
            for start in range(0, len(work), _AHEAD):  # so that what is read does not wait in memory
                for document in pool.map(_read, work[start : start + _AHEAD], chunksize=_TOGETHER):
                    yield document
                    done += 1
    yield from map(look.read, work[done:])


_look: "_FileLook"
"""In a process that reads for another."""


def _begin(look: "_FileLook") -> None:
    global _look
    _look = look


def _read(work: _Work) -> _Outcome:
    return _look.read(work)


@dataclass(frozen=True, slots=True)
class _FileLook:
    """A look at the files of documents, at a time in nanoseconds."""

    config: Config
    targets: tuple[str, ...]
    affixes: AffixesOf
    now: int

    def files(self, name: str, path: Path) -> list[str]:
        """Return the files of a document, from the workspace: what it is read from, and its catalogues."""
        root = len(str(self.config.root)) + 1
        source, translations = str(path)[root:], str(self.config.translations)[root:]
        catalogues = (f"{translations}/{lang}/{name}.po" for lang in self.targets)
        return [source, f"{source.removesuffix(path.suffix)}.toml", *catalogues]

    def stamp(self, name: str, path: Path) -> str:
        """Return the stamp of all files of a document; empty when one of them may still change unseen."""
        files = self.files(name, path)
        stamp = document_index.settled(self.config, files, self.now)
        return f"{files[0]} {stamp.hex()}" if stamp else ""

    def read(self, work: _Work) -> _Outcome:
        """Return what a document is now; None when its files are what they were."""
        name, path, stamp, before = work
        faults: list[str] = []
        contents = dict(self._contents(self.files(name, path), faults))
        made_of = (*faults, *(f"{file} {storage.sha256(content)}" for file, content in contents.items()))
        digest = storage.sha256("\n".join(made_of).encode("utf-8", "replace"))
        if digest == before:
            return name, stamp, None
        found = SearchedDocument(name, stamp, digest)
        with _noted(faults):
            found = _with_source(found, reading.document_of(self.config, path, contents.get(path, b"")))
        for file, content in contents.items():
            if found.texts and file.suffix == ".po":
                with _noted(faults):
                    found = self._with_translation(found, file, content)
        return name, stamp, fulltext.indexed(replace(found, fault="\n".join(faults)), self.affixes)

    def _contents(self, files: list[str], faults: list[str]) -> Iterator[tuple[Path, bytes]]:
        for file in (self.config.root / name for name in files):
            with _noted(faults):
                if os.path.lexists(file):
                    yield file, storage.read_bytes(self.config, file)

    def _with_translation(self, found: SearchedDocument, file: Path, content: bytes) -> SearchedDocument:
        lang, _ = places.catalogue_of(self.config, file)
        its = found.name, self.config.source_language, lang
        read = po.parse(content, str(file), *its, langs=self.config.targets)
        units = [unit for unit in read.catalogue.units if unit.target and unit.state is not State.UNTRANSLATED]
        sentences = tuple(_sentence(unit, _target(unit), unit.state) for unit in units)
        issuers = tuple(unit.target for unit in units if unit.context == leverage.ISSUER)
        text = SearchedText(lang, _title(units, _target), sentences)
        return replace(found, texts=(*found.texts, text), issuers=(*found.issuers, *issuers))


@contextmanager
def _noted(faults: list[str]) -> Iterator[None]:
    """Note what cannot be read, and go on."""
    try:
        yield
    except PipelineError as error:
        faults += error.faults


def _with_source(found: SearchedDocument, document: Document) -> SearchedDocument:
    units, meta = leverage.extract(document), document.meta
    text = SearchedText(document.lang, _title(units, _words), tuple(_sentence(unit, _words(unit)) for unit in units))
    return replace(found, lang=document.lang, issuer=meta.issuer, date=meta.date, texts=(text,))


def _words(unit: Unit) -> str:
    return markup.plain(unit.source) if unit.marks else unit.source


def _target(unit: Unit) -> str:
    return markup.plain(unit.target) if unit.marks else unit.target


def _title(units: Iterable[Unit], said: Callable[[Unit], str]) -> str:
    """Return what a text is called: as its editor states it, or as it stands in it."""
    return next((" ".join(said(unit).split()) for unit in units if unit.context == leverage.TITLE), "")


def _sentence(unit: Unit, text: str, state: State | None = None) -> TextSentence:
    return TextSentence(unit.locations[0].short if unit.locations else "", text, state)
