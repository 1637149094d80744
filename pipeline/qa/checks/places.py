"""Countries, towns and prisons that the target does not name, or names where the source has another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import plainwords, vocabulary
from pipeline.text.expressions import Place, WordTable
from pipeline.text.meanings import Sentence
from pipeline.text.orthography import fold
from pipeline.text.sounds import Heard, consonants

NEEDS = ("source.places", "target.places")
WORDING = True

LEAST_CONSONANTS, LEAST_BEGUN_ALIKE = 4, 3
"""Consonants of a name that has a form of its own in a target, at least, and of one that begins alike: Oran has two."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield places of one side alone: one in place of another is an error, one more may explain («کوی دانشگاه»)."""
    source, target = vocabulary.source(unit.source, context.source), vocabulary.places(unit.target, context.target)
    wanted = source.of(WordTable.PLACES)
    present = [place for place in target.places if place.meaning in context.source.places]
    if not (wanted or present):
        return
    said, severity = {place.meaning for place in present}, Severity.WARNING
    for place in {place.meaning: place for place in wanted if place.is_exact}.values():
        names = context.target.places.get(place.meaning)
        if not names and not _is_heard(source.text(place), unit.target, context):
            text = source.text(place)
            severity = Severity.ERROR
            yield Finding("places", Severity.WARNING, unit, f"«{text}» is not named in the target", text)
        elif names and place.meaning not in said and not _is_spelt_otherwise(names, target, unit, context):
            severity = Severity.ERROR
            told = f"«{source.text(place)}» (“{names[0].replace('*', '…')}”) is not in the target"
            yield Finding("places", Severity.WARNING, unit, told, source.text(place))

    strange = _strange(present, {place.meaning for place in wanted})
    if not strange:
        return

    @cache
    def is_there(text: str, meanings: frozenset[str]) -> bool:
        """Whether a source has a place that the target names: in the target’s letters («BBC»), or inside a word."""
        names = [name for meaning in meanings for name in context.source.places[meaning]]
        return text in unit.source or _are_glued(names, unit.source)

    meant = defaultdict[int, set[str]](set)
    for one in present:
        meant[one.first].add(one.meaning)
    for place in strange:
        text = target.text(place)
        if not is_there(text, frozenset(meant[place.first])):
            yield Finding("places", severity, unit, f"“{text}” is not in the source", text)


def _is_heard(name: str, target: str, context: Context) -> bool:
    """Whether a name that the target’s language file does not have, as of a small town, sounds alike in the target."""
    heard = Heard(plainwords.capitalised_words(target), context.target)
    sounds = "".join(consonants(word, context.source) for word in name.split())
    return not context.target.sounds or heard.has([sounds])


def _is_spelt_otherwise(names: Sequence[str], places: Sentence, unit: Unit, context: Context) -> bool:
    """Whether a target has a name with the consonants of one of those in the language's file: «Mazandéran», «Mariwan».

    The name of another place is none.
    """
    taken = {word for place in places.places for word in places.text(place).split()}
    heard = [(word[:1], consonants(word, context.target)) for word in _names(unit.target) if word not in taken]
    own = [(name[:1], consonants(name, context.target)) for name in names if name.isalpha()]
    return any(
        sounds == others and len(sounds) >= (LEAST_BEGUN_ALIKE if first == begins else LEAST_CONSONANTS)
        for first, sounds in own
        for begins, others in heard
    )


def _names(text: str) -> list[str]:
    return [word for word in plainwords.capitalised_words(text) if word[0].isupper()]


def _strange(present: Sequence[Place], known: set[str]) -> list[Place]:
    """Return where a target names a place of which the source names none that may be meant."""
    right = {place.first for place in present if place.meaning in known}
    return list({one.first: one for one in present if one.is_exact and one.first not in right}.values())


def _are_glued(names: Sequence[str], source: str) -> bool:
    """Whether a source has a name inside a longer word: «درامریکای»."""
    text = fold(source)
    return any(len(name) > 3 and name in text for name in (fold(name.strip("~*")) for name in names))
