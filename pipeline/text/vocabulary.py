"""Words by what they mean: which meanings of a language file a sentence has, and where.

A meaning is a name of the file's choice («prison», «abolition», «berlin») with the words that say it: `*` in them
stands for any letters, and several words are one expression. The longest expression counts, so that what stands inside
another is not reported («محیط زیست» is not «محیط»).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.languages.sections import Grammar
from pipeline.text.orthography import ACCENTS, SCRIPT, dotted, fold, folded_words, unaccented
from pipeline.text.segment import without_addresses
from pipeline.text.words import WORD, Remembered, in_a_row, pieces


class WordTable(StrEnum):
    """Of which table of a language file a meaning is."""

    LEXICON = "lexicon"
    POLARITY = "polarity"
    PLACES = "places"
    NAMERS = "namers"
    IDIOMS = "idioms"
    NEGATIONS = "negations"
    NO_NEGATIONS = "no_negations"
    AFFIXES = "affixes"
    POLES = "poles"

    __hash__ = str.__hash__  # that of Enum is slow


LEXICON = WordTable.LEXICON

SHORTEST_STEM = 4
"""Letters of a word that may have any ending."""


class Place(NamedTuple):
    """Where a meaning stands: its table and name, the words of the sentence that say it.

    What is not exact may say a meaning, and need not be said again.
    """

    table: WordTable
    meaning: str
    first: int
    last: int
    is_exact: bool


@dataclass(frozen=True, slots=True)  # what is read so often is read faster than of a tuple
class _Expression:
    table: WordTable
    meaning: str
    words: tuple[str, ...]
    is_exact: bool
    is_open: bool
    """Whether a word behind the first has `*` in it."""

    def stands(self, words: tuple[str, ...], at: int) -> bool:
        here, wanted = words[at + 1 : at + len(self.words)], self.words[1:]
        return here == wanted or (self.is_open and len(here) == len(wanted) and all(map(fits, here, wanted)))


@dataclass(frozen=True, slots=True)
class _Known:
    """The expressions that begin with a word: it alone, longer ones by their second word, those with `*` in it.

    Of the latter, what the second word begins with stands before each, and in `beginnings`. `firm` are the meanings of
    the lexicon that it says by itself for certain, `tables` those of what it says by itself.
    """

    alone: tuple[_Expression, ...]
    longer: dict[str, list[_Expression]]
    loose: tuple[tuple[str, _Expression], ...]
    beginnings: tuple[str, ...]
    meanings: frozenset[str]
    exact: frozenset[str]
    firm: frozenset[str]
    tables: frozenset[WordTable]
    goes_on: bool

    def standing(self, words: tuple[str, ...], at: int) -> list[_Expression]:
        """Return the longer expressions that stand in a sentence from a word on, which is not the last."""
        following = words[at + 1]
        here = [one for one in self.longer.get(following, ()) if len(one.words) == 2 or one.stands(words, at)]
        if self.loose:
            here += [one for first, one in self.loose if following.startswith(first) and one.stands(words, at)]
        return here


def _known(expressions: Sequence[_Expression]) -> _Known:
    alone = tuple(one for one in expressions if len(one.words) == 1)
    longer = defaultdict[str, list[_Expression]](list)
    loose = list[tuple[str, _Expression]]()
    for one in expressions:
        if len(one.words) > 1 and "*" in one.words[1]:
            loose.append((one.words[1].partition("*")[0], one))
        elif len(one.words) > 1:
            longer[one.words[1]].append(one)
    exact = [one for one in alone if one.is_exact]
    return _Known(
        alone,
        dict(longer),
        tuple(loose),
        tuple({first for first, _ in loose}),
        frozenset(one.meaning for one in alone),
        frozenset(one.meaning for one in exact),
        frozenset(one.meaning for one in exact if one.table is LEXICON),
        frozenset(one.table for one in alone),
        bool(longer or loose),
    )


_KnownWords = list[tuple[int, _Known]]


def _standing(words: tuple[str, ...], known: _KnownWords) -> "_Standing":
    """Return the expressions of several words in a sentence, and where they begin."""
    last = len(words) - 1
    return [
        (at, expression)
        for at, one in known
        if one.goes_on
        and at < last
        and (words[at + 1] in one.longer or (one.beginnings and words[at + 1].startswith(one.beginnings)))
        for expression in one.standing(words, at)
    ]


_Standing = list[tuple[int, _Expression]]


def _all_places(known: _KnownWords, longer: _Standing, table: WordTable | None = None) -> list[Place]:
    """Return where words and expressions stand, in their order; of those that begin with one word, it alone first.

    Given a table, only those of it.
    """
    if table:
        found = [(at, one) for at, here in known if table in here.tables for one in here.alone if one.table is table]
        longer = [(at, one) for at, one in longer if one.table is table]
    else:
        found = [(at, one) for at, here in known for one in here.alone]
    if longer:
        found = sorted([*found, *longer], key=itemgetter(0))
    return [Place(one.table, one.meaning, at, at + len(one.words), one.is_exact) for at, one in found]


class Vocabulary:
    """The meanings of several tables, found in one pass. Before a word that need not be said again stands `~`.

    Given the grammar of a source, a word of the lexicon stands for its forms, too.
    """

    def __init__(
        self,
        tables: Mapping[WordTable, Mapping[str, Iterable[str]]],
        grammar: Grammar | None = None,
        vague: Iterable[str] = (),
    ) -> None:
        self._vague = frozenset(vague)
        self._grammar = grammar or Grammar()
        self._endings_of_words = (*self._grammar.plurals, *self._grammar.inflections)
        self._exact: dict[str, list[_Expression]] = defaultdict(list)
        self._prefixes: dict[str, list[_Expression]] = defaultdict(list)
        self._suffixes: dict[str, list[tuple[int, _Expression]]] = defaultdict(list)
        self._endings: list[tuple[int, _Expression]] = []
        number = 0
        for table, meanings in tables.items():
            for meaning, expressions in meanings.items():
                for text in expressions:
                    number += 1
                    words = tuple(_PATTERN.findall(text))
                    if words:  # one of signs alone is no word
                        is_open = any("*" in word for word in words[1:])
                        self._add(number, _Expression(table, meaning, words, not text.startswith("~"), is_open))
        self._lengths = _lengths_by_letter(self._prefixes)
        self._lengths_of_suffixes = sorted({len(suffix) for suffix in self._suffixes})
        self._any_ending = (*self._endings_of_words, *self._grammar.inflections_of_short, *self._suffixes)
        self._known = Remembered(self._first)

    def _add(self, number: int, expression: _Expression) -> None:
        first, star, rest = expression.words[0].partition("*")
        if not star:
            self._exact[first].append(expression)
        elif rest and not first and star not in rest:
            self._suffixes[rest].append((number, expression))
        elif rest or not first:
            self._endings.append((number, expression))
        else:
            self._prefixes[first].append(expression)

    def matches(self, words: tuple[str, ...]) -> list[Place]:
        """Return every meaning that stands in the words of a sentence, those inside others too, in their order."""
        known = self.known_in(words)
        return _all_places(known, _standing(words, known))

    def known_in(self, words: tuple[str, ...]) -> "_KnownWords":
        """Return the words of a sentence with which something known may begin, and where they stand."""
        return [(at, known) for at, known in enumerate(map(self._known.__getitem__, words)) if known]

    def said(self, words: tuple[str, ...], known: frozenset[str]) -> "Saying":
        """Return which meanings words say, and which of the words say none of the known ones."""
        here = self.known_in(words)
        return Saying(words, here, _standing(words, here), known, self._vague)

    def is_vague(self, word: str) -> bool:
        """Whether a word is said of so much that it says nothing for certain."""
        return word in self._vague

    def meanings(self, word: str) -> frozenset[str]:
        """Return what a word may say by itself."""
        known = self._known[word]
        return known.meanings if known else frozenset()

    def begins(self, word: str) -> bool:
        """Whether a meaning may begin with a word, which is no form of a short one («رازی»)."""
        return self._known[word] is not None and (not self._grammar.inflections_of_short or self._is_known(word))

    def _is_known(self, word: str) -> bool:
        return bool(self._written(word, self._beginning))

    def _first(self, word: str) -> "_Known | None":
        """Return the expressions that may begin with a word, a conjunction written onto it or not; None for most."""
        if not self._may_begin(word):
            return None
        found = self._written(word, self._beginning) or self._written(word, self._inflected_short)
        return _known(found) if found else None

    def _may_begin(self, word: str) -> bool:
        """Whether a word may be known, as few are that nobody has looked up yet."""
        return (
            word in self._exact
            or not self._prefixes.keys().isdisjoint([word[:length] for length in self._lengths.get(word[:1], ())])
            or word.endswith(self._any_ending)
            or word.startswith(self._grammar.conjunctions)
            or any(fits(word, one.words[0]) for _, one in self._endings)
        )

    def _written(self, word: str, find: Callable[[str], list[_Expression]]) -> list[_Expression]:
        """Return what is found for a word, or for one with a conjunction written onto it."""
        found = find(word)
        for one in () if found else self._grammar.conjunctions:  # «وزیر» is a minister
            if word.startswith(one) and len(word) > len(one) + 1:
                found += find(word[len(one) :])
        return found

    def _beginning(self, word: str) -> list[_Expression]:
        found = [*self._exact.get(word, ())]
        found += [replace(one, is_exact=False) for one in self._inflected(word)] if found else self._inflected(word)
        for length in self._lengths.get(word[:1], ()):
            if length > len(word):
                break
            found += self._prefixes.get(word[:length], ())
        return found + self._ending(word)

    def _ending(self, word: str) -> list[_Expression]:
        """Return the expressions whose beginning is left open, or their middle, that a word fits: in their order."""
        found = [one for one in self._endings if fits(word, one[1].words[0])]
        for length in self._lengths_of_suffixes:
            if length > len(word):
                break
            found += self._suffixes.get(word[-length:], ())
        return [one for _, one in sorted(found, key=itemgetter(0))]

    def _inflected(self, word: str) -> list[_Expression]:
        """Return the words of the lexicon that a word is a form of; a short one has plurals alone («ارزان», «ارز»)."""
        if not word.endswith(self._endings_of_words):
            return []
        found: list[_Expression] = []
        for number, ending in enumerate(self._endings_of_words):
            stem = word.removesuffix(ending)
            if stem != word and (len(stem) >= SHORTEST_STEM or number < len(self._grammar.plurals)):
                found += self._words(stem)
        return found

    def _inflected_short(self, word: str) -> list[_Expression]:
        """Return what a word may say that is no other: a form of a short one («سدی», «پدرم»)."""
        if not word.endswith(self._grammar.inflections_of_short):
            return []
        stems = [word.removesuffix(one) for one in self._grammar.inflections_of_short if word.endswith(one)]
        known = (one for stem in stems if 1 < len(stem) < SHORTEST_STEM for one in self._words(stem))
        return [replace(one, is_exact=False) for one in known]

    def _words(self, word: str) -> list[_Expression]:
        return [one for one in self._exact.get(word, ()) if one.table is LEXICON and len(one.words) == 1]


_PATTERN = re.compile(r"[\w*]+")


def _lengths_by_letter(beginnings: Iterable[str]) -> dict[str, list[int]]:
    """Return by their first letter how long beginnings of words are, the shortest first."""
    lengths = defaultdict[str, set[int]](set)
    for one in beginnings:
        lengths[one[:1]].add(len(one))
    return {letter: sorted(some) for letter, some in lengths.items()}


def fits(word: str, pattern: str) -> bool:
    """Whether a word is that of a language file, in which `*` stands for any letters."""
    first, inner, last = _PARTS[pattern]
    if last is None:
        return word == pattern
    if not (word.startswith(first) and word.endswith(last)):
        return False
    at, end = len(first), len(word) - len(last)
    if at > end:
        return False
    for part in inner:
        at = word.find(part, at, end) + len(part)
        if at < len(part):
            return False
    return True


def _parts(pattern: str) -> tuple[str, tuple[str, ...], str | None]:
    """Return what stands before, between and behind the `*` of a word of a language file, None where it has none."""
    first, *inner = pattern.split("*")
    return (first, tuple(inner[:-1]), inner[-1]) if inner else (first, (), None)


_PARTS = Remembered(_parts)


@lru_cache(maxsize=64)
def fitting(patterns: tuple[str, ...]) -> Remembered[bool]:
    """Return what tells of a word, looked at once, whether any of the patterns fits it."""
    whole = frozenset(one for one in patterns if "*" not in one)
    beginnings = tuple(one[:-1] for one in patterns if one.endswith("*") and "*" not in one[:-1])
    others = [one for one in patterns if "*" in one[:-1]]
    return Remembered(
        lambda word: word in whole or word.startswith(beginnings) or any(fits(word, one) for one in others)
    )


def _longest(found: Iterable[Place]) -> list[Place]:
    """Return the places of each table that do not stand inside a longer expression of it; they come in their order."""
    kept: dict[WordTable, list[Place]] = defaultdict(list)
    for one in found:
        others = kept[one.table]
        while others and others[-1].first == one.first and others[-1].last < one.last:
            others.pop()
        if not others or others[-1].last < one.last or others[-1][2:4] == one[2:4]:
            others.append(one)
    return [place for places in kept.values() for place in places]


class Strange(NamedTuple):
    """A word of a target that says nothing of the source: where it stands, all that it may say, and for certain."""

    word: str
    at: int
    meanings: frozenset[str]
    exact: frozenset[str]


_NONE: frozenset[str] = frozenset()


class Saying:
    """What a target says: all meanings of its words, and when somebody asks which of them is of which word."""

    def __init__(
        self, words: tuple[str, ...], here: _KnownWords, longer: _Standing, known: frozenset[str], vague: frozenset[str]
    ) -> None:
        self._words, self._here, self._longer, self._known, self._vague = words, here, longer, known, vague
        self.meanings = _NONE.union(*[one.meanings for _, one in here], [one.meaning for _, one in longer])

    def by_words_besides(self, places: Collection[int]) -> frozenset[str]:
        """Return what the words may say by themselves that stand elsewhere than in some places, counted from 0."""
        return _NONE.union(*[one.meanings for at, one in self._here if at not in places])

    @cached_property
    def words(self) -> list[frozenset[str]]:
        """What each word may say, and each longer expression."""
        return [one.meanings for _, one in self._here] + [frozenset([one.meaning]) for _, one in self._longer]

    @cached_property
    def explained(self) -> frozenset[int]:
        """Which words, counted from 0, say something known, or belong to an expression that does."""
        known = self._known
        found = {at for at, one in self._here if not known.isdisjoint(one.meanings)}
        for at, expression in self._longer:
            if expression.meaning in known:
                found.update(range(at, at + len(expression.words)))
        return frozenset(found)

    def has_strange(self, meanings: frozenset[str]) -> bool:
        """Whether a word may say one of some meanings for certain, and by itself none of the known ones."""
        unknown = (self.meanings & meanings) - self._known
        if not unknown:
            return False
        firm = [one for _, one in self._here if not unknown.isdisjoint(one.exact)]
        return any(self._known.isdisjoint(one.meanings) for one in firm)

    @cached_property
    def strange(self) -> "tuple[Strange, ...]":
        """The words that say none of the known meanings, those of the source."""
        return tuple(self._strange(at, one) for at, one in self._here if one.meanings and at not in self.explained)

    def _strange(self, at: int, one: _Known) -> "Strange":
        word = self._words[at]
        return Strange(word, at, one.meanings, frozenset() if word in self._vague else one.exact)

    def strange_among(self, meanings: frozenset[str]) -> "list[Strange]":
        """Return the strange words that may say one of some meanings."""
        found = [(at, one) for at, one in self._here if not meanings.isdisjoint(one.meanings)]
        return [self._strange(at, one) for at, one in found if at not in self.explained]

    def surplus_among(self, meanings: frozenset[str]) -> "list[Strange]":
        """Return the words that may say one of some meanings, and all that they say of the known ones others say, too.

        As “wealth”, where it stands twice.
        """
        may_be = [(at, one) for at, one in self._here if not meanings.isdisjoint(one.meanings)]
        found = [(at, one) for at, one in may_be if not self._known.isdisjoint(one.meanings)]
        if not found:
            return []
        times = Counter(chain.from_iterable(one.meanings & self._known for _, one in self._here))
        longer = {expression.meaning for _, expression in self._longer}
        return [
            Strange(self._words[at], at, one.meanings, one.exact)
            for at, one in found
            if self._words[at] not in self._vague
            and all(times[meaning] > 1 or meaning in longer for meaning in one.meanings & self._known)
        ]


class Sentence:
    """The words of a sentence, and what they mean, which is found when somebody asks."""

    def __init__(self, words: tuple[str, ...], find: Callable[[], Iterable[Place]]) -> None:
        self.words, self._find = words, find

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(self._find())

    def of(self, table: WordTable) -> list[Place]:
        return [place for place in self.places if place.table is table]

    def within(self, table: WordTable) -> frozenset[int]:
        """Return which words, counted from 0, belong to an expression of a table."""
        return _covered(found, table) if (found := self.of(table)) else frozenset()

    def times(self, table: WordTable, meaning: str) -> int:
        """Return how many words say a meaning of a table."""
        return len({one.first for one in self.places if one.meaning == meaning and one.table is table})

    def text(self, place: Place) -> str:
        return " ".join(self.words[place.first : place.last])

    def negations(self, table: WordTable = WordTable.NEGATIONS) -> list[Place]:
        """Return the negations, or affixes, a word in two of them once, without those that only look like one."""
        found = self.of(table)
        if not found:
            return []
        no_negations = self.within(WordTable.NO_NEGATIONS)
        return list({place.first: place for place in found if place.first not in no_negations}.values())


class Poles(Sentence):
    """What a sentence says that has a contrary. What it may say for certain is known before it is found where."""

    def __init__(self, words: tuple[str, ...], vocabulary: Vocabulary, hidden: Callable[[], frozenset[int]]) -> None:
        super().__init__(words, self._unhidden)
        self._hidden, self._known = hidden, vocabulary.known_in(words)
        self._longer = _standing(words, self._known)
        self.firm = _NONE.union(*[one.exact for _, one in self._known])
        if self._longer:
            self.firm = self.firm.union([one.meaning for _, one in self._longer if one.is_exact])

    def _unhidden(self) -> list[Place]:
        places = _all_places(self._known, self._longer)
        hidden = self._hidden() if places else frozenset()
        return _longest(one for one in places if one.first not in hidden)


class SourceSentence(Sentence):
    """A source: what it may say, those inside longer expressions too, known before it is found where.

    `firm` are the meanings of the lexicon that it may say for certain, `tables` those of which it may say any.
    """

    def __init__(
        self,
        words: tuple[str, ...],
        plain: tuple[str, ...],
        known: _KnownWords,
        named: Sequence[Place],
        language: Language,
    ) -> None:
        super().__init__(words, self._longest)
        self._language = language
        self._known, self._longer, self._named = known, _standing(plain, known), named
        self._by_table: dict[WordTable, list[Place]] = {}
        longer = [one for _, one in self._longer]
        tables = _NO_TABLES.union(*[one.tables for _, one in known], [one.table for one in longer])
        self.tables = tables | {WordTable.PLACES} if named else tables
        meanings = _NONE.union(*[one.meanings for _, one in known])
        if longer or named:
            meanings = meanings.union([one.meaning for one in longer], [one.meaning for one in named])
        self.meanings, self.firm = meanings, self._firm()

    def _firm(self) -> frozenset[str]:
        """Return the meanings of words outside longer expressions, if none of these can be hidden, and of these."""
        longer = [(at, one) for at, one in self._longer if one.table is LEXICON]
        if not longer:
            return _NONE.union(*[one.firm for _, one in self._known])
        is_hiding = not self.tables.isdisjoint(_HIDING)
        inside = {place for at, one in longer for place in range(at, at + len(one.words)) if not is_hiding}
        alone = [one.firm for at, one in self._known if at not in inside]
        return _NONE.union(*alone, [one.meaning for _, one in longer if one.is_exact])

    def of(self, table: WordTable) -> list[Place]:
        """Return the places of one table, for which those of the others need not be found."""
        if table not in self.tables:
            return []
        if table not in self._by_table:
            found = _all_places(self._known, self._longer, table)
            is_place = table is WordTable.PLACES
            self._by_table[table] = _longest([*found, *self._named] if is_place else self._unhidden(found))
        return self._by_table[table]

    def _unhidden(self, found: list[Place]) -> list[Place]:
        hidden = self.hidden
        return [one for one in found if one.table is _PLACES or one.first not in hidden] if hidden else found

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Which words, counted from 0, mean nothing by themselves: those of idioms and of names («میدان آزادی»).

        A negation is no name, nor a word such as «علیه», nor what a verb is made with: «کسی در پارک نماند», «با فروش
        پارک مخالفت کرد»; but one with a capital is («Nergis Muhammedi»).
        """
        if self.tables.isdisjoint(_HIDING):
            return frozenset()
        found, verbs, leading = self._all, _light_verbs(self._language), _leading(self._language)
        made = {at for at, word in enumerate(self.words[1:] if verbs else ()) if word in verbs}
        denied = {one.first for one in found if one.table is WordTable.NEGATIONS}
        made |= {at + 1 for at in made} | {at for at in denied if not self.words[at][0].isupper()}
        made |= {at for at, word in enumerate(self.words) if word in leading}
        named = _covered(found, WordTable.NAMERS, and_next=True)
        alone = _covered(found, WordTable.NAMERS)
        return _covered(found, WordTable.IDIOMS) | alone | (named - made)

    @cached_property
    def _all(self) -> list[Place]:
        return [*_all_places(self._known, self._longer), *self._named]

    def _longest(self) -> list[Place]:
        return _longest(self._unhidden(self._all))


_NO_TABLES: frozenset[WordTable] = frozenset()
_PLACES = WordTable.PLACES
_HIDING = frozenset({WordTable.IDIOMS, WordTable.NAMERS})


@lru_cache(maxsize=64)
def source(text: str, language: Language) -> SourceSentence:
    """Return what a source says: of each table the longest expressions, none of names («میدان آزادی») and idioms."""
    said = folded_words(text)
    words = _all_plain(said, language) if language.has_capitals else said
    named = _place_names(language).matches(said) if language.has_capitals else []
    return SourceSentence(said, words, _source_vocabulary(language).known_in(words), named, language)


@lru_cache(maxsize=16)
def _leading(language: Language) -> frozenset[str]:
    return frozenset(map(fold, language.typesetting.leading))


@lru_cache(maxsize=16)
def _light_verbs(language: Language) -> frozenset[str]:
    """Return the forms of the verbs that others are made with («مخالفت کرد»), denied or not."""
    stems, endings = map(fold, language.source.light_verbs), (*map(fold, language.orthography.past_endings), "ه")
    forms = frozenset(before + stem + ending for stem in stems for ending in endings for before in ("", "ن"))
    return forms.union(language.typesetting.prefixes) if forms else forms


def means(word: str, language: Language) -> bool:
    """Whether a word of a source may say a meaning, or begin to."""
    return _source_vocabulary(language).begins(plain(word, language.letters) if language.has_capitals else word)


def _covered(found: Iterable[Place], table: WordTable, *, and_next: bool = False) -> frozenset[int]:
    """Return the words that belong to an expression of a table, and those behind them."""
    spans = [(one.first, one.last + and_next) for one in found if one.table is table]
    return frozenset(at for first, last in spans for at in range(first, last)) if spans else frozenset()


@lru_cache(maxsize=64)
def target(text: str, language: Language, table: WordTable) -> Sentence:
    """Return all that a target may say of a table, those inside other expressions too."""
    said = target_words(text, language.letters)
    return Sentence(said, lambda: _target_vocabulary(language, table).matches(said))


@lru_cache(maxsize=64)
def said(text: str, language: Language, known: frozenset[str]) -> Saying:
    """Return what a target says, and which of its words say none of the known meanings."""
    return _words_of_meaning(language).said(target_words(text, language.letters), known)


def meanings(word: str, language: Language) -> frozenset[str]:
    """Return what a word of a target may say by itself."""
    return _words_of_meaning(language).meanings(word)


def is_vague(word: str, language: Language) -> bool:
    """Whether a word of a target is said of so much that it says nothing for certain."""
    return _words_of_meaning(language).is_vague(word)


@lru_cache(maxsize=64)
def places(text: str, language: Language) -> Sentence:
    """Return the countries and towns that a target names, with a capital letter where their file has one."""
    if not any(map(_may_be_place(language).__getitem__, pieces(text))):
        return _NO_PLACES
    said = capitalised_words(text)
    return Sentence(said, lambda: _longest(_place_names(language).matches(said)))


_NO_PLACES = Sentence((), tuple)


@lru_cache(maxsize=16)
def _may_be_place(language: Language) -> Remembered[bool]:
    """Return which pieces between two spaces have a word that a name begins with; most sentences have none."""
    names = _place_names(language)
    return Remembered(lambda piece: any(map(names.begins, _CAPITALISED[piece])))


@lru_cache(maxsize=16)
def _source_vocabulary(language: Language) -> Vocabulary:
    said = language.source
    tables = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: said.polarity,
        WordTable.PLACES: language.places,
        WordTable.NAMERS: {"": (*said.namers, *said.given_names)},
        WordTable.IDIOMS: {"": said.idioms},
        WordTable.NEGATIONS: {"": said.negations},
        WordTable.NO_NEGATIONS: {"": said.no_negations},
        WordTable.AFFIXES: {"": said.affixes},
    }
    if language.has_capitals:
        del tables[WordTable.PLACES]  # with a capital letter alone
        small = {table: _small(_folded(meanings), language) for table, meanings in tables.items()}
        return Vocabulary(small, language.grammar)
    return Vocabulary({table: _folded(meanings) for table, meanings in tables.items()}, language.grammar)


@lru_cache(maxsize=16)
def _words_of_meaning(language: Language) -> Vocabulary:
    """Return the words of a target for and against and of the lexicon; the former say nothing for certain."""
    said = language.target
    beginnings = {meaning: [f"~{word}*" for word in words] for meaning, words in said.polarity.items()}
    tables: dict[WordTable, Mapping[str, Iterable[str]]] = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: beginnings,
    }
    small = {table: _small(words, language) for table, words in tables.items()}
    return Vocabulary(small, _written_onto(language), [plain(word, language.letters) for word in said.vague])


@lru_cache(maxsize=64)
def _target_vocabulary(language: Language, table: WordTable) -> Vocabulary:
    """Return the words of a target, to negations those that only look like one; polarity is given by beginnings."""
    said = language.target
    tables: dict[WordTable, Mapping[str, Iterable[str]]] = {
        WordTable.LEXICON: said.lexicon,
        WordTable.POLARITY: {meaning: [f"{word}*" for word in words] for meaning, words in said.polarity.items()},
        WordTable.NEGATIONS: {"": said.negations},
        WordTable.NO_NEGATIONS: {"": said.no_negations},
        WordTable.AFFIXES: {"": said.affixes},
    }
    is_negative = table in (WordTable.NEGATIONS, WordTable.AFFIXES)
    wanted = {table, WordTable.NO_NEGATIONS} if is_negative else {table}
    small = {one: _small(words, language) for one, words in tables.items() if one in wanted}
    return Vocabulary(small, _written_onto(language))


@lru_cache(maxsize=64)
def source_poles(text: str, language: Language) -> Poles:
    """Return what a source says that has a contrary, the longest expressions, none of names and idioms."""
    known = source(text, language)
    words = _all_plain(known.words, language) if language.has_capitals else known.words
    return Poles(words, _source_poles(language), lambda: known.hidden)


@lru_cache(maxsize=64)
def denied_poles(text: str, language: Language) -> Poles:
    """Return what a source would say that has a contrary, if it denied nothing: «نپذیرفت» as «پذیرفت»."""
    known = source(text, language)
    words, denials = list(known.words), dict(language.source.denials)
    for one in known.negations():
        word = words[one.first]
        words[one.first] = denials.get(word, word[1:] if word[:1] in denials else word)
    return Poles(tuple(words), _source_poles(language), frozenset)


@lru_cache(maxsize=64)
def target_poles(text: str, language: Language) -> Poles:
    """Return what a target says that has a contrary, the longest expressions."""
    return Poles(target_words(text, language.letters), _target_poles(language), frozenset)


@lru_cache(maxsize=16)
def _source_poles(language: Language) -> Vocabulary:
    fold_all = _folded(language.source.poles)
    return Vocabulary({WordTable.POLES: _small(fold_all, language) if language.has_capitals else fold_all})


@lru_cache(maxsize=16)
def _target_poles(language: Language) -> Vocabulary:
    return Vocabulary({WordTable.POLES: _small(language.target.poles, language)}, _written_onto(language))


@lru_cache(maxsize=16)
def _place_names(language: Language) -> Vocabulary:
    return Vocabulary(
        {WordTable.PLACES: {place: list(map(_as_read, names)) for place, names in language.places.items()}},
        _written_onto(language),
    )


def _as_read(name: str) -> str:
    """Return a name of a place as capitalised_words gives it: «Nato» for «NATO»."""
    return re.sub(r"\w+", lambda word: _capitalised(word[0]), _one_form(name))


def _written_onto(language: Language) -> Grammar:
    """Return what a target has written onto its words («وبالحرية»); its lists have the endings of words themselves."""
    return Grammar(conjunctions=tuple(map(fold, language.grammar.conjunctions)))


def _folded(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {meaning: [word[: word.startswith("~")] + fold(word) for word in words] for meaning, words in table.items()}


def _small(table: Mapping[str, Iterable[str]], language: Language) -> dict[str, list[str]]:
    return {meaning: [plain(_one_form(word), language.letters) for word in words] for meaning, words in table.items()}


def _all_plain(words: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(plain(word, language.letters) for word in words)


@lru_cache(maxsize=256)
def listed(words: tuple[str, ...], letters: str) -> tuple[str, ...]:
    """Return the words of a list in a language file as those of a target are compared with them."""
    return tuple(plain(word, letters) for word in words)


def standing(expressions: tuple[str, ...], target: str, language: Language) -> str:
    """Return the first of some expressions that stands in a target, as it is listed; "" for none."""
    text = f" {' '.join(target_words(target, language.letters))} "
    both = zip(expressions, listed(expressions, language.letters), strict=True)
    return next((one for one, said in both if f" {said} " in text), "")


def plain(text: str, letters: str = "") -> str:
    """Return a text in small letters and without accents, but for the `letters`; «آ» is joined again."""
    small = dotted(text.casefold())
    if small.isascii() or not letters:
        return unicodedata.normalize("NFC", unaccented(small))
    parts = (one if one in letters else unaccented(one) for one in unicodedata.normalize("NFC", small))
    return unicodedata.normalize("NFC", "".join(parts))


@lru_cache(maxsize=16)
def _plain_words(letters: str) -> Remembered[tuple[str, ...]]:
    """Return what the words of a piece are, in small letters and without accents, but for the `letters`."""

    def words(piece: str) -> tuple[str, ...]:
        if piece.isascii() and piece.isalpha():
            return (piece.lower(),)
        whole = unicodedata.normalize("NFC", piece) if letters else piece
        return tuple(plain(word, letters) for word in WORD.findall(ACCENTS.sub("", _one_form(whole))))

    return Remembered(words)


def _one_form(piece: str) -> str:
    """Return a piece of a text in Arabic letters in its comparison form, any other as it is."""
    return fold(piece) if SCRIPT.search(piece) else piece


@lru_cache(maxsize=64)
def target_words(text: str, letters: str = "") -> tuple[str, ...]:
    """Return the words of a target, in small letters and without accents, but for the `letters` of its language."""
    return in_a_row(_plain_words(letters), text)


@lru_cache(maxsize=64)
def capitalised_words(text: str) -> tuple[str, ...]:
    """Return the words of a target as they are written, those all in capitals with the first one alone."""
    return in_a_row(_CAPITALISED, text)


def _capitalised(word: str) -> str:
    # In small letters «İ» has its dot apart.
    return word.title().replace("\u0307", "") if len(word) > 3 and word.isupper() else word


def _as_written(piece: str) -> tuple[str, ...]:
    if piece.isalpha() and piece.isascii():
        return (_capitalised(piece),)
    return tuple(map(_capitalised, WORD.findall(_one_form(without_addresses(piece)))))


_CAPITALISED = Remembered(_as_written)
