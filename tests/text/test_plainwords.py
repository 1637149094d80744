"""The words of a target as they are compared."""

from pipeline.languages import SHIPPED
from pipeline.text import plainwords, vocabulary


def test_an_i_is_one_with_a_dot_and_without_whatever_the_case():
    turkish = SHIPPED["tr"]
    texts = ("Irkçılık suçtur", "IRKÇILIK SUÇTUR", "ırkçılık suçtur")
    assert {plainwords.target_words(text) for text in texts} == {("irkcilik", "suctur")}
    assert (
        vocabulary.said("İŞÇİ", turkish, frozenset()).meanings == vocabulary.said("işçi", turkish, frozenset()).meanings
    )


def test_letters_of_a_language_are_not_those_without_their_accent():
    kurdish, french = SHIPPED["ku"], SHIPPED["fr"]
    assert vocabulary.said("şer", kurdish, frozenset()).meanings == {"war"}
    assert "war" not in vocabulary.said("ser", kurdish, frozenset()).meanings
    assert (
        plainwords.target_words("s\u0327er", kurdish.letters)
        == plainwords.target_words("ŞER", kurdish.letters)
        == ("şer",)
    )
    assert (
        vocabulary.said("grève", french, frozenset()).strange[0].exact
        == vocabulary.said("GREVE", french, frozenset()).strange[0].exact
    )


def test_words_all_in_capitals_have_the_first_alone_and_short_ones_stay():
    assert plainwords.capitalised_words("US and IRAN, İRAN") == ("US", "and", "Iran", "İran")


def test_an_expression_stands_in_a_target_whatever_its_accents_and_capitals():
    french = SHIPPED["fr"]
    assert plainwords.standing(("à peine", "plus d'un"), "A PEINE dix", french) == "à peine"
    assert plainwords.standing(("peine",), "à peines", french) == ""
