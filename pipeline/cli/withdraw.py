"""pipeline withdraw: a notice to everyone who has a text that is not to be used any more."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from pipeline.cli import deliveries, partners, releases
from pipeline.cli.distribute import Rehearsal, Send, carry_out, require_one
from pipeline.cli.options import HERE, Json, Quiet, Wait, Workspace
from pipeline.cli.partners import Private
from pipeline.cli.session import Session, split
from pipeline.distribution import planning
from pipeline.distribution.ledger import Kind, Ledger, Withdrawn
from pipeline.errors import UsageError
from pipeline.workspace import storage

DocumentId = Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id.")]
OfTexts = Annotated[
    str | None,
    typer.Option(
        "--languages", help="Target languages, and the source's, separated by commas.", show_default="every one"
    ),
]
Reason = Annotated[str, typer.Option("--reason", help="Why: it stands in the notice.")]


def withdraw(
    document: DocumentId,
    reason: Reason,
    languages: OfTexts = None,
    send: Send = False,
    dry_run: Rehearsal = False,
    as_json: Json = False,
    private: Private = False,
    workspace_folder: Workspace = HERE,
    wait: Wait = False,
    quiet: Quiet = False,
) -> None:
    """Withdraw the texts of a document: with --send, tell everyone who has them, and distribute them no more."""
    require_one(send=send, dry_run=dry_run)
    session = Session.open(workspace_folder, quiet=quiet or as_json, wait=wait)
    with session.locked(), deliveries.opened(session) as book:
        known = deliveries.settings(session, sending=send)
        if send:
            deliveries.resolve(session, book, known)
        recalled = _texts(session, book, document, split(languages), " ".join(reason.split()))
        if send:
            for one in recalled:
                book.withdraw(*one.key, one.reason)
        everyone, entries, withdrawn = partners.known(session), book.entries(), _joined(book.withdrawn(), recalled)
        plan = planning.plan(everyone, (), entries, withdrawn, documents=[document])
        plan = replace(plan, kept=(*plan.kept, *planning.strangers(everyone, entries, recalled)))
        carry_out(session, book, plan, known, (), send=send, as_json=as_json, private=private)
    session.finish()


def _texts(
    session: Session, book: Ledger, document: str, languages: Sequence[str] | None, reason: str
) -> list[Withdrawn]:
    """Return the texts of a document that anybody has, and those that could leave now."""
    sent = (one for entry in book.entries() if entry.kind is Kind.LETTER for one in entry.contents)
    texts = {(*one.place, one.text_sha256) for one in sent}
    if document in storage.source_files(session.config):
        found, _ = releases.found(session, [document], allow_drafts=True)
        texts |= {(*one.key, one.text_sha256) for one in found}
    wanted = sorted(key for key in texts if key[0] == document and (languages is None or key[1] in languages))
    if not wanted:
        raise UsageError(f"document {document!r} was neither sent nor released in these languages; see pipeline ledger")
    return [Withdrawn(*key, reason) for key in wanted]


def _joined(known: Sequence[Withdrawn], new: Sequence[Withdrawn]) -> list[Withdrawn]:
    """Return what is withdrawn, each once; the first reason stands."""
    return list({one.key: one for one in (*new, *known)}.values())
