"""Persian spelling variants folded away, for comparison and machine translation only.

Nothing stored in a PO file or printed on a page has passed through here, except the
digits of addresses and numbers (`western_digits`).
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from pipeline.text.words import Remembered, in_a_row, pieces, words_of

_DIGITS = {ord(fa): str(i) for i, fa in enumerate("۰۱۲۳۴۵۶۷۸۹")} | {
    ord(ar): str(i) for i, ar in enumerate("٠١٢٣٤٥٦٧٨٩")
}
_LETTERS = str.maketrans("يىكةۀ", "ییکهه")
_DIACRITICS = re.compile("[\u064b-\u065f\u0670\u0640]")
_STRETCH = "\u0640"
"""The only one of these that counts as a letter."""

_JOINERS = re.compile("[\u200b-\u200f\u2060\ufeff]")

SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
"""A character of the Arabic script."""


_OTHER_DIGITS = re.compile("[۰-۹٠-٩]")
_OTHER_LETTERS = re.compile("[يىكةۀ]")
"""Most texts have none, which is faster found out than changed."""


@lru_cache(maxsize=4096)
def western_digits(text: str) -> str:
    """«۳۷» and «٣٧» become «37»; all else stays."""
    return text.translate(_DIGITS) if _OTHER_DIGITS.search(text) else text


def _same_letters(text: str) -> str:
    return text.translate(_LETTERS) if _OTHER_LETTERS.search(text) else text


@lru_cache(maxsize=4096)
def letters_and_digits(text: str) -> str:
    """A text with one form of each letter and digit, in small letters, character for character: places stay."""
    plain = _same_letters(western_digits(text))
    small = plain.lower()
    return dotted(small if len(small) == len(plain) else "".join(map(_small, plain)))


def _small(letter: str) -> str:
    return letter.lower()[:1]  # «İ» becomes an i and a dot


def dotted(text: str) -> str:
    """Return a text in which ı, the small letter of I in Turkish and Azerbaijani, is an i, as of I elsewhere."""
    return text.replace("ı", "i")


ACCENTS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=4096)
def unaccented(text: str) -> str:
    """A text without the accents of its Latin letters."""
    return text if text.isascii() else ACCENTS.sub("", unicodedata.normalize("NFD", _stream_safe(text)))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The comparison form: one spelling for ي/ی, ك/ک, digits, ZWNJ, spaces and presentation forms."""
    return " ".join(filter(None, map(_FOLDED.__getitem__, pieces(text))))


def _folded(piece: str) -> str:
    """Return the comparison form of what stands between two spaces, which no other piece changes."""
    piece = _same_letters(unicodedata.normalize("NFKC", _stream_safe(piece)))
    if piece.isalpha() and _STRETCH not in piece:
        return piece  # letters alone, as most
    piece = _DIACRITICS.sub("", _JOINERS.sub(" ", western_digits(piece)))
    return " ".join(piece.split())


_FOLDED = Remembered(_folded)


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


_VOWELS = re.compile("[\u064b-\u0650\u0652\u0670]+")
_VOWELLED = re.compile("(.)([\u064b-\u0650\u0652\u0670]*)", re.DOTALL)
_FIGURES_IN_A_ROW = re.compile(r"\d+")


def is_respelling(one: str, other: str) -> bool:
    """Whether two texts of one wording say the same: no vowel of one is another in the other, and no number.

    «کِشت» is not «کُشت», and 10⁶ not 106; a vowel that only one of them has is no other.
    """
    if one == other:
        return True
    if _FIGURES_IN_A_ROW.findall(western_digits(one)) != _FIGURES_IN_A_ROW.findall(western_digits(other)):
        return False
    if not (_VOWELS.search(one) and _VOWELS.search(other)):
        return True
    pairs = zip(_vowelled(one), _vowelled(other), strict=False)
    return all(not vowels or not others or vowels == others for vowels, others in pairs)


def _vowelled(text: str) -> list[str]:
    """Return the vowels on each letter that a wording has."""
    return ["".join(sorted(found[2])) for found in _VOWELLED.finditer(text) if wording(found[1])]


def wording_hash(text: str) -> int:
    """Return a number of 64 bits that texts of one wording have in common, and hardly any others."""
    digest = hashlib.blake2b(wording(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=4096)
def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in their comparison form."""
    return in_a_row(_FOLDED_WORDS, text)


def words_by_piece(text: str) -> list[tuple[str, ...]]:
    """Return the words of a text in their comparison form, those of each of its pieces together."""
    return list(map(_FOLDED_WORDS.__getitem__, pieces(text)))


_FOLDED_WORDS = Remembered(lambda piece: tuple(words_of(_FOLDED[piece])))
