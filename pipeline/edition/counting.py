"""Markers of items, of signatures and of notes, as each language counts."""

import re
from collections.abc import Container

from pipeline.languages import Language
from pipeline.model import Block, Kind
from pipeline.text.orthography import western_digits
from pipeline.text.printable import safe


def marker(block: Block, language: Language, *, is_source: bool = False, drawn: Container[str] = ()) -> str:
    """Return a marker as it is printed in a language.

    In the source it is its own, and in Persian, too, in Persian digits and letters; others count in their numerals,
    with all numbers of a nested one. A sign that no font has, for it is neither usual nor among those `drawn`, is «•».
    """
    if block.kind is Kind.NOTE:
        return note(block.marker, language)
    if _SIGN.fullmatch(block.marker) and block.marker[0] not in _DRAWN and block.marker[0] not in drawn:
        return "•"
    if is_source:
        return in_digits(_tightened(block.marker), language)
    if language.direction == "rtl":
        return in_digits(_lettered(_tightened(block.marker), block.ordinal, language), language)
    numbers = re.findall("[0-9]+", western_digits(block.marker))
    if len(numbers) > 1:
        return ".".join(numbers) + "."
    return f"{block.ordinal}." if block.ordinal else block.marker.replace("-", "–")


def _lettered(marker: str, ordinal: int | None, language: Language) -> str:
    """Return a marker with a letter of the language for a Latin one: «ب)» for «b)»; a Roman number in digits."""
    latin = _LETTERED.fullmatch(marker)
    letters = language.reading.letters
    if not latin:
        return marker
    number = ordinal or (ord(latin[2].lower()) - ord("a") + 1 if len(latin[2]) == 1 else 0)
    if len(latin[2]) == 1 and 0 < number <= len(letters):
        return f"{latin[1]}{letters[number - 1]}{latin[3]}"
    return f"{latin[1]}{number}{latin[3]}" if number else marker


_LETTERED = re.compile(r"(\W*)([A-Za-z]|[IVXLCivxlc]{2,6})(\W*)")
_SIGN = re.compile(r"[^\w\s]\ufe0f?")
_DRAWN = ("•", "-", "–", "—", "·", "*", "+")
"""Bullets that every font has: others are looked for in our own."""


def _tightened(marker: str) -> str:
    """Return a marker without spaces around its signs; those between its words stay."""
    worded = [place for place, character in enumerate(marker) if character.isalnum()]
    if not worded:
        return "".join(marker.split())
    first, last = worded[0], worded[-1] + 1
    return "".join(marker[:first].split()) + marker[first:last] + "".join(marker[last:].split())


def note(marker: str, language: Language) -> str:
    """Return the marker of a note in the digits of a language."""
    return in_digits(safe(marker), language).strip()


def in_digits(text: str, language: Language) -> str:
    """Return a text with its numbers in the digits of a language."""
    return western_digits(text).translate(str.maketrans("0123456789", "".join(language.digits)))
