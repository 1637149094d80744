"""Dates of sentences."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Calendar
from pipeline.text import days

JALALI, GREGORIAN = Calendar.JALALI, Calendar.GREGORIAN


def found(text, lang):
    return [(day.calendar, day.parts) for day in days.read(text, SHIPPED[lang])[0]]


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        ("fa", "۱۲ خرداد ۱۴۰۴", [(JALALI, (1404, 3, 12))]),
        ("fa", "دهم اسفند ماه سال ۱۳۹۹", [(JALALI, (1399, 12, 10))]),
        ("fa", "28 تا 30 اکتبر2016", [(GREGORIAN, (2016, 10, 28)), (GREGORIAN, (2016, 10, 30))]),
        ("fa", "سپتامبر ۳۰، اکتبر ۱ و ۲ - ۲۰۱۱", [(GREGORIAN, (None, 9, 30)), (GREGORIAN, (2011, 10, 1)), (GREGORIAN, (2011, 10, 2))]),
        ("fa", "۱۵ اوت - آگوست ۲۰۱۱", [(GREGORIAN, (2011, 8, 15))]),
        ("fa", "در آبان ۹۸", [(JALALI, (1398, 8, None))]),
        ("fa", "۱۴۰۴/۳/۱۲", [(JALALI, (1404, 3, 12))]),
        ("fa", "از ۱۲ می گذرد", []),
        ("fa", "۱۲ می ۲۰۲۰", [(GREGORIAN, (2020, 5, 12))]),
        ("fa", "از مهر ما", []),
        ("en", "June 2, 2025", [(GREGORIAN, (2025, 6, 2))]),
        ("en", "the 2nd of June", [(GREGORIAN, (None, 6, 2))]),
        ("en", "14 and 15 March 2025", [(GREGORIAN, (2025, 3, 14)), (GREGORIAN, (2025, 3, 15))]),
        ("en", "they may 3", []),
        ("en", "2025-06-02", [(GREGORIAN, (2025, 6, 2))]),
        ("fr", "les 30 septembre, 1er et 2 octobre 2011", [(GREGORIAN, (None, 9, 30)), (GREGORIAN, (2011, 10, 1)), (GREGORIAN, (2011, 10, 2))]),
        ("fr", "juin–juillet 2025", [(GREGORIAN, (2025, 6, None)), (GREGORIAN, (2025, 7, None))]),
        ("de", "vom 3. bis 5. Mai 2016", [(GREGORIAN, (2016, 5, 3)), (GREGORIAN, (2016, 5, 5))]),
        ("de", "Wir waren 3. Im Mai 2016", [(GREGORIAN, (2016, 5, None))]),
        ("en", "We were 3. May 2016 came", [(GREGORIAN, (2016, 5, None))]),
        ("es", "el 1.º de mayo de 2016", [(GREGORIAN, (2016, 5, 1))]),
        ("it", "1º maggio 2016, 1° giugno", [(GREGORIAN, (2016, 5, 1)), (GREGORIAN, (None, 6, 1))]),
        ("sv", "den 3–5 maj 2016", [(GREGORIAN, (2016, 5, 3)), (GREGORIAN, (2016, 5, 5))]),
        ("tr", "2016 yılının Mart ayında ve 1 Mayıs’ta", [(GREGORIAN, (2016, 3, None)), (GREGORIAN, (None, 5, 1))]),
        ("az", "2016-cı il martın 8-də, 9 may 2020-ci il", [(GREGORIAN, (2016, 3, 8)), (GREGORIAN, (2020, 5, 9))]),
        ("ku", "8’ê Adara 2016’an û 15ê Tebaxê", [(GREGORIAN, (2016, 3, 8)), (GREGORIAN, (None, 8, 15))]),
        ("ckb", "٨ی ئازاری ٢٠١٦ەوە، ١ی کانوونی دووەمی ٢٠٢٥", [(GREGORIAN, (2016, 3, 8)), (GREGORIAN, (2025, 1, 1))]),
        ("ckb", "لە یەکەمی ڕەزبەرەوە", [(JALALI, (None, 7, 1))]),
    ],
)  # fmt: skip
def test_dates_are_read_as_each_language_writes_them(lang, text, dates):
    assert sorted(found(text, lang), key=str) == sorted(dates, key=str)


def test_months_are_named_with_a_day_or_without():
    assert days.months_named("پایان تیرماه و اول مهر", SHIPPED["fa"]) == {4, 7}


def test_numbers_of_a_date_are_not_numbers_beside_it():
    dates, numbers = days.read("۱۲ خرداد ۱۴۰۴ با ۳۷ نفر", SHIPPED["fa"])
    assert len(dates) == 1 and [one.value for one in numbers] == [37]


def test_a_month_with_an_ezafe_keeps_its_year():
    (day,) = days.read("۲۱ ژانویهٔ ۲۰۲۵", SHIPPED["fa"])[0]
    assert day.parts == (2025, 1, 21)


def test_no_date_is_missed_where_sentences_are_passed_over():
    for text in ("۱۲ خرداد ۱۴۰۴", "یک مه", "le 1er mai", "May Day, the first of May", "12.6.2025", "اول ماه مه"):
        for language in SHIPPED.values():
            assert days.may_be_in(text, language) or not days.read(text, language)[0], (text, language.code)
    assert not days.may_be_in("le pain et la paix", SHIPPED["fr"])
    assert not days.may_be_in("کارگران می\u200cروند", SHIPPED["fa"])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("از ۲۴ اسد ۱۴۰۰ که", [(1400, 5, 24)]),
        ("۳ حمل سال ۱۴۰۲", [(1402, 1, 3)]),
        ("به میزان ۲۰ درصد در سال ۱۴۰۰", []),
        ("۵ جدی و ۱۰ میزان", []),
        ("از ۱۲ سرطان گفتند", []),
    ],
)
def test_a_month_whose_name_is_another_word_stands_between_a_day_and_a_year(text, read):
    assert [(day.year, day.month, day.day) for day in days.read(text, SHIPPED["fa"])[0]] == read
