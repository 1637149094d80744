"""What is said of an edition at its end: of what it was made, by whom, and how far it was reviewed."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import direction, statements
from pipeline.languages import Language
from pipeline.model import Edition


def element(
    edition: Edition,
    columns: Sequence[Language],
    source: Language,
    targets: Sequence[Language],
    *,
    has_editorial: bool = False,
) -> Element:
    """Return the colophon, in every language of the page; `has_editorial` details stand in brackets above the text."""
    found = Element("div", {"class": "colophon"})
    row = SubElement(found, "div", {"class": "row"})
    for number, language in enumerate(columns):
        role = "source" if language is source else "target"
        attributes = {"lang": language.code, "dir": language.direction}
        cell = SubElement(row, "div", {"class": f"cell column-{number} {role}", **attributes})
        SubElement(cell, "h2", {"data-block": "colophon"}).text = language.labels.colophon
        document = language.labels.document
        text = document.format(id=direction.ltr(edition.document.id), language=language.name_of(source))
        SubElement(cell, "p", {"data-block": "colophon.document"}).text = text
        _hash(SubElement(cell, "p", {"class": "hash", "dir": "ltr", "data-block": "hash"}), edition.document.sha256)
        about = targets if language is source else [language]
        said = statements.of(edition, language, about, has_editorial=has_editorial)
        for index, statement in enumerate(said):
            line = SubElement(cell, "p", {"data-block": f"colophon.{index}"})
            line.text = statement
    return found


def _hash(line: Element, digest: str) -> None:
    """In two halves, on lines of their own, so that it can be compared by eye and copied."""
    for half in (digest[:32], digest[32:]):
        SubElement(line, "span").text = half
