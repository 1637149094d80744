"""What names.py and terms.py share: the termbase held against a unit."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, how_often
from pipeline.termbase import Status, times_rendered
from pipeline.text import days, vocabulary

Wanted = Counter[tuple[str, tuple[str, ...]]]
"""How often a term stands in a source, with the renderings it may have, the preferred one first."""


def faults(unit: Unit, context: Context, check: str, *, names: bool) -> Iterator[Finding]:
    """Yield what is wrong with the names, or with the other terms, of a unit.

    A term is a name when its preferred rendering is written with a capital letter. A term
    that is not rendered at all is an error; one rendered less often than it stands in the
    source may have become a pronoun, and is a warning.
    """
    termbase, target = context.termbase, unit.target
    wanted: Wanted = Counter()
    for source, times in termbase.occurring(unit.source).items():
        allowed = termbase.renderings(source, Status.PREFERRED, Status.ADMITTED)
        if bool(allowed and allowed[0].is_name) is not names or _is_dated(source, unit, context):
            continue
        forbidden = [
            term
            for term in termbase.renderings(source, Status.FORBIDDEN)
            if times_rendered(target, term.target, context.target, exactly=True)
        ]
        for term in forbidden:
            message = f"“{term.target}” must not be used for «{source}»"
            yield Finding(check, Severity.ERROR, unit, message, term.target, allowed[0].target if allowed else "")
        if allowed and not forbidden:
            wanted[source, tuple(term.target for term in allowed)] += times
    yield from _missing(unit, wanted, check, context, exactly=names)


def _is_dated(term: str, unit: Unit, context: Context) -> bool:
    """Whether a term is a month of a date, which may be converted."""
    dates = context.source.dates
    if term not in dates.jalali and term not in dates.gregorian:
        return False
    return bool(days.read(unit.source, context.source)[0])


def _missing(unit: Unit, wanted: Wanted, check: str, context: Context, *, exactly: bool) -> Iterator[Finding]:
    """Terms with one rendering are counted together: «بدیل» and «آلترناتیو» are both “alternative”."""
    together = Counter[str]()
    for (_, renderings), times in wanted.items():
        together[renderings[0]] += times
    for source, renderings in {renderings[0]: (source, renderings) for source, renderings in wanted}.values():
        language = context.target
        times = sum(times_rendered(unit.target, rendering, language, exactly=exactly) for rendering in renderings)
        if not times:
            message = f"«{source}» should be translated as “{renderings[0]}”"
            yield Finding(check, _weight(source, renderings, unit, context), unit, message, source, renderings[0])
        elif times < together[renderings[0]]:
            needed = together[renderings[0]]
            message = f"“{renderings[0]}” is there {how_often(times)}; the source has the term {how_often(needed)}"
            yield Finding(check, Severity.WARNING, unit, message, source, renderings[0])


def _weight(term: str, renderings: Sequence[str], unit: Unit, context: Context) -> Severity:
    """What the target says in other words than agreed is a note; what it does not say at all, an error."""
    meanings = {one.meaning for one in vocabulary.source(term, context.source).places if one.meaning and one.is_exact}
    if meanings and meanings <= _said(unit.target, context.target):
        return Severity.NOTE
    return Severity.ERROR


def _said(target: str, language: Language) -> set[str]:
    places = (*vocabulary.target(target, language).places, *vocabulary.places(target, language).places)
    return {place.meaning for place in places}
