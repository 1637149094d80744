"""What is withdrawn, and what of a document that was may go on: for what is sent and what is published alike."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass

from pipeline.app import deliveries, renaming
from pipeline.app.records import RecordFolder
from pipeline.app.session import Session
from pipeline.distribution import holdings, ledger, release
from pipeline.distribution.holdings import Place
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import DeliveryKind


@dataclass(frozen=True, slots=True)
class WithdrawnTexts:
    """What is withdrawn `now`, what `ever` was, the wordings of `drafts` among it, not sent as releases since, and the
    `bodies` of it, what its sentences alone say.

    `originals` are those held, and `original_bodies` what their sentences say; in the places of which somebody `had` a
    text, or may again, translations of these go on.
    """

    now: Sequence[Withdrawn] = ()
    ever: frozenset[tuple[str, str]] = frozenset()
    drafts: frozenset[str] = frozenset()
    originals: frozenset[str] = frozenset()
    original_bodies: frozenset[str] = frozenset()
    had: frozenset[Place] = frozenset()
    bodies: frozenset[str] = frozenset()


def known(session: Session) -> WithdrawnTexts:
    if not deliveries.exists(session):
        return WithdrawnTexts()
    with closing(ledger.open(session.config.root / ledger.FILE_NAME, session.clock)) as book:
        withdrawn = book.decisions.withdrawn()
        ever = frozenset(one.text for one in book.decisions.ever_withdrawn())
        texts = filter(None, (book.texts.text(one.text_sha256) for one in withdrawn))
        drafts = {release.wording(text) for text in texts if release.is_of_draft(text)}
        drafts -= _sent_as_releases(book) if drafts else drafts
        held = book.decisions.held()
        originals = frozenset(text_sha256 for _, _, text_sha256 in held)
        said = bodies_of(book, originals), had(session, book, held), bodies(book)
        return WithdrawnTexts(withdrawn, ever, frozenset(drafts), originals, *said)


def bodies(book: Ledger) -> frozenset[str]:
    """Return what the sentences of withdrawn texts say, but of those that somebody was sent all the same.

    With another date or issuer, or without what its TOML file stated, a text is another one, and says the same.
    """
    gone = {one.text_sha256 for one in book.decisions.withdrawn()}
    if not gone:
        return frozenset()
    arrived = (entry for entry in book.entries() if entry.kind is DeliveryKind.LETTER and entry.state.may_have_arrived)
    sent = {content.text_sha256 for entry in arrived for content in entry.contents}
    return bodies_of(book, gone) - bodies_of(book, sent - gone)


def bodies_of(book: Ledger, names: Collection[str]) -> frozenset[str]:
    """Return what the sentences of texts say, whatever is stated beside them; nothing of those that were not kept."""
    return frozenset(body for name in names if (text := book.texts.text(name)) for body in release.bodies(text))


def had(session: Session, book: Ledger, held: Collection[holdings.Key]) -> frozenset[Place]:
    """Return the places of which somebody has had a text, sent or published, or may again; of use where one is held."""
    if not held:
        return frozenset()
    entries, now = book.entries(), {one.text for one in book.decisions.withdrawn()}
    former = renaming.names_sent(session, entries)
    published = RecordFolder(session.config).langs().items()
    undone = (one for one in book.decisions.ever_withdrawn() if one.text not in now)
    return frozenset(
        holdings.places(entries, former)
        | {(former.get(name, name), lang) for name, langs in published for lang in langs}
        | {(former.get(one.document, one.document), one.language) for one in undone}
    )


def never_had(original: str, act: str) -> str:
    """Return why a translation waits with its `original`, and what to add to `act` all the same."""
    return (
        f"nobody had it in this language when the document was withdrawn, and {original} is as it was; correct that, "
        f"or, to {act} it all the same, add --allow-withdrawn-originals"
    )


def said_before(act: str) -> str:
    """Return why a text waits that has every sentence of a withdrawn one, and what to add to `act` all the same."""
    return (
        "a text that says the same in every sentence was withdrawn; correct it, or, if only what is stated of it was "
        f"wrong, as its date, to {act} it, add --allow-withdrawn-drafts"
    )


def _sent_as_releases(book: Ledger) -> set[str]:
    """Return the wordings of releases that partners have, or may have."""
    arrived = (entry for entry in book.entries() if entry.kind is DeliveryKind.LETTER and entry.state.may_have_arrived)
    sent = {content.text_sha256 for entry in arrived for content in entry.contents}
    return {release.wording(text) for name in sent if (text := book.texts.text(name)) and not release.is_of_draft(text)}
