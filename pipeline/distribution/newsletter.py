"""What was published, partners and the ledger → of what each partner is still to be told.

A newsletter is a delivery without a bundle. The ledger has what it told under names that no document can have, so that
nothing which plans bundles takes it for a text.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from pipeline.distribution.facts import script
from pipeline.distribution.ledger.delivery import RECALLED, Content, DeliveryKind, LedgerEntry, now_called
from pipeline.distribution.partners import Partner
from pipeline.distribution.sender import Sender
from pipeline.languages import Language

LETTER = "newsletter"
NEW, CORRECTION, WITHDRAWN = "new", "correction", "withdrawn"

MOST_TEXTS, MOST_CHANGED = 50, 500
"""New texts that a letter names; of the others it says how many they are, and where. Changed ones that one may tell of:
each is named, or is due again."""

_TOLD, _RECALLED = "newsletter: ", RECALLED

Place = tuple[str, str]
Key = tuple[str, str, str]

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PublishedNews:
    """A text that was published on a day: what a letter says of it, in its language, and the `address` of its page."""

    document: str
    lang: str
    text_sha256: str
    title: str
    about: str
    published: str
    topics: tuple[str, ...]
    address: str
    is_withdrawn: bool = False
    reason: str = ""

    @property
    def label(self) -> str:
        """What the ledger calls it."""
        return f"{_RECALLED if self.is_withdrawn else _TOLD}{self.document}"


@dataclass(frozen=True, slots=True)
class DueNews:
    """What a partner is to be told of a text, and as what the ledger keeps it."""

    news: PublishedNews
    change: str
    content: Content


def due(
    partner: Partner,
    published: Sequence[PublishedNews],
    entries: Sequence[LedgerEntry],
    since: str = "",
    former: Mapping[str, str] = _NONE,
) -> list[DueNews]:
    """Return of what a partner is to be told: what is withdrawn, then corrected, then new, the latest of each first.

    `since` a day, what was published before is left out.

    `former` are ids that documents had, with those they have. A text is told once, whatever its
    document is called. One is a correction, or withdrawn,
    only to whom another one was told of, or sent, in its place. Where nobody knows whether something was told, nothing
    is until a person has settled it.
    """
    told, had = _memory(partner, entries, former)
    texts = {(lang, one.text_sha256) for (label, lang), one in told.items() if label.startswith(_TOLD)}
    open_places = _open_places(partner, entries, former)
    found = []
    for news in _wanted(partner, published, told):
        before = told.get((news.label, news.lang))
        earlier = told.get((_TOLD + news.document, news.lang)), had.get((news.document, news.lang))
        known = {one.text_sha256 for one in earlier if one}
        last = {before.text_sha256} if before else set()
        if news.text_sha256 in last or (news.is_withdrawn and known <= last):
            continue
        if (news.label, news.lang) in open_places:
            continue
        if not before and not news.is_withdrawn and (news.lang, news.text_sha256) in texts:
            continue  # told as another document, whose files were renamed by hand since
        if news.published < since and not news.is_withdrawn:
            continue
        change = WITHDRAWN if news.is_withdrawn else CORRECTION if known - {news.text_sha256} else NEW
        follows = {"replaces": before.text_sha256, "after": before.after} if before else {}
        content = Content(news.label, news.lang, news.text_sha256, details=_details(news), **follows)
        found.append(DueNews(news, change, content))
    found.sort(key=lambda one: one.news.published, reverse=True)
    return sorted(found, key=lambda one: _FIRST.index(one.change))


_FIRST = (WITHDRAWN, CORRECTION, NEW)


def at_once(found: Sequence[DueNews]) -> list[DueNews]:
    """Return of what one letter tells: of no more that changed than it can name."""
    changed = [one for one in found if one.change != NEW]
    return [*changed[:MOST_CHANGED], *(one for one in found if one.change == NEW)]


def gone(
    partner: Partner,
    entries: Iterable[LedgerEntry],
    withdrawn: Mapping[tuple[str, str], str],
    there: Collection[Place],
    former: Mapping[str, str] = _NONE,
    address: str = "",
) -> Iterator[PublishedNews]:
    """Yield what a partner was told of that is `withdrawn` and not `there` any more, as when its document was removed.

    `withdrawn` are reasons by language and hash, `there` the places of what is published; in place of the page, which
    is gone, stands the `address`.
    """
    told, _ = _memory(partner, entries, former)
    for (label, lang), one in told.items():
        document, reason = label.removeprefix(_TOLD), withdrawn.get((lang, one.text_sha256))
        if reason is not None and label.startswith(_TOLD) and (document, lang) not in there:
            title, about = _detailed(one)
            yield PublishedNews(
                document, lang, one.text_sha256, title, about, "", (), address, is_withdrawn=True, reason=reason
            )


def told(entries: Iterable[LedgerEntry]) -> Iterator[tuple[str, Key]]:
    """Yield who was told, or may have been, that which text was published."""
    for entry in entries:
        if entry.kind is DeliveryKind.NEWSLETTER and entry.state.may_have_arrived:
            for one in entry.contents:
                if one.document.startswith(_TOLD):
                    yield entry.partner, (one.document.removeprefix(_TOLD), one.language, one.text_sha256)


def knowing(
    entries: Iterable[LedgerEntry], gone: Collection[tuple[str, str]], former: Mapping[str, str] = _NONE
) -> set[str]:
    """Return who was told last of a text that is `gone`, by language and hash, and not that it is."""
    last = dict[Key, tuple[bool, str]]()
    for entry in entries:
        if entry.kind is DeliveryKind.NEWSLETTER and entry.state.may_have_arrived:
            for one in entry.contents:
                name = now_called(one.document, former)
                is_recalled = name.startswith(_RECALLED)
                place = entry.partner, name.removeprefix(_RECALLED if is_recalled else _TOLD), one.language
                last[place] = is_recalled, one.text_sha256
    known = ((partner, (lang, text)) for (partner, _, lang), (is_recalled, text) in last.items() if not is_recalled)
    return {partner for partner, text in known if text in gone}


def _details(news: PublishedNews) -> str:
    """Return what the ledger keeps of a text that a partner is told of: by what they know it."""
    return json.dumps({"title": news.title, "about": news.about})


def _detailed(content: Content) -> tuple[str, str]:
    """Return title and description of a text that a partner was told of; earlier versions did not keep them."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        known = json.loads(content.details or "{}")
        return str(known.get("title", "")), str(known.get("about", ""))
    return "", ""


def _memory(
    partner: Partner, entries: Iterable[LedgerEntry], former: Mapping[str, str]
) -> tuple[dict[Place, Content], dict[Place, Content]]:
    """Return what a partner was told last, and was sent last, in each place; `after` is the delivery that did it."""
    told: dict[Place, Content] = {}
    had: dict[Place, Content] = {}
    for entry in entries:
        if entry.partner == partner.id and entry.state.may_have_arrived:
            of = told if entry.kind is DeliveryKind.NEWSLETTER else had
            for one in entry.contents:
                name = now_called(one.document, former)
                known = Content(name, one.language, one.text_sha256, after=entry.delivery, details=one.details)
                of[name, one.language] = known
    return told, had


def _open_places(partner: Partner, entries: Iterable[LedgerEntry], former: Mapping[str, str]) -> set[Place]:
    """Return the places in which something may have been told, which the ledger lets nothing follow."""
    return {
        (now_called(one.document, former), one.language)
        for entry in entries
        if entry.partner == partner.id and entry.kind is DeliveryKind.NEWSLETTER and entry.state.is_open
        for one in entry.contents
    }


def _wanted(
    partner: Partner, published: Sequence[PublishedNews], told: Mapping[Place, Content]
) -> Iterator[PublishedNews]:
    """Yield what concerns a partner: by topic, in the language they like most or in every one, or told of before."""
    languages: dict[str, set[str]] = {}
    for news in published:
        if not news.is_withdrawn:
            languages.setdefault(news.document, set()).add(news.lang)
    for news in published:
        liked = [lang for lang in partner.languages if lang in languages.get(news.document, ())]
        chosen = liked if partner.every_language else liked[:1]
        concerns = not partner.topics or bool({*news.topics} & {*partner.topics})
        if news.is_withdrawn or (_TOLD + news.document, news.lang) in told or (concerns and news.lang in chosen):
            yield news


def facts(
    found: Sequence[DueNews], language: Language, sender: Sender, address: str, languages: Mapping[str, Language]
) -> dict[str, Any]:
    """Return what the letter may say: in a language, of all that changed and the first of what is new.

    `address` is that of the section.
    """
    new = [one for one in found if one.change == NEW]
    shown = [*(one for one in found if one.change != NEW), *new[:MOST_TEXTS]]
    return {
        "words": asdict(language.newsletter),
        "texts": [
            {
                "title": one.news.title or one.news.document,
                "about": one.news.about,
                "lang": one.news.lang,
                "change": one.change,
                "reason": one.news.reason,
                "address": one.news.address,
            }
            for one in shown
        ],
        "left": len(found) - len(shown),
        "address": address,
        "sender": {
            "name": sender.name,
            "answers": sender.answers,
            "lang": script(sender.name, languages, (language.code,)),
        },
    }
