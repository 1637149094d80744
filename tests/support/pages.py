"""Editions and page descriptions to look into."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

from pipeline.catalogue import leverage
from pipeline.document import structure
from pipeline.edition import alignment
from pipeline.edition.design import Design
from pipeline.edition.render.pdf import page
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Document, Meta, State
from tests.support import rich

PROSE = "این متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد."


def built(text, translated=None, lang="en", state=State.REVIEWED, **meta):
    """The edition of a text whose sentences are translated by the function `translated`."""
    document = Document(
        "statement",
        SHIPPED["fa"],
        Meta(**meta),
        structure.propose(text.split("\n"), SHIPPED["fa"]),
        "ab" * 32,
        file="statement.txt",
    )
    units = leverage.extract(document)
    if translated:
        units = tuple(replace(unit, target=translated(unit.source), state=state) for unit in units)
    return alignment.build(document, {lang: Catalogue("statement", "fa", lang, units)})


def html(*args, **kwargs):
    return html_of(built(*args, **kwargs))


def html_of(edition):
    return page.html(edition, Design(), release=True)


def parsed(html):
    return fromstring(html)


def rich_page(**options):
    return parsed(html_of(rich.edition(**options)))


def cells(made, lang, name):
    """Return the cells of a language in the rows of that name."""
    return [
        cell for row in made.iter() if name in row.get("class", "").split() for cell in row if cell.get("lang") == lang
    ]


def words(element):
    return "".join(character for character in "".join(element.itertext()) if not "\u2060" <= character <= "\u2069")
