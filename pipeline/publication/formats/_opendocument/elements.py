"""Elements of OpenDocument by the names that its standard gives them, and texts in them (part 3, 6.1)."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = {
    **{name: f"{_OASIS}:{name}:1.0" for name in ("office", "style", "text", "table", "meta", "manifest")},
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
VERSION = "1.3"


def named(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def root(name: str) -> "_Element":
    from lxml.etree import Element

    names = {prefix: address for prefix, address in NAMES.items() if prefix not in ("xml", "manifest")}
    return Element(named(name), {named("office:version"): VERSION}, nsmap=names)


def child(parent: "_Element", name: str, attributes: Mapping[str, str] | None = None) -> "_Element":
    from lxml.etree import SubElement

    return SubElement(parent, named(name), {named(key): value for key, value in (attributes or {}).items()})


def serialised(element: "_Element") -> bytes:
    from lxml import etree

    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")


_PIECE = re.compile(r"(?:[^\t ]++ ?+)++|[\t ]")
"""Words with the single spaces between them, or what is said by an element where it stands behind a space."""


def say(element: "_Element", text: str, *, is_first: bool) -> None:
    """Append a text; what XML would lose of its spaces, as elements (6.1.2)."""
    before = " " if is_first else ""
    last = element[-1] if len(element) else None
    for piece in _PIECE.findall(text):
        if piece == "\t":
            last = child(element, "text:tab")
        elif piece == " " and before in (" ", "\t"):
            last = child(element, "text:s")
        elif last is not None:
            last.tail = (last.tail or "") + piece
        else:
            element.text = (element.text or "") + piece
        before = piece[-1]
