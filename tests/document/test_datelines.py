"""Lines that are dates, and lines with dates in them."""

from dataclasses import replace

import pytest

from pipeline.document.datelines import is_date
from pipeline.document.lines import patterns
from pipeline.languages import SHIPPED
from pipeline.languages.sections import Dates
from tests.support.plain import LONG, read


@pytest.mark.parametrize(
    "line",
    [
        "۲۴ تا ۲۶ شهریور ۱۴۰۰، شهر یادگار", "چهارشنبه، ۹ شهریور", "آدینه ۲ آذر ۱۳۹۷", "یکشنبه 8 مارس 2020 / 18 اسفند 1398",
        "شنبه ۱۲ آذر، ساعت ۱۹",         "پاییز ۱۴۰۰", "دشت‌کوه، یازدهم اردیبهشت ماه ۱۳۹۸", "۲ / ۳ / ۱۴۰۲",
    ],
)  # fmt: skip
def test_a_date_may_have_a_place_on_either_side(line):
    assert read(f"گزارش\n\n{LONG}\n\n{line}")[1] == ("date", 5, 5)


@pytest.mark.parametrize("line", ["صورت‌جلسه شنبه ۱۲ مهر ۱۴۰۱", "مصوب شنبه ۱۲ مهر ۱۴۰۱"])
def test_what_was_done_on_a_day_is_one_word_in_its_parts_or_not(line):
    assert ("date", 5, 5) in read(f"گزارش\n\n{LONG}\n\n{line}\n\n{LONG}")


@pytest.mark.parametrize("line", ["کارهای کانون از ۱ فروردین تا ۲۹ اسفند ۱۴۰۲", "یک", "در ۹ نکته", "آمار سال ۱۴۰۰"])
def test_a_line_that_says_more_than_when_is_none(line):
    assert ("date", 3, 3) not in read(f"گزارش\n\n{line}\n{LONG}")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de", "Köln, den 8. März 2024"), ("es", "Madrid, 8 de marzo de 2024"), ("it", "Roma, 8 marzo 2024"),
        ("sv", "Stockholm, den 8 mars 2024"), ("tr", "İstanbul, 8 Mart 2024"), ("az", "8 mart 2024-cü il"),
        ("ku", "8ê Adara 2024an"), ("ckb", "٨ی ئازاری ٢٠٢٤"), ("ar", "بيروت، 12 تشرين الثاني 2016"), ("ar", "12 تشرين الثاني/نوفمبر 2016"),
        ("ku", "Amed, 12ê çiriya paşîn 2016an"), ("az", "2016-cı il noyabrın 12-si"), ("ckb", "سلێمانی، ٨ی ئازاری ٢٠٢٤"),
    ],
)  # fmt: skip
def test_a_date_is_one_in_every_language(lang, line):
    assert read(f"A b c\n\n{LONG}\n\n{line}", lang)[-1] == ("date", 5, 5)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("fa", "کابل، ۲۴ اسد ۱۴۰۳ هـ.ش. مطابق ۱۴ آگست ۲۰۲۴م"), ("fa", "۵ مهر ۱۴۰۳ برابر با ۲۳ ربیع‌الاول ۱۴۴۶ و ۲۶ سپتامبر ۲۰۲۴"),
        ("ar", "القاهرة في 3 ديسمبر/كانون الأول 2024م الموافق 1 جمادى الآخرة 1446هـ"), ("en", "Cairo on 3 December 2024"),
        ("tr", "14.03.2025 – İstanbul"),
    ],
)  # fmt: skip
def test_a_date_above_the_text_may_stand_in_two_calendars_or_beside_its_place(lang, line):
    assert read(f"A b c\n\n{line}\n\n{LONG}", lang)[1] == ("date", 3, 3)


@pytest.mark.parametrize(
    "line", ["پنجشنبه ۲۴/۱۲/۱۴۰۱، ساعت ۲۰", "9/ اردی‌بهشت / 1395", "۱۲ آذر ۱۴۰۲، از ساعت ۱۹", "تهران ۳ مهر ۱۴۰۰"]
)
def test_below_a_text_stand_days_with_hours_strokes_or_a_place_without_a_comma(line):
    assert read(f"گزارش\n\n{LONG}\n\n{line}")[1] == ("date", 5, 5)


@pytest.mark.parametrize(
    ("code", "month", "line"),
    [("zh", "3月", "2026年3月15日"), ("ja", "4月", "2026年4月2日"), ("he", "אפריל", "12 באפריל 2026"), ("ru", "марта", "1 марта 2026 г")],
)  # fmt: skip
def test_a_language_whose_file_names_the_months_has_the_other_words_of_its_dates(code, month, line):
    language = replace(SHIPPED["en"], code=code, dates=Dates(gregorian={month: 3}))
    assert is_date(line, patterns(language))
