"""pipeline translate: catalogues, filled from the memory and then by the engine."""

from collections.abc import Sequence

import typer

from pipeline import leverage, plugins, workspace
from pipeline.cli import stages
from pipeline.cli.options import HERE, Documents, DryRun, Quiet, RequireComplete, Workspace
from pipeline.cli.session import Session
from pipeline.errors import EngineError
from pipeline.model import Catalogue, Document
from pipeline.orthography import fold

WINDOW = 256
"""Sentences handed to the engine at once; between windows the progress bar moves."""


def translate(
    documents: Documents = None,
    require_complete: RequireComplete = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Fill untranslated sentences: first from reviewed translations, then by machine."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run)
    with workspace.locked(session.config):
        written, empty = fill(session, documents)
    if not written and not session.faults:
        session.say("translate: nothing to do")
    session.finish()
    if empty and require_complete:
        raise typer.Exit(1)


def fill(session: Session, asked: Sequence[str] | None) -> tuple[int, int]:
    """Fill the catalogues; return how many files were written and how many units are still empty."""
    known = list(stages.documents(session, asked))
    written = empty = 0
    for lang in session.config.languages:
        memory = leverage.memory(stages.all_catalogues(session, lang))
        work: list[tuple[Document, stages.OnDisk, Catalogue]] = []
        for document in known:
            with session.guarded():
                found = stages.read_catalogue(session, document, lang)
                work.append((document, found, leverage.fill(stages.merged(found, document), memory)))
        drafted = _drafts(session, lang, [catalogue for _, _, catalogue in work])
        for (document, found, _), catalogue in zip(work, drafted, strict=True):
            with session.guarded():
                written += stages.save(session, document, found, catalogue)
            empty += len(leverage.untranslated(catalogue))
    return written, empty


def _drafts(session: Session, lang: str, catalogues: list[Catalogue]) -> list[Catalogue]:
    """Return the catalogues with machine translations, as far as there is an engine for them."""
    units = {unit.key: unit for catalogue in catalogues for unit in leverage.untranslated(catalogue)}
    if not units:
        return catalogues
    sentences = sorted({fold(source) for _, source in units}, key=lambda text: (len(text), text))
    try:
        engine = plugins.load("mt", session.config.engine).open(session.config.source_language, lang)
        session.say(f"{lang}: {len(sentences)} sentences by {engine.name}")
        targets: dict[str, str] = {}
        parts = [sentences[start : start + WINDOW] for start in range(0, len(sentences), WINDOW)]
        for part in session.progress(parts, f"Translating into {lang}", len(parts)):
            targets.update(zip(part, engine.translate(part), strict=True))
    except EngineError as error:
        session.say(f"{lang}: {len(units)} sentences stay untranslated: {error}")
        return catalogues
    # What comes back as it went in is no translation.
    by_key = {key: targets[fold(key[1])] for key in units if fold(targets[fold(key[1])]) != fold(key[1])}
    return [leverage.draft(catalogue, by_key, engine.name) for catalogue in catalogues]
