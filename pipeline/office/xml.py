"""XML that others wrote: read without trust, up to a size; names of elements, and texts without codes of programs."""

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree
    from lxml.etree import _Element

MOST_ELEMENTS = 2_000_000
"""That are held in memory as a whole: some 40,000 rows of a Word table."""

MOST_STREAMED = 20_000_000
"""That are read piece by piece."""


class XmlError(ValueError):
    """A file of XML that is damaged, too large, or declares anything; says which."""


def parse(content: bytes, most: int = MOST_ELEMENTS) -> "_Element":
    """Return the root of a file of XML; raise XmlError for what is damaged or too large."""
    root: _Element | None = None
    for element in _started(content, most):
        root = element if root is None else root
    if root is None:
        raise XmlError("damaged inside (empty)")
    return root


def _started(content: bytes, most: int) -> Iterator["_Element"]:
    """Yield every element as it begins."""
    from lxml import etree

    # Element by element, so that what is too much is not built; libxml2 limits depth and length of texts.
    try:
        for count, (_, element) in enumerate(_events(content, ("start",))):
            if not count:
                require_no_document_type(element)
            if count >= most:
                raise XmlError(f"more than {most:,} elements of XML")
            yield element
    except etree.XMLSyntaxError as error:
        raise XmlError(f"damaged inside ({error.msg})") from None


def _events(content: bytes, events: tuple[str, ...]) -> "etree.iterparse[tuple[str, _Element]]":
    from lxml import etree

    return etree.iterparse(
        BytesIO(content), events=events, load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False
    )


def pieces(content: bytes, parent: str) -> Iterator["_Element"]:
    """Yield the children of the one element named `parent` below the root, one at a time, each emptied after its turn.

    Raises XmlError as `parse` does.
    """
    from lxml import etree

    depth = count = 0
    inside = False
    try:
        for event, element in _events(content, ("start", "end")):
            if event == "start":
                if not count:
                    require_no_document_type(element)
                count += 1
                depth += 1
                if count > MOST_STREAMED:
                    raise XmlError(f"more than {MOST_STREAMED:,} elements of XML")
                inside = inside or (depth == 2 and name(element) == parent)
                continue
            depth -= 1
            if inside and depth == 2:
                yield element
                element.clear()
                _forget_before(element)
            inside = inside and depth > 1
    except etree.XMLSyntaxError as error:
        raise XmlError(f"damaged inside ({error.msg})") from None


def _forget_before(element: "_Element") -> None:
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


def require_no_document_type(root: "_Element") -> None:
    """Raise XmlError when a file declares a document type, in whatever encoding: it may name other files, or grow."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("it declares a document type, which no office program writes")


def name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: "_Element", wanted: str) -> str:
    """Return an attribute by its name without its namespace; empty when it is not there."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == wanted), "")


def text(element: "_Element", codes: Collection[str]) -> str:
    """Return the words of an element and of all in it but the elements of these names."""
    parts = [element.text or ""]
    for child in element:
        if (inner := name(child)) and inner not in codes:
            parts.append(text(child, codes))
        parts.append(child.tail or "")
    return "".join(parts)
