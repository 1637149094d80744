"""Words for and against turned round: علیه/against, سرنگون باد/down with, لغو/abolition and their like."""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import fold
from pipeline.text.wordlist import beginning, whole

NEEDS = ("source.polarity", "target.polarity")

EVERY_TIME = {"down_with", "long_live", "death_to", "abolition", "prohibition", "separation"}
"""What must be said as often as it stands in the source; of all else once is enough."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source, target = fold(unit.source), unit.target.casefold()
    renderings = context.target.target.polarity
    for meaning, words in context.source.source.polarity.items():
        places = whole(words).findall(source) if meaning in renderings else []
        least = len(places) if meaning in EVERY_TIME else 1
        if places and len(beginning(renderings[meaning]).findall(target)) < least:
            message = f"nothing in the target says «{places[-1]}» (“{renderings[meaning][0]}…”)"
            yield Finding("polarity", Severity.WARNING, unit, message, places[-1])
