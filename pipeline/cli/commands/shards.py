"""pipeline shards: machine drafts of many documents, made in parts by as many machines as there are."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import (
    HERE,
    Certificates,
    Documents,
    DryRun,
    Json,
    Panel,
    Quiet,
    RequireComplete,
    Wait,
    Workspace,
    flag,
)

if TYPE_CHECKING:
    from pipeline.app.shards.planning import Planned

PANEL = Panel.SETUP

group = typer.Typer(help="Draft the documents of an archive in parts, on many machines.", no_args_is_help=True)

Size = Annotated[int, typer.Option("--documents", min=1, max=100_000, help="Documents in each shard.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Which shard: from 1 up, as shards list shows it.")]
NoTrial = Annotated[bool, flag("--no-trial", help="Do not try how long it would take.")]
Anew = Annotated[bool, flag("--anew", help="Give up drafts of another version that are not merged.")]
Threads = Annotated[
    int, typer.Option("--threads", min=0, help="Processors for the models.", show_default="all of this process")
]
Missing = Annotated[bool, flag("--missing", help="Print only the numbers of shards without a result, a line each.")]


Listen = Annotated[str, typer.Option("--listen", metavar="HOST:PORT", help="Where workers and clients come to.")]
Address = Annotated[str, typer.Argument(metavar="tls://HOST:PORT", help="Where the scheduler is.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="shards", rich_help_panel=PANEL)


@group.command()
def plan(
    documents: Documents = None,
    size: Size = 500,
    no_trial: NoTrial = False,
    anew: Anew = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Divide what is to be drafted into shards, and say how long that would take here."""
    from pipeline.app.shards import planning

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        made = planning.make(session, documents, size, tries=not no_trial, anew=anew)
        if as_json:
            console.show_json(**asdict(made))
        else:
            _say(made)


def _say(made: "Planned") -> None:
    console.out(f"{made.shards} shards, {made.done} of them done: {made.documents} documents are still to be drafted")
    for one in made.speeds:
        speed = f"{one.sentences_a_second:.1f} sentences a second on {one.device}"
        known = speed if one.sentences_a_second else f"not tried: {one.why}"
        console.out(f"{one.pair}: about {one.sentences_a_document:.0f} sentences a document; {known}")
    if made.seconds is not None:
        taken, memory = _duration(made.seconds), made.memory / 1e9
        console.out(f"about {made.sentences:,} sentences: {taken} on this machine alone, {memory:.1f} GB of memory")


def _duration(seconds: float) -> str:
    """Return a time in the unit in which it can be read."""
    for unit, each in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * each:
            return f"{seconds / each:,.1f} {unit}"
    return f"{seconds:.0f} seconds"


@group.command()
def run(
    number: Number,
    threads: Threads = 0,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Draft one shard, unless its result is there; write no PO file."""
    from pipeline.app.shards import working
    from pipeline.app.translating import Asked

    with _dismissible(), console.session(workspace_folder, quiet=quiet or as_json, dry_run=True) as session:
        done = working.run(session, number, Asked(threads=threads), rehearse=dry_run)
        if as_json:
            console.show_json(**asdict(done))
        elif not dry_run:
            what = f"{done.sentences} sentences drafted" if done.is_new else "nothing to do: its result is there"
            session.say(f"shard {number}: {what}")


@contextmanager
def _dismissible() -> Iterator[None]:
    """End in order when a cluster wants its machine back: that is no fault of the document a worker is at."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@group.command()
def merge(
    require_complete: RequireComplete = False,
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Write the drafts of all shards that are done into the PO files."""
    from pipeline.app.shards import merging

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        done = merging.merge(session)
        if as_json:
            console.show_json(**asdict(done))
    if require_complete and (done.untranslated or done.missing or done.changed):
        raise typer.Exit(1)


@group.command("list")
def list_shards(missing: Missing = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the shards of the plan, and how far each is."""
    from pipeline.app.shards import listing

    with console.session(workspace_folder, quiet=as_json, dry_run=True) as session:
        rows = listing.rows(session)
        if missing:
            for row in rows:
                if row["state"] in ("missing", "refused"):
                    console.out(str(row["shard"]))
        else:
            console.show("shards", rows, as_json=as_json, empty="every document is drafted")


@group.command()
def scheduler(
    listen: Listen = "0.0.0.0:8786",  # who has no certificate is let in nowhere
    certificates: Certificates = None,
    workspace_folder: Workspace = HERE,
) -> None:
    """Be the scheduler of a cluster: it gives shards to workers, for pipeline run --scheduler."""
    from pipeline.app.shards import cluster

    where = cluster.place(f"tls://{listen}")
    cluster.schedule(where, certificates or workspace_folder / cluster.FOLDER, console.say)


@group.command()
def worker(
    address: Address,
    threads: Threads = 0,
    certificates: Certificates = None,
    workspace_folder: Workspace = HERE,
) -> None:
    """Draft shards for a scheduler, one after the other; the workspace need not be here, the models must."""
    from pipeline.app.shards import cluster

    folder = workspace_folder.resolve()
    ours = certificates or folder / cluster.FOLDER
    cluster.work(cluster.place(address), ours, folder, threads, console.clock, console.say)
