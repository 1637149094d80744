"""A page → its tree and what is wrong in it, as browsers read it; read when pages are checked, and not before."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

MOST_NESTED = 500
"""Elements in each other: a parser looks through all that are open for each that begins."""

Wrong = tuple[tuple[int, int], str, Mapping[str, object]]
"""Line and column, a code, and more about it."""


class TooDeepError(Exception):
    """A page has more elements in each other than MOST_NESTED."""


class _OpenElements(list[object]):
    def append(self, element: object) -> None:
        if len(self) >= MOST_NESTED:
            raise TooDeepError
        super().append(element)


class _SiteParser(HTMLParser):  # type: ignore[misc]
    def reset(self) -> None:
        super().reset()
        self.tree.open_elements = _OpenElements()


def parsed(text: str) -> tuple[Element, list[Wrong]]:
    """Return the tree of a page and its errors; raise TooDeepError."""
    parser = _SiteParser(namespace_html_elements=False)
    return parser.parse(text), parser.errors
