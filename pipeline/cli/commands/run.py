"""pipeline run: segment, translate and build-pdf, each doing only what changed."""

import typer

from pipeline.cli import console
from pipeline.cli.options import (
    HERE,
    Certificates,
    Documents,
    DryRun,
    Panel,
    Quiet,
    Release,
    RequireComplete,
    Scheduler,
    Wait,
    Workspace,
)

PANEL = Panel.DAILY


def add_to(app: typer.Typer) -> None:
    app.command("run", rich_help_panel=PANEL)(run)


def run(
    documents: Documents = None,
    release: Release = False,
    scheduler: Scheduler = None,
    certificates: Certificates = None,
    require_complete: RequireComplete = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Do everything that is needed: read the documents, translate, typeset."""
    from pipeline.app import running

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        spread = None
        if scheduler:
            from pipeline.app.shards import spreading

            def todo() -> list[str]:
                return documents or running.unsettled(session, release=release)

            spread = spreading.draft(session, scheduler, certificates, todo)
        result = running.run(session, documents, release=release, spared=spread.undrafted if spread else ())
        if not (result.written or (spread and spread.written) or session.faults):
            session.say("nothing to do: everything is up to date")
    if result.untranslated and require_complete:
        raise typer.Exit(1)
