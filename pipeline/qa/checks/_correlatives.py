"""What negation.py asks of «نه تنها … بلکه»: that the target does not say “only” of what the source has not only."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import plainwords, vocabulary
from pipeline.text.plainwords import plain
from pipeline.text.wildcards import fits

BEFORE = 3
"""So many words before “only”, at most, stands what denies it: “is not deprived only”."""


def faults(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield where a target has “only” for “not only”; one that says it otherwise (“as well as”) has neither."""
    said = context.source.source.correlatives
    only = _last_words(said)
    words = vocabulary.source(unit.source, context.source).words if said else ()
    if only.isdisjoint(words):
        return
    here = [pair for pair in map(" ".join, pairwise(words)) if pair in said]
    if here and sum(word in only for word in words) == len(here) and _says_only(unit.target, context):
        told = f"«{here[0]}» is “not only”, but the target has no negation beside its word for “only”"
        yield Finding("negation", Severity.WARNING, unit, told, here[0])


@lru_cache(maxsize=16)
def _last_words(expressions: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one.split()[-1] for one in expressions)


def _says_only(target: str, context: Context) -> bool:
    """Whether a target has words for “only”, none of them denied.

    Where “as well” stands before, that says it: “workers as well as women came, if only for an hour”; behind it goes on
    with what is “not only”.
    """
    language, letters = context.target.target, context.target.letters
    only = frozenset(plain(one, letters) for one in language.correlatives)
    words = plainwords.target_words(target, letters)
    places = [at for at, word in enumerate(words) if word in only]
    if not places:
        return False
    beginning = f" {' '.join(words[: places[0]])} "
    if any(f" {plain(one, letters)} " in beginning for one in language.additives):
        return False
    negations = [plain(one, letters) for one in language.negations if " " not in one]
    before = {word for at in places for word in words[max(0, at - BEFORE) : at]}
    return not any(fits(word, one) for word in before for one in negations)
