"""Which sentences that left a document became which that came into it.

Reworded, split in two or three, or joined. Candidates are what stood where the new sentence
stands, and what shares its rarest words; so the work grows with the number of changes only.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.text.orthography import fold, folded_words
from pipeline.text.similarity import similarity

LEAST = 75.0
"""The similarity, in per cent, under which a sentence is no other's earlier wording."""

LONGEST_RUN = 3
"""How many sentences one may have been split into, or joined from."""

_PER_EXTRA = 3
"""Per cent by which a split or a join must be better than what is simpler."""

_SURE = 90
"""Per cent from which what stood in the same place is looked for nowhere else."""

_NEARBY = 4
_RAREST_WORDS = 6
_MOST_PER_WORD = 24

T = TypeVar("T")

_Order = tuple[int, bool, float]
"""How unlike two sentences are, whether their blocks are of two kinds, and how far apart they stand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, its kind of block, and its place in the order of the old document.

    A new sentence has the place of the last one before it that stood there already.
    `follows` says that it stands directly behind the piece before it in the list.
    """

    source: str
    context: str
    place: float
    follows: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """Sentences that became others, by index: one and one, one and several, or several and one."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float


def pair(old: Sequence[Piece], new: Sequence[Piece]) -> list[Pairing]:
    """Return pairings of at least LEAST per cent, each sentence in one at most, the surest first.

    Of equally alike ones, the same kind of block and then the nearest place win.
    """
    index = _Index(_groups(old))
    candidates = []
    for group in _groups(new):
        here = list(_scored(group, index.near(group)))
        is_sure = any(pairing.score >= _SURE for _, pairing in here)
        candidates += here if is_sure else [*here, *_scored(group, index.sharing_words(group))]
    return _surest(candidates)


def _scored(group: "_Group", candidates: Iterable["_Group"]) -> Iterator[tuple[_Order, Pairing]]:
    """Yield the pairings of a group, each with what puts it in order: the smallest first."""
    for candidate in candidates:
        if len(candidate.members) > 1 and len(group.members) > 1:
            continue
        if score := similarity(candidate.text, group.text, LEAST):
            extra = len(candidate.members) + len(group.members) - 2
            other_kind = candidate.context != group.context
            order = (-round(score - _PER_EXTRA * extra), other_kind, abs(candidate.place - group.place))
            yield order, Pairing(candidate.members, group.members, score)


def _surest(candidates: list[tuple[_Order, Pairing]]) -> list[Pairing]:
    chosen: list[Pairing] = []
    old: set[int] = set()
    new: set[int] = set()
    for _, pairing in sorted(candidates, key=lambda candidate: (candidate[0], candidate[1].new, candidate[1].old)):
        if old.isdisjoint(pairing.old) and new.isdisjoint(pairing.new):
            chosen.append(pairing)
            old.update(pairing.old)
            new.update(pairing.new)
    return chosen


@dataclass(frozen=True, slots=True)
class _Group:
    """One sentence, or several that stand together, as one text in its comparison form."""

    members: tuple[int, ...]
    text: str
    context: str
    place: float


def _groups(pieces: Sequence[Piece]) -> Iterator[_Group]:
    folded = [fold(piece.source) for piece in pieces]
    for members in _runs(pieces):
        first = pieces[members[0]]
        yield _Group(members, " ".join(folded[index] for index in members), first.context, first.place)


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[int, ...]]:
    """Yield every sentence, and those that stand together; of three, one in the middle may be another's."""
    for first in range(len(pieces)):
        yield (first,)
        for end in range(first + 2, min(first + LONGEST_RUN, len(pieces)) + 1):
            if not pieces[end - 1].follows:
                break
            yield tuple(range(first, end))
            if end == first + 3:
                yield (first, end - 1)


class ByWord(Generic[T]):
    """What is found by the rarest words of a text: for each of them, a few."""

    def __init__(self) -> None:
        self._found: dict[str, list[T]] = defaultdict(list)

    def put(self, text: str, thing: T) -> None:
        for word in set(folded_words(text)):
            self._found[word].append(thing)

    def sharing(self, text: str) -> Iterator[T]:
        """Yield what shares the rarest words of a text; with several of them, several times."""
        words = [word for word in set(folded_words(text)) if word in self._found]
        rarest = sorted(words, key=lambda word: (len(self._found[word]), word))[:_RAREST_WORDS]
        return (thing for word in rarest for thing in self._found[word][:_MOST_PER_WORD])


class _Index:
    """Groups by their place and by their words."""

    def __init__(self, groups: Iterator[_Group]) -> None:
        self.groups = sorted(groups, key=lambda group: group.place)
        self.places = [group.place for group in self.groups]
        self.by_word = ByWord[_Group]()
        for group in self.groups:
            self.by_word.put(group.text, group)

    def near(self, group: _Group) -> Iterator[_Group]:
        """Yield what stood where a group stands."""
        at = bisect_left(self.places, group.place)
        return _fitting(self.groups[max(0, at - _NEARBY) : at + _NEARBY], group)

    def sharing_words(self, group: _Group) -> Iterator[_Group]:
        """Yield what shares the rarest words of a group, each once."""
        alike = {candidate.members: candidate for candidate in self.by_word.sharing(group.text)}
        return _fitting(alike.values(), group)


def _fitting(candidates: Iterable[_Group], group: _Group) -> Iterator[_Group]:
    """Yield those whose length does not rule out that they are alike."""
    length = len(group.text)
    return (
        candidate
        for candidate in candidates
        if 200 * min(len(candidate.text), length) >= LEAST * (len(candidate.text) + length)
    )
