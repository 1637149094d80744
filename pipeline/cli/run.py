"""pipeline run: segment, translate and build-pdf, each doing only what changed."""

import typer

from pipeline.cli import build_pdf, segment, translate
from pipeline.cli.options import HERE, Documents, DryRun, Quiet, Release, RequireComplete, Wait, Workspace
from pipeline.cli.session import Session


def run(
    documents: Documents = None,
    release: Release = False,
    require_complete: RequireComplete = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Do all that is needed: read the documents, translate, typeset."""
    session = Session.open(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait)
    with session.locked():
        # What translate would write has this in it; a dry run shows it once.
        written = 0 if dry_run else segment.update(session, documents)
        filled, empty = translate.fill(session, documents)
        built = build_pdf.build(session, documents, release=release)
    if not (written or filled or built or session.faults):
        session.say("nothing to do: everything is up to date")
    session.finish()
    if empty and require_complete:
        raise typer.Exit(1)
