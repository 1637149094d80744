"""What numbers.py asks of shares: the same one in other words, «۲۵ درصد», “a quarter”, “one in four”."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.languages import Language
from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.text import plainwords, quantities
from pipeline.text.orthography import letters_and_digits
from pipeline.text.quantities import Quantity

Numbers = Sequence[Quantity]
_Left = tuple[Quantity, ...]


class _Share(NamedTuple):
    """A share in per cent, to a whole one too (“a third” is 33 per cent), and where its numbers stand."""

    per_cents: frozenset[float]
    numbers: frozenset[int]


def without_shares(wanted: Numbers, present: Numbers, unit: Unit, context: Context) -> tuple[_Left, _Left]:
    """Return the numbers of both sides without those of a share that the other side has in other numbers.

    One share stands for one.
    """
    own = list(_unlike(_shares(unit.source, wanted, context.source), wanted, present))
    theirs = list(_unlike(_shares(unit.target, present, context.target), present, wanted)) if own else []
    free = defaultdict[float, list[_Share]](list)
    for other in reversed(theirs):
        for per_cent in other.per_cents:
            free[per_cent].append(other)
    said, saying = set[int](), set[int]()
    for one in own:
        found = [other for per_cent in one.per_cents for other in _first(free[per_cent], saying)]
        if found:
            said |= one.numbers
            saying |= found[0].numbers
    return tuple(one for one in wanted if one.start not in said), tuple(
        one for one in present if one.start not in saying
    )


def _unlike(shares: Iterable[_Share], numbers: Numbers, others: Numbers) -> Iterator[_Share]:
    """Yield the shares whose numbers the other side has less often: not “16 in 290”, which are 6 per cent."""
    times, there = (Counter(value for one in side for value in one.values) for side in (numbers, others))
    by_start = {one.start: one.values for one in numbers}
    return (
        share for share in shares if any(there[value] < times[value] for at in share.numbers for value in by_start[at])
    )


def _first(shares: list[_Share], taken: set[int]) -> Sequence[_Share]:
    """Return the first share of which no number is taken, if there is one; those before it are forgotten."""
    while shares and not taken.isdisjoint(shares[-1].numbers):
        shares.pop()
    return shares[-1:]


def _shares(text: str, numbers: Numbers, language: Language) -> Iterator[_Share]:
    plain = letters_and_digits(text)
    per_cents, fractions, articles = (
        tuple(map(letters_and_digits, words))
        for words in (language.numbers.per_cents, language.numbers.fractions, language.numbers.articles)
    )
    previous: Quantity | None = None
    for one in numbers:
        before = plain[max(0, one.start - REACH) : one.start].rstrip(BLANKS)
        word, behind = plain[one.start : one.end], plain[one.end : one.end + REACH].lstrip(BLANKS)
        is_part = word in fractions or quantities.is_ordinal(word, language)
        if before.endswith(SIGNS) or behind.startswith((*SIGNS, *per_cents)) or word.endswith((*SIGNS, *per_cents)):
            yield _Share(frozenset([one.value]), frozenset([one.start]))
        elif one.value < 1 and one.is_spelt:
            yield _share(one.value, one)
        elif previous and ((is_part and one.start - previous.end <= 1) or _are_joined(previous, one, text, language)):
            yield _share(previous.value / one.value, previous, one)
        elif is_part and before.rpartition(" ")[2] in articles:
            yield _share(1 / one.value, one)
        previous = one


def _share(worth: float, *numbers: Quantity) -> _Share:
    return _Share(frozenset([100 * worth, round(100 * worth)]), frozenset(one.start for one in numbers))


SIGNS = ("%", "٪")

REACH, BLANKS = 16, " \u00a0\u202f\u200c"
"""Characters beside a number in which its sign or word is sought, and which of them do not count."""


def _are_joined(one: Quantity, other: Quantity, text: str, language: Language) -> bool:
    """Whether two numbers are a share: “one patient in five”."""
    if not language.numbers.shares or one.value >= other.value or other.start - one.end > FAR:
        return False
    between = plainwords.target_words(text[one.end : other.start], language.letters)
    return 0 < len(between) <= MOST and between[-1] in language.numbers.shares


FAR, MOST = 60, 3
"""So many characters, and words, at most, stand between the two numbers of a share."""
