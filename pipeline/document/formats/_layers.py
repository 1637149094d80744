"""Which pictures of a page do not show as they are: people lay a bar or a smiley over a face, and the file has it all.

What stands in the flow of a page covers nothing; what style sheets place elsewhere may (CSS 2.2, 8.3 and 9.3).
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.document.formats import _drawings, _page, _stylesheet

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFSETS = ("top", "left", "right", "bottom", "inset", "inset-block", "inset-inline")
_MARGINS = ("margin-top", "margin-bottom", "margin-block", "margin-block-start", "margin-block-end")
_BESIDE = ("margin-left", "margin-right", "margin-inline", "margin-inline-start", "margin-inline-end")
_FLOWS = ("float", "display")
_TRANSFORMS = ("transform", "translate", "rotate", "scale")
_GROUNDS = (
    "background",
    "background-color",
    "background-image",
    "border",
    "outline",
    "box-shadow",
    "backdrop-filter",
    "-webkit-backdrop-filter",
    *(f"border-{side}" for side in ("top", "bottom", "left", "right")),
)
PLACING = frozenset(("position", "margin", *_OFFSETS, *_MARGINS, *_BESIDE, *_FLOWS, *_TRANSFORMS, *_GROUNDS))
"""Properties by which something is placed elsewhere than where it stands, and by which it hides what is below."""
_READ = PLACING | _drawings.SHOWING
_POSITIONED = ("absolute", "relative", "fixed", "sticky")
_DIGIT, _NEGATIVE, _DEPTH = (
    re.compile("[1-9]"),
    re.compile(r"(?:^|[\s(,*])-\s*[\d.]*[1-9]"),
    re.compile("translatez|3d"),
)
_GUTTER = re.compile(r"-(?:[123]?\d(?:\.\d{0,9})?(?:px|pt)|[012]?(?:\.\d{0,9})?r?em)")
"""By so little columns of a page are moved to its edge, and no face is hidden."""
_CLEAR = re.compile(r"(?:none|transparent|initial|inherit|unset|0(?:px)?)(?:\s.*)?|rgba\([^()]*,\s*0(?:\.0*)?\s*\)")
_DRAWN = {
    "img", "svg", "canvas", "video", "object", "embed", "iframe", "hr", "button", "input", "textarea", "select",
    "progress", "meter", "mark",
}  # fmt: skip
_PICTURED = re.compile("[\u2580-\u25ff\u2639-\u263b\U0001f000-\U0001faff]")
"""Letters that are blocks, shapes and faces: people type them over a face as well."""
_IN_LINES = {"span", "a", "b", "i", "em", "strong", "font", *_DRAWN}

_Said = Mapping[str, str]


class Layers:
    """What style sheets say of where elements are placed, of their ground, and of how pictures show."""

    def __init__(self, sheets: Sequence[str]) -> None:
        self._of_classes = _stylesheet.rules(sheets, _READ)
        self._cascade = _stylesheet.Cascade(sheets, _READ)

    def uncover(self, root: "_Element", aside: "Container[_Element]" = ()) -> None:
        """Take from pictures over which something may lie, or that are cut or changed, where they are.

        Their alternative texts are left.

        What is `aside` is not read, and covers nothing that is.
        """
        said = dict(self._placed(root, aside))
        shown = _shown(said)
        areas: dict[_Element, set[_Element]] = defaultdict(set)
        for element in shown:
            if _is_elsewhere(element, said):
                areas[_area(element, said, root)].add(element)
        for picture in root.iter("img"):
            around = {picture, *picture.iterancestors()}
            is_covered = any(len(areas[one]) > len(areas[one] & around) for one in around & areas.keys())
            if is_covered or not _is_whole(picture, said):
                picture.set("src", "")

    def _placed(self, root: "_Element", aside: "Container[_Element]") -> "Iterator[tuple[_Element, _Said]]":
        """Yield the elements that are seen, and what is said of where they are placed, and of their ground."""
        seen: set[_Element] = set()
        for element, of_rules in self._cascade.said(root):
            is_read = element.tag in _DRAWN or element not in aside
            if is_read and (element is root or element.getparent() in seen) and not _page.is_hidden(element):
                seen.add(element)
                found = _stylesheet.said(element, self._of_classes) | of_rules | _page.style(element)
                yield element, {name: value for name, value in found.items() if name in _READ}


def _is_whole(picture: "_Element", said: "Mapping[_Element, _Said]") -> bool:
    own = _page.sides(picture) | dict(said.get(picture, {}))
    return _drawings.is_whole_on_page(own, [said[one] for one in picture.iterancestors() if said.get(one)])


def _shown(said: "Mapping[_Element, _Said]") -> "set[_Element]":
    """Return the elements in which there is something that hides what is below it; letters alone do not."""
    found: set[_Element] = set()
    for element, its in said.items():
        if _is_drawn(element) or any(not _CLEAR.fullmatch(value) for value in _of(its, _GROUNDS)):
            for one in (element, *element.iterancestors()):
                if one in found or one not in said:
                    break
                found.add(one)
    return found


def _is_drawn(element: "_Element") -> bool:
    """Whether an element hides what is below it whatever style sheets say of it."""
    has_ground = bool(element.get("bgcolor") or element.get("background"))
    texts = (element.text, *(one.tail for one in element))
    return element.tag in _DRAWN or has_ground or any(_PICTURED.search(text or "") for text in texts)


def _is_elsewhere(element: "_Element", placed: "Mapping[_Element, _Said]") -> bool:
    """Whether an element is placed elsewhere than where it stands, or may be: over what stands before or behind it."""
    said = placed[element]
    if said.get("position") == "absolute":
        return True
    if said.get("position") == "relative" and any(map(_DIGIT.search, _of(said, _OFFSETS))):
        return True
    above, beside = said.get("margin", "").split()[::2], said.get("margin", "").split()[1::2]
    margins = [*_of(said, _MARGINS), *above]
    if _is_in_line(element, placed):
        margins += [margin for margin in (*_of(said, _BESIDE), *beside) if not _GUTTER.fullmatch(margin)]
    if any(map(_NEGATIVE.search, margins)):
        return True
    return any(_DIGIT.search(_DEPTH.sub("", value)) for value in _of(said, _TRANSFORMS))


def _is_in_line(element: "_Element", placed: "Mapping[_Element, _Said]") -> bool:
    """Whether an element stands beside others, so that a margin at its side may move it over them."""
    said, parent = placed[element], element.getparent()
    around = placed.get(parent, {}).get("display", "") if parent is not None else ""
    is_beside = said.get("float") in ("left", "right") or said.get("display", "").startswith("inline")
    return element.tag in _IN_LINES or is_beside or "flex" in around or "grid" in around


def _of(said: _Said, names: Iterable[str]) -> Iterator[str]:
    return (said[name] for name in names if name in said)


def _area(element: "_Element", said: "Mapping[_Element, _Said]", root: "_Element") -> "_Element":
    """Return the element within which another is placed: the whole page where that may reach out of it."""
    reaches_out = any(
        map(_NEGATIVE.search, _of(said[element], (*_OFFSETS, "margin", *_MARGINS, *_BESIDE, *_TRANSFORMS)))
    )
    if said[element].get("position") != "absolute" or reaches_out:
        return root
    around = (one for one in element.iterancestors() if said.get(one, {}).get("position") in _POSITIONED)
    return next(around, root)
