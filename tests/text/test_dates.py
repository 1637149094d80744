from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Calendar
from pipeline.text import dates


@pytest.mark.parametrize(
    ("lang", "iso", "words"),
    [
        ("en", "2016-10-30", "30 October 2016"),
        ("fr", "2016-10-30", "30 octobre 2016"),
        ("fr", "2012-05-01", "1er mai 2012"),
        ("fr", "2012-05-02", "2 mai 2012"),
        ("es", "2012-05-01", "1.º de mayo de 2012"),
        ("ckb", "2012-05-02", "٢ی ئایاری ٢٠١٢"),
        ("az", "2012-05-02", "2 may 2012"),
        ("fa", "2016-10-30", "۹ آبان ۱۳۹۵ (۳۰ اکتبر ۲۰۱۶)"),
        ("fa", "2026-03-21", "۱ فروردین ۱۴۰۵ (۲۱ مارس ۲۰۲۶)"),
        ("en", "2016-01", "January 2016"),
        ("fr", "2016-01", "janvier 2016"),
        ("fa", "2016-10", "اکتبر ۲۰۱۶"),
        ("fa", "2016", "۲۰۱۶"),
        ("en", "", ""),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(lang, iso, words):
    assert dates.in_words(iso, SHIPPED[lang]) == words


def test_a_language_without_names_of_months_keeps_the_date():
    english = SHIPPED["en"]
    nameless = replace(english, dates=replace(english.dates, gregorian={}))
    assert [dates.in_words(date, nameless) for date in ("2016-10-30", "2016-10")] == ["2016-10-30", "2016-10"]
    persian = SHIPPED["fa"]
    assert dates.in_words("2016-10-30", replace(persian, dates=replace(persian.dates, gregorian={}))) == "۹ آبان ۱۳۹۵"


@pytest.mark.parametrize(
    ("parts", "calendar", "lang", "words"),
    [
        ((2025, 6, 2), "gregorian", "en", "2 June 2025"),
        ((None, 6, 2), "gregorian", "en", "2 June"),
        ((1404, 3, None), "jalali", "en", "Khordad 1404"),
        ((2025, 10, 1), "gregorian", "fr", "1er octobre 2025"),
        ((None, 1, 1), "jalali", "fa", "۱ فروردین"),
        ((None, 11, 15), "gregorian", "es", "15 de noviembre"),
        ((None, 11, 15), "gregorian", "ku", "15ê mijdara"),
        ((2019, 11, 15), "gregorian", "ku", "15ê mijdara 2019an"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(parts, calendar, lang, words):
    assert dates.written(parts, Calendar(calendar), SHIPPED[lang]) == words


def test_a_month_has_a_form_of_its_own_and_no_comma_is_left_over():
    english = SHIPPED["en"]
    other = replace(english.dates, form="{month} {day}, {year}", month_form="{month}\u00a0of {year}")
    american = replace(english, dates=other)
    written = [
        dates.written(parts, Calendar.GREGORIAN, american) for parts in ((2025, 6, 2), (None, 6, 2), (2025, 6, None))
    ]
    assert written == ["June 2, 2025", "June 2", "June\u00a0of 2025"]
    assert dates.in_words("2025-06", american) == "June\u00a0of 2025"
