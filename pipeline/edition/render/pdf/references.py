"""References of notes and the notes themselves: linked both ways within each language, and where the notes stand.

A note stands at the foot of the page of its reference, in all languages side by side, where all notes of the document
can: where one would take too much of a page, or belongs to a grid or another note, they all stand at the end.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import takewhile
from math import ceil
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.design import LEAST, are_stacked, geometry
from pipeline.edition.render.pdf.columns import LATIN, PERSIAN, Page
from pipeline.edition.render.pdf.keeping import add_class, is_of, letter
from pipeline.edition.render.pdf.markers import HANG

LARGEST, LARGEST_ALL = 1 / 4, 1 / 3
"""Of the height of a page: what a note at its foot may take, and all notes of a row together."""

SIZES, NOTE, LEADING = {"rtl": PERSIAN, "ltr": LATIN}, 0.86, 1.45
"""Points of the text in each direction; what part of them a note has, if that is not too small, and how far apart its
lines are."""

MOST = 300
"""Notes at the feet of pages: WeasyPrint looks for each in every line before it."""


def link(body: Element, page: Page) -> None:
    """Make every reference a link to its note, and every note's marker one back to its first reference.

    They meet by their marker: where several notes have the same, as footnotes that begin anew on every
    page do, the first reference belongs to the first note, and so on. Notes go to the foot of pages where they can.
    """
    references: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
    notes: defaultdict[tuple[str, str], list[tuple[Element, Element]]] = defaultdict(list)
    for row in body:
        for cell in _cells(row):
            language = cell.get("lang", "")
            if "endnote" in row.get("class", "").split():
                for marker in _of_class(cell, "marker"):
                    notes[language, marker.text or ""].append((row, marker))
            for reference in _of_class(cell, "reference"):
                references[language, reference.text or ""].append(reference)
    anchors: dict[Element, Element] = {}
    for (language, text), found in notes.items():
        pointing = references[language, text]
        for number, (row, marker) in enumerate(found):
            own = pointing[number : number + 1] if len(found) > 1 else pointing
            _pair(marker, own, f"{language}-{text}-{number}")
            if own:
                anchors.setdefault(row, own[0])
    parents = {child: parent for parent in body.iter() for child in parent}
    if _fit(anchors, parents, page):
        _to_feet(body, anchors, parents)


def _pair(marker: Element, references: list[Element], name: str) -> None:
    marker.set("id", f"note-{name}")
    for reference in references:
        _into_link(reference, f"#note-{name}")
    if references:
        references[0].set("id", f"reference-{name}")
        _into_link(marker, f"#reference-{name}")


def _into_link(element: Element, address: str) -> None:
    text, element.text = element.text, None
    SubElement(element, "a", {"class": "note-link", "href": address}).text = text


def _fit(anchors: Mapping[Element, Element], parents: Mapping[Element, Element], page: Page) -> bool:
    """Whether all notes may stand at the foot of a page."""
    heights: defaultdict[Element, float] = defaultdict(float)
    for note, anchor in anchors.items():
        *_, row, _body = _around(anchor, parents)
        height = _height(note, page)
        heights[row] += height
        is_elsewhere = row.tag == "table" or is_of(row, ("endnote",))
        if is_elsewhere or height > LARGEST * page.height:
            return False
    return len(anchors) <= MOST and max(heights.values(), default=0) <= LARGEST_ALL * page.height


def _height(note: Element, page: Page) -> float:
    """Return the points that a note takes, about."""
    least = LEAST[page.design.print] / geometry(page.design, len(page.columns)).zoom
    part, heights = max(NOTE, least / LATIN), list[float]()
    for cell, width in zip(_cells(note), page.widths, strict=True):
        lines = ceil(sum(map(len, cell.itertext())) * letter(cell) * part / (width - HANG))
        heights.append(lines * LEADING * part * SIZES[cell.get("dir", "ltr")])
    return sum(heights) if are_stacked(page.design, len(page.columns)) else max(heights)


def _around(element: Element, parents: Mapping[Element, Element]) -> Iterator[Element]:
    """Yield an element and all that it stands in, up to the body."""
    while element in parents:
        yield element
        element = parents[element]
    yield element


def _to_feet(body: Element, anchors: Mapping[Element, Element], parents: Mapping[Element, Element]) -> None:
    """Put every note behind what holds its reference in a line, where the stylesheet takes it to the foot."""
    last: dict[Element, Element] = {}
    for note, anchor in anchors.items():
        body.remove(note)
        *_, row, _body = _around(anchor, parents)
        if not is_of(row, ("noted",)):
            add_class(row, "noted")
        *_, held = takewhile(lambda element: "data-block" not in element.attrib, _around(anchor, parents))
        before, foot = last.get(held, held), _foot(note)
        foot.tail, before.tail = before.tail, None
        line = parents[held]
        line.insert(list(line).index(before) + 1, foot)
        last[held] = foot


def _foot(note: Element) -> Element:
    """Return a note as it may stand in a line: there are no blocks in a paragraph."""
    for element in note.iter():
        if element.tag in ("div", "p"):
            element.set("class", f"{element.get('class', '')} block{' p' * (element.tag == 'p')}".strip())
            element.tag = "span"
    foot = Element("span", {"class": "foot-note"})
    foot.append(note)
    return foot


def _cells(row: Element) -> Iterator[Element]:
    return (element for element in row.iter() if "cell" in element.get("class", "").split())


def _of_class(cell: Element, name: str) -> Iterator[Element]:
    return (element for element in cell.iter() if element.get("class", "").split()[:1] == [name])
