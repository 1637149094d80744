"""Dates of a sentence, in the Gregorian and the Jalali calendar."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from pipeline.languages import Language
from pipeline.languages.sections import Calendar
from pipeline.text import dateforms, numbersigns, quantities
from pipeline.text.dates import Parts
from pipeline.text.orthography import folded_words, letters_and_digits
from pipeline.text.quantities import Quantity
from pipeline.text.wordlist import alternatives
from pipeline.text.words import Remembered, pieces

_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(\d{4})([/.-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/.-])(\d{1,2})\6(\d{4}))(?![\d/-])",
)
_MAY_BE_NUMERIC = re.compile(r"\d[/.-]\d")

NUMBERED = 12
"""Characters before a number in which a word stands that it numbers («بند ۸»)."""

MOST = 60
"""Dates of a sentence that are compared, each with each; what has more is a calendar."""


class Rendering(StrEnum):
    """What becomes of a date of another calendar: `dates` in pipeline.toml."""

    KEPT = "kept"
    CONVERTED = "converted"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as a sentence gives it; without a day it is a month, without a year any."""

    calendar: Calendar
    year: int | None
    month: int
    day: int | None
    start: int
    end: int

    @property
    def parts(self) -> Parts:
        return self.year, self.month, self.day

    @property
    def numbers(self) -> frozenset[float]:
        return frozenset(float(part) for part in (self.year, self.day) if part)


@lru_cache(maxsize=64)
def read(text: str, language: Language) -> tuple[tuple[Day, ...], tuple[Quantity, ...]]:
    """Return the dates of a sentence, and the numbers that belong to none of them."""
    numbers = quantities.read(text, language)
    if not numbers:
        return (), ()
    plain = letters_and_digits(text)
    found = [Day(Calendar.GREGORIAN, *one) for one in dateforms.found(plain, language)]
    told = frozenset(place for one in found for place in range(one.start, one.end))
    others = (*_in_figures(plain), *_with_names(text, numbers, language))
    found += [day for day in others if told.isdisjoint((day.start, day.end - 1))]
    if not found:
        return (), numbers
    found.sort(key=lambda day: day.start)
    starts, ends = [day.start for day in found], list(accumulate((day.end for day in found), max))

    def is_free(one: Quantity) -> bool:
        nearest = bisect_right(starts, one.start) - 1
        return nearest < 0 or one.start >= ends[nearest]

    return tuple(found), tuple(filter(is_free, numbers))


def may_be_in(text: str, language: Language) -> bool:
    """Whether a sentence may have a date: figures, or a word that begins the name of a month."""
    return numbersigns.has_figures(text) or any(map(_patterns(language).may_be_month.__getitem__, pieces(text)))


def _in_figures(plain: str) -> Iterator[Day]:
    for date in _NUMERIC.finditer(plain) if _MAY_BE_NUMERIC.search(plain) else ():
        year, month, day = (date[1], date[3], date[4]) if date[1] else (date[8], date[7], date[5])
        calendar = _calendar(int(year))
        if calendar and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            yield Day(calendar, int(year), int(month), int(day), *date.span())


def _calendar(year: int) -> Calendar | None:
    if 1250 <= year < 1500:
        return Calendar.JALALI
    return Calendar.GREGORIAN if 1700 <= year < 2200 else None


@dataclass(frozen=True, slots=True)
class _MonthPatterns:
    """The names of months in a language, the pieces that may begin one, and what stands between it and its numbers."""

    month: re.Pattern[str]
    may_be_month: Remembered[bool]
    names: dict[str, tuple[Calendar, int]]
    capitals: frozenset[str]
    doubtful: frozenset[str]
    gap: re.Pattern[str]
    gap_behind: re.Pattern[str]
    before_year: re.Pattern[str]
    before_short_year: re.Pattern[str]
    behind_year: re.Pattern[str]
    range: re.Pattern[str]
    numbered: re.Pattern[str]


_LETTERS = re.compile(r"[^\W\d_]+")

_CENTURY_LEFT_OUT = "['’‘]?"
"""Stands before a year of two figures: “Aban ’98”."""


@lru_cache(maxsize=16)
def _patterns(language: Language) -> _MonthPatterns:
    names = {letters_and_digits(name): (Calendar.JALALI, number) for name, number in language.dates.jalali.items()}
    names |= {letters_and_digits(name): (Calendar.GREGORIAN, n) for name, n in language.dates.gregorian.items()}
    doubtful = {letters_and_digits(name): (Calendar.JALALI, n) for name, n in language.dates.doubtful.items()}
    names = doubtful | names
    name = alternatives(tuple(sorted(names, key=len, reverse=True)))
    between = tuple(filter(None, (*language.reading.dates, *language.numbers.ordinal_endings, language.dates.month)))
    word = alternatives(tuple(map(letters_and_digits, between)))
    sign = r"\.?[ºª°]?" if language.reading.ordinal_stops else r"(?:\.?[ºª°])?"  # «3. Mai», «1.º de mayo»
    gap = rf"{sign}[\s\u200c]{{0,3}}(?:{word}[\s\u200c]{{0,3}}){{0,2}}"
    beyond = tuple(filter(None, (*language.numbers.ordinal_endings, language.dates.month)))
    behind = alternatives(tuple(map(letters_and_digits, beyond)))  # not «خرداد از یک تا چهار»
    years = alternatives(tuple(map(letters_and_digits, language.numbers.years)))  # «2016 yılının Mart ayında»
    beside = alternatives(tuple(map(letters_and_digits, filter(None, (*language.numbers.years, language.dates.month)))))
    joining = alternatives(("-", "–", ",", "،", *map(letters_and_digits, between)))
    numbered = alternatives(tuple(map(letters_and_digits, {*language.typesetting.numbered} - {*between})))
    ending = alternatives(
        tuple(map(letters_and_digits, filter(None, (*language.typesetting.suffixes, language.dates.month))))
    )
    endings = (*language.dates.endings, *filter(None, (language.dates.month,)))  # «مهرماه»
    own = alternatives(tuple(map(letters_and_digits, endings)))
    written = (*names, *(one + letters_and_digits(ending) for one in names for ending in endings))
    begun = frozenset(found[0] for one in written if (found := _LETTERS.findall(one)))
    of_several = frozenset(found[0] for one in written if " " in one and (found := _LETTERS.findall(one)))
    month = re.compile(
        rf"(?<![^\W\d_])({name})(?:{own})?\u0654?(?:\u200c{ending})?(?![^\W\d_]|\u200c)(?:\s?[-–]\s?({name})(?![^\W\d_]))?"
    )

    def may_be_month(piece: str) -> bool:
        plain = letters_and_digits(piece)
        words = _LETTERS.findall(plain)
        if begun.isdisjoint(words):
            return False
        return not of_several.isdisjoint(words) or month.search(plain) is not None  # not «می» in «می‌رود»

    return _MonthPatterns(
        month,
        Remembered(may_be_month),
        names,
        frozenset(letters_and_digits(name) for name in language.dates.gregorian if name[0].isupper()),
        frozenset(doubtful.keys() - language.dates.jalali.keys()),
        re.compile(gap),
        re.compile(rf"{sign}[\s\u200c]{{0,3}}(?:{behind}[\s\u200c]{{0,3}}){{0,2}}"),
        re.compile(rf"{gap}[,،–-]?[\s\u200c]{{0,3}}{_CENTURY_LEFT_OUT}"),
        re.compile(rf"[\s\u200c]{{0,3}}(?:{beside}[\s\u200c]{{0,3}}){{0,2}}{_CENTURY_LEFT_OUT}"),
        re.compile(rf"[-’']?{word}?\s{{0,2}}{years}\s{{1,2}}"),
        re.compile(rf"{sign}[\s\u200c]{{0,2}}(?:{joining}[\s\u200c]{{0,2}}){{1,3}}"),
        re.compile(rf"(?<![^\W\d_]){numbered}[\s\u200c]"),
    )


def _with_names(text: str, numbers: Sequence[Quantity], language: Language) -> Iterator[Day]:
    patterns, plain = _patterns(language), letters_and_digits(text)
    if not any(map(patterns.may_be_month.__getitem__, pieces(text))):
        return
    months = list(patterns.month.finditer(plain))
    behind_months = {month.end() + 1 for month in months}  # “20 March–20 June”
    numbers = [
        one
        for one in numbers
        if one.start in behind_months or not _CODE.search(plain, max(0, one.start - 2), one.start)
    ]
    starts, used = [one.start for one in numbers], 0
    for month in months:
        if month[1] in patterns.capitals and not text[month.start()].isupper():
            continue
        place, behind = bisect_right(starts, month.start()), bisect_left(starts, month.end())
        before, after = numbers[max(used, place - _MOST_DAYS) : place], numbers[behind : behind + _MOST_DAYS]
        found = list(_around(month, plain, list(before), list(after), language))
        yield from found
        used = bisect_right(starts, max((day.end for day in found), default=0))


_CODE = re.compile(r"[^\W\d_][-–]\Z")
"""What stands before a number that belongs to a word: “Covid-19 on 15 November”."""

_MOST_DAYS = 31
"""Of one month in a list of dates."""


def _around(
    month: re.Match[str], plain: str, before: list[Quantity], after: list[Quantity], language: Language
) -> Iterator[Day]:
    """Yield the date, or the dates («14 and 15 March»), of which a month is named, between the numbers beside it."""
    patterns = _patterns(language)
    calendar, number = patterns.names[month[1]]
    listed: list[Quantity] = []
    start, end = month.span()
    if calendar is Calendar.JALALI and language.has_capitals:  # «un tir» is a shot
        ordinals = [one for one in before if _is_ordinal(one, plain, start, language)]
        before, after = [one for one in before if one in ordinals or _is_number(one)], list(filter(_is_number, after))
    is_day = before and _is_day(before[-1]) and not _are_counted(plain[before[-1].end : start], language)
    if is_day and patterns.gap.fullmatch(plain, before[-1].end, start):
        listed = _listed(before[::-1], plain, patterns)
    elif after and _may_follow(after[0], plain, language) and patterns.gap_behind.fullmatch(plain, end, after[0].start):
        listed = _listed(after, plain, patterns)
        end, after = listed[-1].end, after[len(listed) :]
    year = _year_behind(after[0], calendar, plain, end, patterns) if after else None
    if after and not year and calendar is Calendar.GREGORIAN and min(after[0].values) >= _CENTURIES:
        year = _year_behind(after[0], Calendar.JALALI, plain, end, patterns)  # «اول ماه مه ۱۳۵۸»
        day = int(listed[0].value) if listed else 1
        year = year and year + _BETWEEN_ERAS + ((number, day) < _NEW_YEAR)
    whole = after[0].end if year else end
    earliest = min([start, *(one.start for one in listed)])
    ahead = next((one for one in reversed(before) if one.end <= earliest), None)
    if not year and ahead and patterns.behind_year.fullmatch(plain, ahead.end, earliest):
        year, start = _year(ahead, calendar), ahead.start
    if month[1] in patterns.doubtful and not (listed and year):
        return
    if not (listed or year) or _is_prefix(month[1], year, plain, whole, language):
        return
    first = Day(calendar, year, number, None, start, whole)
    if not listed:
        yield first
    for one in listed:
        alone = one is not listed[0]
        place = (one.start, one.end) if alone else (min(one.start, start), max(whole, one.end))
        yield replace(first, day=int(one.value), start=place[0], end=place[1])
    other = patterns.names.get(month[2] or "", (calendar, number))
    if other != (calendar, number):
        yield replace(first, calendar=other[0], month=other[1])


def _may_follow(one: Quantity, plain: str, language: Language) -> bool:
    """Whether a number is a day that may stand behind its month: “March 8”, and not «شهریور دو برابر»."""
    return _is_day(one) and (not one.is_spelt or quantities.is_ordinal(plain[one.start : one.end], language))


def _are_counted(between: str, language: Language) -> bool:
    """Whether days are counted before a month, by what stands between: «بیست و سه روز از آذرماه»."""
    words = between.split()
    return len(words) > 1 and words[0] in language.numbers.durations


def _is_number(one: Quantity) -> bool:
    return one.is_certain or not one.is_spelt


def _is_ordinal(one: Quantity, plain: str, month: int, language: Language) -> bool:
    """Whether a number that may be none is a day before a word: “the first of Farvardin”, not «le premier tir»."""
    return quantities.is_ordinal(plain[one.start : one.end], language) and plain[one.end : month].strip() != ""


def _listed(numbers: Sequence[Quantity], plain: str, patterns: _MonthPatterns) -> list[Quantity]:
    """Return the days of one month that stand in a row («14, 15 and 16»), the nearest to the month first."""
    listed = [numbers[0]]
    for one in numbers[1:]:
        left, right = sorted((listed[-1], one), key=lambda quantity: quantity.start)
        if not _is_day(one) or not patterns.range.fullmatch(plain, left.end, right.start):
            break
        if any(
            match.end() == one.start
            for match in patterns.numbered.finditer(plain, max(0, one.start - NUMBERED), one.start)
        ):
            break  # «بند ۸ از ۱۲ خرداد»
        listed.append(one)
    return listed


def _year_behind(one: Quantity, calendar: Calendar, plain: str, end: int, patterns: _MonthPatterns) -> int | None:
    """Return the year that a number behind a month is: one of two figures only beside it («مهر ۵۷», «مهر از ۴۰»)."""
    if min(one.values) < _CENTURY and not patterns.before_short_year.fullmatch(plain, end, one.start):
        return None
    return _year(one, calendar) if patterns.before_year.fullmatch(plain, end, one.start) else None


_CENTURY, _CENTURIES = 100, 1000

_BETWEEN_ERAS, _NEW_YEAR = 621, (3, 21)
"""Years between a Jalali year and the Gregorian one in which it begins, and the month and the day on which it does."""


def _is_day(number: Quantity) -> bool:
    """Whether a number may be a day, and is no hour, which is worth several: «ساعت ۱۸ روز پنجشنبه ۵ بهمن»."""
    return number.value in range(1, 32) and len(number.values) == 1


def _year(number: Quantity, calendar: Calendar) -> int | None:
    value = min(number.values) if min(number.values) > 1000 else number.value
    if _calendar(int(value)) is calendar:
        return int(value)
    short = min(number.values)
    if calendar is Calendar.JALALI and 30 <= short < 100 and not number.is_spelt:
        return 1300 + int(short)
    return None


def _is_prefix(name: str, year: int | None, plain: str, end: int, language: Language) -> bool:
    """Whether the name of a month («می», May) is the beginning of a verb: a word follows and no year."""
    follows = re.compile(r"[\s\u200c]{0,2}[^\W\d_]").match(plain, end)
    return name in language.typesetting.prefixes and year is None and follows is not None


def months_named(text: str, language: Language) -> set[int]:
    """Return the Jalali months that a text names, with a day or without: «پایان تیرماه»."""
    words = frozenset(folded_words(text))
    months = language.dates.jalali.items()
    return {number for name, number in months if not words.isdisjoint((name, name + language.dates.month))}


def months_dated(text: str, language: Language) -> dict[int, str]:
    """Return the Jalali months that are dates in a text though no day or year is there: «پایان آذر», «تیرماه»."""
    words, month = folded_words(text), language.dates.month
    if not month or _month_words(language).isdisjoint(words):
        return {}
    found = dict[int, str]()
    for at, word in enumerate(words):
        name = word.removesuffix(month) if len(word) > len(month) else word
        number = language.dates.jalali.get(name)
        has_month = name != word or words[at + 1 : at + 2] == (month,)
        if number and (has_month or (at and words[at - 1] in language.dates.around)):
            found[number] = name
    return found


@lru_cache(maxsize=16)
def _month_words(language: Language) -> frozenset[str]:
    return frozenset(form for name in language.dates.jalali for form in (name, name + language.dates.month))


def has_month(text: str, language: Language) -> bool:
    """Whether a text names a month of any calendar, or has a date."""
    return _patterns(language).month.search(letters_and_digits(text)) is not None or bool(read(text, language)[0])


def names_month(text: str, calendar: Calendar, number: int, language: Language) -> bool:
    """Whether a text names a month of a calendar, with a day or without."""
    patterns = _patterns(language)
    return any(
        patterns.names[found[1]] == (calendar, number) for found in patterns.month.finditer(letters_and_digits(text))
    )
