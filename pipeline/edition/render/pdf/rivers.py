"""Rivers: word spaces that lie below each other on lines in succession, which the eye sees as a crack in the page."""

from collections.abc import Iterator, Sequence

LONGEST = 3
"""Lines of a chain of spaces that is no river yet."""

MEETING = 0.45
"""The part of a space that lies above the next one, from which on the eye goes down through both."""

Gap = tuple[float, float]
"""Where a space begins and ends, from the beginning of its line."""


def rivers(lines: Sequence[Sequence[Gap]]) -> list[range]:
    """Return the lines of every river, given the spaces of each line in their order."""
    found: list[range] = []
    above: Sequence[Gap] = ()
    begun: list[int] = []
    for number, gaps in enumerate([*lines, ()]):
        pairs = list(_meeting(above, gaps))
        ended = set(range(len(above))) - {one for one, _ in pairs}
        found += [range(begun[one], number) for one in sorted(ended) if number - begun[one] > LONGEST]
        chains = [number] * len(gaps)
        for one, other in pairs:
            chains[other] = min(chains[other], begun[one])
        above, begun = gaps, chains
    return found


def _meeting(above: Sequence[Gap], below: Sequence[Gap]) -> Iterator[tuple[int, int]]:
    """Yield which spaces of a line lie above which ones of the next."""
    one = other = 0
    while one < len(above) and other < len(below):
        (left, right), (start, end) = above[one], below[other]
        if (shared := min(right, end) - max(left, start)) > 0 and shared >= MEETING * (right - left):
            yield one, other
        one, other = (one + 1, other) if right <= end else (one, other + 1)
