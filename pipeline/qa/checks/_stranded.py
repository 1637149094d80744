"""What negation.py asks where other negations hide one that is gone: what it has left behind in the target.

A word that goes with a negation alone (« ni », “nor”) has none in its clause; a companion (“with”) stands before what
the source says is missing; a target says how many (“some”) where the source only denies, or that something can be
which the source says cannot.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from pipeline.languages import Language
from pipeline.languages.rules import Words
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import dictionary, plainwords, vocabulary, wildcards
from pipeline.text.expressions import LEXICON, WordTable
from pipeline.text.meanings import SourceSentence
from pipeline.text.words import Remembered

MISSING, ACCOMPANIED = 2, 3
"""So many words behind «بدون», and behind “with”, may be what is missing, and what is there."""

_CLAUSES = re.compile(r"[.:;!?؛؟—–\n]+")


def faults(unit: Unit, source: SourceSentence, context: Context) -> Iterator[Finding]:
    """Yield the first trace of a negation that is gone from the target of a source that has any."""
    traces = (_accompanied, _counted, _able)
    for told, word in chain(_alone(unit, context), *(trace(unit, source, context) for trace in traces)):
        yield Finding("negation", Severity.WARNING, unit, told, word)
        return


_Told = tuple[str, str]
"""What is told of a target, and the word."""


def _alone(unit: Unit, context: Context) -> Iterator[_Told]:
    """Yield words of a target that have no negation in their clause.

    At its beginning they are one («Ni Dieu, ni maître»), as behind a conjunction («et aucune abstention»).
    """
    dependents = plainwords.listed(context.target.target.dependents, context.target.letters)
    if not any(word in dependents for word in plainwords.target_words(unit.target, context.target.letters)):
        return
    for clause in _CLAUSES.split(unit.target):
        said = vocabulary.target(clause, context.target, WordTable.NEGATIONS)
        negations = said.negations()
        alone = [one for one in negations if said.text(one) in dependents]
        others = frozenset(context.target.target.concords).difference(dependents)
        if not alone or len(alone) < len(negations) or not others.isdisjoint(said.words):
            continue
        idiom = plainwords.standing(context.target.target.no_lesser, clause, context.target)  # « ni plus ni moins »
        if said.text(alone[0]) in idiom.split():
            continue
        if (at := alone[0].first) and said.words[at - 1] not in context.target.numbers.joining:
            yield f"“{(word := said.text(alone[0]))}” is there without a negation", word


def _accompanied(unit: Unit, source: SourceSentence, context: Context) -> Iterator[_Told]:
    """Yield where a target has with something what a source has without: «بدون بیمه», “with insurance”."""
    own, theirs = context.source.source, plainwords.listed(context.target.target.companions, context.target.letters)
    dependents = plainwords.listed(context.target.target.dependents, context.target.letters)
    words = plainwords.target_words(unit.target, context.target.letters)
    places = [at for at, word in enumerate(words) if word in theirs]
    if not places or not frozenset(own.companions).isdisjoint(source.words):
        return
    privatives = [at for at, word in enumerate(source.words) if word in own.privatives][:MOST]
    missing = frozenset(step for at in privatives for step in range(at + 1, at + 1 + MISSING))
    for place in places[:MOST] if missing else ():
        here = words[place + 1 : place + 1 + ACCOMPANIED]
        is_denied = here and here[0] in dependents  # « avec aucune »
        if is_denied or (here and not _is_open(here[0], context.target) and _says(here, missing, source, context)):
            told = f"the target has “{words[place]}” where the source says «{source.words[privatives[0]]}»"
            yield told, " ".join(words[place : place + 2])


MOST = 8
"""So many words for “with”, and for “without”, are looked at: each is held against each."""


def _is_open(word: str, language: Language) -> bool:
    """Whether a word behind “with” denies it («with no»), or offers the contrary («with or without»)."""
    its = language.target
    return word in its.coordinators or _fitting(its.negations, language)[word]


def _says(words: tuple[str, ...], places: frozenset[int], source: SourceSentence, context: Context) -> bool:
    """Whether words of a target say some of the words of its source."""
    meanings = frozenset[str]().union(*(vocabulary.meanings(word, context.target) for word in words))
    said = [range(one.first, one.last) for one in source.of(LEXICON) if one.meaning in meanings]
    if here := [one for one in said if not places.isdisjoint(one)]:
        return all(places.issuperset(one) for one in here)  # «بی‌اعتنا» is “with indifference”
    known = dictionary.of(context.source, context.target)
    others = [word for at, word in enumerate(source.words) if at in places]
    return bool(known and known.may_say(words, others))


def _counted(unit: Unit, source: SourceSentence, context: Context) -> Iterator[_Told]:
    """Yield a word for a number of things that a source which denies has no word for: «هیچ رابطه‌ای», “some link”."""
    own, theirs = context.source.source, context.target.target
    words = plainwords.target_words(unit.target, context.target.letters)
    for meaning, expressions in theirs.quantifiers.items():
        found = plainwords.standing(expressions, unit.target, context.target)
        if not found or wildcards.are_said(own.quantifiers.get(meaning, ()), source.words):
            continue
        if meaning not in UNIVERSAL or not _denies(words, context.target):
            yield f"the target has “{found}”, for which the source, which is negative, has no word", found


UNIVERSAL = frozenset({"every", "all"})
"""What, denied, says that there is none: “they rejected every demand”."""


def _denies(words: tuple[str, ...], language: Language) -> bool:
    """Whether a target has a verb that denies by what it means."""
    its = language.target
    verbs = tuple(one for one in its.negations if one.endswith("*"))
    return any(map(_fitting((*its.denials, *its.prohibitions, *verbs), language).__getitem__, words))


def _able(unit: Unit, source: SourceSentence, context: Context) -> Iterator[_Told]:
    """Yield where all that a source cannot, or must not, the target can: «نمی‌توان», “you can”."""
    own, theirs, letters = context.source.source, context.target.target, context.target.letters
    is_said = partial(wildcards.are_said, words=source.words)
    denied = [one for one, words in own.denied_modals.items() if one in theirs.modals and is_said(words)]
    words = plainwords.target_words(unit.target, letters) if denied else ()
    denies = _fitting((*theirs.negations, *theirs.concords, *theirs.dependents, *theirs.exclusives), context.target)
    for meaning in denied:
        affirmed, otherwise = own.modals.get(meaning, ()), theirs.denied_modals.get(meaning, ())
        if is_said(affirmed) or any(map(_fitting(otherwise, context.target).__getitem__, words)):
            continue
        is_modal = _fitting(theirs.modals[meaning], context.target)
        for at in (at for at, word in enumerate(words) if is_modal[word]):
            if not any(map(denies.__getitem__, words[max(0, at - DENIED) : at + DENIED])):
                yield f"the target has “{words[at]}” where the source denies it", words[at]


DENIED = 6
"""So many words before a verb such as “can”, and behind it, may deny it."""


def _fitting(words: Words, language: Language) -> Remembered[bool]:
    return wildcards.fitting(plainwords.listed(words, language.letters))
