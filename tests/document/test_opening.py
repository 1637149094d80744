"""Title, subtitle and what stands beside them."""

import pytest

from tests.support.plain import LONG, read


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("قطعنامهٔ پایانی سومین کنگرهٔ", "فدراسیون سراسری دانشجویان", [("title", 1, 2)]),
        ("به یاد بانو فرنگیس، صدای خاوران", "زادهٔ ۱۳۱۴ – درگذشتهٔ ۱۳۹۷", [("title", 1, 1), ("subtitle", 2, 2)]),
        ("آمار کارگران آسیب دیده", "در شش ماههٔ نخست سال، به تفکیک شهر", [("title", 1, 1), ("subtitle", 2, 2)]),
        ("کار خانگی و سکوت قانون", "فرزانه ابراهیمی", [("title", 1, 1), ("signature", 2, 2)]),
        ("گزارش سالانه", "تنظیم: دبیرخانهٔ کانون", [("title", 1, 1), ("signature", 2, 2)]),
        ("پیام مادران", "۲۴ تا ۲۶ شهریور ۱۴۰۰، شهر یادگار", [("title", 1, 1), ("date", 2, 2)]),
    ],
)
def test_the_line_below_a_title(first, second, expected):
    assert read(f"{first}\n{second}\n\n{LONG}\n\n{LONG}") == expected


def test_where_there_are_capitals_one_begins_a_subtitle():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    assert read(f"Report on a Strike\nHow It Began\n\n{text}", "en") == [("title", 1, 1), ("subtitle", 2, 2)]
    assert read(f"Report on a Strike\nof the bakers\n\n{text}", "en") == [("title", 1, 2)]


def test_a_line_in_capitals_above_the_date_is_not_the_title():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    found = read(f"FOR IMMEDIATE RELEASE\n14 March 2023\n\nDockers refuse to load ship\n\n{text}", "en")
    assert found == [("date", 2, 2), ("title", 4, 4)]


def test_above_the_subject_of_a_letter_the_sender_is_an_address_and_the_recipient_is_none():
    text = f"به نام خدا\nاتحادیهٔ کارگران\nشماره: ۱۱۸\nتاریخ: ۱۳۹۹/۰۷/۲۲\n\nشهردار محترم شهر\n\nموضوع: دستمزد\n\n{LONG}"
    assert read(text) == [("contact", 2, 2), ("contact", 3, 3), ("date", 4, 4), ("title", 8, 8)]
