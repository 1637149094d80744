"""Name badges → a sheet for the typesetter: as many as go on a sheet of A4, with marks to cut them by.

A name is as large as its badge allows: on one line, or else on two, or smaller.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.design import MILLIMETRE, Design, Paper
from pipeline.edition.render import Sheet
from pipeline.edition.render.pdf import leaflet
from pipeline.languages import Language

MARGIN, MARK = 10.0, 5.0
"""Millimetres that printers leave white at the edges of a sheet; the length of a mark."""

PADDING = 5.0
"""Millimetres between the edge of a badge and its words."""

LARGEST, SMALLEST = 30.0, 7.0
"""Points of a name."""

SMALL, MOST_SMALL = 0.65, 12.0
"""How large role and organisation are, for ten points of the height of a badge; and in points, at most."""

_WIDE = {"ltr": 0.62, "rtl": 0.52}
"""Ems of a bold letter, a little more than most are."""

_HIGH = {"ltr": 1.25, "rtl": 1.45}
"""Ems of a line of a name."""

BETWEEN, EDGE = 2.5, 2.0
"""Millimetres between two languages, and of the coloured edge on top, as in badges.css."""


@dataclass(frozen=True, slots=True)
class BadgeSide:
    """What stands on a badge in a language: a name, and lines about whoever has it."""

    language: Language
    name: str
    lines: tuple[str, ...] = ()


Badge = Sequence[BadgeSide]
"""A badge in its languages, the first on top."""


def grid(paper: Paper, width: float, height: float) -> tuple[int, int]:
    """Return how many badges of a size in millimetres go beside and below each other; 0 where there is no room."""
    sheet = paper.size
    return int((sheet[0] - 2 * MARGIN) // width), int((sheet[1] - 2 * MARGIN) // height)


def sheet(
    path: str,
    title: str,
    badges: Sequence[Badge],
    language: Language,
    design: Design,
    size: tuple[float, float],
    date: str,
) -> tuple[Sheet, list[str]]:
    """Return the sheet of badges of a size in millimetres, and the characters that no font can show."""
    root = Element("html", lang=language.code)  # places on a sheet are counted from the left in any language
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = title
    across, down = grid(design.paper, *size)
    for number, page in enumerate(_pages(badges, across * down)):
        _page(body, number, page, design.paper, size)
    return leaflet.sheet(path, root, language, design, date, _css(design))


def _pages(badges: Sequence[Badge], count: int) -> Iterator[Sequence[Badge]]:
    for first in range(0, len(badges), count):
        yield badges[first : first + count]


def _css(design: Design) -> str:
    width, height = design.paper.size
    return "\n".join(
        [
            f"@page {{ size: {width}mm {height}mm; margin: 0 }}",
            f".sheet {{ width: {width}mm; height: {height - 0.1}mm }}",
            resources.files(__package__).joinpath("badges.css").read_text("utf-8"),
            f".badge {{ border-color: {design.theme.colour} }}",
        ]
    )


def _page(body: Element, number: int, badges: Sequence[Badge], paper: Paper, size: tuple[float, float]) -> None:
    across, down = grid(paper, *size)
    (width, height), sheet = size, paper.size
    left, top = (sheet[0] - across * width) / 2, (sheet[1] - down * height) / 2
    place = SubElement(body, "div", {"class": "sheet"})
    for x in range(across + 1):
        for at in (top - MARK - 1, top + down * height + 1):
            _box(place, "mark", left + x * width, at, 0.1, MARK)
    for y in range(down + 1):
        for at in (left - MARK - 1, left + across * width + 1):
            _box(place, "mark", at, top + y * height, MARK, 0.1)
    for index, badge in enumerate(badges):
        box = _box(place, "badge", left + index % across * width, top + index // across * height, width, height)
        _badge(box, badge, size, f"{number}-{index}")


def _box(parent: Element, name: str, left: float, top: float, width: float, height: float) -> Element:
    style = f"left: {left:.2f}mm; top: {top:.2f}mm; width: {width:.2f}mm; height: {height:.2f}mm"
    return SubElement(parent, "div", {"class": name, "style": style})


def _badge(place: Element, badge: Badge, size: tuple[float, float], key: str) -> None:
    width, height = (size[0] - 2 * PADDING) * MILLIMETRE, (size[1] - 2 * PADDING) * MILLIMETRE
    first = badge[0].language
    cell = SubElement(place, "div", {"class": "cell", "lang": first.code, "dir": first.direction})
    small = min(max(height * SMALL / 10, SMALLEST), MOST_SMALL)
    room = (height - _taken(badge, width, small)) / len(badge)
    for number, side in enumerate(badge):
        direction = side.language.direction
        texts = [("name", side.name, fitting(side.name, direction, width, room))]
        texts += [("about", line, _small(line, direction, width, small)) for line in side.lines]
        for index, (name, text, points) in enumerate(texts):
            attributes = {"lang": side.language.code, "dir": direction, "data-block": f"{key}.{number}.{index}"}
            style = f"font-size: {points:.1f}pt; line-height: {points * _HIGH[direction]:.1f}pt"
            line = SubElement(cell, "p", {"class": f"{name} side-{number}", "style": style, **attributes})
            line.text = text


def _small(line: str, direction: str, width: float, points: float) -> float:
    """Return the size of a line about somebody: it may take two, and is smaller if it needs more."""
    return fitting(line, direction, width, 2 * _HIGH[direction] * points, points)


def _taken(badge: Badge, width: float, small: float) -> float:
    """Return the points of height that all but the names take."""
    taken = BETWEEN * MILLIMETRE * (len(badge) - 1) + EDGE * MILLIMETRE
    for side in badge:
        direction = side.language.direction
        for line in side.lines:
            points = _small(line, direction, width, small)
            taken += points * _HIGH[direction] * _lines(line, max(int(width / (_WIDE[direction] * points)), 1))
    return taken


def fitting(text: str, direction: str, width: float, height: float, largest: float = LARGEST) -> float:
    """Return the largest size in points at which a text fits into a width and a height in points."""
    em, high = _WIDE[direction], _HIGH[direction]
    longest = max(map(len, text.split()), default=1)
    points = float(largest)
    while points > SMALLEST:
        letters = max(int(width / (em * points)), 1)
        lines = _lines(text, letters)
        if longest <= letters and lines * high * points <= height:
            break
        points -= 0.5
    return points


def _lines(text: str, letters: int) -> int:
    count, length = 1, 0
    for word in text.split():
        if length and length + 1 + len(word) > letters:
            count, length = count + 1, 0
        length += len(word) + bool(length)
    return count
