"""Whether a picture shows in a document as it is in the file: what was cut off or covered there must not be printed.

People crop a photograph, lay a bar over a face or a smiley in front of it. The file has the whole picture all the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

THICK = 6.0
"""Points: a line that is thicker may be a bar over the eyes of a face."""
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "px": 0.75}
_LENGTH = re.compile(r"([0-9]{0,5}\.?[0-9]{1,6})(cm|mm|in|pt|px)")

MOST_FLOATING = 100
"""Drawings of which each is held against each."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where something reaches across or down the page, measured from a `base`."""

    base: object
    start: int
    end: int

    def is_apart(self, other: "Reach") -> bool:
        """Whether two surely do not meet."""
        return self.base == other.base and (self.end <= other.start or other.end <= self.start)


@dataclass(frozen=True, slots=True)
class Floating:
    """A drawing that has a place of its own on the page, so that another may lie over it, or it over another.

    The text around it flows aside, and keeps no other drawing away. What is not known of its size and place is None.
    """

    is_picture: bool
    area: float | None = None
    spans: tuple[Reach | None, ...] = ()

    def may_cover(self, picture: "Floating") -> bool:
        """Whether it may lie over some of a picture: a bar, a box, or a smaller picture, as people put over faces."""
        both = zip(self.spans, picture.spans, strict=False)
        if any(one.is_apart(other) for one, other in both if one and other):
            return False
        return not self.is_picture or self.area is None or picture.area is None or self.area * 2 < picture.area


TEXT = Floating(is_picture=False)
"""A table or a paragraph with a place of its own, which may have a coloured ground."""


def points(length: str) -> float | None:
    """Return a length in points; None where it is none, or one that depends on others."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else None


def may_overlap(floating: Sequence[Floating]) -> bool:
    """Whether something that floats may lie over a picture that does; with very many of them something may."""
    if len(floating) > MOST_FLOATING:
        return any(one.is_picture for one in floating)
    return any(one.may_cover(other) for one, other in permutations(floating, 2) if other.is_picture)


# --- Pages (CSS 2.2; css-masking 1, filter-effects 1, css-images 3) -----------------------

_BY_CSS = (
    "filter", "clip", "clip-path", "mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "object-fit",
    "object-position", "object-view-box", "mix-blend-mode", "content",
)  # fmt: skip
"""Properties that blur a picture, show a part of it, or another one in its place."""
_OVERFLOWS = ("overflow", "overflow-x", "overflow-y")
_MOVES = ("margin", "margin-left", "margin-top", "left", "top", "right", "bottom")
_SIDES = ("width", "height")
SHOWING = frozenset(
    (
        *_BY_CSS,
        "opacity",
        "border-radius",
        *_OVERFLOWS,
        *_MOVES,
        "transform",
        *_SIDES,
        *(f"max-{one}" for one in _SIDES),
    )
)
"""All properties that tell whether a picture shows as it is."""
_PLAIN = ("none", "auto", "fill", "contain", "normal", "initial", "unset", "50% 50%", "center", "center center")
_NEGATIVE = re.compile(r"(?:^|\s)-[0-9.]")
_MOVED = re.compile(r"(?:translate|scale|matrix)(?!z\(0)")
_OPAQUE = re.compile(r"1(?:\.0*)?|100%")
_ROUND = re.compile(r"(?:^|[\s/])(?:(?:2[5-9]|[3-9]\d|\d{3,9})(?:\.\d{0,9})?%|\d{3,9}(?:\.\d{0,9})?px)")
"""Corners that leave of a picture little more than a circle."""
_WITHIN = re.compile(r"(?:100|\d{1,2})(?:\.0{0,9})?%")
"""No wider than what a picture stands in."""
_ROOMY = 1.0
"""Points by which rounding may make a picture larger than what it stands in."""


def is_whole_on_page(picture: Mapping[str, str], around: Sequence[Mapping[str, str]]) -> bool:
    """Whether all of a picture shows as it is, by what is said of it and of the elements around it.

    Google's editor crops by an element of which nothing shows that is larger, and a picture that is, moved in it.
    """
    for said in (picture, *around):
        if any(said.get(name, "none") not in _PLAIN for name in _BY_CSS):
            return False
        if not _OPAQUE.fullmatch(said.get("opacity", "1")) or _ROUND.search(said.get("border-radius", "")):
            return False
    return not any(_cuts(said, picture) for said in around)


def _cuts(around: Mapping[str, str], picture: Mapping[str, str]) -> bool:
    """Whether an element cuts off some of a picture in it, or may."""
    if not any(around.get(name, "").startswith(("hidden", "clip")) for name in _OVERFLOWS):
        return False
    rooms = {side: around.get(side) or around.get(f"max-{side}", "") for side in _SIDES}
    if any(_WITHIN.fullmatch(picture.get(name, "")) for name in ("width", "max-width")):
        del rooms["width"]
    if not any(map(points, rooms.values())):
        return False
    if any(_NEGATIVE.search(picture.get(name, "")) for name in _MOVES) or _MOVED.search(picture.get("transform", "")):
        return True
    both = ((points(picture.get(side, "")), points(room)) for side, room in rooms.items())
    return any(room is not None and (own is None or own > room + _ROOMY) for own, room in both)
