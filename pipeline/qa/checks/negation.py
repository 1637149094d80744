"""A negation of the source without one in the target."""

from collections.abc import Iterator, Sequence

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold
from pipeline.text.wordlist import whole

NEEDS = ("source.negations", "target.negations")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source = context.source.source
    negations = whole(source.negations, source.no_negations).findall(fold(unit.source))
    if negations and said(unit.target, context.target) < needed(negations):
        message = f"«{negations[0]}» is negative, but the target has too few negations"
        yield Finding("negation", Severity.WARNING, unit, message, negations[0])


def needed(negations: Sequence[str]) -> int:
    """Two negations in a row often become one, as «neither … nor» or a subordinate clause."""
    return 1 if len(negations) == 1 else len(negations) - 1


def said(text: str, language: Language) -> int:
    """Return how many negations a translation has."""
    return len(whole(language.target.negations).findall(text.casefold()))
