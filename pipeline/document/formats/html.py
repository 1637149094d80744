"""Pages saved from a site: the article, without what stands around it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _document, _layers, _page, _stylesheet, _tree, _unclosed
from pipeline.document.formats._article import Article
from pipeline.document.formats._lines import ShownText
from pipeline.document.lines import patterns
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.model import Document
from pipeline.office import archive

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".html", ".htm", ".xhtml")


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in `content`.

    Raises DocumentError when it is empty, too large, or nested too deeply.
    """
    name = f"{id}.html"
    try:
        reading, remarks = _shown(content, language)
    except archive.OfficeError as error:
        raise DocumentError(f"{name}: {error}") from None
    return _document.document(reading, content, name, id, language, corrections, (f"{name}: {one}" for one in remarks))


def _shown(content: bytes, language: Language) -> tuple[ShownText, list[str]]:
    """Return what a page shows of its article, and what is to be said of the rest."""
    text, remark = _page.decoded(content)
    text, pictures = _page.embedded(text)
    root = _page.parsed(text)
    unread = list(_unclosed.swallowed(text, root))
    if _page.without_remarks(root):
        unread.append("what was remarked on the text, as Word and Google Docs save it with a page, is left out")
    if held := sum(map(_holds_a_page, root.iter("template", "iframe"))):
        unread.append(f"parts that are pages of their own, which it shows, are left out: {held}; copy their text in")
    sheets = _page.sheets(root)
    veils = _stylesheet.Veils(sheets)
    veiled = veils.over(root)
    if root.find(".//script") is None:  # a program in the page may show them again
        _stylesheet.hide(veiled)
    _stylesheet.write(root, _stylesheet.rules(sheets))
    base = _page.base(text, root)
    article = Article(root, base, patterns(language).furniture)
    _layers.Layers(sheets).uncover(article.root, article.aside)
    reading = _tree.shown(article.root, article.aside, article.title(), base, veiled)
    reading.parts = lambda names: {name: pictures[name] for name in names if name in pictures}
    return reading, [
        *filter(None, [remark]),
        *_cut_off(text),
        *_page.foreign(_page.language(root), language, _page.words(article.root)),
        *_around(article),
        *unread,
        *["its style sheets are too long to be looked through, so words that they hide may be read"] * veils.is_spent,
    ]


def _holds_a_page(element: "_Element") -> bool:
    """Whether an element holds a page with words, as programs save frames, and the parts that scripts put together."""
    inside = _TAG.sub("", element.get("srcdoc", "")) if element.tag == "iframe" else _page.words(element)
    return (element.tag == "iframe" or element.get("shadowrootmode") is not None) and any(map(str.isalpha, inside))


_TAG = re.compile("<[^<>]*+>")


def _cut_off(text: str) -> Iterator[str]:
    """Say that a page ends before it is closed, as one does that was not saved to its end."""
    opened = {found[1].lower() for found in _OPENED.finditer(text)}
    if len(opened) == 2 and not _CLOSED.search(text):
        yield "it is not closed at its end, so some of it may be missing; compare, or save the page again"


_OPENED = re.compile(r"<(html|body)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def _around(article: Article) -> Iterator[str]:
    if article.left_out:
        yield f"{article.left_out:,} characters around the article are left out (menus, notices, comments)"
