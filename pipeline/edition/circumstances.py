"""Who issued a document, its number, title, place and date, as a page states them in a language.

What only the editor states, and the text does not say, stands in square brackets.
"""

import re
from itertools import takewhile

from pipeline.edition import counting
from pipeline.languages import SHIPPED, Language
from pipeline.model import Edition, Kind, Passage
from pipeline.text import dates, markup
from pipeline.text.orthography import fold
from pipeline.text.printable import plain

GOING_ON = (Kind.SUBTITLE, Kind.DATE)
"""Lines of the document that belong to its title when they follow it."""


def title(edition: Edition, language: Language) -> str:
    """Return the title in a language of the edition; empty when it is not translated."""
    return in_language(language, edition.title)


def in_language(language: Language, passage: Passage | None) -> str:
    """Return a passage in a language; empty when there is none, or it is not translated."""
    if passage is None:
        return ""
    unit = passage.units.get(language.code)
    text = unit.target if unit else passage.source
    return plain(text if passage.signs is None else markup.plain(text))


def is_named(edition: Edition, issuer: Passage) -> bool:
    wanted = fold(issuer.source)
    return any(wanted in fold(row.block.text) for row in edition.rows)


def is_in_head(edition: Edition, issuer: Passage) -> bool:
    """Whether the head of a document, its title and what goes on from it, says who issues it."""
    head = takewhile(lambda row: row.block.kind in (Kind.TITLE, *GOING_ON), edition.rows)
    return any(fold(issuer.source) in fold(row.block.text) for row in head)


def issuer(edition: Edition, language: Language) -> str:
    """Return who issues the document in a language, in brackets where it does not say so itself."""
    named = in_language(language, edition.issuer)
    is_editorial = edition.issuer and not is_named(edition, edition.issuer)
    return f"[{named}]" if named and is_editorial else named


def number(edition: Edition, language: Language) -> str:
    """Return the number of a document in a language, in brackets; empty where the document says it."""
    stated = _unlabelled(edition.document.meta.number)
    if not stated or _says(edition, stated):
        return ""
    return f"[{language.labels.number.format(number=counting.in_digits(stated, language))}]"


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


def dateline(edition: Edition, language: Language) -> str:
    """Return the place and the date of a document in a language, in brackets; empty where the document says them."""
    iso = "" if any(row.block.kind is Kind.DATE for row in edition.rows) else edition.document.meta.date
    place = edition.place
    where = "" if place is None or _says(edition, place.source) else in_language(language, place) or place.source
    when = dates.in_words(iso, language, edition.languages[0].dates.calendars)
    stated = ("، " if language.direction == "rtl" else ", ").join(filter(None, (where, when)))
    return f"[{stated}]" if stated else ""


def _says(edition: Edition, stated: str) -> bool:
    """Whether a line of the document that states its circumstances has a word that its editor states."""
    lines = (row.block.text for row in edition.rows if row.block.kind in (Kind.TITLE, Kind.CONTACT, *GOING_ON))
    return any(fold(stated) in fold(line) for line in lines)
