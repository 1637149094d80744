"""pipeline build-pdf: documents and catalogues → PDFs in output/."""

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated

import typer

from pipeline import edition, workspace
from pipeline.cli import stages
from pipeline.cli.options import HERE, Documents, DryRun, Force, Quiet, Workspace
from pipeline.cli.session import Session, chosen
from pipeline.config import Config
from pipeline.errors import PipelineError
from pipeline.model import Document
from pipeline.render import Sheet, pdf

RECORD = ".built.json"
"""In the output folder: what each PDF was made of, and the hash of what was made."""

Languages = Annotated[
    str | None, typer.Option(help="Target languages, separated by commas.", show_default="those of pipeline.toml")
]


def build_pdf(
    documents: Documents = None,
    languages: Languages = None,
    force: Force = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Typeset every document beside its translations, one PDF a language."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run)
    asked = chosen(session.config.languages, languages.split(",") if languages else None, "language")
    with workspace.locked(session.config):
        if not build(session, documents, asked, force=force) and not session.faults:
            session.say("build-pdf: nothing to do")
    session.finish()


def build(session: Session, asked: Sequence[str] | None, langs: Sequence[str], *, force: bool = False) -> int:
    """Build the PDFs that are out of date; return how many were written."""
    record = read_record(session.config)
    stale = []
    for document in stages.documents(session, asked):
        for lang in langs:
            with session.guarded():
                stale += [
                    s for s in sheets(session, document, lang) if force or not is_current(session.config, s, record)
                ]
    if session.dry_run:
        for sheet in stale:
            session.wrote(session.config.output / sheet.path)
        return len(stale)
    return _typeset(session, stale, record)


def sheets(session: Session, document: Document, lang: str) -> Iterator[Sheet]:
    found = stages.read_catalogue(session, document, lang)
    yield from pdf.sheets(edition.build(document, {lang: stages.merged(found, document)}))


def is_current(config: Config, sheet: Sheet, record: dict[str, dict[str, str]]) -> bool:
    """Whether the PDF on disk is the one that was made of exactly this sheet."""
    known, path = record.get(sheet.path, {}), config.output / sheet.path
    if known.get("fingerprint") != sheet.fingerprint or not path.is_file():
        return False
    return known.get("sha256") == workspace.sha256(path.read_bytes())


def read_record(config: Config) -> dict[str, dict[str, str]]:
    try:
        record = json.loads((config.output / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # without a record everything is built again
    return record if isinstance(record, dict) else {}


def _typeset(session: Session, stale: list[Sheet], record: dict[str, dict[str, str]]) -> int:
    written = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(pdf.typeset, sheet): sheet for sheet in stale}
        for job in session.progress(as_completed(jobs), "Typesetting", len(jobs)):
            with session.guarded():
                artifact, sheet = job.result(), jobs[job]
                path = session.config.output / artifact.path
                workspace.write(path, artifact.content)
                record[sheet.path] = {
                    "fingerprint": sheet.fingerprint,
                    "sha256": workspace.sha256(artifact.content),
                }
                session.wrote(path)
                written += 1
    if written:
        _write_record(session.config.output / RECORD, record)
    return written


def _write_record(path: Path, record: dict[str, dict[str, str]]) -> None:
    try:
        workspace.write(path, json.dumps(record, indent=1, sort_keys=True).encode())
    except PipelineError as error:
        raise PipelineError(f"the PDFs are written, but not the record of them: {error}") from None
