"""What a language's file says of the language itself."""

from pipeline.languages import SHIPPED
from pipeline.languages.sections import Calendar, Dates


def test_a_month_has_its_names_in_each_calendar_the_usual_one_first():
    dates = Dates(gregorian={"January": 1, "Jan": 1, "May": 5}, jalali={"Farvardin": 1})
    assert dates.names(Calendar.GREGORIAN, 1) == ["January", "Jan"]
    assert dates.names(Calendar.JALALI, 1) == ["Farvardin"]
    assert dates.names(Calendar.JALALI, 2) == []
    assert all(SHIPPED[code].dates.names(Calendar.GREGORIAN, 12) for code in SHIPPED)
