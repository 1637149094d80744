"""pipeline clean: what belongs to no document is removed, and can be brought back."""

from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Quiet, Wait, Workspace, flag
from pipeline.errors import UsageError

PANEL = Panel.SETUP

Yes = Annotated[bool, flag("--yes", "-y", help="Do not ask.")]


def add_to(app: typer.Typer) -> None:
    app.command("clean", rich_help_panel=PANEL)(clean)


def clean(
    yes: Yes = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Remove what belongs to no document, as status lists it, after asking; pipeline restore brings it back."""
    from pipeline.app import overview, strays

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        looked = overview.look(session, None)
        known = looked.strays
        found = [stray for stray in known if stray.can_be_removed]
        for hint in (hints := list(strays.hints(known))):
            session.say(hint)
        if hints:
            session.say("otherwise delete its files")
        if yes and not looked.rows and found:
            raise UsageError("there are no documents at all: if their folder is there, type pipeline clean, and answer")
        names = [session.name(stray.path) for stray in found]
        if found and not dry_run and not yes and not _is_wanted(names):
            session.say("nothing was removed")
            raise typer.Exit(1)
        removed = strays.clean(session, found)
        if as_json:
            console.show_json(removed=[session.name(path) for path in removed])
        for path in removed:
            session.say(f"{'would remove' if dry_run else 'removed'} {session.name(path)}")
        if not dry_run:
            session.say("to bring them back: pipeline restore" if removed else "nothing to remove")


def _is_wanted(names: list[str]) -> bool:
    """Ask whether to remove files; where nobody can answer, they stay."""
    for name in names:
        console.say(f"  {name}")
    try:
        return typer.confirm(f"Remove what belongs to no document ({len(names)})?", err=True)
    except typer.Abort:
        console.say("")
        console.say("nobody answered; in a script, type: pipeline clean --yes")
        return False
