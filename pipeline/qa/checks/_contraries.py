"""What polarity.py and negation.py ask of poles: the contrary of what the source says, and of what it denies."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import vocabulary
from pipeline.text.expressions import Place, WordTable

BEFORE = 2
"""So many words before a verb that denies, at most, ends what it is made with: «تأیید نمی‌کند»."""


NEAR = 3
"""So many words before a word, at most, a negation of a target stands that denies it: “in no way do we oppose”."""


def faults(unit: Unit, context: Context) -> Iterator[Finding]:
    """Yield what a target turns round: «پذیرفت», “rejected”."""
    contraries = context.source.source.contraries
    here = vocabulary.source_poles(unit.source, context.source) if contraries else None
    if not (here and here.firm):
        return
    there = vocabulary.target_poles(unit.target, context.target)
    if there.firm.isdisjoint([contraries[meaning] for meaning in here.firm]):
        return
    firm = [one for one in here.places if one.is_exact]
    said, theirs, told = _count(here.places), _count(there.places), set[int]()
    first = {one.meaning: one for one in reversed(there.places) if one.is_exact}
    times, others = _count(firm), _count([one for one in there.places if one.is_exact])
    for one in {place.meaning: place for place in reversed(firm)}.values():
        contrary = contraries[one.meaning]
        if (
            contrary in first
            and one.first not in told
            and times[one.meaning] > theirs[one.meaning]
            and others[contrary] > said[contrary]
            and not _is_denied(one, first[contrary], unit, context)
        ):
            told.add(one.first)
            text = there.text(first[contrary])
            message = f"the target has “{text}” where the source says «{here.text(one)}»"
            yield Finding("polarity", Severity.WARNING, unit, message, text)


def _count(places: Iterable[Place]) -> Counter[str]:
    """Return how often each meaning is said."""
    return Counter(meaning for meaning, _ in {(one.meaning, one.first) for one in places})


def _is_denied(one: Place, other: Place, unit: Unit, context: Context) -> bool:
    """Whether one side alone denies something, or the source denies the word: «بدون حضور وکیل», «قفل نکردیم»."""
    negations = vocabulary.source(unit.source, context.source).negations()
    negative = vocabulary.target(unit.target, context.target, WordTable.NEGATIONS)
    beside = [place for place in negative.negations() if not other.first <= place.first < other.last]
    is_denied_there = any(other.first - NEAR <= place.first < other.first for place in beside)
    if any(one.first <= place.first < one.last for place in negations):
        return is_denied_there  # «برگزار نشد», “was not held”
    if bool(negations) != bool(beside) or any(place.last == one.first for place in negations):
        return True
    is_denied = any(one.last <= place.first < one.last + BEFORE for place in negations)
    return is_denied and not is_denied_there


def affirmed(unit: Unit, context: Context) -> dict[int, Place]:
    """Return what a source denies and the target says by its contrary, «نپذیرفت», “turned down”: by each negation."""
    contraries = context.source.source.contraries
    negations = vocabulary.source(unit.source, context.source).negations() if contraries else []
    if not negations:
        return {}
    there = vocabulary.target_poles(unit.target, context.target)
    here = vocabulary.denied_poles(unit.source, context.source)
    said, theirs = _count(here.places), _count(there.places)
    others = _count([one for one in there.places if one.is_exact])
    near = {
        at: place
        for place in here.places
        for at in range(place.first, place.last + BEFORE)
        if not theirs[place.meaning] and others[contraries[place.meaning]] > said[contraries[place.meaning]]
    }
    return {one.first: near[one.first] for one in negations if one.first in near}
