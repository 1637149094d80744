"""The words of a target as they are compared with those of a language file: small, and without accents."""

import unicodedata
from functools import lru_cache

from pipeline.languages import Language
from pipeline.text.orthography import ACCENTS, SCRIPT, dotted, fold, unaccented
from pipeline.text.segment import without_addresses
from pipeline.text.words import WORD, Remembered, in_a_row


def plain(text: str, letters: str = "") -> str:
    """Return a text in small letters and without accents, but for the `letters`; «آ» is joined again."""
    small = dotted(text.casefold())
    if small.isascii() or not letters:
        return unicodedata.normalize("NFC", unaccented(small))
    parts = (one if one in letters else unaccented(one) for one in unicodedata.normalize("NFC", small))
    return unicodedata.normalize("NFC", "".join(parts))


def one_form(piece: str) -> str:
    """Return a piece of a text in Arabic letters in its comparison form, any other as it is."""
    return fold(piece) if SCRIPT.search(piece) else piece


@lru_cache(maxsize=16)
def _plain_words(letters: str) -> Remembered[tuple[str, ...]]:
    """Return what the words of a piece are, in small letters and without accents, but for the `letters`."""

    def words(piece: str) -> tuple[str, ...]:
        if piece.isascii() and piece.isalpha():
            return (piece.lower(),)
        whole = unicodedata.normalize("NFC", piece) if letters else piece
        return tuple(plain(word, letters) for word in WORD.findall(ACCENTS.sub("", one_form(whole))))

    return Remembered(words)


@lru_cache(maxsize=64)
def target_words(text: str, letters: str = "") -> tuple[str, ...]:
    """Return the words of a target, in small letters and without accents, but for the `letters` of its language."""
    return in_a_row(_plain_words(letters), text)


@lru_cache(maxsize=64)
def capitalised_words(text: str) -> tuple[str, ...]:
    """Return the words of a target as they are written, those all in capitals with the first one alone."""
    return in_a_row(CAPITALISED, text)


def capitalised(word: str) -> str:
    # In small letters «İ» has its dot apart.
    return word.title().replace("\u0307", "") if len(word) > 3 and word.isupper() else word


def _as_written(piece: str) -> tuple[str, ...]:
    if piece.isalpha() and piece.isascii():
        return (capitalised(piece),)
    return tuple(map(capitalised, WORD.findall(one_form(without_addresses(piece)))))


CAPITALISED = Remembered(_as_written)


@lru_cache(maxsize=256)
def listed(words: tuple[str, ...], letters: str) -> tuple[str, ...]:
    """Return the words of a list in a language file as those of a target are compared with them."""
    return tuple(plain(word, letters) for word in words)


def standing(expressions: tuple[str, ...], target: str, language: Language) -> str:
    """Return the first of some expressions that stands in a target, as it is listed; "" for none."""
    text = f" {' '.join(target_words(target, language.letters))} "
    both = zip(expressions, listed(expressions, language.letters), strict=True)
    return next((one for one, said in both if f" {said} " in text), "")
