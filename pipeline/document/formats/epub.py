"""Books in EPUB 2 and 3: the chapters in their order, read as pages are (EPUB 3.3; OPF 2.0.1)."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.document.corrections import Corrections
from pipeline.document.formats import _document, _fields, _layers, _page, _stylesheet, _tree, _unclosed
from pipeline.errors import DocumentError
from pipeline.languages import Language
from pipeline.model import Document
from pipeline.office import archive, xml
from pipeline.office.archive import OfficeError
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".epub",)
_MOST_CHAPTERS = 2_000
_MOST_UNPACKED = 50_000_000
_MOST_IN_PARTS = 20_000_000
"""Bytes of the list of chapters, and others that are no text."""
_MOST_IN_THE_PACKAGE = 100_000
"""Elements of it."""
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_NOTES = {
    *("footnote", "rearnote", "endnote", "doc-footnote", "doc-endnote"),
    *("footnotes", "rearnotes", "endnotes", "doc-endnotes"),
}
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_ASIDE = {"cover", "toc", "landmarks", "page-list", "index", "loi", "lot"}
"""What books call chapters that are a way to the others."""
_TYPE = re.compile(rb"<!DOCTYPE[^<>\[\]]{0,300}>")
_DAMAGED = "ask for the book again, or open it in Calibre and save it again"


def read(content: bytes, id: str, language: Language, corrections: Corrections) -> Document:
    """Return the document in `content`; what the book says of itself is the metadata where the editor states none.

    Raises DocumentError when it is no book, damaged, encrypted, or too large.
    """
    name = f"{id}.epub"
    try:
        book = _opened(content)
        remarks = list(_left_out(book.others))
        text = _bound(content, book.chapters, remarks)
        remarks += _left_out(sorted(_referred_to(text, book)))
        reading = _tree.shown(text, set(text.iter("nav")), are_notes_opened=True)
    except (OfficeError, xml.XmlError) as error:
        raise DocumentError(f"{name}: {error}") from None
    reading.parts = partial(archive.parts, content)
    remarks += _page.foreign(book.fields["language"], language, _page.words(text))
    document = _document.document(
        reading, content, name, id, language, corrections, (f"{name}: {one}" for one in remarks)
    )
    return _fields.completed(document, book.fields)


def _left_out(chapters: Sequence[str]) -> Iterator[str]:
    if chapters:
        names = excerpt(", ".join(chapters))
        yield f"chapters are left out that are no pages, or not in the book; copy their text in: {names}"


def _referred_to(text: "_Element", book: "_Book") -> set[str]:
    """Return the pages of a book that its chapters lead to, such as one with notes, and that are none of these."""
    targets = {link.get("href", "")[1:].partition("#")[0] for link in text.iter("a") if link.get("href", "")[:1] == "#"}
    return targets & book.beside


# --- the package -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Book:
    """The chapters of a book by their paths, in order, those that are no pages, and what it says of itself."""

    chapters: Mapping[str, bytes]
    others: Sequence[str]
    fields: Mapping[str, str]
    beside: frozenset[str]
    """The paths of other pages than the chapters and what leads to these."""


def _opened(content: bytes) -> _Book:
    found = archive.recognised(content)
    if found not in (archive.EPUB, ""):
        ending = ".docx" if found == archive.WORD else ".odt"
        raise OfficeError(f"it is no EPUB book, but another document ({found}); give its name the ending {ending}")
    parts = archive.parts(content, [_CONTAINER, _ENCRYPTION], _MOST_IN_PARTS) if content.startswith(b"PK") else {}
    if _CONTAINER not in parts:
        raise OfficeError(f"it is no EPUB book, or not a whole one (no {_CONTAINER}); {_DAMAGED}")
    named = xml.parse(parts[_CONTAINER], 1_000).find(".//{*}rootfile")
    path = "" if named is None else named.get("full-path", "")
    package = archive.parts(content, [path], _MOST_IN_PARTS).get(path)
    if package is None:
        raise OfficeError(f"its list of chapters is missing; {_DAMAGED}")
    root = xml.parse(_TYPE.sub(b"", package, count=1), _MOST_IN_THE_PACKAGE)
    spine = dict(_spine(content, root, posixpath.dirname(path)))
    paths = [one for one, is_page in spine.items() if is_page]
    if not _encrypted(parts.get(_ENCRYPTION)).isdisjoint(paths):
        raise OfficeError("it is encrypted; ask for the book without protection")
    fields = {name: _said(root, name) for name in ("title", "publisher", "creator", "date", "language")}
    beside = frozenset(_beside(root, posixpath.dirname(path))) - spine.keys()
    return _Book(_pages(content, paths), [one for one in spine if one not in paths], fields, beside)


def _beside(root: "_Element", folder: str) -> Iterator[str]:
    """Yield the paths of pages that are no way to the chapters, as far as the package says so."""
    aside = _ways(root, folder)
    for item in root.iterfind("{*}manifest/{*}item"):
        path = _path(folder, item.get("href", ""))
        if item.get("media-type", "") in _PAGES and "nav" not in item.get("properties", "").split():
            yield from [] if path in aside else [path]


def _ways(root: "_Element", folder: str) -> set[str]:
    """Return the paths of what a book calls a way to its chapters."""
    references = root.iterfind("{*}guide/{*}reference")
    hrefs = (one.get("href", "") for one in references if one.get("type", "") in _ASIDE)
    return {_path(folder, href) for href in hrefs if "#" not in href}  # else it is a place in a chapter


def _spine(content: bytes, root: "_Element", folder: str) -> Iterator[tuple[str, bool]]:
    """Yield the paths of the chapters in their order, each once, and whether it is a page.

    Of one that the list of files does not have, its name there.
    """
    items = {xml.attribute(one, "id"): one for one in root.iterfind("{*}manifest/{*}item")}
    ways, seen = _ways(root, folder), set[str]()
    for reference in root.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None:
            yield reference.get("idref", ""), False
            continue
        path = _path(folder, item.get("href", ""))
        is_contents = "nav" in item.get("properties", "").split()
        is_way = (is_contents and not _says_more(content, path)) or (path in ways and not _has_prose(content, path))
        if path not in seen and not is_way:
            seen.add(path)
            yield path, item.get("media-type", "") in _PAGES


def _says_more(content: bytes, path: str) -> bool:
    """Whether the page that has the contents of a book has prose beside them, as a book of one page does."""
    page = archive.parts(content, [path], _MOST_IN_PARTS).get(path)
    if page is None or b"<nav" not in page:  # such as one that is empty, which is no reason to refuse the book
        return False
    root = _page.parsed(_page.decoded(page, is_xml=True)[0], 0)
    prose = (one for one in root.iter("p") if next(one.iterancestors("nav"), None) is None)
    return next(root.iter("nav"), None) is not None and any(map(xml.has_words, prose))


_PROSE = 60
"""Letters of a paragraph, besides its links, that a cover and contents have none of."""


def _has_prose(content: bytes, path: str) -> bool:
    """Whether a page that a book calls a way to its chapters has prose, as the first page of a manual does."""
    page = archive.parts(content, [path], _MOST_IN_PARTS).get(path, b"")
    root = _page.parsed(_page.decoded(page, is_xml=True)[0], 0) if b"<p" in page else None
    for one in root.iter("p") if root is not None else ():
        linked = sum(len(_page.words(link)) for link in one.iter("a"))
        if len(_page.words(one)) - linked >= _PROSE:
            return True
    return False


def _pages(content: bytes, paths: list[str]) -> dict[str, bytes]:
    """Return the chapters of a book; raise OfficeError when there are none, too many, or one is missing."""
    if not paths or len(paths) > _MOST_CHAPTERS:
        raise OfficeError(f"it has no chapters, or more than {_MOST_CHAPTERS:,}; {_DAMAGED}")
    pages = archive.parts(content, set(paths), _MOST_UNPACKED)
    if missing := [path for path in paths if path not in pages]:
        raise OfficeError(f"the chapter {missing[0][:100]!a} is missing in it; {_DAMAGED}")
    return {path: pages[path] for path in paths}


def _encrypted(content: bytes | None) -> set[str]:
    """Return the parts that are encrypted; fonts are, in many books that anybody may read."""
    if content is None:
        return set()
    references = xml.parse(content, _MOST_IN_THE_PACKAGE).iterfind(".//{*}CipherReference")
    return {unquote(one.get("URI", "")) for one in references}


def _said(root: "_Element", name: str) -> str:
    texts = (" ".join((one.text or "").split()) for one in root.iterfind("{*}metadata/{*}" + name))
    return next(filter(None, texts), "")


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


# --- chapters --------------------------------------------------------------------------


def _bound(content: bytes, chapters: Mapping[str, bytes], remarks: list[str]) -> "_Element":
    """Return all chapters in one tree; the names in them are made different, so that notes find their references."""
    from lxml import etree

    tree = etree.Element("body")
    roots = _parsed(chapters, remarks)
    sheets = _sheets(content, roots)
    looks = {said: _Looks(said) for said in sheets.values()}
    for path, root in roots.items():
        looks[sheets[path]].give(root)
        body = _page.body(root)
        if len(body) and _is_aside(body[0]):
            _page.empty(body[0])
        if not _is_aside(body):
            _rename(body, path)
            body.tag = "div"
            tree.append(body)
    return tree


class _Looks:
    """What the style sheets of a chapter say; as a rule, all have the same."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        self.rules = _stylesheet.rules(sheets, _stylesheet.LOOKS | _stylesheet.HIDING)
        self.veils, self.layers = _stylesheet.Veils(sheets), _layers.Layers(sheets)

    def give(self, root: "_Element") -> None:
        hidden = self.veils.over(root)
        _stylesheet.hide(hidden - set(_opened_by_readers(hidden)))
        _stylesheet.write(root, self.rules)
        self.layers.uncover(root)


def _opened_by_readers(hidden: "set[_Element]") -> "Iterator[_Element]":
    """Yield what stands in notes that a style sheet hides: programs show them to who asks for them."""
    for one in hidden:
        if not _NOTES.isdisjoint(_page.kinds(one)):
            yield from one.iterdescendants()


def _parsed(chapters: Mapping[str, bytes], remarks: list[str]) -> "dict[str, _Element]":
    """Return the roots of chapters; raise OfficeError when they have too many elements together."""
    roots = {}
    count = attributes = 0
    for path, page in chapters.items():
        text, remark = _page.decoded(page, is_xml=True)
        remarks += [f"{path}: {remark}"] if remark else []
        count += text.count("<")
        _page.require_not_too_many(count)
        roots[path] = _page.parsed(text, attributes)
        attributes += sum(len(one.attrib) for one in roots[path].iter())
        remarks += (f"{path}: {one}" for one in _unclosed.swallowed(text, roots[path]))
    return roots


def _sheets(content: bytes, roots: "Mapping[str, _Element]") -> dict[str, tuple[str, ...]]:
    """Return the style sheets of each chapter: those it links to, and those in it."""
    linked = {path: [_path(posixpath.dirname(path), href) for href in _linked(root)] for path, root in roots.items()}
    parts = archive.parts(content, {one for paths in linked.values() for one in paths}, _MOST_IN_PARTS)
    texts = {path: part.decode("utf-8", "replace") for path, part in parts.items()}
    return {
        path: (*(texts[one] for one in linked[path] if one in texts), *_page.sheets(root))
        for path, root in roots.items()
    }


def _linked(root: "_Element") -> Iterator[str]:
    for link in root.iter("link"):
        kinds = link.get("rel", "").lower().split()
        if "stylesheet" in kinds and "alternate" not in kinds and _stylesheet.is_on_screens(link.get("media", "")):
            yield link.get("href", "")


def _is_aside(element: "_Element") -> bool:
    return not _ASIDE.isdisjoint(element.get("epub:type", "").split())


def _rename(body: "_Element", path: str) -> None:
    for one in body.iter():
        for key in ("id", "name"):
            if value := one.get(key):
                one.set(key, f"{path}#{value}")
        if one.get("src"):
            one.set("src", _path(posixpath.dirname(path), one.get("src", "")))
        href = one.get("href", "")
        if href and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href):
            there, _, place = href.partition("#")
            target = _path(posixpath.dirname(path), there) if there else path
            one.set("href", f"#{target}#{unquote(place)}")
