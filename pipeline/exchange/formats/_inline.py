"""Signs of marks ⇄ inline elements of XML: a pair is an element with words in it, a place an empty one.

Their names are the numbers of the signs, «b1» and «i1» for stars. What stands between is carried to the character.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from pipeline.exchange.table import xml_text
from pipeline.text import markup
from pipeline.text.markup import Part

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = re.compile(r"[1-9]\d{0,3}")
_STARS = {"b": "**", "i": "*"}
_NAMES = {stars: letter for letter, stars in _STARS.items()}
_STYLE = re.compile(r"([bi])[1-9]\d{0,3}")

CODE = re.compile(r"\[|\]?\{[1-9]\d{0,3}\}|\]|\*\*?")
"""What the elements of TMX hold that hold a sign."""


def named(text: str) -> Iterator[tuple[Part, str, int]]:
    """Yield the parts of a text with signs in order, each with its name and how deep it stands; text has no name."""
    numbers = {stars: count(1) for stars in _NAMES}
    waiting = [(part, 0) for part in reversed(markup.parts(text))]
    while waiting:
        part, depth = waiting.pop()
        name = f"{_NAMES[part.stars]}{next(numbers[part.stars])}" if part.stars else str(part.number or "")
        yield part, name, depth
        waiting += [(inner, depth + 1) for inner in reversed(part.parts)]


def write(element: "_Element", text: str, make: Callable[["_Element", Part, str], "_Element"]) -> None:
    """Put a text with signs into an element; `make` adds the element of a sign, given its name."""
    opened = [element]
    element.text = ""  # beside a text, lxml puts no line ends between elements
    for part, name, depth in named(text):
        del opened[depth + 1 :]
        if name:
            opened.append(make(opened[-1], part, name))
        else:
            append(opened[-1], part.text)


def append(element: "_Element", text: str) -> None:
    """Put text behind what an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + xml_text(text)
    else:
        element.text = (element.text or "") + xml_text(text)


def paired(name: str, inside: str) -> str:
    """Return the text of a pair by its name, with its signs; without, if the name is another program's."""
    if style := _STYLE.fullmatch(name):
        return f"{_STARS[style[1]]}{inside}{_STARS[style[1]]}"
    return f"[{inside}]{{{name}}}" if _NUMBER.fullmatch(name) else inside


def opening(name: str) -> str:
    style = _STYLE.fullmatch(name)
    return _STARS[style[1]] if style else "[" if _NUMBER.fullmatch(name) else ""


def closing(name: str) -> str:
    style = _STYLE.fullmatch(name)
    return _STARS[style[1]] if style else f"]{{{name}}}" if _NUMBER.fullmatch(name) else ""


def place(name: str) -> str:
    """Return the sign of a place by its name; nothing, if the name is another program's."""
    return f"{{{name}}}" if _NUMBER.fullmatch(name) else ""


def said(marks: Sequence[str]) -> dict[str, str]:
    """Return what each number stands for, by its name, as the comments of a unit say."""
    return {sign.strip("{}"): what for sign, _, what in (mark.partition(": ") for mark in marks)}
