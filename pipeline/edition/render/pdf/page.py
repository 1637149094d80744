"""Edition → HTML: its head, cover and running heads, its rows, and the colophon."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from pipeline.edition.circumstances import in_language, title
from pipeline.edition.design import FACING, LARGE, Design
from pipeline.edition.render.pdf import colophon, cover, references, rows, titleblock
from pipeline.edition.render.pdf.columns import Page, shortened
from pipeline.edition.render.pdf.composition import compose
from pipeline.languages import Language
from pipeline.model import Edition
from pipeline.text.printable import plain

UNDATED = "1970-01-01"
"""A fixed date for what has none: that of the clock would make every PDF different."""

LONGEST_HEAD = 400
"""Characters of a running head, more than any page has room for; what fits is seen when it is measured."""


def html(edition: Edition, design: Design, *, release: bool) -> str:
    """Return the page description of an edition, HTML as XML; without `release` every page is stamped as a draft."""
    page = Page.of(edition, design)
    root = Element("html", lang=page.reader.code)
    _head(SubElement(root, "head"), page)
    body = SubElement(root, "body", {"class": f"{page.layout} columns-{page.abreast}"})
    _running_heads(body, page, release=release)
    place = cover.add(body, page) if page.layout is FACING else body
    if design.theme.logo:
        place.insert(0, Element("img", {"class": "logo", "src": "asset:logo", "alt": plain(design.theme.logo_text)}))
    made = rows.body(page)
    body.extend(made)
    references.link(body, page)
    has_editorial = titleblock.is_editorial(made)
    body.append(colophon.element(page, has_editorial=has_editorial))
    return tostring(root, encoding="unicode")


def created(edition: Edition) -> str:
    """Return the date of the document as a file's metadata give one, to the second or no further than it is known."""
    date = edition.document.meta.date or UNDATED
    return f"{date}T00:00:00Z" if len(date) == len(UNDATED) else date


def _head(head: Element, page: Page) -> None:
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = page.title
    if page.edition.issuer:
        SubElement(head, "meta", name="author", content=plain(page.edition.issuer.source))
    for name in ("dcterms.created", "dcterms.modified"):
        SubElement(head, "meta", name=name, content=created(page.edition))


def _running_heads(body: Element, page: Page, *, release: bool) -> None:
    """Heads and feet of the pages, which the stylesheet puts into the margins by their number."""
    for number, language in enumerate(page.columns):
        attributes = {"lang": language.code, "dir": language.direction}
        head = SubElement(body, "div", {"class": f"head column-{number}", **attributes})
        short = in_language(language, page.edition.short_title) or title(page.edition, language)
        compose(head, shortened(short, LONGEST_HEAD), language)
    has_no_room = page.design.print is LARGE and not release
    for number, language in enumerate(page.columns):
        attributes = {"lang": language.code, "dir": language.direction}
        foot = SubElement(body, "div", {"class": f"foot column-{number} digits-{language.code}", **attributes})
        _folio(foot, language.labels.page_alone if has_no_room else language.labels.page)
        if not release:
            SubElement(foot, "span", {"class": "stamp"}).text = language.labels.draft


def add_folio(body: Element, language: Language) -> None:
    """Add the foot of pages that are in one language, before all else: it is on no page before its own."""
    attributes = {"class": f"foot column-0 digits-{language.code}", "lang": language.code, "dir": language.direction}
    body.insert(0, foot := Element("div", attributes))
    _folio(foot, language.labels.page)


def _folio(foot: Element, label: str) -> None:
    for part in re.split(r"(\{page\}|\{pages\})", label):
        if part in ("{page}", "{pages}"):
            SubElement(foot, "span", {"class": part.strip("{}")})
        else:
            SubElement(foot, "span").text = part
