"""Words of the field (prison, strike, torture …) that only one side says, whatever the termbase has.

A word of the source that nothing in the target says may be translated freely, which is worth a note, if that. It is a
fault when the target has its opposite instead (“before” for «پس از»; one said of everything, as “in”, is a hint), and
when three neighbours are left out together (a hint, if all of them are translated freely). There are four signs of a
fault, each of which is too often wrong by itself, and a hint; two of them are a warning: two neighbours are not said;
a plain word, which is said in few ways, is not said; a word is not said, and the target has one that nothing in the
source says (“police” for «آتش‌نشان»); the target has such a plain word, which stays a hint beside the warning. One of
the first three is enough, if the target has a noun that no dictionary explains by a word of the source (_nouns.py), or
of a translation into another language. Beside such a translation any sign is enough then, and a plain word that is not
said, but there, is one by itself. So is, beside a noun, a word that has one of its own there alone (_counterparts.py).
Before words that are translated freely («اعلام») stands `~`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, _opposites
from pipeline.qa.checks._counterparts import replaced
from pipeline.qa.checks._literal import Span, is_literal, is_said, is_shorter
from pipeline.qa.checks._literal import spans as spans_of
from pipeline.qa.checks._nouns import NameOrTerm, foreign_nouns
from pipeline.qa.checks._siblings import SiblingSayings
from pipeline.text import plainwords, vocabulary
from pipeline.text.expressions import LEXICON, Place, WordTable
from pipeline.text.meanings import Sentence
from pipeline.text.orthography import words_by_piece
from pipeline.text.saying import Saying
from pipeline.text.sounds import Heard, consonants, sounds_of

NEEDS = ("source.lexicon", "target.lexicon")
WORDING = True

LONG_ROW = 3
"""So many unsaid words side by side are left out, however freely each is translated."""


SURE = 2
"""So many of these mean nothing else, at least."""


class WordSign(Enum):
    """What tells of a fault that is none for certain: words that are not said, or that the source has not.

    What only the translation into another language says tells beside a noun alone.
    """

    TOGETHER = auto()
    PLAIN = auto()
    REPLACED = auto()
    STRANGE = auto()
    ELSEWHERE = auto()


LOOSE = {WordSign.REPLACED, WordSign.STRANGE}
"""Signs that both tell of the same word of the target, and agree only where all else is said."""

AGREEING = {WordSign.TOGETHER, WordSign.PLAIN, WordSign.REPLACED}
"""Signs of words that are not said, each of which is a warning beside one of another kind, or beside a noun."""

LITERAL, NEARLY_LITERAL, FREE = 0.8, 0.7, 0.4
"""Shares of the words known in a source that its target says: above the first it is close to its source, above the
second enough for a noun that stands in place of a word to tell something, below the last so free that words left out
tell nothing."""

_Signed = tuple[WordSign | None, Finding]


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    found = list(_found_alone(unit, context))
    yield from found
    if unit.key in context.siblings and not any(one.severity.weighs(Severity.WARNING) for one in found):
        # None of « renouvelés »: with an accent, and so not in the target as it is compared, it is seldom wrong.
        yield from _found_beside(unit, context, [one.place for one in found if one.place in unit.target])


def _found_beside(unit: Unit, context: Context, strange: Sequence[str]) -> Iterator[Finding]:
    """Yield the word, if any, that the translation into another language says by a word of its own, and this does not.

    By itself that is as often free as wrong; with a noun in its place, or a strange word, it seldom is.
    """
    if one := replaced(unit, context, strange):
        message = f"«{one.text}» seems to be missing from the target"
        if one.noun:
            message = f"{message}, which has “{one.noun}” instead"
        yield Finding("meaning", Severity.WARNING if one.noun else Severity.HINT, unit, message, one.text)


def _found_alone(unit: Unit, context: Context) -> Iterator[Finding]:
    found = list(_found(unit, context))
    if not found:
        return
    signs = {sign for sign, _ in found if sign}
    telling = signs - {WordSign.ELSEWHERE}
    agree = len(telling) > 1 and (telling != LOOSE or is_literal(unit, context, LITERAL))
    nouns = [] if agree else _nouns_instead(signs, unit, context)
    for sign, finding in found:
        told = _told_by_nouns(sign, finding, nouns, unit, context)
        if told or (sign in AGREEING and (agree or nouns)):
            yield replace(finding, severity=Severity.WARNING, message=told or finding.message)
        else:
            yield finding


def _told_by_nouns(sign: WordSign | None, finding: Finding, nouns: Sequence[str], unit: Unit, context: Context) -> str:
    """Return what is told of a word where nouns stand that nothing in the source may mean; "" if they do not tell."""
    told, word, others = finding.message, finding.place, nouns
    match sign:
        case WordSign.STRANGE if word in nouns and unit.key in context.siblings:
            return f"the source has no word for “{word}”, nor has the translation into another language"
        case WordSign.ELSEWHERE:
            others = _near(nouns, word, unit, context)
        case WordSign.PLAIN if finding.severity is Severity.HINT:
            pass
        case _:
            return ""
    return f"{told}, and the source none for “{others[0]}”" if others else ""


def _near(nouns: Sequence[str], text: str, unit: Unit, context: Context) -> list[str]:
    """Return the nouns of a target that stand about where a word of its source does."""
    source = vocabulary.source(unit.source, context.source).words
    target = plainwords.target_words(unit.target, context.target.letters)
    at = source.index(text.split()[0]) / len(source)
    return [noun for noun in nouns if abs(target.index(noun) / len(target) - at) <= _opposites.NEAR]


def _nouns_instead(signs: set[WordSign], unit: Unit, context: Context) -> list[str]:
    """Return nouns of the target that may stand in place of a word that is not said; none where signs do not tell.

    Those that a translation into another language does not say either tell together with any sign.
    """
    is_missing = not signs <= LOOSE or (WordSign.REPLACED in signs and is_literal(unit, context, NEARLY_LITERAL))
    is_asked = bool(signs) and unit.key in context.siblings
    return foreign_nouns(unit, context) if is_missing or is_asked else []


def _found(unit: Unit, context: Context) -> Iterator[_Signed]:
    source = vocabulary.source(unit.source, context.source)
    said = vocabulary.said(unit.target, context.target, source.meanings)
    is_left_out = not source.firm <= said.meanings and any(
        one.is_exact and one.table is LEXICON and one.meaning not in said.meanings for one in source.places
    )
    opposed, plain = _opposites.opposed(source, said, context), _opposites.kinds_of(context.source).plain
    new = [one.word for one in said.strange if not plain.isdisjoint(one.exact)] if said.has_strange(plain) else []
    if not (is_left_out or opposed or new):
        return

    is_named, siblings = NameOrTerm(unit, context), SiblingSayings(unit, context)
    telling = _Telling(said, is_named, unit, context)
    spans = spans_of(source) if is_left_out or opposed else []
    turned = dict(_opposites.turned(source, said, opposed, spans, unit, context, is_named))
    for text, one in turned.items():
        told = f"the target has “{one.word}” where the source says «{text}»"
        is_sure = _opposites.is_sure(one, text, source, spans, unit, context)
        yield None, Finding("meaning", Severity.WARNING if is_sure else Severity.HINT, unit, told, text)
    for row in _rows(_unsaid(source, said, spans, unit, context)) if is_left_out else ():
        if turned.keys().isdisjoint(source.text(places[0]) for places in row):
            sign, finding = _missing(row, source, telling, unit, context)
            if _is_said_elsewhere(row, siblings, plain):
                told = finding.message
                told = f"{told}; the translation into another language has"
                yield sign, replace(finding, severity=Severity.WARNING, message=told)
            else:
                is_elsewhere = sign is None and len(row) == 1 and siblings.say(row[0])
                yield WordSign.ELSEWHERE if is_elsewhere else sign, finding
    taken = {one.word for one in turned.values()}
    for word in dict.fromkeys(new):
        if word not in taken and not is_named(word):
            told = f"the source has no word for “{word}”"
            yield WordSign.STRANGE, Finding("meaning", Severity.HINT, unit, told, word)


class _Telling:
    """What tells of words that a target does not say."""

    def __init__(self, said: Saying, is_named: NameOrTerm, unit: Unit, context: Context) -> None:
        self._said, self._is_named, self._unit, self._context = said, is_named, unit, context

    @cached_property
    def strange_word(self) -> str:
        """The first word that the source has not for certain, and that is no name or term of it."""
        return next((one.word for one in self._said.strange if one.exact and not self._is_named(one.word)), "")

    @cached_property
    def is_left_out(self) -> bool:
        """Whether something tells that words were left out, of a translation that is not free anyway."""
        is_told = bool(self.strange_word) or is_shorter(self._unit, self._context)
        return is_told and is_literal(self._unit, self._context, FREE)


def _is_said_elsewhere(row: Sequence[Span], siblings: SiblingSayings, plain: frozenset[str]) -> bool:
    """Whether a sibling tells of a fault: it says a plain word of the row."""
    its = (span for span in row if any(one.is_exact for one in span) and any(one.meaning in plain for one in span))
    return any(map(siblings.say, its))


def _rows(unsaid: list[Span]) -> Iterator[list[Span]]:
    """Yield unsaid words that stand side by side together: three, or two that are not translated freely."""
    rows = list[list[Span]]()
    for places in sorted(unsaid, key=lambda places: places[0].first):
        if rows and places[0].first - rows[-1][-1][0].last <= 1:
            rows[-1].append(places)
        else:
            rows.append([places])
    for row in rows:
        firm = [places for places in row if any(one.is_exact for one in places)]
        yield from [row] if len(row) >= LONG_ROW or 1 < len(firm) == len(row) else [[one] for one in firm]


def _unsaid(source: Sentence, said: Saying, spans: Sequence[Span], unit: Unit, context: Context) -> list[Span]:
    """Return the words of a source that the target says in none of their meanings: of each its places.

    What a word says for certain must have words in the target's file: «Schwester» may be said as a sister is.
    """
    renderings = context.target.target.lexicon
    found = [
        places
        for places in spans
        if not is_said(places, said)
        and any(one.table is LEXICON and one.meaning in renderings for one in places)
        and all(one.meaning in renderings for one in places if one.table is LEXICON and one.is_exact)
    ]
    if not found:
        return []
    # A name, or a term, has a check of its own.
    taken = context.termbase.covered(unit.source) | source.within(WordTable.PLACES)
    begins = _beginnings(unit.source)
    taken |= _within_names(unit, context)
    heard = {sound for sound in sounds_of(plainwords.capitalised_words(unit.target), context.target) if len(sound) > 2}
    return [
        places
        for places in found
        if places[0].first not in taken
        and places[0].first in begins
        and heard.isdisjoint(consonants(word, context.source) for word in source.text(places[0]).split())
    ]


def _within_names(unit: Unit, context: Context) -> set[int]:
    """Return which words of a source are part of a name that the target spells: «کوه‌سفید», “Kuh-Sefid”."""
    heard, at, found = Heard(plainwords.capitalised_words(unit.target), context.target), 0, set[int]()
    for piece in words_by_piece(unit.source):
        sounds = [consonants(word, context.source) for word in piece] if len(piece) > 1 else []
        if len(name := "".join(sounds)) > 2 and name in heard.together:
            found.update(range(at, at + len(piece)))
        at += len(piece)
    return found


def _beginnings(text: str) -> set[int]:
    """Return which words of a source, counted from 0, begin a piece: not «نامه» in «مقاوله‌نامه»."""
    return {0, *accumulate(map(len, words_by_piece(text)))}


def _missing(
    row: Sequence[Sequence[Place]],
    source: Sentence,
    telling: _Telling,
    unit: Unit,
    context: Context,
) -> _Signed:
    text = " ".join(source.words[row[0][0].first : row[-1][0].last])
    if len(row) > 1:
        told = f"the target has no words for «{text}»"
        if len(row) < LONG_ROW:
            return WordSign.TOGETHER, Finding("meaning", Severity.HINT, unit, told, text)
        exact = [places for places in row if any(one.is_exact for one in places)]
        is_shown = len(exact) >= SURE and telling.is_left_out
        return None, Finding("meaning", Severity.WARNING if is_shown else Severity.HINT, unit, told, text)
    renderings, plain = context.target.target.lexicon, _opposites.kinds_of(context.source).plain
    meanings = sorted((one.meaning for one in row[0] if one.meaning in renderings), key=lambda one: one not in plain)
    told = f"the target has no word for «{text}», such as “{_shown(renderings[meanings[0]][0])}”"
    if not plain.isdisjoint(meanings):
        return WordSign.PLAIN, Finding("meaning", Severity.HINT, unit, told, text)
    if other := telling.strange_word:
        told = f"{told}, and the source none for “{other}”"
        return WordSign.REPLACED, Finding("meaning", Severity.HINT, unit, told, text)
    return None, Finding("meaning", Severity.NOTE, unit, told, text)


def _shown(word: str) -> str:
    return word.lstrip("~").replace("*", "…")
