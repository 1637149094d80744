"""References of notes and the notes themselves, linked both ways within each language."""

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement


def link(body: Element) -> None:
    """Make every reference a link to its note, and every note's marker one back to its first reference.

    They meet by their marker: where several notes have the same, as footnotes that begin anew on every
    page do, the first reference belongs to the first note, and so on.
    """
    references: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
    notes: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
    for row in body:
        for cell in _cells(row):
            language = cell.get("lang", "")
            if "endnote" in row.get("class", "").split():
                for marker in _of_class(cell, "marker"):
                    notes[language, marker.text or ""].append(marker)
            for reference in _of_class(cell, "reference"):
                references[language, reference.text or ""].append(reference)
    for (language, text), markers in notes.items():
        found = references[language, text]
        for number, marker in enumerate(markers):
            pointing = found[number : number + 1] if len(markers) > 1 else found
            _pair(marker, pointing, f"{language}-{text}-{number}")


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


def _cells(row: Element) -> Iterator[Element]:
    return (element for element in row.iter() if "cell" in element.get("class", "").split())


def _of_class(cell: Element, name: str) -> Iterator[Element]:
    return (element for element in cell.iter() if element.get("class", "").split()[:1] == [name])
