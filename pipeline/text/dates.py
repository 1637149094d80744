"""Dates as a language writes them."""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.languages import Language
from pipeline.languages.sections import Calendar
from pipeline.model import first_day

Parts = tuple[int | None, int, int | None]
"""A year, a month and a day; without a day it is a month, without a year any."""


_BEFORE_YEAR = re.compile(r"(?<=\})[^{}]*\{year\}[^{}]*$|^\{year\}[^{}]*")
"""A year in the form of a date, with what joins it to the rest: «de» in «{day} de {month} de {year}»."""


def in_words(iso: str, language: Language, others: Sequence[Calendar] = ()) -> str:
    """Return a date in words, in each calendar of the language, those after the first in brackets; empty for none.

    `others` are calendars that it is given in, too, as far as the language has names for their months.

    A month or a year without a day is written as it is: in the other calendar it would be two. A language that
    has no names of months keeps the date as it is.
    """
    if not iso:
        return ""
    day = date.fromisoformat(first_day(iso))
    if first_day(iso) != iso:
        return _month_or_year(day, language, iso)
    calendars = dict.fromkeys([*language.dates.calendars, *others])
    first, *more = (written(_parts(day, calendar), calendar, language) for calendar in calendars)
    return "".join([first or iso, *(f" ({other})" for other in more if other)])


def _month_or_year(day: date, language: Language, iso: str) -> str:
    if "-" not in iso:
        return language.number(day.year)
    return written((day.year, day.month, None), Calendar.GREGORIAN, language) or iso


def written(parts: Parts, calendar: Calendar, language: Language) -> str:
    """Return a date as far as it is known, as the language writes it; empty when it does not name the month."""
    year, month, day = parts
    names, dates = language.dates.names(calendar, month), language.dates
    if not names:
        return ""
    form, shown = dates.form if day else dates.month_form, language.number(year) if year else ""
    form = form if year else without_year(form)
    number = dates.first if day == 1 and dates.first else language.number(day or 0)
    return form.format(day=number, month=names[0], year=shown)


def without_year(form: str) -> str:
    """Return the form of a date without its year and what joins that to the rest."""
    return _BEFORE_YEAR.sub("", form)


def _parts(day: date, calendar: Calendar) -> Parts:
    return _jalali(day) if calendar is Calendar.JALALI else (day.year, day.month, day.day)


def _jalali(day: date) -> tuple[int, int, int]:
    import jdatetime

    own = jdatetime.date.fromgregorian(date=day)
    return own.year, own.month, own.day
