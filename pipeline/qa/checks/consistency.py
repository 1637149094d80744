"""The same source translated differently, or different sources translated the same, across all catalogues."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text.excerpt import excerpt
from pipeline.text.orthography import fold
from pipeline.text.similarity import by_letters

ALIKE = 75
"""Sources at least this similar, in per cent, may well have one translation."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if unit.state is State.COPIED:
        return
    source = fold(unit.source)
    for other in _others(context.targets, source, unit.target):
        message = f"the same sentence is also translated “{excerpt(other, 80)}”"
        yield Finding("consistency", Severity.WARNING, unit, message, suggestion=other)
    for other in _others(context.sources, unit.target, source):
        if by_letters(source, other) < ALIKE:
            message = f"another sentence has the same translation: «{excerpt(other, 80)}»"
            yield Finding("consistency", Severity.WARNING, unit, message)


def _others(known: Mapping[str, set[str]], text: str, own: str) -> Sequence[str]:
    """Return what else than its own a text has elsewhere, as most have nothing."""
    found = known.get(text)
    return sorted(found - {own}) if found and (len(found) > 1 or own not in found) else ()
