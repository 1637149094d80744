"""How alike two sentences are."""

import pytest

from pipeline.text.similarity import similarity


def test_it_is_the_mean_of_letters_and_words():
    assert similarity("ab cd", "ab cd") == 100 and similarity("", "") == 100
    assert similarity("ab cd", "ab ce") == pytest.approx((80 + 50) / 2)
    assert similarity("ab", "cd") == similarity("الف", "") == 0


def test_under_the_least_it_is_none():
    assert similarity("ab cd", "ab ce", 65) == 65 and similarity("ab cd", "ab ce", 65.1) == 0


def test_texts_of_pages_are_alike_when_they_are_the_same():
    long = "a b " * 800
    assert similarity(long, long, 75) == 100 and similarity(long, f"{long}c", 75) == 0
