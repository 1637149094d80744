"""Words of a language file in which a star stands for any letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import wildcards


@pytest.mark.parametrize(
    ("pattern", "right", "wrong"),
    [
        ("prison", "prison", "prisons"),
        ("prison*", "prisons", "empoisonner"),
        ("*less", "jobless", "lesson"),
        ("un*able", "undeniable", "unable to"),
        ("ab*ba", "abba", "aba"),
        ("*medi*", "ödenmediler", "ödendiler"),
        ("a*b*b*a", "axbxbxa", "axba"),
        ("a*bc*c", "abcc", "abc"),
    ],
)
def test_a_star_stands_for_any_letters_and_no_letter_is_two_of_the_word(pattern, right, wrong):
    assert wildcards.fits(right, pattern)
    assert not wildcards.fits(wrong, pattern)


@given(st.text("ab*", max_size=5), st.text("ab", max_size=5))
def test_a_word_fits_any_of_several_patterns_if_it_fits_one(pattern, word):
    assert wildcards.fitting((pattern, "ba*ab"))[word] == (
        wildcards.fits(word, pattern) or wildcards.fits(word, "ba*ab")
    )


def test_an_expression_is_said_where_its_words_stand_in_a_row():
    words = ("نمی", "توان", "ممکن", "نیست")
    assert wildcards.are_said(("ممکن نی*",), words) and not wildcards.are_said(("نمی ممکن", "نیست ممکن"), words)
    assert not wildcards.are_said(("ممکن نیست",), words[:3]) and not wildcards.are_said((), words)


def test_an_expression_is_said_over_some_words_if_it_has_them_all():
    words = ("a", "b", "c", "a", "b")
    over = [at for at in range(5) if wildcards.are_said(("b c",), words, range(at, at + 1))]
    assert over == [1, 2] and not wildcards.are_said(("b c",), words, range(1, 4))
