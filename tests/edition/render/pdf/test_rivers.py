from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition.render.pdf.rivers import LONGEST, MEETING, rivers

SPACE = [(10.0, 12.0)]


def test_a_chain_of_spaces_is_a_river_from_its_fourth_line_on():
    assert rivers([SPACE] * 3) == []
    assert rivers([SPACE] * 4) == [range(4)]
    assert rivers([[], *[SPACE] * 5, [(20.0, 22.0)], SPACE]) == [range(1, 6)]


def test_a_river_may_wind_and_spaces_that_touch_at_a_corner_make_none():
    assert rivers([[(number, number + 2.0)] for number in range(4)]) == [range(4)]
    assert rivers([[(1.5 * number, 1.5 * number + 2.0)] for number in range(4)]) == []


LINE = st.lists(st.integers(0, 30), max_size=6, unique=True).map(
    lambda lefts: [(left, min([left + 2.0, *(other for other in lefts if other > left)])) for left in sorted(lefts)]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE, max_size=7))
def test_every_chain_of_all_there_are_is_found(lines):
    long = {number for number in range(len(lines)) if _longest(lines, number) > LONGEST}
    assert {river.start for river in rivers(lines)} <= long
    assert bool(long) == bool(rivers(lines))


def _longest(lines, start):
    """Return how many lines the longest chain has that begins on a line, by trying all."""
    ends, length = lines[start], 0
    for below in [*lines[start + 1 :], []]:
        length += bool(ends)
        ends = [gap for above, gap in product(ends, below) if _meet(above, gap)]
    return length


def _meet(above, below):
    shared = min(above[1], below[1]) - max(above[0], below[0])
    return shared > 0 and shared >= MEETING * (above[1] - above[0])
