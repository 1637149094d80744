"""Which words a number keeps together, in the words of each language."""

import pytest

from pipeline.edition.render.pdf import linewords, numbers
from pipeline.languages import SHIPPED

KNOWN = linewords.read({code: linewords.job(SHIPPED[code]) for code in SHIPPED})


def kept(text, lang):
    return [text[start:].split()[0] for start in sorted(numbers.bound(text, KNOWN[lang]))]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "on 30 September 2025 at noon", ["September", "2025"]),
        ("en", "met on September 30, 2025, and parted", ["30,", "2025,"]),
        ("fr", "le 1er mai 2024 à Paris", ["mai", "2024"]),
        ("es", "el 30 de septiembre de 2025 en Madrid", ["de", "septiembre", "de", "2025"]),
        ("de", "am 30. September 2025 in Berlin", ["September", "2025"]),
        ("ku", "30ê çileya 2025an de", ["çileya", "2025an"]),
        ("tr", "30 Eylül 2025 günü", ["Eylül", "2025"]),
        ("fa", "روز ۳۰ شهریور ۱۴۰۴ در تهران", ["۳۰", "شهریور", "۱۴۰۴"]),
        ("ar", "في 30 أيلول 2025 في بيروت", ["أيلول", "2025"]),
    ],
)
def test_a_date_is_one_as_a_whole(lang, text, words):
    assert kept(text, lang) == words


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "the 340 workers, 1,200 men and 3.5 million people", ["workers,", "men", "million"]),
        ("fr", "les 340 ouvriers", ["ouvriers"]),
        ("fa", "و ۳۴۰ کارگر و ۱۲ نفر", ["کارگر", "نفر"]),
        ("en", "see № 5, Art. 12 there and Article 5 in it", ["5,", "12", "5"]),
        ("fa", "ماده ۱۲ و سال ۱۳۹۹ بود", ["۱۲", "۱۳۹۹"]),
    ],
)
def test_a_number_keeps_to_its_noun(lang, text, words):
    assert kept(text, lang) == words


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("de", "sind 48 370,50 € und (1 250 000) da", ["370,50", "250", "000)"]),
        ("fr", "environ 12 000 tomans", ["000", "tomans"]),
        ("fa", "مبلغ ۴۸ ۳۷۰ رسید", ["۳۷۰", "رسید"]),
        ("en", "in 2024 350 were there, and 12 34", []),
        ("en", "lots 1234 567, 12 3456", []),
    ],
)
def test_a_number_with_spaces_between_its_thousands_is_one(lang, text, words):
    found = kept(text, lang)
    assert [word for word in found if word[0].isdigit() or word in words] == words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "in 2016 workers, 5 and the other 7; here"),
        ("en", "There were 12. People came in May, 5th of all."),
        ("fa", "از ۵ تا ۷ و نیز"),
        ("en", "no numbers"),
    ],
)
def test_a_year_and_a_number_before_no_noun_keep_to_nothing(lang, text):
    assert kept(text, lang) == []


@pytest.mark.parametrize("code", SHIPPED)
def test_every_language_that_is_shipped_says_what_it_numbers(code):
    assert KNOWN[code].numbered and KNOWN[code].leading and KNOWN[code].months
