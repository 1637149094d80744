"""A notice to everyone who has a text that is not to be used any more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.app import catalogues, deliveries, distributing, partners, releases, renaming, witnesses
from pipeline.app.deliveries import Password
from pipeline.app.distributing import Distribution
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from pipeline.distribution import planning
from pipeline.distribution.ledger import DeliveryKind, Ledger, Withdrawn
from pipeline.errors import UsageError
from pipeline.tables import meant
from pipeline.workspace import storage

NOBODY = "nobody has these texts: there is nobody to notify"


def withdraw(
    session: Session,
    document_id: str,
    reason: str,
    languages: Sequence[str] | None = None,
    *,
    send: bool = False,
    password: Password | None = None,
    consent: Consent = witnesses.NONE,
    private: bool = False,
) -> Distribution:
    """Withdraw the texts of a document: with `send`, tell everyone who has them, and distribute them no more.

    Raises UsageError when none of them was ever sent or released in the languages asked for.
    """
    with session.locked(), deliveries.opened(session, consent if send else None) as book:
        settings = deliveries.settings(session, password if send else None)
        if send:
            deliveries.resolve(session, book, settings)
        former = renaming.former_ids(session)
        document_id = catalogues.document_id(session, document_id)
        document_id = former.get(document_id, document_id)
        languages = languages and [meant(lang, session.config.all_languages) for lang in languages]
        recalled = _texts(session, book, document_id, former, languages, " ".join(reason.split()))
        if send:
            for text in recalled:
                book.withdraw(*text.key, text.reason)
        everyone, entries, withdrawn = partners.known(session), book.entries(), _joined(book.withdrawn(), recalled)
        documents = {former.get(text.document, text.document) for text in recalled}
        plan = planning.plan(everyone, (), entries, withdrawn, documents=documents, former=former)
        plan = replace(plan, kept=(*plan.kept, *planning.strangers(everyone, entries, recalled)))
        return distributing.carry_out(session, book, plan, settings, (), NOBODY, send=send, private=private)


def _texts(
    session: Session,
    book: Ledger,
    document: str,
    former: Mapping[str, str],
    languages: Sequence[str] | None,
    reason: str,
) -> list[Withdrawn]:
    """Return the texts of a document that anybody has, under whatever id, and those that could leave now.

    Who has one of them as another document's, as after its files were renamed by hand, has it all the same.
    """
    sent = (one for entry in book.entries() if entry.kind is DeliveryKind.LETTER for one in entry.contents)
    texts = {Withdrawn(*one.place, one.text_sha256, reason) for one in sent}
    if document in storage.source_files(session.config):
        found, _ = releases.found(session, [document], allow_drafts=True)
        texts |= {Withdrawn(*one.key, one.text_sha256, reason) for one in found}
    its = (one for one in texts if former.get(one.document, one.document) == document)
    wanted = {one.text for one in its if languages is None or one.language in languages}
    if not wanted:
        raise UsageError(f"document {document!r} was neither sent nor released in these languages; see pipeline ledger")
    return sorted((one for one in texts if one.text in wanted), key=lambda one: one.key)


def _joined(known: Sequence[Withdrawn], new: Sequence[Withdrawn]) -> list[Withdrawn]:
    """Return what is withdrawn, each once; the first reason stands."""
    return list({one.key: one for one in (*new, *known)}.values())
