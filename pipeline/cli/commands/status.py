"""pipeline status: how far every document is, in every language."""

from typing import TYPE_CHECKING

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, Json, Panel, Workspace

if TYPE_CHECKING:
    from pipeline.app import overview

PANEL = Panel.DAILY


def add_to(app: typer.Typer) -> None:
    app.command("status", rich_help_panel=PANEL)(status)


def status(documents: Documents = None, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Show the progress of every document and language, and whether its PDF is up to date."""
    from pipeline.app import overview

    with console.session(workspace_folder, quiet=as_json) as session:
        rows = overview.overview(session, documents)
        if as_json:
            console.show_json(documents=rows)
        else:
            _show(session.config.title, rows)


def _show(title: str, rows: "list[overview.Row]") -> None:
    from rich.table import Table

    from pipeline.app import overview

    table = Table(title=title, title_justify="left", box=None)
    table.add_column("document", no_wrap=True)
    table.add_column("language")
    for name in ("units", "reviewed", *overview.NOT_DONE):
        table.add_column(name, justify="right")
    table.add_column("PDF")
    for row in rows:
        *values, current, released = row.values()
        table.add_row(*map(str, values), "released" if released else "draft" if current else "out of date")
    console.stdout().print(table)
