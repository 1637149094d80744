"""What is not closed on a page, and so swallows the text behind it: no browser shows that, but its author meant it to.

WHATWG HTML, 13.2.5: comments, scripts and the like go on to the end of the page, an attribute to the next quotation
mark.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.document.formats import _page
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element

_RAW = re.compile(
    r"(?P<comment><!--)(?P<words>.*?)(?:(?P<end>-->)|\Z)"
    r"|<(?P<tag>script|style|textarea|title|iframe|noframes|noembed|noscript|xmp)(?![^\s/>])(?P<inside>.*?)(?:(?P<close></(?P=tag))|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""What holds no elements, up to its end or that of the page."""
_OPEN_TAG = re.compile(r"<[a-z][^<>]*+\Z", re.IGNORECASE)
_TAG = re.compile("<[^<>]*+>")
_WORDY = re.compile(
    r"<(?:[a-z][a-z0-9]{0,20}(?=\s)|[?!](?!--|\[|doctype))((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)", re.IGNORECASE
)
"""A tag, or what a browser takes for a comment, and what it says."""
_VALUED = re.compile(
    r"(?:(?<![^\s\"'])[^\s=\"'<>]{1,60}+\s{0,9}+)?=\s{0,9}+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++)|\"[^\"]*+\"|'[^']*+'"
)
"""An attribute with its value."""
_WORD = re.compile(r"(?<![^\s,;.])[^\W\d_]{2,}(?=[\s,;.]|\Z)")
_OF_TAGS = {
    "async", "defer", "autoplay", "controls", "loop", "muted", "playsinline", "hidden", "disabled", "checked",
    "readonly", "required", "selected", "multiple", "open", "reversed", "novalidate", "allowfullscreen", "itemscope",
    "nomodule", "default", "inert", "autofocus", "nowrap", "noshade", "compact", "border", "draggable",
    "contenteditable", "webkitallowfullscreen", "mozallowfullscreen", "crossorigin", "download", "translate",
}  # fmt: skip
"""Words that a tag may well have without a value."""
_FEWEST = 4
"""Words of a tag that are more than it may well have."""
_MOST_SAID = 3
_PARTS = (
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "section", "article",
    "figure", "center", "pre",
)  # fmt: skip
"""Elements of which no button or picture has any."""
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

    for words in islice(_within_tags(text), _MOST_SAID):
        yield f"words that stand in a tag are not read; write &lt; for a < that is text: «{excerpt(words)}»"


def _within_tags(text: str) -> Iterator[str]:
    """Yield what a tag says beside its attributes, where these are words: «<p = 0.05 is what we asked for»."""
    for found in _WORDY.finditer(_RAW.sub("", text)):
        words = [one for one in _WORD.findall(_VALUED.sub(" ", found[1][:_MOST])) if one.lower() not in _OF_TAGS]
        if len(words) >= _FEWEST and sum(map(len, words)) >= _LEAST // 2:
            yield " ".join(words)


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
                if next(element.iter(*_PARTS), None) is not None:
                    yield f"<{tag}>", _page.words(element)
