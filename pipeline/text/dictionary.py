"""What words of two languages may mean, by dictionary: which nouns of a target nothing in its source may mean.

`dictionaries/words-fa` has Persian words and, behind a tab, the English words, without their endings, that may mean
the same; `nouns-en` and `nouns-fr` so have nouns in all forms, but none that right translations often add. They know
ten times as many words as the lexicon of a language file, and none of them for certain: by itself a strange noun tells
nothing, but where a word is not said it tells that another stands in its place. `forms-fr` and `forms-en` are for a
translation that is held against one into another language: French words of all kinds in all forms, and those English
ones that are formed irregularly. Where the words come from is told in `dictionaries/README.md`.
"""

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.languages import Language
from pipeline.text.orthography import fold
from pipeline.text.words import LEAST_AKIN, Remembered, are_akin

FOLDER = Path(__file__).parent / "dictionaries"

SHORTEST_STEM = 3
"""Letters of a word that may lose an ending."""

Meanings = frozenset[str]


ENGLISH = ("ings", "ing", "ies", "ed", "es", "s", "e", "y", "d")
"""What an English word loses: it stands between all languages."""


class Dictionary:
    """What the words of a source may mean, and the nouns of a target: English words, as in a file.

    The words of an English source mean themselves, too.
    """

    def __init__(
        self, source: Mapping[str, str], target: Mapping[str, str], endings: Sequence[str], *, is_english: bool = False
    ) -> None:
        self._source, self._target, self._endings, self._is_english = source, target, endings, is_english
        self._meanings = Remembered(self._look_up)

    def _look_up(self, word: str) -> Meanings:
        """Return what a word of a source may mean, or what is left of it without as short an ending as need be."""
        stems = (word.removesuffix(one) for one in self._endings if word.endswith(one))
        known = (one for one in (word, *stems) if one in self._source and (one == word or len(one) >= SHORTEST_STEM))
        meanings = frozenset(self._source.get(next(known, ""), "").split())
        return meanings | {english(word)} if self._is_english else meanings

    def meanings(self, word: str) -> Meanings:
        """Return what a word of a source may mean."""
        return self._meanings[word]

    def has(self, word: str) -> bool:
        """Whether a word of a source means something."""
        return bool(self._meanings[word])

    def may_say(self, target: Sequence[str], source: Sequence[str]) -> frozenset[str]:
        """Return the words of a target that may say what a word of its source means, all in their comparison form."""
        meanings = {word: self._target.get(word, word).split() for word in target}
        wanted = frozenset(one[:LEAST_AKIN] for its in meanings.values() for one in its)
        known = frozenset().union(*map(self._meanings.__getitem__, source)) if wanted else ()
        said = by_beginning(one for one in known if one[:LEAST_AKIN] in wanted)

        def is_said(word: str) -> bool:
            return any(are_akin(one, two) for one in meanings[word] for two in said.get(one[:LEAST_AKIN], ()))

        return frozenset(filter(is_said, target))

    def strange(self, source: Sequence[str], target: Sequence[str]) -> Iterator[int]:
        """Yield which words of a target, counted from 0, are nouns that no word of its source may mean.

        The words of both are in their comparison form.
        """
        nouns = [(at, self._target[word].split()) for at, word in enumerate(target) if word in self._target]
        said: Meanings = frozenset().union(*map(self._meanings.__getitem__, source)) if nouns else frozenset()
        unsaid = [(at, meanings) for at, meanings in nouns if said.isdisjoint(meanings)]
        beginnings = by_beginning(said) if unsaid else {}
        for at, meanings in unsaid:
            if not any(are_akin(one, two) for one in meanings for two in beginnings.get(one[:LEAST_AKIN], ())):
                yield at


def by_beginning(words: Iterable[str]) -> dict[str, list[str]]:
    """Return words by the letters in which others that are akin begin alike."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[word[:LEAST_AKIN]].append(word)
    return found


@lru_cache(maxsize=16)
def of(source: Language, target: Language) -> Dictionary | None:
    """Return the dictionary for translations from one language into another; None, where there is none."""
    words, nouns = _entries(f"words-{source.code}"), _entries(f"nouns-{target.code}")
    return Dictionary(words, nouns, endings(source)) if words and nouns else None


@lru_cache(maxsize=16)
def of_source(source: Language) -> Dictionary | None:
    """Return what words of a language may mean, whatever it is translated into; None, where they are not known."""
    words = _entries(f"words-{source.code}")
    return Dictionary(words, {}, endings(source)) if words else None


@lru_cache(maxsize=16)
def beside(other: Language, target: Language) -> Dictionary | None:
    """Return the dictionary that tells of two translations what the nouns of the second have in the first."""
    forms, nouns = _entries(f"forms-{other.code}"), _entries(f"nouns-{target.code}")
    return Dictionary(forms, nouns, (), is_english=other.code == "en") if forms and nouns else None


def english(word: str) -> str:
    """Return an English word without its ending."""
    ending = next((one for one in ENGLISH if word.endswith(one) and len(word) - len(one) >= SHORTEST_STEM), "")
    return word.removesuffix(ending)


def endings(language: Language) -> list[str]:
    """Return the endings that a word of a source may lose, the shortest first."""
    return sorted(map(fold, {*language.grammar.plurals, *language.grammar.inflections}), key=len)


@lru_cache(maxsize=16)
def _entries(name: str) -> dict[str, str]:
    """Return the words of a file, each with what it may mean; none, where there is no such file."""
    path = FOLDER / f"{name}.txt.xz"
    if not path.is_file():
        return {}
    lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    return {word: meanings for words, meanings in (line.split("\t") for line in lines) for word in words.split()}
