"""Where a word of one translation must stand in another."""

import pytest

from pipeline.qa.checks._alignment import aligned

ONE = ["the", "workers", "of", "arak", "went", "on", "strike"]
OTHER = ["à", "arak", "les", "mineurs", "ont", "fait", "grève"]


def test_a_word_stands_between_those_that_both_have():
    place = aligned(ONE, OTHER, [(1, 3), (6, 6)])
    assert place(1) == 3
    assert 3 < place(4) < 6


def test_figures_and_long_words_are_the_same_in_both():
    one, other = ["in", "1404", "the", "congress", "of", "hamburg"], ["le", "congres", "de", "hamburg", "en", "1404"]
    assert aligned(one, other, [])(5) == pytest.approx(3)
    assert aligned(["1404", "on"], ["en", "1404", "on", "y", "va"], [])(0) == 1
    assert aligned(["on", "y"], ["en", "fin", "on"], [])(0) != 2  # by chance


def test_pairs_that_cross_are_left_out():
    place = aligned(list("abcdef"), list("uvwxyz"), [(0, 5), (1, 1), (2, 2), (3, 3)])
    assert [place(at) for at in (1, 2, 3)] == [1, 2, 3]


def test_without_anything_in_common_a_word_stands_at_the_same_share():
    place = aligned(list("abcd"), list("stuvwxyz"), [])
    assert [round(place(at), 1) for at in range(4)] == [0.8, 2.6, 4.4, 6.2]
    assert aligned([], [], [])(0) == 0
