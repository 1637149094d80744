"""What styles of Word say of text, and in which order (ECMA-376-1, 17.7)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.document.formats import _sight
from pipeline.document.formats._sight import Sight
from pipeline.document.formats._stylenames import CODE, LONGEST_NAME
from pipeline.model import MarkKind
from pipeline.office import word, xml
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_VAL, _FONT = f"{W}val", f"{W}ascii"
_TOGGLES = ("b", "i", "bCs", "iCs", "vanish", "strike")
_OF_THE_PAPER = ("background1", "light1")
"""Colours of a theme that are those of the paper (17.18.97)."""
_SCHEME_OF_THE_PAPER = ("bg1", "lt1")
"""The same where letters are filled (20.1.10.54)."""
_CLEAR = "100000"
"""All of a colour that lets through what is behind it, in thousandths of a per cent."""
_MOST_ABOVE = 30
"""Styles that one may be based on, one on the other."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What one style says; `text` and `toggles` are as they stand, without what it is based on."""

    name: str = ""
    based_on: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    outline: int | None = None
    list_id: str = ""
    list_level: int = 0
    alignment: str = ""
    indent: "_Element | None" = None
    hides_parts: bool = False
    """Whether some rows or columns of a table of this style are hidden (17.7.6)."""


_FAR = 6
"""Half points above or beneath a line, by which letters are raised or lowered whatever their size."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks, in the letters of its script."""

    is_bold: bool = False
    is_italic: bool = False
    is_hidden: bool = False
    size: float = 0.0
    position: str = ""
    lift: int = 0
    """How far it stands above its line, in half points; below 0 beneath it."""
    font: str = ""
    is_code: bool = False
    doubts: tuple[Sight, ...] = ()
    """Why a reader may not see its letters, or not take them for valid."""
    kinds: tuple[MarkKind, ...] = ()
    """The marks it makes, over what all of its paragraph's style is."""


@dataclass(frozen=True, slots=True)
class RunLook:
    """How the letters of a run look: those of scripts from right to left, and all others."""

    plain: Look
    complex: Look
    is_complex: bool
    """Whether all its letters look as those from right to left do."""


def properties(element: "_Element | None") -> dict[str, str]:
    """Return what run properties say: values by name, «1» or «0» for what is on or off."""
    said: dict[str, str] = {}
    for child in element if element is not None else ():
        name = xml.name(child)
        if name == "rFonts":
            said["font"] = child.get(_FONT, "")
        elif name in _TOGGLES or name in ("rtl", "cs", "specVanish", "webHidden", "dstrike"):
            said[name] = "0" if child.get(_VAL) in word.OFF else "1"
        elif name in ("sz", "szCs", "vertAlign", "position", "rStyle"):
            said[name] = child.get(_VAL, "")
        elif name == "color":
            said[name] = _colour(child, _VAL, "themeColor", "themeShade")
        elif name == "highlight":
            said[name] = child.get(_VAL, "").lower()
        elif name == "shd":
            said["ground"] = ground(child)
        elif name == "textFill" and (colour := _filled(child)):
            said["color"] = colour  # it goes before that of `color`, which stands before it
    return said


def _filled(fill: "_Element") -> str:
    """Return the colour with which letters are filled; empty for a pattern, or one that is not known here."""
    if [xml.name(one) for one in fill] == ["noFill"]:
        return "transparent"
    colour = fill.find("{*}solidFill/*")
    if colour is None:
        return ""
    stated, clear = xml.attribute(colour, "val"), colour.find("{*}alpha")
    if clear is not None and xml.attribute(clear, "val") == _CLEAR:
        return "transparent"
    if stated in _SCHEME_OF_THE_PAPER and len(colour) == (clear is not None):
        return "white"
    return f"#{stated}" if xml.name(colour) == "srgbClr" and re.fullmatch("[0-9A-Fa-f]{6}", stated) else ""


def ground(shading: "_Element | None") -> str:
    """Return the colour of a shading; empty where it has none."""
    return "" if shading is None else _colour(shading, f"{W}fill", "themeFill", "themeFillShade")


def _colour(element: "_Element", value: str, theme: str, shade: str) -> str:
    """Return a colour as CSS writes it; empty for the one that a reader of the file would choose."""
    if element.get(W + theme) in _OF_THE_PAPER and not element.get(W + shade):
        return "white"
    stated = element.get(value, "")
    return f"#{stated}" if re.fullmatch("[0-9A-Fa-f]{6}", stated) else ""


class WordStyles:
    """The styles of a document by their ids."""

    def __init__(self, root: "_Element | None") -> None:
        self.styles: dict[str, WordStyle] = {}
        self.first = {"paragraph": "", "character": ""}
        self.defaults: dict[str, str] = {}
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            id = style.get(f"{W}styleId", "")
            self.styles[id] = _style(style)
            if style.get(f"{W}default") in ("1", "true", "on"):
                self.first[style.get(f"{W}type", "")] = id
        if root is not None:
            self.defaults = properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._names: dict[str, tuple[str, ...]] = {}
        self._places: dict[str, tuple[str, bool]] = {}
        self._merged: dict[str, dict[str, str]] = {}
        self._looks: dict[tuple[object, ...], RunLook] = {}

    def hides(self, id: str) -> bool:
        """Whether a style, of a table for instance, hides what is set in it."""
        said = (one.text["vanish"] for one in self.above(id) if "vanish" in one.text)
        return next(said, "0") == "1"

    def hides_parts(self, id: str) -> bool:
        """Whether the style of a table hides some of its rows or columns: which, its settings and place say."""
        return any(one.hides_parts for one in self.above(id))

    def above(self, id: str) -> Iterator[WordStyle]:
        """Yield a style and those it is based on."""
        for _ in range(_MOST_ABOVE):
            if not id:
                return
            style = self.styles.get(id) or WordStyle(_readable(id))
            yield style
            id = style.based_on

    def paragraph(self, id: str) -> str:
        return id or self.first["paragraph"]

    def names(self, id: str) -> tuple[str, ...]:
        """Return the names of a style and those it is based on."""
        if id not in self._names:
            self._names[id] = tuple(style.name for style in self.above(id))
        return self._names[id]

    def place(self, id: str) -> tuple[str, bool]:
        """Return how a style aligns its paragraphs, and whether these are narrower than others."""
        if id not in self._places:
            above = list(self.above(id))
            indent = next((one.indent for one in above if one.indent is not None), None)
            alignment = next((one.alignment for one in above if one.alignment), "")
            self._places[id] = alignment, indent is not None and is_narrower(indent)
        return self._places[id]

    def text(self, id: str) -> dict[str, str]:
        """Return what a style and those above it say of text."""
        if id not in self._merged:
            self._merged[id] = {}
            for style in reversed(list(self.above(id))):
                self._merged[id].update(style.text)
        return self._merged[id]

    def run(self, paragraph: str, said: "_Element | None", ground: str = "") -> RunLook:
        """Return how a run looks that has these properties in a paragraph of a style, on a ground of a colour."""
        key = paragraph, ground, *_stated(said)
        if key not in self._looks:
            direct = {"behind": ground} | properties(said)
            self._looks[key] = RunLook(
                self.look(paragraph, direct, is_complex=False),
                self.look(paragraph, direct, is_complex=True),
                direct.get("rtl") == "1" or direct.get("cs") == "1",
            )
        return self._looks[key]

    def look(self, paragraph: str, direct: Mapping[str, str], *, is_complex: bool) -> Look:
        """Return how letters look, and which marks that makes: what all of a paragraph's style is makes none."""
        look, usual = self._look(paragraph, direct, is_complex), self._look(paragraph, {}, is_complex)
        lift = _lift(look, usual)
        kinds = {
            MarkKind.STRONG: look.is_bold and not usual.is_bold,
            MarkKind.EMPHASIS: look.is_italic and not usual.is_italic,
            MarkKind.CODE: look.is_code,
            MarkKind.SUPERSCRIPT: look.position == "superscript" or lift > 0,
            MarkKind.SUBSCRIPT: look.position == "subscript" or lift < 0,
        }
        return replace(look, kinds=tuple(kind for kind, is_so in kinds.items() if is_so))

    def _look(self, paragraph: str, direct: Mapping[str, str], is_complex: bool) -> Look:
        character = direct.get("rStyle", "")
        levels = (self.defaults, self.text(paragraph), self.text(character))
        suffix = "Cs" if is_complex else ""

        def is_on(name: str) -> bool:
            if name in direct:
                return direct[name] == "1"
            if self.defaults.get(name) == "1":
                return True
            return sum(level.get(name) == "1" for level in levels[1:]) % 2 == 1  # 17.7.3: styles turn each other off

        def last(name: str) -> str:
            return direct.get(name) or next((level[name] for level in reversed(levels) if level.get(name)), "")

        size = last(f"sz{suffix}")
        points = int(size) / 2 if size.isdecimal() and len(size) < 5 else 10.0
        return Look(
            is_bold=is_on(f"b{suffix}"),
            is_italic=is_on(f"i{suffix}"),
            is_hidden=is_on("vanish") or direct.get("specVanish") == "1",
            size=points,
            position=last("vertAlign"),
            lift=_half_points(last("position")),
            font=last("font"),
            is_code=any(name in CODE for name in self.names(character)),
            doubts=_doubts(
                is_pale=_is_pale(last("color"), last("highlight"), last("ground") or last("behind")),
                is_struck=is_on("strike") or last("dstrike") == "1",
                is_tiny=0 < points < _sight.TINY,
            ),
        )


def _half_points(stated: str) -> int:
    return int(stated) if re.fullmatch("-?[0-9]{1,4}", stated) else 0


def _lift(look: Look, usual: Look) -> int:
    """Return how far letters stand above their line as raised ones do, by their place alone: small ones, or far."""
    lift = look.lift - usual.lift
    return lift if look.size < usual.size or abs(lift) >= _FAR else 0


def _is_pale(colour: str, highlight: str, ground: str) -> bool:
    """Whether letters do not show: those of no colour are black on a highlight, and on a shading what shows there."""
    if _sight.has_ground(highlight):
        return _sight.is_pale(colour, highlight)
    return bool(colour) and _sight.is_pale(colour, ground)


def _doubts(*, is_pale: bool, is_struck: bool, is_tiny: bool) -> tuple[Sight, ...]:
    said = {Sight.PALE: is_pale, Sight.STRUCK: is_struck, Sight.TINY: is_tiny}
    return tuple(doubt for doubt, is_so in said.items() if is_so)


def _readable(id: str) -> str:
    """Return the name of a style that a file uses and does not define: «Heading1» is heading 1."""
    return re.sub("(?<=[a-z])(?=[A-Z0-9])", " ", id[:LONGEST_NAME]).casefold()


def _stated(said: "_Element | None") -> list[object]:
    """Return all that run properties state, in their order, to tell those that state the same."""
    stated: list[object] = []
    for one in said if said is not None else ():
        stated.append(one.tag)
        stated += one.values()
        for inner in one.iterdescendants() if len(one) else ():
            stated += [inner.tag, *inner.values()]
    return stated


_LEAST_INDENT = 280
"""Of a paragraph that is set apart, in twentieths of a point."""


def is_narrower(indent: "_Element") -> bool:
    """Whether an indent makes a paragraph narrower than the others, at both sides."""
    sides = (("left", "start"), ("right", "end"))
    values = [next((v for name in names if (v := indent.get(f"{W}{name}"))), "") for names in sides]
    return all(re.fullmatch("[0-9]{3,5}", one) and int(one) >= _LEAST_INDENT for one in values)


def behind(paragraph: "_Element | None") -> str:
    """Return the colour behind a paragraph by its properties; empty where none is stated."""
    return "" if paragraph is None else ground(paragraph.find(f"{W}shd"))


def _style(style: "_Element") -> WordStyle:
    paragraph = style.find(f"{W}pPr")
    numbers = paragraph.find(f"{W}numPr") if paragraph is not None else None
    outline = word.value(paragraph, "outlineLvl")
    level = word.value(numbers, "ilvl")
    return WordStyle(
        name=word.value(style, "name")[:LONGEST_NAME].strip().casefold(),
        based_on=word.value(style, "basedOn"),
        text={"behind": behind(paragraph)} | properties(style.find(f"{W}rPr")),
        outline=int(outline) if outline.isdecimal() and len(outline) < 3 else None,
        list_id=word.value(numbers, "numId"),
        list_level=int(level) if level.isdecimal() and len(level) < 3 else 0,
        alignment=word.value(paragraph, "jc"),
        indent=paragraph.find(f"{W}ind") if paragraph is not None else None,
        hides_parts=any(
            properties(part.find(f"{W}rPr")).get("vanish") == "1" for part in style.iterchildren(f"{W}tblStylePr")
        ),
    )
