"""Deliveries as a ledger has them."""

from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, Try

WAY = Try("smtp", "office@example.org", "statement.3f2a9c1b", "0" * 64)

TEXT = Content("statement", "en", "a" * 64)


def sent(book, *contents, partner="oslo", kind=DeliveryKind.LETTER, state=DeliveryState.ACCEPTED):
    delivery = book.plan(partner, kind, contents, WAY)
    book.commit(delivery)
    if state is not DeliveryState.SENDING:
        book.record(delivery, state, "")
    return delivery
