"""What the classes of a paragraph say that it is: those that programs for books and sites, and their users, give."""

import re
from typing import TYPE_CHECKING

from pipeline.document.formats import _page
from pipeline.model import Kind

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROLES = {
    Kind.CAPTION: {"caption", "cap", "figcaption", "credit", "credits", "legend"},
    Kind.SUBTITLE: {"subtitle", "subheadline", "standfirst", "deck", "dek", "chapo", "chapeau", "tagline"},
    Kind.DATE: {"date", "pubdate", "dateline"},
    Kind.SIGNATURE: {"author", "authors", "byline", "signature", "signed", "translator"},
    Kind.CONTACT: {"publisher", "imprint"},
    Kind.QUOTATION: {"quote", "blockquote", "pullquote", "quotation", "epigraph", "extract"},
    Kind.VERSE: {"verse", "poem", "poetry", "stanza"},
    Kind.HEADING: {"title", "heading", "titr"},
}
"""Words of their names, the more telling first."""
_TITLES = {"title", "booktitle", "maintitle", "doctitle", "headline", "articletitle", "posttitle", "entrytitle"}
"""Whole names, without what parts their words."""
_SUBJECTS = ("category-", "tag-", "has-", "format-", "type-", "is-")
"""How names begin that say what is around a text, or how it is placed."""
_LONGEST = {
    Kind.CAPTION: 240, Kind.SUBTITLE: 240, Kind.DATE: 60, Kind.SIGNATURE: 80, Kind.CONTACT: 120, Kind.TITLE: 200,
    Kind.HEADING: 120, Kind.QUOTATION: 3_000, Kind.VERSE: 3_000,
}  # fmt: skip
"""Characters of one."""
_HEADING = re.compile(r"(?:.*[_-])?(?:heading|head|title|titr|h)[_-]?([1-6])")
_WORD = re.compile(r"[a-z]+")


def of(element: "_Element") -> tuple[Kind | None, int]:
    """Return the kind of a paragraph, and its level if that is a heading; None when its classes do not tell."""
    if element.tag not in ("p", "div"):
        return None, 0
    kind, level = _named({name for name in _page.kinds(element) if not name.startswith(_SUBJECTS)})
    return (kind, level) if kind and _fits(element, kind) else (None, 0)


def _named(names: set[str]) -> tuple[Kind | None, int]:
    if numbered := next((found for name in names if (found := _HEADING.fullmatch(name))), None):
        return Kind.HEADING, int(numbered[1])
    if any("".join(_WORD.findall(name)) in _TITLES for name in names):
        return Kind.TITLE, 1
    words = {word for name in names for word in _WORD.findall(name)}
    if "sub" in words and not words.isdisjoint({"title", "heading", "book"}):
        return Kind.SUBTITLE, 0
    kind = next((kind for kind, known in _ROLES.items() if not known.isdisjoint(words)), None)
    return kind, 2 * (kind is Kind.HEADING)


def _fits(element: "_Element", kind: Kind) -> bool:
    """Whether an element has no more text than one of its kind has, and no paragraphs in it where that has none."""
    others = _HEADINGS if kind in (Kind.QUOTATION, Kind.VERSE) else _BLOCKS
    return not any(one.tag in others for one in element.iterdescendants()) and (
        len(" ".join(_page.words(element).split())) <= _LONGEST[kind]
    )


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "table"}
_BLOCKS = _HEADINGS | {"p", "div", "ul", "ol", "blockquote"}
