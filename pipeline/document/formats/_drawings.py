"""Whether a picture shows in a document as it is in the file: what was cut off or covered there must not be printed.

People crop a photograph, lay a bar over a face or a smiley in front of it. The file has the whole picture all the same.
"""

import re
from typing import TYPE_CHECKING

from pipeline.office import xml
from pipeline.office.xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURES = ("{*}blip", "{*}imagedata")
_OTHERS = ("{*}wgp", "{*}wpc", "{*}grpSp", "{*}lockedCanvas", "{*}group", "{*}wsp", "{*}txbxContent", "{*}softEdge")
"""What may lie over a picture within one drawing, or blurs its edges."""
_CHANGING = frozenset(
    {"croptop", "cropbottom", "cropleft", "cropright", "gain", "blacklevel", "chromakey", "grayscale", "bilevel"}
)
_HIDING = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_FLOATING = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)
_LINES = ("line", "straightConnector1")
_WHOLE = re.compile(r"(?:rect\()?(?:[\s,)]|auto|0(?:\.0*)?(?:cm|mm|in|pt|px)?(?![\d.]))*")


# --- Word (ECMA-376, part 1, 20; VML: part 4, 19) ----------------------------------------


def is_hidden(drawing: "_Element") -> bool:
    """Whether a drawing was made invisible, as the Selection Pane of Word does."""
    said = next(drawing.iter("{*}docPr"), None)
    if said is not None and said.get("hidden") in ("1", "true", "on"):
        return True
    return any(_HIDING.search(one.get("style", "")) for one in drawing if xml.name(one))


def has_picture(drawing: "_Element") -> bool:
    return next(drawing.iter(*_PICTURES), None) is not None


def is_whole(drawing: "_Element") -> bool:
    """Whether a drawing is a single picture, of which all shows as it is in the file."""
    pictures = list(drawing.iter(*_PICTURES))
    if len(pictures) != 1 or next(drawing.iter(*_OTHERS), None) is not None:
        return False
    (picture,) = pictures
    if any(xml.name(one) not in ("", "extLst") for one in picture) or _CHANGING.intersection(map(str, picture.attrib)):
        return False
    cut = (value for one in drawing.iter("{*}srcRect") for value in one.attrib.values())
    shapes = (attribute(one, "prst") for one in drawing.iter("{*}prstGeom", "{*}custGeom"))
    return not any(str(value).rstrip("%") != "0" for value in cut) and all(one == "rect" for one in shapes)


def lies_over(drawing: "_Element") -> bool:
    """Whether a drawing lies in front of the text, where it may cover something; a line covers nothing."""
    shapes = [attribute(one, "prst") for one in drawing.iter("{*}prstGeom")]
    if shapes and all(one in _LINES for one in shapes) and not has_picture(drawing):
        return False
    if next(drawing.iter("{*}wrapNone"), None) is not None:
        return True
    is_floating = any(_FLOATING.search(one.get("style", "")) for one in drawing if xml.name(one))
    return (
        is_floating and next(drawing.iter("{*}wrap"), None) is None and not any(xml.name(x) == "line" for x in drawing)
    )


# --- OpenDocument (1.3, part 3, 20) ------------------------------------------------------


def shows_whole(graphic: dict[str, str]) -> bool:
    """Whether all of a picture shows as it is, by the graphic properties of its style."""
    plain = {"clip": "", "color-mode": "standard", "image-opacity": "100%", "color-inversion": "false"}
    plain |= {"luminance": "0%", "contrast": "0%", "red": "0%", "green": "0%", "blue": "0%", "gamma": "100%"}
    said = {name: graphic.get(name) or value for name, value in plain.items()}
    return _WHOLE.fullmatch(said.pop("clip")) is not None and said.items() <= plain.items()
