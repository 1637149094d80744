"""Persian spelling variants folded away, for comparison and machine translation only.

Nothing stored in a PO file or printed on a page has passed through here, except the
digits of addresses and numbers (`western_digits`).
"""

import re
import unicodedata
from functools import lru_cache

_DIGITS = {ord(fa): str(i) for i, fa in enumerate("۰۱۲۳۴۵۶۷۸۹")} | {
    ord(ar): str(i) for i, ar in enumerate("٠١٢٣٤٥٦٧٨٩")
}
_LETTERS = str.maketrans("يىكةۀ", "ییکهه")
_DIACRITICS = re.compile("[\u064b-\u065f\u0670\u0640]")
_JOINERS = re.compile("[\u200b-\u200f\u2060\ufeff]")

SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
"""A character of the Arabic script."""


@lru_cache(maxsize=4096)
def western_digits(text: str) -> str:
    """«۳۷» and «٣٧» become «37»; all else stays."""
    return text.translate(_DIGITS)


_PLAIN = _DIGITS | _LETTERS


@lru_cache(maxsize=4096)
def letters_and_digits(text: str) -> str:
    """A text with one form of each letter and digit, in small letters, character for character: places stay."""
    plain = text.translate(_PLAIN)
    small = plain.lower()
    return small if len(small) == len(plain) else plain


@lru_cache(maxsize=100_000)
def unaccented(word: str) -> str:
    """A word without the accents of its letters."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The comparison form: one spelling for ي/ی, ك/ک, digits, ZWNJ, spaces and presentation forms."""
    text = unicodedata.normalize("NFKC", _stream_safe(text)).translate(_LETTERS)
    text = _DIACRITICS.sub("", _JOINERS.sub(" ", western_digits(text)))
    return " ".join(text.split())


MOST_MARKS = 30
"""Marks that may stand on one letter: no language needs more (Unicode Standard Annex #15, section 13)."""


def _stream_safe(text: str) -> str:
    """Return a text in which no letter has more than MOST_MARKS marks; to put them in order takes their square."""
    if len(text) <= 1000 or max(map(len, text.split()), default=0) <= 1000:
        return text
    parts, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MOST_MARKS:
            parts.append("\u034f")  # a joiner that is not seen, over which nothing is put in order
            marks = 1
        parts.append(character)
    return "".join(parts)


_SAME_MARKS = str.maketrans("،؛؟٪“”„«»’‘", ',;?%"""""\'\'')


def wording(text: str) -> str:
    """The form in which a change of spelling alone is none: folded, without spaces, one form of each mark."""
    return fold(text).replace(" ", "").translate(_SAME_MARKS)


@lru_cache(maxsize=4096)
def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in their comparison form."""
    return tuple(re.findall(r"\w+", fold(text)))
