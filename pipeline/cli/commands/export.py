"""pipeline export: catalogues → tables for people and programs that do not edit PO files."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, Documents, DryRun, Languages, Panel, Quiet, Wait, Workspace, flag

PANEL = Panel.TRANSLATORS


def _formats() -> tuple[str, ...]:
    from pipeline.exchange.formats import FORMATS

    return FORMATS.names()


Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", autocompletion=completion.listed(_formats), help="The format: docx, xlsx, xliff, tmx or csv."
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="The folder to write to.", show_default="output/exchange"),
]
OnlyOpen = Annotated[bool, flag("--only-open", help="Leave out reviewed sentences.")]


def add_to(app: typer.Typer) -> None:
    app.command("export", rich_help_panel=PANEL)(export)


def export(
    documents: Documents = None,
    format_name: Format = "docx",
    languages: Languages = None,
    only_open: OnlyOpen = False,
    folder: Folder = None,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Export a table per document and language, for people without a PO editor or for other programs."""
    from pipeline.app import exporting

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        written = exporting.export(
            session, documents, console.split(languages), format_name, folder, only_open=only_open
        )
        if not written and not session.faults:
            session.say("export: nothing to do")
