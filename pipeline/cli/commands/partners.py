"""pipeline partners: who receives documents. Names and addresses are shown only with --private."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import completion, console
from pipeline.cli.options import HERE, DryRun, Json, Panel, Private, Wait, Workspace, flag
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.app.session import Session
    from pipeline.distribution.partners import Partner

PANEL = Panel.PARTNERS

group = typer.Typer(help="Check and show the partners in partners.toml.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="PARTNER", autocompletion=completion.partners, help="The id of a partner.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="partners", rich_help_panel=PANEL)


Connect = Annotated[bool, flag("--connect", help="Try the way to each active partner too; nothing is delivered.")]
PartnerName = Annotated[
    str | None, typer.Option("--name", help="Who it is; never shown unasked.", show_default="asked")
]
Langs = Annotated[
    str | None,
    typer.Option(
        "--languages",
        autocompletion=completion.all_languages,
        help="Languages, the most preferred first: fr,en.",
        show_default="asked",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--delivery",
        autocompletion=completion.listed(completion.ways),
        help="The way: smtp, folder, rclone …",
        show_default="asked",
    ),
]
Address = Annotated[
    str | None, typer.Option("--address", help="An e-mail address, a folder, or remote:path.", show_default="asked")
]
Formats = Annotated[
    str | None,
    typer.Option(
        "--formats", help="parallel, facing, single, po, or a format of publications.", show_default="parallel"
    ),
]
Topics = Annotated[str | None, typer.Option("--topics", help="Only these topics.", show_default="every topic")]
Contact = Annotated[
    str | None, typer.Option("--contact-language", help="Of letters.", show_default="the first with letters")
]
Every = Annotated[bool, flag("--every-language", help="Send every language, not the most preferred that is released.")]


@group.command()
def check(
    connect: Connect = False, private: Private = False, as_json: Json = False, workspace_folder: Workspace = HERE
) -> None:
    """Report everything that is wrong in partners.toml, with line and remedy."""
    from pipeline.app import partners
    from pipeline.distribution.partners import FILE_NAME

    with console.session(workspace_folder, quiet=as_json) as session:
        listed = partners.check(session)
        if connect:
            _connect(session, private=private, as_json=as_json)
    if as_json:
        return
    active = sum(partner.active for partner in listed)
    what = "partner" if len(listed) == 1 else "partners"
    console.out(f"{FILE_NAME}: no mistakes; {len(listed)} {what}, {active} of them active")


def _connect(session: "Session", *, private: bool, as_json: bool) -> None:
    from pipeline.app import deliveries, partners
    from pipeline.cli.password import password

    reached = partners.connect(session, deliveries.settings(session, password))
    rows = [
        {
            "partner": partners.handle(session, one.partner.id, private=private or not as_json),
            "delivery": one.partner.delivery,
            "outcome": one.outcome,
            "reason": one.reason,
        }
        | ({"said": one.said} if private else {})
        for one in reached
    ]
    console.show("connections", rows, as_json=as_json)
    if not private and any(one.said for one in reached):
        session.say("to see what was said, add --private")


@group.command()
def add(
    partner: Id,
    name: PartnerName = None,
    languages: Langs = None,
    delivery: By = None,
    address: Address = None,
    formats: Formats = None,
    topics: Topics = None,
    contact_language: Contact = None,
    every_language: Every = False,
    workspace_folder: Workspace = HERE,
    dry_run: DryRun = False,
    wait: Wait = False,
) -> None:
    """Add a partner to partners.toml, below what stands there; what is not given as an option is asked for.

    Let it ask for the name and the address: options stay in the history of your shell.
    """
    from pipeline.app import partners

    with console.session(workspace_folder, dry_run=dry_run, wait=wait) as session:
        ways = ", ".join(completion.ways())
        known = ", ".join(session.config.known_languages)
        values: dict[str, object] = {
            "name": _asked(name, "name", "Name"),
            "languages": console.split(_asked(languages, "languages", f"Languages, most preferred first ({known})")),
            "delivery": _asked(delivery, "delivery", f"Delivery ({ways})"),
            "address": _asked(address, "address", "Address (an e-mail address, a folder, or remote:path)"),
        }
        given = {
            "formats": console.split(formats or None, "--formats"),
            "topics": console.split(topics or None, "--topics"),
            "contact_language": contact_language,
            "every_language": every_language,
        }
        added = partners.add(session, partner, values | {key: value for key, value in given.items() if value})
        session.say(
            f"{added.id}: see pipeline partners show {added.id}; try the way: pipeline partners check --connect"
        )


def _asked(value: str | None, option: str, question: str) -> str:
    """Return an option, or what is typed when it was not given; raise UsageError where nobody can answer."""
    if value is not None:
        return value
    try:
        return str(typer.prompt(question, err=True)).strip()
    except typer.Abort:
        console.say("")
        raise UsageError(f"nobody answered; give it as an option: --{option}") from None


@group.command("list")
def list_partners(private: Private = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """List the partners with their languages, formats and way of delivery."""
    from pipeline.app import partners

    with console.session(workspace_folder, quiet=as_json) as session:
        _show(session, partners.known(session), private=private, as_json=as_json)


@group.command()
def show(partner: Id, private: Private = False, as_json: Json = False, workspace_folder: Workspace = HERE) -> None:
    """Show one partner."""
    from pipeline.app import partners

    with console.session(workspace_folder, quiet=as_json) as session:
        _show(session, [partners.partner(session, partner)], private=private, as_json=as_json)


def _show(session: "Session", listed: "Sequence[Partner]", *, private: bool, as_json: bool) -> None:
    from pipeline.app import partners

    rows = [_row(partner, private=private) for partner in listed]
    if as_json:
        for row in rows:
            row["partner"] = partners.handle(session, row["partner"], private=private)
    console.show("partners", rows, as_json=as_json, empty="no partners")


def _row(partner: "Partner", *, private: bool) -> dict[str, Any]:
    known_to_all = {
        "partner": partner.id,
        "languages": list(partner.languages),
        "every_language": partner.every_language,
        "formats": list(partner.formats),
        "delivery": partner.delivery,
        "contact_language": partner.contact_language,
        "active": partner.active,
        "topics": list(partner.topics),
    }
    return known_to_all | ({"name": partner.name, "address": partner.address} if private else {})
