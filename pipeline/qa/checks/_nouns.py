"""Nouns of a target that nothing in its source may mean, by list or dictionary: they tell what replaced a word."""

from collections.abc import Callable
from functools import cache

from pipeline.languages import Language
from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.text import dictionary, vocabulary
from pipeline.text.dictionary import Dictionary
from pipeline.text.orthography import folded_words
from pipeline.text.sounds import consonants
from pipeline.text.vocabulary import capitalised_words, plain, target_words


def strange_noun(unit: Unit, context: Context) -> str:
    """Return such a noun; "" where there is none, or no dictionary of both languages."""
    known = dictionary.of(context.source, context.target)
    found = strange_nouns(unit, context.source, context.target, known) if known else []
    is_either = name_or_term(unit, context)
    return next((word for word in found if not is_either(word)), "")


def strange_nouns(unit: Unit, source: Language, target: Language, known: Dictionary) -> list[str]:
    """Return the nouns of a target, those with a capital left out, that no word of its source may mean."""
    words = target_words(unit.target, target.letters)
    found = list(known.strange(folded_words(unit.source), words))
    if not found:
        return []
    said = vocabulary.said(unit.target, target, vocabulary.source(unit.source, source).meanings)
    names = {plain(word, target.letters) for word in capitalised_words(unit.target)[1:] if word[0].isupper()}
    return [words[at] for at in found if at not in said.explained and words[at] not in names]


def name_or_term(unit: Unit, context: Context) -> Callable[[str], bool]:
    """Return what tells whether a word renders a term of the source, or sounds like one of its words."""

    @cache
    def rendered() -> frozenset[str]:
        terms = context.termbase.occurring(unit.source)
        allowed = (piece for term in terms for text in context.termbase.agreed(term).allowed for piece in text.split())
        return frozenset(word for piece in allowed for word in target_words(piece, context.target.letters))

    @cache
    def sounds() -> frozenset[str]:
        return frozenset(consonants(word, context.source) for word in folded_words(unit.source))

    def is_either(word: str) -> bool:
        return word in rendered() or (len(sound := consonants(word, context.target)) > 1 and sound in sounds())

    return is_either
