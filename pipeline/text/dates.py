"""Dates as a language writes them."""

from datetime import date

from pipeline.languages import Calendar, Language
from pipeline.model import first_day


def in_words(iso: str, language: Language) -> str:
    """Return a date in words, in each calendar of the language, those after the first in brackets; empty for none.

    A month or a year without a day is written as it is: in the other calendar it would be two. A language that
    has no names of months keeps the date as it is.
    """
    if not iso:
        return ""
    day = date.fromisoformat(first_day(iso))
    if first_day(iso) != iso:
        return _month_or_year(day, language, iso)
    first, *others = (_day(day, calendar, language) for calendar in language.dates.calendars)
    return "".join([first or iso, *(f" ({other})" for other in others if other)])


def _month_or_year(day: date, language: Language, iso: str) -> str:
    year = language.number(day.year)
    if "-" not in iso:
        return year
    names = language.dates.names(Calendar.GREGORIAN, day.month)
    return language.dates.month_form.format(month=names[0], year=year) if names else iso


def _day(day: date, calendar: Calendar, language: Language) -> str:
    """Return a date in one calendar; empty when the language does not name its months."""
    year, month, number = _jalali(day) if calendar is Calendar.JALALI else (day.year, day.month, day.day)
    names = language.dates.names(calendar, month)
    if not names:
        return ""
    shown = language.dates.first if number == 1 and language.dates.first else language.number(number)
    return language.dates.form.format(day=shown, month=names[0], year=language.number(year))


def _jalali(day: date) -> tuple[int, int, int]:
    import jdatetime

    own = jdatetime.date.fromgregorian(date=day)
    return own.year, own.month, own.day
