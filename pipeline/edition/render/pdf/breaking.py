"""Where the lines of a paragraph end: those breaks are chosen that are least bad over all of it.

After D. E. Knuth and M. F. Plass, “Breaking paragraphs into lines” (Software: Practice and Experience 11, 1981). A
line is as bad as the cube of how far its spaces are from their own width, and a paragraph as the squares of its lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from operator import itemgetter
from typing import NamedTuple


class Extent(NamedTuple):
    """What stands before a point of a paragraph, in any unit of length: its width, and how it may grow and shrink."""

    width: float
    stretch: float = 0.0
    shrink: float = 0.0
    spaces: int = 0
    kashidas: int = 0
    """How many words of it can be drawn longer."""

    def to(self, end: "Extent") -> "Extent":
        """Return what stands between this point and one behind it."""
        width, stretch, shrink, spaces, kashidas = self
        return Extent(end[0] - width, end[1] - stretch, end[2] - shrink, end[3] - spaces, end[4] - kashidas)


class Breakpoint(NamedTuple):
    """Where a line may end: `end` is what comes before, `start` what comes before the next line.

    Between the two are the spaces that a line end swallows. A hyphen is counted in `end`. `penalty` is what it costs
    to end a line here, where 100 is the badness of a line whose spaces are as wide as they may be.
    """

    end: Extent
    start: Extent
    penalty: float = 0.0
    is_hyphen: bool = False
    """Whether a word goes on behind it, be the hyphen its own or not."""
    signs: int = 0
    """How many signs that are no words stand apart before it, where a paragraph ends: a dash, say."""


class Form(Enum):
    """Whether lines are filled, end where they end, or are those of a title."""

    JUSTIFIED = "justified"
    RAGGED = "ragged"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Measure:
    """The width of the lines, how they end in it, and by how much some words a line can each be drawn longer."""

    width: float
    form: Form = Form.JUSTIFIED
    kashida: float = 0.0
    tight: float = 1.0
    """How many times what its spaces and letters may shrink a line may."""
    tiny: float = 0.0
    """The width up to which a word alone on the last line is as good as none."""


LINE = 10.0
"""What every line costs, so that fewer are better."""

STUB = 1e6
"""Demerits of a second hyphen in succession, and of a part of a word alone on the last line, where these may be."""

LONELY = 4e4
"""Demerits of a word alone on the last line."""

TINY = 1 / 8
"""The part of its measure up to which a last line is as good as none, and as bad as a second hyphen, if not `tiny`."""

MOST = 3
"""Words of a line that are drawn longer."""

ACTIVE = 48
"""Beginnings of lines that are kept in mind: the best ones, where a line could begin at more."""

SLACK = 1e-6
INFINITE = float("inf")


def breaks(
    places: Sequence[Breakpoint], measure: Measure, most: float = INFINITE, *, has_stubs: bool = True
) -> list[int] | None:
    """Return the indices of the places where lines end; the last place is the end of the paragraph.

    The first place is its beginning, and is not among them. None when there are no lines of which the spaces grow no
    more than `most` of what they may, some word is wider than a line, or there are none without stubs, where these
    may not be: a second hyphen in succession, and a part of a word alone on the last line.
    """
    active = [_Node(0, 0.0, None, places[0].start, is_hyphen=False)]
    last = len(places) - 1
    for index, place in enumerate(places[1:], 1):
        best, total, still = _reached(active, place, index, measure, most, has_stubs, is_last=index == last)
        active = active if place.is_hyphen else still
        if best:
            active.append(_node((index, total, best, place.start, place.is_hyphen)))
        if not active:
            return None
        if len(active) > ACTIVE and index < last:
            active = sorted(sorted(active, key=_DEMERITS)[:ACTIVE], key=_PLACE)
    return _path(active[-1]) if best else None


class _Node(NamedTuple):
    """A line that begins at a place, and the best way to get there."""

    place: int
    demerits: float
    before: "_Node | None"
    start: Extent
    is_hyphen: bool


_node = partial(tuple.__new__, _Node)
_PLACE, _DEMERITS = (itemgetter(_Node._fields.index(name)) for name in ("place", "demerits"))


def _path(node: _Node) -> list[int]:
    found: list[int] = []
    while node.before:
        found.append(node.place)
        node = node.before
    return found[::-1]


def _reached(
    active: Sequence[_Node],
    place: Breakpoint,
    index: int,
    measure: Measure,
    most: float,
    has_stubs: bool,
    *,
    is_last: bool,
) -> tuple[_Node | None, float, list[_Node]]:
    """Return the beginning of the best line that ends at a place, its demerits, and all lines that can still go on.

    They are in the order of the text, so that where one is too loose, all behind it are. The innermost loop of
    typesetting: what it needs is looked up once.
    """
    (end, stretch, shrink, spaces, kashidas), penalty = place.end, place.penalty * abs(place.penalty)
    width, kashida, form, is_hyphen = measure.width, measure.kashida, measure.form, place.is_hyphen
    longest, signs = MOST * kashida, place.signs
    is_filled = form is Form.JUSTIFIED
    best: _Node | None = None
    still: list[_Node] = []
    least = INFINITE
    for number, node in enumerate(active):
        first, before, _, start, follows_hyphen = node
        spare = width - end + start[0]
        if spare < -SLACK:
            room = shrink - start[2] if is_filled else 0.0
            if spare < -room * measure.tight - SLACK:
                continue
            ratio = -spare / room
        elif is_last:
            ratio = 0.0
        elif is_filled:
            few = kashidas - start[4]
            ratio = spare / (stretch - start[1] + (kashida * few if few < MOST else longest) or SLACK)
        else:
            ratio = 2 * spare / width
        if ratio > most and spare > 0:
            still += active[number:]
            break
        still.append(node)
        is_lonely = is_last and first and spaces - start[3] <= signs
        is_stub = follows_hyphen and (is_hyphen or is_lonely)
        if ratio > most or (is_stub and not has_stubs):
            continue
        total = before + (LINE + 100 * (ratio if ratio < 30 else 30.0) ** 3) ** 2 + penalty
        if is_stub:
            total += STUB
        elif is_lonely:
            total += LONELY
        if is_lonely and end - start[0] < max(TINY * width, measure.tiny):
            total += STUB
        if total < least:
            best, least = node, total
    return best, least, still


def demerits(
    places: Sequence[Breakpoint], chosen: Sequence[int], measure: Measure, most: float, *, has_stubs: bool = True
) -> float:
    """Return how bad breaks are together, of what `breaks` may choose from; infinite when they are none of these."""
    total, place = 0.0, 0
    for index in chosen:
        node = _Node(place, total, None, places[place].start, places[place].is_hyphen)
        is_last = index == len(places) - 1
        _, total, _ = _reached([node], places[index], index, measure, most, has_stubs, is_last=is_last)
        place = index
    return total
