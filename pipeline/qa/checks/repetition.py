"""The loops of machines: a phrase again and again, where the source does not repeat itself."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import folded_words
from pipeline.text.vocabulary import target_words

_WORD = re.compile(r"\w[\w’'-]*")
_LOOP = re.compile(r"(?<!\S)(\S++(?: \S++){0,3}?)(?: \1(?!\S)){2,}")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not _may_repeat(target_words(unit.target)):
        return
    words = _WORD.findall(unit.target.casefold())
    target = " ".join(words)
    if loop := _LOOP.search(target):
        yield Finding("repetition", Severity.ERROR, unit, f"“{loop[1]}” occurs at least three times in a row", loop[1])
        return
    phrase, times = _most_common(words, 4)
    if times >= 3 and _most_common(folded_words(unit.source), 1)[1] < times:
        yield Finding("repetition", Severity.ERROR, unit, f"“{phrase}” occurs {times} times", phrase)


def _may_repeat(words: Sequence[str]) -> bool:
    """Whether there are words enough of which each stands three times: most sentences have none or two."""
    counts = Counter(words)
    often = [count for count in counts.values() if count >= 3]
    return sum(often) >= 12 or (bool(often) and _stands_in_a_row(words))


def _stands_in_a_row(words: Sequence[str]) -> bool:
    """Whether a word stands three times at the same distance, as it does in a loop of so many words."""
    rows = (zip(words, words[size:], words[2 * size :], strict=False) for size in range(1, 5))
    return any(one == two == three for row in rows for one, two, three in row)


def _most_common(words: Sequence[str], size: int) -> tuple[str, int]:
    phrases = Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))
    if not phrases:
        return "", 0
    phrase, times = phrases.most_common(1)[0]
    return " ".join(phrase), times
