"""Numbers in sentences: digits of any script, and the words that say them."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.languages import WESTERN_DIGITS, Language
from pipeline.text.orthography import western_digits
from pipeline.text.segment import ADDRESS, without_addresses

_RUN = re.compile(r"\+?\d[\d()/.-]*+(?: \(?\d[\d()]*+(?:[ ./-]\(?\d[\d()]*+)*+)?+")
"""Digits and what stands between them; behind the first space every mark has a digit behind it."""
_GROUP = re.compile(r"[ ./-]\(?\d[()]*+\d[\d()]*+")
"""What a phone or account number ends with: a mark and two digits or more."""

_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,٫]\d+)?")


def numbers(text: str) -> list[str]:
    """Return the numbers written in digits, in Western ones: «۲۲٬۰۰۰» is "22000", «۷٫۵» is "7.5".

    Those inside addresses, phone and account numbers are left out.
    """
    text = western_digits(without_addresses(text))
    if not _DIGIT.search(text):
        return []
    return [_plain(number[0]) for number in _NUMBER.finditer(_with_blanks(text, lambda _: " "))]


def codes(text: str) -> list[str]:
    """Return phone and account numbers, in Western digits; dates and years are none."""
    text = western_digits(without_addresses(text))
    if not _DIGIT.search(text):
        return []
    return [text[start:end] for start, end in _codes(text)]


def blanked(text: str) -> str:
    """Return a text in Western digits with spaces over its addresses, phone and account numbers: places stay."""
    text = ADDRESS.sub(lambda address: " " * len(address[0]), text)
    return _with_blanks(text, lambda length: " " * length)


def _with_blanks(text: str, blank: Callable[[int], str]) -> str:
    """Return a text with blanks in the place of its phone and account numbers."""
    parts, at = [], 0
    for start, end in _codes(text):
        parts += [text[at:start], blank(end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where phone and account numbers stand: groups of digits held together by dashes, dots or spaces."""
    position = 0
    while run := _RUN.search(text, position):
        start, groups = run.start(), list(_GROUP.finditer(run[0]))
        if groups:
            position = start + groups[-1].start() + len(groups[-1][0].rstrip("()"))
            if _is_code(text[start:position]):
                yield start, position
        else:  # behind the last space another run may begin, with other marks
            position = run.end() if " " not in run[0] else start + run[0].rindex(" ") + 1


_THOUSANDS_APART = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})++|[1-9]\d?(?: \d{3})++|[1-9]\d{0,2}(?: \d{3})*? 000")
"""A number whose thousands are divided by full stops or spaces, as some type them; 514 258 111 is a code."""


def _is_code(text: str) -> bool:
    groups = re.findall(r"\d+", text)
    looks_like_date = len(groups) == 3 and any(len(group) == 4 for group in groups) and len(groups[1]) <= 2
    thousands = _THOUSANDS_APART.fullmatch(text) is not None
    return sum(map(len, groups)) >= 6 and not looks_like_date and not thousands


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+", number):
        return re.sub(r"\D", "", number)
    return re.sub("[,٫]", ".", number)


_THOUSANDS = re.compile(r"(?<![\d.,٬])\d{1,3}(?:,\d{3})+(?!\d|,\d)")
_DECIMALS = re.compile(r"(?<![\d.,٫])(\d+)\.(\d+)(?!\d|[.,٫]\d)")


def localised(number: str, source: Language, target: Language) -> str:
    """Return a number in Western digits with the separators of a language: «7٫5» is "7,5" in French.

    A full stop stands before decimals only where the source writes them so; elsewhere it may be that of a date.
    A target with digits of its own keeps the number as it is.
    """
    if target.digits != WESTERN_DIGITS:
        return number
    # The Arabic separators stand for one thing each.
    number = _THOUSANDS.sub(lambda match: match[0].replace(",", "٬"), number)
    number = _DECIMALS.sub(r"\1٫\2", number) if source.numbers.decimal == "." else number
    separators = {"٫": target.numbers.decimal, "٬": target.numbers.thousands}
    return re.sub(r"(?<=\d)[٫٬](?=\d)", lambda match: separators[match[0]], number)


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
