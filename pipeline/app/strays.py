"""Files of the workspace that belong to no document: what is left of one that was deleted or renamed."""

import re
import shlex
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipeline.app import catalogues, removing, sketches
from pipeline.app.exporting import TABLES
from pipeline.app.session import Session
from pipeline.app.sketches import ALIKE, Sketch, likeness
from pipeline.edition.design import BOOKLET, LAYOUTS, PAPERS, PRINTS
from pipeline.errors import PipelineError
from pipeline.workspace import places, sources


class StrayKind(StrEnum):
    """What a file is."""

    TRANSLATION = "translations"
    COPY = "a copy that somebody else saved: take over what you need, then delete it"
    CORRECTIONS = "an editor's statements"
    PDF = "a PDF"
    TABLE = "a table for volunteers"
    SUBTITLES = "subtitles"


MADE = (StrayKind.PDF, StrayKind.TABLE, StrayKind.SUBTITLES)
"""What is made of a document, and can be made again."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that belongs to no document, what it is, and of which id; `renamed` is what that may be called now."""

    path: Path
    what: StrayKind
    document_id: str
    renamed: str = ""

    @property
    def can_be_removed(self) -> bool:
        """Whether it was made for a document that is gone, and does not wait for a person."""
        return not self.renamed and self.what is not StrayKind.COPY


def find(session: Session) -> list[Stray]:
    """Return what belongs to no document, with a guess what that is called now."""
    found = session.sources()
    ids = found.ids
    left = _candidates(session, ids, lambda document_id: document_id not in ids)
    strays = [stray for stray in left if stray.path.is_file()]
    names = {stray.document_id for stray in strays if stray.what is StrayKind.TRANSLATION}
    known = sketches.of_documents(session, found.documents) if names else {}
    renamed = {name: _guess(_sketch_of(session, name, strays), known) for name in names}
    return [replace(one, renamed=renamed.get(one.document_id, "")) for one in strays]


def named_after(session: Session, document_id: str) -> list[Stray]:
    """Return what is named after a document, whether there is one of that id or not."""
    ids = {*session.sources().ids, document_id}
    own = _candidates(session, ids, lambda one: one == document_id)
    return [stray for stray in own if stray.path.is_file()]


IsWanted = Callable[[str], bool]


def _candidates(session: Session, ids: Collection[str], is_wanted: IsWanted) -> Iterator[Stray]:
    """Yield what is named after documents that are wanted."""
    config = session.config
    codes = "|".join(map(re.escape, config.all_languages))
    design = "".join(rf"(\.({'|'.join(names)}))?" for names in (LAYOUTS, PAPERS, PRINTS, (BOOKLET,)))
    pdf, table = rf"\.({codes})(-({codes}))*{design}\.pdf", rf"\.({codes})\.[A-Za-z0-9]+"
    for folder in sorted(path for path in config.translations.glob("*") if path.is_dir()):
        for document_id in filter(is_wanted, places.listed(folder, ".po")):
            path = places.catalogue_path(config, folder.name, document_id)
            what = StrayKind.COPY if sources.copied_catalogue(config, path) else StrayKind.TRANSLATION
            yield Stray(path, what, document_id)
    for path in session.sources().stated:
        if is_wanted(document_id := sources.id_of(config, path)):
            yield Stray(path, StrayKind.COPY if sources.copied_beside(path) else StrayKind.CORRECTIONS, document_id)
    for folder, besides, rest, what in (
        (config.output, places.OWN_FOLDERS, pdf, StrayKind.PDF),
        (config.output / TABLES, (), table, StrayKind.TABLE),
        (config.output / places.SEMINAR, (), rf"\.(handout|badges)\.({codes})-({codes})\.pdf", StrayKind.PDF),
        (config.output / places.SUBTITLES, (), rf"\.({codes})(\.draft)?\.(srt|vtt)", StrayKind.SUBTITLES),
    ):
        for name, document_id in _named(places.listed(folder, "", besides), re.compile(rest), ids):
            if is_wanted(document_id):
                yield Stray(folder / name, what, document_id)


def _named(files: Iterable[str], rest: re.Pattern[str], ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield files of which the names are an id, which may have dots in it, and the `rest`, with it; no others."""
    for file in files:
        dots = (place for place, letter in enumerate(file) if letter == ".")
        fitting = [file[:dot] for dot in dots if dot and rest.fullmatch(file, dot)]
        if fitting:
            yield file, next((name for name in fitting if name in ids), fitting[-1])


def _sketch_of(session: Session, document_id: str, strays: Sequence[Stray]) -> Sketch:
    """Return what stands for the sentences of a document that is gone, by its largest PO file that can be read."""
    own = [stray for stray in strays if stray.document_id == document_id]
    its = (stray.path for stray in own if stray.what is StrayKind.TRANSLATION)
    return max((_sentences(session, path) for path in its), key=len, default=())


def _sentences(session: Session, path: Path) -> Sketch:
    try:
        return sketches.sketch(unit.source for unit in catalogues.file_at(session, path).catalogue.units)
    except PipelineError:
        return ()  # what it was is not known then, and it is listed all the same


def _guess(gone: Sketch, known: Mapping[str, Sketch]) -> str:
    """Return the document that is most like one that is gone; empty when none is."""
    found = max(known, key=lambda name: likeness(gone, known[name]), default="")
    return found if found and likeness(gone, known[found]) >= ALIKE else ""


def hints(strays: Iterable[Stray]) -> Iterator[str]:
    """Yield, line by line, what to type for the documents that seem to have another name now."""
    renamed = {stray.document_id: stray.renamed for stray in strays if stray.renamed}
    for old, new in renamed.items():
        yield f"{old} has the sentences of {new}; if it is the same document, type:"
        yield f"  {shlex.join(('pipeline', 'rename', old, new))}"


def clean(session: Session, strays: Sequence[Stray]) -> list[Path]:
    """Remove what belongs to no document, so that it can be brought back; return what is gone."""
    with session.locked():
        return removing.remove(session, ((one.path, one.document_id) for one in strays if one.can_be_removed))
