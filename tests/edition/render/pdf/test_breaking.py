"""Whole-paragraph line breaking, compared with trying every way there is."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition.render.pdf.breaking import INFINITE, Breakpoint, Extent, Form, Measure, breaks, demerits


def paragraph(words, space=(1.0, 0.8, 0.2), penalties=(), long_words=()):
    """Return the places of a paragraph of words so wide; a word that is a pair is one with a hyphen between."""
    places, before = [Breakpoint(Extent(0.0), Extent(0.0))], Extent(0.0)
    for number, word in enumerate(words):
        for part in (word if isinstance(word, tuple) else (word,))[:-1]:
            before = before._replace(width=before.width + part)
            places.append(Breakpoint(before._replace(width=before.width + 0.5), before, 70.0, is_hyphen=True))
        width = word[-1] if isinstance(word, tuple) else word
        end = before._replace(width=before.width + width, kashidas=before.kashidas + (number in long_words))
        before = Extent(end.width + space[0], end.stretch + space[1], end.shrink + space[2], number + 1, end.kashidas)
        places.append(Breakpoint(end, before, dict(penalties).get(number, 0.0)))
    return places


def brute(places, measure, most, has_stubs):
    inner = range(1, len(places) - 1)
    ways = ([*some, len(places) - 1] for count in range(len(places)) for some in combinations(inner, count))
    return min((demerits(places, way, measure, most, has_stubs=has_stubs) for way in ways), default=INFINITE)


WORDS = st.lists(st.one_of(st.integers(1, 9).map(float), st.tuples(st.just(3.0), st.just(4.0))), min_size=1, max_size=9)


@settings(max_examples=150, deadline=None)
@given(WORDS, st.integers(10, 24), st.sampled_from(Form), st.sampled_from([0.0, 1.5]), st.sets(st.integers(0, 8)))
def test_no_other_breaks_are_better(words, width, form, kashida, long_words):
    words = words if form is Form.JUSTIFIED else [word if isinstance(word, float) else 7.0 for word in words]
    places, measure = paragraph(words, long_words=long_words), Measure(float(width), form, kashida)
    for most, has_stubs in ((1.0, False), (INFINITE, False), (INFINITE, True)):
        found = breaks(places, measure, most, has_stubs=has_stubs)
        least = brute(places, measure, most, has_stubs)
        assert (found is None) == (least == INFINITE)
        assert not found or demerits(places, found, measure, most) == pytest.approx(least)


def test_a_hyphen_is_used_only_where_whole_words_do_not_do():
    places = paragraph([4.0, 4.0, (3.0, 4.0), 4.0, 4.0])
    assert not any(places[one].is_hyphen for one in breaks(places, Measure(9.0)))
    assert any(places[one].is_hyphen for one in breaks(places, Measure(13.8)))


def test_two_lines_in_succession_have_no_hyphens():
    places = paragraph([(3.0, 4.0)] * 30)
    found = breaks(places, Measure(14.5))
    hyphens = [places[one].is_hyphen for one in found]
    assert not any(one and other for one, other in pairwise(hyphens))


def test_a_place_with_a_high_penalty_keeps_its_words_together():
    words, measure = [3.0, 1.0, 1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 3.0], Measure(9.0, Form.RAGGED)
    usual = breaks(paragraph(words), measure)[0]
    assert breaks(paragraph(words, penalties={usual - 1: 300.0}.items()), measure)[0] != usual


def test_a_word_wider_than_the_line_has_no_breaks():
    assert breaks(paragraph([3.0, 30.0, 3.0]), Measure(12.0)) is None


def test_a_line_of_a_hundred_thousand_words_keeps_few_beginnings_in_mind():
    places = paragraph([float(3 + number % 7) for number in range(3000)])
    assert len(breaks(places, Measure(4000.0))) == 6


def test_no_few_letters_are_all_that_stands_on_a_last_line():
    """A paragraph whose last word can be parted in its middle, or behind all but its last letters, which fits better."""
    first, last = Extent(0), Extent(60)
    inside = [Extent(end, stretch=15, shrink=5, spaces=1) for end in (62, 75, 88, 96)]
    places = [
        Breakpoint(first, first),
        Breakpoint(last, inside[0]),
        Breakpoint(inside[1], inside[1], 50.0, is_hyphen=True),
        Breakpoint(inside[2], inside[2], 50.0, is_hyphen=True),
        Breakpoint(inside[3], inside[3]),
    ]
    assert breaks(places, Measure(90, Form.JUSTIFIED)) == [2, 4]


@pytest.mark.parametrize(("signs", "chosen"), [(0, [3, 4]), (1, [2, 4])])
def test_a_sign_that_stands_apart_is_no_word_of_the_last_line(signs, chosen):
    """A paragraph of three words of which the last can be parted, and a dash, which follows its last part."""
    second, third = Extent(10, 8, 1, 1), Extent(20, 16, 2, 2)
    places = [
        Breakpoint(Extent(0), Extent(0)),
        Breakpoint(Extent(9), second),
        Breakpoint(Extent(19, 8, 1, 1), third),
        Breakpoint(Extent(26, 16, 2, 2), Extent(25, 16, 2, 2), 5.0, is_hyphen=True),
        Breakpoint(Extent(34, 24, 3, 3), Extent(34, 24, 3, 3), signs=signs),
    ]
    assert breaks(places, Measure(26.0), has_stubs=False) == chosen


@pytest.mark.parametrize(("tiny", "chosen"), [(0.0, [4, 5]), (3.5, [3, 5])])
def test_a_last_word_that_is_tiny_for_its_type_comes_with_another(tiny, chosen):
    """Four words fill a line, three make it as loose as may be; the fifth is short."""
    places = paragraph([4.0, 4.0, 4.0, 4.0, 3.0], space=(1.0, 2.0, 0.2))
    assert breaks(places, Measure(19.0, tiny=tiny)) == chosen
