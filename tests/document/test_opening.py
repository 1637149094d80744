"""Title, subtitle and what stands beside them."""

from tests.support.plain import LONG, read


def test_a_line_in_capitals_above_the_date_is_not_the_title():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    found = read(f"FOR IMMEDIATE RELEASE\n14 March 2023\n\nDockers refuse to load ship\n\n{text}", "en")
    assert found == [("date", 2, 2), ("title", 4, 4)]


def test_the_first_lines_of_a_chat_are_said_by_somebody():
    text = "[12.03.24, 18:04] Rosa: the ship is in\n[12.03.24, 18:05] Sami: nobody loads it"
    assert read(text, "en") == []


def test_lines_that_stand_together_below_to_say_who_is_addressed():
    head = "دادخواست\n\nبه رئیس دادگاه\nشهر یادگار\n\n"
    assert read(f"{head}{LONG}\n\n{LONG}") == [("title", 1, 1)]


def test_directly_below_a_day_stands_where_it_is():
    found = read(f"جشن مهرگان\n\nشنبه، ۱۲ خرداد ۱۴۰۲\nمیدان شهرداری\n\n{LONG}")
    assert found == [("title", 1, 1), ("date", 3, 3), ("contact", 4, 4)]
