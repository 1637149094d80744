"""pipeline rename: a document under a new name, with all that belongs to it."""

from typing import Annotated

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Quiet, Wait, Workspace

PANEL = Panel.SETUP

Old = Annotated[
    str,
    typer.Argument(metavar="OLD", autocompletion=completion.documents, help="The id that the document has, or had."),
]
New = Annotated[str, typer.Argument(metavar="NEW", help="The id that it is to have.")]


def add_to(app: typer.Typer) -> None:
    app.command("rename", rich_help_panel=PANEL)(rename)


def rename(
    old: Old,
    new: New,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Rename a document: its translations and their history go with it, and no partner receives it anew."""
    from pipeline.app import renaming

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        done = renaming.rename(session, old, new)
        moved = [(session.name(source), session.name(target)) for source, target in done.moved]
        removed = [session.name(path) for path in done.removed]
        if as_json:
            console.show_json(moved=[{"from": source, "to": target} for source, target in moved], removed=removed)
        for source, target in moved:
            session.say(f"{'would move' if dry_run else 'moved'} {source} to {target}")
        for path in removed:
            session.say(f"{'would remove' if dry_run else 'removed'} {path}: made under the old name")
        if not dry_run:
            session.say(f"now type: pipeline run {done.new}  (to undo: pipeline rename {done.new} {done.old})")
