"""Empty targets."""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not unit.target.strip():
        yield Finding("untranslated", Severity.ERROR, unit, "not translated")
