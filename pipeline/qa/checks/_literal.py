"""How closely a target follows its source: which of the words known in a source it says."""

from collections import defaultdict

from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks.length import deviation_beside
from pipeline.text import vocabulary
from pipeline.text.expressions import LEXICON, Place, WordTable
from pipeline.text.meanings import Sentence
from pipeline.text.saying import Saying

Span = list[Place]
"""What one word, or one expression, of a source may mean: its places in the tables."""


def spans(source: Sentence) -> list[Span]:
    """Return the words for and against and of the field, those inside longer ones left out, with their meanings."""
    found: dict[tuple[int, int], Span] = defaultdict(list)
    for place in source.places:
        if place.table is LEXICON or place.table is WordTable.POLARITY:
            found[place.first, place.last].append(place)
    taken = {at for first, last in found if last - first > 1 for at in range(first, last)}
    return [places for span, places in found.items() if span[1] - span[0] > 1 or span[0] not in taken]


def is_said(span: Span, said: Saying) -> bool:
    return not said.meanings.isdisjoint([one.meaning for one in span])


def is_literal(unit: Unit, context: Context, least: float) -> bool:
    """Whether a target says so much of what its source says, from 0 to 1, or all words but one."""
    source = vocabulary.source(unit.source, context.source)
    said, known = vocabulary.said(unit.target, context.target, source.meanings), spans(source)
    times = sum(is_said(span, said) for span in known)
    return times >= min(len(known) - 1, least * len(known))


def is_shorter(unit: Unit, context: Context) -> bool:
    """Whether a target is shorter than usual, as one is from which words have been left out."""
    return deviation_beside(unit, context) < -SHORTER


SHORTER = 1.0
"""Standard deviations below the usual length; more is a finding by itself (length.py)."""
