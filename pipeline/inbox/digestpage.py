"""A digest → a page without scripts, which needs nothing from elsewhere; and the same as plain text.

The tree is built as elements, so every string is escaped. `data-block` numbers what a screen reader reads in a PDF.
"""

import re
from collections.abc import Iterator
from importlib import resources
from itertools import count
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.document import tracking
from pipeline.inbox.digest import Digest, DigestEntry, LanguageText, shown
from pipeline.languages import Language, Languages
from pipeline.model import Permission
from pipeline.text import dates
from pipeline.text.excerpt import excerpt

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may fetch for the page: nothing; its style is in it."""

_LONGEST_LINK, _LONGEST_NAME = 2000, 100
"""Characters; a longer link is none, and a longer name is cut."""

_LINK = re.compile(r"https://[^\s/?#@]++[^\s]*+")
_NUMBER = re.compile(r"number ([0-9]+)")


def title(digest: Digest, language: Language) -> str:
    """Return what a digest is called: the subject of its e-mail, too."""
    return " – ".join(filter(None, (language.digest.title, period(digest, language))))


def period(digest: Digest, language: Language) -> str:
    """Return on which days the texts of a digest came; of an empty one, since when none has."""
    labels, (first, last) = language.digest, digest.days
    if not digest.entries:
        return labels.since.format(since=_day(first, language)) if first else ""
    if first == last:
        return _day(first, language)
    return labels.between.format(first=_day(first, language), last=_day(last, language))


def html(digest: Digest, language: Language, languages: Languages) -> str:
    """Return the page in a language."""
    root = tree(digest, language, languages)
    root.set("translate", "no")  # browsers that translate send a page away
    head = root[0]
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(head, "meta", {"http-equiv": "X-DNS-Prefetch-Control", "content": "off"})  # else each link is looked up
    SubElement(head, "meta", name="referrer", content="no-referrer")
    SubElement(head, "meta", name="google", content="notranslate")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "style").text = resources.files(__package__).joinpath("digest.css").read_text("utf-8")
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def tree(digest: Digest, language: Language, languages: Languages) -> Element:
    """Return the page without its style, which a PDF has of its own."""
    root = Element("html", lang=language.code, dir=language.direction)
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = title(digest, language)
    _Body(SubElement(body, "main", {"class": "cell", **_in(language)}), digest, language, languages).fill()
    return root


def _in(language: Language) -> dict[str, str]:
    return {"lang": language.code, "dir": language.direction}


class _Body:
    """The page as it is filled, from the title to the note at the end."""

    def __init__(self, main: Element, digest: Digest, language: Language, languages: Languages) -> None:
        self.main, self.digest, self.language, self.languages = main, digest, language, languages
        self.labels, self.numbers = language.digest, count(1)
        self.groups = digest.groups()

    def block(self, parent: Element, tag: str, kind: str, text: str = "", lang: str = "") -> Element:
        """Return a new block with a text in a language, that of the digest if none is named."""
        attributes = {"class": kind, "data-block": str(next(self.numbers))}
        made = SubElement(parent, tag, attributes | (self.of(lang) if lang and lang != self.language.code else {}))
        made.text = text
        return made

    def of(self, lang: str) -> dict[str, str]:
        """Return what an element says of a text in a language, also one that nobody here knows."""
        return _in(self.languages[lang]) if lang in self.languages else {"lang": "und", "dir": "auto"}

    def fill(self) -> None:
        self.block(self.main, "h1", "digest-title", self.labels.title)
        for text in filter(None, (period(self.digest, self.language), _count(self.digest, self.language))):
            self.block(self.main, "p", "stated", text)
        self.block(self.main, "p", "private", self.labels.private)
        if not self.groups:
            self.block(self.main, "p", "nothing", self.labels.nothing)
        elif len(self.groups) > 1:
            self.contents()
        for number, (partner, topics) in enumerate(self.groups, 1):
            self.section(number, partner, topics)
        if self.digest.more:
            more = self.labels.more.format(count=self.language.number(self.digest.more))
            self.block(self.main, "p", "more", more)
        if _has_topics(self.digest):
            self.block(self.main, "p", "about", self.labels.about)

    def contents(self) -> None:
        place = SubElement(self.main, "nav", {"aria-label": self.labels.contents})
        for number, (partner, topics) in enumerate(self.groups, 1):
            line = self.block(place, "p", "contents")
            SubElement(line, "a", href=f"#from-{number}").text = _name(partner) or self.labels.no_partner
            texts = self.language.number(sum(len(entries) for _, entries in topics))
            line[-1].tail = f" ({texts})"

    def section(self, number: int, partner: str, topics: list[tuple[str, list[DigestEntry]]]) -> None:
        section = SubElement(self.main, "section", {"aria-labelledby": f"from-{number}"})
        heading = self.block(section, "h2", "partner", _name(partner) or self.labels.no_partner)
        heading.set("id", f"from-{number}")
        has_topics = _has_topics(self.digest)
        for topic, entries in topics:
            if has_topics:
                named = _name(self.digest.topics.get(topic, topic))
                self.block(section, "h3", "topic", named if topic else self.labels.no_topic)
            for entry in entries:
                self.entry(section, entry, "h4" if has_topics else "h3")

    def entry(self, section: Element, entry: DigestEntry, tag: str) -> None:
        place = SubElement(section, "article", {"class": "machine" if entry.is_machine else "text"})
        heading = self.block(place, tag, "title")
        if mark := _mark(entry, self.language, self.languages):
            SubElement(heading, "span", {"class": "mark"}).text = mark
            heading[-1].tail = " "
        of = {} if entry.draft else self.of(entry.title.lang)
        SubElement(heading, "span", {"class": "words", **of}).text = entry.draft or entry.title.text
        if entry.draft:
            self.block(place, "p", "original", entry.title.text, entry.title.lang)
        self.facts(place, entry)
        for paragraph in entry.paragraphs:
            self.paragraph(place, paragraph)
        if not entry.is_whole:
            self.block(place, "p", "shortened", self.labels.shortened)

    def facts(self, place: Element, entry: DigestEntry) -> None:
        line = self.block(place, "p", "facts")
        for number, fact in enumerate(_facts(entry, self.language)):
            _append(line, " · " if number else "")
            SubElement(line, "span").text = fact
        if address := _link(entry):
            line = self.block(place, "p", "source")
            SubElement(line, "a", href=address, dir="ltr", rel="noreferrer").text = address

    def paragraph(self, place: Element, paragraph: tuple[LanguageText, ...]) -> None:
        lang = paragraph[0].lang if len({one.lang for one in paragraph}) == 1 else self.language.code
        block = self.block(place, "p", "words", lang=lang)
        for number, wording in enumerate(paragraph):
            _append(block, " " if number else "")
            if wording.lang == lang:
                _append(block, wording.text)
            else:
                SubElement(block, "span", {"class": "foreign", **self.of(wording.lang)}).text = wording.text


def _append(block: Element, text: str) -> None:
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text


def _has_topics(digest: Digest) -> bool:
    return any(entry.topic for entry in digest.entries)


def _count(digest: Digest, language: Language) -> str:
    return language.digest.count.format(count=language.number(len(digest.entries))) if digest.entries else ""


def _mark(entry: DigestEntry, language: Language, languages: Languages) -> str:
    """Return what stands above a text in another language: how it was translated, and from which language."""
    lang = entry.title.lang
    if lang == language.code:
        return ""
    name = language.name_of(languages[lang]) if lang in languages else _name(lang)
    how = language.digest.machine if entry.is_machine else language.digest.untranslated
    return " · ".join((how, language.digest.original.format(language=name)))


def _facts(entry: DigestEntry, language: Language) -> Iterator[str]:
    """Yield what is known of a text: its day, where it came from, whether it may be published, where it is."""
    item, labels = entry.item, language.digest
    yield _day(item.date, language) if item.date else labels.received.format(date=_day(item.received, language))
    if "@" in item.address and not _LINK.fullmatch(item.address):
        yield labels.by_mail
    yield {Permission.GRANTED: labels.permitted, Permission.REFUSED: labels.refused}.get(
        item.permission, labels.unknown
    )
    yield labels.number.format(number=language.number(item.number))
    if item.document:
        yield labels.document.format(id=_name(item.document))
    if item.like:
        yield labels.alike.format(other=_place(item.like, language))


def _link(entry: DigestEntry) -> str:
    """Return where a text is on the web, or nothing. Feeds tell in an address who reads them, and a digest travels."""
    address = tracking.anonymous(entry.item.address)
    is_one = len(address) <= _LONGEST_LINK and shown(address) == address and _LINK.fullmatch(address)
    return address if is_one else ""


def _place(name: str, language: Language) -> str:
    """Return an item or a document, as the inbox names it, in a language."""
    number = _NUMBER.fullmatch(name)
    return language.digest.number.format(number=language.number(int(number[1]))) if number else _name(name)


def _day(iso: str, language: Language) -> str:
    try:
        return dates.in_words(iso, language)
    except (ValueError, OverflowError):  # a record that came with the workspace of somebody else
        return _name(iso)


def _name(text: str) -> str:
    """Return what somebody called something, or nothing."""
    return _isolated(excerpt(shown(text), _LONGEST_NAME))


def _isolated(text: str) -> str:
    """Return a text that turns nothing round it, in whatever direction it reads."""
    return f"\u2068{text}\u2069" if text else ""


def text(digest: Digest, language: Language, languages: Languages) -> str:
    """Return a digest as plain text, for an e-mail."""
    return "\n".join(_lines(digest, language, languages)) + "\n"


def _lines(digest: Digest, language: Language, languages: Languages) -> Iterator[str]:
    labels = language.digest
    yield from filter(None, (labels.title, period(digest, language), _count(digest, language), labels.private))
    if not digest.entries:
        yield from ("", labels.nothing)
    for partner, topics in digest.groups():
        yield from ("", "", f"== {_name(partner) or labels.no_partner} ==")
        for topic, entries in topics:
            if topic:
                yield from ("", f"= {_name(digest.topics.get(topic, topic))} =")
            for entry in entries:
                yield ""
                yield from _entry_lines(entry, language, languages)
    if digest.more:
        yield from ("", labels.more.format(count=language.number(digest.more)))
    if _has_topics(digest):
        yield from ("", "---", labels.about)


def _paragraph_line(paragraph: tuple[LanguageText, ...], lang: str) -> str:
    """Return a paragraph; in one language it reads in the direction of its first letter, and needs no help."""
    is_mixed = len({one.lang for one in paragraph}) > 1
    return " ".join(_isolated(one.text) if is_mixed and one.lang != lang else one.text for one in paragraph)


def _entry_lines(entry: DigestEntry, language: Language, languages: Languages) -> Iterator[str]:
    if mark := _mark(entry, language, languages):
        yield f"[{mark}]"
    yield from filter(None, (entry.draft, entry.title.text))
    yield " · ".join(_facts(entry, language))
    if address := _link(entry):
        yield address
    for paragraph in entry.paragraphs:
        yield from ("", _paragraph_line(paragraph, language.code))
    if not entry.is_whole:
        yield from ("", f"[{language.digest.shortened}]")
