"""The words of a language that say numbers."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.text import numbersigns, quantities


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("de", "einhundertdreiundzwanzigtausend, neunzehnhundertachtzig, am fünfundzwanzigsten", [123_000, 1980, 25]),
        ("it", "ventuno, centoventitré, duemilacinquecento, trentotto, 50 cent", [21, 123, 2500, 38, 50]),
        ("sv", "tjugoen, trehundrafemtio tusen, ettusen", [21, 350_000, 1000]),
        ("tr", "yirmibeş, İki yüz elli bin, altı milyon", [25, 250_000, 6_000_000]),
        ("az", "iyirmi beş, İki yüz əlli min", [25, 250_000]),
        ("es", "treinta y cinco mil, veintitrés, dos millones", [35_000, 23, 2_000_000]),
        ("ku", "bîst û pênc, du hezar û sed, sala 2016an", [25, 2100, 2016]),
        ("ckb", "بیست و پێنج، دووسەد و پەنجا هەزار، کۆنگرەی سێیەم", [25, 250_000, 3]),
        ("de", "die 1980er Jahre, Einheit, achtsam, beinahe", [1980]),
    ],
)
def test_a_number_may_be_one_word_and_have_endings(lang, text, values):
    assert [one.value for one in quantities.read(text, SHIPPED[lang])] == values
    assert numbersigns.are_in(text, SHIPPED[lang])


def test_a_language_without_a_list_of_words_has_those_of_num2words():
    other = replace(SHIPPED["en"], numbers=replace(SHIPPED["en"].numbers, values={}, ordinals={}, num2words="de"))
    assert [one.value for one in quantities.read("siebenunddreißig Tage, der dritte", other)] == [37, 3]
    silent = replace(other, numbers=replace(other.numbers, num2words=""))
    assert [one.value for one in quantities.read("sieben, 8", silent)] == [8]


def test_a_word_of_blanks_alone_is_no_number():
    signs = {"": 2.0, " ": 4.0, "\u200c": 5.0, "two": 2.0}
    numbers = replace(SHIPPED["en"].numbers, values=signs, ordinals=dict.fromkeys(signs, 2), indefinite=signs)
    english = replace(SHIPPED["en"], numbers=numbers)
    assert [one.value for one in quantities.read("two & two", english)] == [2.0, 2.0]
    assert set(quantities.magnitudes("two & two", english)) == {2.0}
