"""Words for and against turned round: علیه/against, سرنگون باد/down with, لغو/abolition and their like."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, _conditions, _contraries, _directions, _lesser, _sides, how_often
from pipeline.text import vocabulary
from pipeline.text.expressions import Place, WordTable

NEEDS = ("source.polarity", "target.polarity")
WORDING = True

EVERY_TIME = {"down_with", "long_live", "death_to", "abolition", "prohibition", "separation"}
"""What must be said as often as it stands in the source; of all else once is enough."""

FREE = {"prohibition", "opposition", "increase", "decrease", "at_most", "more", "less", "refusal", "defence"}
"""What is said in many words; that the target has none for it is a note, but its opposite is a fault: meaning.py."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    found = list(_found(unit, context))
    yield from found
    if not any(one.severity.weighs(Severity.WARNING) for one in found):
        yield from _sides.turned_votes(unit, context)
        yield from _sides.turned_aims(unit, context)
        yield from _lesser.faults(unit, context)
        yield from _conditions.faults(unit, context)


def _found(unit: Unit, context: Context) -> Iterator[Finding]:
    contrary = dict(_directions.faults(unit, context))
    yield from contrary.values()
    yield from _contraries.faults(unit, context) if not contrary else ()
    sentence = vocabulary.source(unit.source, context.source)
    places = sentence.of(WordTable.POLARITY)
    if not places:
        return
    target = vocabulary.target(unit.target, context.target, WordTable.POLARITY)
    renderings = context.target.target.polarity
    for meaning, times in Counter(place.meaning for place in places).items():
        said = target.times(WordTable.POLARITY, meaning)
        if meaning in renderings and said < (times if meaning in EVERY_TIME else 1):
            text = sentence.text([place for place in places if place.meaning == meaning][-1])
            if text in contrary or _is_affirmed(places, meaning, unit, context):
                continue
            weight = Severity.NOTE if meaning in FREE else Severity.WARNING
            yield Finding("polarity", weight, unit, _message(text, times, said), text)


def _is_affirmed(places: Sequence[Place], meaning: str, unit: Unit, context: Context) -> bool:
    """Whether a source denies a word, and the target says its contrary: «لغو نشده», “still in force”."""
    denied = {at for one in _contraries.affirmed(unit, context).values() for at in range(one.first, one.last)}
    return any(one.first in denied for one in places if one.meaning == meaning)


def _message(text: str, times: int, found: int) -> str:
    if not found:
        return f"the target has no word for «{text}»"
    return f"«{text}» is said {how_often(times)} in the source, but only {how_often(found)} in the target"
