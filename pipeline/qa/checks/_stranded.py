"""What negation.py asks where other negations hide one that is gone: what it has left behind in the target.

A word that goes with a negation alone (« ni », “nor”) has none in its clause; a companion (“with”) stands before what
the source says is missing; or a target says how many (“some”) where the source only denies.
"""

import re
from collections.abc import Iterator
from itertools import chain

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import dictionary, vocabulary
from pipeline.text.vocabulary import LEXICON, SourceSentence, WordTable, fits, plain

MISSING, ACCOMPANIED = 2, 3
"""So many words behind «بدون», and behind “with”, may be what is missing, and what is there."""

_CLAUSES = re.compile(r"[.:;!?؛؟—–\n]+")


def faults(unit: Unit, source: SourceSentence, context: Context) -> Iterator[Finding]:
    """Yield the first trace of a negation that is gone from the target of a source that has any."""
    words = chain(_alone(unit, context), _accompanied(unit, source, context), _counted(unit, source, context))
    for told, word in words:
        yield Finding("negation", Severity.WARNING, unit, told, word)
        return


_Told = tuple[str, str]
"""What is told of a target, and the word."""


def _alone(unit: Unit, context: Context) -> Iterator[_Told]:
    """Yield words of a target that have no negation in their clause.

    At its beginning they are one («Ni Dieu, ni maître»), as behind a conjunction («et aucune abstention»).
    """
    dependents = _plain(context.target.target.dependents, context.target)
    if dependents.isdisjoint(vocabulary.target_words(unit.target, context.target.letters)):
        return
    for clause in _CLAUSES.split(unit.target):
        said = vocabulary.target(clause, context.target, WordTable.NEGATIONS)
        negations = said.negations()
        alone = [one for one in negations if said.text(one) in dependents]
        others = frozenset(context.target.target.concords) - dependents
        if not alone or len(alone) < len(negations) or not others.isdisjoint(said.words):
            continue
        if (at := alone[0].first) and said.words[at - 1] not in context.target.numbers.joining:
            yield f"“{(word := said.text(alone[0]))}” is there without a negation", word


def _accompanied(unit: Unit, source: SourceSentence, context: Context) -> Iterator[_Told]:
    """Yield where a target has with something what a source has without: «بدون بیمه», “with insurance”."""
    own, theirs = context.source.source, _plain(context.target.target.companions, context.target)
    dependents = _plain(context.target.target.dependents, context.target)
    words = vocabulary.target_words(unit.target, context.target.letters)
    places = [at for at, word in enumerate(words) if word in theirs]
    if not places or not frozenset(own.companions).isdisjoint(source.words):
        return
    missing = {at: word for at, word in enumerate(source.words) if word in own.privatives}
    behind = {step for at in missing for step in range(at + 1, at + 1 + MISSING)}
    for place in places if missing else ():
        here = words[place + 1 : place + 1 + ACCOMPANIED]
        is_denied = here and here[0] in dependents  # « avec aucune »
        if is_denied or (here and not _is_open(here[0], context.target) and _says(here, behind, source, context)):
            told = f"the target has “{words[place]}” where the source says «{next(iter(missing.values()))}»"
            yield told, " ".join(words[place : place + 2])


def _is_open(word: str, language: Language) -> bool:
    """Whether a word behind “with” denies it («with no»), or offers the contrary («with or without»)."""
    its = language.target
    return word in its.coordinators or any(fits(word, plain(one, language.letters)) for one in its.negations)


def _says(words: tuple[str, ...], places: set[int], source: SourceSentence, context: Context) -> bool:
    """Whether words of a target say some of the words of its source."""
    meanings = frozenset[str]().union(*(vocabulary.meanings(word, context.target) for word in words))
    said = [range(one.first, one.last) for one in source.of(LEXICON) if one.meaning in meanings]
    if any(not places.isdisjoint(here) for here in said):
        return all(places.issuperset(here) for here in said)  # «بی‌اعتنا» is “with indifference”
    known = dictionary.of(context.source, context.target)
    others = [word for at, word in enumerate(source.words) if at in places]
    return bool(known and known.may_say(words, others))


def _counted(unit: Unit, source: SourceSentence, context: Context) -> Iterator[_Told]:
    """Yield a word for a number of things that a source which denies has no word for: «هیچ رابطه‌ای», “some link”."""
    theirs = context.target.target
    quantifiers = _plain(theirs.quantifiers, context.target)
    words = vocabulary.target_words(unit.target, context.target.letters)
    found = next((word for word in words if word in quantifiers), "")
    if not found or any(fits(word, one) for word in source.words for one in context.source.source.quantifiers):
        return
    verbs = (one for one in theirs.negations if one.endswith("*"))
    denials = _plain((*theirs.denials, *theirs.prohibitions, *verbs), context.target)
    if not any(fits(word, one) for word in words for one in denials):
        yield f"the target has “{found}”, for which the source, which is negative, has no word", found


def _plain(words: tuple[str, ...], language: Language) -> frozenset[str]:
    return frozenset(plain(one, language.letters) for one in words)
