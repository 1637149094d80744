"""Words of the field (prison, strike, torture …) that nothing in the target says, whatever the termbase has.

The lists are short for a source, whose words mean one thing, and long for a target, which may say it in many ways.
Words that are translated freely («اعلام») are worth a note: before them stands `~`.
"""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.vocabulary import WordTable

NEEDS = ("source.lexicon", "target.lexicon")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    sentence = vocabulary.source(unit.source, context.source)
    places = sentence.of(WordTable.LEXICON)
    if not places:
        return
    covered = context.termbase.covered(unit.source)  # a name, or a term that has a check of its own
    renderings = context.target.target.lexicon
    wanted = {one.meaning: one for one in places if one.first not in covered and one.meaning in renderings}
    said = vocabulary.meanings(unit.target, context.target, WordTable.LEXICON) if wanted else ()
    for place in wanted.values():
        if place.meaning not in said:
            text, usual = sentence.text(place), renderings[place.meaning][0].replace("*", "…")
            told = f"the target has no word for «{text}», such as “{usual}”"
            weight = Severity.WARNING if place.is_exact else Severity.NOTE
            yield Finding("meaning", weight, unit, told, text)
