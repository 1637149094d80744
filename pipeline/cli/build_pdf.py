"""pipeline build-pdf: documents and catalogues → PDFs in output/."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

from pipeline import edition, workspace
from pipeline.cli import findings, stages
from pipeline.cli.options import HERE, Documents, DryRun, Force, Languages, Quiet, Release, Wait, Workspace
from pipeline.cli.session import Session, chosen, split
from pipeline.config import Config
from pipeline.errors import PipelineError
from pipeline.model import Document
from pipeline.render import Sheet, pdf

RECORD = ".built.json"
"""In the output folder: what each PDF was made of, and the hash of what was made."""


def build_pdf(
    documents: Documents = None,
    languages: Languages = None,
    release: Release = False,
    force: Force = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Typeset every document beside its translations, one PDF a language; as a draft, or released."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    asked = chosen(session.config.languages, split(languages), "language")
    with session.locked():
        wanted = _targets(session, documents, asked)
        if release:
            wanted = released(session, wanted, force=force)
            for target in wanted:
                for obstacle in target.obstacles:
                    session.fault(PipelineError(f"{target.document_id} ({target.lang}) is not ready: {obstacle}"))
            wanted = [target for target in wanted if not target.obstacles]
        if not _build(session, wanted, force=force) and not session.faults:
            session.say("build-pdf: nothing to do")
    session.finish()


@dataclass(frozen=True, slots=True)
class Target:
    """One PDF to be: as a draft and as a release, and what keeps it from being released.

    The release is asked for when `releasing`; else a release of the same text will do too.
    """

    document_id: str
    lang: str
    draft: Sheet
    release: Sheet
    releasing: bool = False
    obstacles: tuple[str, ...] = ()

    @property
    def sheet(self) -> Sheet:
        return self.release if self.releasing and not self.obstacles else self.draft


def build(session: Session, asked: Sequence[str] | None, *, release: bool = False) -> int:
    """Build the PDFs that are out of date; with `release`, without the stamp where all is ready.

    Returns how many were written.
    """
    wanted = _targets(session, asked, session.config.languages)
    if release:
        wanted = released(session, wanted)
        for target in wanted:
            if target.obstacles:
                session.say(f"{target.document_id} ({target.lang}) stays a draft: {target.obstacles[0]}")
    return _build(session, wanted)


def _targets(session: Session, asked: Sequence[str] | None, langs: Sequence[str]) -> list[Target]:
    found = []
    for document in stages.documents(session, asked):
        for lang in langs:
            with session.guarded():
                found.append(target_of(session, document, lang))
    return found


def target_of(session: Session, document: Document, lang: str) -> Target:
    on_disk = stages.read_catalogue(session, document, lang)
    made = edition.build(document, {lang: stages.merged(on_disk, document)})
    (draft,), (release,) = pdf.sheets(made), pdf.sheets(made, release=True)
    return Target(document.id, lang, draft, release)


def released(session: Session, wanted: Sequence[Target], *, force: bool = False) -> list[Target]:
    """Return the targets asked for as releases, with their obstacles; what is released already has none."""
    record = workspace.read_record(session.config.output / RECORD)
    old = {(t.document_id, t.lang) for t in wanted if not force and _is_on_disk(session.config, t.release, record)}
    obstacles: dict[tuple[str, str], tuple[str, ...]] = {}
    for lang in dict.fromkeys(target.lang for target in wanted):
        asked = [t.document_id for t in wanted if t.lang == lang and (t.document_id, lang) not in old]
        for result in findings.examine(session, asked, lang) if asked else ():
            obstacles[result.document_id, lang] = tuple(findings.obstacles(result))
    return [replace(t, releasing=True, obstacles=obstacles.get((t.document_id, t.lang), ())) for t in wanted]


def is_current(config: Config, target: Target, record: dict[str, dict[str, str]]) -> bool:
    """Whether the PDF on disk was made of exactly this text; when a draft is asked for, a release will do."""
    fine = [target.release] if target.releasing and not target.obstacles else [target.draft, target.release]
    return any(_is_on_disk(config, sheet, record) for sheet in fine)


def _is_on_disk(config: Config, sheet: Sheet, record: dict[str, dict[str, str]]) -> bool:
    known, path = record.get(sheet.path, {}), config.output / sheet.path
    if known.get("fingerprint") != sheet.fingerprint or not path.is_file():
        return False
    return known.get("sha256") == workspace.sha256(path.read_bytes())


def _build(session: Session, wanted: Sequence[Target], *, force: bool = False) -> int:
    record = workspace.read_record(session.config.output / RECORD)
    stale = [target.sheet for target in wanted if force or not is_current(session.config, target, record)]
    if session.dry_run:
        for sheet in stale:
            session.wrote(session.config.output / sheet.path)
        return len(stale)
    return _typeset(session, stale, record)


def _typeset(session: Session, stale: list[Sheet], record: dict[str, dict[str, str]]) -> int:
    written, before = 0, dict(record)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(pdf.typeset, sheet): sheet for sheet in stale}
        for job in session.progress(as_completed(jobs), "Typesetting", len(jobs)):
            with session.guarded():
                artifact, sheet = job.result(), jobs[job]
                path = session.config.output / artifact.path
                workspace.write(path, artifact.content)
                digest = workspace.sha256(artifact.content)
                record[sheet.path] = {"fingerprint": sheet.fingerprint, "sha256": digest}
                session.wrote(path)
                written += 1
    workspace.write_record(session.config.output / RECORD, record, before)
    return written
