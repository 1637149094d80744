"""How words on a page stand because of the elements around them: their marks, kind, size, and what hides them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.document.formats import _page, _roles, _sight, _stylesheet
from pipeline.document.formats._sight import Sight
from pipeline.model import Kind, MarkKind
from pipeline.office import symbols

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = {
    "b": MarkKind.STRONG, "strong": MarkKind.STRONG, "i": MarkKind.EMPHASIS, "em": MarkKind.EMPHASIS,
    "cite": MarkKind.EMPHASIS, "dfn": MarkKind.EMPHASIS, "var": MarkKind.EMPHASIS, "sup": MarkKind.SUPERSCRIPT,
    "sub": MarkKind.SUBSCRIPT, "code": MarkKind.CODE, "kbd": MarkKind.CODE, "samp": MarkKind.CODE, "tt": MarkKind.CODE,
}  # fmt: skip
_POSITIONS = {"super": MarkKind.SUPERSCRIPT, "sub": MarkKind.SUBSCRIPT}
_BOLD = re.compile("bold|bolder|[6-9]00")
_STRUCK = {"s", "strike", "del"}
_LINES = ("text-decoration", "text-decoration-line")
_PLAIN = {"font-weight": MarkKind.STRONG, "font-style": MarkKind.EMPHASIS}
"""Properties that take a mark away where they say «normal»."""
BODY = 12.0
"""Size of letters in points, where nothing says otherwise."""
_SIZES = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 12.0, "h6": 12.0, "small": 10.0, "big": 14.0}
_FONTS = {
    "1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0, "+1": 13.5, "+2": 18.0, "+3": 24.0,
    "-1": 10.0, "-2": 7.5,
}  # fmt: skip
_SIZE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(pt|px|em|rem|%)")
_POINTS = {"pt": 1.0, "px": 0.75, "rem": BODY, "em": 1.0, "%": 0.01}


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a text because of the elements around it."""

    marks: tuple[MarkKind, ...] = ()
    link: str = ""
    kind: Kind | None = None
    level: int = 0
    depth: int = 0
    size: float = BODY
    is_centred: bool = False
    is_spaced: bool = False
    """Whether white space shows as it stands."""
    colour: str = ""
    ground: str = ""
    doubts: frozenset[Sight] = frozenset()
    font: str = ""
    """The font, if it has signs in the places of letters."""


def inline(element: "_Element", around: Setting) -> Setting:
    """Return what holds within an element of a line."""
    tag, style = str(element.tag), _page.style(element)
    marks = [*around.marks, *([_MARKS[tag]] if tag in _MARKS else []), *_styled(style)]
    plain = {kind for name, kind in _PLAIN.items() if style.get(name) in ("normal", "400")}
    kept = tuple(dict.fromkeys(mark for mark in marks if mark not in plain))
    size = _size(element, tag, style, around.size)
    font = _font_of_signs(element, style, around.font)
    around = coloured(element, around)
    if (kept, size, font) == (around.marks, around.size, around.font):
        return around
    return replace(around, marks=kept, size=size, font=font)


def _font_of_signs(element: "_Element", style: Mapping[str, str], around: str) -> str:
    """Return the font of signs that an element is set in, as Word and old pages have them; empty where it is none."""
    stated = style.get("font-family") or element.get("face") or style.get("font")
    if stated is None or stated == "inherit":
        return around
    first = stated.partition(",")[0].strip(" \"'")
    return first if symbols.is_known(first) else ""


def coloured(element: "_Element", around: Setting) -> Setting:
    """Return what holds within an element as to its colours, and what strikes or blurs its words."""
    if not element.keys() and element.tag not in _STRUCK:
        return around
    style = _page.style(element)
    colour = style.get("color") or element.get("color") or "inherit"
    colour = around.colour if colour == "inherit" else colour
    ground = style.get("background-color") or style.get("background") or element.get("bgcolor") or ""
    ground = ground if _sight.has_ground(ground) else around.ground
    is_struck = element.tag in _STRUCK or any("line-through" in style.get(name, "") for name in _LINES)
    is_blurred = _stylesheet.blurs(style)
    if is_struck or is_blurred or (colour, ground) != (around.colour, around.ground):
        doubts = around.doubts | {*[Sight.STRUCK] * is_struck, *[Sight.BLURRED] * is_blurred}
        return replace(around, colour=colour, ground=ground, doubts=doubts)
    return around


def around_of(root: "_Element") -> Setting:
    """Return what colours the elements around a root say."""
    setting = Setting()
    for element in reversed(list(root.iterancestors())):
        setting = coloured(element, setting)
    return setting


def doubts(around: Setting) -> frozenset[Sight]:
    """Return why words that stand so may not be seen."""
    pale = (around.colour or around.ground) and _sight.is_pale(around.colour, around.ground)
    found = {*([Sight.PALE] if pale else []), *([Sight.TINY] if around.size < _sight.TINY else [])}
    return around.doubts | found if found else around.doubts


def _styled(style: Mapping[str, str]) -> Iterator[MarkKind]:
    if _BOLD.fullmatch(style.get("font-weight", "")):
        yield MarkKind.STRONG
    if style.get("font-style", "").startswith(("italic", "oblique")):
        yield MarkKind.EMPHASIS
    if position := _POSITIONS.get(style.get("vertical-align", "")):
        yield position


def _size(element: "_Element", tag: str, style: Mapping[str, str], size: float) -> float:
    """Return the size of letters in points."""
    stated = _SIZE.fullmatch(style.get("font-size", ""))
    if not stated:
        return _FONTS.get(element.get("size", "").strip(), size) if tag == "font" else _in_proportion(tag, size)
    factor = size if stated[2] in ("em", "%") else 1.0
    return round(float(stated[1]) * _POINTS[stated[2]] * factor, 1)


def _in_proportion(tag: str, size: float) -> float:
    """Return the size an element has by itself: that of a heading is some times the size around it."""
    return size if size < _sight.TINY else _SIZES.get(tag, size)


def within(element: "_Element", around: Setting) -> Setting:
    """Return what holds within a block."""
    tag = str(element.tag)
    inner = inline(element, around)
    if re.fullmatch("h[1-6]", tag):
        level = int(tag[1])
        is_title = _page.is_titled(element) or (level == 1 and "title" in _page.kinds(element))
        inner = replace(inner, kind=Kind.TITLE if is_title else Kind.HEADING, level=1 if is_title else level)
    elif tag == "address" and _is_name(element):
        inner = replace(inner, kind=Kind.SIGNATURE)
    elif tag == "blockquote" or (tag == "aside" and len(_page.words(element)) <= _LONGEST_ASIDE):
        inner = replace(inner, kind=Kind.QUOTATION, depth=0)
    elif tag in ("figcaption", "caption") or (tag in ("footer", "cite") and around.kind is Kind.QUOTATION):
        inner = replace(inner, kind=Kind.CAPTION)
    elif around.kind is None and (role := _roles.of(element))[0]:
        inner = replace(inner, kind=role[0], level=role[1])
    elif tag == "pre":
        inner = replace(inner, marks=(*inner.marks, MarkKind.CODE))
    elif tag in ("ul", "ol", "table") and around.kind is Kind.QUOTATION:
        inner = replace(inner, kind=None)
    is_spaced = around.is_spaced or tag == "pre" or _page.style(element).get("white-space", "").startswith("pre")
    is_centred = _is_centred(element, around)
    if (is_centred, is_spaced) == (inner.is_centred, inner.is_spaced):
        return inner
    return replace(inner, is_centred=is_centred, is_spaced=is_spaced)


def _is_name(element: "_Element") -> bool:
    words = _page.words(element)
    return len(words) <= _LONGEST_NAME and not _ADDRESSED.search(words) and len(element.findall("br")) < 2


_LONGEST_NAME = 80
_LONGEST_ASIDE = 300
_ADDRESSED = re.compile(r"[@\d:]")


def _is_centred(element: "_Element", around: Setting) -> bool:
    if element.tag == "center" or "has-text-align-center" in element.get("class", ""):
        return True
    alignment = _page.style(element).get("text-align") or element.get("align", "").lower()
    return alignment in ("center", "-webkit-center") if alignment else around.is_centred
