"""How a title is divided: into as few lines as it needs, where phrases end, and then about equally long.

It has a line more only where that mends much, such as a preposition that would be parted from its noun. In all other
texts lines are filled; here what they say decides.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.edition.render.pdf.breaking import SLACK, Breakpoint
from pipeline.edition.render.pdf.phrases import Tie

TIED = dict(zip(Tie, (0.0, 20.0, 35.0, 60.0, 70.0, 70.0, 120.0, 230.0, 240.0, 300.0), strict=True))
"""What it costs to end a line between words, by how closely they are tied."""

UNEVEN = 500.0
"""What it costs that a line is longer or shorter than the others by all of the measure; for less, with its square."""

LONE = 500.0
"""What a line of one word costs if it is as short as may be; one that fills the measure costs nothing."""

MORE = 110.0
"""What a line more than the fewest costs."""


class _Division(NamedTuple):
    """The best way to a place with so many lines: what it costs, how long its lines are, and what comes before."""

    cost: float
    lengths: float
    place: int
    before: "_Division | None"


def divided(places: Sequence[Breakpoint], width: float) -> list[int] | None:
    """Return the indices of the places where the lines of a title end; None when a word is wider than a line.

    Ways to a place with two lines more than it needs lead to none that is good, and so are forgotten: what this takes
    grows with the length of the title alone.
    """
    ways: list[dict[int, _Division]] = [{0: _Division(0.0, 0.0, 0, None)}]
    for index in range(1, len(places)):
        ways.append(_ways_to(index, places, ways, width))
    if not ways[-1]:
        return None
    fewest = min(ways[-1])
    count = min(ways[-1], key=lambda count: _cost(ways[-1][count], count) + MORE * (count - fewest))
    return _path(ways[-1][count])


def _ways_to(
    index: int, places: Sequence[Breakpoint], ways: Sequence[dict[int, _Division]], width: float
) -> dict[int, _Division]:
    """Return the best way to a place with as few lines as it takes, and with one more, by their number."""
    found: dict[int, _Division] = {}
    end, penalty = places[index].end, places[index].penalty
    for first in range(index - 1, -1, -1):
        start = places[first].start
        if (length := (end.width - start.width) / width) > 1 + SLACK:
            break
        is_part = first > 0 or index < len(places) - 1
        lone = LONE * (1 - length) if is_part and end.spaces == start.spaces else 0.0
        for count, way in ways[first].items():
            cost = way.cost + UNEVEN * length**2 + lone + penalty
            if count + 1 not in found or cost < found[count + 1].cost:
                found[count + 1] = _Division(cost, way.lengths + length, index, way)
    fewest = min(found, default=0)
    return {count: way for count, way in found.items() if count <= fewest + 1}


def _cost(way: _Division, count: int) -> float:
    """Return what a way costs: the squares of lengths are those of their differences, and that of the mean."""
    return way.cost - UNEVEN * way.lengths**2 / count


def _path(way: _Division) -> list[int]:
    found: list[int] = []
    while way.before:
        found.append(way.place)
        way = way.before
    return found[::-1]
