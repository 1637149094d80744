"""pipeline digest: what the inbox received, for the organisation's own readers."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import console, deliveries
from pipeline.cli.options import HERE, Json, Panel, Private, Quiet, TrustLedger, Wait, Workspace, flag

if TYPE_CHECKING:
    from pipeline.app.readers import ReaderOutcome, Sent
    from pipeline.app.session import Session

PANEL = Panel.PARTNERS

Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="From this day on: 2026-11-28.", show_default="the last digest"),
]
Full = Annotated[bool, flag("--full", help="Whole texts, and not their first paragraphs.")]
Send = Annotated[bool, flag("--send", help="Send it to the readers in partners.toml, each once.")]
Rehearsal = Annotated[bool, flag("--dry-run", "-n", help="Show what would be written and sent; do neither.")]


def add_to(app: typer.Typer) -> None:
    app.command("digest", rich_help_panel=PANEL)(digest)


def digest(
    since: Since = None,
    full: Full = False,
    send: Send = False,
    dry_run: Rehearsal = False,
    trust_ledger: TrustLedger = False,
    as_json: Json = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Make a page and a PDF of what came in, by partner and topic, with machine drafts; with --send, e-mail it."""
    from pipeline.app import readers
    from pipeline.app.digest import day
    from pipeline.cli.password import password

    deliveries.require_one(send=send, dry_run=dry_run, trust_ledger=trust_ledger)
    first = "" if since is None else day(since)
    with console.session(workspace_folder, quiet=quiet or as_json, dry_run=dry_run, wait=wait) as session:
        sent = readers.digest_of(
            session,
            first,
            full=full,
            send=send,
            password=password,
            consent=deliveries.consent(given=trust_ledger),
        )
        if as_json:
            _show_json(session, sent, private=private)
        else:
            _show(session, sent, send=send, private=private)


def _show(session: "Session", sent: "Sent", *, send: bool, private: bool) -> None:
    """Show who gets what, and say what is in the digest and what to do next."""
    columns = ["reader", "language", "digest", "texts", "outcome", *(["address"] if private else [])]
    if sent.outcomes:
        console.show_table(columns, [[*_cells(one), *_address(one, private=private)] for one in sent.outcomes])
    of = sent.made.digest
    left = f", and {of.more} more left for the next digest" if of.more else ""
    texts = f"{len(of.entries)} text{'s' if len(of.entries) > 1 else ''}"
    session.say(f"{texts} came in{left}" if of.entries else "nothing came in")
    if sent.outcomes and not send:
        session.say("nothing was sent: look at the digest, then add --send")
    elif send and not sent.outcomes:
        session.say("nothing to send: every reader has what there is for them")


def _cells(one: "ReaderOutcome") -> list[str]:
    return [one.reader.id, one.reader.language, one.digest, str(one.texts), one.outcome]


def _address(one: "ReaderOutcome", *, private: bool) -> list[str]:
    return [one.reader.address] if private else []


def _show_json(session: "Session", sent: "Sent", *, private: bool) -> None:
    of = sent.made.digest
    console.show_json(
        digest=of.name,
        since=of.since or None,
        left=of.more,
        files=[session.name(path) for path in sent.made.files],
        texts=[_row(session, entry, private=private) for entry in of.entries],
        deliveries=[_delivery(session, one, private=private) for one in sent.outcomes],
        faults=[_fault(session, text, private=private) for text in session.faults],
    )


_NAMED_READER = re.compile(r"\breaders\.[a-z0-9-]++")


def _fault(session: "Session", text: str, *, private: bool) -> str:
    """Return what went wrong, with readers as they are shown."""
    from pipeline.app import partners

    return _NAMED_READER.sub(lambda found: partners.handle(session, found[0], private=private), text)


def _row(session: "Session", entry: Any, *, private: bool) -> dict[str, Any]:
    from pipeline.app import partners

    item = entry.item
    return {
        "number": item.number,
        "partner": item.partner and partners.handle(session, item.partner, private=private),
        "topic": entry.topic,
        "language": item.lang,
        "date": entry.day,
        "title": entry.title.text,
        "machine_title": entry.draft,
        "machine": entry.is_machine,
        "permission": item.permission.value,
        "document": item.document,
        "like": item.like,
    }


def _delivery(session: "Session", one: "ReaderOutcome", *, private: bool) -> dict[str, Any]:
    from pipeline.app import partners, readers

    return {
        "reader": partners.handle(session, readers.name(one.reader), private=private),
        "language": one.reader.language,
        "digest": one.digest,
        "texts": one.texts,
        "outcome": one.outcome,
        "reason": one.reason or None,
        **({"address": one.reader.address} if private else {}),
    }
