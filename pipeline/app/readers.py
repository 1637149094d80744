"""Digests → the organisation's own readers, each once, by the rules that hold for partners."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.app import deliveries, digest, ledger, partners, sending, witnesses
from pipeline.app.deliveries import Password, Ready
from pipeline.app.digest import Digests, MadeDigest
from pipeline.app.session import Session
from pipeline.app.witnesses import Consent
from pipeline.distribution import holdings
from pipeline.distribution.deliver import Parcel, Settings
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, LedgerEntry
from pipeline.distribution.partners import BY_MAIL, FILE_NAME, DigestReader, Partner
from pipeline.distribution.planning import Delivery
from pipeline.errors import DeliveryError, UsageError
from pipeline.inbox import issues
from pipeline.inbox.digest import Digest
from pipeline.inbox.issues import Issue, Mailing
from pipeline.workspace import storage

NOT_SENT = "not sent"

_READER = "readers."


@dataclass(frozen=True, slots=True)
class ReaderOutcome:
    """What became of a digest for a reader; so many `texts` in it are on their topics."""

    reader: DigestReader
    digest: str
    texts: int
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The digest that was made, and what became of it, and of those before it, for each reader."""

    made: MadeDigest
    outcomes: tuple[ReaderOutcome, ...]


@dataclass(frozen=True, slots=True)
class _Pending:
    """A digest that a reader does not have yet."""

    issue: Issue
    reader: DigestReader
    digest: Digest


def digest_of(
    session: Session,
    since: str = "",
    *,
    full: bool = False,
    send: bool = False,
    password: Password | None = None,
    consent: Consent = witnesses.NONE,
) -> Sent:
    """Make the digest that is due, and `send` it, with those that failed before, to readers who do not have them.

    Raises UsageError when it is to be sent, and there are no readers.
    """
    if not send:
        with session.locked():
            return _made(session, since, full, ledger.entries(session))
    if not partners.readers(session):
        raise UsageError(f'{FILE_NAME}: no readers yet; write: [readers.anna] and below it address = "…"')
    with deliveries.begun(session, send=True, password=password, consent=consent) as (book, settings):
        return _sent(session, since, full, book, settings)


def _made(session: Session, since: str, full: bool, entries: Sequence[LedgerEntry]) -> Sent:
    digests, made = _addressed(session, since, full, entries)
    due = list(_due(session, digests, made, entries))
    return Sent(
        made, tuple(ReaderOutcome(one.reader, one.issue.name, len(one.digest.entries), NOT_SENT) for one in due)
    )


def _sent(session: Session, since: str, full: bool, book: Ledger, settings: Settings) -> Sent:
    digests, made = _addressed(session, since, full, book.entries())
    if made.issue.readers:
        digests.record(made.issue)
    due = list(_due(session, digests, made, book.entries()))
    ready = _ready(session, digests, due, book)
    results = sending.send(session, book, [parcel for _, parcel in ready], settings, private=False)
    outcomes = (
        ReaderOutcome(
            one.reader,
            one.issue.name,
            len(one.digest.entries),
            str(results.states[parcel.parcel.id]),
            results.reasons[parcel.parcel.id],
        )
        for one, parcel in ready
    )
    return Sent(made, tuple(outcomes))


def _addressed(session: Session, since: str, full: bool, entries: Sequence[LedgerEntry]) -> tuple[Digests, MadeDigest]:
    """Make the digest that is due, for all readers of now, and those it was sent to before."""
    digests = Digests(session, full=full, mailings=list(_mailings(entries)))
    made = digest.make(session, digests, since)
    now = {reader.id: reader.language for reader in digests.readers} if made.digest.entries else {}
    return digests, replace(made, issue=replace(made.issue, readers=now | made.issue.readers))


def _mailings(entries: Sequence[LedgerEntry]) -> Iterator[Mailing]:
    for entry in entries:
        if entry.kind is DeliveryKind.DIGEST:
            for content in entry.contents:
                yield Mailing(content.document, entry.partner.removeprefix(_READER), content.language, entry.time[:10])


def _due(session: Session, digests: Digests, made: MadeDigest, entries: Sequence[LedgerEntry]) -> Iterator[_Pending]:
    """Yield what readers are still to get, the earliest digests first; say what waits for a person."""
    last = {(entry.partner, content.document): entry for entry in entries for content in entry.contents}
    known: dict[tuple[str, str], Digest] = {}
    refused = holdings.refusals(entries)
    for issue in issues.recorded(digests.issues, made.issue):
        for reader in _to(issue, digests.readers, session.config.all_languages):
            refusal = refused.get((name(reader), BY_MAIL, reader.address))
            if not _is_due(session, last.get((name(reader), issue.label)), refusal):
                continue
            key = issue.name, reader.language
            known[key] = known.get(key) or digests.digest(issue, reader.language)
            if (of := known[key].of(reader.topics)).entries:
                yield _Pending(issue, reader, of)


def _to(issue: Issue, readers: Sequence[DigestReader], known: Container[str]) -> list[DigestReader]:
    """Return who gets a digest: those it was made for, in the language of that time."""
    its = [(one, issue.readers[one.id]) for one in readers if one.id in issue.readers]
    return [replace(one, language=lang) if lang in known else one for one, lang in its]


def name(reader: DigestReader) -> str:
    """Return what the ledger calls a reader: no partner can have such an id."""
    return f"{_READER}{reader.id}"


def _is_due(session: Session, last: LedgerEntry | None, refusal: LedgerEntry | None) -> bool:
    """Whether a digest may be sent, after its last step and a refusal; say what waits for a person."""
    if last and last.state is DeliveryState.ACCEPTED:
        return False
    if last and last.state.is_open:
        what = f"may have arrived; ask the reader, then type: {_settle(last)} --arrived (or --lost)"
        session.fault(DeliveryError(f"{last.partner}: {last.contents[0].document}: {what}"))
        return False
    if refusal:
        what = f"was refused; correct the address in {FILE_NAME}, or type: {_settle(refusal)} --lost"
        session.fault(DeliveryError(f"{refusal.partner}: {refusal.contents[0].document}: {what}"))
        return False
    return True


def _settle(entry: LedgerEntry) -> str:
    return f"pipeline ledger settle {entry.partner} {entry.delivery}"


def _ready(session: Session, digests: Digests, due: Sequence[_Pending], book: Ledger) -> list[tuple[_Pending, Ready]]:
    """Return what is due with its e-mail, each made once; what cannot be made is a fault, and left out."""
    made: dict[object, Parcel] = {}
    ready = []
    for one in session.progress(due, "Making e-mails", len(due)):
        key = one.issue.name, one.reader.language, one.reader.topics
        with session.guarded():
            if key not in made:
                language = session.config.language(one.reader.language)
                bundle, printed = digests.bundle(one.digest, language)
                made[key] = Parcel("", bundle, b"", printed)
            delivery = _delivery(one)
            parcel = replace(made[key], id=book.id_of(delivery.partner.id, delivery.kind, delivery.contents))
            ready.append((one, Ready(delivery, parcel)))
    return ready


def _delivery(due: _Pending) -> Delivery:
    """Return a delivery as the ledger knows it: of a digest by its name, whatever has become of its texts since."""
    reader, what = due.reader, due.issue.label
    to = Partner(
        name(reader), "", (reader.language,), True, (), BY_MAIL, reader.address, reader.language, True, reader.topics
    )  # fmt: skip
    content = Content(what, reader.language, storage.sha256(what.encode()))
    return Delivery(to, DeliveryKind.DIGEST, (), (content,), ())
