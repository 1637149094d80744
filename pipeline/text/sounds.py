"""Names by their sound: «شاهرخ» and “Chahrokh” have the same consonants."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from pipeline.languages import Language
from pipeline.text.orthography import fold, unaccented


class Naming(StrEnum):
    """In which letters names stand, in a target of another script: `names` in pipeline.toml."""

    TRANSCRIBED = "transcribed"
    LATIN = "latin"
    EITHER = "either"


@lru_cache(maxsize=16)
def _classes(language: Language) -> tuple[tuple[str, str], ...]:
    """Return the letters of a language with their class of sound, the longest first."""
    pairs = [(letters, sound) for sound, all_letters in language.sounds.items() for letters in all_letters]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=100_000)
def consonants(word: str, language: Language) -> str:
    """Return the consonants of a name, one sign for each class of sounds, doubled ones once; no vowels, no h, no w.

    A letter with an accent that the language file does not have («ş») sounds as it does without.
    """
    word, sounds, at = unicodedata.normalize("NFC", fold(word).casefold()), "", 0
    bare = "".join(unaccented(letter)[:1] or letter for letter in word)
    while at < len(word):
        known = (pair for form in (word, bare) for pair in _classes(language) if form.startswith(pair[0], at))
        letters, sound = next(known, (word[at], ""))
        sounds += sound if sound != sounds[-1:] else ""
        at += len(letters)
    return sounds


def sounds_of(words: Sequence[str], language: Language) -> set[str]:
    """Return the consonants of all names among the words of a text: those with a capital letter, if there are any."""
    return {consonants(word, language) for word in words if word[0].isupper() or _is_caseless(word[0])}


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and not letter.islower() and not letter.isupper()


class Heard:
    """The names of a text by their sound: its words with a capital letter, alone and in a row («Masjed Soleyman»)."""

    def __init__(self, words: Sequence[str], language: Language) -> None:
        self._sounds = sounds_of(words, language)
        self._in_a_row = "".join(consonants(word, language) for word in words)

    def has(self, name: Sequence[str]) -> bool:
        """Whether a word of a name, each given by its consonants, is heard."""
        return not self._sounds.isdisjoint(filter(None, name)) or "".join(name) in self._in_a_row
