"""What is released → every partner who is to have it, once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from pipeline.app import catalogues, deliveries, partners, renaming, sending, stated, withdrawals, witnesses
from pipeline.app.deliveries import Password, Ready, Results, some
from pipeline.app.offered import Offers
from pipeline.app.releases import NotReady
from pipeline.app.session import Session, chosen
from pipeline.app.witnesses import Consent
from pipeline.distribution import changes, details, holdings, planning
from pipeline.distribution.deliver import Settings
from pipeline.distribution.ledger import Ledger
from pipeline.distribution.ledger.delivery import Content, DeliveryKind
from pipeline.distribution.partners import FILE_NAME, Partner
from pipeline.distribution.planning import Delivery, Kept, Plan
from pipeline.distribution.reasons import Reason, kept, typed
from pipeline.distribution.release import Release, is_of_draft, wording
from pipeline.errors import DeliveryError, PartnersError
from pipeline.workspace import places


@dataclass(frozen=True, slots=True)
class Distribution:
    """What was sent, or written as previews, and what became of it; `kept` and `missing` are what was not, and why.

    `idle` is what there is to say when nothing was due.
    """

    due: tuple[Ready, ...]
    results: Results
    kept: tuple[Kept, ...]
    missing: tuple[NotReady, ...]
    is_sent: bool
    idle: str


def distribute(
    session: Session,
    asked: Sequence[str] | None = None,
    documents: Sequence[str] | None = None,
    *,
    send: bool = False,
    password: Password | None = None,
    consent: Consent = witnesses.NONE,
    allow_drafts: bool = False,
    allow_known_addresses: bool = False,
    allow_withdrawn_drafts: bool = False,
    allow_withdrawn_originals: bool = False,
    allow_known_texts: bool = False,
    private: bool = False,
    reasons: Sequence[str] = (),
) -> Distribution:
    """Send the partners asked for, or all, what is due to them; without `send`, write previews into the outbox.

    `allow_drafts` takes drafts where nothing is released; `allow_known_addresses` sends to new partners at addresses
    where others were; `allow_withdrawn_drafts` sends releases of which a draft was withdrawn, and
    `allow_withdrawn_originals` translations whose original was; `allow_known_texts` what others replaced, and what has
    the sentences of a document that is gone. `password` gives that of the server, and `consent` is for the ledger,
    when something is sent. With `private`, the answers of servers are included. `reasons` are why texts are corrected,
    as `reasons.typed` reads them; later runs know them.
    """
    reason = typed(reasons, session.config.all_languages)
    with deliveries.begun(session, send=send, password=password, consent=consent) as (book, settings):
        documents = catalogues.named(session, documents)
        to = _select(partners.known(session), asked)
        formats = {name for partner in to if partner.active for name in partner.formats}
        offers = Offers(session, documents, allow_drafts=allow_drafts, formats=formats)
        allowed = {"allow_drafts": allow_withdrawn_drafts, "allow_originals": allow_withdrawn_originals}
        faults = _Withdrawals(session, book, **allowed)
        allowed = {"allow_known_addresses": allow_known_addresses, "allow_known_texts": allow_known_texts}
        make = partial(_planned, session, book, offers, faults, to, documents, reason, allowed)
        plan, released, missing = make()
        read = set[str]()
        while due := _due(plan) - read:
            offers.read_whole(sorted(due))
            read |= due
            plan, released, missing = make()
        if reason:
            _explain(session, book, plan, reason, send=send)
        _tell_of_originals(session, plan, released, faults.held - faults.digests)
        _tell_of_earlier_wordings(session, plan, released)
        _tell_of_statements(session, book, plan)
        idle = _idle(released, plan, missing)
        return carry_out(session, book, plan, settings, missing, idle, reason, send=send, private=private)


class PlannedDeliveries(NamedTuple):
    """A plan, the releases it is made of, and what is not sent to anybody, with the reason."""

    plan: Plan
    released: list[Release]
    missing: list[NotReady]


def _planned(
    session: Session,
    book: Ledger,
    offers: Offers,
    faults: "_Withdrawals",
    to: Sequence[Partner],
    documents: Sequence[str] | None,
    reason: Reason,
    allowed: Mapping[str, bool],
) -> PlannedDeliveries:
    found, missing = offers.all()
    entries = book.entries()
    former = renaming.names_sent(session, entries)
    released = [release for release in found if not faults.of(release)]
    plan = planning.plan(
        to,
        released,
        entries,
        faults.recalled,
        documents=documents,
        **allowed,
        is_renamed=RenamedTexts(session, book, former),
        former=former,
        reasons=book.decisions.reasons() | ({_key(release): kept(reason) for release in released} if reason else {}),
    )
    return PlannedDeliveries(plan, released, [*missing, *filter(None, map(faults.of, found))])


class RenamedTexts:
    """Whether a release has the sentences of a text that was sent, and whose document is gone."""

    def __init__(self, session: Session, book: Ledger, former: Mapping[str, str]) -> None:
        self.there, self.former = session.sources().documents, former
        self.languages = session.config.all_languages
        self.sentences = cache(lambda text_sha256, lang: self._sentences(book.texts.text(text_sha256), lang))
        self.own = cache(self._sentences)

    def __call__(self, release: Release, content: Content) -> bool:
        if content.document in self.there or content.document in self.former:
            return False
        return changes.are_alike(
            self.sentences(content.text_sha256, content.language), self.own(release.text, release.lang)
        )

    def _sentences(self, text: str, lang: str) -> frozenset[str]:
        return changes.sentences(text, self.languages[lang]) if text else frozenset()


def _due(plan: Plan) -> set[str]:
    """Return the documents of which something is to be sent."""
    letters = (one for one in plan.deliveries if one.kind is DeliveryKind.LETTER)
    return {content.document for delivery in letters for content in delivery.contents}


def _tell_of_originals(session: Session, plan: Plan, released: Iterable[Release], held: Collection[str]) -> None:
    """Say what is due with the original that its document had when it was withdrawn."""
    due = {content.text_sha256 for delivery in plan.deliveries for content in delivery.contents}
    for one in released:
        if one.text_sha256 in due and one.original_text_sha256 in held:
            session.say_once(
                f"{one.document_id} ({one.lang}): its original, which goes with it, is the one that it had when it was "
                f"withdrawn; if that is wrong itself: pipeline withdraw {one.document_id} --languages {one.source_lang}"
            )


def _tell_of_earlier_wordings(session: Session, plan: Plan, released: Sequence[Release]) -> None:
    """Say which drafts that are due translate a sentence as it was before it was changed, as tables do."""
    due = {(content.document, content.language) for one in plan.deliveries for content in one.contents}
    for release in released:
        if release.is_draft and release.outdated and release.key in due:
            session.say(
                f"{release.document_id} ({release.lang}): the draft translates {release.outdated} "
                f"sentence{'s' * (release.outdated > 1)} as before the last change; "
                "if what was taken out must not leave, correct or empty the translation first"
            )


def _tell_of_statements(session: Session, book: Ledger, plan: Plan) -> None:
    """Say what letters and colophons state for the first time of a translation."""
    letters = (entry for entry in book.entries() if entry.kind is DeliveryKind.LETTER and entry.state.may_have_arrived)
    sent = {content.details: content for entry in letters for content in entry.contents}.values()
    known = stated.usual(session.config)
    for content in sent:
        with suppress(DeliveryError):  # earlier versions did not note it
            known.update(_stated(details.read(content)))
    for release in (
        one for delivery in plan.deliveries if delivery.kind is DeliveryKind.LETTER for one in delivery.releases
    ):
        name = f"{release.document_id} ({release.lang})"
        stated.tell(session, name, "letter and colophon state", _stated(release), known)


def _stated(release: Release) -> tuple[str, ...]:
    return tuple(filter(None, (release.origin, *release.engines)))


def _key(release: Release) -> holdings.Key:
    return *release.key, release.text_sha256


def _explain(session: Session, book: Ledger, plan: Plan, reason: Reason, *, send: bool) -> None:
    """Note why texts are corrected that are about to be sent; say so when none is."""
    corrected = [content for delivery in plan.deliveries for content in delivery.contents if content.corrects]
    if not corrected:
        session.say("no correction is due; the reason is not used")
    elif send:
        book.decisions.explain({(*content.place, content.text_sha256): kept(reason) for content in corrected})


class _Withdrawals:
    """What was withdrawn, by its text and by its wording, which a draft and its release share.

    A translation goes nowhere without its original, so it is held where that was withdrawn, but with `allow_originals`,
    and so is one in a language that nobody has had of a document that was withdrawn as a whole, or its original alone.
    With `allow_drafts` a release may go out of which a draft was withdrawn; one that was sent so may go on.
    """

    def __init__(self, session: Session, book: Ledger, *, allow_drafts: bool, allow_originals: bool) -> None:
        recalled, held = book.decisions.withdrawn(), book.decisions.held()
        self.recalled, self.texts = recalled, {one.text for one in recalled}
        self.held = {text_sha256 for _, _, text_sha256 in held}
        self.held_bodies = withdrawals.bodies_of(book, self.held)
        self.had = withdrawals.had(session, book, held)
        self.digests = {one.text_sha256 for one in recalled}
        self.bodies = withdrawals.bodies(book)
        kept = [text for one in recalled if (text := book.texts.text(one.text_sha256))]
        self.wordings = {wording(text) for text in kept}
        self.released = {wording(text) for text in kept if not is_of_draft(text)}
        arrived = (one for one in book.entries() if one.kind is DeliveryKind.LETTER and one.state.may_have_arrived)
        self.sent = {content.text_sha256 for entry in arrived for content in entry.contents}
        self.allow_drafts, self.allow_originals = allow_drafts, allow_originals

    def of(self, release: Release) -> NotReady | None:
        """Return why a release is not distributed any more; None when it is."""
        reason = self._reason(release)
        return NotReady(release.document_id, release.lang, reason) if reason else None

    def _reason(self, release: Release) -> str:
        if (release.lang, release.text_sha256) in self.texts:
            return _GONE
        original = "" if self.allow_originals else release.original_sha256
        if original in self.released or (original and release.original_text_sha256 in self.digests):
            return _ORIGINAL_GONE
        own = release.original_text_sha256 or release.text_sha256
        is_held = own in self.held or (release.original_body_sha256 or release.body_sha256) in self.held_bodies
        if is_held and not self.allow_originals and release.key not in self.had:
            return withdrawals.never_had("its original, which goes with it," if original else "it", "send")
        if self.wordings.isdisjoint((release.wording_sha256, original)):
            return self._said_before(release)
        if release.is_draft:
            return _GONE if release.wording_sha256 in self.wordings else _ORIGINAL_GONE
        return "" if self.allow_drafts or release.text_sha256 in self.sent else _DRAFT_GONE

    def _said_before(self, release: Release) -> str:
        """Return why a text is held whose sentences, or those of its original, are those of a withdrawn one."""
        if release.text_sha256 in self.sent:
            return ""
        if release.body_sha256 in self.bodies and not self.allow_drafts:
            return withdrawals.said_before("send")
        is_beside = release.original_body_sha256 in self.bodies and not self.allow_originals
        return _ORIGINAL_GONE if is_beside else ""


_GONE = "this text was withdrawn; a corrected text will be distributed"
_ORIGINAL_GONE = (
    "its original, which goes with it, was withdrawn; correct that, or, to send it all the same, add "
    "--allow-withdrawn-originals"
)
_DRAFT_GONE = (
    "a draft that says the same was withdrawn; correct it, or, to send it as it is, add --allow-withdrawn-drafts"
)


def _select(partners: Sequence[Partner], asked: Sequence[str] | None) -> list[Partner]:
    """Return the partners asked for, or all; raise PartnersError when there are none, who cannot have everything."""
    if not partners:
        raise PartnersError(
            f"{FILE_NAME}: no partner is in it, so nothing is sent to anybody; put it back, or add one: "
            "pipeline partners add ID"
        )
    by_id = {partner.id: partner for partner in partners}
    return [by_id[name] for name in chosen(list(by_id), asked, "partner")]


def carry_out(
    session: Session,
    book: Ledger,
    plan: Plan,
    settings: Settings,
    missing: Sequence[NotReady],
    idle: str,
    reason: Reason,
    *,
    send: bool,
    private: bool,
) -> Distribution:
    """Send what is planned, or write its previews; `reason` is what was typed for this run."""
    due = deliveries.ready(session, book, plan.deliveries)
    deliveries.tell_of_fallbacks(session, due, reason)
    if send:
        deliveries.drop_previews(session)
        results = sending.send(session, book, due, settings, private=private)
    else:
        results = deliveries.write_previews(session, due, settings)
    return Distribution(tuple(due), results, plan.kept, tuple(missing), is_sent=send, idle=idle)


def report(session: Session, distribution: Distribution, *, each: bool = False) -> None:
    """Say what was not sent, and why; what needs a person is a fault. Of many texts, `each` has a line."""
    _tell_of_missing(session, distribution.missing, each=each)
    _tell(session, distribution.kept)
    if not distribution.due:
        is_held = session.faults or any(kept_back.reason == planning.PAUSED for kept_back in distribution.kept)
        session.say("nothing else to do" if is_held else distribution.idle)
    elif not distribution.is_sent:
        folder = (session.config.output / places.OUTBOX).relative_to(session.config.root)
        session.say(f"nothing was sent: look at the previews in {folder / deliveries.PREVIEWS}, then add --send")


def _idle(released: Sequence[Release], plan: Plan, missing: Sequence[NotReady]) -> str:
    """Return what to say when nothing is due: everybody has everything only if there is something, all of it out."""
    if not released:
        return "nothing to do: no text is ready to be sent"
    what = "that is released" if missing or plan.kept else "there is"
    return f"nothing to do: every partner has everything {what} for them"


def _tell_of_missing(session: Session, missing: Iterable[NotReady], *, each: bool) -> None:
    """Say what is not ready: a line for each text, or, where many have the same reason, one for them all."""
    same: dict[tuple[str, str], list[NotReady]] = defaultdict(list)
    for one in missing:
        same[one.reason, one.command].append(one)
    for (reason, command), its in same.items():
        if each or len(its) <= deliveries.SHOWN:
            for one in its:
                session.say(f"not sent: {one}")
        else:
            what, remedy = some([one.text for one in its]), f"; type: {command}" if command else ""
            session.say(f"not sent: {what}: {reason}{remedy} (all of them: --verbose)")


def _tell(session: Session, kept: Iterable[Kept]) -> None:
    """Say what was kept back: a line for whatever has the same reason; what is urgent is a fault."""
    same: dict[tuple[bool, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in kept:
        text = f"{one.document} ({one.language})" if one.language else one.document
        same[one.is_urgent, one.told()][one.partner].append(text)
    for (is_urgent, reason), texts in same.items():
        to = some(list(texts))
        what = some(list(dict.fromkeys(text for names in texts.values() for text in names if text)))
        if is_urgent:
            session.fault(DeliveryError(f"{to}: {what}{': ' if what else ''}{reason}"))
        else:
            session.say(f"not sent to {to}: {what}{': ' if what else ''}{reason}")


def change(delivery: Delivery, content: Content) -> str:
    """Return what a text is to its partner: new, a correction, more formats of what they have, or withdrawn."""
    if delivery.kind is DeliveryKind.WITHDRAWAL:
        return "withdrawn"
    if content.adds_formats:
        return "more formats"
    return "correction" if content.corrects else "new"
