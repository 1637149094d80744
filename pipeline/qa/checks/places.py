"""Countries, towns and prisons that the target does not name, or names where the source has another."""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.orthography import folded_words

NEEDS = ("source.places", "target.places")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    words, target = folded_words(unit.source), vocabulary.capitalised_words(unit.target)
    wanted = vocabulary.places_of(context.source).places(words)
    present = vocabulary.places_of(context.target).places(target)
    if not (wanted or present):
        return
    known = vocabulary.places_of(context.source).meanings(words)
    said = {place.meaning for place in present}
    strange = {place.meaning: place for place in present if place.meaning not in known}
    for place in {place.meaning: place for place in wanted if place.is_exact}.values():
        names = context.target.places.get(place.meaning)
        if names and place.meaning not in said:
            text = " ".join(words[place.first : place.last])
            name = names[0].rstrip("*")
            yield Finding("places", Severity.WARNING, unit, f"«{text}» (“{name}…”) is not in the target", text)
    for place in strange.values():
        if place.meaning in context.source.places:
            text = " ".join(target[place.first : place.last])
            yield Finding("places", Severity.ERROR, unit, f"“{text}” is not in the source", text)
