"""What is not closed on a page, and so swallows the text behind it: no browser shows that, but its author meant it to.

WHATWG HTML, 13.2.5: comments, scripts and the like go on to the end of the page, an attribute to the next quotation
mark.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.document.formats import _page
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element

_RAW = re.compile(
    r"(?P<comment><!--)(?P<words>.*?)(?:(?P<end>-->)|\Z)"
    r"|<(?P<tag>script|style|textarea|title|iframe|noframes|noembed|xmp)(?![^\s/>])(?P<inside>.*?)(?:(?P<close></(?P=tag))|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""What holds no elements, up to its end or that of the page."""
_OPEN_TAG = re.compile(r"<[a-z][^<>]*+\Z", re.IGNORECASE)
_TAG = re.compile("<[^<>]*+>")
_LEAST = 20
"""Letters that are more than the rest of a script, or than a label."""
_MOST = 2_000
"""Characters that are looked at for the words that are quoted."""


def swallowed(text: str, root: "_Element") -> Iterator[str]:
    """Say what of a page is not read because something before it is not closed."""
    for name, lost in (*_raw(text), *_quoted(text), *_skipped(text, root)):
        words = " ".join(_TAG.sub(" ", lost[:_MOST]).split())
        if sum(map(str.isalpha, words)) >= _LEAST:
            yield f"{name} is not closed, so what is behind it is not read; close it before «{excerpt(words)}»"


def _raw(text: str) -> Iterator[tuple[str, str]]:
    for found in _RAW.finditer(text):
        if found["comment"] and not found["end"]:
            yield "<!--", found["words"]
        elif found["tag"] and not found["close"]:
            yield f"<{found['tag'].lower()}>", found["inside"].partition(">")[2]


def _quoted(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is behind the last quotation mark, where that begins the value of an attribute."""
    rest = _RAW.sub("", text)
    for quote in "\"'":
        before, found, behind = rest.rpartition(quote)
        if found and before.rstrip().endswith("=") and _OPEN_TAG.search(before[-_MOST:]):
            yield f"an attribute ({quote})", behind


def _skipped(text: str, root: "_Element") -> Iterator[tuple[str, str]]:
    """Yield the text of elements that hold no text of a page, but here hold paragraphs, for want of an end."""
    rest = _RAW.sub("", text).lower()
    for tag in sorted(_page.SKIPPED - {"head"}):
        if rest.count(f"<{tag}") > rest.count(f"</{tag}"):
            for element in root.iter(tag):
                if next(element.iter("p", "div", "h1", "h2", "h3"), None) is not None:
                    yield f"<{tag}>", _page.words(element)
