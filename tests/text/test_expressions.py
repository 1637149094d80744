"""Expressions, and where they stand in a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.sections import Grammar
from pipeline.text import wildcards
from pipeline.text.expressions import Expressions, WordTable


def meanings(vocabulary, text):
    return [(one.meaning, one.first, one.last) for one in vocabulary.matches(text.split())]


def test_a_star_stands_for_any_letters_and_a_space_divides_an_expression():
    words = Expressions({WordTable.LEXICON: {"prison": ["prison*", "behind bars"], "women": ["*ières"]}})
    assert meanings(words, "prisoners behind bars") == [("prison", 0, 1), ("prison", 1, 3)]
    assert meanings(words, "ouvrières behind") == [("women", 0, 1)]
    assert meanings(words, "imprison bars") == []
    around = Expressions({WordTable.AFFIXES: {"un": ["*ناپذیر*", "un*ed* a*"]}})
    assert meanings(around, "انکارناپذیری undeniedly and") == [("un", 0, 1), ("un", 1, 3)]
    assert meanings(around, "ناپذی unwilling and") == []


def test_a_conjunction_written_onto_a_word_hides_nothing():
    assert meanings(Expressions({WordTable.LEXICON: {"prison": ["زندان"]}}, Grammar(("و",))), "وزندان") == [
        ("prison", 0, 1)
    ]


def test_a_word_of_the_lexicon_stands_for_its_forms_and_a_short_one_for_its_plural_alone():
    grammar = Grammar(plurals=("ها",), inflections=("ان", "ی"))
    words = Expressions({WordTable.LEXICON: {"union": ["سندیکا"], "worker": ["کارگر"], "currency": ["ارز"]}}, grammar)
    assert meanings(words, "کارگری کارگران سندیکاها ارزها") == [
        ("worker", 0, 1), ("worker", 1, 2), ("union", 2, 3), ("currency", 3, 4),
    ]  # fmt: skip
    assert meanings(words, "ارزان کار") == []


@given(st.lists(st.text("ab*", min_size=1, max_size=4), min_size=1, max_size=4), st.text("ab", min_size=1, max_size=5))
def test_no_word_is_passed_over_that_a_pattern_fits(patterns, word):
    words = Expressions({WordTable.AFFIXES: {"un": patterns}})
    assert bool(meanings(words, word)) == any(wildcards.fits(word, one) for one in patterns)


def test_a_word_of_signs_alone_stands_in_no_text():
    assert meanings(Expressions({WordTable.LEXICON: {"x": ["(?", "&", "prison"]}}), "a & prison (?") == [("x", 2, 3)]
