"""pipeline newsletter: what was published since the last, for the partners who wish to be told."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console, deliveries
from pipeline.cli.options import HERE, Json, Panel, Private, Quiet, Rehearsal, Send, TrustLedger, Wait, Workspace

if TYPE_CHECKING:
    from pipeline.app.newsletters import NewsletterOutcome
    from pipeline.app.session import Session

PANEL = Panel.PARTNERS

Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", help="Only what was published from this day on: 2026-11-28.", show_default="all"
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("newsletter", rich_help_panel=PANEL)(newsletter)


def newsletter(
    since: Since = None,
    send: Send = False,
    dry_run: Rehearsal = False,
    trust_ledger: TrustLedger = False,
    as_json: Json = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Write to partners who wish it what was published since the last letter; with --send, send it, each text once."""
    from pipeline.app import newsletters
    from pipeline.app.digest import day
    from pipeline.cli.password import password

    deliveries.require_one(send=send, dry_run=dry_run, trust_ledger=trust_ledger)
    first = "" if since is None else day(since)
    with console.session(workspace_folder, quiet=quiet or as_json, wait=wait) as session:
        consent = deliveries.consent(given=trust_ledger)
        outcomes = newsletters.newsletters(session, first, send=send, password=password, consent=consent)
        if as_json:
            console.show_json(newsletters=[_row(session, one, private=private) for one in outcomes])
        elif outcomes:
            console.show_table(
                ["partner", "language", "texts", "outcome"],
                [[one.partner.id, one.partner.contact_language, str(one.texts), one.outcome] for one in outcomes],
            )
        if not outcomes:
            told = "nothing to send: every partner was told of what is published for them"
            session.say("nothing else to send" if session.faults else told)
        elif not send:
            session.say("nothing was sent: look at the previews in output/outbox/previews, then add --send")


def _row(session: "Session", one: "NewsletterOutcome", *, private: bool) -> dict[str, Any]:
    from pipeline.app import partners

    return {
        "partner": partners.handle(session, one.partner.id, private=private),
        "language": one.partner.contact_language,
        "texts": one.texts,
        "outcome": one.outcome,
        "reason": one.reason or None,
    }
