"""The cover of facing pages: who issues, the number, the title, and the date, in every language."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import circumstances
from pipeline.edition.circumstances import in_language, title
from pipeline.edition.render.pdf import cells
from pipeline.edition.render.pdf.columns import Page, shortened
from pipeline.edition.render.pdf.composition import compose
from pipeline.languages import Language
from pipeline.model import Kind

LONG = 75
"""Characters of a title that is set large; one of more than three times as many is cut."""


def add(body: Element, page: Page) -> Element:
    """Add a cover on a right-hand page of its own, so that the pages behind it face each other; return it."""
    longest = max(len(title(page.edition, language)) for language in page.columns)
    cover = SubElement(body, "div", {"class": "cover long" if longest > LONG else "cover"})
    _add_part(cover, page, "issuer", lambda language: _issuer(page, language))
    _add_part(cover, page, "number", lambda language: circumstances.number(page.edition, language))
    _add_part(cover, page, "title", lambda language: _title(page, language))
    _add_part(cover, page, "date", lambda language: _date(page, language))
    return cover


def _add_part(cover: Element, page: Page, name: str, text: Callable[[Language], str]) -> None:
    """Add a line in every language that has it."""
    texts = [(language, text(language)) for language in page.columns]
    part = SubElement(cover, "div", {"class": f"part {name}-part"}) if any(line for _, line in texts) else cover
    for language, line in texts:
        if line:
            cell = SubElement(part, "div", {"class": "cell", **cells.language_of(language)})
            compose(cells.add_line(cell, "p", f"cover.{name}"), line, language)


def _issuer(page: Page, language: Language) -> str:
    """Return who issues the document, unless the title says it."""
    issuer = page.edition.issuer
    is_said = issuer and circumstances.is_in_head(page.edition, issuer)
    return "" if is_said else circumstances.issuer(page.edition, language)


def _title(page: Page, language: Language) -> str:
    """Return the title, in brackets if it is the editor's."""
    said = shortened(title(page.edition, language), 3 * LONG)
    return f"[{said}]" if said and page.edition.title_is_editorial else said


def _date(page: Page, language: Language) -> str:
    """Return the date as the document writes it, or else the place and date as its editor states them."""
    for row in page.edition.rows:
        if row.block.kind is Kind.DATE:
            return " ".join(in_language(language, passage) for passage in row.passages)
    return circumstances.dateline(page.edition, language)
