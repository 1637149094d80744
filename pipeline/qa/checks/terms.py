"""A preferred term of the termbase not used where the source has the term; a forbidden one used."""

from collections.abc import Iterator

from pipeline.model import Finding, Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks._terms import faults

WORDING = True


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    yield from faults(unit, context, "terms", names=False)
