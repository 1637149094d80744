"""A subtitle, who wrote it and where it is, below a title."""

import pytest

from tests.support.plain import LONG, read


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("قطعنامهٔ پایانی سومین کنگرهٔ", "فدراسیون سراسری دانشجویان", [("title", 1, 2)]),
        ("به یاد بانو فرنگیس، صدای خاوران", "زادهٔ ۱۳۱۴ – درگذشتهٔ ۱۳۹۷", [("title", 1, 1), ("subtitle", 2, 2)]),
        ("آمار کارگران آسیب دیده", "در شش ماههٔ نخست سال، به تفکیک شهر", [("title", 1, 1), ("subtitle", 2, 2)]),
        ("کار خانگی و سکوت قانون", "فرزانه ابراهیمی", [("title", 1, 1), ("signature", 2, 2)]),
        ("گفت‌وگو با رانندگان شرکت واحد", "«اتوبوس را ما می‌رانیم، نه مدیر»", [("title", 1, 1), ("subtitle", 2, 2)]),
        ("گزارش سالانه", "تنظیم: دبیرخانهٔ کانون", [("title", 1, 1), ("signature", 2, 2)]),
        ("پیام مادران", "۲۴ تا ۲۶ شهریور ۱۴۰۰، شهر یادگار", [("title", 1, 1), ("date", 2, 2)]),
    ],
)
def test_the_line_below_a_title(first, second, expected):
    assert read(f"{first}\n{second}\n\n{LONG}\n\n{LONG}") == expected


def test_the_house_below_a_day_is_an_address():
    text = f"همایش زبان مادری\n۲ تا ۴ اسفند ۱۴۰۲\nتالار شهر، خیابان باغ، شمارهٔ ۹\n\n{LONG}"
    assert read(text) == [("title", 1, 1), ("date", 2, 2), ("contact", 3, 3)]


def test_who_asked_stands_between_gaps_below_a_title():
    text = f"«ما می‌خواهیم معلم باشیم»\nگفت‌وگو با دبیر انجمن\n\nگفت‌وگو: پرستو آهنگر\n\n{LONG}"
    assert read(text)[-1] == ("signature", 4, 4)
