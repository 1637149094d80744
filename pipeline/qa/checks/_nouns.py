"""Nouns of a target that nothing in its source may mean, by list or dictionary: they tell what replaced a word."""

from collections.abc import Sequence
from functools import cached_property

from pipeline.languages import Language
from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.text import dictionary, vocabulary
from pipeline.text.dictionary import Dictionary
from pipeline.text.orthography import folded_words
from pipeline.text.plainwords import capitalised_words, plain, target_words
from pipeline.text.sounds import consonants
from pipeline.text.words import LEAST_AKIN, are_akin


def foreign_nouns(unit: Unit, context: Context) -> list[str]:
    """Return such nouns; none, where there is no dictionary of both languages.

    What a translation into another language may say, too, is none of them.
    """
    known = dictionary.of(context.source, context.target)
    found = strange_nouns(unit, context.source, context.target, known) if known else []
    for one in context.siblings.get(unit.key, ()) if found else ():
        found = _unsaid(found, context.target, one.target, one.context.target)
    is_either = NameOrTerm(unit, context)
    return [word for word in found if not is_either(word)]


def _unsaid(nouns: Sequence[str], language: Language, text: str, other: Language) -> list[str]:
    """Return the nouns that no word of another language’s text may mean, nor is akin to; all without a dictionary."""
    if not (known := dictionary.beside(other, language)):
        return [*nouns]
    words = target_words(text, other.letters)
    strange = dict.fromkeys(nouns[at] for at in known.strange(words, nouns))
    alike = dictionary.by_beginning({*words})
    return [noun for noun in strange if not any(are_akin(noun, one) for one in alike.get(noun[:LEAST_AKIN], ()))]


def strange_nouns(unit: Unit, source: Language, target: Language, known: Dictionary) -> list[str]:
    """Return the nouns of a target, those with a capital left out, that no word of its source may mean."""
    words = target_words(unit.target, target.letters)
    found = list(known.strange(folded_words(unit.source), words))
    if not found:
        return []
    said = vocabulary.said(unit.target, target, vocabulary.source(unit.source, source).meanings)
    names = {plain(word, target.letters) for word in capitalised_words(unit.target)[1:] if word[0].isupper()}
    no_nouns = names.union(target.target.negations, target.target.concords)  # « pas »
    return [words[at] for at in found if at not in said.explained and words[at] not in no_nouns]


class NameOrTerm:
    """Tells whether a word renders a term of the source, or sounds like one of its words."""

    def __init__(self, unit: Unit, context: Context) -> None:
        self._source, self._context = unit.source, context

    def __call__(self, word: str) -> bool:
        return word in self._rendered or self._is_heard(consonants(word, self._context.target))

    def _is_heard(self, sound: str) -> bool:
        return len(sound) > 1 and sound in self._sounds

    @cached_property
    def _rendered(self) -> frozenset[str]:
        termbase = self._context.termbase
        terms = termbase.occurring(self._source)
        allowed = (piece for term in terms for text in termbase.agreed(term).allowed for piece in text.split())
        return frozenset(word for piece in allowed for word in target_words(piece, self._context.target.letters))

    @cached_property
    def _sounds(self) -> frozenset[str]:
        return frozenset(consonants(word, self._context.source) for word in folded_words(self._source))
