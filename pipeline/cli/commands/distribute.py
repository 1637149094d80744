"""pipeline distribute: what is released → every partner who is to have it, once."""

from typing import Annotated

import typer

from pipeline.cli import completion, console, deliveries
from pipeline.cli.options import (
    HERE,
    Json,
    Panel,
    Private,
    Quiet,
    Reasons,
    Rehearsal,
    Send,
    TrustLedger,
    Verbose,
    Wait,
    Workspace,
    flag,
)

PANEL = Panel.PARTNERS

Partners = Annotated[
    list[str] | None,
    typer.Argument(metavar="PARTNER", autocompletion=completion.partners, help="Ids of partners.", show_default="all"),
]
Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        autocompletion=completion.documents,
        help="Only this document; may be repeated.",
        show_default="all",
    ),
]
Drafts = Annotated[
    bool,
    flag("--allow-drafts", help="Include documents that are not released; their bundles are marked as drafts."),
]
KnownAddresses = Annotated[
    bool, flag("--allow-known-addresses", help="Send to new partners even at addresses that others have used.")
]
WithdrawnDrafts = Annotated[
    bool, flag("--allow-withdrawn-drafts", help="Send releases that say the same as a draft that was withdrawn.")
]
WithdrawnOriginals = Annotated[
    bool, flag("--allow-withdrawn-originals", help="Send translations of a withdrawn original, or document.")
]

KnownTexts = Annotated[
    bool,
    flag(
        "--allow-known-texts",
        help="Send texts that partners had before others replaced them, or have much of as a document that is gone.",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("distribute", rich_help_panel=PANEL)(distribute)


def distribute(
    asked: Partners = None,
    documents: Documents = None,
    send: Send = False,
    dry_run: Rehearsal = False,
    trust_ledger: TrustLedger = False,
    allow_drafts: Drafts = False,
    allow_known_addresses: KnownAddresses = False,
    allow_withdrawn_drafts: WithdrawnDrafts = False,
    allow_withdrawn_originals: WithdrawnOriginals = False,
    allow_known_texts: KnownTexts = False,
    reasons: Reasons = None,
    as_json: Json = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what each partner would receive, as previews in output/outbox; with --send, send it."""
    from pipeline.app import distributing
    from pipeline.cli.password import password

    deliveries.require_one(send=send, dry_run=dry_run, trust_ledger=trust_ledger)
    with console.session(workspace_folder, quiet=quiet or as_json, wait=wait) as session:
        distribution = distributing.distribute(
            session,
            asked,
            documents,
            send=send,
            password=password,
            consent=deliveries.consent(given=trust_ledger),
            allow_drafts=allow_drafts,
            allow_known_addresses=allow_known_addresses,
            allow_withdrawn_drafts=allow_withdrawn_drafts,
            allow_withdrawn_originals=allow_withdrawn_originals,
            allow_known_texts=allow_known_texts,
            private=private,
            reasons=reasons or (),
        )
        deliveries.show(session, distribution, as_json=as_json, private=private, verbose=verbose)
