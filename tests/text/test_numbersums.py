"""Words and figures of a number, added up."""

import pytest

from pipeline.text.numbersums import Sum, Token


def summed(*values: float, units_first: bool = False) -> float | None:
    """Return what words of these values are worth together; None where one of them begins another number."""
    whole = Sum().plus(values[0])
    for value in values[1:]:
        if not whole.takes(value, Token("word", 0, 0), units_first):
            return None
        whole = whole.plus(value)
    return whole.worth


@pytest.mark.parametrize(
    ("values", "worth"),
    [
        ((2, 1e6), 2e6),
        ((20, 1), 21),
        ((6, 100, 5), 605),
        ((3, 1e3, 2, 100, 50), 3250),
        ((2, 1e3, 1e6), 2e9),
        ((80, 17), 97),
        ((2, 1e6, 0.5), 2.5e6),
        ((5, 20), None),
        ((1, 2), None),
        ((100, 200), None),
    ],
)
def test_words_of_one_number_are_added_or_multiplied(values, worth):
    assert summed(*values) == worth


def test_units_may_stand_before_tens():
    assert summed(5, 20, units_first=True) == 25


def test_figures_belong_to_a_number_in_words_only_below_its_scale():
    million = Sum().plus(1).plus(1e6)
    figures = Token("200", 0, 3)
    assert million.takes(200, figures) and not Sum().plus(20).takes(5, figures)
