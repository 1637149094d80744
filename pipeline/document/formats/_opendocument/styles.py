"""Styles of an OpenDocument text, and how letters look in them (OASIS OpenDocument 1.3, part 3, 16)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.document.formats import _sight
from pipeline.document.formats._drawings import points
from pipeline.document.formats._sight import Sight
from pipeline.document.formats._stylenames import CODE, LONGEST_NAME
from pipeline.model import MarkKind
from pipeline.office import xml
from pipeline.office.xml import attribute, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ABOVE = 30
_MOST_REMEMBERED = 20_000
"""Looks of letters; a document has some hundred."""
_TEXT = {
    "font-weight", "font-weight-complex", "font-style", "font-style-complex", "font-size", "font-size-complex",
    "text-position", "font-name", "font-family", "display", "color", "opacity", "background-color",
    "use-window-font-color", "text-line-through-style", "text-line-through-type",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """A style as it stands, without its parents: `text` are the attributes of its text, by name."""

    name: str
    parent: str
    text: Mapping[str, str]
    alignment: str = ""
    is_indented: bool | None = None
    is_framed: bool = False
    behind: str = ""
    """The colour behind a paragraph, or in a cell."""
    graphic: Mapping[str, str] = field(default_factory=dict)
    """What it says of drawings."""
    height: str = ""
    """How high its lines are, or a row, whatever is in them."""


@dataclass(frozen=True, slots=True)
class OdtLetters:
    """How letters look that stand in one style."""

    is_bold: bool
    is_italic: bool
    is_hidden: bool
    size: float
    position: str
    font: str
    doubts: tuple[Sight, ...] = ()

    def marks(self, usual: "OdtLetters") -> tuple[MarkKind, ...]:
        """Return the marks that letters make by their look, over what is usual around them."""
        kinds = {
            MarkKind.STRONG: self.is_bold and not usual.is_bold,
            MarkKind.EMPHASIS: self.is_italic and not usual.is_italic,
            MarkKind.SUPERSCRIPT: _is_raised(self.position, 1),
            MarkKind.SUBSCRIPT: _is_raised(self.position, -1),
        }
        return tuple(kind for kind, is_so in kinds.items() if is_so)


def _is_raised(position: str, direction: int) -> bool:
    if position in ("super", "sub"):
        return (position == "super") == (direction > 0)
    found = re.fullmatch(r"(-?[0-9.]{1,6})%", position)
    return found is not None and found[1].strip("-0.") != "" and found[1].startswith("-") == (direction < 0)


@dataclass(frozen=True, slots=True)
class _OdtSpan:
    """A style within others: the number of those around it, and whether one of all is for code."""

    around: int = 0
    style: str = ""
    is_code: bool = False


_COLOUR = {"color", "use-window-font-color", "opacity"}
"""What is said of the colour of letters; the automatic colour ends where a style within says any of it."""

_Said = tuple[Mapping[str, str], str]
"""What styles say of text, and the colour behind it."""


class OdtStyles:
    """The styles of a document by their family and name.

    Styles within one another have a number, 0 for none: their names may be long, and many.
    """

    def __init__(self, roots: "list[_Element]") -> None:
        self.styles: dict[tuple[str, str], OdtStyle] = {}
        self.lists: dict[str, dict[int, _Element]] = {}
        self.outline: dict[int, _Element] = {}
        self.faces: dict[str, str] = {}
        self._spans = [_OdtSpan()]
        self._numbers: dict[tuple[int, str], int] = {}
        self._said: dict[tuple[str, int, str, bool], _Said] = {}
        self._letters: dict[tuple[str, int, str, bool], OdtLetters] = {}
        for root in reversed(roots):
            self._read(root)

    def _read(self, root: "_Element") -> None:
        for face in root.iterfind("{*}font-face-decls/{*}font-face"):
            self.faces[attribute(face, "name")] = attribute(face, "font-family").strip("'\"")
        for group in root.iterchildren("{*}styles", "{*}automatic-styles"):
            for style in group:
                name = xml.name(style)
                if name in ("style", "default-style"):
                    id = attribute(style, "name") if name == "style" else ""
                    self.styles[attribute(style, "family"), id] = _style(style)
                elif name == "list-style":
                    self.lists[attribute(style, "name")] = _levels(style)
                elif name == "outline-style":
                    self.outline = _levels(style)

    def above(self, family: str, id: str) -> Iterator[OdtStyle]:
        """Yield a style and its parents."""
        for _ in range(_MOST_ABOVE):
            if not id:
                return
            style = self.styles.get((family, id)) or OdtStyle(_readable(id), "", {})
            yield style
            id = style.parent

    def within(self, around: int, style: str) -> int:
        """Return the number of a style within those of a number."""
        if not style:
            return around
        if (around, style) not in self._numbers:
            is_code = self.is_code(around) or any(one.name in CODE for one in self.above("text", style))
            self._numbers[around, style] = len(self._spans)
            self._spans.append(_OdtSpan(around, style, is_code))
        return self._numbers[around, style]

    def is_code(self, span: int) -> bool:
        return self._spans[span].is_code

    def letters(self, paragraph: str, span: int, behind: str = "", *, is_complex: bool) -> OdtLetters:
        """Return how letters look in styles within one another, by their number, in a cell of a colour."""
        if max(len(self._letters), len(self._said)) > _MOST_REMEMBERED:
            self._letters.clear()
            self._said.clear()
        key = paragraph, span, behind, is_complex
        if key not in self._letters:
            self._letters[key] = self._look(*self._all_said(*key), is_complex=is_complex)
        return self._letters[key]

    def _all_said(self, paragraph: str, span: int, behind: str, is_complex: bool) -> _Said:
        """Return what is said of text in a span: the same as around it, and what its own style says."""
        inner = list[int]()
        while span and (paragraph, span, behind, is_complex) not in self._said:
            inner.append(span)
            span = self._spans[span].around
        said = self._said.get((paragraph, span, behind, is_complex))
        if said is None:
            default = self.styles.get(("paragraph", ""))
            said = _added(({}, behind), [default] if default else [], is_complex)
            said = _added(said, list(self.above("paragraph", paragraph)), is_complex)
            self._said[paragraph, span, behind, is_complex] = said
        for span in reversed(inner):
            said = _added(said, list(self.above("text", self._spans[span].style)), is_complex)
            self._said[paragraph, span, behind, is_complex] = said
        return said

    def _look(self, said: Mapping[str, str], behind: str, *, is_complex: bool) -> OdtLetters:
        suffix = "-complex" if is_complex else ""
        weight = said.get(f"font-weight{suffix}", "normal")
        return OdtLetters(
            is_bold=weight == "bold" or (weight.isdecimal() and weight >= "600"),
            is_italic=said.get(f"font-style{suffix}") in ("italic", "oblique"),
            is_hidden=said.get("display") == "none",
            size=float(said.get("size") or 12),
            position=said.get("text-position", "").split(" ")[0],
            font=self.faces.get(said.get("font-name", "")) or said.get("font-family", "").strip("'\""),
            doubts=tuple(_doubts(said, behind)),
        )


def _added(before: _Said, chain: Sequence[OdtStyle], is_complex: bool) -> _Said:
    """Return what was said of text with what a style and its parents say."""
    said, behind = dict(before[0]), before[1]
    for style in reversed(chain):
        size = said.get("size", "")
        if said.get("use-window-font-color") == "true" and _COLOUR & style.text.keys():
            said = {name: value for name, value in said.items() if name not in _COLOUR}
        said |= {name: value for name, value in style.text.items() if value}
        said["size"] = _sized(style.text, size, is_complex)
        behind = style.behind or behind
    return said, behind


def _doubts(said: Mapping[str, str], behind: str) -> Iterator[Sight]:
    """Yield why a reader may not see letters of which this is said, or not take them for valid."""
    own = said.get("background-color", "")
    ground = own if _sight.has_ground(own) else behind
    # Letters of no stated colour are black or white, whichever shows; LibreOffice calls them wholly transparent.
    is_automatic = said.get("use-window-font-color") == "true"
    is_clear = bool(re.fullmatch(r"0(?:\.0{1,9})?%?", said.get("opacity", "")))
    if not is_automatic and (is_clear or (said.get("color") and _sight.is_pale(said["color"], ground))):
        yield Sight.PALE
    if any(said.get(f"text-line-through-{name}", "none") != "none" for name in ("style", "type")):
        yield Sight.STRUCK
    if 0 < float(said.get("size") or 12) < _sight.TINY:
        yield Sight.TINY


def _sized(said: Mapping[str, str], before: str, is_complex: bool) -> str:
    """Return the size of letters in points, where a style gives it, or a share of the one before."""
    found = re.fullmatch(
        r"([0-9]{1,4}(?:\.[0-9]{1,4})?)(pt|%)", said.get("font-size-complex" if is_complex else "font-size", "")
    )
    if not found:
        return before
    return found[1] if found[2] == "pt" else str(round(float(before or 12) * float(found[1]) / 100, 1))


def _style(style: "_Element") -> OdtStyle:
    text: dict[str, str] = {}
    alignment, is_indented, is_framed = "", None, False
    graphic: dict[str, str] = {}
    behind = height = ""
    for properties in style:
        said = {str(key).rpartition("}")[2]: str(value) for key, value in properties.attrib.items()}
        name = xml.name(properties)
        if name == "text-properties":
            text = {key: value for key, value in said.items() if key in _TEXT}
        elif name == "paragraph-properties":
            alignment, behind = said.get("text-align", ""), said.get("background-color", "")
            is_indented = _is_indented(said)
            height = said.get("line-height", "") if points(said.get("line-height", "")) else ""
        elif name == "table-row-properties":
            height = said.get("row-height", "")
        elif name == "graphic-properties":
            graphic = said
        elif name == "table-cell-properties":
            is_framed = any(key.startswith("border") and value not in ("", "none") for key, value in said.items())
            behind = said.get("background-color", "")
    shown = attribute(style, "display-name")[:LONGEST_NAME].casefold() or _readable(attribute(style, "name"))
    behind = behind if _sight.has_ground(behind) else ""
    parent = attribute(style, "parent-style-name")
    return OdtStyle(shown.strip(), parent, text, alignment, is_indented, is_framed, behind, graphic, height)


def _is_indented(said: Mapping[str, str]) -> bool | None:
    """Whether paragraphs are narrower than others at both sides; None where nothing is said of that."""
    margins = [said.get(f"margin-{side}", "") for side in ("left", "right")]
    return (
        all(re.fullmatch(r"(?:0\.[2-9]|[1-9])[0-9.]{0,6}(?:in|cm)", one) for one in margins) if all(margins) else None
    )


def _readable(id: str) -> str:
    """Return the name of a style that has only an id, as those have which a file uses and does not define."""
    return id[:LONGEST_NAME].replace("_20_", " ").replace("_", " ").strip().casefold()


def _levels(style: "_Element") -> "dict[int, _Element]":
    return {
        whole_number(level, "level", 1): level for level in style if xml.name(level).startswith(("list", "outline"))
    }
