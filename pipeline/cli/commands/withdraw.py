"""pipeline withdraw: a notice to everyone who has a text that is not to be used any more."""

from typing import Annotated

import typer

from pipeline.cli import completion, console, deliveries
from pipeline.cli.options import (
    HERE,
    Document,
    Json,
    Panel,
    Private,
    Quiet,
    Rehearsal,
    Send,
    TrustLedger,
    Wait,
    Workspace,
)

PANEL = Panel.PARTNERS

OfTexts = Annotated[
    str | None,
    typer.Option(
        "--languages",
        autocompletion=completion.all_languages,
        help="Languages to withdraw, separated by commas; the source language may be among them.",
        show_default="all",
    ),
]
Reason = Annotated[str, typer.Option("--reason", help="The reason, printed in the notice.")]


def add_to(app: typer.Typer) -> None:
    app.command("withdraw", rich_help_panel=PANEL)(withdraw)


def withdraw(
    document: Document,
    reason: Reason,
    languages: OfTexts = None,
    send: Send = False,
    dry_run: Rehearsal = False,
    trust_ledger: TrustLedger = False,
    as_json: Json = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Withdraw a document: with --send, notify everyone who has it, and stop distributing it."""
    from pipeline.app import withdrawing
    from pipeline.cli.password import password

    deliveries.require_one(send=send, dry_run=dry_run, trust_ledger=trust_ledger)
    with console.session(workspace_folder, quiet=quiet or as_json, wait=wait) as session:
        distribution = withdrawing.withdraw(
            session,
            document,
            reason,
            console.split(languages),
            send=send,
            password=password,
            consent=deliveries.consent(given=trust_ledger),
            private=private,
        )
        deliveries.show(session, distribution, as_json=as_json, private=private)
