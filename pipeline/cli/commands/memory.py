"""pipeline memory: what the translation memory knows, and those of others that feed it."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Languages, Panel, Quiet, Wait, Workspace

PANEL = Panel.TRANSLATORS

group = typer.Typer(
    help="Search the translation memory; import and remove other people’s memories.", no_args_is_help=True
)

Text = Annotated[str, typer.Argument(metavar="TEXT", help="A sentence in the source language.")]
Least = Annotated[int, typer.Option("--least", min=50, max=100, help="How similar a sentence must be, in per cent.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A translation memory in TMX.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name, as shown by pipeline memory list: partner.tmx.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="memory", rich_help_panel=PANEL)


@group.command("list")
def list_origins(languages: Languages = None, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List where the translations in the memory come from."""
    from pipeline.app import memory

    with console.session(workspace_folder, quiet=as_json) as session:
        rows = memory.origins(session, console.split(languages))
        console.show("origins", rows, as_json=as_json, empty="no origins")


@group.command()
def search(
    text: Text,
    languages: Languages = None,
    least: Least = 60,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
) -> None:
    """Find the translations of the sentences most similar to the one you give."""
    from pipeline.app import memory

    with console.session(workspace_folder, quiet=as_json) as session:
        rows = memory.search(session, text, console.split(languages), least)
        console.show("matches", rows, as_json=as_json, empty="no matches")


@group.command("import")
def import_memory(
    file: File, workspace_folder: Workspace = HERE, dry_run: DryRun = False, wait: Wait = False, quiet: Quiet = False
) -> None:
    """Import other people’s translation memory; its translations are offered for review, never taken as reviewed."""
    from pipeline.app import memory

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        memory.import_tmx(session, file)


@group.command()
def remove(
    name: Name, workspace_folder: Workspace = HERE, dry_run: DryRun = False, wait: Wait = False, quiet: Quiet = False
) -> None:
    """Remove other people’s translation memory; what was taken from it stays in the PO files, with its name."""
    from pipeline.app import memory

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        memory.remove(session, name)
