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


def test_other_names_sound_otherwise_and_only_names_are_heard():
    assert consonants("Reza", SHIPPED["en"]) != consonants("Nasrin", SHIPPED["en"])
    assert sounds_of(["Reza", "was", "free"], SHIPPED["en"]) == {"rz"}
