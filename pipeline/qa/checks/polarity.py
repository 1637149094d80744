"""Words for and against turned round: علیه/against, سرنگون باد/down with, لغو/abolition and their like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold
from pipeline.text.wordlist import beginning, whole

NEEDS = ("source.polarity", "target.polarity")

EVERY_TIME = {"down_with", "long_live", "death_to", "abolition", "prohibition", "separation"}
"""What must be said as often as it stands in the source; of all else once is enough."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """How a source says something for or against, and how a target does; `usual` is the first of its words."""

    source: re.Pattern[str]
    target: re.Pattern[str]
    usual: str
    every_time: bool


@lru_cache(maxsize=16)
def _meanings(source: Language, target: Language) -> tuple[_Meaning, ...]:
    """Return the meanings that both languages have words for."""
    renderings = target.target.polarity
    return tuple(
        _Meaning(whole(words), beginning(renderings[name]), renderings[name][0], name in EVERY_TIME)
        for name, words in source.source.polarity.items()
        if renderings.get(name)
    )


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source, target = fold(unit.source), unit.target.casefold()
    for meaning in _meanings(context.source, context.target):
        places = meaning.source.findall(source)
        least = len(places) if meaning.every_time else 1
        if places and len(meaning.target.findall(target)) < least:
            message = f"nothing in the target says «{places[-1]}» (“{meaning.usual}…”)"
            yield Finding("polarity", Severity.WARNING, unit, message, places[-1])
