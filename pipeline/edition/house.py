"""House style: how quotation marks and digits are printed, whatever the text has. The text itself is never changed."""

import re

from pipeline.edition.design import Theme
from pipeline.languages import Language
from pipeline.text.orthography import western_digits
from pipeline.text.segment import addresses

_QUOTED = re.compile(r'(?<![^\W_])"(?=\S)([^"\n]++)(?<=\S)"(?![^\W_])')

_KEPT = r"\{[0-9]++\}|\+[0-9][-0-9 ().]*+"
"""The sign of a mark, and a telephone number as it is dialled from abroad."""

_CODE = r"A-Za-z\u00c0-\u024f@_/+-"
"""Beside digits, these make them part of a word or an address."""

_NUMBER = re.compile(rf"{_KEPT}|(?<![0-9#.{_CODE}])[0-9]++(?:[.,:/-][0-9]++)*+(?![{_CODE}])")


def styled(text: str, language: Language, theme: Theme) -> str:
    """Return a text of a language as the theme has it printed."""
    if theme.quotation_marks and '"' in text:
        text = _QUOTED.sub(lambda quoted: _quotation(quoted[1], language), text)
    return _in_digits(text, language) if theme.digits else text


def _quotation(text: str, language: Language) -> str:
    opening, closing = tuple(language.punctuation.quotation_marks)
    space = "\u00a0" if opening in language.punctuation.space_inside else ""
    return f"{opening}{space}{text}{space}{closing}"


def _in_digits(text: str, language: Language) -> str:
    """Return a text with its numbers in the digits of the language; addresses, codes and Latin words keep theirs."""
    own = str.maketrans("0123456789", language.digits)
    parts, position = [], 0
    for found in addresses(western_digits(text)):
        parts += [_numbers(text[position : found.start()], own), found[0]]
        position = found.end()
    return "".join([*parts, _numbers(text[position:], own)])


def _numbers(text: str, own: dict[int, int]) -> str:
    return _NUMBER.sub(lambda found: found[0] if found[0][0] in "{+" else found[0].translate(own), text)
