"""Which pictures of a page something may lie over: people lay a bar or a smiley over a face, and the file has it all.

What stands in the flow of a page covers nothing; what style sheets place elsewhere may (CSS 2.2, 8.3 and 9.3).
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.document.formats import _page, _stylesheet

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFSETS = ("top", "left", "right", "bottom", "inset", "inset-block", "inset-inline")
_MARGINS = ("margin-top", "margin-bottom", "margin-block", "margin-block-start", "margin-block-end")
_BESIDE = ("margin-left", "margin-right", "margin-inline", "margin-inline-start", "margin-inline-end")
_TRANSFORMS = ("transform", "translate", "rotate", "scale")
_GROUNDS = ("background", "background-color", "background-image", "border", "outline", "box-shadow")
PLACING = frozenset(("position", "margin", *_OFFSETS, *_MARGINS, *_BESIDE, *_TRANSFORMS, *_GROUNDS))
"""Properties by which something is placed elsewhere than where it stands, and by which it hides what is below."""
_POSITIONED = ("absolute", "relative", "fixed", "sticky")
_DIGIT, _NEGATIVE, _DEPTH = re.compile("[1-9]"), re.compile(r"(?:^|[\s(,])-[\d.]*[1-9]"), re.compile("translatez|3d")
_CLEAR = re.compile(r"(?:none|transparent|initial|inherit|unset|0(?:px)?)(?:\s.*)?|rgba\([^()]*,\s*0(?:\.0*)?\s*\)")
_DRAWN = {"img", "svg", "canvas", "video", "object", "embed", "iframe", "hr", "button", "input"}
_IN_LINES = {"span", "a", "b", "i", "em", "strong", "font", *_DRAWN}

_Said = Mapping[str, str]


def uncover(root: "_Element", rules: _stylesheet.Rules, aside: "Container[_Element]" = ()) -> None:
    """Take from pictures of a page over which something may lie where they are: their alternative texts are left.

    `rules` are what its style sheets say of PLACING; what is `aside` is not read, and covers nothing that is.
    """
    said = dict(_placed(root, rules, aside))
    shown = _shown(said)
    areas: dict[_Element, set[_Element]] = defaultdict(set)
    for element in shown:
        if _is_elsewhere(element, said[element]):
            areas[_area(element, said, root)].add(element)
    for picture in root.iter("img") if areas else ():
        around = {picture, *picture.iterancestors()}
        if any(len(areas[one]) > len(areas[one] & around) for one in around & areas.keys()):
            picture.set("src", "")


def _placed(
    root: "_Element", rules: _stylesheet.Rules, aside: "Container[_Element]"
) -> "Iterator[tuple[_Element, _Said]]":
    """Yield the elements that are seen, and what is said of where they are placed, and of their ground."""
    seen: set[_Element] = set()
    for element in root.iter():
        is_read = element.tag in _DRAWN or element not in aside
        if is_read and (element is root or element.getparent() in seen) and not _page.is_hidden(element):
            seen.add(element)
            found = _stylesheet.said(element, rules) | _page.style(element)
            yield element, {name: value for name, value in found.items() if name in PLACING}


def _shown(said: "Mapping[_Element, _Said]") -> "set[_Element]":
    """Return the elements in which there is something that hides what is below it; letters alone do not."""
    found: set[_Element] = set()
    for element, its in said.items():
        if element.tag in _DRAWN or any(not _CLEAR.fullmatch(value) for value in _of(its, _GROUNDS)):
            for one in (element, *element.iterancestors()):
                if one in found or one not in said:
                    break
                found.add(one)
    return found


def _is_elsewhere(element: "_Element", said: _Said) -> bool:
    """Whether an element is placed elsewhere than where it stands, or may be: over what stands before or behind it."""
    if said.get("position") == "absolute":
        return True
    if said.get("position") == "relative" and any(map(_DIGIT.search, _of(said, _OFFSETS))):
        return True
    margins = list(_of(said, _BESIDE)) if element.tag in _IN_LINES else []
    above, beside = said.get("margin", "").split()[::2], said.get("margin", "").split()[1::2]
    margins += [*_of(said, _MARGINS), *above, *(beside if element.tag in _IN_LINES else [])]
    if any(map(_NEGATIVE.search, margins)):
        return True
    return any(_DIGIT.search(_DEPTH.sub("", value)) for value in _of(said, _TRANSFORMS))


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
