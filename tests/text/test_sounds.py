"""Names by their sound."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.text.sounds import consonants, sounds_of


@pytest.mark.parametrize(
    ("persian", "english", "french"),
    [
        ("شاهرخ", "Shahrokh", "Chahrokh"), ("اسماعیل", "Esmail", "Esmaïl"), ("بخشی", "Bakhshi", "Bakhchi"),
        ("زینب", "Zeinab", "Zeynab"), ("قلیان", "Gholian", "Qolian"), ("ستوده", "Sotoudeh", "Sotoudeh"),
        ("ژینا", "Zhina", "Jina"), ("محمدی", "Mohammadi", "Mohamadi"),
    ],
)  # fmt: skip
def test_a_name_has_the_same_consonants_in_every_language(persian, english, french):
    sounds = {consonants(word, SHIPPED[lang]) for word, lang in ((persian, "fa"), (english, "en"), (french, "fr"))}
    assert len(sounds) == 1 and all(sounds)


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("az", ("Şahrux", "Bəxşi", "Qoliyan", "Jina")), ("ckb", ("شاهروخ", "بەخشی", "قولیان", "ژینا")),
        ("de", ("Schahroch", "Bachschi", "Gholian", "Dschina")), ("es", ("Shahrokh", "Bakhshi", "Golián", "Jina")),
        ("it", ("Shahrokh", "Bakhshi", "Qolian", "Gina")), ("ku", ("Şahrux", "Bexşî", "Qoliyan", "Jîna")),
        ("sv", ("Shahrokh", "Bakhshi", "Gholian", "Jina")), ("tr", ("Şahruk", "Bakşi", "Golyan", "Jina")),
    ],
)  # fmt: skip
def test_a_persian_name_is_heard_in_the_letters_of_every_language(lang, names):
    persian = ["شاهرخ", "بخشی", "قلیان", "ژینا"]
    assert [consonants(one, SHIPPED[lang]) for one in names] == [consonants(one, SHIPPED["fa"]) for one in persian]


def test_a_letter_with_an_accent_may_have_a_sound_of_its_own():
    assert consonants("Ayşe", SHIPPED["tr"]) == consonants("عایشه", SHIPPED["fa"]) != consonants("Ayse", SHIPPED["tr"])
    assert consonants("Françoise", SHIPPED["fr"]) == consonants("Francoise", SHIPPED["fr"])


def test_other_names_sound_otherwise_and_only_names_are_heard():
    assert consonants("Reza", SHIPPED["en"]) != consonants("Nasrin", SHIPPED["en"])
    assert sounds_of(["Reza", "was", "free"], SHIPPED["en"]) == {"rz"}
