"""Dates the target changes, and Jalali and Gregorian dates of one source sentence that disagree.

A disagreement is a warning on the source and never corrected: what is printed is translated.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Calendar, Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold
from pipeline.text.wordlist import alternatives


@dataclass(frozen=True, slots=True)
class _DatePatterns:
    """How dates stand in one language: the name of a month, and whole dates (day, name of the month, year)."""

    month: re.Pattern[str]
    jalali: re.Pattern[str]
    gregorian: re.Pattern[str]


@lru_cache(maxsize=16)
def _patterns(language: Language) -> _DatePatterns:
    jalali, gregorian = (alternatives(tuple(names)) for names in (language.dates.jalali, language.dates.gregorian))
    month = rf"|\s+{re.escape(language.dates.month)}\b" if language.dates.month else ""
    between = "|".join(("[،-]", *map(re.escape, language.grammar.conjunctions)))
    return _DatePatterns(
        re.compile(rf"(?:(?<=\d)|(?<=\d\s)|\b)({jalali}|{gregorian})(?=\s*\d{month}|\s*(?:{between})\s*\d)"),
        re.compile(rf"(\d{{1,2}})\s*({jalali})\s*(1[34]\d\d)"),
        re.compile(rf"(\d{{1,2}})\s*({gregorian})(?:\s*[-–]\s*{gregorian})?\s*((?:19|20)\d\d)"),
    )


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source = fold(unit.source)
    yield from _changed(unit, source, context)
    if disagreement := _disagreement(source, context.source):
        yield Finding("dates", Severity.WARNING, unit, f"the source’s own dates disagree: {disagreement}")


def _changed(unit: Unit, source: str, context: Context) -> Iterator[Finding]:
    months = dict.fromkeys(_patterns(context.source).month.findall(source))
    target = fold(unit.target).casefold() if months else ""
    for name in months:
        wanted = _names(name, context.source, context.target)
        if wanted and not any(fold(month).casefold() in target for month in wanted):
            yield Finding("dates", Severity.ERROR, unit, f"the month «{name}» is missing or changed", name, wanted[0])


def _names(month: str, source: Language, target: Language) -> list[str]:
    """Return what a month of the source is called in the target language; nothing if it has no names for it."""
    if month in source.dates.jalali:
        return target.dates.names(Calendar.JALALI, source.dates.jalali[month])
    return target.dates.names(Calendar.GREGORIAN, source.dates.gregorian[month])


def _disagreement(source: str, language: Language) -> str:
    """Return the two dates, when a sentence has one of each calendar and they are not the same day."""
    import jdatetime

    patterns = _patterns(language)
    jalali, gregorian = patterns.jalali.search(source), patterns.gregorian.search(source)
    if not (jalali and gregorian):
        return ""
    try:
        day = jdatetime.date(*_ymd(jalali, language.dates.jalali)).togregorian()
    except ValueError:
        return f"there is no {jalali[0]}"
    if (day.year, day.month, day.day) == _ymd(gregorian, language.dates.gregorian):
        return ""
    return f"«{jalali[0]}» is {day:%Y-%m-%d}, not «{gregorian[0]}»"


def _ymd(date: re.Match[str], months: Mapping[str, int]) -> tuple[int, int, int]:
    return int(date[3]), months[date[2]], int(date[1])
