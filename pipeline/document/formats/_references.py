"""The notes of a page: which links refer to one, and which elements hold one."""

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.document.formats import _page

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKER = re.compile(r"[\[(（]?\s?(?:\w{1,4}|[*†‡§¶]{1,4})\s?[\])）]?")
_REFERENCES = {"noteref", "doc-noteref", "footnote-ref", "footnote-reference", "footnoteref", "footnote-anchor"}
_NUMBERED = {"sdfootnoteanc", "sdendnoteanc"}
"""References of LibreOffice, which writes no numbers that are not European."""
_NOTES = {
    "footnotes", "doc-endnotes", "endnotes", "doc-footnote", "footnote", "endnote", "rearnote", "references",
    "rearnotes", "doc-endnote", "footnotes-list", "footnote-definition",
}  # fmt: skip
_BACK = {"footnote-back", "footnote-backref", "reversefootnote", "footnote-return", "doc-backlink", "backlink"}
"""What pages and books call references, notes and groups of them, and links from a note to its reference."""
_HOLDERS = ("li", "p", "div", "aside", "td", "dd", "section", "footer")
_AROUND = {"sup", "span", "small", "font", "b", "i", "em", "strong"}


class References:
    """`markers` are the elements that refer to a note, with what they show; `bodies` those that hold one, in order.

    Hidden ones are notes where they `are_opened` by who asks for them, as programs for books do.
    """

    def __init__(self, root: "_Element", *, are_opened: bool = False) -> None:
        self._are_opened = are_opened
        self._hidden: dict[_Element, bool] = {}
        self.markers: dict[_Element, str] = {}
        self.bodies: dict[_Element, str] = {}
        top = root.getroottree().getroot()
        self._order = {one: number for number, one in enumerate(top.iter())}
        self._targets = _targets(top)
        self._held: dict[_Element, _Element | None] = {}
        """What holds the text of a note, by its name."""
        self._ways_back: dict[_Element, set[str]] = {}
        self._texts: dict[_Element, str] = {}
        """How bodies, and what stands in running text, begin."""
        for link in list(top.iter("a")):
            self._read(link)
        self._referring = {up for marker in self.markers for up in [*_within_a_line(marker), *marker]}
        self._around = {up for marker in self.markers for up in marker.iterancestors()}
        self._number_others(top)

    def _read(self, link: "_Element") -> None:
        target = self._target(link)
        text = _squeezed(link)
        if not text and not _NUMBERED.isdisjoint(_page.kinds(link)):
            text = str(len(self.bodies) + 1)
        if target is None or not _MARKER.fullmatch(text) or self._order[target] <= self._order[link]:
            return
        if target not in self._held:
            self._held[target] = _body(target)
        body = self._held[target]
        if body is None or body in link.iterancestors():
            body = self._cut_out(target, text) if _is_raised(link) else None
        if body is None or body in link.iterancestors():
            return
        if not self._are_opened and self._is_hidden(body):
            return
        if _is_marked(link, body) or self._leads_back(link, body) or (_is_raised(link) and self._begins(body, text)):
            self.bodies.setdefault(body, text)
            self.markers[_around(link)] = text

    def _is_hidden(self, body: "_Element") -> bool:
        """Whether nobody sees a note, as something around it is hidden."""
        if body not in self._hidden:
            self._hidden[body] = any(map(_page.is_skipped, [body, *body.iterancestors()]))
        return self._hidden[body]

    def _target(self, link: "_Element") -> "_Element | None":
        href = link.get("href", "")
        return self._targets.get(href[1:], self._targets.get(unquote(href[1:]))) if href[:1] == "#" else None

    def _leads_back(self, link: "_Element", body: "_Element") -> bool:
        """Whether a note leads back to its reference."""
        near = [link, *list(link.iterancestors())[:2], *link]
        names = {one.get(key) for one in near for key in ("id", "name")} - {None}
        if body not in self._ways_back:
            places = {one.get("href", "")[1:] for one in body.iter("a") if one.get("href", "").startswith("#")}
            self._ways_back[body] = places | {unquote(place) for place in places}
        return not names.isdisjoint(self._ways_back[body])

    def _begins(self, body: "_Element", marker: str) -> bool:
        """Whether an element begins with a marker, with or without brackets, and says more."""
        if body not in self._texts:
            self._texts[body] = _squeezed(body)[:_BEGINNING]
        return _is_marker_of(self._texts[body], marker) and len(self._texts[body]) > len(marker) + 2

    def _cut_out(self, target: "_Element", marker: str) -> "_Element | None":
        """Return a new element around a note that has none, in the running text of an old page: up to a line break."""
        first = _bare(target)
        if first.getparent() is None:
            return None
        if target not in self._texts:
            head = itertools.islice(_up_to_a_break(first), _MOST_FIRST)
            words = "".join(_page.words(one) + (one.tail or "") for one in head)
            self._texts[target] = words.strip()[:_BEGINNING]
        if not _is_marker_of(self._texts[target], marker):
            return None
        note = first.makeelement("div", {})
        parts = list(_up_to_a_break(first))
        first.addprevious(note)
        note.extend(parts)
        return note

    def _number_others(self, top: "_Element") -> None:
        """Items among notes to which nothing refers are notes all the same, under their numbers."""
        holding = {up for body in self.bodies for up in [body, *body.iterancestors()]}
        self._groups: set[_Element] = set()
        for one in top.iter("section", "div", "ol", "ul", "aside", "footer"):
            is_group = one in holding and not _NOTES.isdisjoint(_page.kinds(one))
            if not is_group or not self._groups.isdisjoint(one.iterancestors()):
                continue
            self._groups.add(one)
            for number, item in enumerate(one.iter("li"), 1):
                if not self._are_opened and self._is_hidden(item):
                    continue
                if item not in holding and not any(up in self.bodies for up in item.iterancestors()):
                    self.bodies[item] = str(number)

    def is_above_notes(self, rule: "_Element") -> bool:
        """Whether a line over the page is one that programs draw between the text and its notes, as Word does."""
        is_drawn = "footnotes-sep" in _page.kinds(rule) or rule.get("width") == "33%"
        return bool(self.bodies) and (is_drawn or rule.getparent() in self._groups)

    def is_back(self, link: "_Element") -> bool:
        """Whether a link leads from a note back to its reference."""
        text = _squeezed(link)
        is_sign = _MARKER.fullmatch(text) or not any(map(str.isalpha, text))
        is_within = any(up in self.bodies for up in link.iterancestors())
        if not _BACK.isdisjoint(_page.kinds(link)):  # headings lead back to the contents so, and are no less read
            return bool(is_within or is_sign)
        if not is_within:
            return False
        target = self._target(link)
        # What leads to a paragraph or section is its name, though a reference stands in it.
        return target in self._referring or bool(is_sign and target in self._around)


def _targets(top: "_Element") -> "dict[str, _Element]":
    found: dict[str, _Element] = {}
    for one in top.iter():
        for name in (one.get("id"), one.get("name") if one.tag == "a" else None):
            if name:
                found.setdefault(name, one)
    return found


_IN_A_BOX = re.compile(r"sd(?:foot|end)note\d{1,9}sym|_?(?:ftn|edn)\d{1,9}|ftnt\d{1,9}")
"""How LibreOffice, Word and Google's editor name where a note begins; all of it stands in a box of its own."""


def _boxed(first: "_Element") -> "_Element":
    """Return the box of a note that begins with a paragraph, if it has one; otherwise the paragraph."""
    box = first.getparent()
    if first.tag != "p" or box is None or box.tag != "div" or box[0] is not first:
        return first
    named: set[str] = set()
    for name in (one.get(key, "") for one in box.iter("a") for key in ("id", "name")):
        named |= {name} if _IN_A_BOX.fullmatch(name) else set()
        if len(named) > 1:
            return first
    return box if named else first


def _within_a_line(marker: "_Element") -> "Iterator[_Element]":
    """Yield a reference, and what stands around it within its line."""
    yield marker
    yield from itertools.takewhile(lambda up: up.tag in _AROUND or up.tag == "a", marker.iterancestors())


def _is_marker_of(text: str, marker: str) -> bool:
    return text.lstrip("[(").startswith(marker.strip("[]()"))


def _squeezed(element: "_Element") -> str:
    return "".join(_page.words(element).split())


def _around(link: "_Element") -> "_Element":
    """Return what shows a marker: a link, or what stands around it and holds brackets besides."""
    above = link.getparent()
    while above is not None and above.tag in _AROUND and len(above) == 1 and _MARKER.fullmatch(_squeezed(above)):
        link, above = above, above.getparent()
    return link


def _is_marked(link: "_Element", body: "_Element") -> bool:
    near = [link, *list(link.iterancestors())[:1]]
    if any(not _REFERENCES.isdisjoint(_page.kinds(one)) for one in near):
        return True
    return any(not _NOTES.isdisjoint(_page.kinds(one)) for one in [body, *body.iterancestors()])


def _is_raised(link: "_Element") -> bool:
    """Whether a link looks as references to notes do: raised, in brackets, or a sign."""
    near = [link, *list(link.iterancestors())[:2], *link]
    return not _squeezed(link).isalnum() or any(one.tag == "sup" for one in near)


def _bare(target: "_Element") -> "_Element":
    """Return the outermost element that begins with the name of a note."""
    first, parent = target, target.getparent()
    while (
        parent is not None and parent.tag in (*_AROUND, "a") and parent[0] is first and not (parent.text or "").strip()
    ):
        first, parent = parent, parent.getparent()
    return first


def _up_to_a_break(first: "_Element") -> "Iterator[_Element]":
    """Yield an element of running text and those behind it, up to a line break or a block."""
    return itertools.chain([first], itertools.takewhile(lambda one: one.tag not in _ENDS, first.itersiblings()))


_BEGINNING = 100
"""Characters of a note among which its marker stands."""
_MOST_FIRST = 20
"""Elements in which a note begins that has none of its own."""
_ENDS = ("br", "hr", "p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "center")


def _body(target: "_Element") -> "_Element | None":
    """Return the element with the text of a note, at or around its name."""
    for one in [target, *target.iterancestors()]:
        if one.tag in _HOLDERS:
            return _boxed(one) if one.tag != "section" or one is target else None
        if one.tag in ("body", "article", "main"):
            return None
    return None
