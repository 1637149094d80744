"""The article of a saved page, apart from what stands around it: menus, notices, comments, related pages."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline.document.formats import _page
from pipeline.text.orthography import fold

if TYPE_CHECKING:
    from lxml.etree import _Element

_AROUND = {"nav", "aside", "form"}
_ROLES = {"navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "doc-toc"}
_FURNITURE = {
    "cookie", "cookies", "consent", "gdpr", "share", "sharing", "sharedaddy", "addtoany", "social", "related",
    "relatedposts", "jp-relatedposts", "recommended", "breadcrumb", "breadcrumbs", "sidebar", "widget-area",
    "newsletter", "subscribe", "pagination", "pager",
    "footer", "nav", "navbar", "navigation", "menu", "toolbar", "advert",
    "adverts", "ads", "ad", "advertisement", "promo", "banner", "popup", "modal", "tags", "tagcloud", "masthead",
    "colophon", "skip", "printfriendly", "toc", "noprint", "editsection", "navbox", "read-more", "readmore",
    "author-box", "postmetadata", "post-views", "rating", "comments", "comment",
}  # fmt: skip
"""Words in classes and ids of what stands around an article."""
_OF_A_PRINTED_PAGE = ("header", "footer")
"""Titles of what LibreOffice writes into a page once, and would print on each."""
_SUBJECTS = ("category-", "tag-", "has-")
"""How names begin that say what an article is about, not what it is."""
_REPLIES = {
    "comments", "comment", "comment-list", "commentlist", "comments-area", "comment-respond", "respond", "disqus",
    "disqus_thread", "wp-block-comments",
}  # fmt: skip
"""Names of what readers wrote below an article, which may be longer than that."""
_ARTICLES = {
    "hentry", "h-entry", "entry-content", "e-content", "post-body", "post-content", "article-body", "article-content",
    "mw-parser-output",
}  # fmt: skip
"""Names that programs for sites give an article, where they do not mark it otherwise."""
_SHARE = 0.5
"""Of the text of a page: what holds more of it does not stand around it. So much an article among others has."""
_ALONE = 0.2
"""So much it has when it is the only one."""
_PROSE = 40
"""Letters of a text that is more than a label."""
_MOST_PROSE = 0.8
"""Of the prose of a page: what holds so much of it is the article."""
_BELOW = 0.3
"""Of an article: more than that is no furniture below it."""
_LONGEST_LABEL = 60
_LONGEST_QUOTED = 300
_MOST_QUOTED = 30
_HEADINGS = ("h1", "h2", "h3", "h4")
_ALL_HEADINGS = (*_HEADINGS, "h5", "h6")
_INLINE = ("a", "b", "strong", "span", "font", "em", "i", "u", "small", "big")
_BARS = ("p", "td", "div", "ul", "ol", "menu", "center", "table", "tr")
_WITHIN = re.compile(r"javascript:.*|(?![A-Za-z]+:|//|#.)[^#?]*(?:\?.*)?|#")
_WIDEST = 2_000
"""Letters of the longest bar of links."""
_PER_LINK = 40
"""Letters of a link in a bar, at most."""


class Article:
    """What of a saved page is its article: `root`, the title before it, and the elements in it that are `aside`."""

    def __init__(self, page: "_Element", base: str = "", furniture: re.Pattern[str] | None = None) -> None:
        self.body = _page.body(page)
        self._quoted, self._furniture = 0, furniture
        self._name = next((_letters(one) for one in page.iter("title")), "")
        self._base, self._host = base, urlsplit(base).hostname
        elements = list(self.body.iter())
        self._all = _sizes(elements, set())[self.body]
        self._holders = {up for one in elements if _is_main(one) for up in [one, *one.iterancestors()]}
        replies = {one for one in elements if one not in self._holders and not _REPLIES.isdisjoint(_names(one))}
        replies |= _ways_to(replies, self.body)
        self._sizes = _sizes(elements, replies)
        self.aside = replies | {one for one in elements if self._is_around(one)}
        self._shown = _sizes(elements, self.aside)
        self.root = self._chosen()
        self.aside |= set(self._bars())
        self.aside |= set(self._below(furniture)) if furniture else set()

    def _is_around(self, element: "_Element") -> bool:
        if _page.is_skipped(element):
            return True
        if element.tag == "body" or element in self._holders or _is_note(element) or self._is_quoted(element):
            return False
        if not _looks_around(element) or self._sizes[element] >= _SHARE * self._sizes[self.body]:
            return False
        return not self._is_called_as_its_heading(element)

    def _is_called_as_its_heading(self, element: "_Element") -> bool:
        """Whether its name says what its heading says, not what it is: programs make the ids of headings so."""
        is_section = element.tag == "section" or "section" in element.get("class", "").lower().split()
        heading = element if element.tag in _ALL_HEADINGS else next(element.iter(*_ALL_HEADINGS), None)
        if element.tag in _INLINE:  # such as its link back to the contents
            heading = next(element.iterancestors(*_ALL_HEADINGS), None)
            return heading is not None and _letters(heading) == _letters(element)
        if heading is None or not (is_section or heading is element) or not _FURNITURE.isdisjoint(_classes(element)):
            return False
        called, words = (_NO_LETTER.sub("", text).casefold() for text in (element.get("id", ""), _page.words(heading)))
        is_label = self._furniture is not None and self._furniture.match(fold(_page.words(heading).strip())) is not None
        return bool(called) and called in words and not is_label

    def _below(self, furniture: re.Pattern[str]) -> "Iterator[_Element]":
        """Yield what stands below an article from a label on, as far as that is no more than a small part of it."""
        elements = [one for one in self.root.iter() if one not in self.aside]
        behind = self._behind(elements)
        for number, one in enumerate(elements):
            if not 0 < self._shown.get(one, 0) <= _LONGEST_LABEL:
                continue
            words = _page.words(one).strip()
            if not furniture.match(fold(words)) and "©" not in words:
                continue
            block = next(up for up in [one, *one.iterancestors()] if up.tag not in _INLINE)
            if self._shown.get(block, 0) + behind.get(block, 0) <= _BELOW * self._shown[self.root]:
                around = {one, *one.iterancestors()} - {block, *block.iterdescendants()}
                rest = {block, *(below for below in elements[number:] if below not in around)}
                yield from (up for up in rest if not _is_note(up))
                return

    def _behind(self, elements: "Sequence[_Element]") -> "dict[_Element, int]":
        """Return how many characters show in the elements that stand behind each of these, given in their order."""
        inside: dict[_Element, int] = {}
        """Of each, without what its children hold."""
        for one in elements:
            inside[one] = self._shown.get(one, 0) - sum(self._shown.get(child, 0) for child in one)
        below = dict(inside)
        for one in reversed(elements):
            if (above := one.getparent()) in below:
                below[above] += below[one]
        upto, behind = 0, {}
        whole = sum(inside.values())
        for one in elements:
            behind[one] = whole - upto - below[one]
            upto += inside[one]
        return behind

    def _is_quoted(self, element: "_Element") -> bool:
        """Whether words beside the text are part of it: in the article, without links, and nowhere else in it."""
        is_plain = element.tag == "aside" and next(element.iter("a", "img"), None) is None
        if not is_plain or self._sizes[element] > _LONGEST_QUOTED or self._quoted == _MOST_QUOTED:
            return False
        self._quoted += 1
        above = next((up for up in element.iterancestors() if _is_article(up)), None)
        words = _letters(element)
        return above is not None and bool(words) and _letters(above).count(words) == 1

    def _chosen(self) -> "_Element":
        """Return the element that its page marks as the article, if it has enough of the text."""
        root = self.body
        for is_marked in (_is_main, _is_article):
            marked = [one for one in root.iter() if self._shown.get(one) and is_marked(one)]
            best = max(marked, key=self._shown.__getitem__, default=root)
            if self._shown[best] >= (_ALONE if len(marked) == 1 else _SHARE) * self._shown[root]:
                root = best
        self._is_marked = root is not self.body
        return root if self._is_marked else self._with_all_prose()

    def _with_all_prose(self) -> "_Element":
        """Return the innermost element with all prose of a page, if its only title is in it too; otherwise the body."""
        titles = [one for one in self.body.iter("h1") if self._shown[one]]
        counts = _sums(self._shown, self.aside | set(self.body.iter("a")), _count_of_prose)
        inner = [one for one, count in counts.items() if count == counts[self.body] > 1]
        if not titles:
            return self._column()
        return inner[-1] if len(titles) == 1 and inner and inner[-1] in titles[0].iterancestors() else self.body

    def _column(self) -> "_Element":
        """Return the cell with most of the prose, on a page that a table parts into columns; otherwise the body."""
        prose = _sums(self._shown, self.aside | set(self.body.iter("a")), _letters_of_prose)
        most = [one for one in prose if one.tag == "td" and prose[one] >= _MOST_PROSE * prose[self.body] > 0]
        return next((one for one in reversed(most) if self._is_beside_others(one)), self.body)

    def _is_beside_others(self, cell: "_Element") -> bool:
        row = cell.getparent()
        return row is not None and any(self._shown.get(one) for one in row if one is not cell)

    def title(self) -> "_Element | None":
        """Return the title of the page where it stands outside the article; that of the site is none."""
        if any(one.tag == "h1" or _page.is_titled(one) for one in self.root.iter()):
            return None
        headings = [one for one in self.body.iter(*_HEADINGS) if self._shown[one] and not self._is_of_site(one)]
        named = next(filter(self._names_page, headings), next((one for one in headings if one.tag == "h1"), None))
        if named is None:
            return None
        named.set("class", f"{named.get('class', '')} entry-title")
        return None if self.root in named.iterancestors() else named

    def _is_of_site(self, heading: "_Element") -> bool:
        return any(map(self._is_home, heading.iter("a")))

    def _names_page(self, heading: "_Element") -> bool:
        """Whether a heading says so, or the title of the page begins with it."""
        words = _letters(heading)
        return "headline" in heading.get("itemprop", "") or (len(words) > 3 and self._name.startswith(words))

    def _is_home(self, link: "_Element") -> bool:
        try:
            return urlsplit(urljoin(self._base, link.get("href", ""))).path in ("", "/")
        except ValueError:
            return False

    @property
    def left_out(self) -> int:
        """How many characters show on the page, and are no part of the article."""
        return self._all - _sizes(self.root.iter(), self.aside)[self.root]

    # --- pages of old, which mark nothing

    def _bars(self) -> "Iterator[_Element]":
        """Yield blocks with nothing but links within the site: bars, banners, ways back.

        Of an article that its page marks, those above its title.
        """
        elements = list(self.root.iter())
        links = self._links(elements)
        if self._is_marked:
            titles = (number for number, one in enumerate(elements) if one.tag == "h1" or _page.is_titled(one))
            elements = elements[: next(titles, 0)]
        for one in elements:
            if one.tag in _BARS and 0 < self._shown.get(one, 0) <= _WIDEST and links[one].are_a_bar:
                yield one

    def _links(self, elements: "Sequence[_Element]") -> "dict[_Element, _Links]":
        """Return the links in every element, given in their order: each is looked at once."""
        found: dict[_Element, _Links] = {}
        for one in reversed(elements):
            found[one] = own = _Links(_count_of_letters(one.text) + _count_of_letters(_alternative(one)))
            for child in one:
                own.add(found[child])
                own.letters += _count_of_letters(child.tail)
            if one.tag == "a":
                own.count += 1
                own.linked += own.letters
                own.leads_out = own.leads_out or bool(one.get("name")) or not self._is_within(one.get("href", ""))
        return found

    def _is_within(self, href: str) -> bool:
        """Whether a link leads to another page of the site, or nowhere."""
        if _page.is_address(href):
            return self._host is not None and urlsplit(urljoin(self._base, href)).hostname == self._host
        return _WITHIN.fullmatch(href) is not None


@dataclass(slots=True)
class _Links:
    """How many letters an element has, how many links, and how many of the letters are in these."""

    letters: int
    count: int = 0
    linked: int = 0
    leads_out: bool = False
    """Whether one of them is no link to another page of the site."""

    def add(self, inner: "_Links") -> None:
        self.letters += inner.letters
        self.count += inner.count
        self.linked += inner.linked
        self.leads_out = self.leads_out or inner.leads_out

    @property
    def are_a_bar(self) -> bool:
        return not self.leads_out and 0.8 * self.letters <= self.linked <= _PER_LINK * self.count and self.linked > 0


def _ways_to(replies: "set[_Element]", body: "_Element") -> "set[_Element]":
    """Return the links that lead to replies, which as a rule say how many there are."""
    names = {f"#{one.get('id')}" for one in replies if one.get("id")}
    return {link for link in body.iter("a") if link.get("href") in names}


def _is_main(element: "_Element") -> bool:
    return element.tag == "main" or element.get("role") == "main"


def _is_article(element: "_Element") -> bool:
    is_marked = element.get("role") == "article" or "articleBody" in element.get("itemprop", "")
    return element.tag == "article" or is_marked or not _ARTICLES.isdisjoint(_names(element))


def _names(element: "_Element") -> set[str]:
    """Return the classes and the id of an element."""
    return set(f"{element.get('class', '')} {element.get('id', '')}".lower().split())


def _classes(element: "_Element") -> set[str]:
    """Return the classes of an element, whole and in their words."""
    return {word for name in element.get("class", "").lower().split() for word in (name, *re.split("[-_]+", name))}


def _looks_around(element: "_Element") -> bool:
    if element.tag == "footer":
        return not any(up.tag == "blockquote" for up in element.iterancestors())
    is_said = element.tag in _AROUND and not _is_within_a_table(element)
    is_said = is_said or element.get("role", "").lower() in _ROLES
    is_said = is_said or (element.tag == "div" and element.get("title") in _OF_A_PRINTED_PAGE)
    return is_said or (element.tag != "article" and not _FURNITURE.isdisjoint(_words(element)))


def _is_within_a_table(element: "_Element") -> bool:
    """Whether an element stands around rows or cells: a browser lets it hold none of them."""
    above = element.getparent()
    return above is not None and above.tag in ("table", "thead", "tbody", "tfoot", "tr")


def _words(element: "_Element") -> set[str]:
    """Return the names of an element, whole and in their words."""
    whole = [name for name in _names(element) if not name.startswith(_SUBJECTS)]
    return {*whole, *(word for name in whole for word in re.split("[-_]+", name))}


def _sizes(elements: "Iterable[_Element]", aside: "set[_Element]") -> "dict[_Element, int]":
    """Return how many characters show in every element; none in those `aside`."""
    return _sums(elements, aside, _length)


def _sums(
    elements: "Iterable[_Element]", aside: "set[_Element]", measure: Callable[[str | None], int]
) -> "dict[_Element, int]":
    """Return the sum of a measure over the texts in every element, given in their order; none in those `aside`."""
    sums: dict[_Element, int] = {}
    in_order = list(elements)
    for one in reversed(in_order):
        own = measure(one.text)
        for child in one:
            own += sums[child] + measure(child.tail)
        sums[one] = 0 if one in aside or _page.is_skipped(one) else own
    hidden: set[_Element] = set()
    for one in in_order:
        if one in aside or one.getparent() in hidden or _page.is_skipped(one):
            hidden.add(one)
            sums[one] = 0
    return {one: sums[one] for one in in_order}


def _count_of_prose(text: str | None) -> int:
    return int(_length(text) >= _PROSE)


def _letters_of_prose(text: str | None) -> int:
    return _length(text) if _length(text) >= _PROSE else 0


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_note(element: "_Element") -> bool:
    return any("note" in element.get(name, "") for name in ("class", "id", "role", "epub:type"))


def _letters(element: "_Element") -> str:
    pictures = "".join(map(_alternative, element.iter("img")))
    return _NO_LETTER.sub("", _page.words(element) + pictures)


def _alternative(element: "_Element") -> str:
    return element.get("alt", "") if element.tag == "img" else ""


def _count_of_letters(text: str | None) -> int:
    return len(_NO_LETTER.sub("", text)) if text else 0


_NO_LETTER = re.compile(r"[\W_]")
