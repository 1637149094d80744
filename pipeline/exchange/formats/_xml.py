"""What the formats of XML share: names of elements, and texts without the codes of other programs."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text(element: "_Element", codes: Collection[str]) -> str:
    """Return the words of an element and of all in it but the elements of these names."""
    parts = [element.text or ""]
    for child in element:
        if (inner := name(child)) and inner not in codes:
            parts.append(text(child, codes))
        parts.append(child.tail or "")
    return "".join(parts)
