"""The loops of machines: a phrase again and again, where the source does not repeat itself."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import folded_words
from pipeline.text.words import small_words

_WORD = re.compile(r"\w[\w’'-]*")
_LOOP = re.compile(r"(?<!\S)(\S++(?: \S++){0,3}?)(?: \1(?!\S)){2,}")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not _may_repeat(small_words(unit.target)):
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
    """Whether two neighbours stand side by side three times, or one word does: few sentences need a closer look."""
    if len(words) - len(set(words)) < 2:
        return False
    pairs = list(pairwise(words))
    if len(pairs) == len(set(pairs)):
        return False
    often = ((pair, times) for pair, times in Counter(pairs).items() if times > 1)
    return any(times > 2 or one == other for (one, other), times in often)


def _most_common(words: Sequence[str], size: int) -> tuple[str, int]:
    phrases = Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))
    if not phrases:
        return "", 0
    phrase, times = phrases.most_common(1)[0]
    return " ".join(phrase), times
