"""Numbers in digits of any script: what they are worth, and those that are codes; the words of num2words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.languages import WESTERN_DIGITS, Language
from pipeline.text.orthography import western_digits
from pipeline.text.segment import ADDRESS, addresses, without_addresses

_RUN = re.compile(r"\+?\d[\d()/.-]*+(?: \(?\d[\d()]*+(?:[ ./-]\(?\d[\d()]*+)*+)?+")
"""Digits and what stands between them; behind the first space every mark has a digit behind it."""
_GROUP = re.compile(r"[ ./-]\(?\d[()]*+\d[\d()]*+")
"""What a phone or account number ends with: a mark and two digits or more."""

_DIGIT = re.compile("[0-9]")
_MARKS = re.compile(r"[.,٫٬،/’'\u00a0\u202f ]")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

Values = frozenset[float]
"""What a number may be worth: «1.300» is thirteen hundred, or one and three tenths."""


def codes(text: str) -> list[str]:
    """Return phone and account numbers, in Western digits; dates and years are none."""
    text = western_digits(without_addresses(text))
    if not _DIGIT.search(text):
        return []
    return [text[start:end] for start, end in _codes(text)]


def blanked(text: str) -> str:
    """Return a text in Western digits with spaces over its addresses, phone and account numbers: places stay."""
    if addresses(text):
        text = ADDRESS.sub(lambda address: " " * len(address[0]), text)
    parts, at = [], 0
    for start, end in _codes(text):
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where phone and account numbers stand: groups of digits held together by dashes, dots or spaces."""
    text, position = text.translate(_SPACES), 0
    while run := _RUN.search(text, position):
        start, groups = run.start(), list(_GROUP.finditer(run[0]))
        if groups:
            position = start + groups[-1].start() + len(groups[-1][0].rstrip("()"))
            if _is_code(text[start:position]):
                yield start, position
        else:  # behind the last space another run may begin, with other marks
            position = run.end() if " " not in run[0] else start + run[0].rindex(" ") + 1


_SPACES = str.maketrans("\u00a0\u202f", "  ")

_THOUSANDS_APART = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})++|[1-9]\d?(?: \d{3})++|[1-9]\d{0,2}(?: \d{3})*? 000")
"""A number whose thousands are divided by full stops or spaces, as some type them; 514 258 111 is a code."""


_YEAR = r"(?:1[2-9]\d\d|20\d\d)"
_TO = rf"(?:[-/](?:{_YEAR}|\d\d))?"
_YEARS = re.compile(rf"{_YEAR}{_TO}(?:(?:[-/]| ?\()(?:{_YEAR}|[1-9]\d?){_TO})?\)?")
"""«2023-2024», «1354 (1975-1976)», and «1401 (30», behind which a month may stand."""


def _is_code(text: str) -> bool:
    groups = re.findall(r"\d+", text)
    looks_like_date = len(groups) == 3 and any(len(group) == 4 for group in groups) and len(groups[1]) <= 2
    thousands = _THOUSANDS_APART.fullmatch(text) is not None
    return sum(map(len, groups)) >= 6 and not (looks_like_date or thousands or _YEARS.fullmatch(text))


def worth(number: str, language: Language) -> Values:
    """Return what a number with separators may be worth; nothing for one that is several numbers. 17:30 is 17.3."""
    if ":" in number:
        return hours(_number(number.replace(":", ".")))
    groups, marks = _MARKS.split(number), _MARKS.findall(number)
    if not marks:
        return frozenset([_number(number)])
    decimals = {language.numbers.decimal, "٫", ".", ","}
    last = marks[-1]
    if last == "/":
        return _with_a_slash(groups, marks)
    found = set()
    if _are_thousands(groups, marks):
        found.add(_number("".join(groups)))
    if last in decimals and (len(marks) == 1 or (last not in marks[:-1] and _are_thousands(groups[:-1], marks[:-1]))):
        other_reading_only = found and last != language.numbers.decimal and last != "٫"
        if not other_reading_only:
            found.add(_number(f"{''.join(groups[:-1])}.{groups[-1]}"))
    if marks == ["٬"] and not found:  # the mark of thousands, where that of decimals was meant
        found.add(_number(".".join(groups)))
    return frozenset(found)


def _are_thousands(groups: Sequence[str], marks: Sequence[str]) -> bool:
    return (
        bool(marks)
        and len(set(marks)) == 1
        and marks[0] in ".,٬،’'\u00a0\u202f "
        and len(groups[0]) <= 3
        and not groups[0].startswith("0")
        and (all(len(group) == 3 for group in groups[1:]) or _are_lakhs(groups, marks[0]))
    )


def _are_lakhs(groups: Sequence[str], mark: str) -> bool:
    """Whether digits are grouped as in India: «5,00,000» is five lakh, half a million."""
    first, *inner, last = map(len, groups)
    return bool(inner) and mark in ",٬" and first < 3 and {*inner} == {2} and last == 3


def _with_a_slash(groups: Sequence[str], marks: Sequence[str]) -> Values:
    """«۳/۵» is three and a half, or three fifths."""
    if len(marks) > 1 or len(groups[0]) > 3 or len(groups[1]) > 2 or not int(groups[1]):
        return frozenset()
    return frozenset([_number(".".join(groups)), round(int(groups[0]) / int(groups[1]), 6)])


def _number(digits: str) -> float:
    return float(digits[:300])


def roman(numeral: str) -> int:
    """Return the value of a Roman number up to some hundreds, in capitals; 0 for what is none."""
    if not numeral or not set(numeral) <= _ROMAN.keys() or len(numeral) > 11:
        return 0
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))


def hours(value: float) -> Values:
    """An hour may also be counted from noon: 17 is 5, and 17.3 (half past five) 5.3."""
    return frozenset(hour for hour in (value, round(value + 12, 6), round(value - 12, 6)) if hour > 0)


_THOUSANDS = re.compile(r"(?<![\d.,٬])\d{1,3}(?:,\d{3})+(?!\d|,\d)")
_DECIMALS = re.compile(r"(?<![\d.,٫])(\d+)\.(\d+)(?!\d|[.,٫]\d)")


def localised(number: str, source: Language, target: Language) -> str:
    """Return a number in Western digits with the separators of a language: «7٫5» is "7,5" in French.

    A full stop stands before decimals only where the source writes them so; elsewhere it may be that of a date.
    A target with digits of its own has the number in them, but for a telephone or account number.
    """
    if target.digits != WESTERN_DIGITS and codes(number):
        return number
    # The Arabic separators stand for one thing each.
    number = _THOUSANDS.sub(lambda match: match[0].replace(",", "٬"), number)
    number = _DECIMALS.sub(r"\1٫\2", number) if source.numbers.decimal == "." else number
    separators = {"٫": target.numbers.decimal, "٬": target.numbers.thousands}
    number = re.sub(r"(?<=\d)[٫٬](?=\d)", lambda match: separators[match[0]], number)
    number = number.replace("%", target.orthography.marks.get("%", "%"))
    return number.translate(str.maketrans(WESTERN_DIGITS, target.digits))


@lru_cache(maxsize=10_000)
def spelt(number: int, language: Language, *, ordinal: bool = False) -> str:
    """Return a number in words; empty for a language without them."""
    from num2words import num2words

    if not language.numbers.num2words:
        return ""
    try:
        return str(num2words(number, lang=language.numbers.num2words, to="ordinal" if ordinal else "cardinal"))
    except NotImplementedError:
        return ""
