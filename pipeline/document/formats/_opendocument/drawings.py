"""Drawings of an OpenDocument text: what shows of them, and what they may cover (OpenDocument 1.3, part 3, 10)."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.document.formats._drawings import THICK, Floating, points
from pipeline.document.formats._lines import is_file_name
from pipeline.document.formats._opendocument.styles import OdtStyles
from pipeline.office import xml
from pipeline.office.xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWN = re.compile(
    r"\{urn:oasis:names:tc:opendocument:xmlns:(?:drawing|dr3d):1\.0\}(?!(?:a|enhanced-geometry|equation|handle|glue-point)$)"
)
"""Whatever is drawn may cover a picture: also kinds that are drawn by few programs. A link around a drawing is none.

Nor is what says how a shape is drawn.
"""
_TEXTS = ("p", "h", "list", "table", "section", "numbered-paragraph")
"""What a shape may hold of a text."""
_WHOLE = re.compile(r"(?:rect\()?(?:[\s,)]|auto|0(?:\.0*)?(?:cm|mm|in|pt|px)?(?![\d.]))*")


def is_drawn(element: "_Element") -> bool:
    return isinstance(element.tag, str) and _DRAWN.match(element.tag) is not None


def on_every_page(root: "_Element") -> "Iterator[_Element]":
    """Yield what is drawn in the headers and footers of a document."""
    for part in root.iterfind("{*}master-styles/{*}master-page/*"):
        yield from (one for one in part.iter() if is_drawn(one) and not any(map(is_drawn, one.iterancestors())))


def graphic(drawing: "_Element", styles: OdtStyles) -> dict[str, str]:
    """Return the graphic properties of a drawing."""
    chain = list(styles.above("graphic", attribute(drawing, "style-name")))
    return {name: value for style in reversed(chain) for name, value in style.graphic.items()}


def boxes(element: "_Element", is_unseen: "Callable[[_Element], bool]") -> "Iterator[_Element]":
    """Yield the outermost text boxes of a drawing that are seen; a shape may hold its paragraphs itself."""
    if xml.name(element) == "text-box" or any(xml.name(one) in _TEXTS and xml.has_words(one) for one in element):
        yield element
        return
    for child in element:
        if is_drawn(child) and not is_unseen(child):
            yield from boxes(child, is_unseen)


def alternative(drawing: "_Element") -> str:
    """Return the alternative text of a drawing, if somebody gave it one."""
    names = (drawing.findtext(f"{{*}}{name}") or "" for name in ("desc", "title"))
    return next((" ".join(one.split()) for one in names if one.strip() and not is_file_name(one.strip())), "")


def has_picture(drawing: "_Element") -> bool:
    return next(drawing.iter("{*}image"), None) is not None


def part(drawing: "_Element") -> str:
    """Return the name of the part that holds the picture of a drawing; empty when it lies elsewhere."""
    image = drawing.find("{*}image")
    address = "" if image is None else attribute(image, "href").removeprefix("./")
    return "" if ":" in address else address


def is_rule(drawing: "_Element") -> bool:
    """Whether a drawing is a line over the page: one of its shapes is flat."""
    height = re.fullmatch(r"(0?\.[0-9]{1,6})(?:in|cm)", attribute(drawing, "height"))
    return xml.name(drawing) == "line" or (
        xml.name(drawing) == "rect" and height is not None and float(height[1]) < 0.1
    )


# --- what it may cover ---------------------------------------------------------------


def floating(drawing: "_Element", graphic: Mapping[str, str]) -> Floating | None:
    """Return a drawing as one that floats; None for one within the text or a box, and for a thin line."""
    is_within = next(drawing.iterancestors("{*}text-box"), None) is not None
    return None if is_within or _is_fixed(drawing, graphic) else Floating(has_picture(drawing), _area(drawing))


def lies_over_all(drawing: "_Element", styles: OdtStyles) -> bool:
    """Whether something drawn in a header or footer lies in front of the text, and may cover a picture there."""
    said = graphic(drawing, styles)
    return is_in_front(drawing, said) and said.get("run-through") != "background"


def is_in_front(drawing: "_Element", graphic: Mapping[str, str]) -> bool:
    wrap = graphic.get("wrap", "run-through" if xml.name(drawing) != "frame" else "none")
    return wrap == "run-through" and not _is_fixed(drawing, graphic)


def is_see_through(drawing: "_Element", graphic: Mapping[str, str]) -> bool:
    """Whether a drawing is no picture, and has no ground: a frame, or a thin line around something."""
    has_none = "fill" not in graphic and graphic.get("background-color", "transparent") == "transparent"
    is_empty = graphic.get("fill") == "none" or (xml.name(drawing) == "frame" and has_none)
    return is_empty and not has_picture(drawing) and _is_thin(graphic)


def _is_fixed(drawing: "_Element", graphic: Mapping[str, str]) -> bool:
    """Whether a drawing stands in a line, or is nothing but a thin one."""
    return attribute(drawing, "anchor-type") == "as-char" or (is_rule(drawing) and _is_thin(graphic))


def _is_thin(graphic: Mapping[str, str]) -> bool:
    """Whether what is drawn with this has thin lines."""
    width = points(graphic.get("stroke-width") or "0pt")
    return width is not None and width <= THICK


def _area(drawing: "_Element") -> float | None:
    """Return the area of a drawing in square points; None where it does not say it."""
    sides = [points(attribute(drawing, side)) for side in ("width", "height")]
    return math.prod(side for side in sides if side is not None) if None not in sides else None


# --- how much of it shows ------------------------------------------------------------


def shows_whole(drawing: "_Element", styles: OdtStyles) -> bool:
    """Whether all of a picture shows as it is in the file."""
    return _is_plain(graphic(drawing, styles)) and not _is_clipped(drawing, styles)


def _is_plain(graphic: dict[str, str]) -> bool:
    """Whether all of a picture shows as it is, by the graphic properties of its style."""
    plain = {"clip": "", "color-mode": "standard", "image-opacity": "100%", "color-inversion": "false"}
    plain |= {"luminance": "0%", "contrast": "0%", "red": "0%", "green": "0%", "blue": "0%", "gamma": "100%"}
    if graphic.get("wrap") == "run-through" and graphic.get("run-through") == "background":
        return False
    said = {name: graphic.get(name) or value for name, value in plain.items()}
    return _WHOLE.fullmatch(said.pop("clip")) is not None and said.items() <= plain.items()


def _is_clipped(drawing: "_Element", styles: OdtStyles) -> bool:
    """Whether a drawing stands where less of it has room than there is."""
    for side, room in _rooms(drawing, styles):
        own = points(attribute(drawing, side))
        if own is None or own > (points(room) or 0):
            return True
    return False


def _rooms(drawing: "_Element", styles: OdtStyles) -> Iterator[tuple[str, str]]:
    """Yield the sides on which a line, a row or a box is only so large, whatever is in it."""
    lines = ("p", "h") if attribute(drawing, "anchor-type") == "as-char" else ()
    for family, names in (("paragraph", lines), ("table-row", ("table-row",))):
        around = next(drawing.iterancestors(*(f"{{*}}{name}" for name in names)), None) if names else None
        chain = styles.above(family, attribute(around, "style-name")) if around is not None else ()
        if height := next((style.height for style in chain if style.height), ""):
            yield "height", height
    box = next(drawing.iterancestors("{*}text-box"), None)
    if box is not None and (frame := box.getparent()) is not None:
        for side in ("width", "height"):
            if (room := attribute(frame, side)) and not attribute(box, f"min-{side}"):
                yield side, room
