"""Comments that look like a reading or an acceptance, and say nothing that a program understands."""

from collections.abc import Iterator

from pipeline.catalogue import readings
from pipeline.model import Finding, Severity, Unit
from pipeline.qa import acceptance, checks
from pipeline.qa.checks import Context


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    for note in unit.notes:
        if readings.is_misunderstood(note):
            text = f"the comment «{note}» is not understood; write “# read: NAME”, a pseudonym of one word"
            yield Finding("comments", Severity.WARNING, unit, text, note)
        elif acceptance.is_misunderstood(note, checks.CHECKS.names()):
            text = f"the comment «{note}» accepts nothing; write “# check: NAME ok”, with the name of a check"
            yield Finding("comments", Severity.WARNING, unit, text, note)
