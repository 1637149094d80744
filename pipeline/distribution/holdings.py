"""What each partner has, by the ledger: which text in which place, what of it is withdrawn, where nothing more goes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pipeline.distribution import details
from pipeline.distribution.deliver import WAYS
from pipeline.distribution.ledger.decisions import Withdrawn
from pipeline.distribution.ledger.delivery import Content, DeliveryKind, DeliveryState, LedgerEntry
from pipeline.distribution.partners import FORMATS, Partner

Key = tuple[str, str, str]
"""A document's id, a language, and the hash of a text."""

Place = tuple[str, str]
"""A document's id and a language."""

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Had:
    """The last text that a partner has, or may have, in one place; `earlier` are the hashes of those before it."""

    entry: LedgerEntry
    content: Content
    earlier: frozenset[str] = frozenset()

    @property
    def is_notice(self) -> bool:
        return self.entry.kind is DeliveryKind.WITHDRAWAL

    @property
    def formats(self) -> tuple[str, ...]:
        """Those that the partner wanted the text in; ledgers did not always say it, when there were but a few."""
        return self.content.formats or FORMATS

    def is_of(self, recalled: Collection[tuple[str, str, str]]) -> bool:
        """Whether the partner has a text that was withdrawn, and no notice of it."""
        return not self.is_notice and (*self.content.place, self.content.text_sha256) in recalled


def replaced(had: Mapping[str, Mapping[Place, Had]]) -> frozenset[tuple[str, str]]:
    """Return the languages and hashes of texts that another replaced for a partner, given what each has.

    What was sent last of all in its place is none of these, if somebody went back to it: it may be the last for other
    reasons, as when only its delivery was settled later, or more formats of it went to who has no other.
    """
    newest: dict[Place, Had] = {}
    since: dict[tuple[Place, str], set[str]] = defaultdict(set)
    every = [(place, text) for its in had.values() for place, text in its.items()]
    for place, text in every:
        if place not in newest or text.entry.number > newest[place].entry.number:
            newest[place] = text
        for name in text.earlier:
            since[place, name].add(text.content.text_sha256)
    returned = {
        (place, sha256)
        for place, text in every
        if not since.get((place, sha256 := text.content.text_sha256), set()).isdisjoint(text.earlier)
    }
    last = {(place, text.content.text_sha256) for place, text in newest.items()} & returned
    return frozenset((lang, name) for (_, lang), name in since) - {(lang, name) for (_, lang), name in last}


def beside(
    entries: Sequence[LedgerEntry], recalled: Iterable[Withdrawn], former: Mapping[str, str] = _NONE
) -> list[str]:
    """Return in which languages somebody has a translation whose original is `recalled`, and it itself is not."""
    gone = {(former.get(text.document, text.document), text.language) for text in recalled}
    documents = {document for document, _ in gone}
    left = ((place, content) for _, place, content in holders(entries, former) if place[0] in documents)
    return sorted(
        {
            lang
            for (document, lang), content in left
            if (document, lang) not in gone and (document, details.read(content).source_lang) in gone
        }
    )


def holders(entries: Sequence[LedgerEntry], former: Mapping[str, str] = _NONE) -> Iterator[tuple[str, Place, Content]]:
    """Yield who has, or may have, which text, and where it is now; nobody who has the notice of its withdrawal."""
    for partner, places in by_partner(entries, former).items():
        yield from ((partner, place, had.content) for place, had in places.items() if not had.is_notice)


def followed(entries: Sequence[LedgerEntry]) -> dict[str, str]:
    """Return under which name what was sent as one document was corrected as another: it was renamed in between."""
    names = {(one.delivery, text.language, text.text_sha256): text.document for one in entries for text in one.contents}
    letters = (text for one in entries if one.kind is DeliveryKind.LETTER for text in one.contents)
    found = ((names.get((one.after, one.language, one.replaces), ""), one.document) for one in letters)
    return {old: new for old, new in found if old and old != new}


def places(entries: Iterable[LedgerEntry], former: Mapping[str, str] = _NONE) -> set[Place]:
    """Return the places of which somebody has had a text, or may have, wherever these are now."""
    arrived = (one for one in entries if one.kind is DeliveryKind.LETTER and one.state.may_have_arrived)
    contents = (content for entry in arrived for content in entry.contents)
    return {(former.get(one.document, one.document), one.language) for one in contents}


@dataclass(frozen=True, slots=True)
class Recall:
    """The withdrawn texts in one place: so many partners have one, or may, and so many of them have the notice.

    It `can_be_undone` while nobody has, or may have, the notice of any of them.
    """

    document: str
    language: str
    texts: tuple[str, ...]
    holders: int
    notified: int
    can_be_undone: bool = False


def recalls(
    withdrawn: Iterable[Withdrawn], entries: Sequence[LedgerEntry], former: Mapping[str, str] = _NONE
) -> list[Recall]:
    """Return what is withdrawn, and how many partners have it, whatever its document was called when it was sent."""
    texts: dict[Place, set[str]] = defaultdict(set)
    for text in withdrawn:
        texts[former.get(text.document, text.document), text.language].add(text.text_sha256)
    having: dict[tuple[str, str], dict[str, Had]] = defaultdict(dict)
    for partner, places in by_partner(entries, former).items():
        for (_, lang), had in places.items():
            having[lang, had.content.text_sha256][partner] = had
    recalled = []
    for (document, language), hashes in sorted(texts.items()):
        holders = {partner: had for name in sorted(hashes) for partner, had in having[language, name].items()}
        told = [had for had in holders.values() if had.is_notice and had.entry.state is DeliveryState.ACCEPTED]
        recalled.append(Recall(document, language, tuple(sorted(hashes)), len(holders), len(told)))
    return recalled


def by_partner(entries: Sequence[LedgerEntry], former: Mapping[str, str] = _NONE) -> dict[str, dict[Place, Had]]:
    """Return what each partner has, by the place where it is now."""
    had: dict[str, dict[Place, Had]] = defaultdict(dict)
    for entry in entries:
        if entry.kind.is_of_texts and entry.state.may_have_arrived:
            for content in entry.contents:
                place = former.get(content.document, content.document), content.language
                last = had[entry.partner].get(place)
                earlier = {*last.earlier, last.content.text_sha256} if last else set()
                had[entry.partner][place] = Had(entry, content, frozenset(earlier - {content.text_sha256}))
    return had


def refusals(entries: Iterable[LedgerEntry]) -> dict[tuple[str, str, str], LedgerEntry]:
    """Return what was refused for good, by partner, way and address: nothing of any kind is sent there any more."""
    refused = (entry for entry in entries if entry.state is DeliveryState.REFUSED)
    return {(entry.partner, entry.way, entry.address): entry for entry in refused}


def renamed_partners(
    partners: Iterable[Partner], known: Iterable[LedgerEntry], received: Iterable[LedgerEntry]
) -> dict[str, str]:
    """Return who is at an address where something `received` arrived under another id alone, and that id.

    It is the same partner under a new id, or two that became one: what arrived there would arrive once more. Whoever
    was sent anything there, as `known` tells, is at home there, but for notices, which go wherever a partner is; in
    vain it must have been since another got something, as only somebody who allows it can have it sent.
    """
    mailbox = cache(_mailbox)
    arrived = [(mailbox(entry.way, entry.address), entry) for entry in received if entry.state.may_have_arrived]
    owners: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for place, entry in reversed(arrived):
        owners[place][entry.partner] = None
    first = {place: entry.number for place, entry in reversed(arrived)}
    tried = ((mailbox(entry.way, entry.address), entry) for entry in known if entry.kind is not DeliveryKind.WITHDRAWAL)
    at_home = {
        (place, entry.partner)
        for place, entry in tried
        if entry.state.may_have_arrived or entry.number > first.get(place, entry.number)
    }
    places = {partner.id: mailbox(partner.delivery, partner.address) for partner in partners}
    others = {name: [one for one in owners[place] if one != name] for name, place in places.items()}
    return {name: its[0] for name, its in others.items() if its and (places[name], name) not in at_home}


def _mailbox(way: str, address: str) -> tuple[str, str]:
    return way, WAYS.load(way).identity(address) if way in WAYS.names() else address
