"""Dates whose month is no word of its own, or has a number in it: «2026年3月15日», «12 באפריל 2026», «tháng 3».

They are known by the form that the language's file has for dates.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.text.dates import without_year
from pipeline.text.orthography import letters_and_digits
from pipeline.text.segment import HAN
from pipeline.text.wordlist import alternatives


class WrittenDate(NamedTuple):
    """A Gregorian date as far as it is told, and its place in a text."""

    year: int | None
    month: int
    day: int | None
    start: int
    end: int


def found(plain: str, language: Language) -> list[WrittenDate]:
    """Return the dates of a text in letters and digits; none in a language whose months are words."""
    dates: list[WrittenDate] = []
    taken = set[int]()
    for pattern in _patterns(language):
        for match in pattern.finditer(plain):
            date = _date(match, language)
            if taken.isdisjoint((date.start, date.end - 1)) and (date.day is None or 1 <= date.day <= 31):
                dates.append(date)
                taken.update(range(date.start, date.end))
    return dates


def _date(match: re.Match[str], language: Language) -> WrittenDate:
    said = match.groupdict()
    year, day = (int(number) if number else None for number in (said.get("year"), said.get("day")))
    return WrittenDate(year, _months(language)[said["month"]], day, *match.span())


@lru_cache(maxsize=16)
def _months(language: Language) -> dict[str, int]:
    names = {letters_and_digits(name): number for name, number in language.dates.gregorian.items()}
    return names | {_BESIDE_A_SIGN.sub(" ", name): number for name, number in names.items()}


@lru_cache(maxsize=16)
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    """Return what a date looks like with its year and without, and a month with its year."""
    dates = language.dates
    has_words = not any(map(_FIGURE.search, dates.gregorian)) and not _GLUED.search(dates.form)
    if not dates.gregorian or has_words:
        return ()
    return tuple(_pattern(form, language) for form in (dates.form, without_year(dates.form), dates.month_form))


def _pattern(form: str, language: Language) -> re.Pattern[str]:
    parts = {
        "year": r"(?P<year>\d{4})",
        "day": r"(?P<day>\d{1,2})",
        "month": f"0?(?P<month>{alternatives(tuple(_months(language)))})",  # 2026年03月05日
    }
    pieces = enumerate(re.split(r"[{}]", form))
    written = (parts[piece] if number % 2 else _literal(piece) for number, piece in pieces)
    whole = "".join(written).removeprefix(_ROOM).removesuffix(_ROOM)
    return re.compile(rf"(?<!\d){whole}(?!\d)")


def _literal(text: str) -> str:
    words = r"\s{1,3}".join(map(re.escape, re.split(r"\s+", letters_and_digits(text))))
    return f"{_ROOM}{words}{_ROOM}" if _SIGNS.fullmatch(text) else words


_ROOM = r"\s?"
"""«2026 年 3 月 15 日» is written, too."""
_SIGNS = re.compile(f"[{HAN}]*")
_BESIDE_A_SIGN = re.compile(rf"(?<=\d)(?=[{HAN}])")


_FIGURE = re.compile(r"\d")
_GLUED = re.compile(r"[^\W\d_]\{month\}|\{month\}[^\W_]|\}\{month\}|\{month\}\{")
"""In the form of a date: a letter or another number directly beside the month."""
