"""XML that others wrote: read without trust, up to a size; names of elements, and texts without codes of programs."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree
    from lxml.etree import _Element

MOST_ELEMENTS = 2_000_000
"""That are held in memory as a whole: some 40,000 rows of a Word table."""

MOST_BESIDE = 300_000
"""Of a part beside the text, such as its styles or its notes: several are held at once."""

MOST_STREAMED = 10_000_000
"""That are read piece by piece."""

MOST_ATTRIBUTES = 2
"""For each element that there may be; one takes more memory than an element, and libxml2 has no limit of its own."""

_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_WITH_ASCII = re.compile(
    rb"utf-?8|utf-?16(?:le|be)?|(?:us-?)?ascii|iso-?8859-?\d+|latin-?1|(?:windows|cp)-?\d{4}", re.IGNORECASE
)
"""Encodings in which the signs of XML are the same bytes, of which there are others for none of them."""
_EBCDIC = b"\x4c\x6f\xa7\x94"
"""What a file begins with in a family of encodings that has none of these bytes."""

_CHUNK = 2**18
_SEEN = "{pipeline}seen"
"""An attribute of what was read already: it stays in its place until the next is whole."""


class XmlError(ValueError):
    """A file of XML that is damaged, too large, or declares anything; says which."""


def parse(content: bytes, most: int = MOST_ELEMENTS) -> "_Element":
    """Return the root of a file of XML; raise XmlError for what is damaged or too large."""
    _require_countable(content)
    if content.count(b"=") > MOST_ATTRIBUTES * most:
        raise XmlError(f"more than {MOST_ATTRIBUTES * most:,} attributes of XML")
    root: _Element | None = None
    for element in _started(content, most):
        root = element if root is None else root
    if root is None:
        raise XmlError("damaged inside (empty)")
    return root


def _require_countable(content: bytes) -> None:
    """Raise XmlError for an encoding in which the signs of XML cannot be counted before they are read."""
    found = _ENCODING.match(content)
    if content.startswith(_EBCDIC) or (found and not _WITH_ASCII.fullmatch(found[1])):
        raise XmlError("in an encoding that no office program writes")


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
        BytesIO(content), events=events, load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def pieces(content: bytes, parent: str, kinds: Collection[str]) -> Iterator["_Element"]:
    """Yield the children of the one element named `parent` below the root, one at a time, each emptied after its turn.

    `kinds` are the names of most of them: what is none of these waits for the next that is. Raises XmlError as `parse`
    does, for what is too large between two of them.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        ("end",), tag=[f"{{*}}{kind}" for kind in kinds], load_dtd=False, no_network=True, resolve_entities=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    _require_countable(content)
    held = total = 0
    try:
        for chunk in (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)):
            parser.feed(chunk)
            here = chunk.count(b"<") + chunk.count(b"=")
            held += here
            total += here
            for _, element in parser.read_events():
                if etree.iselement(element) and _is_child_of(element, parent):
                    held = here
                    yield from _finished(element)
            if total > (2 + MOST_ATTRIBUTES) * MOST_STREAMED:
                raise XmlError(f"more than {MOST_STREAMED:,} elements of XML")
            if held > 2 * MOST_ELEMENTS:
                raise XmlError(f"more than {MOST_ELEMENTS:,} elements of XML in one paragraph or table")
        root = parser.close()
        require_no_document_type(root)
        for one in root:
            if name(one) == parent:
                yield from (child for child in one if child.get(_SEEN) is None)
    except etree.XMLSyntaxError as error:
        raise XmlError(f"damaged inside ({error.msg})") from None


def _is_child_of(element: "_Element", parent: str) -> bool:
    above = element.getparent()
    return above is not None and name(above) == parent and _is_root(above.getparent())


def _is_root(element: "_Element | None") -> bool:
    return element is not None and element.getparent() is None


def _finished(last: "_Element") -> Iterator["_Element"]:
    """Yield what stands before an element and has not been seen, and that; take all away but what is being read."""
    require_no_document_type(last)
    above = last.getparent()
    assert above is not None  # as `_is_child_of` saw
    for element in [*reversed(list(last.itersiblings(preceding=True))), last]:
        if element.get(_SEEN) is None:
            yield element
    last.clear()
    last.set(_SEEN, "")
    while above[0] is not last:
        del above[0]


def require_no_document_type(root: "_Element") -> None:
    """Raise XmlError when a file declares a document type, in whatever encoding: it may name other files, or grow."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("it declares a document type, which no office program writes")


def name(element: "_Element") -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(element: "_Element", wanted: str) -> str:
    """Return an attribute by its name without its namespace; empty when it is not there."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == wanted), "")


def whole_number(element: "_Element", wanted: str, otherwise: int) -> int:
    """Return an attribute that is a number of up to six figures; another where it is none, or is not there."""
    said = attribute(element, wanted)
    return int(said) if re.fullmatch("[0-9]{1,6}", said) else otherwise


def text(element: "_Element", codes: Collection[str]) -> str:
    """Return the words of an element and of all in it but the elements of these names."""
    parts = [element.text or ""]
    for child in element:
        if (inner := name(child)) and inner not in codes:
            parts.append(text(child, codes))
        parts.append(child.tail or "")
    return "".join(parts)


def drop(element: "_Element") -> None:
    """Take an element, with all in it, out of that around it."""
    if (above := element.getparent()) is not None:
        above.remove(element)


def has_words(element: "_Element") -> bool:
    """Whether there is more than white space in an element."""
    return any(str(text).strip() for text in element.itertext())
