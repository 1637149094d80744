"""Words for and against turned round: علیه/against, سرنگون باد/down with, لغو/abolition and their like."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, times
from pipeline.text.orthography import fold
from pipeline.text.wordlist import beginning, whole

NEEDS = ("source.polarity", "target.polarity")

EVERY_TIME = {"down_with", "long_live", "death_to", "abolition", "prohibition", "separation"}
"""What must be said as often as it stands in the source; of all else once is enough."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """How a source says something for or against, and how a target does."""

    source: re.Pattern[str]
    target: re.Pattern[str]
    every_time: bool


@lru_cache(maxsize=16)
def _meanings(source: Language, target: Language) -> tuple[_Meaning, ...]:
    """Return the meanings that both languages have words for."""
    renderings = target.target.polarity
    return tuple(
        _Meaning(whole(words), beginning(renderings[name]), name in EVERY_TIME)
        for name, words in source.source.polarity.items()
        if renderings.get(name)
    )


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source, target = fold(unit.source), unit.target.casefold()
    for meaning in _meanings(context.source, context.target):
        places = meaning.source.findall(source)
        least = len(places) if meaning.every_time else 1
        found = len(meaning.target.findall(target))
        if places and found < least:
            yield Finding("polarity", Severity.WARNING, unit, _message(places, found), places[-1])


def _message(places: Sequence[str], found: int) -> str:
    if not found:
        return f"the target has no word for «{places[-1]}»"
    return f"«{places[-1]}» is said {times(len(places))} in the source, but only {times(found)} in the target"
