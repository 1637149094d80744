"""pipeline translate: catalogues, filled from the memory and then by the engine."""

from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import (
    HERE,
    Certificates,
    Documents,
    DryRun,
    Panel,
    Quiet,
    RequireComplete,
    Scheduler,
    Wait,
    Workspace,
    flag,
)
from pipeline.errors import UsageError

PANEL = Panel.DAILY

Redo = Annotated[bool, flag("--redo", help="Draft again what a machine drafted and nobody has touched.")]
Fast = Annotated[bool, flag("--fast", help="Several times as fast, at lower quality.")]


def add_to(app: typer.Typer) -> None:
    app.command("translate", rich_help_panel=PANEL)(translate)


def translate(
    documents: Documents = None,
    require_complete: RequireComplete = False,
    redo: Redo = False,
    fast: Fast = False,
    scheduler: Scheduler = None,
    certificates: Certificates = None,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Fill in untranslated sentences: from reviewed translations first, then by machine."""
    from pipeline.app import translating
    from pipeline.app.translating import Asked

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        spread = None
        if scheduler:
            from pipeline.app.shards import spreading

            if redo or fast:
                raise UsageError("--scheduler: together with neither --redo nor --fast; leave that out")
            spread = spreading.draft(session, scheduler, certificates, lambda: documents)
        with session.locked():
            spared = spread.undrafted if spread else ()
            written, untranslated = translating.translate(session, documents, Asked(redo, fast), spared)
        if not (written or (spread and spread.written) or session.faults):
            session.say("translate: nothing to do")
    if untranslated and require_complete:
        raise typer.Exit(1)
