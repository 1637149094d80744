"""What polarity.py asks of conditions: “if” where the source says unless, and the other way round."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks.negation import denying
from pipeline.text import vocabulary, wildcards
from pipeline.text.expressions import WordTable
from pipeline.text.orthography import fold
from pipeline.text.plainwords import listed, target_words


def faults(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield a condition that is turned round: «مگر آنکه مزد پرداخت شود», “if wages are paid”."""
    theirs, words = _expressions(context.target), target_words(unit.target, context.target.letters)
    if not any(map({*words}.issuperset, theirs.parts)) or not context.source.source.unless:
        return
    unless, condition = _stands(theirs.unless, words), _stands(theirs.conditions, words)
    is_excepted = bool(_stands(theirs.exceptions, words))
    if unless and (its := _conditional(unit, context)):
        yield _turned(unit, unless, its)
    elif condition and not unless and not is_excepted and (its := _excepted(unit, context)):
        yield _turned(unit, condition, its)


class _Conditions(NamedTuple):
    """What says conditions in a target, with how its words are compared, and the words of each of the first two."""

    unless: Mapping[str, str]
    conditions: Mapping[str, str]
    exceptions: Mapping[str, str]
    parts: Sequence[frozenset[str]]


@lru_cache(maxsize=16)
def _expressions(language: Language) -> _Conditions:
    own = language.target
    unless, conditions, exceptions = (
        {one: listed((one,), language.letters)[0].replace("’", " ") for one in expressions}
        for expressions in (own.unless, own.conditions, own.exceptions)
    )
    return _Conditions(
        unless, conditions, exceptions, [frozenset(one.split()) for one in (*unless.values(), *conditions.values())]
    )


def _turned(unit: Unit, word: str, its: str) -> Finding:
    return Finding("polarity", Severity.WARNING, unit, f"the target has “{word}” where the source says «{its}»", word)


def _conditional(unit: Unit, context: Context) -> str:
    """Return the word for “if” of a source that denies nothing and excepts nothing; "" for none."""
    own, source = context.source.source, vocabulary.source(unit.source, context.source)
    if source.negations() or not {*own.exceptives}.isdisjoint(source.words) or _said(own.unless, source.words):
        return ""
    return _said(own.conditions, source.words)


def _excepted(unit: Unit, context: Context) -> str:
    """Return what says unless in a source, where the target does not deny in its place; "" for none.

    Who says an exception otherwise denies once more than the source does, “if wages are not paid”; behind «تا» that
    denies itself: «تا مزد پرداخت نشود».
    """
    own, source = context.source.source, vocabulary.source(unit.source, context.source)
    negations, denied = source.negations(), _denied(unit, context)
    if denied <= len(negations) and (its := _said(own.unless, source.words)):
        return its
    is_until = len(denying(negations, source, context.source)) < len(negations)
    if not is_until or denied >= len(negations) or _said(own.conditions, source.words):
        return ""
    return _said(own.expletives, source.words)


def _denied(unit: Unit, context: Context) -> int:
    """Return how often a target denies: « ne … pas » is once."""
    there = vocabulary.target(unit.target, context.target, WordTable.NEGATIONS)
    concords = listed(context.target.source.concords, context.target.letters)
    texts = [there.text(place) for place in there.negations()]
    return sum(not text.startswith(concords) for text in texts) or bool(texts)


def _said(expressions: Sequence[str], words: Sequence[str]) -> str:
    return _stands({one: fold(one) for one in expressions}, words)


def _stands(expressions: Mapping[str, str], words: Sequence[str]) -> str:
    """Return the first of some expressions that stands in a text, as it is listed; "" for none."""
    return next((one for one, compared in expressions.items() if wildcards.are_said([compared], words)), "")
