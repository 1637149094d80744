"""pipeline translate: catalogues, filled from the memory and then by the engine."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated

import typer

from pipeline import leverage, plugins, po
from pipeline.cli import stages
from pipeline.cli.options import HERE, Documents, DryRun, Quiet, RequireComplete, Wait, Workspace
from pipeline.cli.session import Session
from pipeline.errors import EngineError
from pipeline.memory import Memory
from pipeline.model import Catalogue, Document
from pipeline.orthography import fold

Redo = Annotated[bool, typer.Option("--redo", help="Draft anew what a machine drafted and nobody has touched.")]

Drafter = Callable[[Catalogue], Catalogue]

WINDOW = 256
"""Sentences handed to the engine at once; between windows the progress bar moves."""


def translate(
    documents: Documents = None,
    require_complete: RequireComplete = False,
    redo: Redo = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Fill untranslated sentences: first from reviewed translations, then by machine."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    with session.locked():
        written, empty = fill(session, documents, redo=redo)
    if not written and not session.faults:
        session.say("translate: nothing to do")
    session.finish()
    if empty and require_complete:
        raise typer.Exit(1)


def fill(session: Session, asked: Sequence[str] | None, *, redo: bool = False) -> tuple[int, int]:
    """Fill the catalogues; return how many files were written and how many units are still empty."""
    known = list(stages.documents(session, asked))
    written = empty = 0
    for lang in session.config.languages:
        with stages.open_memory(session, lang) as memory:
            work: list[tuple[Document, po.File, Catalogue]] = []
            for document in known:
                with session.guarded():
                    found = stages.read_catalogue(session, document, lang)
                    work.append((document, found, leverage.fill(stages.merged(found, document), memory)))
            draft = _drafter(session, lang, [catalogue for _, _, catalogue in work], redo)
            for document, found, catalogue in work:
                new = draft(catalogue)
                empty += len(leverage.undrafted(new))
                with session.guarded():
                    remake = partial(_remade, document=document, memory=memory, draft=draft)
                    written += stages.save(session, document, found, new, remake)
    return written, empty


def _remade(found: po.File, document: Document, memory: Memory, draft: Drafter) -> Catalogue:
    return draft(leverage.fill(stages.merged(found, document), memory))


def _drafter(session: Session, lang: str, catalogues: list[Catalogue], redo: bool) -> Drafter:
    """Return what puts machine translations into a catalogue, as far as there is an engine for them."""
    units = {unit.key: unit for catalogue in catalogues for unit in leverage.undrafted(catalogue, redo=redo)}
    if not units:
        return lambda catalogue: catalogue
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
        return lambda catalogue: catalogue
    # What comes back as it went in is no translation.
    by_key = {key: targets[fold(key[1])] for key in units if fold(targets[fold(key[1])]) != fold(key[1])}
    return partial(leverage.draft, targets=by_key, engine=engine.name, redo=redo)
