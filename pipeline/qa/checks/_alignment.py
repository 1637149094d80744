"""Where the words of one translation have theirs in another: between words that both say, in the same order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

LONGEST_BY_CHANCE = 4
"""Letters of a word that two languages may have in common by chance: « pour », “pour”. Figures never are by chance."""

Pair = tuple[int, int]
"""Where a word stands in the one and in the other, counted from 0."""


def aligned(one: Sequence[str], other: Sequence[str], said: Iterable[Pair]) -> Callable[[int], float]:
    """Return what tells, of a word of one translation, about where in the other its word must stand.

    `said` are pairs of words that say the same; words that are the same in both are found here.
    """
    pairs = _in_order([*said, *_common(one, other)])
    known = [(-1, -1), *pairs, (len(one), len(other))]
    firsts = [first for first, _ in known]

    def place(at: int) -> float:
        after = bisect_left(firsts, at)
        (first, second), (next_first, next_second) = known[after - 1], known[after]
        return second + (next_second - second) * (at - first) / (next_first - first)

    return place


def _common(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Return the words, and figures, that stand once in both."""
    here, there = _once(one), _once(other)
    both = here.keys() & there.keys()
    return [(here[word], there[word]) for word in both if len(word) > LONGEST_BY_CHANCE or word.isdigit()]


def _once(words: Sequence[str]) -> dict[str, int]:
    """Return where the words stand that are there once."""
    times = Counter(words)
    return {word: at for at, word in enumerate(words) if times[word] == 1}


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """Return as many pairs as there are in the same order in both, no word in two: a longest increasing subsequence."""
    every = sorted({*pairs}, key=lambda pair: (pair[0], -pair[1]))
    ends, numbers, before = list[int](), list[int](), list[int]()
    for number, (_, second) in enumerate(every):
        length = bisect_left(ends, second)
        ends[length : length + 1], numbers[length : length + 1] = [second], [number]
        before.append(numbers[length - 1] if length else -1)
    found, number = list[Pair](), numbers[-1] if numbers else -1
    while number >= 0:
        found.append(every[number])
        number = before[number]
    return found[::-1]
