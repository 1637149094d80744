"""pipeline translate: catalogues, filled from the memory and then by the engine."""

from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, DryRun, Panel, Quiet, RequireComplete, Wait, Workspace, flag

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
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Fill in untranslated sentences: from reviewed translations first, then by machine."""
    from pipeline.app import translating
    from pipeline.app.translating import Asked

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        with session.locked():
            written, untranslated = translating.translate(session, documents, Asked(redo, fast))
        if not written and not session.faults:
            session.say("translate: nothing to do")
    if untranslated and require_complete:
        raise typer.Exit(1)
