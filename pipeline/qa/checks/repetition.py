"""The loops of machines: a phrase again and again, where the source does not repeat itself."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import folded_words

_WORD = re.compile(r"\w[\w’'-]*")
_LOOP = re.compile(r"(?<!\S)(\S++(?: \S++){0,3}?)(?: \1(?!\S)){2,}")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    target = " ".join(_WORD.findall(unit.target.casefold()))
    if loop := _LOOP.search(target):
        yield Finding("repetition", Severity.ERROR, unit, f"“{loop[1]}” occurs at least three times in a row", loop[1])
        return
    phrase, times = _most_common(target.split(), 4)
    if times >= 3 and _most_common(folded_words(unit.source), 1)[1] < times:
        yield Finding("repetition", Severity.ERROR, unit, f"“{phrase}” occurs {times} times", phrase)


def _most_common(words: Sequence[str], size: int) -> tuple[str, int]:
    phrases = Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))
    if not phrases:
        return "", 0
    phrase, times = phrases.most_common(1)[0]
    return " ".join(phrase), times
