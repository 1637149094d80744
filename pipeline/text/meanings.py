"""A sentence and what it means: found where somebody asks, without what names and idioms hide.

The longest expression counts, so that what stands inside another is not reported («محیط زیست» is not «محیط»).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from pipeline.languages import Language
from pipeline.text.expressions import (
    LEXICON,
    Expressions,
    KnownWords,
    Place,
    WordTable,
    all_places,
    covered,
    longest,
    standing,
)
from pipeline.text.orthography import fold

_NONE: frozenset[str] = frozenset()
_NO_TABLES: frozenset[WordTable] = frozenset()
_PLACES = WordTable.PLACES

_HIDING = frozenset({WordTable.IDIOMS, WordTable.NAMERS})


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
        return covered(found, table) if (found := self.of(table)) else frozenset()

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

    def __init__(self, words: tuple[str, ...], vocabulary: Expressions, hidden: Callable[[], frozenset[int]]) -> None:
        super().__init__(words, self._unhidden)
        self._hidden, self._known = hidden, vocabulary.known_in(words)
        self._longer = standing(words, self._known)
        self.firm = _NONE.union(*[one.exact for _, one in self._known])
        if self._longer:
            self.firm = self.firm.union([one.meaning for _, one in self._longer if one.is_exact])

    def _unhidden(self) -> list[Place]:
        places = all_places(self._known, self._longer)
        hidden = self._hidden() if places else frozenset()
        return longest(one for one in places if one.first not in hidden)


class SourceSentence(Sentence):
    """A source: what it may say, those inside longer expressions too, known before it is found where.

    `firm` are the meanings of the lexicon that it may say for certain, `tables` those of which it may say any.
    """

    def __init__(
        self,
        words: tuple[str, ...],
        plain: tuple[str, ...],
        known: KnownWords,
        named: Sequence[Place],
        language: Language,
    ) -> None:
        super().__init__(words, self._longest)
        self._language = language
        self._known, self._longer, self._named = known, standing(plain, known), named
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
            found = all_places(self._known, self._longer, table)
            is_place = table is WordTable.PLACES
            self._by_table[table] = longest([*found, *self._named] if is_place else self._unhidden(found))
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
        named = covered(found, WordTable.NAMERS, and_next=True)
        alone = covered(found, WordTable.NAMERS)
        return covered(found, WordTable.IDIOMS) | alone | (named - made)

    @cached_property
    def _all(self) -> list[Place]:
        return [*all_places(self._known, self._longer), *self._named]

    def _longest(self) -> list[Place]:
        return longest(self._unhidden(self._all))


@lru_cache(maxsize=16)
def _leading(language: Language) -> frozenset[str]:
    return frozenset(map(fold, language.typesetting.leading))


@lru_cache(maxsize=16)
def _light_verbs(language: Language) -> frozenset[str]:
    """Return the forms of the verbs that others are made with («مخالفت کرد»), denied or not."""
    stems, endings = map(fold, language.source.light_verbs), (*map(fold, language.orthography.past_endings), "ه")
    forms = frozenset(before + stem + ending for stem in stems for ending in endings for before in ("", "ن"))
    return forms.union(language.typesetting.prefixes) if forms else forms
