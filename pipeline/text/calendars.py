"""Dates of one calendar in the other, the Gregorian or the Jalali: whether two are the same."""

import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from pipeline.languages.sections import Calendar
from pipeline.text.dates import Parts
from pipeline.text.days import Day, Rendering
from pipeline.text.quantities import Quantity

_YEARS_AROUND = range(1390, 1411)
"""Jalali years by which a day without a year is converted: the calendars move by a day or two against each other."""

_IN_USE = 1304
"""The year in which the calendar became that of the state; what was converted before may be a day earlier."""


@lru_cache(maxsize=256)
def converted(day: Day) -> frozenset[Parts]:
    """Return a Jalali date in the Gregorian calendar: a month is two there, a day without a year may be one of two."""
    if day.year and day.day:
        days = range(max(1, day.day - (day.year < _IN_USE)), day.day + 1)
        return frozenset(chain.from_iterable(_gregorian(day.year, day.month, one) for one in days))
    if day.year:
        ends = [*_gregorian(day.year, day.month, 1), *_gregorian(day.year, day.month, 29)]
        return frozenset((year, month, None) for year, month, _ in ends)
    return frozenset(
        (None, month, date) for year in _YEARS_AROUND for _, month, date in _gregorian(year, day.month, day.day or 1)
    )


def _gregorian(year: int, month: int, day: int) -> Iterator[tuple[int, int, int]]:
    import jdatetime

    try:
        date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return
    yield date.year, date.month, date.day


def is_rendered(day: Day, other: Day, rendering: Rendering, own: Calendar = Calendar.GREGORIAN) -> bool:
    """Whether a date of a target is one of its source, as it stands or converted into its `own` calendar, as may be.

    A Gregorian month lies in two Jalali ones, so it may always stand as it is.
    """
    if day.calendar is other.calendar:
        is_loose = own is Calendar.JALALI and not (day.year and day.day)
        kept = rendering is not Rendering.CONVERTED or day.calendar is own or is_loose
        return kept and day.parts == other.parts
    return rendering is not Rendering.KEPT and are_one(day, other)


def in_calendar(day: Day, calendar: Calendar) -> Parts:
    """Return a date in a calendar if it is known to the day, with its year; as it stands otherwise."""
    if day.calendar is calendar or not (day.year and day.day):
        return day.parts
    found = _jalali if calendar is Calendar.JALALI else _gregorian
    return next(iter(found(day.year, day.month, day.day)), day.parts)


def _jalali(year: int, month: int, day: int) -> Iterator[tuple[int, int, int]]:
    import jdatetime

    try:
        own = jdatetime.date.fromgregorian(date=datetime.date(year, month, day))
    except ValueError:
        return
    yield own.year, own.month, own.day


def are_one(day: Day, other: Day) -> bool:
    """Whether two dates are the same, whatever their calendars."""
    if day.calendar is other.calendar:
        return day.parts == other.parts
    jalali, gregorian = (day, other) if day.calendar is Calendar.JALALI else (other, day)
    return gregorian.parts in converted(jalali)


def bounds(day: Day, month: int) -> bool:
    """Whether a Gregorian day is the first or last of a Jalali month, by any year: “22 July” in Tir."""
    if day.calendar is Calendar.JALALI or not day.day:
        return False
    dates = (Day(Calendar.JALALI, None, month, date, 0, 0) for date in (1, 29, 30, 31))
    return any((None, day.month, day.day) in converted(date) for date in dates)


def is_at_an_end(day: Day, years: Sequence[Quantity]) -> bool:
    """Whether a Gregorian day is the first or last of a Jalali month; its year, if it has one, must be a number."""
    if day.calendar is Calendar.JALALI or not day.day:
        return False
    if not day.year:
        return any(bounds(day, month) for month in range(1, 13))
    jalali = next(_jalali(day.year, day.month, day.day), None)
    ends = (1, *range(_SHORTEST_MONTH, 32))
    return jalali is not None and jalali[2] in ends and any(one.may_be(frozenset([float(jalali[0])])) for one in years)


_SHORTEST_MONTH = 29


def years_of(day: Day) -> frozenset[float]:
    """Return the Jalali years in which a Gregorian month lies: 1403 and 1404 for “March 2025”."""
    if day.calendar is Calendar.JALALI or day.day or not day.year:
        return frozenset()
    return frozenset(float(day.year - less) for less in (621, 622) if _is_in_year(day.month, less))


def _is_in_year(month: int, less: int) -> bool:
    return month >= _MARCH if less == 621 else month <= _MARCH


_MARCH = 3
"""In which a Jalali year begins."""
