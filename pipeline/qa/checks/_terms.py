"""What names.py and terms.py share: the termbase held against a unit."""

from collections import Counter
from collections.abc import Iterator

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks import times as said
from pipeline.termbase import Status, times_rendered

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
        if bool(allowed and allowed[0].is_name) is not names:
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
    yield from _missing(unit, wanted, check, context.target, exactly=names)


def _missing(unit: Unit, wanted: Wanted, check: str, language: Language, *, exactly: bool) -> Iterator[Finding]:
    """Terms with one rendering are counted together: «بدیل» and «آلترناتیو» are both “alternative”."""
    together = Counter[str]()
    for (_, renderings), times in wanted.items():
        together[renderings[0]] += times
    for source, renderings in {renderings[0]: (source, renderings) for source, renderings in wanted}.values():
        times = sum(times_rendered(unit.target, rendering, language, exactly=exactly) for rendering in renderings)
        if not times:
            message = f"«{source}» should be translated as “{renderings[0]}”"
            yield Finding(check, Severity.ERROR, unit, message, source, renderings[0])
        elif times < together[renderings[0]]:
            needed = together[renderings[0]]
            message = f"“{renderings[0]}” is there {said(times)}; the source has the term {said(needed)}"
            yield Finding(check, Severity.WARNING, unit, message, source, renderings[0])
