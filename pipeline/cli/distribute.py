"""pipeline distribute: what is released → every partner who is to have it, once."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from pipeline.cli import deliveries, partners, releases
from pipeline.cli.deliveries import Ready, Results, some
from pipeline.cli.options import HERE, Json, Quiet, Wait, Workspace
from pipeline.cli.partners import Private
from pipeline.cli.session import Session, chosen
from pipeline.distribution import planning
from pipeline.distribution.deliver import Settings
from pipeline.distribution.ledger import Content, Kind, Ledger, Withdrawn
from pipeline.distribution.partners import Partner
from pipeline.distribution.planning import Delivery, Kept
from pipeline.distribution.release import Release
from pipeline.errors import DeliveryError, UsageError

Partners = Annotated[list[str] | None, typer.Argument(help="Ids of partners.", show_default="all")]
Documents = Annotated[
    list[str] | None, typer.Option("--document", help="This document; may be given several times.", show_default="all")
]
Send = Annotated[bool, typer.Option("--send", help="Send it. Without this, drafts are written to output/outbox.")]
Rehearsal = Annotated[bool, typer.Option("--dry-run", "-n", help="What happens without --send.")]
Drafts = Annotated[
    bool, typer.Option("--allow-drafts", help="Take drafts where nothing is released; the bundle is stamped as one.")
]
KnownAddresses = Annotated[
    bool, typer.Option("--allow-known-addresses", help="Send to new partners at addresses where others were.")
]


def distribute(
    asked: Partners = None,
    documents: Documents = None,
    send: Send = False,
    dry_run: Rehearsal = False,
    allow_drafts: Drafts = False,
    allow_known_addresses: KnownAddresses = False,
    as_json: Json = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Show what each partner is to receive, as drafts in output/outbox; with --send, send it."""
    require_one(send=send, dry_run=dry_run)
    session = Session.open(workspace_folder, quiet=quiet or as_json, wait=wait)
    with session.locked(), deliveries.opened(session) as book:
        known = deliveries.settings(session, sending=send)
        if send:
            deliveries.resolve(session, book, known)
        to = _select(partners.known(session), asked)
        found, missing = releases.found(session, documents, allow_drafts=allow_drafts)
        recalled = book.withdrawn()
        missing += _withdrawn(found, recalled)
        entries = book.entries()
        plan = planning.plan(
            to, found, entries, recalled, documents=documents, allow_known_addresses=allow_known_addresses
        )
        carry_out(session, book, plan, known, missing, send=send, as_json=as_json, private=private)
    session.finish()


def require_one(*, send: bool, dry_run: bool) -> None:
    """Raise UsageError when something is to be sent and not to be sent."""
    if send and dry_run:
        raise UsageError("--send or --dry-run: choose one")


def _withdrawn(found: Iterable[Release], recalled: Iterable[Withdrawn]) -> list[str]:
    """Return which of the releases are not distributed any more."""
    keys = {one.key for one in recalled}
    gone = (one for one in found if (*one.key, one.text_sha256) in keys)
    return [
        f"{one.document_id} ({one.lang}): this text was withdrawn; another one is distributed again" for one in gone
    ]


def _select(known: Sequence[Partner], asked: Sequence[str] | None) -> list[Partner]:
    """Return the partners asked for, or all."""
    by_id = {partner.id: partner for partner in known}
    return [by_id[name] for name in chosen(list(by_id), asked, "partner")]


def carry_out(
    session: Session,
    book: Ledger,
    plan: planning.Plan,
    known: Settings,
    missing: Sequence[str],
    *,
    send: bool,
    as_json: bool,
    private: bool,
) -> None:
    """Send what is planned, or write its drafts; show what became of it, and why the rest is not sent."""
    due = deliveries.ready(session, book, plan.deliveries)
    if send:
        results = deliveries.send(session, book, due, known, private=private)
    else:
        results = deliveries.write_drafts(session, due, known)
    if as_json:
        _print_json(session, due, results, plan.kept, missing, private=private)
    elif due:
        _print_table(due, results, private=private)
    _tell(session, plan.kept, missing)
    if not due:
        is_all = not session.faults and not any(one.reason == planning.PAUSED for one in plan.kept)
        session.say("nothing to do: everybody has what there is for them" if is_all else "nothing else to do")
    elif not send:
        folder = (session.config.output / deliveries.OUTBOX).relative_to(session.config.root)
        session.say(f"nothing was sent: look at the drafts in {folder / deliveries.DRAFTS}, then add --send")


def _tell(session: Session, kept: Iterable[Kept], missing: Iterable[str]) -> None:
    for reason in missing:
        session.say(f"not sent: {reason}")
    same: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in kept:
        if one.is_urgent:
            place = f" {one.document} ({one.language}):" if one.document else ""
            session.fault(DeliveryError(f"{one.partner}:{place} {one.told()}"))
        else:
            text = f"{one.document} ({one.language})" if one.language else one.document
            same[one.reason][one.partner].append(text)
    for reason, texts in same.items():
        to = some(list(texts))
        what = some(list(dict.fromkeys(text for found in texts.values() for text in found if text)))
        session.say(f"not sent to {to}: {what}{': ' if what else ''}{reason}")


def _change(delivery: Delivery, content: Content) -> str:
    """Return what a text is to its partner: new, a correction, or withdrawn."""
    if delivery.kind is Kind.WITHDRAWAL:
        return "withdrawn"
    return "correction" if content.replaces else "new"


def _print_json(
    session: Session,
    due: Sequence[Ready],
    results: Results,
    kept: Iterable[Kept],
    missing: Sequence[str],
    *,
    private: bool,
) -> None:
    def shown(partner: str) -> str:
        return partners.handle(session, partner, private=private)

    table = {
        "schema_version": 1,
        "deliveries": [
            {"partner": shown(one.delivery.partner.id), **_row(one, results, private=private)} for one in due
        ],
        "not_sent": [
            {
                "partner": shown(one.partner),
                "document": one.document or None,
                "language": one.language or None,
                "reason": one.told(shown),
                "needs_a_person": one.is_urgent,
            }
            for one in kept
        ],
        "not_ready": list(missing),
    }
    print(json.dumps(table, ensure_ascii=False, indent=2))


def _row(one: Ready, results: Results, *, private: bool) -> dict[str, Any]:
    delivery, name = one.delivery, one.parcel.id
    texts = [
        {
            "document": content.document,
            "language": content.language,
            "change": _change(delivery, content),
            "draft": release.is_draft,
            "text_sha256": content.text_sha256,
            "replaces": content.replaces or None,
        }
        for release, content in zip(delivery.releases, delivery.contents, strict=True)
    ]
    address = {"address": delivery.partner.address} if private else {}
    return {
        "delivery": name,
        "kind": str(delivery.kind),
        "way": delivery.partner.delivery,
        **address,
        "bundle": one.parcel.bundle.name,
        "texts": texts,
        "outcome": str(results.states[name]),
        "reason": results.reasons[name] or None,
    }


def _print_table(due: Sequence[Ready], results: Results, *, private: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("partner", "document", "languages", "by", *(("address",) if private else ()), "outcome"):
        table.add_column(name, overflow="fold")
    for one in due:
        languages: dict[str, list[str]] = defaultdict(list)
        for content in one.delivery.contents:
            languages[content.document].append(f"{content.language} ({_change(one.delivery, content)})")
        partner = one.delivery.partner
        where = (partner.delivery, *((partner.address,) if private else ()))
        for document, texts in languages.items():
            table.add_row(partner.id, document, ", ".join(texts), *where, str(results.states[one.parcel.id]))
    Console(width=None if sys.stdout.isatty() else 200).print(table, markup=False)
