"""Names by their sound: «شاهرخ» and “Chahrokh” have the same consonants."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property, lru_cache

from pipeline.languages import Language
from pipeline.text.orthography import fold, unaccented
from pipeline.text.words import Remembered


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
    return {consonants(word, language) for word in words if _BEGINS_A_NAME[word[0]]}


_BEGINS_A_NAME = Remembered(lambda letter: letter.isupper() or (letter.isalpha() and not letter.islower()))
"""Capital letters, and those of scripts that have none."""


_SOFT = re.compile("[CcGg](?=[eiyéèê])")


def _softened(word: str) -> str:
    """Return a name with other letters where c and g may sound as s and j: «Cyrus», «George»."""
    return _SOFT.sub(lambda letter: "s" if letter[0] in "Cc" else "j", word)


LONGEST_NAME, SHORTEST_SOUND = 4, 3
"""Words of a target that may be one name of the source; consonants by which such a name is known."""


class Heard:
    """The names of a text by their sound: its words with a capital letter, alone and in a row («Masjed Soleyman»)."""

    def __init__(self, words: Sequence[str], language: Language) -> None:
        self._sounds = sounds_of(words, language)
        spoken = [consonants(word, language) for word in words]
        softened = (consonants(_softened(word), language) for word in words if word[0].isupper() and _SOFT.search(word))
        self._sounds |= set(softened)
        self._spoken = spoken
        self._begins = [at for at, word in enumerate(words) if _BEGINS_A_NAME[word[0]]]
        self._in_a_row = ["".join(spoken[at : at + LONGEST_NAME]) for at in range(len(spoken))]

    def has(self, name: Sequence[str], least: int = 1) -> bool:
        """Whether a word of a name, each given by its consonants, is heard, or all of them together.

        One of fewer consonants than the `least` tells nothing by itself.
        """
        if not self._sounds.isdisjoint(sound for sound in name if len(sound) >= least):
            return True
        together = "".join(name)
        if len(together) < SHORTEST_SOUND:
            return any(one == together for one in self._in_a_row)
        return any(one.startswith(together) for one in self._in_a_row)

    @cached_property
    def together(self) -> frozenset[str]:
        """The consonants of words in a row, as many as may be one name of the source: “Kuh-Sefid”, «کوه‌سفید»."""
        begins = self._begins
        pairs = ((first, last) for at, first in enumerate(begins) for last in begins[at : at + LONGEST_NAME])
        return frozenset("".join(self._spoken[one : last + 1]) for one, last in pairs if last - one < LONGEST_NAME)

    def has_beginning(self, name: str) -> bool:
        """Whether a word is heard that begins as a name does, for the most part: «Pirée» is “Piraeus”."""
        return any(
            (one.startswith(name) or name.startswith(one))
            and 3 * min(len(one), len(name)) >= 2 * max(len(one), len(name))
            for one in self._sounds
        )
