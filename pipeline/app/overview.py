"""How far every document is, in every language; what has not changed since it was last looked at is not read again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec

from pipeline import disk
from pipeline.app import building, catalogues, inputs, postediting, strays
from pipeline.app.building import Printing
from pipeline.app.session import Session
from pipeline.app.strays import Stray
from pipeline.catalogue import leverage, readings
from pipeline.edition.render import pdf
from pipeline.errors import PipelineError
from pipeline.model import Catalogue, Document, Kind, State
from pipeline.workspace import reading, sources, storage
from pipeline.workspace.sources import ForeignFile

Row = dict[str, Any]

NOT_DONE = tuple(state for state in reversed(State) if not state.is_done)
"""What is left to do, the nearest to a finished text first."""

RECORD = "overview.json"
"""In the private folder: what was found of each document, and of which files."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the pages of a document would be made of now: the fingerprint of a draft, and what a release would show."""

    draft: str
    shown: str


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found of a document: by language its figures, and its pages where there was a PDF to compare.

    `inputs` is the digest of the files that were read; `sketch` stands for its sentences, in `source_lang`.
    """

    inputs: str
    source_lang: str
    remarks: tuple[str, ...]
    sketch: strays.Sketch
    figures: dict[str, dict[str, int]]
    pages: dict[str, _Printed]
    title: str


_Record = dict[str, _Looked]


def overview(session: Session, asked: Sequence[str] | None) -> list[Row]:
    """Return a row for every document and target language; what cannot be read is a fault and left out."""
    return _View(session).overview(asked)


@dataclass(frozen=True, slots=True)
class Overview:
    """A row for every document and language; with all documents, what belongs to none, and what is not read."""

    rows: list[Row]
    strays: list[Stray]
    foreign: list[ForeignFile]


def look(session: Session, asked: Sequence[str] | None) -> Overview:
    """Return how far the documents are; raise DocumentError when there are none at all."""
    view = _View(session)
    rows = view.overview(asked)
    if asked:
        return Overview(rows, [], [])
    sketches = {name: looked.sketch for name, looked in view.known.items()}
    foreign = list(sources.foreign(session.config, sources.look(session.config)))
    return Overview(rows, strays.find(session, sketches), foreign)


class _View:
    """A look at the documents of a workspace, with what was found the last time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.printing = cache(partial(building.main_choice, session.config))
        self.common = inputs.common(session, [self.printing(lang) for lang in session.config.targets])
        self.built = building.read_record(session.config)
        self.known = _read(session)
        self.before = dict(self.known)

    def overview(self, asked: Sequence[str] | None) -> list[Row]:
        rows = []
        for path in catalogues.files(self.session, asked):
            with self.session.guarded():
                rows += self.rows(path)
        self.keep()
        return rows

    def rows(self, path: Path) -> list[Row]:
        """Return the rows of the document at `path`; raise DocumentError when it cannot be read."""
        looked, printed = self.looked(path)
        for remark in looked.remarks:
            self.session.say_once(remark)
        return [_row(path.stem, looked, lang, figures, printed.get(lang)) for lang, figures in looked.figures.items()]

    def printed(self, document_id: str, source_lang: str, langs: Iterable[str]) -> dict[str, building.Built]:
        """Return what the PDFs of a document were made of that lie there whole, by language."""
        found = {lang: self.pdf(document_id, source_lang, self.printing(lang)) for lang in langs}
        return {lang: built for lang, built in found.items() if built}

    def pdf(self, document_id: str, source_lang: str, printing: Printing) -> building.Built | None:
        name = pdf.path(document_id, (source_lang, *printing.langs), printing.design)
        built = self.built.get(name)
        return built if built and building.is_whole(self.session.config, name, built) else None

    def looked(self, path: Path) -> tuple[_Looked, dict[str, building.Built]]:
        """Return what there is to say of a document, and what its PDFs were made of."""
        now = self.inputs(path)
        looked = self.known.get(path.stem)
        printed = self.printed(path.stem, looked.source_lang, looked.figures) if looked else {}
        if looked is None or looked.inputs != now or not set(printed) <= set(looked.pages):
            faults = len(self.session.faults)
            looked, printed = self.look(path, now)
            if len(self.session.faults) == faults and now == self.inputs(path):
                self.known[path.stem] = looked
        return looked, printed

    def inputs(self, path: Path) -> str:
        return self.common + inputs.of_document(self.session.config, path)

    def look(self, path: Path, now: str) -> tuple[_Looked, dict[str, building.Built]]:
        """Read a document and its catalogues, and lay out those pages that there is a PDF to compare with."""
        document = reading.read(self.session.config, path)
        sentences = strays.sketch(unit.source for unit in leverage.extract(document))
        langs = self.session.config.targets_of(document)
        looked = _Looked(now, document.lang, document.remarks, sentences, {}, {}, _title(document))
        printed = self.printed(document.id, document.lang, langs)
        read = catalogues.reader(self.session, document)
        for lang in langs:
            with self.session.guarded():
                looked.figures[lang] = _figures(self.session, read(lang).catalogue)
                if lang in printed:
                    target = building.target_of(self.session, document, self.printing(lang), read)
                    looked.pages[lang] = _Printed(target.draft.fingerprint, target.release.shown)
        return looked, printed

    def keep(self) -> None:
        """Keep what was found, of documents that there are; where it cannot be kept, it is looked for again."""
        names = {path.stem for path in catalogues.files(self.session, None)}
        known = self.known = {name: looked for name, looked in self.known.items() if name in names}
        if known != self.before and not self.session.dry_run:
            with suppress(PipelineError):
                storage.write(storage.private_folder(self.session.config) / RECORD, msgspec.json.encode(known))


def _read(session: Session) -> _Record:
    try:
        content = disk.read(session.config.root / storage.PRIVATE / RECORD, storage.MAX_RECORD_BYTES)
        return msgspec.json.decode(content, type=_Record)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return {}  # it is then looked for again


def _figures(session: Session, catalogue: Catalogue) -> dict[str, int]:
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


def _row(document_id: str, looked: _Looked, lang: str, figures: dict[str, int], built: building.Built | None) -> Row:
    pages = looked.pages.get(lang)
    is_released = bool(built and pages and built.shown == pages.shown)
    is_current = is_released or bool(built and pages and built.fingerprint == pages.draft)
    return {
        "document": document_id,
        "title": looked.title,
        "source_language": looked.source_lang,
        "language": lang,
        **figures,
        "pdf_up_to_date": is_current,
        "released": is_released,
    }
