"""What is said of an edition at its end: of what it was made, by whom, and how far it was reviewed."""

from math import ceil
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import direction, statements
from pipeline.edition.design import LEAST, are_stacked, geometry
from pipeline.edition.render.pdf.columns import Page
from pipeline.edition.render.pdf.keeping import add_class, is_of
from pipeline.edition.render.pdf.stylesheet import COLOPHON

CHARACTER = {"rtl": 0.35, "ltr": 0.45}
"""Ems that a character takes of its line: rather more than it does."""

BETWEEN = 2.0
"""Points between the paragraphs of a colophon."""

WHOLE, BEGINNING = 0.6, 32.0
"""The part of a page up to which a colophon is not parted, or another than the first of several below each other; the
points that one needs to begin which is, those of its heading and a line."""


def element(page: Page, *, has_editorial: bool = False) -> Element:
    """Return the colophon, in every language of the page; `has_editorial` details stand in brackets above the text.

    It is not parted where it is shorter than most of a page; of languages that stand below each other only the first
    one is, which begins below the text.
    """
    edition, source, targets = page.edition, page.source, page.targets
    found = Element("div", {"class": "colophon kept"})
    row = SubElement(found, "div", {"class": "row"})
    for number, language in enumerate(page.columns):
        role = "source" if language is source else "target"
        attributes = {"lang": language.code, "dir": language.direction}
        cell = SubElement(row, "div", {"class": f"cell column-{number} {role}", **attributes})
        SubElement(cell, "h2", {"data-block": "colophon"}).text = language.labels.colophon
        document = language.labels.document
        text = document.format(id=direction.ltr(edition.document.id), language=language.name_of(source))
        SubElement(cell, "p", {"data-block": "colophon.document"}).text = text
        _hash(
            SubElement(cell, "p", {"class": "hash", "dir": "ltr", "data-block": "hash"}), edition.document.stated_sha256
        )
        about = targets if language is source else [language]
        said = statements.of(edition, language, about, has_editorial=has_editorial)
        for index, statement in enumerate(said):
            line = SubElement(cell, "p", {"data-block": f"colophon.{index}"})
            line.text = statement
    _keep(found, row, page)
    return found


def _keep(found: Element, row: Element, page: Page) -> None:
    heights = [_height(cell, page, width) for cell, width in zip(row, page.widths, strict=True)]
    is_stacked = are_stacked(page.design, len(page.columns))
    for part, height in list(zip(row, heights, strict=True))[1:] if is_stacked else [(found, max(heights))]:
        if height < WHOLE * page.height:
            add_class(part, "whole")
    if is_stacked or not is_of(found, ("whole",)):
        found.insert(0, _guard(BEGINNING))


def _guard(height: float) -> Element:
    """Return what takes no room, and yet only stands where there is as much."""
    return Element("div", {"class": "guard", "style": f"height: {height:.1f}pt; margin-bottom: -{height:.1f}pt"})


def _height(cell: Element, page: Page, width: float) -> float:
    """Return the points that what is said in a language takes, about."""
    sheet = geometry(page.design, len(page.columns))
    points, leading = COLOPHON[cell.get("dir", "ltr")]
    size = max(points, LEAST[page.design.print] / sheet.zoom)
    fitting = width / (CHARACTER[cell.get("dir", "ltr")] * size)
    lines = (max(len(line), ceil(len("".join(line.itertext())) / fitting)) for line in cell)
    return sum(BETWEEN + leading * size * count for count in lines)


def _hash(line: Element, digest: str) -> None:
    """In two halves, on lines of their own, so that it can be compared by eye and copied."""
    for half in (digest[:32], digest[32:]):
        SubElement(line, "span").text = half
