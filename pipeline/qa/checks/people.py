"""Names of the source that the target does not say: nothing there sounds alike.

A person is known by a given name, which the word behind it belongs to, or by a title before the name; a park,
a village, a hospital by the word that says what it is. Of a person either name is enough.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.orthography import fold, folded_words
from pipeline.text.sounds import Heard, Naming, consonants
from pipeline.text.vocabulary import WordTable
from pipeline.text.words import pieces

NEEDS = ("source.given_names", "target.sounds")

SHORTEST = 3
"""Letters of a word that is taken for a name because of the word before it."""

Name = tuple[str, ...]


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if _hints(context.source).all.isdisjoint(folded_words(unit.source)):
        return
    heard = Heard(vocabulary.capitalised_words(unit.target), context.target)
    for name, severity in dict(_names(unit.source, context.source)).items():
        text = " ".join(name)
        if context.source.has_capitals and not context.target.has_capitals:
            yield from _transcribed(name, unit, context)
        elif not (_is_spelt_alike(name, unit.target, context) or heard.has(_sounds(name, context))):
            yield Finding("people", severity, unit, f"«{text}» is not named in the target", text)


def _sounds(name: Name, context: Context) -> list[str]:
    """Return the consonants of a name; where no capital tells the names of a target, no single one is enough."""
    sounds = [consonants(word, context.source) for word in name]
    return sounds if context.target.has_capitals else [sound for sound in sounds if len(sound) > 1]


def _is_spelt_alike(name: Name, target: str, context: Context) -> bool:
    return not context.target.has_capitals and not set(name).isdisjoint(folded_words(target))


def _transcribed(name: Name, unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield what is wrong with a name in Latin letters in a target of other ones, where it may stand in either."""
    text, is_there = " ".join(name), any(word in unit.target for word in name)
    if context.naming is Naming.LATIN and not is_there:
        yield Finding("people", Severity.WARNING, unit, f"«{text}» does not stand in Latin letters", text, text)
    elif not (is_there or _is_alike(name, unit.target, context)):
        yield Finding("people", Severity.WARNING, unit, f"«{text}» is not named in the target", text)


def _is_alike(name: Name, target: str, context: Context) -> bool:
    """Whether a word of a name sounds nearly like one of a target: letters have more sounds than a file says."""
    spoken = {_loosely(consonants(word, context.target)) for word in vocabulary.capitalised_words(target)}
    for word in name:
        for spelt in (word, _SOFT_C.sub("s", _SOFT_G.sub("j", word.casefold().replace("x", "ks")))):
            sound = _loosely(consonants(spelt, context.source))
            if not sound or any(sound == one or (len(sound) > 1 and sound in one) for one in spoken):
                return True
    return False


_SOFT_C, _SOFT_G = re.compile("c(?=[eiyéèê])"), re.compile("g(?=[eiyéèê])")
_ALIKE = str.maketrans("gxjzd", "ksss" + "t")


def _loosely(sound: str) -> str:
    """Return consonants of a name, those alike as one: «George», «جورج»."""
    return "".join(letter for letter, _ in groupby(sound.translate(_ALIKE)))


def _names(source: str, language: Language) -> Iterator[tuple[Name, Severity]]:
    words, hints = folded_words(source), _hints(language)
    begins = {0, *accumulate(len(folded_words(piece)) for piece in pieces(source))}  # not «نگار» in «روزنامه‌نگار»
    taken = vocabulary.source(source, language).within(WordTable.PLACES)
    for at, word in enumerate(words):
        if at not in begins or at in taken or word not in hints.all:
            continue
        if word in hints.given:
            following = [one for one in words[at + 1 : at + 2] if one[0].isupper() or not language.has_capitals]
            if hints.others.isdisjoint(following):
                yield (word, *(one for one in following if len(one) >= SHORTEST)), Severity.ERROR
        else:
            behind = at + 1 if at + 1 in begins else at + 2  # «محله‌ی …»
            most = 2 if word in hints.titles else 1
            is_one_word = behind + 1 in begins or behind + 1 >= len(words)  # «آقای وزیر», not «آقای وطن‌پرور»
            if (
                behind in begins
                and behind not in taken
                and (name := _names_at(words, behind, most, language, is_one_word))
            ):
                yield name, Severity.WARNING


def _names_at(words: Sequence[str], at: int, most: int, language: Language, alone: bool) -> Name:
    """Return the words from a place on that may be a name: none that the language file knows, if `alone`."""
    hints, name = _hints(language), list[str]()
    for word in words[at : at + most]:
        if len(word) < SHORTEST or word in hints.others or word in hints.sites or not word.isalpha():
            break
        if language.has_capitals and not word[0].isupper():
            break
        if word.endswith(hints.endings) and word not in hints.given:
            break
        if alone and vocabulary.means(word, language) and word not in hints.given:
            break
        name.append(word)
    return tuple(name)


class _Hints(NamedTuple):
    """The words of a language that a name is known by, those that are none, and how such others end («*ند»)."""

    given: frozenset[str]
    titles: frozenset[str]
    sites: frozenset[str]
    others: frozenset[str]
    endings: tuple[str, ...]
    all: frozenset[str]


@lru_cache(maxsize=16)
def _hints(language: Language) -> _Hints:
    said = language.source
    given, titles, sites, others = (
        frozenset(map(fold, words)) for words in (said.given_names, said.titles, said.sites, said.no_names)
    )
    endings = tuple(word[1:] for word in others if word.startswith("*"))
    return _Hints(given, titles, sites, others, endings, given | titles | sites)
