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
    from pipeline.app import overview

    numbers = ("units", "reviewed", *overview.NOT_DONE)
    console.show_table(
        ("document", "language", *numbers, "PDF"),
        [_cells(row) for row in rows],
        title=title,
        whole=("document",),
        right=numbers,
    )


def _cells(row: "overview.Row") -> list[str]:
    *values, current, released = row.values()
    return [*map(str, values), "released" if released else "draft" if current else "out of date"]
