"""Words by what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Grammar
from pipeline.text import vocabulary
from pipeline.text.vocabulary import Vocabulary, WordTable

FA, EN, FR = (SHIPPED[code] for code in ("fa", "en", "fr"))


def meanings(vocabulary, text):
    return [(one.meaning, one.first, one.last) for one in vocabulary.matches(text.split())]


def test_a_star_stands_for_any_letters_and_a_space_divides_an_expression():
    words = Vocabulary({WordTable.LEXICON: {"prison": ["prison*", "behind bars"], "women": ["*ières"]}})
    assert meanings(words, "prisoners behind bars") == [("prison", 0, 1), ("prison", 1, 3)]
    assert meanings(words, "ouvrières behind") == [("women", 0, 1)]
    assert meanings(words, "imprison bars") == []
    around = Vocabulary({WordTable.AFFIXES: {"un": ["*ناپذیر*", "un*ed* a*"]}})
    assert meanings(around, "انکارناپذیری undeniedly and") == [("un", 0, 1), ("un", 1, 3)]
    assert meanings(around, "ناپذی unwilling and") == []


def test_a_conjunction_written_onto_a_word_hides_nothing():
    assert meanings(Vocabulary({WordTable.LEXICON: {"prison": ["زندان"]}}, Grammar(("و",))), "وزندان") == [
        ("prison", 0, 1)
    ]


def test_the_longest_expression_of_a_table_counts():
    places = vocabulary.source("در امریکای شمالی", FA).of(WordTable.PLACES)
    assert [place.meaning for place in places] == ["north_america"]


def test_names_and_idioms_mean_nothing_by_themselves_but_places_do():
    sentence = vocabulary.source("میدان آزادی تهران", FA)
    assert sentence.of(WordTable.POLARITY) == [] and sentence.hidden == {0, 1}
    assert [place.meaning for place in sentence.of(WordTable.PLACES)] == ["tehran"]
    assert {"prison", "tehran"} <= {one.meaning for one in vocabulary.source("در زندان تهران", FA).places}


def test_a_target_is_read_without_its_accents_and_places_with_their_capitals():
    assert vocabulary.target("La greve et la grève", FR, WordTable.LEXICON).times(WordTable.LEXICON, "strike") == 2
    assert vocabulary.places("tell us, US and IRAN", EN).places[0].meaning == "us"
    assert [one.meaning for one in vocabulary.places("tell us of IRAN", EN).places] == ["iran"]


def test_an_i_is_one_with_a_dot_and_without_whatever_the_case():
    turkish = SHIPPED["tr"]
    texts = ("Irkçılık suçtur", "IRKÇILIK SUÇTUR", "ırkçılık suçtur")
    assert {vocabulary.target_words(text) for text in texts} == {("irkcilik", "suctur")}
    assert (
        vocabulary.said("İŞÇİ", turkish, frozenset()).meanings == vocabulary.said("işçi", turkish, frozenset()).meanings
    )


def test_letters_of_a_language_are_not_those_without_their_accent():
    kurdish, french = SHIPPED["ku"], SHIPPED["fr"]
    assert vocabulary.said("şer", kurdish, frozenset()).meanings == {"war"}
    assert "war" not in vocabulary.said("ser", kurdish, frozenset()).meanings
    assert (
        vocabulary.target_words("s\u0327er", kurdish.letters)
        == vocabulary.target_words("ŞER", kurdish.letters)
        == ("şer",)
    )
    assert (
        vocabulary.said("grève", french, frozenset()).strange[0].exact
        == vocabulary.said("GREVE", french, frozenset()).strange[0].exact
    )


def test_a_word_that_need_not_be_said_again_is_not_exact():
    (place,) = vocabulary.source("زبان فارسی", FA).of(WordTable.PLACES)
    assert (place.meaning, place.is_exact) == ("iran", False)


def test_a_word_of_the_lexicon_stands_for_its_forms_and_a_short_one_for_its_plural_alone():
    grammar = Grammar(plurals=("ها",), inflections=("ان", "ی"))
    words = Vocabulary({WordTable.LEXICON: {"union": ["سندیکا"], "worker": ["کارگر"], "currency": ["ارز"]}}, grammar)
    assert meanings(words, "کارگری کارگران سندیکاها ارزها") == [
        ("worker", 0, 1), ("worker", 1, 2), ("union", 2, 3), ("currency", 3, 4),
    ]  # fmt: skip
    assert meanings(words, "ارزان کار") == []


def test_a_word_of_a_target_is_strange_that_says_nothing_of_the_source():
    source = vocabulary.source("پلیس و معلم", FA)
    saying = vocabulary.said("the police and the nurses", EN, source.meanings)
    assert [one.word for one in saying.strange] == ["nurses"] and "police" in saying.meanings
    assert [one.word for one in saying.strange_among(saying.meanings)] == ["nurses"]
    assert saying.strange_among(frozenset(["police"])) == []


def test_a_word_is_more_than_enough_where_others_say_what_it_says():
    source = vocabulary.source("پلیس و معلم", FA)
    twice = vocabulary.said("the police and the police", EN, source.meanings)
    assert [one.at for one in twice.surplus_among(frozenset(["police"]))] == [1, 4]
    assert twice.surplus_among(frozenset(["teacher"])) == []
    once = vocabulary.said("the police", EN, source.meanings)
    assert once.surplus_among(once.meanings) == []


def test_what_a_word_says_is_not_said_for_certain_inside_a_longer_expression():
    railway, iron = vocabulary.source("راه آهن", FA), vocabulary.source("آهن", FA)
    assert railway.firm == {"railway"} and iron.firm and railway.firm.isdisjoint(iron.firm)
    assert vocabulary.source("راه آهن و آهن", FA).firm == railway.firm | iron.firm


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
    assert vocabulary.fits(right, pattern)
    assert not vocabulary.fits(wrong, pattern)


@given(st.text("ab*", max_size=5), st.text("ab", max_size=5))
def test_a_word_fits_any_of_several_patterns_if_it_fits_one(pattern, word):
    assert vocabulary.fitting((pattern, "ba*ab"))[word] == (
        vocabulary.fits(word, pattern) or vocabulary.fits(word, "ba*ab")
    )


@given(st.lists(st.text("ab*", min_size=1, max_size=4), min_size=1, max_size=4), st.text("ab", min_size=1, max_size=5))
def test_no_word_is_passed_over_that_a_pattern_fits(patterns, word):
    words = Vocabulary({WordTable.AFFIXES: {"un": patterns}})
    assert bool(meanings(words, word)) == any(vocabulary.fits(word, one) for one in patterns)


def test_a_word_of_signs_alone_stands_in_no_text():
    assert meanings(Vocabulary({WordTable.LEXICON: {"x": ["(?", "&", "prison"]}}), "a & prison (?") == [("x", 2, 3)]
