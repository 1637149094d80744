"""Words for and against turned round: علیه/against, سرنگون باد/down with, لغو/abolition and their like."""

from collections import Counter
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary

NEEDS = ("source.polarity", "target.polarity")

EVERY_TIME = {"down_with", "long_live", "death_to", "abolition", "prohibition", "separation"}
"""What must be said as often as it stands in the source; of all else once is enough."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    words = vocabulary.source_words(unit.source, context.source)
    places = vocabulary.polarity_of_source(context.source).places(words)
    if not places:
        return
    said = vocabulary.polarity_of_target(context.target).times(vocabulary.target_words(unit.target))
    renderings = context.target.target.polarity
    for meaning, times in Counter(place.meaning for place in places).items():
        if meaning in renderings and said[meaning] < (times if meaning in EVERY_TIME else 1):
            place = [place for place in places if place.meaning == meaning][-1]
            text = " ".join(words[place.first : place.last])
            told = f"nothing in the target says «{text}» (“{renderings[meaning][0]}…”)"
            yield Finding("polarity", Severity.WARNING, unit, told, text)
