"""What numbers are worth: in figures, in words and in both."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.text import quantities

SAME = [
    ("۳/۵ درصد", "3.5 per cent", "3,5 %"),
    ("۱.۳۰۰.۰۰۰ بشکه", "1,300,000 barrels", "1 300 000 barils"),
    ("یک میلیون و ۲۰۰ هزار نفر", "1.2 million people", "1,2 million de personnes"),
    ("دو و نیم میلیون", "two and a half million", "deux millions et demi"),
    ("نیم میلیون", "half a million", "500\u202f000"),
    ("قرن نوزدهم", "the 19th century", "le XIXe siècle"),
    ("قرن بیست و یکم", "the twenty-first century", "le vingt et unième siècle"),
    ("سی‌ویک سال", "thirty-one years", "trente et un ans"),
    ("هزار و سیصد و پنجاه و هفت", "1357", "mille trois cent cinquante-sept"),
    ("نود و هفت", "ninety-seven", "quatre-vingt-dix-sept"),
    ("هفتاد و یک", "seventy-one", "soixante et onze"),
    ("ششصد و پنجاه هزار", "650,000", "six cent cinquante mille"),
    ("۵ هزار میلیارد تومان", "5,000 billion tomans", "5000 milliards de tomans"),
    ("دهه شصت", "the 1980s", "les années 1980"),
    ("دهه هولناک ۶۰", "the horrific 1980s", "l’effroyable décennie 1980"),
    ("ساعت ۶ بعدازظهر", "6 p.m.", "18 h"),
    ("حقوق یازده میلیونی", "eleven million in pay", "onze millions de traitement"),
    ("سه برابر", "trebled", "triplé"),
    ("دو برابر", "twice as high", "deux fois plus élevé"),
    ("ساعت ۱۷:۳۰", "5.30 p.m.", "17 h 30"),
    ("۱۲۵۰٫۵۰ دلار", "$1,250.50", "1\u202f250,50 dollars"),
    ("سی‌امین سال", "the thirtieth year", "la trentième année"),
    ("هجده روز", "eighteen days", "dix-huit jours"),
]


@pytest.mark.parametrize("texts", SAME, ids=[english for _, english, _ in SAME])
def test_a_number_is_worth_the_same_in_every_language(texts):
    (persian,), (english,), (french,) = (
        quantities.read(text, SHIPPED[lang]) for lang, text in zip(("fa", "en", "fr"), texts, strict=True)
    )
    assert persian.values & english.values & french.values


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("fa", "دو یا سه نفر", [2, 3]), ("fa", "بهمن57", [57]), ("fa", "یازدهم و دوم", [11, 2]), ("fa", "۳۷ و ۳۷", [37, 37]),
        ("en", "two, three", [2, 3]), ("en", "in 1979, 200 people", [1979, 200]), ("en", "2, 3 and 4", [2, 3, 4]),
        ("fr", "les 3 et 4", [3, 4]), ("fr", "six pour cent", [6]), ("en", "1,250 of 7.5", [1250, 7.5]),
        ("fr", "Le 3", [3]), ("en", "2.6.2025", [2, 6, 2025]),
    ],
)  # fmt: skip
def test_numbers_that_stand_side_by_side_are_several(lang, text, values):
    assert [one.value for one in quantities.read(text, SHIPPED[lang])] == values


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fa", "دهها هزار نفر"), ("fa", "میلیون‌ها نفر"), ("fa", "هزاران تن"), ("fa", "چند هزار"), ("fa", "بی‌بی‌سی"),
        ("en", "tens of thousands"), ("en", "hundreds"), ("en", "no one"), ("fr", "des dizaines de milliers"),
        ("fr", "des millions"), ("fa", "همه آمدند"), ("fa", "سهم ما"), ("en", "often"), ("fr", "Ce livre"), ("en", "+49 (30) 123456"),
    ],
)  # fmt: skip
def test_what_counts_nothing_exactly_is_no_number(lang, text):
    assert quantities.read(text, SHIPPED[lang]) == ()


@pytest.mark.parametrize(
    ("lang", "text"), [("fa", "نه به جنگ"), ("fa", "یک روز"), ("fa", "هفت‌تپه"), ("en", "one"), ("fr", "une")]
)
def test_a_word_that_may_be_no_number_is_uncertain(lang, text):
    (one,) = quantities.read(text, SHIPPED[lang])
    assert not one.is_certain


def test_places_are_those_of_the_text_as_it_stands():
    text = "می‌گوید ۱٬۲۵۰ نفر و İ سه"
    assert [text[one.start : one.end] for one in quantities.read(text, SHIPPED["fa"])] == ["۱٬۲۵۰", "سه"]


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("خمسة وعشرون عاملاً", [25]), ("ثلاثمئة وسبعة وأربعين", [347]), ("ألفي عامل", [2000]), ("خمسة آلاف", [5000]),
        ("سبعة عشر شخصاً", [17]), ("الحادي والعشرين", [21]), ("40 في المئة", [40]), ("عشرات الآلاف", []),
    ],
)  # fmt: skip
def test_units_stand_before_tens_in_arabic(text, worth):
    assert [one.value for one in quantities.read(text, SHIPPED["ar"])] == worth


def test_thousands_are_read_whatever_vowels_are_marked_on_them():
    assert quantities.magnitudes("هزارانِ کارگر", SHIPPED["fa"]) == {1000: "هزاران"}
