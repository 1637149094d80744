"""Who received what and when, and what a person found out about a delivery."""

from pipeline.app import deliveries, partners, renaming, witnesses
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from pipeline.distribution import ledger
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.delivery import LedgerEntry


def entries(session: Session, *, steps: bool = False) -> list[LedgerEntry]:
    """Return the deliveries, or every step of each; nothing when nothing was ever sent."""
    if not deliveries.exists(session):
        return []
    book = ledger.open(session.config.root / ledger.FILE_NAME, session.clock)
    try:
        return book.steps() if steps else book.entries()
    finally:
        book.close()


def settle(session: Session, partner: str, delivery: str, *, arrived: bool, consent: Consent = witnesses.NONE) -> str:
    """Record whether a delivery arrived; return the partner's id, which may be given as its pseudonym."""
    with session.locked(), deliveries.opened(session, consent, is_new=False) as book:
        partner = _id_of(session, book, partner, delivery)
        former = renaming.names_sent(session, book.entries())
        book.settle(partner, delivery, arrived=arrived, reason="settled by a person", former=former)
    return partner


def _id_of(session: Session, book: Ledger, partner: str, delivery: str) -> str:
    """Return the id of the partner of a delivery when the pseudonym is given that JSON shows."""
    ids = {entry.partner for entry in book.entries() if entry.delivery == delivery}
    return next((name for name in ids if partner == partners.handle(session, name, private=False)), partner)
