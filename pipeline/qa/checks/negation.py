"""A negation of the source without one in the target."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, _contraries, _correlatives, _literal, _stranded
from pipeline.text import dictionary, plainwords, quantities, vocabulary, wildcards
from pipeline.text.expressions import Place, WordTable
from pipeline.text.meanings import Sentence, SourceSentence
from pipeline.text.orthography import words_by_piece
from pipeline.text.plainwords import plain
from pipeline.text.saying import Saying
from pipeline.text.wildcards import fits

NEEDS = ("source.negations", "target.negations")
WORDING = True

SHORTEST = 6
"""Letters of a word that an affix may turn round: «unable», not «under»."""

BEFORE, BEHIND = 1, 3
"""So many words before a negation, and behind it, may be what it negates."""

MOST_KEPT = 3
"""Negations of a sentence that a translation keeps."""


PERMITTED = 6
"""So many words before a negation a permission stands that it takes away: «اجازه‌ی خروج از کشور ندارد»."""


class _NegationsSaid(NamedTuple):
    """How many negations a target has: of sentences, and by words that say an affix as well (“without”, “unable”).

    In a language whose file has no privatives the two are not told apart.
    """

    firm: int
    soft: int

    def beside(self, affixes: int) -> int:
        """Return how many are left for the negations of a source that has words with an affix, too."""
        return self.firm + max(0, self.soft - affixes)


_NEGATIVE = frozenset({WordTable.NEGATIONS, WordTable.AFFIXES})


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    yield from _correlatives.faults(unit, context)
    source = vocabulary.source(unit.source, context.source)
    if source.tables.isdisjoint(_NEGATIVE):
        return
    affixed = [place for place in source.negations(WordTable.AFFIXES) if _is_made(place, source, context.source)]
    inside = {at for place in affixed for at in range(place.first, place.last)} | _numbers(source, unit, context.source)
    inside |= source.within(WordTable.PLACES)  # «پزشکان بدون مرز»
    plain_ones = [place for place in source.negations() if place.first not in inside]
    negations = denying(plain_ones, source, context.source)
    if not negations and not affixed:
        return
    said = vocabulary.said(unit.target, context.target, source.meanings)
    if UNTIL in said.meanings and _is_until(negations, source, context.source):
        negations = []
    said_at = _said_at(source, said) if affixed else set()
    affixes = [source.text(place) for place in affixed if said_at.isdisjoint(range(place.first, place.last))]
    texts = [source.text(place) for place in negations]
    if affixes and not _others(
        [plain(one, context.source.letters) for one in texts], context.source.source.concords, context.source
    ):
        texts = []  # «بی‌آنکه هرگز» is one negation
    if not texts and not affixes:
        return
    # Beside a negation, a word with an affix is as often said in another way as it is not.
    wanted = needed(texts, context.source) if texts else len(affixes)
    said_here = _said(unit, source, [*affixed, *negations], context)
    privatives, coordinators = context.target.target.privatives, context.target.target.coordinators
    count = said_here.beside(len(affixed) if texts and privatives else 0)
    if coordinators and _is_pair(texts, context.source):
        wanted += 1
        count += _count(coordinators, unit, context) if said_here.firm else said_here.soft
    count += _otherwise(negations, source, unit, context) if count < wanted else 0
    few = None
    if count < wanted:
        text = (texts or affixes)[0]
        told = f"«{text}» is negative, but the target has too few negations"
        is_certain = bool(texts) or any(_is_listed(one, context.source) for one in affixes)
        is_certain &= (
            count == 0
            or _literal.is_shorter(unit, context)
            or not _is_said_otherwise(negations, source, said, context.source)
        )
        few = Finding("negation", Severity.WARNING if is_certain else Severity.HINT, unit, told, text)
    stranded = [] if few and few.severity is Severity.WARNING else list(_stranded.faults(unit, source, context))
    yield from stranded or ([few] if few else [])


def _numbers(source: Sentence, unit: Unit, language: Language) -> set[int]:
    """Return which words of a source are numbers for certain that else may deny: «نُه», «نه نفر»."""
    doubtful = plainwords.listed(language.numbers.uncertain, language.letters)
    if not any(source.text(one) in doubtful for one in source.negations()):
        return set()
    spelt = [one for one in quantities.read(unit.source, language) if one.is_spelt and one.is_certain]
    numbers = {at for one in spelt for at in range(one.start, one.end)}  # «از نه نفر»
    first = accumulate(map(len, words_by_piece(unit.source)), initial=0)
    return {
        at for at, piece in zip(first, _WRITTEN_APART.finditer(unit.source), strict=False) if piece.start() in numbers
    }


_WRITTEN_APART = re.compile(r"\S+")


def _is_said_otherwise(negations: Sequence[Place], source: Sentence, said: Saying, language: Language) -> bool:
    """Whether nothing that is denied is said, nor another word: «مغازه‌ها را باز نکردند», “kept their shops closed”."""
    spans = _literal.spans(source)
    unsaid = [span for span in spans if not _literal.is_said(span, said)]
    if len(unsaid) < FREELY or not negations:
        return False
    begins, ends = ({span[0][at]: span for span in spans} for at in (_FIRST, _LAST))
    particles = _particles(language)

    def denied(one: Place) -> _literal.Span:
        """Return what stands before a verb that denies, or behind a particle: the nearest known word."""
        if source.text(one) in particles:
            return begins.get(one.last) or begins.get(one.last + 1) or []
        return ends.get(one.first) or ends.get(one.first - 1) or ends.get(one.first - 2) or []

    return all(span and not _literal.is_said(span, said) for span in map(denied, negations))


FREELY = 2
"""So many words known in a source are not said where it is translated freely."""

_FIRST, _LAST = Place._fields.index("first"), Place._fields.index("last")


def denying(negations: Sequence[Place], source: Sentence, language: Language) -> Sequence[Place]:
    """Return negations without those that deny nothing by themselves: «تا نپردازد، برنمی‌گردیم», “until he pays”.

    Nor does one behind a litotes: «کم نبودند» is “many were”.
    """
    litotes = language.source.litotes
    negations = [one for one in negations if not one.first or source.words[one.first - 1] not in litotes]
    near = _behind(language.source.expletives, source) if len(negations) > 1 else set()
    if not near:
        return negations
    *others, last = negations
    return [one for one in others if not _is_expletive(one, near, source, language)] + [last]


UNTIL = "until_it"
"""What the word for the end of a time means, in the tables of meanings."""


def _is_until(negations: Sequence[Place], source: Sentence, language: Language) -> bool:
    """Whether all that is denied stands behind «تا زمانی که»: “until they agree”."""
    near = _behind(language.source.expletives, source) if len(negations) == 1 else set()
    return bool(near) and _is_expletive(negations[0], near, source, language)


def _behind(expressions: Sequence[str], source: Sentence) -> set[int]:
    """Return which words of a source stand not far behind a word such as «تا», or behind «تا زمانی که»."""
    wanted, words = [tuple(one.split()) for one in expressions], source.words
    before = [at for at in range(len(words)) if any(words[at : at + len(one)] == one for one in wanted)]
    return {at + step for at in before for step in range(1, REACH)}


def _is_expletive(one: Place, near: Collection[int], source: Sentence, language: Language) -> bool:
    """Whether a negation is a verb in the present, or subjunctive, not far behind a word such as «تا».

    So is «آزاد نشده باشد», and «آزاد نشده است» behind «تا زمانی که» alone: «تا امروز پرداخت نشده است» denies. So does
    one in the future: «تا لغو آن از پا نخواهیم نشست».
    """
    following, past = source.words[one.last : one.last + 1], language.orthography.past
    is_future = any(map(past.__contains__, following))
    verb = source.words[one.first][1:]
    own = language.source
    auxiliaries = (*own.subjunctives, *(own.perfects if one.first in _behind(own.untils, source) else ()))
    is_perfect = verb[:-1] in past and not frozenset(auxiliaries).isdisjoint(following)
    return one.first in near and not is_future and (is_perfect or verb.startswith(language.orthography.present))


REACH = 14
"""So many words behind «تا» a verb stands that is negative because of it."""


def _is_made(place: Place, source: Sentence, language: Language) -> bool:
    """Whether a word is made of an affix and a word that the language file knows: «نامناسب», and not «ناتینگهام»."""
    word, stems = source.text(place), language.orthography.present
    prefix = next((one for one in _prefixes(language) if word.startswith(one)), "") if stems else ""
    if not prefix or word in language.source.affixes:
        return True
    rest = word.removeprefix(prefix)
    known = (*stems, *language.orthography.adjectives)
    return vocabulary.means(rest, language) or rest in known or rest.startswith(language.orthography.past)


def _is_listed(word: str, language: Language) -> bool:
    """Whether the file has more of a word than a prefix it may begin with: «نامشخص», and not «نایاب»."""
    affixes = language.source.affixes
    return word in affixes or any(fits(word, one) for one in affixes if "*" in one and len(one) > SHORTEST_WORD)


@lru_cache(maxsize=16)
def _prefixes(language: Language) -> tuple[str, ...]:
    return tuple(one[:-1] for one in language.source.affixes if one.endswith("*") and len(one) <= SHORTEST_WORD)


SHORTEST_WORD = 4
"""Letters of the shortest affix with `*` that is a word by itself."""


def _said_at(source: Sentence, said: Saying) -> set[int]:
    """Return which words of a source are said by their meaning, though they have an affix: «بیکاران», “the jobless”."""
    places = (one for one in source.of(WordTable.LEXICON) if one.meaning in said.meanings)
    return {at for one in places for at in range(one.first, one.last)}


def _near(negative: Sequence[Place]) -> set[int]:
    """Return which words may be negated, with the negations themselves."""
    return {at for place in negative for at in range(place.first - BEFORE, place.last + BEHIND)}


def _positive(source: Sentence, negative: Sequence[Place]) -> frozenset[str]:
    """Return the meanings of the words of a source that have no negation near: in «بی قید و شرط», «شرط» has one."""
    near = _near(negative)
    places = (*source.of(WordTable.LEXICON), *source.of(WordTable.POLARITY))
    return frozenset(one.meaning for one in places if near.isdisjoint(range(one.first, one.last)))


def _said(unit: Unit, source: SourceSentence, negated: Sequence[Place], context: Context) -> _NegationsSaid:
    """Return how many negations a target has; none that says what the source says without one: “independent”."""
    known, language = _positive(source, negated), context.target
    particles = language.target.negations
    sentence = vocabulary.target(unit.target, language, WordTable.NEGATIONS)
    negative = sentence.negations()
    affixes = vocabulary.target(unit.target, language, WordTable.AFFIXES)
    affixed = affixes.negations(WordTable.AFFIXES)
    known = known - _said_beside(vocabulary.said(unit.target, language, source.meanings), [*negative, *affixed], known)
    found = [
        one
        for one in negative
        if ((text := sentence.text(one)) in particles and " " not in text)
        or _is_verb(text, language)
        or _is_free(sentence, one, known, language)
    ]
    taken = {at for one in found for at in range(one.first, one.last)}
    free = [one for one in affixed if one.first not in taken and _is_free(affixes, one, known, language)]
    words = [word for word in map(affixes.text, free) if len(word) >= SHORTEST or word in language.target.affixes]
    explained = _in_dictionary(words, source, negated, context)
    count = sum(word not in explained for word in words)
    texts, concords = [sentence.text(one) for one in found], language.target.concords
    if len(texts) == 1 and texts[0] in language.target.coordinators:
        return _NegationsSaid(0, count)
    if texts and not _others(texts, concords, language):
        return _NegationsSaid(_apart(found), count)
    bare = _bare(texts, concords, language)
    firm = sum(word in particles and word not in language.target.privatives for word in bare)
    return _NegationsSaid(firm, count + len(bare) - firm)


def _in_dictionary(
    words: Sequence[str], source: Sentence, negated: Sequence[Place], context: Context
) -> frozenset[str]:
    """Return the words that say what the source says without a negation, by dictionary: «بیداد», “injustice”."""
    known = dictionary.of(context.source, context.target) if words else None
    if not known:
        return frozenset()
    near = _near(negated)
    others = [word for at, word in enumerate(source.words) if at not in near]
    return known.may_say(words, others)


def _is_pair(negations: Sequence[str], language: Language) -> bool:
    """Whether a source has one particle alone, several times: «نه از تهدید هراسید و نه فریب وعده‌ها را خورد»."""
    bare = _bare([plain(word, language.letters) for word in negations], language.source.concords, language)
    return len(bare) > 1 and len({*bare}) == 1 and bare[0] in _particles(language)


def _otherwise(negations: Sequence[Place], source: SourceSentence, unit: Unit, context: Context) -> int:
    """Return how many negations a target says by words that deny only what this source has.

    «جز … نیست» is “only”, and «حق … ندارد» “is banned”; «باز نکردند» may be “kept … closed”, «نپذیرفت» “turned down”.
    """
    own, theirs = context.source.source, context.target.target
    count = _count(theirs.denials, unit, context, but=source.meanings)
    if _is_no_less(source, context.source):
        count += bool(plainwords.standing(theirs.no_lesser, unit.target, context.target))
    if not frozenset(own.exceptives).isdisjoint(source.words):
        count += _count(theirs.exclusives, unit, context)
    if _is_permitted(negations, source, context.source):
        count += min(1, _count(theirs.prohibitions, unit, context))
    if len(negations) > 1:
        going_on = tuple(
            one for one in theirs.conjunctions if one in theirs.coordinators and one not in theirs.concords
        )
        count += _count(theirs.conjunctions, unit, context) > 1 or _count(going_on, unit, context) > 0
    if _is_condition(negations, source, context.source):
        count += PAIR * (_count(theirs.requirements, unit, context) > 0)
    return count + len(_contraries.affirmed(unit, context))


def _is_no_less(source: SourceSentence, language: Language) -> bool:
    """Whether a source, which denies, has a comparative of what is less: «کمتر … نیست» is “no less than”."""
    is_lesser, endings = wildcards.fitting(language.source.lesser), language.orthography.comparative
    return any(is_lesser[word] and word.endswith(endings) for word in source.words) if endings else False


PAIR = 2
"""Negations that are no more than a condition: «بدون مجوز ممکن نیست», “requires a permit”."""


CONDITIONED = 16
"""So many words behind «بدون», at most, stands what is not possible without it."""


def _is_condition(negations: Sequence[Place], source: Sentence, language: Language) -> bool:
    """Whether a source says that something is not possible without another: in one clause, soon behind the particle."""
    if len(negations) < PAIR or source.text(negations[0]) not in language.source.privatives:
        return False
    without, *others = negations
    clause = source.words[without.last : without.last + CONDITIONED]
    conjunctions = frozenset(language.grammar.conjunctions)
    end = next((at for at, word in enumerate(clause) if word in conjunctions), len(clause))
    near = [one for one in others if one.first < without.last + end]
    impossible = language.source.impossibilities  # «ممکن نیست», «نمی‌توان»
    return any(wildcards.are_said(impossible, source.words, range(one.first, one.last)) for one in near)


def _is_permitted(negations: Sequence[Place], source: Sentence, language: Language) -> bool:
    """Whether a source denies a permission, and forbids nothing besides."""
    before = {word for one in negations for word in source.words[max(0, one.first - PERMITTED) : one.first]}
    if before.isdisjoint(language.source.permissions):
        return False
    return not any(fits(word, one) for word in source.words for one in language.source.prohibitions)


def _count(words: tuple[str, ...], unit: Unit, context: Context, but: frozenset[str] = frozenset()) -> int:
    """Return how many words of a target are of a list, and may say nothing of what the source says besides."""
    known, language = plainwords.listed(words, context.target.letters), context.target
    said = plainwords.target_words(unit.target, language.letters)
    found = [word for word in said if any(fits(word, one) for one in known)]
    return sum(but.isdisjoint(vocabulary.meanings(word, language)) for word in found)


def _said_beside(said: Saying, negative: Sequence[Place], known: frozenset[str]) -> frozenset[str]:
    """Return known meanings that other words say: in “refused the opposition”, no word but this says «مخالف»."""
    at = {place for one in negative for place in range(one.first, one.last)}
    return known & said.by_words_besides(at) if at else frozenset()


def _apart(places: Sequence[Place]) -> int:
    """Return how many negations stand apart from the one before: «pas de pain, pas d’eau», and not «plus rien»."""
    return 1 + sum(one.first - before.last > 0 for before, one in pairwise(places))


def _is_free(sentence: Sentence, negation: Place, known: frozenset[str], language: Language) -> bool:
    return known.isdisjoint(vocabulary.meanings(sentence.words[negation.first], language))


def needed(negations: Sequence[str], language: Language) -> int:
    """Of four negations one may be said in another way; a particle counts once, and not where it pairs («نه … نه»)."""
    particles = _particles(language)
    bare = _bare([plain(word, language.letters) for word in negations], language.source.concords, language)
    others = sum(word not in particles for word in bare)
    pairs = [word for word in {*bare}.intersection(particles) if not others or bare.count(word) == 1]
    count = others + len(pairs)
    return max(1, count - (count > MOST_KEPT))


@lru_cache(maxsize=16)
def _particles(language: Language) -> frozenset[str]:
    return frozenset(plain(word, language.letters) for word in language.source.negations)


def _bare(negations: Sequence[str], concords: tuple[str, ...], language: Language) -> Sequence[str]:
    """Return negations without those that only go with another one («هیچ … نیست», “n’a aucun”, «nadie … nada»)."""
    return _others(negations, concords, language) or negations[:1]


def _others(negations: Sequence[str], concords: tuple[str, ...], language: Language) -> list[str]:
    beginnings = plainwords.listed(concords, language.letters)
    return [word for word in negations if not word.startswith(beginnings)]


@lru_cache(maxsize=4096)
def _is_verb(word: str, language: Language) -> bool:
    """Whether a word is negative inside («ödenmedi»), whatever its stem says by itself."""
    inside = plainwords.listed(tuple(one for one in language.target.negations if one.startswith("*")), language.letters)
    return any(fits(word, one) for one in inside)
