"""Source language left over: Arabic-script letters in a target, or the source as its own translation."""

import re
from collections.abc import Iterator

from pipeline.document.structure import is_contact_value
from pipeline.languages import Direction
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import SCRIPT, fold

_NEAR = re.compile("[\u0600-\u08ff\ufb50-\ufefc]")
"""Few ranges, quick to search: most targets have nothing in them."""
_RUN = re.compile(rf"{SCRIPT.pattern}(?:[\s\u200c]*+{SCRIPT.pattern})*+")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if context.target.direction is Direction.RTL:
        return
    for run in _RUN.finditer(unit.target) if _NEAR.search(unit.target) else ():
        yield Finding("residue", Severity.ERROR, unit, f"«{run[0]}» is left in the source language", run[0])
    copied = unit.state is State.COPIED or is_contact_value(unit.source)
    if not copied and fold(unit.target) == fold(unit.source) and not SCRIPT.search(unit.target):
        yield Finding("residue", Severity.ERROR, unit, "the target is the source, untranslated")
