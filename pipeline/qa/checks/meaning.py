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
    said = vocabulary.meanings(unit.target, context.target, WordTable.LEXICON)
    renderings = context.target.target.lexicon
    for place in {place.meaning: place for place in places if place.first not in covered}.values():
        if place.meaning in renderings and place.meaning not in said:
            text, usual = sentence.text(place), renderings[place.meaning][0].replace("*", "…")
            told = f"the target has no word for «{text}», such as “{usual}”"
            weight = Severity.WARNING if place.is_exact else Severity.NOTE
            yield Finding("meaning", weight, unit, told, text)
