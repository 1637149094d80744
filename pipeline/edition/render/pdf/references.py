"""References of notes and the notes themselves: linked both ways within each language, and where the notes stand.

A note stands at the foot of the page of its reference, in all languages side by side, where all notes of the document
can: where one would take too much of a page, or belongs to a grid or another note, they all stand at the end.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import takewhile
from math import ceil
from xml.etree.ElementTree import Element, SubElement

LARGEST, LARGEST_ALL = 1 / 4, 1 / 3
"""Of what a page holds: what a note at its foot may be, and all notes of a row together."""

STEPS = 40
"""The parts of a page in which the room for notes is counted."""

MOST = 300
"""Notes at the feet of pages: WeasyPrint looks for each in every line before it."""


def link(body: Element, capacity: float) -> None:
    """Make every reference a link to its note, and every note's marker one back to its first reference.

    They meet by their marker: where several notes have the same, as footnotes that begin anew on every
    page do, the first reference belongs to the first note, and so on. `capacity` are the characters that a page holds
    of each language; notes go to its foot where they can.
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
    if _fit(anchors, parents, capacity):
        _to_feet(body, anchors, parents, capacity)


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


def _fit(anchors: Mapping[Element, Element], parents: Mapping[Element, Element], capacity: float) -> bool:
    """Whether all notes may stand at the foot of a page."""
    lengths: defaultdict[Element, int] = defaultdict(int)
    for note, anchor in anchors.items():
        *_, row, _body = _around(anchor, parents)
        length = _length(note)
        lengths[row] += length
        is_elsewhere = row.tag == "table" or "endnote" in row.get("class", "").split()
        if is_elsewhere or length > LARGEST * capacity:
            return False
    return len(anchors) <= MOST and max(lengths.values(), default=0) <= LARGEST_ALL * capacity


def _length(note: Element) -> int:
    """Return the characters of a note, in the language in which it is longest."""
    return max(sum(map(len, cell.itertext())) for cell in _cells(note))


def _around(element: Element, parents: Mapping[Element, Element]) -> Iterator[Element]:
    """Yield an element and all that it stands in, up to the body."""
    while element in parents:
        yield element
        element = parents[element]
    yield element


def _to_feet(
    body: Element, anchors: Mapping[Element, Element], parents: Mapping[Element, Element], capacity: float
) -> None:
    """Put every note behind what holds its reference in a line, where the stylesheet takes it to the foot.

    A row says how many steps of a page its notes need, for it must not begin where these have no room.
    """
    last: dict[Element, Element] = {}
    needed: defaultdict[Element, float] = defaultdict(float)
    for note, anchor in anchors.items():
        body.remove(note)
        *_, row, _body = _around(anchor, parents)
        needed[row] += max(1 / STEPS, _length(note) / capacity)
        *_, held = takewhile(lambda element: "data-block" not in element.attrib, _around(anchor, parents))
        before, foot = last.get(held, held), _foot(note)
        foot.tail, before.tail = before.tail, None
        line = parents[held]
        line.insert(list(line).index(before) + 1, foot)
        last[held] = foot
    for row, part in needed.items():
        row.set("class", f"{row.get('class')} needs-{min(ceil(part * STEPS), STEPS // 2)}")


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
