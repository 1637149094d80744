"""What polarity.py asks of votes and of what is aimed at somebody: for, or against."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import plainwords, quantities, wildcards
from pipeline.text.orthography import fold, folded_words
from pipeline.text.wildcards import fits
from pipeline.text.words import Remembered

FOR, AGAINST, VERSUS = "for", "against", "versus"
"""Of `votes`, the sides, and what stands between two numbers of which one is against the other."""

MOST = 60
"""So many numbers of a sentence are looked at."""

WITHIN = 8
"""So many words behind a number its side stands: «۵۱ نفر به تغییر اساسنامه رأی موافق»."""

REACH, AIM = 6, 4
"""So many words behind an attack, at most, stands the word for whom it is meant; so many behind that one say it."""

Words = Sequence[str]


class _Vote(NamedTuple):
    """A number of votes, its side, the word that says it, and whether it leads to the next number: “54 for 41”."""

    value: float
    side: str
    word: str
    leads_on: bool


def turned_votes(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield numbers of votes that are on the other side in the target, and «۵۴ در برابر ۴۱» as “54 for 41”."""
    if not _has_votes(folded_words(unit.source), context.source):
        return
    split = partial(plainwords.target_words, letters=context.target.letters)
    if not _has_votes(split(unit.target), context.target):
        return
    theirs, ours = context.source.source.votes, context.target.target.votes
    wanted = {one.value: one for one in _votes(unit.source, theirs, context.source, folded_words)}
    for one in _votes(unit.target, ours, context.target, split):
        if (other := wanted.get(one.value)) and _is_turned(one, other):
            told = f"the target has “{one.word}” by a number of which the source says «{other.word}»"
            yield Finding("polarity", Severity.WARNING, unit, told, one.word)


def _is_turned(one: _Vote, other: _Vote) -> bool:
    if one.leads_on or other.side == VERSUS:
        return one.leads_on and one.side == FOR  # “54 for 41”; “64 to 11” says nothing of sides
    return {one.side, other.side} == {FOR, AGAINST}


def _has_votes(words: Words, language: Language) -> bool:
    return any(map(_ending_votes(language).__getitem__, words))


@lru_cache(maxsize=16)
def _ending_votes(language: Language) -> Remembered[bool]:
    """Return what tells of a word whether it may end what is said of votes."""
    votes = chain(language.source.votes.values(), language.target.votes.values())
    return wildcards.fitting(tuple({one.split()[-1] for one in chain.from_iterable(votes)}))


def _votes(text: str, votes: Mapping[str, Words], language: Language, split: Callable[[str], Words]) -> Iterator[_Vote]:
    """Yield numbers with their side: the first one that stands behind them, before the next number."""
    sides = [(tuple(phrase.split()), side) for side, phrases in votes.items() for phrase in phrases]
    numbers = quantities.read(text, language)[:MOST]
    for one, following in zip(numbers, (*numbers[1:], None), strict=False):
        between = text[one.end : following.start if following else None]
        words = split(_STOP.split(between, maxsplit=1)[0])
        for at in range(min(len(words), WITHIN)):
            found = (side for phrase, side in sides if _stands(phrase, words, at))
            if side := next(found, ""):
                leads_on = following is not None and at == len(words) - 1 and not _STOP.search(between)
                yield _Vote(one.value, side, words[at], leads_on)
                break


def _stands(phrase: Words, words: Words, last: int) -> bool:
    here = words[max(0, last + 1 - len(phrase)) : last + 1]
    return len(here) == len(phrase) and all(map(fits, here, phrase))


_STOP = re.compile("[,،;؛:.]")


def turned_aims(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield attacks for what they are against: “protested for overtime” where the source has no «برای»."""
    hostile, favour = context.target.target.hostile, context.target.target.votes.get(FOR, ())[:1]
    if not (hostile and favour and context.source.source.aims):
        return
    words = plainwords.target_words(unit.target, context.target.letters)
    if favour[0] not in words:
        return
    is_hostile = wildcards.fitting(tuple(hostile))
    if not any(map(is_hostile.__getitem__, words)):
        return
    parts = (plainwords.target_words(part, context.target.letters) for part in _STOP.split(unit.target))
    aimed = [aim for words in parts for aim in _aimed(words, is_hostile, favour[0])]
    if not aimed:
        return
    source = folded_words(unit.source)
    is_attacked = any(_is_plain(aim, context) for aim in aimed) and _is_attacked(source, context.source)
    if is_attacked or not _says_an_aim(source, context.source):
        told = f"the source has no word for “{favour[0]}”"
        yield Finding("polarity", Severity.WARNING, unit, told, favour[0])


def _aimed(words: Words, is_hostile: Remembered[bool], favour: str) -> Iterator[Words]:
    """Yield what stands between an attack and the word for whom it is meant, that word, and what follows."""
    for at, word in enumerate(words):
        here = words[at + 1 : at + 1 + REACH]
        if is_hostile[word] and favour in here:
            yield words[at + 1 : at + 1 + here.index(favour) + 1 + AIM]


def _is_plain(aim: Words, context: Context) -> bool:
    """Whether an attack is said to be for somebody, without whom it is against, and not for a time: “for two days”."""
    against, durations = context.target.target.votes.get(AGAINST, ()), context.target.numbers.durations
    return not any(word in durations or any(fits(word, one) for one in against) for word in aim)


def _is_attacked(words: Words, language: Language) -> bool:
    """Whether a source says of all its attacks whom they are against: «مبارزه با», not «مبارزه برای»."""
    is_attack, is_aim = (wildcards.fitting(_all_folded(one)) for one in (language.source.attacks, language.source.aims))
    sides = set[bool]()
    for at, word in enumerate(words):
        if is_attack[word]:
            following = words[at + 1 : at + 1 + REACH]
            sides.update(
                [one in language.source.against for one in following if one in language.source.against or is_aim[one]][
                    :1
                ]
            )
    return sides == {True}


def _says_an_aim(words: Words, language: Language) -> bool:
    return any(map(wildcards.fitting(_all_folded(language.source.aims)).__getitem__, words))


@lru_cache(maxsize=64)
def _all_folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))
