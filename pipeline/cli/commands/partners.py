"""pipeline partners: who receives documents. Names and addresses are shown only with --private."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console
from pipeline.cli.options import HERE, Json, Panel, Private, Workspace

if TYPE_CHECKING:
    from pipeline.app.session import Session
    from pipeline.distribution.partners import Partner

PANEL = Panel.PARTNERS

group = typer.Typer(help="Check and show the partners in partners.toml.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="PARTNER", help="The id of a partner.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="partners", rich_help_panel=PANEL)


@group.command()
def check(workspace_folder: Workspace = HERE) -> None:
    """Report everything that is wrong in partners.toml, with line and remedy."""
    from pipeline.app import partners
    from pipeline.distribution.partners import FILE_NAME

    with console.session(workspace_folder) as session:
        listed = partners.check(session)
    active = sum(partner.active for partner in listed)
    what = "partner" if len(listed) == 1 else "partners"
    console.out(f"{FILE_NAME}: no mistakes; {len(listed)} {what}, {active} of them active")


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
