"""No page with an empty box: what no font can show is refused before it is laid out, and sought in what was drawn."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.errors import RenderError
from pipeline.text.glyphs import lacking, named

_NAMED = 5
"""So many characters are named; the rest is counted."""

BOX = "\u25a1"
"""Stands in a draft for what no font has: a page with a hole in it would be one with another text."""

_AROUND = 40
"""Characters of the text shown on each side of the first."""


class UnshownError(RenderError):
    """Something on a page has no glyph in any font."""


def boxed(page: str, shown: frozenset[str]) -> str:
    """Return a page description with a box for each character of its text that is not shown."""
    found = lacking(page, shown)
    return _TEXT.sub(lambda text: text[0].translate(dict.fromkeys(map(ord, found), BOX)), page) if found else page


_TEXT = re.compile("(?<=>)[^<>]++")


def refuse(page: str, shown: frozenset[str]) -> None:
    """Raise UnshownError if there is text in a page description that has characters beside those that are shown."""
    if not lacking(page, shown):
        return
    texts = [html.unescape(text) for text in re.split("<[^<>]*+>", page)]
    if found := lacking("".join(texts), shown):
        raise fault(found, next(text for text in texts if found[0] in text))


def watch(used: Iterable[Any], textbox: Any) -> None:
    """Raise UnshownError if, with the text of a box, one of WeasyPrint's fonts was used for a glyph it has not."""
    found = [chr(code) for font in used for code in font.missing]
    found += [font.to_unicode[0] for font in used if 0 in font.to_unicode]
    if found:
        raise fault(found, "".join(textbox.element.itertext()))


def fault(characters: Sequence[str], text: str) -> UnshownError:
    """Return the error for characters without a glyph, the first of which stands in a text."""
    told = ", ".join(named(one[0]) if one else "a character" for one in characters[:_NAMED])
    more = f" and {len(characters) - _NAMED} more" if len(characters) > _NAMED else ""
    return UnshownError(
        f"no font can show {told}{more}, in: {_around(text, characters[0])}; "
        'take it out, or name fonts that have it: others = ["regular.ttf", "bold.ttf"] below [theme] in pipeline.toml'
    )


def _around(text: str, character: str) -> str:
    """Return the words of a text that stand around a character."""
    text = " ".join(text.split())
    place = max(text.find(character), 0)
    before, behind = text[max(place - _AROUND, 0) : place], text[place : place + _AROUND]
    if place > _AROUND:
        before = f"… {before.partition(' ')[2] or before}"
    if place + _AROUND < len(text):
        behind = f"{behind.rpartition(' ')[0] or behind} …"
    return before + behind
