"""How deliveries are shown, by the commands that make them."""

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pipeline.cli import console
from pipeline.cli.terminal import visible
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.app.deliveries import Ready
    from pipeline.app.distributing import Distribution
    from pipeline.app.session import Session
    from pipeline.app.witnesses import Consent


def require_one(*, send: bool, dry_run: bool, trust_ledger: bool) -> None:
    """Raise UsageError when something is to be sent and not to be sent."""
    if send and dry_run:
        raise UsageError("--send or --dry-run: choose one")
    if trust_ledger and not send:
        raise UsageError("--trust-ledger is for --send; nothing is sent without it")


def consent(*, given: bool) -> "Consent":
    """Return how somebody is asked whether to go on with a ledger that is not known: only at a terminal."""
    from pipeline.app.witnesses import Consent

    return Consent(given, _ask)


def _ask(question: str) -> bool:
    import typer

    is_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    return is_terminal and typer.confirm(visible(question), err=True)


def show(
    session: "Session", distribution: "Distribution", *, as_json: bool, private: bool, verbose: bool = False
) -> None:
    """Show what became of each delivery, and say why the rest is not sent."""
    from pipeline.app import distributing

    if as_json:
        _show_json(session, distribution, private=private)
    elif distribution.due:
        _show_table(distribution, private=private)
    distributing.report(session, distribution, each=verbose)


def _show_json(session: "Session", distribution: "Distribution", *, private: bool) -> None:
    from pipeline.app import partners

    def handle(partner: str) -> str:
        return partners.handle(session, partner, private=private)

    console.show_json(
        deliveries=[
            {"partner": handle(ready.delivery.partner.id), **_row(ready, distribution, private=private)}
            for ready in distribution.due
        ],
        not_sent=[
            {
                "partner": handle(kept.partner),
                "document": kept.document or None,
                "language": kept.language or None,
                "reason": kept.told(handle),
                "needs_a_person": kept.is_urgent,
            }
            for kept in distribution.kept
        ],
        not_ready=list(map(str, distribution.missing)),
    )


def _row(ready: "Ready", distribution: "Distribution", *, private: bool) -> dict[str, Any]:
    from pipeline.app.distributing import change

    delivery, name = ready.delivery, ready.parcel.id
    texts = [
        {
            "document": content.document,
            "language": content.language,
            "change": change(delivery, content),
            "draft": release.is_draft,
            "text_sha256": content.text_sha256,
            "replaces": content.corrects or None,
        }
        for release, content in zip(delivery.releases, delivery.contents, strict=True)
    ]
    address = {"address": delivery.partner.address} if private else {}
    return {
        "delivery": name,
        "kind": str(delivery.kind),
        "way": delivery.partner.delivery,
        **address,
        "bundle": ready.parcel.bundle.name,
        "texts": texts,
        "outcome": str(distribution.results.states[name]),
        "reason": distribution.results.reasons[name] or None,
    }


def _show_table(distribution: "Distribution", *, private: bool) -> None:
    columns = ["partner", "document", "languages", "by", *(["address"] if private else []), "outcome"]
    console.show_table(
        columns, [row for ready in distribution.due for row in _rows(ready, distribution, private=private)]
    )


def _rows(ready: "Ready", distribution: "Distribution", *, private: bool) -> list[list[str]]:
    """Return a row for every document of a delivery."""
    from pipeline.app.distributing import change

    languages: dict[str, list[str]] = defaultdict(list)
    for content in ready.delivery.contents:
        languages[content.document].append(f"{content.language} ({change(ready.delivery, content)})")
    partner, outcome = ready.delivery.partner, str(distribution.results.states[ready.parcel.id])
    way = [partner.delivery, *([partner.address] if private else [])]
    return [[partner.id, document, ", ".join(texts), *way, outcome] for document, texts in languages.items()]
