"""pipeline status: how far every document is, in every language."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Documents, Json, Panel, Workspace

if TYPE_CHECKING:
    from pipeline.app import overview
    from pipeline.app.session import Session

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
            _show(session.config.title, rows, session.config.readers)
            _say(session, rows)


def _show(title: str, rows: "list[overview.Row]", readers: int) -> None:
    from pipeline.app import overview

    twice = ("read_twice",) * (readers > 1)
    numbers = ("units", "reviewed", *twice, "translated", *overview.NOT_DONE)
    columns = ("document", "language", *numbers)
    console.show_table(
        (*(column.replace("_", " ") for column in columns), "PDF"),
        [_cells(row, columns) for row in rows],
        title=title,
        whole=("document",),
        right=tuple(column.replace("_", " ") for column in numbers),
    )


def _cells(row: "overview.Row", columns: Sequence[str]) -> list[str]:
    pdf = "released" if row["released"] else "draft" if row["pdf_up_to_date"] else "out of date"
    return [*(str(row[column]) for column in columns), pdf]


def _say(session: "Session", rows: "list[overview.Row]") -> None:
    """Say of which translations a person may only have taken the mark away."""
    for row in rows:
        if row["drafts_unchanged"]:
            session.say(
                f"{row['document']} ({row['language']}): {row['drafts_unchanged']} of {row['began_as_drafts']} "
                "sentences translated from machine drafts stand unchanged, or nearly so; worth another look"
            )
