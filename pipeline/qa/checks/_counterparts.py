"""Words of a source that the translation into another language says each by a word of its own, and this one does not.

A word of a target may say two of its source: “workshops” that for a workshop, and that for a worker. Where the other
translation has a word for each, and this one a noun that neither may mean, the noun stands in place of one of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks._alignment import aligned
from pipeline.qa.checks._literal import Span, is_said, spans
from pipeline.qa.checks._nouns import foreign_nouns
from pipeline.text import vocabulary
from pipeline.text.saying import Saying, WordSaid

MOST_KNOWN = 100
"""Known words of a source beyond which nobody asks: no sentence has so many."""

NEAR = 1.7
"""Words, at most, between a noun and the place where, by the other translation, the word should be that it replaces."""


class Replaced(NamedTuple):
    """A word of a source, and the noun of the target that may stand in its place; "" if there is none."""

    text: str
    noun: str


def replaced(unit: Unit, context: Context, strange: Sequence[str]) -> Replaced | None:
    """Return a word that another language says by a word of its own, and this one does not; None if it says each.

    `strange` are words of the target that nothing in the source says.
    """
    source = vocabulary.source(unit.source, context.source)
    here, known = vocabulary.said(unit.target, context.target, source.meanings), spans(source)
    firm = [span for span in known if any(one.is_exact for one in span)]
    for sibling in context.siblings.get(unit.key, ()) if len(known) <= MOST_KNOWN else ():
        there = vocabulary.said(sibling.target, sibling.context.target, source.meanings)
        crowded, unsaid = _crowded(firm, here, there), _unsaid(firm, here, there)
        nouns = foreign_nouns(unit, context) if crowded or unsaid else []
        if crowded:
            least_said = next((span for span in unsaid if _share_a_word(span, crowded[0], here)), crowded[0])
            return Replaced(source.text(least_said[0]), next(iter((*nouns, *strange)), ""))
        if nouns and (found := _instead(nouns, unsaid, known, here, there)):
            return Replaced(source.text(found[0][0]), found[1])
    return None


def _crowded(known: Sequence[Span], here: Saying, there: Saying) -> list[Span]:
    """Return words that both say, but this translation by too few words, if the other one has more for them."""
    both = [span for span in known if is_said(span, here) and is_said(span, there)]
    without = _without_a_word(both, there.places)
    return _without_a_word([span for span in both if span not in without], here.places)


def _share_a_word(one: Span, other: Span, said: Saying) -> bool:
    return any(_says(place, one) and _says(place, other) for place in said.places)


def _unsaid(known: Sequence[Span], here: Saying, there: Saying) -> list[Span]:
    """Return words that the other translation says for certain by a word of its own, and this one does not."""
    missing = _without_a_word(known, there.firm_places)
    return _without_a_word([span for span in known if span not in missing], here.firm_places)


def _without_a_word(known: Sequence[Span], places: Sequence[WordSaid]) -> list[Span]:
    """Return the words that are left when as many as can be have a place each that says them.

    This is a largest matching of a bipartite graph, by augmenting paths (H. W. Kuhn, 1955).
    """
    may_be = [[at for at, one in enumerate(places) if _says(one, span)] for span in known]
    taken = dict[int, int]()

    def has_place(number: int, tried: set[int]) -> bool:
        for at in may_be[number]:
            if at not in tried:
                tried.add(at)
                if at not in taken or has_place(taken[at], tried):
                    taken[at] = number
                    return True
        return False

    return [span for number, span in enumerate(known) if not has_place(number, set())]


def _says(said: WordSaid, span: Span) -> bool:
    return any(one.meaning in said.meanings for one in span)


def _instead(
    nouns: Sequence[str], unsaid: Sequence[Span], known: Sequence[Span], here: Saying, there: Saying
) -> tuple[Span, str] | None:
    """Return the word that is unsaid, and the noun that stands where it should be said."""
    both = ((_only(span, there), _only(span, here)) for span in known)
    place = aligned(there.text, here.text, [(one, two) for one, two in both if one is not None and two is not None])
    for span in unsaid:
        for said in there.firm_places:
            if _says(said, span):
                wanted = place(said.at)
                near = (word for at, word in enumerate(here.text) if word in nouns and abs(at - wanted) <= NEAR)
                if noun := next(near, ""):
                    return span, noun
    return None


def _only(span: Span, said: Saying) -> int | None:
    """Return the only place where a translation says a word for certain; None if there are several, or none."""
    found = {one.at for one in said.firm_places if _says(one, span)}
    return found.pop() if len(found) == 1 else None
