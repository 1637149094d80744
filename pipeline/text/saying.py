"""What a target says, and which of its words say nothing of the source."""

from collections import Counter
from collections.abc import Collection
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from pipeline.text.expressions import Known, KnownWords, Standing


class Strange(NamedTuple):
    """A word of a target that says nothing of the source: where it stands, all that it may say, and for certain."""

    word: str
    at: int
    meanings: frozenset[str]
    exact: frozenset[str]


class WordSaid(NamedTuple):
    """A word, or a longer expression, of a target: where it begins, and what it may say."""

    at: int
    meanings: frozenset[str]


_NONE: frozenset[str] = frozenset()


class Saying:
    """What a target says: all meanings of its words, and when somebody asks which of them is of which word."""

    def __init__(
        self, words: tuple[str, ...], here: KnownWords, longer: Standing, known: frozenset[str], vague: frozenset[str]
    ) -> None:
        self._words, self._here, self._longer, self._known, self._vague = words, here, longer, known, vague
        self.meanings = _NONE.union(*[one.meanings for _, one in here], [one.meaning for _, one in longer])

    def by_words_besides(self, places: Collection[int]) -> frozenset[str]:
        """Return what the words may say by themselves that stand elsewhere than in some places, counted from 0."""
        return _NONE.union(*[one.meanings for at, one in self._here if at not in places])

    @property
    def text(self) -> tuple[str, ...]:
        """The words of the target, in their comparison form."""
        return self._words

    @cached_property
    def places(self) -> list[WordSaid]:
        """What each word may say, and each longer expression, and where."""
        words = [WordSaid(at, one.meanings) for at, one in self._here]
        return words + [WordSaid(at, frozenset([one.meaning])) for at, one in self._longer]

    @cached_property
    def firm_places(self) -> list[WordSaid]:
        """Where the words stand, and the longer expressions, that say something for certain, and what."""
        words = [WordSaid(at, one.exact) for at, one in self._here if one.exact]
        return words + [WordSaid(at, frozenset([one.meaning])) for at, one in self._longer if one.is_exact]

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

    def _strange(self, at: int, one: Known) -> "Strange":
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
