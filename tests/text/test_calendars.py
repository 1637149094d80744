"""Days of one calendar in the other."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Calendar
from pipeline.text import calendars, days


@pytest.mark.parametrize(
    ("persian", "english", "same"),
    [
        ("۱۲ خرداد ۱۴۰۴", "2 June 2025", True), ("۱۲ خرداد ۱۴۰۴", "3 June 2025", False), ("۵ دی ۱۳۸۲", "26 December 2003", True),
        ("آبان ۱۳۹۸", "November 2019", True), ("آبان ۱۳۹۸", "December 2019", False), ("۲۲ بهمن", "11 February", True),
        ("۲۲ بهمن", "14 February", False), ("۸ مارس", "8 March", True), ("۸ مارس", "8 May", False),
        ("۳۰ اسفند ۱۴۰۰", "20 March 2022", False),
    ],
)  # fmt: skip
def test_a_date_is_the_same_in_the_other_calendar_or_another(persian, english, same):
    (one,), (other,) = days.read(persian, SHIPPED["fa"])[0], days.read(english, SHIPPED["en"])[0]
    assert calendars.are_one(one, other) is calendars.are_one(other, one) is same


def test_a_month_is_bounded_by_days_and_lies_in_years_of_the_other_calendar():
    def gregorian(year, month, day):
        return days.Day(Calendar.GREGORIAN, year, month, day, 0, 0)

    assert calendars.bounds(gregorian(2024, 7, 22), 4) and not calendars.bounds(gregorian(2024, 7, 15), 4)
    assert calendars.years_of(gregorian(2025, 3, None)) == {1403, 1404} and calendars.years_of(
        gregorian(2025, 4, None)
    ) == {1404}


@pytest.mark.parametrize(
    ("text", "calendar", "parts"),
    [
        ("8 March 2024", Calendar.JALALI, (1402, 12, 18)), ("8 March 2024", Calendar.GREGORIAN, (2024, 3, 8)),
        ("8 March", Calendar.JALALI, (None, 3, 8)), ("March 2024", Calendar.JALALI, (2024, 3, None)),
        ("30 February 2024", Calendar.JALALI, (2024, 2, 30)),
    ],
)  # fmt: skip
def test_a_date_known_to_the_day_is_given_in_the_other_calendar(text, calendar, parts):
    (day,) = days.read(text, SHIPPED["en"])[0]
    assert calendars.in_calendar(day, calendar) == parts
