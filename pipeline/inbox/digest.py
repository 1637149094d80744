"""What came in → a digest: texts by partner and topic, each with a machine's draft, no longer than people read."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.document import tracking
from pipeline.document.sentences import sentences
from pipeline.inbox.record import InboxItem
from pipeline.model import Block, Document, Kind
from pipeline.text import wordlist
from pipeline.text.excerpt import excerpt
from pipeline.text.glyphs import MOST_MARKS, is_overloaded
from pipeline.text.lookalikes import UNSEEN
from pipeline.text.orthography import fold

MOST_TEXTS = 1_000
"""Of a digest; the others are left for the next one."""

MOST_CHARACTERS = 500_000
"""Of the texts of a digest together: some three hundred pages. Those behind them are there with their titles alone."""

BEGINNING = 600
"""Characters after which the beginning of a text ends, with a sentence."""

MOST_IN_TEXT = 60_000
"""Characters of one text, however much is asked for."""

MOST_IN_TITLE = 300

_READ_FOR_TOPIC = 10_000
_IN_NAME, _IN_SERVER = r"[\w\u200c\u200d.+-]", r"[\w\u200c\u200d-]{1,63}"
_MAILBOX = re.compile(
    rf"(?<!{_IN_NAME})({_IN_NAME}{{1,64}}?)(@|%40|=|--at--| at )({_IN_SERVER}(?:\.{_IN_SERVER}){{1,8}})"
)
"""A mailbox, also as programs for lists write it into the address at which it leaves one, and below what they send."""
_JOINERS = re.compile("[\u200c\u200d]")
_MAILBOX_IN_TITLE = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}")
_LEAVES = (
    r"(?:unsubscri|opt(?:ing)?[ -]?out\b|(?:leave|quit) (?:this|the|our) (?:mailing )?list|stop (?:receiving|getting)|"
    r"remove me\b|no longer (?:want|wish) (?:to (?:receive|get)|these|our|such)|"
    r"(?:manage|update|change|edit) (?:your |my )?(?:e-?mail )?(?:preferences|subscription|settings)|"
    r"abmeld|abbestell|ihre einstellungen|einstellungen:|d[ée]sabonn|d[ée]sinscri|(?:vos|mes) pr[ée]f[ée]rences|"
    r"darse de baja|cancelar (?:la|tu|su) suscripci|(?:sus|tus) preferencias|descadastr|suas prefer[êe]ncias|"
    r"disiscri|(?:tue|le) preferenze|afmeld|uitschrijv|uw voorkeuren|avregistr|avprenumerer|meld deg av|"
    r"wypisz|rezygn|отпис|настройк|відпис|aboneli|لغو (?:عضویت|اشتراک)|مدیریت (?:اشتراک|عضویت)|إلغاء الاشتراك|"
    r"إدارة الاشتراك|退订|配信停止)"
)
_SERVER = r"\b(?:https?://|www\.)[^\s/?#]{1,300}"
_LEAVING = re.compile(rf"({_LEAVES}(?:(?!://).){{0,80}}?{_SERVER})[/?#](?!…)\S+", re.IGNORECASE)
"""The address at which one reader leaves a list, behind words that say so: whoever has it can do so for them."""
_TO_LEAVE = re.compile(rf"({_SERVER})[/?#](?!…)\S++(?=[^.!?:/]{{1,40}}?{_LEAVES})", re.IGNORECASE)
"""The same before such words: click here to unsubscribe."""
_NEAR = 100
_PROSE = (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTATION)
_NO_TEXT = (Kind.TITLE, Kind.SEPARATOR, Kind.IMAGE)
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LETTERS_WITH_MARKS = re.compile(rf"([^\W_][^\w\s\x00-\x7f]{{{MOST_MARKS}}})[^\w\s\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class LanguageText:
    """A stretch of text in one language, by its code."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The first paragraphs of a text, or all, as their sentences; `is_whole` when nothing was left out."""

    paragraphs: tuple[tuple[str, ...], ...] = ()
    is_whole: bool = True

    @property
    def length(self) -> int:
        return sum(len(sentence) for paragraph in self.paragraphs for sentence in paragraph)


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A text in a digest. `draft` is a machine's title, empty without one; in `paragraphs` what it could not translate
    stands in the language of the text. `topic` is empty when none is known.
    """

    item: InboxItem
    topic: str
    title: LanguageText
    draft: str
    paragraphs: tuple[tuple[LanguageText, ...], ...]
    is_whole: bool
    is_machine: bool

    @property
    def day(self) -> str:
        return self.item.date or self.item.received


@dataclass(frozen=True, slots=True)
class Digest:
    """What came in since a day (ISO 8601, or empty); so many `more` texts are left out. `topics` have their titles."""

    name: str
    since: str
    entries: tuple[DigestEntry, ...]
    more: int
    topics: Mapping[str, str]

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day on which its texts came."""
        days = [entry.item.received for entry in self.entries] or [self.since]
        return min(days), max(days)

    def of(self, topics: Sequence[str]) -> "Digest":
        """Return what a digest has on topics; all of it when none is named."""
        return replace(self, entries=tuple(one for one in self.entries if one.topic in topics)) if topics else self

    def groups(self) -> list[tuple[str, list[tuple[str, list[DigestEntry]]]]]:
        """Return partners, each with topics, each with entries, the newest first; who and what is not known, last."""
        order = {topic: place for place, topic in enumerate(self.topics)}

        def place(entry: DigestEntry) -> tuple[object, ...]:
            partner, topic = entry.item.partner, entry.topic
            return not partner, partner, not topic, order.get(topic, len(order)), topic

        newest = sorted(self.entries, key=lambda entry: (entry.day, entry.item.number), reverse=True)
        return [
            (partner, [(topic, list(its)) for topic, its in groupby(them, key=lambda entry: entry.topic)])
            for partner, them in groupby(sorted(newest, key=place), key=lambda entry: entry.item.partner)
        ]


def shown(text: str) -> str:
    """Return a text on one line, without what nobody sees, which could turn it round or hide something in it."""
    text = UNSEEN.sub("", _BROKEN.sub(" ", text))
    return " ".join((_LETTERS_WITH_MARKS.sub(r"\1", text) if is_overloaded(text) else text).split())


def mailboxes(text: str) -> frozenset[str]:
    """Return the mailboxes in a text, and those that they belong to: what stands behind a plus is the reader's own."""
    found = [(one[1].casefold(), one[3].casefold()) for one in _MAILBOX.finditer(text) if one[2] == "@"]
    return frozenset(f"{name}@{server}" for whole, server in found for name in (whole, whole.partition("+")[0]))


def _is_ours(found: re.Match[str], ours: Collection[str]) -> bool:
    # Newsletters write joiners into one, so that no program makes a link of it.
    mailbox = _JOINERS.sub("", f"{found[1]}@{found[3]}").casefold()
    return any(mailbox == one or mailbox.endswith(f"-{one}") for one in ours)


def opening(document: Document, *, full: bool = False, ours: Collection[str] = ()) -> Opening:
    """Return the beginning of a document up to a sentence's end, or with `full` all of it, up to a limit.

    `ours` are the mailboxes that it was sent to, which are left out.
    """
    blocks = [block for block in document.blocks if block.kind not in _NO_TEXT and block.text.strip()]
    prose = blocks if full else [block for block in blocks if block.kind in _PROSE] or blocks
    above = ""
    most, length, paragraphs = MOST_IN_TEXT if full else BEGINNING, 0, list[tuple[str, ...]]()
    for block in prose:
        its = _sentences(block, document, ours, above)
        above = its[-1] if its else above
        kept = []
        while its and length < most:
            kept.append(excerpt(its[0], most))
            length += len(its.pop(0))
        paragraphs += [tuple(kept)] if kept else []
        if its:
            return Opening(tuple(paragraphs), is_whole=False)
    return Opening(tuple(paragraphs), is_whole=len(prose) == len(blocks) and length <= most)


def _sentences(block: Block, document: Document, ours: Collection[str], above: str) -> list[str]:
    found = list(filter(None, [shown(block.marker)])) if block.marker else []
    for one in sentences(replace(block, marks=()), document.language):
        above = _sent_on(shown(one.source), ours, above)
        found += [above] if above else []
    return found


def _sent_on(text: str, ours: Collection[str], above: str) -> str:
    # A digest travels: what was sent to us leads to pages of ours, and out of lists we are on.
    text = _MAILBOX.sub(lambda one: "…" if _is_ours(one, ours) else one[0], text)
    above = f"{above[-_NEAR:]} "
    text = _TO_LEAVE.sub(r"\1/…", tracking.shortened(text))
    return _LEAVING.sub(r"\1/…", above + text)[len(above) :]


def topic_of(item: InboxItem, document: Document | None, words: Mapping[str, Sequence[str]]) -> str:
    """Return what a text is about: as an editor said, or the topic that has the most of its words there; or nothing."""
    if item.topic:
        return item.topic
    text = "\n".join([item.title, *(block.text for block in (document.blocks if document else ()))])
    folded = fold(text[:_READ_FOR_TOPIC]).casefold()
    counts = {topic: _count(folded, tuple(fold(word).casefold() for word in its)) for topic, its in words.items()}
    return max(counts, key=lambda topic: counts[topic]) if any(counts.values()) else ""


def _count(text: str, words: tuple[str, ...]) -> int:
    return sum(1 for _ in wordlist.whole(words).finditer(text)) if words else 0


def title(item: InboxItem) -> str:
    """Return what an item is called: by its title, or by its file."""
    return excerpt(_MAILBOX_IN_TITLE.sub("…", tracking.shortened(shown(item.title or item.file))), MOST_IN_TITLE)


def entry(item: InboxItem, topic: str, first: Opening, lang: str, drafts: Mapping[str, str]) -> DigestEntry:
    """Return an item as it stands in a digest in a language; `drafts` are translations of its sentences and title."""
    named = title(item)
    own = {} if item.lang == lang else drafts
    paragraphs = tuple(
        tuple(LanguageText(own.get(text, text), lang if text in own else item.lang) for text in paragraph)
        for paragraph in first.paragraphs
    )
    is_machine = named in own or any(wording.lang != item.lang for words in paragraphs for wording in words)
    return DigestEntry(
        item, topic, LanguageText(named, item.lang), own.get(named, ""), paragraphs, first.is_whole, is_machine
    )
