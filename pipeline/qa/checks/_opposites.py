"""What meaning.py asks of opposites: words of a target that turn round what the source says (“before” for «پس از»)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks._directions import DIRECTIONS
from pipeline.qa.checks._literal import Span, is_literal
from pipeline.qa.checks._nouns import NameOrTerm
from pipeline.qa.checks._siblings import SiblingSayings
from pipeline.text import numbersigns, plainwords, vocabulary
from pipeline.text.expressions import WordTable
from pipeline.text.meanings import Sentence, SourceSentence
from pipeline.text.saying import Saying, Strange
from pipeline.text.words import Remembered

CLOSE = 0.6
"""The share of the words known in a source that its target says, above which an opposite tells something."""


def opposed(source: SourceSentence, said: Saying, context: Context) -> list[tuple[Strange, frozenset[str]]]:
    """Return the words of a target whose opposite the source says, with all opposites; not negations."""
    turnable = source.meanings & kinds_of(context.source).turnable
    opposites = _opposites(turnable, context.source)
    if said.meanings.isdisjoint(opposites):
        return []
    found = [(one, _opposites(one.meanings, context.source)) for one in said.strange_among(opposites)]
    surplus = said.surplus_among(opposites)
    unsaid = _turnable(source, said, context.source) if surplus else frozenset()
    found += [(one, _certain_opposites(one, context.source) & unsaid) for one in surplus if unsaid]
    negations = context.target.target.negations  # which have a check of their own
    known = source.meanings
    return [(one, them) for one, them in found if not known.isdisjoint(them) and one.word not in negations]


def _turnable(source: SourceSentence, said: Saying, language: Language) -> frozenset[str]:
    """Return what a source says for certain, and has an opposite, and the target does not say."""
    unsaid = (source.meanings - said.meanings) & kinds_of(language).turnable
    return unsaid & {one.meaning for one in source.places if one.is_exact} if unsaid else frozenset()


def _certain_opposites(one: Strange, language: Language) -> frozenset[str]:
    """Return the opposites of what a word says for certain; of what it may say, words for and against alone."""
    kinds = kinds_of(language)
    return _opposites(one.exact, language) | (_opposites(one.meanings, language) & kinds.directed)


def turned(
    source: Sentence,
    said: Saying,
    opposed: Sequence[tuple[Strange, frozenset[str]]],
    spans: Sequence[Span],
    unit: Unit,
    context: Context,
    is_named: NameOrTerm,
) -> Iterator[tuple[str, Strange]]:
    """Yield words of the source that are said less often than they stand there, and the opposite that is there."""
    if not opposed:
        return

    @cache
    def turned_word(opposites: frozenset[str]) -> str:
        here = [places for places in spans if any(place.meaning in opposites for place in places)]
        # Only what is turned round says it, not all that its word may mean, and no negation or vague word does.
        meanings = {place.meaning for places in here for place in places if place.meaning in opposites}
        times = sum([not meanings.isdisjoint(one.meanings) for one in said.places])
        is_less = times < len(here) or times - _uncertain(unit.target, meanings, context) < len(here)
        return source.text(here[-1][0]) if is_less else ""

    found = [(text, one) for one, opposites in opposed if (text := turned_word(opposites)) and not is_named(one.word)]
    if not found:
        return
    are_denied, is_denied_there = _denials(source, unit, context), _denials_there(source, unit, context)
    for text, one in found:
        if not (are_denied(text) or is_denied_there(one, text)):
            yield text, one


def _denials_there(source: Sentence, unit: Unit, context: Context) -> Callable[[Strange, str], bool]:
    """Return what tells whether a target denies an opposite, and denies more than its source.

    «محروم‌اند» is « n’ont pas droit ».
    """
    there = vocabulary.target(unit.target, context.target, WordTable.NEGATIONS).negations()
    within = Counter(at for place in there for at in range(place.first, place.last))  # “less than” bounds
    near = {
        place.first + step
        for place in there
        for step in range(-DENIED_BEHIND, DENIED_BEFORE + 1)
        if step and place.last - place.first == 1
    }
    here = [(place.first, source.text(place)) for table in _DENYING for place in source.negations(table)]

    @cache
    def others(text: str) -> int:
        """Return how many negations a source has besides those within a word of it."""
        return len({first for first, negation in here if negation not in text})

    def is_denied(one: Strange, text: str) -> bool:
        is_directed = not one.meanings.isdisjoint(DIRECTIONS)
        return not is_directed and one.at in near and len(there) - within[one.at] > others(text)

    return is_denied


_DENYING = (WordTable.NEGATIONS, WordTable.AFFIXES)

DENIED_BEFORE, DENIED_BEHIND = 3, 1
"""So many words before a word, or behind it, what denies it stands: “said nothing”."""


def _denials(source: Sentence, unit: Unit, context: Context) -> Callable[[str], bool]:
    """Return what tells whether a source denies words that its target turns round, and has more negations.

    «کم نبودند» is “many were”.
    """
    negations = source.negations()
    verbs = {one.first for one in negations if source.text(one) not in context.source.source.negations}
    denied = {
        source.words[at - back - size : at - back]
        for at in verbs
        for back in range(min(at, BETWEEN))
        for size in range(1, min(at - back, LONGEST) + 1)
    }
    affixes = Counter(source.text(one) for one in source.negations(WordTable.AFFIXES))
    total = affixes.total()
    there = len(vocabulary.target(unit.target, context.target, WordTable.NEGATIONS).negations()) if denied else 0

    def are_denied(text: str) -> bool:
        said = tuple(text.split())
        others = total - sum(affixes[word] for word in {*said})
        return said in denied and there < len(negations) + others

    return are_denied


LONGEST, BETWEEN = 5, 3
"""Words of an expression that may be denied, and how far before its verb it ends: «قادر به حرکت نیستند»."""


def is_sure(one: Strange, text: str, source: Sentence, spans: Sequence[Span], unit: Unit, context: Context) -> bool:
    """Whether an opposite turns a word round: it says so for certain, or a sibling says the word.

    Or it stands about where the word does, and no sibling leaves that unsaid, too. Word order differs, but “votre” at
    the end is seldom what became of «رد» at the beginning. One of the two must say it for certain, or be a direction.
    """
    is_vague = vocabulary.is_vague(one.word, context.target)
    is_bound = _bounds(one, unit.target, context.target)
    if is_vague and not is_bound:
        return False
    here = [places for places in spans if source.text(places[0]) == text]
    kinds, opposites = kinds_of(context.source), _opposites(one.exact, context.source)
    meant = {place.meaning for places in here for place in places}
    if not opposites.isdisjoint(meant):
        return True
    is_exact = any(place.is_exact for places in here for place in places)
    is_said_elsewhere = any(map(SiblingSayings(unit, context).say, here))
    if unit.key in context.siblings and not (is_said_elsewhere or is_bound):
        return False  # both are free
    if is_exact and not one.meanings.isdisjoint(kinds.directed):
        return True
    if is_exact and not is_vague and is_said_elsewhere:
        return True
    if not is_exact and one.meanings.isdisjoint(DIRECTIONS):
        return False  # both may mean something else: «می‌پرسند … پاسخ», « on nous demande »
    count = len(plainwords.target_words(unit.target, context.target.letters))
    share = (one.at + 0.5) / count
    is_near = any(abs(places[0].first / len(source.words) - share) <= NEAR for places in here)
    return is_near and is_literal(unit, context, CLOSE)


NEAR = 0.25
"""By this share of a sentence, at most, an opposite stands elsewhere than the word that it turns round."""


def _bounds(one: Strange, target: str, language: Language) -> bool:
    """Whether a number stands behind a word that may bound it, and then says so for certain: “over 15”."""
    if one.meanings.isdisjoint(DIRECTIONS):
        return False
    behind = plainwords.target_words(target, language.letters)[one.at + 1 : one.at + 1 + BEHIND]
    return numbersigns.are_in(" ".join(behind), language)


BEHIND = 4
"""Words behind “over” among which its number stands: “over the age of 15”."""


def _uncertain(target: str, meanings: set[str], context: Context) -> int:
    """Return how many negations, or words said of everything, may say one of these meanings: “one” for «آغاز»."""
    words = plainwords.target_words(target, context.target.letters)
    return sum([not meanings.isdisjoint(may) for may in map(_doubtful(context.target).__getitem__, words) if may])


@lru_cache(maxsize=16)
def _doubtful(language: Language) -> Remembered[frozenset[str]]:
    """Return what a negation, or a word said of everything, may say; nothing for any other word."""
    negations = frozenset(language.target.negations)

    def meanings(word: str) -> frozenset[str]:
        is_doubtful = word in negations or vocabulary.is_vague(word, language)
        return vocabulary.meanings(word, language) if is_doubtful else frozenset()

    return Remembered(meanings)


class MeaningKinds(NamedTuple):
    """The plain meanings of a language, with those for and against, and the opposites of each meaning that has some."""

    plain: frozenset[str]
    directed: frozenset[str]
    opposites: dict[str, set[str]]
    turnable: frozenset[str]


@lru_cache(maxsize=16)
def kinds_of(language: Language) -> MeaningKinds:
    opposites = defaultdict[str, set[str]](set)
    for meaning, others in language.source.opposites.items():
        for other in others:
            opposites[meaning].add(other)
            opposites[other].add(meaning)
    directed = frozenset(language.source.polarity)
    return MeaningKinds(frozenset(language.source.plain), directed, dict(opposites), frozenset(opposites))


@lru_cache(maxsize=4096)
def _opposites(meanings: frozenset[str], language: Language) -> frozenset[str]:
    """Return the opposites of all that a word may say."""
    opposites = kinds_of(language).opposites
    return frozenset().union(*(opposites.get(meaning, ()) for meaning in meanings))
