"""pipeline doctor: what this machine lacks, and the line that mends it."""

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Panel, Workspace

PANEL = Panel.SETUP


def add_to(app: typer.Typer) -> None:
    app.command("doctor", rich_help_panel=PANEL)(doctor)


def doctor(workspace_folder: Workspace = HERE) -> None:
    """Check Pango, fonts, write access and translation models; exit with status 3 if something is missing."""
    from pipeline.app import diagnosing

    with console.session(workspace_folder) as session:
        diagnosis = diagnosing.diagnose(session)
    for fault in diagnosis.missing:
        console.out(f"missing  {fault}")
    for note in diagnosis.notes:
        console.out(f"note     {note}")
    if diagnosis.missing:
        raise typer.Exit(3)
    console.out("ready    everything needed to build PDFs is installed")
