"""The title block, as treaty series have it: who issues, under which number, the title, and the place and date.

What only the editor states, and the text does not say, stands in square brackets.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import circumstances
from pipeline.edition.render.pdf import cells
from pipeline.edition.render.pdf.columns import Page
from pipeline.edition.render.pdf.composition import add_text, compose
from pipeline.languages import Language
from pipeline.model import Edition, Passage

_OWN = ("issuer", "number", "title", "dateline")


def rows(page: Page, title: Sequence[Element]) -> Iterator[Element]:
    """Yield the rows of the block around those of the title, if there is one."""
    if issuer := page.edition.issuer:
        yield from _issuer(page, issuer)
    yield from _line(page, "number", circumstances.number)
    yield from title
    yield from _line(page, "dateline", circumstances.dateline)


def editorial(page: Page) -> list[Element]:
    """Return the title that the editor gave to a document without one, in square brackets."""
    if not page.edition.title_is_editorial:
        return []
    return [_bracketed(cells.row(page, "title", [page.edition.title], "title", tag="h1"), "h1")]


def of(rows: Sequence[Element]) -> list[Element]:
    """Return those of a document's rows that are the title block, with the lines of its own that follow the title."""
    names = ["".join(row.get("class", "").split()[1:2]) for row in rows]
    first = next((place for place, name in enumerate(names) if name in _OWN), len(rows))
    followed = takewhile(
        lambda pair: pair[1] in (*_OWN, *circumstances.GOING_ON), zip(rows[first:], names[first:], strict=True)
    )
    return [row for row, _ in followed]


def is_editorial(rows: Sequence[Element]) -> bool:
    """Whether details that the editor states stand in brackets among the rows; the title is none of them."""
    names = (row.get("class", "").split() for row in rows)
    return any("editorial" in found and "title" not in found for found in names)


def _issuer(page: Page, issuer: Passage) -> Iterator[Element]:
    """The issuer, unless the head of the document names it already."""
    if not circumstances.is_in_head(page.edition, issuer):
        made = cells.row(page, "issuer", [issuer], "issuer")
        yield made if circumstances.is_named(page.edition, issuer) else _bracketed(made, "p")


def _line(page: Page, name: str, stated: Callable[[Edition, Language], str]) -> Iterator[Element]:
    """Yield a row that the editor's words make, which no sentence of the document is."""
    texts = {language: stated(page.edition, language) for language in page.columns}
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
