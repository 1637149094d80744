"""pipeline inbox: what partners write, until an editor accepts it as a document or drops it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Private, Quiet, Wait, Workspace, flag

if TYPE_CHECKING:
    from pipeline.app.inbox import Taken
    from pipeline.app.session import Session

PANEL = Panel.PARTNERS

group = typer.Typer(
    help="Collect what partners write, and make documents of what you accept. Nothing is published from here.",
    no_args_is_help=True,
)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Documents, e-mails (.eml), mbox files or Maildir folders."),
]
Partner = Annotated[str, typer.Option("--partner", metavar="ID", help="Who sent it, as in partners.toml.")]
Permitted = Annotated[bool, flag("--permitted", help="It may be published again.")]
Topic = Annotated[str, typer.Option("--topic", metavar="TOPIC", help="What it is about, as in pipeline.toml.")]
TopicName = Annotated[
    str, typer.Option("--topic", metavar="TOPIC", help="A topic of pipeline.toml.", show_default="as its words tell")
]
Numbers = Annotated[list[int], typer.Argument(metavar="NUMBER...", help="Numbers that pipeline inbox list shows.")]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="FEED", help="Names of feeds in partners.toml.", show_default="all")
]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The number that pipeline inbox list shows.")]
Id = Annotated[str, typer.Option("--id", metavar="ID", help="The id of the document.", show_default="like its title")]
Issuer = Annotated[str, typer.Option("--issuer", metavar="NAME", help="Who issued it, as it shall be printed.")]
Every = Annotated[bool, flag("--all", help="List what was accepted and dropped, too.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="inbox", rich_help_panel=PANEL)


@group.command()
def add(
    files: Files,
    partner: Partner = "",
    permitted: Permitted = False,
    topic: Topic = "",
    as_json: Json = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Take documents and e-mails into the inbox, with what is attached; nothing is read twice."""
    from pipeline.app import inbox
    from pipeline.model import Permission

    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        permission = Permission.GRANTED if permitted else Permission.UNKNOWN
        outcomes = inbox.add(session, files, partner, permission, topic)
        if as_json:
            rows = [{"number": one.item.number, "title": one.item.title, "outcome": one.came.value} for one in outcomes]
            console.show_json(items=rows, faults=session.faults)
            return
        _report(session, outcomes)


def _report(session: "Session", outcomes: "list[Taken]") -> None:
    for one in outcomes:
        like = f" ({one.item.like})" if one.item.like else ""
        session.say(f"{one.item.number}: {one.item.title or one.item.file} [{one.item.lang}]: {one.came}{like}")
    session.say("to decide: pipeline inbox list, then accept NUMBER or drop NUMBER" if outcomes else "nothing new")


@group.command()
def fetch(
    names: Names = None,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Fetch what is new in the feeds of partners.toml, over https: a network is used only when you type this."""
    from pipeline.app import feeds

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        _report(session, feeds.fetch(session, names))


@group.command("list")
def list_items(
    every: Every = False, private: Private = False, as_json: Json = False, workspace_folder: Workspace = HERE
) -> None:
    """List what waits for a decision, with a machine’s draft of each title."""
    from pipeline.app import inbox, partners

    with console.session(workspace_folder, quiet=as_json) as session:
        rows = inbox.rows(session, every=every)
        for row in rows:
            row["partner"] = row["partner"] and partners.handle(session, row["partner"], private=private or not as_json)
        console.show("items", rows, as_json=as_json, empty="nothing waits for a decision")


@group.command()
def accept(
    number: Number,
    document_id: Id = "",
    issuer: Issuer = "",
    permitted: Permitted = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Make a document of something that came; it is released only when it may be published again."""
    from pipeline.app import inbox
    from pipeline.workspace import sources

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        path = inbox.accept(session, number, document_id, issuer, permitted=permitted)
        session.say(f"now type: pipeline run {sources.id_of(session.config, path)}")


@group.command("topic")
def set_topic(
    numbers: Numbers,
    topic: TopicName = "",
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Say what something that came is about, for digests; otherwise the words of topics in pipeline.toml tell it."""
    from pipeline.app import inbox

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        inbox.set_topic(session, numbers, topic)


@group.command()
def drop(
    numbers: Numbers,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Set aside what came: it is not listed any more, and does not come again; it can still be accepted."""
    from pipeline.app import inbox

    with console.session(workspace_folder, quiet=quiet, dry_run=dry_run, wait=wait) as session:
        inbox.drop(session, numbers)
