"""The title block, as treaty series have it: who issues, under which number, the title, and the place and date.

What only the editor states, and the text does not say, stands in square brackets.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.render.pdf import cells
from pipeline.edition.render.pdf.columns import Page, in_language
from pipeline.edition.render.pdf.composition import add_text, compose, in_digits
from pipeline.languages import SHIPPED, Language
from pipeline.model import Edition, Kind, Passage
from pipeline.text import dates
from pipeline.text.orthography import fold

_OWN = ("issuer", "number", "title", "dateline")
_GOING_ON = (Kind.SUBTITLE, Kind.DATE)
"""Lines of the document that belong to the block when they follow the title."""


def rows(page: Page, title: Sequence[Element]) -> Iterator[Element]:
    """Yield the rows of the block around those of the title, if there is one."""
    if issuer := page.edition.issuer:
        yield from _issuer(page, issuer)
    yield from _line(page, "number", {language: number(page, language) for language in page.columns})
    yield from title
    yield from _line(page, "dateline", {language: dateline(page, language) for language in page.columns})


def editorial(page: Page) -> list[Element]:
    """Return the title that the editor gave to a document without one, in square brackets."""
    if not page.edition.title_is_editorial:
        return []
    return [_bracketed(cells.row(page, "title", [page.edition.title], "title", tag="h1"), "h1")]


def of(rows: Sequence[Element]) -> list[Element]:
    """Return those of a document's rows that are the title block, with the lines of its own that follow the title."""
    names = ["".join(row.get("class", "").split()[1:2]) for row in rows]
    first = next((place for place, name in enumerate(names) if name in _OWN), len(rows))
    followed = takewhile(lambda pair: pair[1] in (*_OWN, *_GOING_ON), zip(rows[first:], names[first:], strict=True))
    return [row for row, _ in followed]


def is_editorial(rows: Sequence[Element]) -> bool:
    """Whether details that the editor states stand in brackets among the rows; the title is none of them."""
    names = (row.get("class", "").split() for row in rows)
    return any("editorial" in found and "title" not in found for found in names)


def _issuer(page: Page, issuer: Passage) -> Iterator[Element]:
    """The issuer, unless the head of the document names it already."""
    above = takewhile(lambda row: row.block.kind in (Kind.TITLE, *_GOING_ON), page.edition.rows)
    if not any(fold(issuer.source) in fold(row.block.text) for row in above):
        made = cells.row(page, "issuer", [issuer], "issuer")
        yield made if _is_named(page.edition, issuer) else _bracketed(made, "p")


def _is_named(edition: Edition, issuer: Passage) -> bool:
    wanted = fold(issuer.source)
    return any(wanted in fold(row.block.text) for row in edition.rows)


def issuer(page: Page, language: Language) -> str:
    """Return who issues the document in a language, in brackets where it does not say so itself."""
    named = in_language(language, page.edition.issuer)
    is_editorial = page.edition.issuer and not _is_named(page.edition, page.edition.issuer)
    return f"[{named}]" if named and is_editorial else named


def number(page: Page, language: Language) -> str:
    """Return the number of a document in a language, in brackets; empty where the document says it."""
    stated = _unlabelled(page.edition.document.meta.number)
    if not stated or _says(page.edition, stated):
        return ""
    return f"[{language.labels.number.format(number=in_digits(stated, language))}]"


_BEFORE_NUMBER = re.compile("(№|[^\\W\\d_]+\u0654?(?=[\\s.:º°]))[\\s.:º°]*")
"""A word before a number, as `No.`, `Nº` and «شمارهٔ»."""


def _unlabelled(stated: str) -> str:
    """Return a number without a label before it, in whatever language: each column has its own."""
    found = _BEFORE_NUMBER.match(stated)
    return stated[found.end() :] if found and _label(found) in _labels() else stated


def _labels() -> set[str]:
    found = (_BEFORE_NUMBER.match(language.labels.number) for language in SHIPPED.values())
    return {_label(label) for label in found if label}


def _label(found: re.Match[str]) -> str:
    return fold(found[1]).casefold()


def dateline(page: Page, language: Language) -> str:
    """Return the place and the date of a document in a language, in brackets; empty where the document says them."""
    edition = page.edition
    iso = "" if any(row.block.kind is Kind.DATE for row in edition.rows) else edition.document.meta.date
    place = edition.place
    where = "" if place is None or _says(edition, place.source) else in_language(language, place) or place.source
    when = dates.in_words(iso, language, page.source.dates.calendars)
    stated = ("، " if language.direction == "rtl" else ", ").join(filter(None, (where, when)))
    return f"[{stated}]" if stated else ""


def _says(edition: Edition, stated: str) -> bool:
    """Whether a line of the document that states its circumstances has a word that its editor states."""
    lines = (row.block.text for row in edition.rows if row.block.kind in (Kind.TITLE, Kind.CONTACT, *_GOING_ON))
    return any(fold(stated) in fold(line) for line in lines)


def _line(page: Page, name: str, texts: dict[Language, str]) -> Iterator[Element]:
    """Yield a row that the editor's words make, which no sentence of the document is."""
    if not any(texts.values()):
        return
    row = Element("div", {"class": f"row {name} editorial"})
    for place, (language, text) in enumerate(texts.items()):
        side = "source" if language is page.source else "target"
        cell = SubElement(row, "div", {"class": f"cell column-{place} {side}", **cells.language_of(language)})
        if name == "dateline" and side == "target" and page.edition.place:
            cells.add_state(cell, [page.edition.place], language, name)
        compose(cells.add_line(cell, "p", name), text, language)
    cells.make_room_for_states(row)
    yield row


def _bracketed(row: Element, tag: str) -> Element:
    row.set("class", f"{row.get('class')} editorial")
    for line in row.iter(tag):
        line.text = f"[{line.text or ''}"
        add_text(line, "]")
    return row
