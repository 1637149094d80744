"""pipeline ledger: who received what and when, and what a person found out about a delivery."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import completion, console, deliveries
from pipeline.cli.options import HERE, Json, Panel, Private, TrustLedger, Wait, Workspace, flag
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.distribution.ledger.delivery import LedgerEntry

PANEL = Panel.PARTNERS

group = typer.Typer(help="Show who received what, and when; settle deliveries in doubt.")

Csv = Annotated[bool, flag("--csv", help="Print CSV, for spreadsheets.")]
Steps = Annotated[bool, flag("--steps", help="Show every step of every delivery, not only the last.")]
PartnerId = Annotated[
    str,
    typer.Argument(
        metavar="PARTNER", autocompletion=completion.partners, help="The partner's id, or its pseudonym in JSON."
    ),
]
DeliveryId = Annotated[
    str,
    typer.Argument(
        metavar="DELIVERY", autocompletion=completion.deliveries, help="The delivery, as shown by pipeline ledger."
    ),
]
Arrived = Annotated[bool, flag("--arrived", help="It arrived, and is not sent again.")]
Lost = Annotated[bool, flag("--lost", help="It did not arrive, bounced or was refused, and is sent again.")]

_WHOLE = 16
"""An id of at most so many letters is not folded in the table, for it is typed; a longer one would fill a terminal."""


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="ledger", rich_help_panel=PANEL)


@group.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    as_json: Json = False,
    as_csv: Csv = False,
    steps: Steps = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
) -> None:
    """Show who received what, and when; settle deliveries in doubt."""
    from pipeline.app import ledger, partners

    if context.invoked_subcommand:
        return
    if as_json and as_csv:
        raise UsageError("--json or --csv: choose one")
    with console.session(workspace_folder, quiet=as_json or as_csv) as session:
        is_named = private or not (as_json or as_csv)
        rows = [
            row
            for entry in ledger.entries(session, steps=steps)
            for row in _rows(entry, partners.handle(session, entry.partner, private=is_named), private=private)
        ]
        if as_json:
            console.show_json(deliveries=rows)
        elif as_csv:
            console.show_csv(rows)
        elif rows:
            _show(rows)
        else:
            session.say("nothing was sent yet")


@group.command()
def settle(
    partner: PartnerId,
    delivery: DeliveryId,
    arrived: Arrived = False,
    lost: Lost = False,
    trust_ledger: TrustLedger = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
) -> None:
    """Record that a delivery in doubt arrived (--arrived), or that one was lost, bounced or refused (--lost)."""
    from pipeline.app import ledger

    if arrived == lost:
        raise UsageError(f"say what you found out: pipeline ledger settle {partner} {delivery} --arrived, or --lost")
    with console.session(workspace_folder, wait=wait) as session:
        partner = ledger.settle(
            session, partner, delivery, arrived=arrived, consent=deliveries.consent(given=trust_ledger)
        )
        session.say(
            f"{partner}: delivery {delivery} {'arrived' if arrived else 'did not arrive, and may be sent again'}"
        )


def _rows(entry: "LedgerEntry", partner: str, *, private: bool) -> list[dict[str, Any]]:
    """Return a row for every text of a delivery."""
    known_to_all = {
        "time": entry.time,
        "partner": partner,
        "delivery": entry.delivery,
        "kind": str(entry.kind),
        "state": str(entry.state),
        "way": entry.way,
        "bundle": entry.bundle,
        "reason": entry.reason,
    }
    told = known_to_all | ({"address": entry.address, "said": entry.said} if private else {})
    return [
        told
        | {
            "document": content.document,
            "language": content.language,
            "text_sha256": content.text_sha256,
            "replaces": content.corrects,
        }
        for content in entry.contents
    ]


def _minute(time: str) -> str:
    """Return a time of the ledger, which is in UTC, without seconds."""
    return f"{time[:16].replace('T', ' ')}Z"


def _show(rows: list[dict[str, Any]]) -> None:
    columns = ("time", "partner", "delivery", "state", "by", "document")
    whole = ["time", "delivery"]
    if all(len(row["partner"]) <= _WHOLE for row in rows):
        whole.append("partner")
    console.show_table(columns, [_cells(row) for row in rows], whole=whole)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Return a row of the table: what belongs together in one cell, so that it fits a narrow terminal."""
    why = " / ".join(filter(None, (row["reason"], row.get("said"))))
    state = f"{row['kind']}, {row['state']}{': ' if why else ''}{why}"
    way = " ".join(filter(None, (row["way"], row.get("address"))))
    return _minute(row["time"]), row["partner"], row["delivery"], state, way, f"{row['document']} ({row['language']})"
