"""Lines that are dates, and lines with dates in them."""

import pytest

from tests.support.plain import LONG, read


@pytest.mark.parametrize(
    "line",
    [
        "۲۴ تا ۲۶ شهریور ۱۴۰۰، شهر یادگار", "چهارشنبه، ۹ شهریور", "آدینه ۲ آذر ۱۳۹۷", "یکشنبه 8 مارس 2020 / 18 اسفند 1398",
        "پاییز ۱۴۰۰", "دشت‌کوه، یازدهم اردیبهشت ماه ۱۳۹۸", "۲ / ۳ / ۱۴۰۲",
    ],
)  # fmt: skip
def test_a_date_may_have_a_place_on_either_side(line):
    assert read(f"گزارش\n\n{LONG}\n\n{line}")[1] == ("date", 5, 5)


@pytest.mark.parametrize("line", ["کارهای کانون از ۱ فروردین تا ۲۹ اسفند ۱۴۰۲", "یک", "در ۹ نکته", "آمار سال ۱۴۰۰"])
def test_a_line_that_says_more_than_when_is_none(line):
    assert ("date", 3, 3) not in read(f"گزارش\n\n{line}\n{LONG}")
