"""What polarity.py asks of “less”: that the source says something that is less, or denies something."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks.negation import needed
from pipeline.text import plainwords, vocabulary, wildcards
from pipeline.text.expressions import WordTable
from pipeline.text.meanings import SourceSentence
from pipeline.text.orthography import fold

BEFORE, BEHIND = 2, 2
"""So many words before “less”, and behind it, may make it another expression: “no less than”, « au moins »."""


def faults(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield where a target says “less” though nothing in its source is less: “once less” for «بار دیگر»."""
    if not (context.target.target.lesser and context.source.source.lesser):
        return
    words = plainwords.target_words(unit.target, context.target.letters)
    if frozenset(plainwords.listed(context.target.target.lesser, context.target.letters)).isdisjoint(words):
        return
    word = _lesser(words, context.target)
    never = plainwords.standing(context.target.target.never_less, unit.target, context.target)  # « au moins tard »
    if never or (word and not _may_be_less(unit, context)):
        told = word or never
        yield Finding("polarity", Severity.WARNING, unit, f"the source has no word for “{told}”", told)


def _lesser(words: Sequence[str], language: Language) -> str:
    """Return the first word of a target that says “less” and not something else; "" where there is none."""
    own = plainwords.listed(language.target.lesser, language.letters)
    idioms = plainwords.listed(language.target.no_lesser, language.letters)
    for at, word in enumerate(words):
        if word in own:
            around = f" {' '.join(words[max(0, at - BEFORE) : at + 1 + BEHIND])} "
            if not any(f" {idiom} " in around for idiom in idioms):
                return word
    return ""


def _may_be_less(unit: Unit, context: Context) -> bool:
    """Whether a source has a word for what is less, or denies more than its target does: «بیش از … نیست»."""
    source = vocabulary.source(unit.source, context.source)
    if any(map(wildcards.fitting(_folded(context.source)).__getitem__, source.words)):
        return True
    said = vocabulary.target(unit.target, context.target, WordTable.NEGATIONS).negations()
    return _denials(source, context.source) > len(said)


def _denials(source: SourceSentence, language: Language) -> int:
    texts = [source.text(place) for place in source.negations()]
    return (needed(texts, language) if texts else 0) + len(source.negations(WordTable.AFFIXES))


@lru_cache(maxsize=16)
def _folded(language: Language) -> tuple[str, ...]:
    return tuple(map(fold, language.source.lesser))
