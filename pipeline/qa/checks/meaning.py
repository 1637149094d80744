"""Words of the field (prison, strike, torture …) that nothing in the target says, whatever the termbase has.

The lists are short for a source, whose words mean one thing, and long for a target, which may say it in many ways.
"""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary

NEEDS = ("source.lexicon", "target.lexicon")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    words = vocabulary.source_words(unit.source, context.source)
    places = vocabulary.lexicon_of_source(context.source).places(words)
    if not places:
        return
    said = vocabulary.lexicon_of_target(context.target).meanings(vocabulary.target_words(unit.target))
    renderings = context.target.target.lexicon
    for place in {place.meaning: place for place in places}.values():
        if place.meaning in renderings and place.meaning not in said:
            text = " ".join(words[place.first : place.last])
            usual = renderings[place.meaning][0].replace("*", "…")
            told = f"nothing in the target says «{text}» (“{usual}”)"
            yield Finding("meaning", Severity.WARNING, unit, told, text)
