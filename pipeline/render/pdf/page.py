"""Edition → HTML: a row for every block, the source on the right of its translation.

The tree is built as elements and serialised once, so every string is escaped. Long
paragraphs are divided into several rows at sentences, to keep both sides level.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline import languages
from pipeline.languages import Language
from pipeline.model import Block, Edition, Kind, Passage, Row, State, Unit
from pipeline.origin import engine
from pipeline.orthography import SCRIPT, fold, western_digits
from pipeline.segment import addresses
from pipeline.structure import is_contact_value

ROW_LENGTH = 380
"""Characters of source after which a paragraph goes on in a new row."""

HEAD_LENGTH = 58
"""Characters of a title that fit its half of the running head."""

_TAGS = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.QUOTATION: "blockquote"}


def html(edition: Edition, *, release: bool) -> str:
    """Return the page description of an edition in its source language and one other.

    Without `release` every page is stamped as a draft.
    """
    source, target = (languages.load(code) for code in edition.langs)
    root = Element("html", lang=target.code)
    _head(SubElement(root, "head"), edition, target)
    body = SubElement(root, "body")
    _running_heads(body, edition, source, target)
    if not release:
        SubElement(body, "div", {"class": "stamp"}).text = f"{target.words['draft']} · {source.words['draft']}"
    if edition.title_is_editorial:
        body.append(_title_row(edition, source, target))
    for row in edition.rows:
        body.extend(_rows(row, source, target))
        if row.block.kind is Kind.TITLE and (issuer := _issuer(edition, row)):
            body.append(_row("issuer", [issuer], source, target))
    body.append(_colophon(edition, source, target))
    return "<!DOCTYPE html>" + tostring(root, encoding="unicode", method="html")


def _head(head: Element, edition: Edition, target: Language) -> None:
    SubElement(head, "meta", charset="utf-8")
    unit = edition.title.units.get(target.code)
    titles = [_plain(edition.title.source)] + ([_plain(unit.target)] if unit and unit.target else [])
    SubElement(head, "title").text = " — ".join(reversed(titles))
    if edition.document.meta.date:
        for name in ("dcterms.created", "dcterms.modified"):
            SubElement(head, "meta", name=name, content=f"{edition.document.meta.date}T00:00:00Z")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str) -> str:
    """Return a title that fits the running head, cut at a word."""
    return text if len(text) <= HEAD_LENGTH else text[:HEAD_LENGTH].rsplit(" ", 1)[0] + " …"


def _running_heads(body: Element, edition: Edition, source: Language, target: Language) -> None:
    unit = edition.title.units.get(target.code)
    translated = unit.target if unit and unit.target else ""
    for name, language, text in (("source", source, edition.title.source), ("target", target, translated)):
        head = SubElement(body, "div", {"class": f"running {name}", "lang": language.code, "dir": language.direction})
        head.text = _composed(_shortened(_plain(text)), language)
    for name, language in (("source", source), ("target", target)):
        folio = SubElement(body, "div", {"class": f"folio {name}", "lang": language.code, "dir": language.direction})
        for part in re.split(r"(\{page\}|\{pages\})", language.words["page"]):
            if part in ("{page}", "{pages}"):
                SubElement(folio, "span", {"class": part.strip("{}")})
            else:
                SubElement(folio, "span").text = part


# --- rows ----------------------------------------------------------------------------


def _title_row(edition: Edition, source: Language, target: Language) -> Element:
    """A title that the editor gave stands in square brackets, with the issuer below."""
    row = _row("title", [edition.title], source, target, tag="h1")
    for heading in row.iter("h1"):
        heading.text, heading[-1].tail = "[", "]"
    if edition.issuer:
        issuer = _row("issuer", [edition.issuer], source, target)
        for cell, lines in zip(row, issuer, strict=True):
            cell.extend(lines)
    return row


def _issuer(edition: Edition, row: Row) -> Passage | None:
    """The issuer, unless the title names it already."""
    issuer = edition.issuer
    return issuer if issuer and fold(issuer.source) not in fold(row.block.text) else None


def _rows(row: Row, source: Language, target: Language) -> Iterator[Element]:
    block, name = row.block, row.block.kind.value.replace("_", "-")
    tag = _TAGS.get(block.kind, "p")
    if block.kind is Kind.SEPARATOR:
        separator = Element("div", {"class": "separator"})
        separator.text = "* * *"
        yield separator
    elif block.kind is Kind.CONTACT:
        yield _row(name, _label_first(row.passages), source, target)
    elif block.kind is Kind.SLOGAN:
        for passage in row.passages:
            yield _row(name, [passage], source, target)
    else:
        for index, passages in enumerate(_divided(row)):
            more = " continued" if index else ""
            yield _row(name + more, passages, source, target, block if not index else None, tag)


def _divided(row: Row) -> Iterator[list[Passage]]:
    if row.block.kind not in (Kind.PARAGRAPH, Kind.QUOTATION):
        yield list(row.passages)
        return
    part: list[Passage] = []
    for passage in row.passages:
        part.append(passage)
        if sum(len(p.source) for p in part) >= ROW_LENGTH:
            yield part
            part = []
    if part:
        yield part


def _label_first(passages: Iterable[Passage]) -> list[Passage]:
    """Contact lines read label, then value, whatever order the source has them in."""
    ordered = sorted(passages, key=lambda passage: is_contact_value(passage.source))
    return [Passage(passage.source, " ", passage.units) for passage in ordered]


def _row(
    name: str,
    passages: list[Passage],
    source: Language,
    target: Language,
    block: Block | None = None,
    tag: str = "p",
) -> Element:
    marked = " marked" if block and block.marker else ""
    row = Element("div", {"class": f"row {name}{marked}"})
    cell = SubElement(row, "div", {"class": "cell source", "lang": source.code, "dir": source.direction})
    line = SubElement(cell, tag)
    _marker(line, block, source)
    for passage in passages:
        _sentence(line, passage.source, source, "" if passage is passages[-1] else passage.tail)
    row.append(_translation(passages, source, target, block, tag))
    return row


def _translation(passages: list[Passage], source: Language, target: Language, block: Block | None, tag: str) -> Element:
    cell = Element("div", {"class": "cell target", "lang": target.code, "dir": target.direction})
    line = None
    for passage in passages:
        unit = passage.units.get(target.code)
        if unit and not unit.target:
            line = SubElement(cell, tag, {"class": "untranslated", "lang": source.code, "dir": source.direction})
            _sentence(line, passage.source, source)
            line = None
            continue
        if line is None:
            line = SubElement(cell, tag)
            if passage is passages[0]:
                _marker(line, block, target)
        _sentence(line, unit.target if unit else passage.source, target, "" if passage is passages[-1] else " ")
    if mark := _mark(passages, target):
        cell.set("class", f"cell target unreviewed {mark}")
        SubElement(cell, "div", {"class": "mark"}).text = target.words[mark]
    return cell


def _mark(passages: list[Passage], target: Language) -> str:
    """The word for the margin, the farthest from a finished text first; nothing when all is reviewed."""
    states = {_shown(unit.state) for passage in passages if (unit := passage.units.get(target.code))}
    return next((state.value for state in State if state in states and not state.is_done), "")


def _shown(state: State) -> State:
    """A partner is told less finely than a translator why a text is not reviewed, or done."""
    if state in (State.CHANGED, State.MEMORY):
        return State.DOUBT
    return State.REVIEWED if state.is_done else state


def _marker(line: Element, block: Block | None, language: Language) -> None:
    if block is None or block.kind not in (Kind.LIST_ITEM, Kind.SIGNATURE) or not block.marker:
        return
    marker = SubElement(line, "span", {"class": "marker"})
    if language.direction == "rtl":
        marker.text = block.marker
    else:
        marker.text = f"{block.ordinal}." if block.ordinal else block.marker.replace("-", "–")
    marker.tail = " "


def _sentence(line: Element, text: str, language: Language, tail: str = "") -> None:
    """Append a sentence as an element; addresses in it become links."""
    sentence = SubElement(line, "span")
    position, before = 0, None
    for found in addresses(western_digits(text)):
        _append(sentence, before, _composed(text[position : found.start()], language))
        before = SubElement(sentence, "a", {"class": "address", "dir": "ltr", "href": _link(found[0])})
        before.text = found[0]
        position = found.end()
    _append(sentence, before, _composed(text[position:], language))
    sentence.tail = tail


def _append(parent: Element, child: Element | None, text: str) -> None:
    if child is None:
        parent.text = text
    else:
        child.tail = text


def _link(address: str) -> str:
    if "@" in address:
        return f"mailto:{address}"
    return address if address.startswith(("http://", "https://")) else f"https://{address}"


_LATIN_RUN = re.compile(
    r"\+?[0-9۰-۹]+(?:[-./ ][0-9۰-۹]+)+"
    r"|[A-Za-z\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f .,&:/_'’-]*[A-Za-z0-9\u00c0-\u024f+#])?"
)
_ARABIC_RUN = re.compile(rf"{SCRIPT.pattern}(?:[\s\u200c،؛؟.]*{SCRIPT.pattern})*")
_SPACES = re.compile(r"[ \u00a0]{2,}")
_BOUND = re.compile(r" (?=(?:ها|های|هایی|ای|ی)\b)|(?<=\bمی) |(?<=\bنمی) ")
"""Where a line may not end: before the suffix of a Persian word, and after the prefix of a verb."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def _composed(text: str, language: Language) -> str:
    """Return a text as it is printed: single spaces, no line end inside a Persian word, other scripts set apart.

    Latin words and compound numbers in Persian, and Persian in Latin, are isolated: U+2066
    and U+2067 open an isolate, U+2069 closes it (Unicode Standard Annex #9).
    """
    text = _SPACES.sub(" ", _CONTROL.sub("\ufffd", text))
    if language.direction == "rtl":
        return _LATIN_RUN.sub("\u2066\\g<0>\u2069", _BOUND.sub("\u00a0", text))
    return _ARABIC_RUN.sub("\u2067\\g<0>\u2069", text)


def _ltr(text: str) -> str:
    return f"\u2066{_CONTROL.sub('', text)}\u2069"


# --- colophon ------------------------------------------------------------------------


def _colophon(edition: Edition, source: Language, target: Language) -> Element:
    colophon = Element("div", {"class": "colophon"})
    row = SubElement(colophon, "div", {"class": "row"})
    units = _units(edition, target.code)
    for name, language in (("source", source), ("target", target)):
        cell = SubElement(row, "div", {"class": f"cell {name}", "lang": language.code, "dir": language.direction})
        SubElement(cell, "h3").text = language.words["colophon"]
        document = language.words["document"]
        SubElement(cell, "p").text = document.format(id=_ltr(edition.document.id), language=language.names[source.code])
        _hash(SubElement(cell, "p", {"class": "hash", "dir": "ltr"}), edition.document.sha256)
        for sentence in _statements(edition, units, language, target):
            SubElement(cell, "p").text = sentence[0].upper() + sentence[1:]
    return colophon


def _hash(line: Element, digest: str) -> None:
    """In two halves, on lines of their own, so that it can be compared by eye and copied."""
    for half in (digest[:32], digest[32:]):
        SubElement(line, "span").text = half


def _units(edition: Edition, lang: str) -> list[Unit]:
    passages = [passage for row in edition.rows for passage in row.passages]
    if edition.title_is_editorial:
        passages.append(edition.title)
    if edition.issuer:
        passages.append(edition.issuer)
    found = {passage.units[lang].key: passage.units[lang] for passage in passages if lang in passage.units}
    return list(found.values())


def _statements(edition: Edition, units: list[Unit], language: Language, target: Language) -> Iterator[str]:
    """Yield, in a language, what is to be said of the translation."""
    words = language.words
    states = [_shown(unit.state) for unit in units]
    counts = {state.value: language.number(states.count(state)) for state in State}
    yield words["units"].format(language=language.names[target.code], total=language.number(len(units)), **counts)
    engines = sorted({engine(unit.origin) for unit in units if unit.state is State.MACHINE})
    yield words["engine"].format(engines=_ltr("; ".join(engines))) if engines else words["no_engine"]
    if origin := edition.origins.get(target.code):
        yield words["origin"].format(origin=language.origins.get(origin) or _ltr(origin)) + "."
    if {State.MACHINE, State.DOUBT} & set(states):
        yield words["marks"]
    if edition.title_is_editorial:
        yield words["editorial_title"]
    yield words["endorsement"]
