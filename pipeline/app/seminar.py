"""seminar.toml → a document of it, a handout and name badges in each pair of languages, and subtitle files."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pipeline.app import building, catalogues, checking, pdf_record, removing, stated, strays, subtitles
from pipeline.app.building import PlannedPdf
from pipeline.app.permission import Permissions
from pipeline.app.session import Session
from pipeline.app.subtitles import SubtitleFile
from pipeline.distribution.release import text_sha256
from pipeline.document import seminar
from pipeline.document.seminar import ALL_TERMS, Attendee, Seminar
from pipeline.edition import alignment, handout
from pipeline.edition.design import Design, Layout, Paper, Print
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import badges, page
from pipeline.edition.render.pdf.badges import Badge, BadgeSide
from pipeline.errors import DocumentError, PipelineError, UsageError
from pipeline.model import Catalogue, Document, State
from pipeline.tables import TableFault, shown
from pipeline.termbase import Status, Term
from pipeline.text.glyphs import named
from pipeline.workspace import places, reading, sources, storage

FOLDER = places.SEMINAR
"""In the output folder."""

BADGE = (90.0, 60.0)
"""Millimetres: a badge as most holders have it."""

SIZES = (40.0, 190.0)
"""Millimetres of a side of a badge, from and to."""


@dataclass(frozen=True, slots=True)
class SeminarKit:
    """What was made of a seminar: PDFs that are written or as they were, subtitle files, and what was left out."""

    id: str
    pdfs: tuple[PlannedPdf, ...]
    subtitles: tuple[SubtitleFile, ...]
    left_out: tuple[str, ...]
    written: int


def size(text: str) -> tuple[float, float]:
    """Return the size of a badge as it was typed, in millimetres: 90x60; raise UsageError for none."""
    try:
        width, height = (float(part) for part in text.lower().replace("×", "x").split("x"))
    except ValueError:
        raise UsageError(f"{text!r} is no size of a badge; write its millimetres: 90x60") from None
    least, most = SIZES
    if not (least <= width <= most and least <= height <= most + 80):
        raise UsageError(f"a badge of {text} does not go on a sheet of A4; write a size from 40x40 to 190x270")
    return width, height


@dataclass(slots=True)
class _Making:
    """A seminar as its kit is made, while the workspace is locked."""

    session: Session
    found: Seminar
    document: Document
    release: bool
    badge: tuple[float, float]
    left_out: list[str] = field(default_factory=list)

    def leave_out(self, text: str) -> None:
        if text not in self.left_out:
            self.left_out.append(text)
            self.session.say(text)


def make(
    session: Session,
    path: Path,
    languages: Sequence[str] | None = None,
    *,
    release: bool = False,
    badge: tuple[float, float] = BADGE,
) -> SeminarKit:
    """Make of a seminar's file what its people need; what is up to date is left as it is.

    With `release`, what is not ready is a fault, and is not made. Raises DocumentError with every fault of the file.
    """
    with session.locked():
        content = storage.read_outside(path)
        found = seminar.read(content, path.name, DocumentError, partial(_faults, session))
        document = _document(session, path, content)
        making = _Making(session, found, document, release, badge)
        langs = [lang for lang in session.languages(languages) if lang in session.config.targets_of(document)]
        if not langs:
            raise UsageError(f"{path.name}: in none of the languages asked for; write into it: languages = […]")
        for lang in langs:
            with session.guarded():
                _fill(making, lang)
        speeches, talks = _documents(making)
        files = tuple(subtitles.files(session, talks, langs, release=release))
        planned = [one for lang in langs for one in _planned(making, speeches, lang)]
        for one in planned:
            for obstacle in one.obstacles:
                session.fault(PipelineError(f"{one.name} is not ready: {obstacle}"))
        _remove_unwanted(making, {one.sheet.path for one in planned})
        _tell_of_older(session, [one for one in planned if one.obstacles])
        planned = [one for one in planned if not one.obstacles]
        written = building.build_planned(session, planned)
    written += sum(file.is_written for file in files)
    return SeminarKit(document.id, tuple(planned), files, tuple(making.left_out), written)


def _remove_unwanted(making: _Making, planned: set[str]) -> None:
    """Remove what was made of a seminar that it no longer asks for: it may name people who do not come."""
    session, langs = making.session, making.session.config.targets_of(making.document)
    others = {
        _path(making, what, lang) for what in ("handout", *["badges"] * bool(making.found.people)) for lang in langs
    }
    folder = session.config.output / FOLDER
    made = (one.path for one in strays.named_after(session, making.document.id) if one.path.is_relative_to(folder))
    wanted = {session.config.output / path for path in planned | others}
    for path in removing.remove(session, [(path, making.document.id) for path in made if path not in wanted]):
        is_removed = "would be removed" if session.dry_run else "is removed"
        session.say(f"{session.name(path)} {is_removed}: the seminar no longer asks for it")


def _tell_of_older(session: Session, planned: Sequence[PlannedPdf]) -> None:
    """Say what lies there of an earlier state of the seminar, as it may name people who do not come."""
    record = pdf_record.read(session.config)
    for one in planned:
        path = session.config.output / one.sheet.path
        if path.is_file() and not any(
            pdf_record.is_on_disk(session.config, it, record) for it in (one.draft, one.release)
        ):
            session.say(f"{session.name(path)}: older than the seminar; do not give it to anybody")


def _faults(session: Session, found: Seminar) -> Iterator[TableFault]:
    """Yield what a seminar names and the workspace does not have."""
    known = session.sources().documents
    for name in found.documents:
        if name not in known:
            yield TableFault.at(f"{shown(name)} is no document; known are: {', '.join(known) or 'none'}", "documents")
    codes = [*found.languages, *(code for one in found.people for code in (*one.names, *one.languages))]
    for code in dict.fromkeys(codes):
        if code not in session.config.all_languages:
            place = "languages" if code in found.languages else "people"
            text = f"language {shown(code)} is unknown; known are: {', '.join(session.config.all_languages)}"
            yield TableFault.at(text, place)


def _document(session: Session, path: Path, content: bytes) -> Document:
    """Return the document of a seminar, which is put among the others: the file itself, under another name."""
    if not sources.is_id(path.stem):
        raise UsageError(f"{path.name}: its name makes no id; give it another, such as seminar.toml")
    to = session.config.seeds / f"{path.stem}{seminar.SUFFIX}"
    other = session.sources().documents.get(path.stem)
    if other and other != to:
        raise UsageError(f"{path.name}: there is a document {other.name} already; give the seminar another name")
    is_same = to.is_file() and storage.read_bytes(session.config, to) == content
    document = reading.document_of(session.config, to, content)
    if not is_same:
        if not session.dry_run:
            storage.write(to, content)
        session.wrote(to)
    for remark in document.remarks:
        session.say_once(remark)
    return document


def _fill(making: _Making, lang: str) -> None:
    """Write into the PO file what needs no translator: names as the seminar states them, days, times, headings."""
    session, document = making.session, making.document
    config = session.config
    known = seminar.renderings(making.found, document.language, config.language(lang))

    def filled(catalogue: Catalogue) -> Catalogue:
        units = tuple(
            replace(unit, target=known[unit.source], state=State.TRANSLATED)
            if unit.state is State.UNTRANSLATED and unit.source in known
            else unit
            for unit in catalogue.units
        )
        return replace(catalogue, units=units)

    now = catalogues.current(session, document, lang)
    catalogues.save(session, now, filled(now.catalogue), filled)
    for unit in now.catalogue.units:
        stated = next((one.names.get(lang) for one in making.found.people if one.name == unit.source), None)
        if stated and unit.target and unit.target != stated:
            session.say_once(
                f"{unit.source}: {unit.target} in the PO file ({lang}), {stated} in the seminar; the first holds"
            )


def _documents(making: _Making) -> tuple[list[Document], list[Document]]:
    """Return the speeches and the subtitles of a seminar; speeches in another language are left out, which is said."""
    names = list(making.found.documents)
    found = list(catalogues.documents(making.session, names)) if names else []
    talks = [one for one in found if subtitles.is_subtitles(one)]
    speeches = [one for one in found if one not in talks]
    for one in speeches:
        if one.lang != making.document.lang:
            making.leave_out(
                f"{one.id}: in {one.lang}, and not in the handout, whose texts are in {making.document.lang}; "
                f"print it with pipeline build-pdf {one.id}"
            )
    return [one for one in speeches if one.lang == making.document.lang], talks


def _planned(making: _Making, speeches: Sequence[Document], lang: str) -> Iterator[PlannedPdf]:
    session, document = making.session, making.document
    with session.guarded():
        for one in speeches:
            if lang not in session.config.targets_of(one):
                making.leave_out(f"{one.id}: not translated into {lang}, and not in the handout in it")
        its = [document, *(one for one in speeches if lang in session.config.targets_of(one))]
        obstacles = tuple(_obstacles(session, its, lang)) if making.release else ()
        read = {one.id: catalogues.current(session, one, lang).catalogue for one in its}
        read[document.id] = _as_filled(making, read[document.id], lang)
        yield _handout(making, its, read, lang, obstacles)
        if making.found.people:
            yield _badges(making, read[document.id], lang, obstacles)


def _as_filled(making: _Making, catalogue: Catalogue, lang: str) -> Catalogue:
    """Return a catalogue as it would be filled: in a dry run it is not."""
    known = seminar.renderings(making.found, making.document.language, making.session.config.language(lang))
    units = (
        replace(unit, target=known[unit.source], state=State.TRANSLATED)
        if not unit.target and unit.source in known
        else unit
        for unit in catalogue.units
    )
    return replace(catalogue, units=tuple(units))


def _obstacles(session: Session, documents: Sequence[Document], lang: str) -> Iterator[str]:
    permissions = Permissions(session)
    for document in documents:
        yield from (f"{document.id}: {one}" for one in permissions.forbidden(document))
    for result in checking.examine(session, documents, lang):
        yield from (f"{result.document_id}: {one}" for one in checking.obstacles(result, session.config.readers))


def _design(making: _Making) -> Design:
    config = making.session.config
    return Design(Layout.PARALLEL, Paper(config.paper), Print(config.print), config.theme)


def _path(making: _Making, what: str, lang: str) -> str:
    return f"{FOLDER}/{making.document.id}.{what}.{making.document.lang}-{lang}.pdf"


def _handout(
    making: _Making, documents: Sequence[Document], read: Mapping[str, Catalogue], lang: str, obstacles: tuple[str, ...]
) -> PlannedPdf:
    session, languages = making.session, making.session.config.all_languages
    programme, *speeches = (alignment.build(one, {lang: read[one.id]}, languages) for one in documents)
    edition = handout.build(programme, speeches, _terms(making, lang), languages[lang])
    inside = [file for one in documents for file in building.attachments(session, one, {lang: read[one.id]})]
    path = _path(making, "handout", lang)
    draft, release = (
        replace(next(pdf.sheets(edition, _design(making), release=it, attachments=inside)), path=path)
        for it in (False, True)
    )
    texts = "".join(text_sha256(edition, one, is_draft=False) for one in (making.document.lang, lang))
    text = hashlib.sha256(texts.encode()).hexdigest()
    return PlannedPdf(
        making.document.id, (lang,), draft, release, text, making.release, obstacles, FOLDER, stated.of(edition, [lang])
    )


def _terms(making: _Making, lang: str) -> list[tuple[str, str]]:
    """Return the terms of the glossary with their rendering; what the termbase has not is left out, which is said."""
    wanted = making.found.glossary
    agreed = checking.terms(making.session.config, making.document.lang) if wanted else ()
    known: dict[str, Term] = {}
    for term in agreed:
        if term.lang == lang and term.status is Status.PREFERRED:
            known.setdefault(term.source, term)
    names = list(known) if ALL_TERMS in wanted else list(wanted)
    for name in names:
        if name not in known:
            making.leave_out(f"{name}: no preferred term in {lang} in the termbase, and not in the glossary")
    return [(name, known[name].target) for name in names if name in known]


def _badges(making: _Making, catalogue: Catalogue, lang: str, obstacles: tuple[str, ...]) -> PlannedPdf:
    session, document = making.session, making.document
    texts = {unit.source: unit.target for unit in catalogue.units if unit.target and unit.state.is_done}
    made = [_badge(making, one, texts, lang) for one in making.found.people]
    path, design = _path(making, "badges", lang), replace(_design(making), paper=Paper.A4)
    day = min(making.found.dates, default=page.UNDATED)
    sheet, missed = badges.sheet(path, making.found.title, made, document.language, design, making.badge, day)
    if missed:
        session.say_once(f"{path}: boxes stand for what no font can show: {', '.join(map(named, missed[:3]))}")
    return PlannedPdf(document.id, (lang,), sheet, sheet, sheet.fingerprint, False, obstacles, FOLDER)


def _badge(making: _Making, one: Attendee, texts: Mapping[str, str], lang: str) -> Badge:
    """Return a badge in both languages; what nobody has translated, or read, is on it in the first alone."""
    languages = making.session.config.all_languages
    about = [text for text in (one.role, one.organisation) if text]
    spoken = " · ".join(languages[code].name_of(languages[code]) for code in one.languages)
    source = BadgeSide(making.document.language, one.name, tuple(about))
    other = [texts.get(text) for text in about]
    name = texts.get(one.name)
    for text, rendering in zip((one.name, *about), (name, *other), strict=True):
        if rendering is None:
            making.leave_out(f"{text}: not translated into {lang}, or by a machine alone, and not on the badges in it")
    lines = (*filter(None, other), *([spoken] if spoken else []))
    return [source, BadgeSide(languages[lang], name or "", lines)] if name or lines else [source]
