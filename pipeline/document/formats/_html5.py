"""HTML → the tree that browsers build of it (WHATWG HTML, 13.2), whatever is not closed or closed twice.

Only what a script would do is missing: pages are read as they were saved.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.office.archive import OfficeError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_DEEP = 256
"""Elements in each other; browsers stop at 512."""
MOST_UNCLOSED = 10_000
"""Elements of a name that begin and do not end: the parser looks through all that are open."""
MOST_STYLES_UNCLOSED = 100
"""Elements as <b> and <font> that do not end: they begin anew in every paragraph behind them."""
_STYLES = {"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"}
_ENDING_THEMSELVES = {
    "a", "area", "base", "basefont", "bgsound", "br", "button", "col", "colgroup", "dd", "dt", "embed", "frame",
    "head", "hr", "image", "img", "input", "keygen", "li", "link", "meta", "nobr", "option", "p", "param", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
}  # fmt: skip
"""Elements whose end others imply wherever they stand, or that hold nothing."""
_ALIKE = 3
"""Elements with the same name and attributes that begin anew, at the most."""
_MOST_ADDED = 10
"""Elements for each tag of a page: some begin anew, tables have bodies."""
_TAG_BEGUN = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})([^<>]{0,300})")
_NO_NAME = re.compile(r"[^\w.:-]")
_NO_TEXT = re.compile("[^\t\n\r -~\x80\x82-\x8c\x8e\x91-\x9c\x9e-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a tree cannot have, or a terminal may obey; of these, a page shows a form feed alone, as a space."""
_TOO_DEEP = (
    "elements are too deep in each other, or too many of them are not closed, to be read whole; copy its text into a "
    "new document"
)


def tree(text: str, most: int) -> "_Element":
    """Return the root of a page, all names in small letters, without comments; templates hold what they show.

    Raises OfficeError for more than `most` elements, counting those that browsers add, and for what is too deep.
    """
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    _require_closed(text)
    try:
        root = LexborHTMLParser(text.encode("utf-8", "replace")).root
    except SelectolaxError:  # for want of memory: it goes on at every other fault
        raise OfficeError(_TOO_DEEP) from None
    return _TreeCopy(min(most, _MOST_ADDED * text.count("<") + 1_000)).of(root)


def _require_closed(text: str) -> None:
    """Raise OfficeError for what would take the square of its length, or more memory than there is."""
    unclosed: dict[str, int] = {}
    most: dict[str, int] = {}
    styles: dict[str, set[str]] = {}
    for end, written, said in _TAG_BEGUN.findall(text):
        name = written.lower()
        if name in _ENDING_THEMSELVES:
            continue
        unclosed[name] = max(0, unclosed.get(name, 0) + (-1 if end else 1))
        most[name] = max(most.get(name, 0), unclosed[name])
        if name in _STYLES and not end:
            styles.setdefault(name, set()).add(said)
    anew = sum(min(most[name], _ALIKE * len(kinds)) for name, kinds in styles.items())
    if anew > MOST_STYLES_UNCLOSED or max(most.values(), default=0) > MOST_UNCLOSED:
        raise OfficeError(_TOO_DEEP)


class _TreeCopy:
    """A copy of the parser's tree, of the kind that all others here are."""

    def __init__(self, most: int) -> None:
        from lxml import etree

        self.sub_element = etree.SubElement
        self.make = etree.HTMLParser().makeelement  # which takes the names of HTML, as `epub:case`
        self.left = most

    def of(self, root: Any) -> "_Element":
        """Return the copy of an element with all that is in it."""
        made = self.make(root.tag, _attributes(root))
        waiting = [(root, made, 1)]
        while waiting:
            node, element, depth = waiting.pop()
            if depth > MOST_DEEP:
                raise OfficeError(_TOO_DEEP)
            last: _Element | None = None
            words: list[str] = []
            for child in _children(node):
                if child.is_text_node:
                    words.append(child.text_content or "")
                elif child.is_element_node:
                    _append(element, last, words)
                    self.count()
                    last = self.sub_element(element, _name(child.tag), _attributes(child))
                    waiting.append((child, last, depth + 1))
            _append(element, last, words)
        return made

    def count(self) -> None:
        """Count an element; raise OfficeError where it is one too many."""
        self.left -= 1
        if self.left < 0:
            raise OfficeError(_TOO_DEEP)


def _children(node: Any) -> Iterator[Any]:
    if node.tag == "template":
        for fragment in node.template_fragments():
            yield from _siblings(fragment.child)
    yield from _siblings(node.child)


def _siblings(node: Any) -> Iterator[Any]:
    while node is not None:
        yield node
        node = node.next


def _append(element: "_Element", last: "_Element | None", words: list[str]) -> None:
    """Write words behind the last in an element, or as its first, and forget them."""
    text = _clean("".join(words))
    if last is None:
        element.text = text
    else:
        last.tail = text
    words.clear()


def _clean(text: str) -> str:
    return _NO_TEXT.sub("", text.replace("\f", " "))


def _name(tag: str) -> str:
    """Return a name as a tree can have it; what is changed by that is no element of HTML."""
    return _NO_NAME.sub("_", tag.lower())


def _attributes(node: Any) -> dict[str, str]:
    """Return what an element says of itself; a name that a brace begins, as in templates, would be one of XML."""
    said = ((_clean(name.lower()), _clean(value or "")) for name, value in node.attributes.items())
    return {name: value for name, value in said if name and name[0] != "{"}
