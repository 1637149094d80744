"""Drawings of a Word document: what shows of them, and what they may cover (ECMA-376, part 1, 20; VML: part 4, 19)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.document.formats._drawings import THICK, Floating, Reach, points
from pipeline.document.formats._lines import is_file_name
from pipeline.office import word, xml
from pipeline.office.xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURES = ("{*}blip", "{*}imagedata")
_OTHERS = (
    "{*}wgp", "{*}wpc", "{*}grpSp", "{*}lockedCanvas", "{*}group", "{*}wsp", "{*}txbxContent", "{*}softEdge",
    "{*}blur", "{*}fillOverlay", "{*}tile",
)  # fmt: skip
"""What may lie over a picture within one drawing, blurs it, or shows a part of it."""
_CHANGING = frozenset(
    {"croptop", "cropbottom", "cropleft", "cropright", "gain", "blacklevel", "chromakey", "grayscale", "bilevel"}
)
_HIDING = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_PLACED = re.compile(r"position\s*:\s*(?:absolute|relative)", re.IGNORECASE)
_OFFSET = re.compile(r"\s*(-?[0-9]{1,12})\s*")
_ON = ("1", "true", "on")
_TWIP = 635
_POINT = 20 * _TWIP
"""In the unit in which Word measures drawings."""
_OF_A_PARAGRAPH = ("paragraph", "line", "character")
"""From where a place is measured that is another one in every paragraph."""
_LINES = ("line", "straightConnector1")
_AROUND = ("square", "tight", "through", "topAndBottom")
"""How the text flows around a shape of VML, pictures in it too; without one of these, the shape lies in front of it."""


def is_hidden(drawing: "_Element") -> bool:
    """Whether a drawing was made invisible, as the Selection Pane of Word does."""
    said = next(drawing.iter("{*}docPr"), None)
    if said is not None and said.get("hidden") in _ON:
        return True
    drawn = next(drawing.iter("{*}graphicData"), None)
    if drawn is not None and len(drawn) and all(map(is_unseen, drawn)):
        return True
    return any(map(is_unseen, drawing))


def is_unseen(shape: "_Element") -> bool:
    """Whether a shape was made invisible, alone or in a group."""
    if not xml.name(shape):
        return False
    said = [*shape.iterfind("{*}cNvPr"), *shape.iterfind("{*}nvPicPr/{*}cNvPr")]
    return any(one.get("hidden") in _ON for one in said) or bool(_HIDING.search(shape.get("style", "")))


def has_picture(drawing: "_Element") -> bool:
    return next(drawing.iter(*_PICTURES), None) is not None


def has_picture_beside(drawing: "_Element") -> bool:
    """Whether a drawing with boxes shows a picture that stands in none of them: what does is read there."""
    return any(_is_beside_boxes(one, drawing) for one in drawing.iter(*_PICTURES))


def _is_beside_boxes(element: "_Element", drawing: "_Element") -> bool:
    return next(element.iterancestors("{*}txbxContent", drawing.tag), None) is drawing


def is_whole(drawing: "_Element") -> bool:
    """Whether a drawing is a single picture, of which all shows as it is in the file."""
    pictures = list(drawing.iter(*_PICTURES))
    if len(pictures) != 1 or next(drawing.iter(*_OTHERS), None) is not None:
        return False
    (picture,) = pictures
    if any(xml.name(one) not in ("", "extLst") for one in picture) or _CHANGING.intersection(map(str, picture.attrib)):
        return False
    if _is_behind(drawing) or _is_clipped(drawing):
        return False
    cut = (value for one in drawing.iter("{*}srcRect", "{*}fillRect") for value in one.attrib.values())
    shapes = (attribute(one, "prst") for one in drawing.iter("{*}prstGeom", "{*}custGeom"))
    return not any(str(value).rstrip("%") != "0" for value in cut) and all(one == "rect" for one in shapes)


def _is_behind(drawing: "_Element") -> bool:
    """Whether a drawing lies behind the text, which may be on a coloured ground."""
    return any(xml.name(one) == "anchor" and one.get("behindDoc") in _ON for one in drawing)


def _is_clipped(drawing: "_Element") -> bool:
    """Whether a drawing within the text stands where less of it has room than there is."""
    if any(xml.name(one) == "anchor" for one in drawing):
        return False
    return any(own is None or own > room for side, room in _rooms(drawing) for own in [_size(drawing, side)])


def _rooms(drawing: "_Element") -> Iterator[tuple[str, int]]:
    """Yield the sides on which a line, a row, a column or a box is only so large, whatever is in it."""
    for around, properties, rule, height in (
        ("p", "pPr/{*}spacing", "lineRule", "line"), ("tr", "trPr/{*}trHeight", "hRule", "val")
    ):  # fmt: skip
        said = next((one.find(f"{{*}}{properties}") for one in drawing.iterancestors(f"{{*}}{around}")), None)
        if said is not None and attribute(said, rule) == "exact":
            yield "cy", _TWIP * (_offset(attribute(said, height)) or 0)
    cell, table = (next(drawing.iterancestors(f"{{*}}{name}"), None) for name in ("tc", "tbl"))
    layout = None if table is None else table.find("{*}tblPr/{*}tblLayout")
    width = None if cell is None else cell.find("{*}tcPr/{*}tcW")
    if layout is not None and attribute(layout, "type") == "fixed" and width is not None:
        yield "cx", _TWIP * (_offset(attribute(width, "w")) or 0)
    if (box := next(drawing.iterancestors("{*}txbxContent"), None)) is not None:
        extent = next((one.find("{*}extent") for one in box.iterancestors("{*}inline", "{*}anchor")), None)
        for side in ("cx", "cy"):
            yield side, _offset(extent.get(side, "") if extent is not None else "") or 0


def _offset(text: str) -> int | None:
    found = _OFFSET.fullmatch(text)
    return int(found[1]) if found else None


def _size(drawing: "_Element", side: str) -> int | None:
    extent = next(drawing.iterfind("*/{*}extent"), None)
    return None if extent is None else _offset(extent.get(side, ""))


def floating(drawing: "_Element") -> Floating | None:
    """Return a drawing as one that floats; None for one within the text, and for a line, which covers nothing."""
    if _is_line(drawing):
        return None
    anchor = next((one for one in drawing if xml.name(one) == "anchor"), None)
    if anchor is None:
        is_placed = any(_PLACED.search(one.get("style", "")) for one in drawing if xml.name(one))
        return Floating(has_picture(drawing)) if is_placed else None
    width, height = _size(drawing, "cx"), _size(drawing, "cy")
    spans = _span(anchor, "positionH", width), _span(anchor, "positionV", height)
    return Floating(has_picture(drawing), None if width is None or height is None else width * height, spans)


def _span(anchor: "_Element", side: str, size: int | None) -> Reach | None:
    place = anchor.find(f"{{*}}{side}")
    start = None if place is None else _offset(place.findtext("{*}posOffset") or "")
    if place is None or start is None or size is None:
        return None
    base = place.get("relativeFrom", "")
    paragraph = next(anchor.iterancestors("{*}p"), None) if base in _OF_A_PARAGRAPH else None
    return Reach((base, paragraph), start, start + size)


def _is_line(drawing: "_Element") -> bool:
    """Whether it is nothing but thin lines; one as thick as a bar may cover something."""
    shapes = [attribute(one, "prst") for one in drawing.iter("{*}prstGeom")]
    is_line = bool(shapes) and all(one in _LINES for one in shapes)
    return is_line and _has_thin_lines(drawing) and not has_picture(drawing)


def lies_over(drawing: "_Element") -> bool:
    """Whether a drawing lies in front of the text, where it may cover something; a line covers nothing."""
    if _is_line(drawing):
        return False
    if next(drawing.iter("{*}wrapNone"), None) is not None:
        return True
    is_placed = any(_PLACED.search(one.get("style", "")) for one in drawing if xml.name(one))
    keeps_away = any(attribute(one, "type") in _AROUND for one in drawing.iter("{*}wrap"))
    return is_placed and not keeps_away and not any(map(_is_thin, drawing))


def is_see_through(drawing: "_Element") -> bool:
    """Whether a drawing is no picture, and has no ground: a frame, or a thin line around something."""
    shapes = list(drawing.iterfind(".//{*}spPr"))
    is_empty = bool(shapes) and all(one.find("{*}noFill") is not None for one in shapes)
    is_empty = is_empty or any(one.get("filled") in ("f", "false") for one in drawing)
    return is_empty and not has_picture(drawing) and _has_thin_lines(drawing)


def _has_thin_lines(drawing: "_Element") -> bool:
    widths = (_offset(one.get("w", "0")) for one in drawing.iter("{*}ln"))
    return all(width is not None and width <= THICK * _POINT for width in widths)


def _is_thin(shape: "_Element") -> bool:
    """Whether a shape of VML is a thin line."""
    weight = points(shape.get("strokeweight", "1pt"))
    return xml.name(shape) == "line" and weight is not None and weight <= THICK


def boxes(element: "_Element") -> "Iterator[_Element]":
    """Yield the text boxes in a drawing, of alternatives those that are seen."""
    for child in word.children(element):
        if xml.name(child) == "txbxContent":
            yield child
        elif not is_unseen(child):
            yield from boxes(child)


def alternative(element: "_Element") -> str:
    """Return the alternative text of a picture, if somebody gave it one."""
    for one in element.iter("{*}docPr", "{*}shape", "{*}rect"):
        if not _is_beside_boxes(one, element):
            continue
        if next(one.iter("{*}decorative"), None) is not None:
            return ""
        for name in ("descr", "alt", "title"):
            if (text := one.get(name, "").strip()) and not is_file_name(text):
                return " ".join(text.split())
    return ""
