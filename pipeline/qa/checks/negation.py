"""A negation of the source without one in the target."""

from collections.abc import Iterator, Sequence

from pipeline.languages import Language, Source
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.orthography import unaccented
from pipeline.text.vocabulary import WordTable

NEEDS = ("source.negations", "target.negations")

SHORTEST = 6
"""Letters of a word that an affix may turn round: «unable», not «under»."""

MOST_KEPT = 3
"""Negations of a sentence that a translation keeps."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source = vocabulary.source(unit.source, context.source)
    affixed = source.negations(WordTable.AFFIXES)
    inside = {at for place in affixed for at in range(place.first, place.last)}
    negations = [source.text(place) for place in source.negations() if place.first not in inside]
    affixes = [source.text(place) for place in affixed]
    if not negations and not affixes:
        return
    target = vocabulary.target(unit.target, context.target, WordTable.NEGATIONS)
    said = len(_bare([target.text(place) for place in target.negations()], context.target.target.concords))
    wanted = (needed(negations, context.source.source) if negations else 0) + len(affixes)
    if said < wanted and said + _affixes(unit.target, context.target) < wanted:
        text = (negations or affixes)[0]
        told = f"«{text}» is negative, but the target has too few negations"
        yield Finding("negation", Severity.WARNING, unit, told, text)


def needed(negations: Sequence[str], language: Source) -> int:
    """Of four negations one may be said in another way, as may one beside a concord; a particle counts once."""
    particles, bare = language.negations, _bare(negations, language.concords)
    count = sum(word not in particles for word in bare) + len({*bare}.intersection(particles))
    return max(1, count - (count > MOST_KEPT or len(bare) < len(negations)))


def _bare(negations: Sequence[str], concords: Sequence[str]) -> Sequence[str]:
    """Return negations without those that only go with another one: «هیچ … نیست», “n’a aucun”."""
    beginnings = tuple(map(unaccented, concords))
    return [word for word in negations if not word.startswith(beginnings)] or negations


def _affixes(target: str, language: Language) -> int:
    sentence = vocabulary.target(target, language, WordTable.AFFIXES)
    words = map(sentence.text, sentence.negations(WordTable.AFFIXES))
    return sum(len(word) >= SHORTEST or word in language.target.affixes for word in words)
