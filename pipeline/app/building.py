"""Documents and catalogues → PDFs in output/, as drafts or released; only what is out of date."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from pipeline.app import catalogues, checking, pdf_record, stated
from pipeline.app.catalogues import Reader
from pipeline.app.pdf_record import Built, Record
from pipeline.app.permission import Permissions
from pipeline.app.session import Session, chosen, chosen_languages
from pipeline.catalogue import po
from pipeline.catalogue.po.disclosure import disclosed
from pipeline.distribution.names import flat
from pipeline.distribution.release import text_sha256
from pipeline.edition import alignment, revision
from pipeline.edition.design import (
    CHANGES,
    LAYOUTS,
    PAPERS,
    PARALLEL,
    PRINTS,
    SINGLE,
    Design,
    Layout,
    Paper,
    Print,
    geometry,
)
from pipeline.edition.render import Attachment, Sheet, pdf
from pipeline.edition.render.pdf.missing import UnshownError
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Artifact, Catalogue, Document, Edition
from pipeline.workspace import config, history, places, storage
from pipeline.workspace.config import Config


@dataclass(frozen=True, slots=True)
class Printing:
    """What is to be printed of a document: its text in `langs`, its own left out, in one design."""

    langs: tuple[str, ...]
    design: Design


@dataclass(frozen=True, slots=True)
class PlannedPdf:
    """One PDF to be: as a draft and as a release, and what keeps it from being released.

    The release is asked for when `releasing`; else a release that shows the same will do too. `text` stands for
    the texts in it, and how far they are reviewed. It is built again by `command`. `stated` is what it states of the
    translations beside their sentences.
    """

    document_id: str
    langs: tuple[str, ...]
    draft: Sheet
    release: Sheet
    text: str
    releasing: bool = False
    obstacles: tuple[str, ...] = ()
    command: str = "build-pdf"
    stated: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.document_id} ({', '.join(self.langs) or 'source'})"

    @property
    def sheet(self) -> Sheet:
        return self.release if self.releasing and not self.obstacles else self.draft


Group = tuple[str, ...]
"""The target languages that share a PDF; none when the source stands alone."""


def _designs(
    settings: Config,
    layouts: Sequence[str] | None = None,
    paper: str | None = None,
    size: str | None = None,
    *,
    booklet: bool = False,
) -> list[Design]:
    """Return the designs asked for, by options or in pipeline.toml; raise UsageError for one that does not exist."""
    layouts = chosen(LAYOUTS, layouts or settings.layouts, "layout")
    (paper,) = chosen(PAPERS, [paper or (Paper.A5 if booklet else settings.paper)], "paper")
    (size,) = chosen(PRINTS, [size or settings.print], "print")
    return [Design(Layout(layout), Paper(paper), Print(size), settings.theme, booklet) for layout in layouts]


def _printings(designs: Sequence[Design], together: Sequence[Group], alone: Sequence[Group]) -> list[Printing]:
    """Return each design with each group of languages that it can show; raise UsageError as `_folded` does."""
    choices = [
        Printing(langs, design)
        for design in designs
        for langs in (alone if design.layout == SINGLE else together)
        if _shows(design.layout, langs)
    ]
    return [_folded(choice) if choice.design.booklet else choice for choice in choices]


def _folded(choice: Printing) -> Printing:
    """Return a choice that can be a booklet; raise UsageError for one whose pages lie on their side."""
    design = choice.design
    if design.paper is not Paper.A5:
        raise UsageError(f"a booklet has pages of A5, not of {design.paper}; leave out --paper")
    sheet = geometry(design, len(choice.langs) + 1)
    if sheet.width > sheet.height:
        raise UsageError("a booklet has pages that stand upright: no more than two languages, in normal print")
    return choice


def _groups(
    settings: Config, source: str, targets: Sequence[str], languages: Sequence[str] | None
) -> tuple[list[Group], list[Group]]:
    """Return the groups of languages of PDFs that show the source too, and of those that show one language.

    `source` and `targets` are those of a document, `languages` what is asked for: what it has not is left out.
    """
    if languages and languages[0] == source:
        alone: list[Group] = [(lang,) if lang != source else () for lang in languages]
        return [config.edition(",".join(languages), source, targets)] if len(languages) > 1 else [()], alone
    pairs: list[Group] = [(lang,) for lang in languages or targets if lang in targets]
    if languages:
        return pairs, pairs
    editions = [tuple(rest) for first, *rest in settings.editions if first == source and set(rest) <= set(targets)]
    return [*pairs, *editions], [(), *pairs]


def _shows(layout: str, langs: Group) -> bool:
    """Whether a layout can show a group: parallel any, facing and changes one language, single the source too."""
    if layout == SINGLE:
        return True
    return bool(langs) if layout == PARALLEL else len(langs) == 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to print of each document; what is None is as pipeline.toml says.

    `languages` are one PDF each, or, with the source language first, one PDF of all. `since` is a day
    (yyyy-mm-dd) or a version of the PO file, for the layout that shows changes. A `booklet` is of A5 pages, on A4.
    """

    languages: Sequence[str] | None = None
    layouts: Sequence[str] | None = None
    paper: str | None = None
    size: str | None = None
    since: str | None = None
    booklet: bool = False

    def designs(self, settings: Config) -> list[Design]:
        """Return the designs that are wished for; raise UsageError when there are none such."""
        if self.since and self.layouts not in (None, [CHANGES]):
            raise UsageError(f"--since goes with --layout {CHANGES}, not with {','.join(self.layouts or ())}")
        layouts = [CHANGES] if self.since else self.layouts
        return _designs(settings, layouts, self.paper, self.size, booklet=self.booklet)

    def asked(self, settings: Config) -> list[str] | None:
        """Return the languages that are wished for; raise UsageError for one of which the workspace knows nothing."""
        return chosen_languages(settings, settings.known_languages, self.languages) if self.languages else None


ALL = Wishes()
"""What pipeline.toml says."""


def build(session: Session, asked: Sequence[str] | None, *, release: bool = False) -> int:
    """Build the PDFs that pipeline.toml asks for and that are out of date; return how many were written.

    With `release` they have no stamp where all is ready; the others stay drafts.
    """
    targets = _targets(session, asked, ALL)
    if release:
        targets = released(session, targets)
        for target in targets:
            if target.obstacles:
                session.say(stays_a_draft(target, target.obstacles[0]))
    return build_planned(session, targets)


def stays_a_draft(target: PlannedPdf, obstacle: str) -> str:
    """Return the line that says so, and why."""
    return f"{target.name} stays a draft: {obstacle}"


def build_asked(
    session: Session, asked: Sequence[str] | None, wishes: Wishes, *, release: bool = False, force: bool = False
) -> int:
    """Build the PDFs that somebody wishes for; return how many were written.

    With `release`, what is not ready is a fault and is not built. With `force`, what is up to date is built too.
    """
    wishes.designs(session.config)  # what cannot be is said before anything is read
    wishes.asked(session.config)
    with session.locked():
        targets = _targets(session, asked, wishes)
        if release:
            targets = released(session, targets, force=force)
            for target in targets:
                for obstacle in target.obstacles:
                    session.fault(PipelineError(f"{target.name} is not ready: {obstacle}"))
            targets = [target for target in targets if not target.obstacles]
        return build_planned(session, targets, force=force)


def _targets(session: Session, asked: Sequence[str] | None, wishes: Wishes) -> list[PlannedPdf]:
    """Return the PDFs to be; raise UsageError when what is wished for can be shown of none of the documents."""
    planned = session.each(partial(_targets_at, session, wishes), catalogues.files(session, asked))
    found = list(filter(None, planned))
    if wishes.languages and not any(its.is_any for its in found):
        layouts = ", ".join(design.layout for design in wishes.designs(session.config))
        languages = ",".join(wishes.asked(session.config) or ())
        raise UsageError(f"{layouts} cannot show {languages}; see pipeline build-pdf --help")
    return [target for its in found for target in its.targets]


@dataclass(frozen=True, slots=True)
class _Wished:
    """The PDFs to be of a document, and whether `is_any` of what is wished for can be shown of it."""

    is_any: bool
    targets: list[PlannedPdf]


def _targets_at(session: Session, wishes: Wishes, path: Path) -> _Wished:
    designs, languages = wishes.designs(session.config), wishes.asked(session.config)
    document = catalogues.document_at(session, path)
    its = session.config.targets_of(document)
    choices = _printings(designs, *_groups(session.config, document.lang, its, languages))
    read, targets = catalogues.reader(session, document), []
    for choice in choices:
        with session.guarded():
            if choice.design.layout != CHANGES:
                targets.append(target_of(session, document, choice, read))
            elif target := target_of_changes(session, document, choice, read, wishes.since):
                targets.append(target)
    return _Wished(bool(choices), targets)


def choices(settings: Config, document: Document) -> list[Printing]:
    """Return what pipeline.toml wants printed of a document."""
    targets = settings.targets_of(document)
    return _printings(ALL.designs(settings), *_groups(settings, document.lang, targets, None))


def pdf_path(settings: Config, document: Document, choice: Printing) -> Path:
    """Return where the PDF of a document lies that is printed so."""
    return settings.output / pdf.path(document.id, (document.lang, *choice.langs), choice.design)


def target_of(session: Session, document: Document, choice: Printing, read: Reader) -> PlannedPdf:
    """Return the PDF to be of a document as it stands."""
    merged, edition = _edition(session, document, choice.langs, read)
    return _target(session, document, choice, merged, edition)


Planner = Callable[[Printing], PlannedPdf]
"""Gives the PDF to be of a document, printed so."""


def planner(session: Session, document: Document, read: Reader) -> Planner:
    """Return what plans the PDFs of a document as it stands, each when it is first asked for, and never again."""
    planned: dict[Path, PlannedPdf] = {}

    def plan(choice: Printing) -> PlannedPdf:
        path = pdf_path(session.config, document, choice)
        if path not in planned:
            planned[path] = target_of(session, document, choice, read)
        return planned[path]

    return plan


def target_of_changes(
    session: Session, document: Document, choice: Printing, read: Reader, since: str | None
) -> PlannedPdf | None:
    """Return the PDF to be that shows changes; None when there is no earlier version."""
    merged, edition = _edition(session, document, choice.langs, read)
    (lang,) = choice.langs
    earlier = _earlier(session, document, lang, since)
    if earlier is None:
        session.say_once(f"{document.id} ({lang}): no earlier version is kept, so there are no changes to show")
        return None
    return _target(session, document, choice, merged, revision.compare(edition, *earlier))


def _edition(
    session: Session, document: Document, langs: Sequence[str], read: Reader
) -> tuple[dict[str, Catalogue], Edition]:
    merged = {lang: read(lang).catalogue for lang in langs}
    return merged, alignment.build(document, merged, session.config.all_languages)


def _target(
    session: Session, document: Document, choice: Printing, merged: dict[str, Catalogue], edition: Edition
) -> PlannedPdf:
    inside = list(attachments(session, document, merged))
    draft, release = (
        next(pdf.sheets(edition, choice.design, release=released, attachments=inside)) for released in (False, True)
    )
    text, its = texts_digest(edition, choice.langs), stated.of(edition, choice.langs)
    return PlannedPdf(document.id, choice.langs, draft, release, text, stated=its)


def texts_digest(edition: Edition, langs: Sequence[str]) -> str:
    """Return what stands for the original and the texts in `langs`, and for how far they are reviewed."""
    texts = (text_sha256(edition, lang, is_draft=False) for lang in (edition.document.lang, *langs))
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def main_choice(settings: Config, lang: str) -> Printing:
    """Return what pipeline.toml asks for first, in one language; changes are made besides."""
    layout = next((layout for layout in settings.layouts if layout != CHANGES), PARALLEL)
    return Printing((lang,), *_designs(settings, [layout]))


def attachments(session: Session, document: Document, merged: dict[str, Catalogue]) -> Iterator[Attachment]:
    """Yield what a PDF carries inside: the source text, and the PO files as they may leave.

    A plain text goes byte for byte; of any other file its text alone, for it may name who wrote it, and where.
    """
    name = f"{flat(document.id)}.txt"
    if document.leaves_whole:
        content = storage.read_bytes(session.config, session.config.seeds / document.file)
    else:
        content = document.text_alone
    yield Attachment(name, "text/plain", "The source text", content)
    for lang, catalogue in merged.items():
        if places.catalogue_path(session.config, lang, document.id).is_file():
            name, content = f"{flat(document.id)}.{lang}.po", disclosed(catalogue, document.meta.date)
            yield Attachment(name, "text/x-gettext-translation", f"The translation ({lang})", content)


def _earlier(session: Session, document: Document, lang: str, since: str | None) -> tuple[Catalogue, str] | None:
    """Return the catalogue of an earlier version, with its name; raise UsageError for one that is not kept."""
    path = places.catalogue_path(session.config, lang, document.id)
    kept = history.versions(session.config, path)
    if since and re.fullmatch(r"\d{4}-\d{2}-\d{2}", since):
        try:
            end = datetime.fromisoformat(since).replace(tzinfo=UTC) + timedelta(days=1)
        except ValueError:
            raise UsageError(f"--since {since}: not a date; write it as 2026-03-01") from None
        versions = [version for version in kept if version.time >= end][-1:]
    else:
        versions = [version for version in kept if version.digest.startswith(since or "")][:1]
        if since and not versions:
            raise UsageError(f"{path}: no version {since} is kept; see pipeline history {document.id}")
    if not versions:
        return None
    read = po.parse(versions[0].read(), str(path), document.id, document.lang, lang)
    return read.catalogue, f"{versions[0].time:%Y-%m-%d} ({versions[0].digest[:8]})"


def released(session: Session, wanted: Sequence[PlannedPdf], *, force: bool = False) -> list[PlannedPdf]:
    """Return the targets asked for as releases, with their obstacles; what is released already has none."""
    record = pdf_record.read(session.config)
    new = [t for t in wanted if force or not pdf_record.is_on_disk(session.config, t.release, record)]
    obstacles: dict[tuple[str, str], list[str]] = {}
    asked = list(dict.fromkeys(target.document_id for target in new))
    documents = list(catalogues.documents(session, asked)) if asked else []
    for lang in dict.fromkeys(lang for target in new for lang in target.langs):
        its = {target.document_id for target in new if lang in target.langs}
        for result in checking.examine(session, [document for document in documents if document.id in its], lang):
            obstacles[result.document_id, lang] = list(checking.obstacles(result, session.config.readers))
    permissions = Permissions(session)
    by_id = {document.id: list(permissions.forbidden(document)) for document in documents}

    def told(target: PlannedPdf) -> tuple[str, ...]:
        in_its = (obstacle for lang in target.langs for obstacle in obstacles.get((target.document_id, lang), ()))
        return (*by_id.get(target.document_id, ()), *in_its)

    return [replace(target, releasing=True, obstacles=told(target) if target in new else ()) for target in wanted]


def is_current(config: Config, target: PlannedPdf, record: Record) -> bool:
    """Whether the PDF on disk was made of exactly this; when a draft is asked for, a release that shows it will do."""
    if target.releasing and not target.obstacles:
        return pdf_record.is_on_disk(config, target.release, record)
    return pdf_record.is_on_disk(config, target.draft, record) or pdf_record.is_released(config, target.release, record)


def build_planned(session: Session, wanted: Sequence[PlannedPdf], *, force: bool = False) -> int:
    """Build the PDFs that are out of date; return how many were written."""
    record = pdf_record.read(session.config)
    stale = [target for target in wanted if force or not is_current(session.config, target, record)]
    known = stated.usual(session.config) | {one for built in record.values() for one in built.stated}
    for target in stale:
        _say_why(session, target, record.get(target.sheet.path), force=force)
        if target.sheet is target.release:
            stated.tell(session, target.name, "colophon states", target.stated, known)
    if session.dry_run:
        for target in stale:
            session.wrote(session.config.output / target.sheet.path)
        return len(stale)
    return _typeset(session, stale, record)


def _say_why(session: Session, target: PlannedPdf, built: Built | None, *, force: bool) -> None:
    """Say why a release gives way to a draft."""
    if built is None or not built.shown or target.sheet is target.release:
        return
    if built.text != target.text:
        reason = "its text has changed, or something in it is not translated any more"
    elif built.shown != target.release.shown:
        reason = "its layout, its settings or the number of sentences that others have read has changed"
    else:
        reason = "--force was typed" if force else "the file in output/ is not the one that was built"
    remedy = f"release it again: pipeline {target.command} --release {target.document_id}"
    session.say(f"{target.name}: the released PDF is replaced by a draft, because {reason}; {remedy}")


def _typeset(session: Session, stale: list[PlannedPdf], record: Record) -> int:
    written = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(_made, target): target for target in stale}
        for job in session.progress(as_completed(jobs), "Typesetting", len(jobs)):
            with session.guarded():
                (artifact, remark), target = job.result(), jobs[job]
                if remark:
                    session.say(remark)
                path = session.config.output / artifact.path
                storage.write(path, artifact.content)
                record[artifact.path] = _built(target, artifact, record.get(artifact.path))
                session.wrote(path)
                written += 1
    if written:
        pdf_record.write(session.config, record)
    return written


def _made(target: PlannedPdf) -> tuple[Artifact, str]:
    """Return a PDF, and what to say of it: a draft has boxes for what no font can show, a release cannot have them."""
    try:
        return pdf.typeset(target.sheet), ""
    except UnshownError as error:
        if target.sheet is target.release:
            raise
        return pdf.typeset(pdf.boxed(target.sheet)), f"{error}; the draft has boxes in its place"


def _built(target: PlannedPdf, artifact: Artifact, before: Built | None) -> Built:
    digest = storage.sha256(artifact.content)
    if target.sheet is target.release:
        return Built(target.sheet.fingerprint, digest, target.sheet.shown, target.text, target.stated)
    return Built(target.sheet.fingerprint, digest, stated=before.stated if before else ())
