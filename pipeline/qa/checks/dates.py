"""Dates the target changes or converts wrongly, and Jalali and Gregorian dates of one source sentence that disagree.

A disagreement is a warning on the source and never corrected: what is printed is translated. Whether a Jalali
date may stay one is `dates` in pipeline.toml.
"""

from collections.abc import Iterator, Sequence

from pipeline.languages import Language
from pipeline.languages.sections import Calendar
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import calendars, dates, days, numbersigns
from pipeline.text.days import MOST, Day, Rendering
from pipeline.text.orthography import fold, folded_words, letters_and_digits


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    yield from _months(unit, context)
    if not (numbersigns.are_in(unit.source, context.source) or numbersigns.are_in(unit.target, context.target)):
        return
    wanted, present = _days(unit.source, context.source), _days(unit.target, context.target)
    if not wanted and not present:
        return
    left, missing = present, []
    for day in wanted:
        same = [one for one in present if calendars.is_rendered(day, one, context.rendering, context.calendar)]
        same = same or [one for one in present if _bounds(one, day, context)]
        left = tuple(one for one in left if one not in same)
        is_named = not same and _is_named(day, unit.target, context.target)
        is_named &= not day.year or any(one.year == day.year for one in present)
        if not (same or is_named or _names_a_place(day, unit.source, context)):
            missing.append(day)
        elif (same and _has_lost_its_day(day, present, unit.target, context.target)) or (
            is_named and _is_month_alone(unit.target, context.target)
        ):
            text = unit.source[day.start : day.end]
            yield Finding(
                "dates", Severity.WARNING, unit, f"the target names the month of «{text}» without its day", text
            )
        elif same and _has_lost_its_year(day, wanted, present):
            text = unit.source[day.start : day.end]
            yield Finding(
                "dates", Severity.WARNING, unit, f"the target names the day of «{text}» without its year", text
            )
    yield from _missing(unit, missing, left, context)
    if not missing:
        yield from _added(unit, wanted, left, context)
    if disagreement := _disagreement(unit.source, wanted):
        yield Finding("dates", Severity.WARNING, unit, disagreement)


def _days(text: str, language: Language) -> Sequence[Day]:
    return days.read(text, language)[0][:MOST] if days.may_be_in(text, language) else ()


def _months(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield the months that are dates by themselves («پایان آذر»), where the target names no month at all."""
    named = days.months_dated(unit.source, context.source)
    if named and context.target.dates.gregorian and not days.has_month(unit.target, context.target):
        dated = {day.month for day in days.read(unit.source, context.source)[0]}
        for text in (text for month, text in named.items() if month not in dated):
            yield Finding("dates", Severity.WARNING, unit, f"the target names no month for «{text}»", text)


def _bounds(one: Day, month: Day, context: Context) -> bool:
    """Whether a date of a target is the first or last day of a month of a year: «پایان خرداد ۱۴۰۳», “20 June 2024”."""
    if month.day or not month.year or context.rendering is Rendering.KEPT or not calendars.bounds(one, month.month):
        return False
    return not one.year or (one.year, one.month, None) in calendars.converted(month)


def _is_named(day: Day, text: str, language: Language) -> bool:
    """Whether a day has a name of its own in a text, as May Day; its month is in it."""
    if day.day != 1:
        return False
    plain = letters_and_digits(text)
    return any(letters_and_digits(name) in plain for name in language.dates.names(day.calendar, day.month))


def _is_month_alone(text: str, language: Language) -> bool:
    """Whether a text that names a month has no day of it, nor another name of its first: “May Day”, “early May”."""
    said = f" {' '.join(folded_words(text))} "
    names = (*language.dates.named, *language.dates.around)
    return bool(language.dates.named) and not any(f" {' '.join(folded_words(name))} " in said for name in names)


def _has_lost_its_day(day: Day, present: Sequence[Day], target: str, language: Language) -> bool:
    """Whether a target names the month of a day and gives the day in the other calendar alone: “Mehr (7 October)”."""
    if not day.day or any((one.calendar, one.month, one.day) == (day.calendar, day.month, day.day) for one in present):
        return False
    if day.day == 1 and not _is_month_alone(target, language):
        return False
    return days.names_month(target, day.calendar, day.month, language)


def _has_lost_its_year(day: Day, wanted: Sequence[Day], present: Sequence[Day]) -> bool:
    """Whether a source has a day in both calendars, each with its year, and a target one of them without."""
    if not (day.year and day.day):
        return False
    is_twice = any(one.year and one.calendar is not day.calendar and calendars.are_one(day, one) for one in wanted)
    there = [one for one in present if (one.calendar, one.month, one.day) == (day.calendar, day.month, day.day)]
    return is_twice and bool(there) and not any(one.year for one in there)


def _names_a_place(day: Day, source: str, context: Context) -> bool:
    """Whether a day without a year is what a street or a square is called, as «خیابان هفت تیر»."""
    before = source[max(0, day.start - 24) : day.start].split()
    return not day.year and bool(before) and fold(before[-1]) in set(map(fold, context.source.source.sites))


def _missing(unit: Unit, missing: Sequence[Day], left: Sequence[Day], context: Context) -> Iterator[Finding]:
    for day in missing:
        right = _wanted(day, context)
        if not right:
            continue  # the language does not name its months
        stands = unit.target[left[0].start : left[0].end] if len(missing) == len(left) == 1 else ""
        instead = f"; the target has “{stands}” instead" if stands else ""
        told = f"«{dates.written(day.parts, day.calendar, context.source)}» is missing or changed{instead}"
        place = stands or unit.source[day.start : day.end]
        severity = Severity.NOTE if _is_by_year(day, unit.target, context) else Severity.ERROR
        yield Finding("dates", severity, unit, told, place, right)


def _is_by_year(day: Day, target: str, context: Context) -> bool:
    """Whether a Jalali month, which lies in two Gregorian ones, may be in a season of its year: «summer 2009»."""
    if day.day or not day.year or day.calendar is not Calendar.JALALI or context.rendering is Rendering.KEPT:
        return False
    found, numbers = days.read(target, context.target)
    years = frozenset(float(year) for year, _, _ in calendars.converted(day) if year)
    return not any(one.year in years for one in found) and any(one.may_be(years) for one in numbers)


def _wanted(day: Day, context: Context) -> str:
    """Return how a date should read; in the target’s calendar, if it is known to the day and is to be converted."""
    own = context.calendar
    parts = calendars.in_calendar(day, own) if context.rendering is Rendering.CONVERTED else day.parts
    calendar = day.calendar if parts == day.parts else own
    return dates.written(parts, calendar, context.target)


def _added(unit: Unit, wanted: Sequence[Day], left: Sequence[Day], context: Context) -> Iterator[Finding]:
    if not left:
        return
    whole = {day.month for day in wanted if day.day and day.calendar is Calendar.JALALI}
    months = days.months_named(unit.source, context.source) - whole
    years = days.read(unit.source, context.source)[1]
    is_span = len(left) > 1 and all(calendars.is_at_an_end(day, years) for day in left)
    if is_span and any(day.year for day in left):
        return  # «سه ماه نخست سال ۱۴۰۳», “20 March–20 June 2024”
    for day in left:
        if any(calendars.bounds(day, month) for month in months) or any(
            one.may_be(calendars.years_of(day)) for one in years
        ):
            continue  # «پایان تیر», “22 July”; «نوروز ۱۴۰۴», “March 2025”
        if not day.year and _is_named(day, unit.source, context.source):
            continue
        if not any(calendars.are_one(day, one) or day.numbers <= one.numbers for one in wanted):
            text = unit.target[day.start : day.end]
            yield Finding("dates", Severity.WARNING, unit, f"“{text}” is not a date of the source", text)


def _disagreement(source: str, wanted: Sequence[Day]) -> str:
    """Return what is wrong, when a sentence has a date of each calendar and they are not the same day."""
    whole = [day for day in wanted if day.year and day.day]
    jalali = next((day for day in whole if day.calendar is Calendar.JALALI), None)
    gregorian = next((day for day in whole if day.calendar is Calendar.GREGORIAN), None)
    if not (jalali and gregorian):
        return ""
    text, other = (source[day.start : day.end] for day in (jalali, gregorian))
    right = sorted((parts for parts in calendars.converted(jalali) if all(parts)), reverse=True)
    if not right:
        return f"the source names a date that does not exist: «{text}»"
    if calendars.are_one(jalali, gregorian):
        return ""
    year, month, number = right[0]
    return f"the source’s own dates disagree: «{text}» is {year:04}-{month:02}-{number:02}, not «{other}»"
