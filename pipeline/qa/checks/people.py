"""Names of the source that the target does not say: nothing there sounds alike.

A person is known by a given name, which the word behind it belongs to, or by a title before the name; a park,
a village, a hospital by the word that says what it is. Of a person either name is enough.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.orthography import fold, folded_words
from pipeline.text.sounds import Heard, consonants
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
        if not heard.has([consonants(word, context.source) for word in name]):
            text = " ".join(name)
            yield Finding("people", severity, unit, f"«{text}» is not named in the target", text)


def _names(source: str, language: Language) -> Iterator[tuple[Name, Severity]]:
    words, hints = folded_words(source), _hints(language)
    begins = {0, *accumulate(len(folded_words(piece)) for piece in pieces(source))}  # not «نگار» in «روزنامه‌نگار»
    taken = vocabulary.source(source, language).within(WordTable.PLACES)
    for at, word in enumerate(words):
        if at not in begins or at in taken or word not in hints.all:
            continue
        if word in hints.given:
            following = words[at + 1 : at + 2]
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
