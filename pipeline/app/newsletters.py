"""What was published → letters to the partners who wish it, each told of each text once."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.app import deliveries, partners, published, renaming, sending, witnesses
from pipeline.app.deliveries import Password, Ready, Results
from pipeline.app.permission import Permissions
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from pipeline.distribution import holdings, letter, newsletter
from pipeline.distribution.bundle import Bundle
from pipeline.distribution.deliver import Parcel
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.delivery import DeliveryKind, LedgerEntry
from pipeline.distribution.newsletter import DueNews, PublishedNews
from pipeline.distribution.partners import FILE_NAME, Partner
from pipeline.distribution.planning import Delivery
from pipeline.distribution.reasons import read, told
from pipeline.document import seminar
from pipeline.errors import DeliveryError, UsageError
from pipeline.publication import Published, Publisher, Standing, addresses
from pipeline.text import dates
from pipeline.workspace import reading


@dataclass(frozen=True, slots=True)
class NewsletterOutcome:
    """What became of the letter to a partner, which tells of so many texts."""

    partner: Partner
    texts: int
    outcome: str
    reason: str = ""


def newsletters(
    session: Session,
    since: str = "",
    *,
    send: bool = False,
    password: Password | None = None,
    consent: Consent = witnesses.NONE,
) -> list[NewsletterOutcome]:
    """Write previews of the letters that are due, or `send` them; `since` leaves out what was published before a day.

    Raises UsageError when nobody wishes them, or nobody knows where the texts stand on the web.
    """
    if not session.config.publication.address:
        raise UsageError('pipeline.toml: write [publication] with address = "https://…/", where the texts stand')
    if not _wishing(session):
        raise UsageError(f"{FILE_NAME}: nobody wishes it; write newsletter = true for a partner")
    with deliveries.begun(session, send=send, password=password, consent=consent) as (book, settings):
        to, texts = _wishing(session), published.Texts(session)  # anew: another command was waited for, perhaps
        found = list(_news(session, texts))
        entries = book.entries()
        former = renaming.names_sent(session, entries)
        to = _known(session, to, entries)
        theirs: dict[str, list[LedgerEntry]] = defaultdict(list)
        for entry in entries:
            theirs[entry.partner].append(entry)
        refused = holdings.refusals(entries)
        open_to = (partner for partner in to if not _is_stopped(session, partner, theirs[partner.id], refused))
        vanished = partial(_vanished, session, texts, former)
        due = (
            (one, newsletter.due(one, [*found, *vanished(one, theirs[one.id])], theirs[one.id], since, former))
            for one in open_to
        )
        ready = list(_ready(session, book, [(partner, _at_once(session, partner, its)) for partner, its in due if its]))
        if not ready and not texts.before:
            session.fault(UsageError(_NOTHING_KNOWN))
        if send:
            deliveries.drop_previews(session)
            results = sending.send(session, book, ready, settings, private=False)
        else:
            results = deliveries.write_previews(session, ready, settings)
    return [_outcome(one, results) for one in ready]


def _at_once(session: Session, partner: Partner, due: list[DueNews]) -> list[DueNews]:
    """Return of what the next letter tells a partner; say how much stays due."""
    found = newsletter.at_once(due)
    if left := len(due) - len(found):
        session.say(f"{partner.id}: {left:,} more that changed are due; type this again")
    return found


_NOTHING_KNOWN = "nothing that was published is known here, so nobody is told of it; type: pipeline publish"


def _wishing(session: Session) -> list[Partner]:
    return [partner for partner in partners.known(session) if partner.newsletter and partner.active]


def _outcome(one: Ready, results: Results) -> NewsletterOutcome:
    name = one.parcel.id
    contents = len(one.delivery.contents)
    return NewsletterOutcome(one.delivery.partner, contents, str(results.states[name]), results.reasons[name])


def _known(session: Session, to: Sequence[Partner], entries: Sequence[LedgerEntry]) -> list[Partner]:
    """Return the partners but those at an address where another id was told already; say it of them."""
    received = [entry for entry in entries if entry.kind is DeliveryKind.NEWSLETTER]
    renamed = holdings.renamed_partners(to, entries, received)
    for name, other in renamed.items():
        what = f"the ledger knows this address as that of {other}, who was told already; give the partner this id again"
        way = "(if it is another partner, send it something first: pipeline distribute --allow-known-addresses)"
        session.fault(DeliveryError(f"{name}: {what} {way}"))
    return [partner for partner in to if partner.id not in renamed]


def _vanished(
    session: Session,
    texts: published.Texts,
    former: Mapping[str, str],
    partner: Partner,
    entries: Sequence[LedgerEntry],
) -> Iterator[PublishedNews]:
    """Yield what a partner was told of that was withdrawn, and has gone from the section since."""
    reasons = {one.text: told(read(one.reason), [one.language]).words for one in texts.recalled}
    address = session.config.publication.address
    return newsletter.gone(partner, entries, reasons, texts.before.keys(), former, address)


def _news(session: Session, texts: published.Texts) -> Iterator[PublishedNews]:
    """Yield what stands on the web, as it was last published, or withdrawn since; nothing that became forbidden."""
    config = session.config
    publisher = Publisher(config.all_languages, address=config.publication.address)
    forbidden = _forbidden(session, {document for document, _ in texts.before})
    documents = session.sources().documents
    for record in texts.before.values():
        one = texts.stands(record).published
        if one.document_id in forbidden:
            continue
        is_gone = one.document_id not in documents
        if is_gone or one.standing is not record.published.standing:
            session.say(f"{one.document_id} ({one.lang}): the section is not as it stands now; type: pipeline publish")
        if is_gone and one.standing is not Standing.WITHDRAWN:
            continue
        yield PublishedNews(
            one.document_id,
            one.lang,
            one.text_sha256,
            one.text.title,
            _about(session, one),
            one.published,
            one.topics,
            addresses.on_the_web(addresses.page(one), publisher),
            one.standing is Standing.WITHDRAWN,
            one.reason,
        )


def _forbidden(session: Session, published_ids: Collection[str]) -> set[str]:
    """Return the documents that may not be published any more; say which these are."""
    permissions, found = Permissions(session), set()
    for document_id, path in session.sources().documents.items():
        is_stated = seminar.is_one(path.name) or path.with_suffix(".toml").is_file()
        if document_id in published_ids and (permissions.withheld or is_stated):
            with session.guarded():
                if reason := next(permissions.kept_here(reading.read(session.config, path)), ""):
                    session.say(f"{document_id}: no partner is told of it: {reason}")
                    found.add(document_id)
    return found


def _about(session: Session, one: Published) -> str:
    date = dates.in_words(one.date, session.config.language(one.lang))
    return ", ".join(filter(None, (one.issuer, date)))


def _is_stopped(
    session: Session,
    partner: Partner,
    entries: Sequence[LedgerEntry],
    refused: Mapping[tuple[str, str, str], LedgerEntry],
) -> bool:
    """Whether anything was refused at the address of a partner; say what waits for a person.

    `entries` are those of the partner.
    """
    for entry in (entry for entry in entries if entry.kind is DeliveryKind.NEWSLETTER and entry.state.is_open):
        settle = f"pipeline ledger settle {partner.id} {entry.delivery}"
        what = f"newsletter may have arrived; ask the partner, then type: {settle} --arrived (or --lost)"
        session.fault(DeliveryError(f"{partner.id}: {what}"))
    if refusal := refused.get((partner.id, partner.delivery, partner.address)):
        settle = f"pipeline ledger settle {partner.id} {refusal.delivery} --lost"
        what = f"{refusal.kind} was refused; correct the address in {FILE_NAME}, or type: {settle}"
        session.fault(DeliveryError(f"{partner.id}: {what}"))
        return True
    return False


def _ready(session: Session, book: Ledger, due: Sequence[tuple[Partner, list[DueNews]]]) -> Iterator[Ready]:
    """Yield the letters as they are delivered, each written once; what cannot be written is a fault, and left out."""
    written: dict[object, Bundle] = {}
    for partner, its in session.progress(due, "Writing letters", len(due)):
        with session.guarded():
            contents = tuple(one.content for one in its)
            name = book.id_of(partner.id, DeliveryKind.NEWSLETTER, contents)
            said = partner.contact_language, tuple((one.news, one.change) for one in its)
            if said not in written:
                written[said] = _letter(session, partner.contact_language, its)
            parcel = Parcel(name, written[said], b"")
            yield Ready(Delivery(partner, DeliveryKind.NEWSLETTER, (), contents, ()), parcel)


def _letter(session: Session, lang: str, its: Sequence[DueNews]) -> Bundle:
    config = session.config
    facts = newsletter.facts(
        its, config.language(lang), config.sender, config.publication.address, config.all_languages
    )
    made = letter.compose(newsletter.LETTER, lang, facts, config.root / letter.FOLDER, config.all_languages)
    digest = hashlib.sha256(made.text.encode()).hexdigest()
    return Bundle(f"{newsletter.LETTER}-{session.day}-{digest[:8]}", (), digest.encode(), made)
