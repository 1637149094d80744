"""A negation of the source without one in the target."""

from collections.abc import Iterator, Sequence

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold, folded_words
from pipeline.text.vocabulary import hidden_words
from pipeline.text.wordlist import whole

NEEDS = ("source.negations", "target.negations")

SHORTEST = 6
"""Letters of a word that an affix may turn round: «unable», not «under»."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source, text = context.source.source, _without_idioms(unit.source, context.source)
    negations = whole(source.negations, source.no_negations).findall(text)
    if negations and said(unit.target, context.target) < needed(negations, source.negations):
        message = f"«{negations[0]}» is negative, but the target has too few negations"
        yield Finding("negation", Severity.WARNING, unit, message, negations[0])
    elif not negations and source.affixes:
        affixes = whole(source.affixes).findall(text)
        if affixes and not said(unit.target, context.target) and not _has_affix(unit.target, context.target):
            message = f"«{affixes[0]}» is negative, but nothing in the target is"
            yield Finding("negation", Severity.WARNING, unit, message, affixes[0])


def _without_idioms(text: str, language: Language) -> str:
    hidden = hidden_words(text, language)
    return (
        " ".join("" if at in hidden else word for at, word in enumerate(folded_words(text))) if hidden else fold(text)
    )


def needed(negations: Sequence[str], particles: Sequence[str]) -> int:
    """Two negations in a row often become one, as in a subordinate clause; a particle counts once for a whole list."""
    count = sum(word not in particles for word in negations) + len({*negations}.intersection(particles))
    return max(1, count - 1)


def said(text: str, language: Language) -> int:
    """Return how many negations a translation has."""
    target = language.target
    return len(whole(target.negations, target.no_negations).findall(_without(text.casefold(), target.no_negations)))


def _without(text: str, no_negations: tuple[str, ...]) -> str:
    return whole(no_negations).sub(" ", text) if no_negations else text


def _has_affix(text: str, language: Language) -> bool:
    words = whole(language.target.affixes).findall(text.casefold())
    return any(len(word) >= SHORTEST or word in language.target.affixes for word in words)
