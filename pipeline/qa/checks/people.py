"""A person of the source whom the target does not name: neither the given name nor what follows sounds alike there."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.orthography import fold, folded_words
from pipeline.text.sounds import consonants, sounds_of

NEEDS = ("source.given_names", "target.sounds")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    words = folded_words(unit.source)
    people = list(_people(words, context.source))
    if not people:
        return
    sounds = sounds_of(vocabulary.capitalised_words(unit.target), context.target)
    joined = "".join(consonants(word, context.target) for word in vocabulary.capitalised_words(unit.target))
    for name in dict.fromkeys(people):
        wanted = [consonants(word, context.source) for word in name]
        if sounds.isdisjoint(filter(None, wanted)) and "".join(wanted) not in joined:
            text = " ".join(name)
            yield Finding("people", Severity.ERROR, unit, f"«{text}» is not named in the target", text)


def _people(words: Sequence[str], language: Language) -> Iterator[tuple[str, ...]]:
    """Yield given names with the word behind them, which is the family's, if it can be one."""
    given, others = _given(language), set(language.source.no_names)
    if given.isdisjoint(words):
        return
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word in given and following not in others:
            yield (word, following) if len(following) > 2 else (word,)


@lru_cache(maxsize=16)
def _given(language: Language) -> frozenset[str]:
    return frozenset(map(fold, language.source.given_names))
