"""A section as it lies in a folder → what is wrong with it, whoever made its pages.

Pages are read as browsers read them, by the parser of the HTML standard; what they link to must be there, and nothing
may be loaded from elsewhere.
"""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree.ElementTree import Element

from pipeline.languages import CODE
from pipeline.publication import addresses
from pipeline.publication.formats import html_fragment
from pipeline.text.excerpt import excerpt

_LOADED = {
    "img": "src",
    "script": "src",
    "audio": "src",
    "video": "src",
    "source": "src",
    "iframe": "src",
    "embed": "src",
    "object": "data",
}
_LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
_IN_STYLE = re.compile(
    r"""url\(\s*+(?:"([^"\n]++)"|'([^'\n]++)'|([^"'()\s]++))\s*+\)|@import\s++(?:"([^"\n]++)"|'([^'\n]++)')"""
)

MOST_PLACED = 1_000
"""Faults of a page that say their line: each is looked for in the whole page."""

Read = Callable[[str], bytes]
"""Returns the file of a path."""


@dataclass(frozen=True, slots=True, order=True)
class SiteFault:
    """What is wrong, and where: a path in the section, and a line counted from 1, or 0 for the whole file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.message}"


@dataclass(slots=True)
class _SitePage:
    """A page, and what others must know of it."""

    path: str
    text: str
    root: Element | None  # None where it was not looked at
    errors: list[SiteFault]
    ids: Counter[str] = field(default_factory=Counter)
    alternates: dict[str, str] = field(default_factory=dict)
    placed: int = 0

    def fault(self, message: str, near: str = "") -> SiteFault:
        self.placed += 1
        found = self.text.find(near) if near and self.placed <= MOST_PLACED else -1
        return SiteFault(self.path, self.text.count("\n", 0, found) + 1 if found >= 0 else 0, message)


def faults(paths: Collection[str], read: Read, address: str = "") -> Iterator[SiteFault]:
    """Yield all faults of the files of a section, by path; `address` is where it will stand, if that is known."""
    known = frozenset(paths)
    pages = {path: _page(path, read(path)) for path in sorted(known) if _is_page(path)}
    checked = _Checked(known, pages, address)
    for path in sorted(known):
        if path in pages:
            yield from sorted(checked.page(pages[path]))
        elif path.endswith(".css"):
            yield from checked.style(path, read(path).decode("utf-8", "replace"))
        elif path.endswith(".xml"):
            yield from checked.xml(path, read(path))
        elif path.startswith("feeds/") and path.endswith(".json"):
            yield from checked.json_feed(path, read(path))


def _is_page(path: str) -> bool:
    """Whether a file is a whole page, and not the piece of one that is to be had beside it."""
    return path.endswith(".html") and not path.endswith(html_fragment.SUFFIX)


def _page(path: str, content: bytes) -> _SitePage:
    from pipeline.publication.site import parsed

    text = content.decode("utf-8", "replace")
    try:
        root, found = parsed.parsed(text)
    except parsed.TooDeepError:
        deep = f"not looked at: more than {parsed.MOST_NESTED} elements in each other; close those that end"
        return _SitePage(path, "", None, [SiteFault(path, 0, deep)])
    errors = [SiteFault(path, place[0], f"not HTML: {_said(code, about)}") for place, code, about in found]
    made = _SitePage(path, text, root, errors)
    made.ids.update(element.get("id", "") for element in _elements(root) if "id" in element.attrib)
    return made


def _said(code: str, about: Mapping[str, object]) -> str:
    more = ", ".join(f"{value}" for value in about.values())
    return excerpt(f"{code.replace('-', ' ')}{f' ({more})' if more else ''}", 120)


def _elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


class _Checked:
    """What is looked at in a file, with all that is there."""

    def __init__(self, paths: frozenset[str], pages: Mapping[str, _SitePage], address: str) -> None:
        self.paths, self.pages, self.address = paths, pages, address
        self.versions: dict[str, frozenset[str | None]] = {}

    def page(self, page: _SitePage) -> Iterator[SiteFault]:
        yield from page.errors
        if page.root is None:
            return
        yield from self._head(page, page.root)
        for name, count in page.ids.items():
            if count > 1 or not name.strip():
                yield page.fault(f"{count} elements have the id {name!r}; give each its own", f'id="{name}"')
        for element in _elements(page.root):
            yield from self._element(page, element)
        yield from self._alternates(page)

    def _head(self, page: _SitePage, root: Element) -> Iterator[SiteFault]:
        lang, direction = root.get("lang", ""), root.get("dir", "")
        if not CODE.fullmatch(lang):
            yield page.fault('says no language; write <html lang="…">', "<html")
        if direction not in ("ltr", "rtl"):
            yield page.fault('says no direction; write <html dir="ltr"> or "rtl"', "<html")
        title = root.find("head/title")
        if title is None or not "".join(title.itertext()).strip():
            yield page.fault("has no title", "<head")
        if root.find(".//h1") is None:
            yield page.fault("has no main heading (h1)", "<main")

    def _element(self, page: _SitePage, element: Element) -> Iterator[SiteFault]:
        tag = str(element.tag)
        if tag == "img" and not element.get("alt", "").strip():
            yield page.fault("a picture has no alternative text (alt)", element.get("src", ""))
        if "lang" in element.attrib and not CODE.fullmatch(element.get("lang", "")):
            yield page.fault(f"{element.get('lang')!r} is not the code of a language", f'lang="{element.get("lang")}"')
        if element.get("dir", "auto") not in ("ltr", "rtl", "auto"):
            yield page.fault(f"{element.get('dir')!r} is no direction", f'dir="{element.get("dir")}"')
        if tag == "a" and "href" in element.attrib and not _name(element):
            yield page.fault("a link has no words", element.get("href", ""))
        rels = set(element.get("rel", "").split())
        loaded = element.get(_LOADED.get(tag, ""), "")
        if tag == "link" and rels & _LOADED_LINKS:
            loaded = element.get("href", "")
        if loaded:
            yield from self._target(page, loaded, is_loaded=True)
        elif tag in ("a", "area", "link") and "href" in element.attrib:
            yield from self._target(page, element.get("href", ""))
        if tag == "link" and "alternate" in rels and element.get("hreflang"):
            page.alternates.setdefault(element.get("hreflang", ""), element.get("href", ""))
        if tag == "style" or "style" in element.attrib:
            yield page.fault("has a style of its own, which its security policy forbids; put it into the style sheet")

    def _target(self, page: _SitePage, href: str, *, is_loaded: bool = False) -> Iterator[SiteFault]:
        path, fragment = self.resolved(page.path, href)
        if path is None:
            if is_loaded:
                yield page.fault(f"loads something from elsewhere: {excerpt(href)}", href)
        elif path not in self.paths:
            yield page.fault(f"leads to nothing: {excerpt(href)}", href)
        elif fragment and (to := self.pages.get(path)) and to.root is not None and fragment not in to.ids:
            yield page.fault(f"leads to no place of a page: {excerpt(href)}", href)

    def resolved(self, page: str, href: str) -> tuple[str | None, str]:
        """Return the path in the section that a link leads to, None for one out of it, and the place on that page."""
        if self.address and href.startswith(self.address):
            page, href = "", href[len(self.address) :] or addresses.INDEX
        try:
            plain, fragment = urldefrag(href)
            parts = urlsplit(plain)
        except ValueError:
            return "", ""
        if parts.scheme or parts.netloc:
            return None, fragment
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
        if parts.path.endswith("/") or path == ".":
            path = posixpath.normpath(posixpath.join(path, addresses.INDEX))
        return path, unquote(fragment)

    def _alternates(self, page: _SitePage) -> Iterator[SiteFault]:
        """Yield translations of a page that do not lead back to it."""
        for lang, href in page.alternates.items():
            other = self.pages.get(self.resolved(page.path, href)[0] or "")
            if lang == "x-default" or not other or other is page or other.root is None:
                continue
            if page.path not in self._versions(other.path, other.root):
                yield page.fault(f"its version in {lang} does not lead back to it", href)

    def _versions(self, path: str, root: Element) -> frozenset[str | None]:
        """Return the pages that a page names as its versions in other languages."""
        if path not in self.versions:
            links = (link for link in root.iter("link") if link.get("hreflang"))
            self.versions[path] = frozenset(self.resolved(path, link.get("href", ""))[0] for link in links)
        return self.versions[path]

    def style(self, path: str, text: str) -> Iterator[SiteFault]:
        line, counted = 1, 0
        for found in _IN_STYLE.finditer(text):
            line, counted = line + text.count("\n", counted, found.start()), found.start()
            href = next(filter(None, found.groups())).strip()
            target, _ = self.resolved(path, href)
            if target is None and not href.startswith("data:"):
                yield SiteFault(path, line, f"loads something from elsewhere: {excerpt(href)}")
            elif target is not None and target not in self.paths:
                yield SiteFault(path, line, f"leads to nothing: {excerpt(href)}")

    def xml(self, path: str, content: bytes) -> Iterator[SiteFault]:
        from lxml import etree

        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield SiteFault(path, error.lineno or 0, f"not XML: {excerpt(error.msg or '', 120)}")
            return
        name = etree.QName(root).localname
        if name == "feed":
            yield from self._feed(path, content)
        for place in root.iter("{*}loc"):
            target, _ = self.resolved(path, place.text or "")
            if target is not None and target not in self.paths:
                yield SiteFault(path, 0, f"leads to nothing: {excerpt(place.text or '')}")

    def _feed(self, path: str, content: bytes) -> Iterator[SiteFault]:
        import feedparser

        feed = feedparser.parse(content)
        if feed.bozo:
            yield SiteFault(path, 0, f"not a feed: {excerpt(str(feed.bozo_exception), 120)}")
        missing = [name for name in ("id", "title", "updated") if not feed.feed.get(name)]
        if missing:
            yield SiteFault(path, 0, f"not a feed: {', '.join(missing)} missing")
        yield from _entries(path, [entry.get("id", "") for entry in feed.entries])
        for entry in feed.entries:
            target, _ = self.resolved(path, entry.get("link", ""))
            if target is not None and target not in self.paths:
                yield SiteFault(path, 0, f"leads to nothing: {excerpt(entry.get('link', ''))}")

    def json_feed(self, path: str, content: bytes) -> Iterator[SiteFault]:
        try:
            feed = json.loads(content)
            items = feed["items"]
            known = [item["id"] for item in items]
            assert feed["version"].startswith("https://jsonfeed.org/version/1") and feed["title"]
        except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
            yield SiteFault(path, 0, "not a JSON feed: it needs version, title, and items with ids")
            return
        yield from _entries(path, known)


def _entries(path: str, ids: Collection[str]) -> Iterator[SiteFault]:
    if "" in ids or len(set(ids)) < len(ids):
        yield SiteFault(path, 0, "two entries of the feed have the same id, or one has none")


def _name(link: Element) -> str:
    words = [*link.itertext(), link.get("aria-label", ""), *(image.get("alt", "") for image in link.iter("img"))]
    return "".join(words).strip()
