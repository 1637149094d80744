"""pipeline withdraw: a notice to everyone who has a text that is not to be used any more."""

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import completion, console, deliveries
from pipeline.cli.options import (
    HERE,
    Document,
    Json,
    Panel,
    Private,
    Quiet,
    Reasons,
    Rehearsal,
    Send,
    TrustLedger,
    Wait,
    Workspace,
    flag,
)
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.app.session import Session
    from pipeline.distribution.ledger.decisions import Withdrawn

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
Undo = Annotated[bool, flag("--undo", help="Distribute the document again, if nobody was notified yet.")]


def add_to(app: typer.Typer) -> None:
    app.command("withdraw", rich_help_panel=PANEL)(withdraw)


def withdraw(
    document: Document,
    reasons: Reasons = None,
    languages: OfTexts = None,
    undo: Undo = False,
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

    _require_clear(reasons, undo=undo, send=send)
    consent = deliveries.consent(given=trust_ledger)
    if undo:
        with console.session(workspace_folder, quiet=quiet or as_json, wait=wait, dry_run=dry_run) as session:
            _show(session, withdrawing.undo(session, document, console.split(languages), consent=consent), as_json)
        return
    deliveries.require_one(send=send, dry_run=dry_run, trust_ledger=trust_ledger)
    with console.session(workspace_folder, quiet=quiet or as_json, wait=wait) as session:
        distribution = withdrawing.withdraw(
            session,
            document,
            reasons or (),
            console.split(languages),
            send=send,
            password=password,
            consent=consent,
            private=private,
        )
        deliveries.show(session, distribution, as_json=as_json, private=private)


def _require_clear(reasons: list[str] | None, *, undo: bool, send: bool) -> None:
    """Raise UsageError when it is not clear whether a document is to be withdrawn, and why."""
    if undo and (send or reasons):
        raise UsageError("--undo sends nothing and needs no reason; leave --send and --reason out")
    if not undo and reasons is None:
        raise UsageError("say why, for the notice: --reason TEXT, or in several languages: --reason fr=TEXT")


def _show(session: "Session", texts: "list[Withdrawn]", as_json: bool) -> None:
    if as_json:
        rows = [{"document": one.document, "language": one.language, "text_sha256": one.text_sha256} for one in texts]
        console.show_json(undone=rows)
    for document in dict.fromkeys(text.document for text in texts):
        langs = ", ".join(dict.fromkeys(text.language for text in texts if text.document == document))
        done = "would be" if session.dry_run else "is"
        session.say(f"{document} ({langs}): no longer withdrawn; it {done} distributed again")
