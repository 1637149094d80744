"""Words by what they mean: which meanings of a language file a sentence has, and where.

A meaning is a name of the file's choice («prison», «abolition», «berlin») with the words that say it: `*` in them
stands for any letters, and several words are one expression. The longest expression counts, so that what stands inside
another one is not told («محیط زیست» is not «محیط»).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Language
from pipeline.text.orthography import fold, folded_words

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meaning stands: its name, the words of the sentence that say it, and whether they need be said."""

    meaning: str
    first: int
    last: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _Expression:
    meaning: str
    words: tuple[str, ...]
    is_exact: bool

    def stands(self, words: Sequence[str], at: int) -> bool:
        here = words[at + 1 : at + len(self.words)]
        return len(here) == len(self.words) - 1 and all(map(_fits, here, self.words[1:]))


class Vocabulary:
    """The meanings of one table. A word before which `~` stands may say its meaning, and need not be said again."""

    def __init__(self, meanings: Mapping[str, Iterable[str]], conjunctions: Sequence[str] = ()) -> None:
        self._conjunctions = conjunctions
        self._by_word: dict[str, list[_Expression]] = defaultdict(list)
        self._by_pattern: list[_Expression] = []
        for meaning, expressions in meanings.items():
            for text in expressions:
                words = tuple(re.findall(r"[\w*]+", text))
                expression = _Expression(meaning, words, not text.startswith("~"))
                if "*" in words[0]:
                    self._by_pattern.append(expression)
                else:
                    self._by_word[words[0]].append(expression)
        self._beginning = lru_cache(maxsize=50_000)(self._beginning_uncached)

    def places(self, words: Sequence[str]) -> list[Place]:
        """Return the meanings that stand in the words of a sentence, in their order."""
        found: list[Place] = []
        end = 0
        for at, word in enumerate(words):
            here = [one for one in self._beginning(word) if at >= end and one.stands(words, at)]
            longest = max((len(one.words) for one in here), default=0)
            end = at + longest if longest else end
            found += [Place(one.meaning, at, at + longest, one.is_exact) for one in here if len(one.words) == longest]
        return found

    def meanings(self, words: Sequence[str]) -> set[str]:
        """Return the meanings that may stand in the words of a sentence, those inside others too."""
        return {one.meaning for at, word in enumerate(words) for one in self._beginning(word) if one.stands(words, at)}

    def times(self, words: Sequence[str]) -> Counter[str]:
        """Return how often each meaning may stand in the words of a sentence."""
        return Counter(
            meaning
            for at, word in enumerate(words)
            for meaning in {one.meaning for one in self._beginning(word) if one.stands(words, at)}
        )

    def _beginning_uncached(self, word: str) -> tuple[_Expression, ...]:
        """Return the expressions that may begin with a word, a conjunction written onto it or not."""
        bare = [word[len(one) :] for one in self._conjunctions if word.startswith(one) and len(word) > len(one) + 1]
        return tuple(
            expression
            for form in (word, *bare)
            for expression in (
                *self._by_word.get(form, ()),
                *(one for one in self._by_pattern if _fits(form, one.words[0])),
            )
        )


@lru_cache(maxsize=100_000)
def _fits(word: str, pattern: str) -> bool:
    first, star, rest = pattern.partition("*")
    return word == pattern if not star else word.startswith(first) and word[len(first) :].endswith(rest)


@lru_cache(maxsize=16)
def lexicon_of_source(language: Language) -> Vocabulary:
    return Vocabulary(_folded(language.source.lexicon), language.grammar.conjunctions)


@lru_cache(maxsize=16)
def lexicon_of_target(language: Language) -> Vocabulary:
    return Vocabulary(_small(language.target.lexicon))


@lru_cache(maxsize=16)
def polarity_of_source(language: Language) -> Vocabulary:
    return Vocabulary(_folded(language.source.polarity), language.grammar.conjunctions)


@lru_cache(maxsize=16)
def polarity_of_target(language: Language) -> Vocabulary:
    """Return the words for and against of a language, which its file gives by their beginnings."""
    table = _small(language.target.polarity)
    return Vocabulary({meaning: [f"{word}*" for word in words] for meaning, words in table.items()})


@lru_cache(maxsize=16)
def places_of(language: Language) -> Vocabulary:
    return Vocabulary(
        {
            meaning: ["~" * word.startswith("~") + fold(word.lstrip("~")) for word in words]
            for meaning, words in language.places.items()
        },
        language.grammar.conjunctions,
    )


def _folded(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {meaning: [fold(word) for word in words] for meaning, words in table.items()}


def _small(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {meaning: [word.casefold() for word in words] for meaning, words in table.items()}


@lru_cache(maxsize=64)
def source_words(text: str, language: Language) -> tuple[str, ...]:
    """Return the words of a source, folded; empty in the place of those that are names («میدان آزادی») or idioms."""
    words = list(folded_words(text))
    for place in _names_and_idioms(language).places(words):
        size = place.last - place.first
        words[place.first : place.last] = [""] * size
        if place.meaning == _NAMER:
            words[place.last : place.last + 1] = [""] * len(words[place.last : place.last + 1])
    return tuple(words)


_NAMER = "namer"


@lru_cache(maxsize=16)
def _names_and_idioms(language: Language) -> Vocabulary:
    source = language.source
    return Vocabulary(
        {_NAMER: map(fold, source.namers), "idiom": map(fold, source.idioms)}, language.grammar.conjunctions
    )


@lru_cache(maxsize=64)
def target_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


@lru_cache(maxsize=64)
def capitalised_words(text: str) -> tuple[str, ...]:
    """Return the words of a target as they are written, those all in capitals with the first one alone."""
    return tuple(word.title() if len(word) > 3 and word.isupper() else word for word in _WORD.findall(text))
