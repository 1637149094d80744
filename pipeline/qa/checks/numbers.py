"""Numbers of the source missing or changed in the target, and numbers the source does not have.

In figures or in words on either side; dates are left to their own check, phone numbers to that of addresses.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.languages import Language
from pipeline.languages.sections import Calendar
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks._durations import without_durations
from pipeline.qa.checks._shares import without_shares
from pipeline.text import calendars, days, numbersigns, numerals, quantities, sounds
from pipeline.text.days import MOST, Day, Rendering
from pipeline.text.quantities import Quantity
from pipeline.text.words import LONGEST


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    yield from _indefinite(unit, context)
    if not (numbersigns.are_in(unit.source, context.source) or numbersigns.are_in(unit.target, context.target)):
        return
    may_be = numbersigns.may_be_certain
    if not (may_be(unit.source, context.source) or may_be(unit.target, context.target)):
        return
    wanted_days, wanted = days.read(unit.source, context.source)
    present_days, present = days.read(unit.target, context.target)
    if not (wanted or present or wanted_days or present_days):
        return
    wanted, present = without_shares(wanted, present, unit, context)
    missing, added = _compare(wanted, present, unit, context)
    missing, added = _without_dates(missing, added, wanted_days, present_days, context)
    missing = _without_spans(missing, present_days)
    missing, added = without_durations(missing, added, wanted, present, unit, context)
    missing, added = _without_scales(missing, added, present, unit.target)
    missing, added = _without_hundredths(missing, added)
    added, missing = _without_hundredths(added, missing)
    missing, added = _without_halves(missing, wanted, present), _without_halves(added, present, wanted)
    missing = _without_quarters(missing, present, unit.source, context)
    missing = _without_codes(missing, unit.target)
    missing = _without_names(missing, unit, context)
    missing, added = _told_in(context.target, missing), _told_in(context.source, added)
    certain = [one for one in added if one.is_certain]
    yield from _missing(unit, [one for one in missing if one.is_certain], certain, context.source)
    if not any(one.is_certain for one in missing):
        for one in certain:
            text = unit.target[one.start : one.end]
            severity = Severity.HINT if quantities.is_ordinal(text, context.target) else Severity.WARNING
            yield Finding("numbers", severity, unit, f"{text} is not in the source", text)


def _told_in(other: Language, numbers: list[Quantity]) -> list[Quantity]:
    """Return the numbers that the other language could tell: where its file knows no words for any, only figures."""
    if other.numbers.values or other.numbers.num2words:
        return numbers
    return [one for one in numbers if not one.is_spelt]


def _indefinite(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield indefinite numbers that the target does not say: «هزاران» without “thousands”."""
    wanted = quantities.magnitudes(unit.source, context.source) if context.target.numbers.indefinite else {}
    if not wanted:
        return
    said = quantities.magnitudes(unit.target, context.target)
    numbers = {value for one in quantities.read(unit.target, context.target) for value in one.values}
    for value, text in wanted.items():
        if value not in said and not any(value <= number < 10 * value for number in numbers):
            told = f"«{text}» is missing from the target"
            yield Finding("numbers", Severity.WARNING, unit, told, text)


def _compare(
    wanted: Sequence[Quantity], present: Sequence[Quantity], unit: Unit, context: Context
) -> tuple[list[Quantity], list[Quantity]]:
    """Return the numbers that stand on one side alone. Certain ones find their like first.

    One in brackets behind another may say what that is worth, too: « l’été 67 [1988] »; and one may be said twice.
    """
    wanted, present = _one_year_each(wanted), _one_year_each(present)
    places = defaultdict[float, list[int]](list)
    for place, one in enumerate(present):
        for value in one.values:
            places[value].append(place)
    taken, missing = dict[int, Quantity](), list[Quantity]()
    for one in sorted(wanted, key=lambda one: not one.is_certain):
        values = (*sorted(one.values), *_converted(one, context))
        fitting = (place for value in values for place in _free(places[value], taken))
        if free := [place for place in fitting if _are_of_one_year(one, present[place])]:
            taken[min(free, key=lambda place: not present[place].is_certain)] = one  # «۳/۳» is no « un »
        else:
            missing.append(one)

    def is_said(place: int) -> bool:
        one, before = present[place], taken.get(place - 1)
        if not before:
            return False
        between = unit.target[present[place - 1].end : one.start]
        if one.values == present[place - 1].values and _AGAIN.fullmatch(between):
            return True
        return _BRACKET.fullmatch(between) is not None and one.may_be(before.values)

    return missing, [one for place, one in enumerate(present) if place not in taken and not is_said(place)]


_BRACKET = re.compile(r"\s?[(\[]")
_AGAIN = re.compile(r"\s\w{1,20}(?:\s\w{1,3}|,)\s")
"""What stands between a number and the same again: « onze jours et onze nuits », « deux poids, deux mesures »."""


def _one_year_each(numbers: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return numbers with one for a year in both calendars, «۱۳۵۴ (۱۹۷۵)»: a target may have either."""
    found = list(numbers[:1])
    for one in numbers[1:]:
        last = found[-1]
        if one.values.isdisjoint(_in_both(last)) and last.values.isdisjoint(_in_both(one)):
            found.append(one)
        else:
            found[-1] = replace(last, values=last.values | one.values, end=one.end)
    return found


def _in_both(one: Quantity) -> Iterator[float]:
    """Yield the years that may stand beside one, and the decades: «années 1980 (décennie 1360)»."""
    yield from _other_years(one)
    yield from (year - 1 for year in _other_years(one) if (year - 1) % 10 == 0)


def _are_of_one_year(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers name no other Jalali year each: 1402 is not “1401 (2022–23)”, though 2023 lies in both."""
    years, others = _jalali_years(one), _jalali_years(other)
    return not years or not others or not years.isdisjoint(others)


def _jalali_years(one: Quantity) -> frozenset[float]:
    return frozenset() if one.is_spelt else frozenset(value for value in one.values if 1250 <= value < 1450)


def _free(places: list[int], taken: Collection[int]) -> Iterator[int]:
    """Yield the first place that is not taken; those that are, are forgotten."""
    while places and places[0] in taken:
        del places[0]
    yield from places[:1]


def _converted(one: Quantity, context: Context) -> Iterator[float]:
    """Yield the years of the other calendar in which a year of this one lies: 1357 is 1978 and 1979."""
    if context.rendering is Rendering.KEPT:
        return
    yield from _other_years(one)
    if context.calendar is Calendar.JALALI and not one.is_spelt:
        for value in one.values:
            yield from (value - 621, value - 622) if _FIRST_YEAR <= value < _LAST_YEAR else ()


_FIRST_YEAR, _LAST_YEAR = 1871, 2072
"""Gregorian years that a Persian text may give in its own calendar."""


def _other_years(one: Quantity) -> Iterator[float]:
    for value in one.values if not one.is_spelt else ():
        if 1250 <= value < 1450:
            yield from (value + 621, value + 622)


def _without_dates(
    missing: Sequence[Quantity],
    added: Sequence[Quantity],
    wanted_days: Sequence[Day],
    present_days: Sequence[Day],
    context: Context,
) -> tuple[list[Quantity], list[Quantity]]:
    """A number of one side may belong to a date on the other, where only one side has it as a date."""
    if not (missing or added):
        return [], []
    wanted_days, present_days = wanted_days[:MOST], present_days[:MOST]
    rendering, own = context.rendering, context.calendar
    lone = [d for d in present_days if not any(calendars.is_rendered(one, d, rendering, own) for one in wanted_days)]
    other = [d for d in wanted_days if not any(calendars.is_rendered(d, one, rendering, own) for one in present_days)]
    glosses = frozenset(year for day in wanted_days for year in _years(day))  # «مهر ۱۴۰۱», “Mehr 1401 (2022)”
    return _not_in(missing, lone), [one for one in _not_in(added, other) if not one.may_be(glosses)]


def _without_scales(
    missing: Sequence[Quantity], added: Sequence[Quantity], present: Sequence[Quantity], target: str
) -> tuple[list[Quantity], list[Quantity]]:
    """Leave out «هشت میلیون» for “eight”, where the number beside it has the scale: “from ten million to eight”.

    Not where that is in figures alone: “from 900 to 1,500,000” is another sum than “from 900,000”.
    """
    in_words = [not target[one.start : one.end].rstrip()[-1:].isdecimal() for one in present]
    scaled = [
        {scale for scale in _SCALES if said and one.value >= scale and one.value % scale == 0}
        for one, said in zip(present, in_words, strict=True)
    ]
    near = defaultdict[float, set[float]](set)
    for (one, scales), (other, others) in pairwise(zip(present, scaled, strict=True)):
        if other.start - one.end <= _WITHIN:
            near[one.start] |= others
            near[other.start] |= scales
    known = {value * scale: value for one in added for value in one.values for scale in near[one.start]}
    taken = frozenset(value for one in missing for value in map(known.get, one.values) if value)
    return [one for one in missing if known.keys().isdisjoint(one.values)], [
        one for one in added if not one.may_be(taken)
    ]


_WITHIN = 24
"""So many characters, at most, stand between two numbers of which one has the scale of the other."""

_SCALES = (1e3, 1e6, 1e9)


def _without_hundredths(
    apart: Sequence[Quantity], together: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Leave out two numbers that the other side says as one: «۱۲ یورو و ۸۲ سنت», “€12.82”."""
    known = defaultdict[float, list[Quantity]](list)
    for one in together if len(apart) > 1 else ():
        for value in one.values:
            known[value].append(one)
    said, says = set[int](), set[int]()
    for one, other in pairwise(apart) if known else ():
        wholes = known.get(round(one.value + other.value / 100, 6))
        if wholes and one.value % 1 == 0 and other.value < _HUNDRED and other.start - one.end <= _WITHIN:
            said |= {one.start, other.start}
            says.add(wholes.pop(0).start)
    return [one for one in apart if one.start not in said], [one for one in together if one.start not in says]


_HUNDRED = 100


def _without_halves(numbers: Sequence[Quantity], own: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    """Leave out the months of years and a half where only the other side has one: «یک سال و نیم», «dix-huit mois»."""
    halves = 0 if any(map(_has_a_half, own)) else sum(map(_has_a_half, others))
    months = [one for one in numbers if one.may_be(_MONTHS_OF_HALVES)] if halves else []
    said = {one.start for one in sorted(months, key=lambda one: not one.is_spelt)[:halves]}
    return [one for one in numbers if one.start not in said]


def _has_a_half(one: Quantity) -> bool:
    return any(value % 1 == _HALF for value in one.values)


_HALF, _MONTHS_OF_HALVES = 0.5, frozenset[float]({6, 18, 30, 42})


def _without_quarters(
    numbers: Sequence[Quantity], others: Sequence[Quantity], source: str, context: Context
) -> list[Quantity]:
    """Leave out the three months of a quarter: «سه‌ماهه‌ی نخست», “the first quarter”."""
    month = context.source.dates.month
    if not (month and numbers) or not any(_QUARTER in one.values and not one.is_certain for one in others):
        return list(numbers)
    return [
        one
        for one in numbers
        if not (_MONTHS_OF_A_QUARTER in one.values and month in source[one.end :][: len(month) + 1])
    ]


_QUARTER, _MONTHS_OF_A_QUARTER = 4, 3
"""What “quarter” is worth, and the months in it."""


def _without_codes(numbers: Sequence[Quantity], target: str) -> list[Quantity]:
    """Leave out what stands in the target with marks between its groups, as those of telephones do."""
    if not any(map(_is_as_long_as_a_code, numbers)):
        return list(numbers)
    codes = {re.sub(r"\D", "", code).lstrip("0") for code in numerals.codes(target)}
    return [one for one in numbers if not (_is_as_long_as_a_code(one) and f"{one.value:.0f}" in codes)]


def _without_names(numbers: list[Quantity], unit: Unit, context: Context) -> list[Quantity]:
    """Leave out numbers that begin a name which the target writes as it sounds: «هفت تپه», “Haft Tappeh”."""
    if not any(one.is_spelt for one in numbers):
        return numbers
    names = sounds.sounds_of(_WORDS.findall(unit.target), context.target)

    def begins_a_name(one: Quantity) -> bool:
        words = _WORDS.findall(unit.source[one.start : one.start + LONGEST])[:_NAME]
        heard = [sounds.consonants(word, context.source) for word in words]
        return len(words) == _NAME and all(heard) and names.issuperset(heard)

    return [one for one in numbers if not (one.is_spelt and begins_a_name(one))]


_WORDS = re.compile(r"[^\W\d_]+")
_NAME = 2
"""Words of a name that begins with a number."""


def _is_as_long_as_a_code(one: Quantity) -> bool:
    return not one.is_spelt and one.value >= _LEAST_OF_A_CODE


_LEAST_OF_A_CODE = 10_000


def _not_in(numbers: Iterable[Quantity], lone: Iterable[Day]) -> list[Quantity]:
    known = frozenset(number for day in lone for number in (*day.numbers, *_years(day)))
    return [one for one in numbers if not one.may_be(known)]


def _without_spans(missing: list[Quantity], present: Sequence[Day]) -> list[Quantity]:
    """Leave out years that a target says by a first and a last day: «سال ۱۴۰۳», “20 March 2024 to 20 March 2025”."""
    if len(present) < SPAN:
        return missing
    return [one for one in missing if not any(day.year and calendars.is_at_an_end(day, [one]) for day in present)]


SPAN = 2
"""Days between which a span of time lies."""


def _years(day: Day) -> Iterator[float]:
    """Yield the years in which a month lies, which may be said by its season: «summer 2009»."""
    for year, _, _ in calendars.converted(day) if day.calendar is Calendar.JALALI and not day.day else ():
        if year:
            yield float(year)


def _missing(
    unit: Unit, missing: Sequence[Quantity], added: Sequence[Quantity], language: Language
) -> Iterator[Finding]:
    for one in missing:
        text = unit.source[one.start : one.end]
        stands = unit.target[added[0].start : added[0].end].strip() if len(missing) == len(added) == 1 else ""
        severity = Severity.WARNING if one.is_spelt else Severity.ERROR
        shown = _shown(one, text, language)
        told = f"{shown} is missing from the target{f', which has {stands} instead' if stands else ''}"
        yield Finding("numbers", severity, unit, told, stands or text)


def _shown(one: Quantity, text: str, language: Language) -> str:
    """Return a number as it is worth by itself: «پنج و نیم» may be half past five, and «۱۳۶۰» the sixties."""
    if not one.is_spelt and any(round(value + 12, 6) in one.values and value % 1 for value in one.values):
        return f"«{text}»"  # a time of day
    alone = quantities.read(text, language)
    values = alone[0].values if len(alone) == 1 else one.values
    value = f"{min(values):.6f}".rstrip("0").rstrip(".")
    return f"«{text}» ({value})" if one.is_spelt else value
