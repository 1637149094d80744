"""pipeline models: the Argos packages on this machine. `available` and `install` alone use a network."""

import sys
from typing import Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Workspace, flag
from pipeline.cli.terminal import visible

PANEL = Panel.SETUP

group = typer.Typer(help="Show, install, verify and remove machine translation models.", no_args_is_help=True)

Wanted = Annotated[
    list[str],
    typer.Argument(
        metavar="PAIR|FILE|LANGUAGE",
        help="Pairs to download (fa-en), .argosmodel files, or a language and its targets (fa en fr).",
    ),
]
Pair = Annotated[str, typer.Argument(metavar="PAIR", help="The pair, as shown by pipeline models list: fa-en.")]
Offline = Annotated[bool, flag("--offline", help="Use no network.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="models", rich_help_panel=PANEL)


@group.command("list")
def list_installed(as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the installed models, and whether they are in models.lock."""
    from pipeline.app import models

    rows = models.installed(workspace_folder)
    if as_json:
        console.show_json(packages=rows)
        return
    for row in rows:
        console.out(f"{row['pair']}\t{row['version']}\t{'locked' if row['locked'] else 'not locked'}\t{row['path']}")
    if not rows:
        console.out("no package is installed; install one: pipeline models install fa-en")


@group.command()
def available(offline: Offline = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the models you can download (uses the network)."""
    from pipeline.app import models

    rows = models.available(workspace_folder, offline=offline)
    if as_json:
        console.show_json(packages=rows)
    else:
        for row in rows:
            console.out("\t".join(row.values()))


@group.command()
def install(
    wanted: Wanted, offline: Offline = False, workspace_folder: Workspace = HERE, dry_run: DryRun = False
) -> None:
    """Install models from files, or download them; the first one for each pair is recorded in models.lock."""
    from pipeline.app import models

    for line in models.install(workspace_folder, wanted, _fetched, console.say, offline=offline, dry_run=dry_run):
        console.out(line)


@group.command()
def verify(workspace_folder: Workspace = HERE) -> None:
    """Compare the installed models with models.lock; exit with status 1 if one differs."""
    from pipeline.app import models

    rows = list(models.compared(workspace_folder))
    for name, state, _ in rows:
        console.out(f"{name} {state}")
    if not all(is_right for *_, is_right in rows):
        raise typer.Exit(1)


@group.command()
def remove(pair: Pair, dry_run: DryRun = False) -> None:
    """Remove an installed model; it stays in models.lock, so that only the same one can be installed again."""
    from pipeline.app import models

    console.out(f"{'would remove' if dry_run else 'removed'} {models.remove(pair, dry_run=dry_run)}")


def _fetched(pair: str) -> bytes:
    from pipeline.translate.fetching import fetch

    if not sys.stderr.isatty():
        return fetch(pair)
    from rich.progress import DownloadColumn, TransferSpeedColumn

    with console.bars(DownloadColumn(), TransferSpeedColumn()) as bars:
        task = bars.add_task(visible(pair))
        return fetch(pair, lambda done, total: bars.update(task, completed=done, total=total or None))
