"""pipeline init: a new, empty workspace."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import DryRun, Panel

PANEL = Panel.SETUP

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to create; it may exist already.")]


def add_to(app: typer.Typer) -> None:
    app.command("init", rich_help_panel=PANEL)(init)


def init(folder: Folder, dry_run: DryRun = False) -> None:
    """Start a workspace: settings, and folders for documents and translations."""
    from pipeline.app import workspaces

    for path in workspaces.create(folder, dry_run=dry_run):
        console.out(f"{'would write' if dry_run else 'wrote'} {path}")
    if not dry_run:
        console.out(f"put documents into {folder / 'seeds'}, then type: pipeline run -C {folder}")
