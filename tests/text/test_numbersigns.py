"""Whether a sentence has numbers is told by its words one by one."""

import itertools

import pytest

from pipeline.languages import SHIPPED
from pipeline.text import numbersigns, quantities
from tests.text.test_quantities import SAME


def test_no_number_that_is_certain_is_missed_where_sentences_are_passed_over():
    said = {text: language for row in SAME for text, language in zip(row, ("fa", "en", "fr"), strict=True)}
    alone = [one for text in said for one in text.split()]
    for text in (*said, *alone, *(f"{one} {other}" for one, other in itertools.pairwise(alone))):
        for language in SHIPPED.values():
            if any(one.is_certain for one in quantities.read(text, language)):
                assert numbersigns.may_be_certain(text, language), (text, language.code)


@pytest.mark.parametrize(
    ("language", "text", "may_be"),
    [
        ("fr", "une lutte pour le pain", False),
        ("fr", "dix pour cent", True),
        ("fr", "pour – cent", True),
        ("fr", "au XIXe siècle", True),
        ("fa", "یک نفر نه", False),
        ("fa", "سی و یک نفر", True),
        ("fa", "۳ نفر", True),
    ],
)
def test_a_word_that_is_a_number_only_beside_others_says_none_by_itself(language, text, may_be):
    assert numbersigns.may_be_certain(text, SHIPPED[language]) is may_be


@pytest.mark.parametrize(
    ("text", "has_any", "may_begin"),
    [("two men", True, True), ("3 men", True, True), ("one of them", False, True), ("the men", False, False)],
)
def test_a_sentence_without_words_for_numbers_is_passed_over(text, has_any, may_begin):
    english = SHIPPED["en"]
    assert numbersigns.are_in(text, english) is has_any and numbersigns.may_begin(text, english) is may_begin
    assert numbersigns.may_be_indefinite(f"{text}, thousands", english) and not numbersigns.has_figures("two")
