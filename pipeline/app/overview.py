"""How far every document is, in every language; what has not changed since it was last looked at is not read again."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import msgspec

from pipeline.app import building, catalogues, inputs, pdf_record, postediting, selecting, strays
from pipeline.app.selecting import NONE_WAITS, Waiting
from pipeline.app.session import Session
from pipeline.app.strays import Stray
from pipeline.catalogue import readings
from pipeline.errors import DocumentError
from pipeline.model import Catalogue, Document, Kind, State
from pipeline.workspace import index, places, reading, sources
from pipeline.workspace.index import DocumentIndex
from pipeline.workspace.sources import ForeignFile

Row = dict[str, Any]

NOT_DONE = tuple(state for state in reversed(State) if not state.is_done)
"""What is left to do, the nearest to a finished text first."""

TOPIC = "overview"
"""Of the index: what was found of each document."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """How far a text is, by state, and whether its PDF shows it, or is its release."""

    counts: dict[str, int]
    is_current: bool
    is_released: bool


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found of a document in `source_lang`: by language how far it is, unless its PO file has a fault."""

    title: str
    source_lang: str
    targets: tuple[str, ...]
    remarks: tuple[str, ...]
    figures: dict[str, _Figures]


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """A document that was read, what gives its catalogues and plans its PDFs, and what stood in its `files` before."""

    document: Document
    read: catalogues.Reader
    plan: building.Planner
    files: Sequence[str]
    contents: bytes


_KNOWN = msgspec.json.Decoder(_Looked)

See = Callable[[DocumentSeen], None]


def overview(
    session: Session, asked: Sequence[str] | None, see: See | None = None, again: Collection[str] = ()
) -> list[Row]:
    """Return a row for every document and target language; what cannot be read is a fault and left out.

    What is to be read `again`, by id, is read whatever is known of it; whatever is read can be seen.
    """
    return _View(session, asked, see, again).overview()


@dataclass(frozen=True, slots=True)
class Overview:
    """A row for every document and language; with all documents, what belongs to none, is not read, or waits.

    `unwanted` are documents, by a language that they have a PO file in and are not translated into.
    """

    rows: list[Row]
    strays: list[Stray]
    foreign: list[ForeignFile]
    waiting: Waiting = NONE_WAITS
    unwanted: Mapping[str, list[str]] = field(default_factory=dict)


def look(session: Session, asked: Sequence[str] | None) -> Overview:
    """Return how far the documents are; that there are none is a fault, or an error when nothing is left of any.

    Raises DocumentError.
    """
    try:
        view = _View(session, asked)
    except DocumentError as error:
        left = [] if asked else strays.find(session)
        if not left:
            raise
        session.fault(error)
        return Overview([], left, list(sources.foreign(session.config, session.sources())))
    rows = view.overview()
    if asked:
        return Overview(rows, [], [])
    foreign = list(sources.foreign(session.config, session.sources()))
    return Overview(rows, strays.find(session), foreign, selecting.waiting(session), _unwanted(session, view.targets))


def _unwanted(session: Session, targets: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Return the documents that have a PO file in a language which nobody asks for, by that language.

    `targets` are the languages of each document that has been read.
    """
    found = (
        (lang, document_id)
        for lang in session.config.translated
        for document_id, _ in places.catalogues(session.config, lang)
        if lang not in targets.get(document_id, (lang,))
    )
    by_language: dict[str, list[str]] = {}
    for lang, document_id in found:
        by_language.setdefault(lang, []).append(document_id)
    return by_language


class _View:
    """A look at the documents of a workspace, with what was found the last time."""

    def __init__(
        self, session: Session, asked: Sequence[str] | None, see: See | None = None, again: Collection[str] = ()
    ) -> None:
        self.session, self.config = session, session.config
        self.files = catalogues.files_by_id(session, asked)
        self.see, self.again = see, again
        self.targets: dict[str, tuple[str, ...]] = {}
        self.printing = cache(partial(building.main_choice, session.config))
        only = self.files if asked else None
        self.index = DocumentIndex(session.config, TOPIC, keeps=not session.dry_run, at_once=True, only=only)
        has_record = (session.config.output / pdf_record.FILE_NAME).is_file()
        printings = [self.printing(lang) for lang in session.config.targets]
        self.made_by = index.digest(inputs.common(session, printings), has_record)

    @cached_property
    def built(self) -> pdf_record.Record:
        return pdf_record.read(self.config)

    def overview(self) -> list[Row]:
        rows = []
        for name, path in self.files.items():
            with self.session.guarded():
                rows += self.rows(name, path)
        self.keep()
        return rows

    def rows(self, name: str, path: Path) -> list[Row]:
        """Return the rows of the document of an id, at `path`; raise DocumentError when it cannot be read."""
        looked = self.looked(name, path)
        self.targets[name] = looked.targets
        for remark in looked.remarks:
            self.session.say_once(remark)
        return [_row(name, looked, lang, figures) for lang, figures in looked.figures.items()]

    def looked(self, name: str, path: Path) -> _Looked:
        """Return what there is to say of a document; it is kept unless there was a fault."""
        if name not in self.again and (known := self.index.fresh(name, self.made_by)):
            with suppress(ValueError, RecursionError):
                return _KNOWN.decode(known)
        faults = len(self.session.faults)
        files = [self.session.name(file) for file in inputs.files(self.config, path)]
        before = index.contents(self.config, files)
        document = reading.read(self.config, path)
        read = catalogues.reader(self.session, document)
        plan = building.planner(self.session, document, read)
        looked = self.look(document, read, plan)
        if self.see:
            self.see(DocumentSeen(document, read, plan, files, before))
        pdfs = [self.session.name(self.pdf(document, lang)) for lang in looked.figures]
        entry = index.learnt(self.config, self.made_by, [*files, *pdfs], msgspec.json.encode(looked))
        if len(self.session.faults) == faults and before == index.contents(self.config, files):
            self.index.learn(name, entry)
        return looked

    def pdf(self, document: Document, lang: str) -> Path:
        return building.pdf_path(self.config, document, self.printing(lang))

    def look(self, document: Document, read: catalogues.Reader, plan: building.Planner) -> _Looked:
        """Look at the catalogues of a document, and lay out those pages that there is a PDF to compare with."""
        targets = self.config.targets_of(document)
        looked = _Looked(_title(document), document.lang, targets, document.remarks, {})
        for lang in targets:
            with self.session.guarded():
                counts = _counts(self.session, read(lang).catalogue)
                looked.figures[lang] = _Figures(counts, *self.printed(document, lang, plan))
        return looked

    def printed(self, document: Document, lang: str, plan: building.Planner) -> tuple[bool, bool]:
        """Return whether the PDF of a document shows it as it stands, and whether it is its release."""
        name = self.pdf(document, lang).relative_to(self.config.output).as_posix()
        built = self.built.get(name)
        if not built or not pdf_record.is_whole(self.config, name, built):
            return False, False
        target = plan(self.printing(lang))
        is_released = built.shown == target.release.shown
        return is_released or built.fingerprint == target.draft.fingerprint, is_released

    def keep(self) -> None:
        """Keep what was found, of documents that there are; where it cannot be kept, it is looked for again."""
        if self.index.only is None:
            self.index.keep_only(self.session.sources().documents)
        self.index.keep(self.session.time_ns())


def _counts(session: Session, catalogue: Catalogue) -> dict[str, int]:
    units = catalogue.units
    states = Counter(unit.state for unit in units)
    edited = postediting.measure(session, units)
    return {
        "units": len(units),
        "reviewed": states[State.REVIEWED] + states[State.COPIED],
        "translated": states[State.TRANSLATED],
        **{state.value: states[state] for state in NOT_DONE},
        "read_twice": sum(len(readings.readers(unit)) > 1 for unit in units),
        "began_as_drafts": edited.began,
        "drafts_unchanged": edited.unchanged,
    }


def _title(document: Document) -> str:
    """Return what a document is called, in its language: as its editor states it, or as it stands in it."""
    own = next((block.text for block in document.blocks if block.kind is Kind.TITLE), "")
    return " ".join((document.meta.editorial_title or own).split())


def _row(document_id: str, looked: _Looked, lang: str, figures: _Figures) -> Row:
    return {
        "document": document_id,
        "title": looked.title,
        "source_language": looked.source_lang,
        "language": lang,
        **figures.counts,
        "pdf_up_to_date": figures.is_current,
        "released": figures.is_released,
    }
