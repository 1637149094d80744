"""A negation of the source without one in the target."""

from collections.abc import Iterator, Sequence

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.vocabulary import WordTable

NEEDS = ("source.negations", "target.negations")

SHORTEST = 6
"""Letters of a word that an affix may turn round: «unable», not «under»."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source = vocabulary.source(unit.source, context.source)
    negations = [source.text(place) for place in source.negations()]
    affixes = source.of(WordTable.AFFIXES)
    if not negations and not affixes:
        return
    said = len(vocabulary.target(unit.target, context.target, WordTable.NEGATIONS).negations())
    if negations and said < needed(negations, context.source.source.negations):
        message = f"«{negations[0]}» is negative, but the target has too few negations"
        yield Finding("negation", Severity.WARNING, unit, message, negations[0])
    elif not negations and not said and not _has_affix(unit.target, context.target):
        text = source.text(affixes[0])
        message = f"«{text}» is negative, but nothing in the target is"
        yield Finding("negation", Severity.WARNING, unit, message, text)


def needed(negations: Sequence[str], particles: Sequence[str]) -> int:
    """Two negations in a row often become one, as in a subordinate clause; a particle counts once for a whole list."""
    count = sum(word not in particles for word in negations) + len({*negations}.intersection(particles))
    return max(1, count - 1)


def _has_affix(target: str, language: Language) -> bool:
    sentence = vocabulary.target(target, language, WordTable.AFFIXES)
    return any(len(word) >= SHORTEST or word in language.target.affixes for word in map(sentence.text, sentence.places))
