"""Partners, releases and the ledger → what is to be sent to whom, and why the rest is not."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.distribution import bundle, details, holdings
from pipeline.distribution import reasons as reasoning
from pipeline.distribution.holdings import Had, Key, Place
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, LedgerEntry
from pipeline.distribution.partners import FORMATS, PO, Partner, alone
from pipeline.distribution.reasons import StatedReason
from pipeline.distribution.release import Release

PAUSED = "paused in partners.toml"
_RESUME = "set active = true in partners.toml until the notice is sent"
_RENAMED = (
    "give that partner its id {other} again, "
    "or, if it is another partner, type: pipeline distribute {partner} --allow-known-addresses"
)
_REFUSED = "correct the address, or type: pipeline ledger settle {partner} {delivery} --lost"
_ASK = "ask the partner, then type: pipeline ledger settle {partner} {delivery} --arrived (or --lost)"
_EARLIER = (
    "partners had this very text until another replaced it, as when older files are put back; correct it, or, to "
    "send it all the same, add --allow-known-texts"
)
_BESIDE = "a draft does not go to whoever has a release of the document, or gets one"
_UNSAFE_PO = "its PO file cannot be sent: it may name a person"
_NO_PO = "an original has no PO file; add another format for this partner"
AWAITED = "the partner has an earlier text; the current text is not released yet"

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_REASONS: Mapping[Key, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one partner is to receive in one bundle.

    `contents` are the releases, as the ledger knows them; `reasons` why each of them is withdrawn or corrected, as far
    as that was stated, and `earlier` the hashes of all that the partner had in the place of each before.
    """

    partner: Partner
    kind: DeliveryKind
    releases: tuple[Release, ...]
    contents: tuple[Content, ...]
    reasons: tuple[StatedReason, ...]
    earlier: tuple[tuple[str, ...], ...] = ()

    @property
    def before(self) -> dict[Place, tuple[str, ...]]:
        """The hashes of all texts that the partner had before, whichever of them arrived."""
        return {content.place: names for content, names in zip(self.contents, self.earlier, strict=False) if names}

    @property
    def reason(self) -> StatedReason:
        """That of a notice, which is the same for all of its texts."""
        return self.reasons[0] if self.kind is DeliveryKind.WITHDRAWAL else StatedReason()

    @property
    def replaces(self) -> dict[Place, str]:
        """The hashes of the texts that are corrected."""
        return {content.place: content.corrects for content in self.contents if content.corrects}

    @property
    def added(self) -> frozenset[Place]:
        """The texts that the partner has, and gets in more formats."""
        return frozenset(content.place for content in self.contents if content.adds_formats)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not sent, and why. `is_urgent` when it waits for a person.

    `remedy` is a template of what to do, with {partner}, {delivery}, and {other}, the id of another partner. In
    `reason` nothing is replaced: it may hold words of others.
    """

    partner: str
    document: str
    language: str
    reason: str
    is_urgent: bool = False
    remedy: str = ""
    delivery: str = ""
    other: str = ""

    def told(self, shown: Callable[[str], str] = str) -> str:
        """Return reason and remedy with the partners as they are `shown`."""
        if not self.remedy:
            return self.reason
        other = shown(self.other) if self.other else ""
        remedy = self.remedy.format(partner=shown(self.partner), delivery=self.delivery, other=other)
        return f"{self.reason}; {remedy}"


@dataclass(frozen=True, slots=True)
class Plan:
    deliveries: tuple[Delivery, ...]
    kept: tuple[Kept, ...]


def _never(release: Release, content: Content) -> bool:
    return False


def plan(
    partners: Collection[Partner],
    releases: Iterable[Release],
    entries: Sequence[LedgerEntry],
    withdrawn: Collection[Withdrawn],
    *,
    documents: Collection[str] | None = None,
    allow_known_addresses: bool = False,
    allow_known_texts: bool = False,
    is_renamed: Callable[[Release, Content], bool] = _never,
    former: Mapping[str, str] = _NONE,
    reasons: Mapping[Key, str] = _NO_REASONS,
) -> Plan:
    """Return what is due, one delivery a partner (and one a notice); `entries` stand in their order.

    With `documents`, of these alone. Who never got anything at an address where another partner did gets no text there,
    unless that is allowed: as a rule it is the same one under another id. Nor does anybody get a text that another
    replaced for somebody, or one that `is_renamed`, unless that is. `former` are ids that documents had, with those
    they have: what was sent under the one counts as the other. `reasons` are those of corrections.
    """
    refused, entries = holdings.refusals(entries), [entry for entry in entries if entry.kind.is_of_texts]
    recalled = {text.key: text.reason for text in withdrawn}
    offered: dict[str, dict[str, _Offer]] = defaultdict(dict)
    gone = {one.text for one in withdrawn}
    for release in releases:
        if (release.lang, release.text_sha256) not in gone:
            offered[release.document_id][release.lang] = _Offer(release, details.written(release))
    said = {(former.get(key[0], key[0]), *key[1:]): reason for key, reason in reasons.items()} | recalled
    had = holdings.by_partner(entries, former)
    replaced = holdings.replaced(had)
    renamed = {} if allow_known_addresses else holdings.renamed_partners(partners, entries, entries)
    deliveries: list[Delivery] = []
    kept: list[Kept] = []
    for partner in partners:
        texts = {place: text for place, text in had[partner.id].items() if documents is None or place[0] in documents}
        if stops := list(_stops(partner, refused, texts, recalled)):
            kept += stops
            continue
        known = _EarlierTexts(partner, had[partner.id], replaced, is_renamed, allows=allow_known_texts)
        due = _due(partner, offered, texts, recalled, known)
        kept += (outcome for outcome in due if isinstance(outcome, Kept))
        sent = [outcome for outcome in due if not isinstance(outcome, Kept)]
        notices = [one for one in sent if one.kind is DeliveryKind.WITHDRAWAL]
        if partner.id in renamed and len(notices) < len(sent):
            reason, other = "the ledger knows this address as that of another partner", renamed[partner.id]
            kept.append(Kept(partner.id, "", "", reason, is_urgent=True, remedy=_RENAMED, other=other))
            sent = notices
        deliveries += _deliveries(partner, sent, said)
    return Plan(tuple(deliveries), tuple(kept))


class _EarlierTexts:
    """What a partner has, by which a text is known that was sent before, or as another document."""

    def __init__(
        self,
        partner: Partner,
        had: Mapping[Place, Had],
        replaced: Collection[tuple[str, str]],
        is_renamed: Callable[[Release, Content], bool],
        *,
        allows: bool,
    ) -> None:
        self.partner, self.is_renamed, self.allows = partner, is_renamed, allows
        self.had = had
        self.standing = {place: text for place, text in had.items() if not text.is_notice}
        self.names = {(lang, text.content.text_sha256): name for (name, lang), text in self.standing.items()}
        self.replaced = replaced

    def learn(self, outcome: "_Due | Kept") -> None:
        """Know a text that is due: as another document's it does not go in the same run."""
        if isinstance(outcome, _Due):
            self.names.setdefault((outcome.content.language, outcome.content.text_sha256), outcome.content.document)

    def doubt(self, release: Release, had: Had | None) -> Kept | None:
        """Return why a release is held that the partner had before, or has under another name; None when it is new."""
        if (name := self.names.get((release.lang, release.text_sha256))) and name != release.document_id:
            if (name, release.lang) not in self.standing:
                return self._kept(release, f"it is the very text of {name}, which is due; remove one of the two")
            remedy = f"if you renamed its files, type: pipeline rename {name} {release.document_id}"
            return self._kept(release, f"it was sent as {name}; {remedy}")
        if self.allows:
            return None
        if (release.lang, release.text_sha256) in self.replaced:
            return self._kept(release, _EARLIER, is_urgent=True)
        return self.renamed(release, had)

    def renamed(self, release: Release, had: Had | None) -> Kept | None:
        """Return why a release is held that came since what the partner `had` as a document that is gone."""
        if not self.allows and (name := next(self._alike(release, had), "")):
            reason = f"it has the sentences of {name}, which was sent and is no longer here; if you renamed its files"
            remedy = f"type: pipeline rename {name} {release.document_id}; if it is another, add --allow-known-texts"
            return self._kept(release, f"{reason}, {remedy}", is_urgent=True)
        return None

    def _alike(self, release: Release, had: Had | None) -> Iterator[str]:
        since = had.entry.number if had else -1
        for (name, _), text in self.had.items():  # who has it in another language, or the notice of it, too
            is_another = name != release.document_id and text.entry.number > since
            if is_another and self.is_renamed(release, text.content):
                yield name

    def _kept(self, release: Release, reason: str, *, is_urgent: bool = False) -> Kept:
        return Kept(self.partner.id, release.document_id, release.lang, reason, is_urgent=is_urgent)


def strangers(
    partners: Iterable[Partner], entries: Sequence[LedgerEntry], withdrawn: Iterable[Withdrawn]
) -> Iterator[Kept]:
    """Yield who has a withdrawn text and is a partner no more."""
    recalled = {text.key for text in withdrawn}
    ids = {partner.id for partner in partners}
    for partner, places in holdings.by_partner(entries).items():
        for place, text in places.items():
            if partner not in ids and text.is_of(recalled):
                yield Kept(
                    partner,
                    *place,
                    "has the withdrawn text, but is no longer in partners.toml; "
                    "enter the partner again to send the notice",
                    is_urgent=True,
                )


def _stops(
    partner: Partner,
    refused: Mapping[tuple[str, str, str], LedgerEntry],
    had: Mapping[Place, Had],
    recalled: Mapping[tuple[str, str, str], str],
) -> Iterator[Kept]:
    """Yield why a partner gets nothing at all, and what that keeps from the partner that cannot wait."""
    if not partner.active:
        yield Kept(partner.id, "", "", PAUSED)
        for place, text in had.items():
            if text.is_of(recalled):
                yield Kept(partner.id, *place, f"has the withdrawn text, but is paused; {_RESUME}", is_urgent=True)
        return
    if entry := refused.get((partner.id, partner.delivery, partner.address)):
        reason = f"refused on {entry.time[:10]}"
        yield Kept(partner.id, "", "", reason, is_urgent=True, remedy=_REFUSED, delivery=entry.delivery)


@dataclass(frozen=True, slots=True)
class _Offer:
    release: Release
    details: str


@dataclass(frozen=True, slots=True)
class _Due:
    kind: DeliveryKind
    release: Release
    content: Content
    earlier: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return *self.content.place, self.content.text_sha256

    @property
    def is_first(self) -> bool:
        """Whether the partner never had another text in its place."""
        return self.kind is DeliveryKind.LETTER and not self.content.corrects


def _due(
    partner: Partner,
    offered: Mapping[str, Mapping[str, _Offer]],
    had: Mapping[Place, Had],
    recalled: Mapping[tuple[str, str, str], str],
    known: _EarlierTexts,
) -> list[_Due | Kept]:
    outcomes: list[_Due | Kept] = []
    noticed = set()
    for place, text in had.items():
        if text.is_of(recalled):
            noticed.add(place)
            outcomes.append(_open(partner, text) or _notice(text))
    standing = {place for place, text in had.items() if not text.is_notice and place not in noticed}
    having: dict[str, list[Had]] = defaultdict(list)
    for place in standing:
        having[place[0]].append(had[place])
    for document, languages in offered.items():
        in_vain = _drafts_in_vain(partner, document, languages, had, having[document])
        wanted = _wanted(partner, document, languages, had, standing, in_vain)
        if in_vain and not isinstance(otherwise := _wanted(partner, document, languages, had, standing), Kept):
            outcomes += (Kept(partner.id, document, lang, _BESIDE) for lang in otherwise if lang in in_vain)
        if isinstance(wanted, Kept):
            outcomes.append(wanted)
            continue
        for lang in wanted:
            if (document, lang) in noticed:
                outcomes.append(Kept(partner.id, document, lang, "the notice of its withdrawal must be sent first"))
            elif lang not in languages:
                outcomes.append(_open(partner, had[document, lang]) or Kept(partner.id, document, lang, AWAITED))
            elif new := _new(partner, languages[lang], had.get((document, lang)), known):
                outcomes.append(new)
                known.learn(new)
    return outcomes


def _drafts_in_vain(
    partner: Partner,
    document: str,
    languages: Mapping[str, _Offer],
    had: Mapping[Place, Had],
    standing: Iterable[Had],
) -> list[str]:
    """Return in which languages there is but a draft, for a partner who never had it and has, or gets, a release.

    `standing` is what the partner has of the document. The original is none: nobody has anything instead of it.
    """
    drafts = [lang for lang, offer in languages.items() if offer.release.is_draft and (document, lang) not in had]
    if not drafts:
        return []
    offered = (one.release for lang, one in languages.items() if lang in partner.languages or (document, lang) in had)
    known = (*offered, *(details.read(one.content) for one in standing))
    return drafts if any(not one.is_draft and _is_translation(one) for one in known) else []


def _is_translation(release: Release) -> bool:
    """Whether that is known: of an offer by its original, of what the ledger has by the language of that."""
    return bool(release.original_sha256) or release.source_lang not in ("", release.lang)


def _wanted(
    partner: Partner,
    document: str,
    languages: Mapping[str, _Offer],
    had: Collection[Place],
    standing: Collection[Place],
    in_vain: Collection[str] = (),
) -> list[str] | Kept:
    """Return the languages of a document that concern a partner: those asked for, and those received before.

    Of those that are `in_vain` there is but a draft.
    What the partner has (`standing`) satisfies as what is offered does: nobody who has the French gets
    the English because the French is not released for a while.
    """
    held = [lang for lang in languages if (document, lang) in had]
    offered = languages.keys() - set(in_vain)
    liked = [lang for lang in partner.languages if lang in offered or (document, lang) in standing]
    topics = {topic for offer in languages.values() for topic in offer.release.topics}
    concerns = not partner.topics or bool(topics & set(partner.topics))
    chosen = (liked if partner.every_language else liked[:1]) if concerns else []
    if chosen or held:
        return list(dict.fromkeys((*chosen, *held)))
    if not concerns:
        return Kept(partner.id, document, "", "not among the partner's topics")
    return Kept(partner.id, document, "", f"not released in {' or '.join(partner.languages)}")


def _new(partner: Partner, offer: _Offer, had: Had | None, known: _EarlierTexts) -> _Due | Kept | None:
    """Return a release as a partner is to get it; None when it is what the partner has."""
    release = offer.release
    if had and (stop := _open(partner, had)):
        return stop
    if had and had.content.text_sha256 == release.text_sha256 and not had.is_notice:
        more = _more(partner, offer, had)
        return more and (known.renamed(release, had) or more)
    if release.is_draft and had and not had.is_notice and not details.read(had.content).is_draft:
        return Kept(partner.id, release.document_id, release.lang, "a draft does not replace a release")
    if doubt := known.doubt(release, had):
        return doubt
    return _sent_in(partner, offer, partner.formats, had)


def _more(partner: Partner, offer: _Offer, had: Had) -> _Due | Kept | None:
    """Return a text that a partner has in the formats that were added since; None when there are none.

    An original is the same file in several of them.
    """
    added = [name for name in partner.formats if name not in had.formats]
    if not _is_translation(offer.release):
        added = [name for name in added if alone(name) not in {"", *map(alone, had.formats)}]
    return _sent_in(partner, offer, added, had) if added else None


def _sent_in(partner: Partner, offer: _Offer, formats: Sequence[str], had: Had | None) -> _Due | Kept:
    """Return a release in some formats, which are noted with all that the partner wanted before."""
    release = offer.release
    if missing := [name for name in formats if name != PO and name not in release.files]:
        remedy = f"; type: pipeline build-pdf --release --layout {missing[0]}" if missing[0] in FORMATS else ""
        what = "in the layout" if missing[0] in FORMATS else "as"
        return Kept(partner.id, release.document_id, release.lang, f"not released {what} {missing[0]}{remedy}")
    # In the order of the release: that of a partner's own list would tell in a bundle whose it was.
    files = {name: file for name, file in release.files.items() if name in formats}
    if not files:
        reason = _UNSAFE_PO if _is_translation(release) else _NO_PO
        return Kept(partner.id, release.document_id, release.lang, reason)
    is_same = had is not None and not had.is_notice and had.content.text_sha256 == release.text_sha256
    content = Content(
        release.document_id,
        release.lang,
        release.text_sha256,
        had.content.text_sha256 if had else "",
        had.entry.delivery if had else "",
        details.with_formats(offer.details, (*(had.formats if had and is_same else ()), *formats)),
    )
    earlier = {*had.earlier, had.content.text_sha256} - {release.text_sha256} if had else ()
    return _Due(DeliveryKind.LETTER, replace(release, files=files), content, tuple(sorted(earlier)))


def _open(partner: Partner, had: Had) -> Kept | None:
    if not had.entry.state.is_open:
        return None
    reason = f"nobody knows whether delivery {had.entry.delivery} arrived"
    return Kept(partner.id, *had.content.place, reason, is_urgent=True, remedy=_ASK, delivery=had.entry.delivery)


def _notice(had: Had) -> _Due:
    content = replace(had.content, replaces="", after=had.entry.delivery)
    return _Due(DeliveryKind.WITHDRAWAL, details.read(had.content), content, tuple(sorted(had.earlier)))


def _deliveries(partner: Partner, due: Sequence[_Due], reasons: Mapping[Key, str]) -> Iterator[Delivery]:
    """Yield the notices, one a reason, then all else in one, or several where it is a lot.

    Reasons are in a language that the partner reads, if possible.
    """
    groups: dict[StatedReason | None, list[tuple[_Due, StatedReason]]] = defaultdict(list)
    for one in sorted(due, key=lambda one: (one.kind is DeliveryKind.LETTER, one.content.place)):
        said = StatedReason() if one.is_first else _said(partner, reasons.get(one.key, ""))
        groups[None if one.kind is DeliveryKind.LETTER else said].append((one, said))
    for group in groups.values():
        for part in bundle.parts([one.release for one, _ in group]):
            ones, said_of = zip(*group[part], strict=True)
            releases, contents = tuple(one.release for one in ones), tuple(one.content for one in ones)
            yield Delivery(partner, ones[0].kind, releases, contents, said_of, tuple(one.earlier for one in ones))


def _said(partner: Partner, reason: str) -> StatedReason:
    return reasoning.told(reasoning.read(reason), (partner.contact_language, *partner.languages))


def signed(delivery: Delivery, fingerprint: str) -> Delivery:
    """Return a delivery whose texts are noted as signed with a key."""
    if delivery.kind is not DeliveryKind.LETTER:
        return delivery
    contents = (replace(one, details=details.signed(one.details, fingerprint)) for one in delivery.contents)
    return replace(delivery, contents=tuple(contents))
