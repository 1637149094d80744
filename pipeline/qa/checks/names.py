"""A name of the termbase missing or spelt otherwise."""

from collections.abc import Iterator

from pipeline.model import Finding, Unit
from pipeline.qa.checks import Context
from pipeline.qa.checks._terms import faults


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    yield from faults(unit, context, "names", names=True)
