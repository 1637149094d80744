"""Numbers in sentences: digits of any script, and the words that say them."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.text.orthography import fold, folded_words, western_digits
from pipeline.text.segment import without_addresses

CODE = re.compile(r"\+?\d[\d()/.-]*(?:[ ./-]\d[\d()]*){1,}\d")
"""A phone or account number: groups of digits held together by dashes, dots or spaces."""

_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,٫]\d+)?")
_FA_WORDS = re.compile(
    r"\b(?:دو|سه|چهار|پنج|شش|هفت|هشت|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده"
    r"|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|دویست|سیصد|هزار|میلیون|میلیارد|نودونه|یک)\b"
)
_ORDINALS = {
    "اول": 1, "اولین": 1, "نخست": 1, "نخستین": 1, "دوم": 2, "دومین": 2, "سوم": 3, "سومین": 3, "چهارم": 4,
    "چهارمین": 4, "پنجم": 5, "پنجمین": 5, "ششم": 6, "ششمین": 6, "هفتم": 7, "هفتمین": 7, "هشتم": 8, "هشتمین": 8,
    "نهم": 9, "نهمین": 9, "دهم": 10, "دهمین": 10,
}  # fmt: skip


def numbers(text: str) -> list[str]:
    """Return the numbers written in digits, in Western ones: «۲۲٬۰۰۰» is "22000", «۷٫۵» is "7.5".

    Those inside addresses, phone and account numbers are left out.
    """
    text = western_digits(without_addresses(text))
    if not _DIGIT.search(text):
        return []
    return [_plain(found[0]) for found in _NUMBER.finditer(_without_codes(text))]


def codes(text: str) -> list[str]:
    """Return phone and account numbers, in Western digits; dates and years are none."""
    text = western_digits(without_addresses(text))
    if not _DIGIT.search(text):
        return []
    return [found[0] for found in CODE.finditer(text) if _is_code(found[0])]


def _without_codes(text: str) -> str:
    return CODE.sub(lambda found: " " if _is_code(found[0]) else found[0], text)


def _is_code(text: str) -> bool:
    groups = re.findall(r"\d+", text)
    looks_like_date = len(groups) == 3 and any(len(group) == 4 for group in groups) and len(groups[1]) <= 2
    thousands = all(len(group) == 3 for group in groups[1:]) and not re.search(r"[-/ ]", text)
    return sum(map(len, groups)) >= 6 and not looks_like_date and not thousands


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+", number):
        return re.sub(r"\D", "", number)
    return re.sub("[,٫]", ".", number)


_SEPARATORS = {"fr": (",", "\u202f")}
"""What stands before decimals and between thousands; in every other Latin script as in English."""

_THOUSANDS = re.compile(r"(?<![\d.,٬])\d{1,3}(?:,\d{3})+(?!\d|,\d)")
_DECIMALS = re.compile(r"(?<![\d.,٫])(\d+)\.(\d+)(?!\d|[.,٫]\d)")


def localised(number: str, source_lang: str, target_lang: str) -> str:
    """Return a number in Western digits with the separators of a language: «7٫5» is "7,5" in French.

    A full stop stands before decimals only where the source is English; elsewhere it may be that of a date.
    """
    if target_lang == "fa":
        return number
    # The Arabic separators stand for one thing each.
    number = _THOUSANDS.sub(lambda found: found[0].replace(",", "٬"), number)
    number = _DECIMALS.sub(r"\1٫\2", number) if source_lang == "en" else number
    decimal, thousand = _SEPARATORS.get(target_lang, (".", ","))
    return re.sub(r"(?<=\d)[٫٬](?=\d)", lambda found: decimal if found[0] == "٫" else thousand, number)


def ordinals(source: str) -> Iterator[tuple[str, int]]:
    """Yield the ordinals of a Persian sentence as they stand, with their values; not that of «اول ماه مه»."""
    words = folded_words(source)
    if _ORDINALS.keys().isdisjoint(words):
        return
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word in _ORDINALS and following != "ماه":
            yield word, _ORDINALS[word]


def has_number_words(source: str) -> bool:
    """Whether a Persian sentence has numbers in words, which a target may write in digits."""
    return bool(_FA_WORDS.search(fold(source)) or any(ordinals(source)))


@cache
def spelt(number: int, lang: str, *, ordinal: bool = False) -> str:
    """Return a number in words; empty for a language without them."""
    from num2words import num2words

    try:
        return num2words(number, lang=lang, to="ordinal" if ordinal else "cardinal")
    except NotImplementedError:
        return ""
