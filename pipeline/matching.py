"""Which sentences that left a document became which that came into it.

Reworded, split in two or three, or joined. Candidates are what stood where the new sentence
stands, and what shares its rarest words; so the work grows with the number of changes only.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.orthography import fold, folded_words
from pipeline.similarity import similarity

LEAST = 75.0
"""The similarity, in per cent, under which a sentence is no other's earlier wording."""

LONGEST_RUN = 3
"""How many sentences one may have been split into, or joined from."""

_PER_EXTRA = 3
"""Per cent by which a split or a join must be better than what is simpler."""

_NEARBY = 4
_RAREST_WORDS = 6
_MOST_PER_WORD = 24


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
    found = []
    for group in _groups(new):
        for candidate in index.candidates(group):
            if len(candidate.members) > 1 and len(group.members) > 1:
                continue
            if score := similarity(candidate.text, group.text, LEAST):
                extra = len(candidate.members) + len(group.members) - 2
                other_kind = candidate.context != group.context
                order = (-round(score - _PER_EXTRA * extra), other_kind, abs(candidate.place - group.place))
                found.append((order, Pairing(candidate.members, group.members, score)))
    return _surest(found)


def _surest(found: list[tuple[tuple, Pairing]]) -> list[Pairing]:
    chosen, old, new = [], set(), set()
    for _, pairing in sorted(found, key=lambda one: (one[0], one[1].new, one[1].old)):
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


class _Index:
    """Groups by their place and by their words."""

    def __init__(self, groups: Iterator[_Group]) -> None:
        self.groups = sorted(groups, key=lambda group: group.place)
        self.places = [group.place for group in self.groups]
        self.by_word: dict[str, list[_Group]] = defaultdict(list)
        for group in self.groups:
            for word in set(folded_words(group.text)):
                self.by_word[word].append(group)

    def candidates(self, group: _Group) -> list[_Group]:
        """Return the groups that may be alike, each once; lengths that rule it out are left out."""
        at = bisect_left(self.places, group.place)
        near = self.groups[max(0, at - _NEARBY) : at + _NEARBY]
        words = [word for word in set(folded_words(group.text)) if word in self.by_word]
        rarest = sorted(words, key=lambda word: (len(self.by_word[word]), word))[:_RAREST_WORDS]
        alike = [one for word in rarest for one in self.by_word[word][:_MOST_PER_WORD]]
        found = {one.members: one for one in (*near, *alike)}
        return [one for one in found.values() if _lengths_fit(len(one.text), len(group.text))]


def _lengths_fit(one: int, other: int) -> bool:
    """Whether texts of these lengths can share LEAST per cent of their letters."""
    return 200 * min(one, other) >= LEAST * (one + other)
