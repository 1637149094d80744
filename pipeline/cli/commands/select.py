"""pipeline select, unselect: which documents of an archive are translated."""

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, DryRun, Panel, Quiet, Wait, Workspace

if TYPE_CHECKING:
    from pipeline.app.session import Session

PANEL = Panel.DAILY

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="DOCUMENT...",
        autocompletion=completion.documents,
        help="Ids of documents of an archive (archives in pipeline.toml).",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("select", rich_help_panel=PANEL)(select)
    app.command("unselect", rich_help_panel=PANEL)(unselect)


def select(
    documents: Ids,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Select documents of an archive to be translated; the others are kept, and searched, as they are."""
    from pipeline.app import selecting

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        done = selecting.select(session, documents)
        _say(session, done, "were selected already")
        if done and not dry_run:
            session.say("now type: pipeline run")


def unselect(
    documents: Ids,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Select documents no longer, as long as nobody has begun to translate them; what machines made is removed."""
    from pipeline.app import selecting

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        _say(session, selecting.unselect(session, documents), "were not selected")


def _say(session: "Session", done: list[str], otherwise: str) -> None:
    if not done and not session.faults:
        session.say(f"nothing to do: they {otherwise}")
