"""Source language left over: Arabic-script letters in a target, or the source as its own translation."""

import re
from collections.abc import Iterator

from pipeline.document.contacts import is_contact_value
from pipeline.languages import Direction
from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text.orthography import SCRIPT, fold

_FAR = re.compile("[^\0-\u05ff\u1e00-\u20cf]")
"""What most targets have nothing of: signs beyond the European ones, among them all that fold to Arabic letters."""
_ARABIC_LETTER = re.compile("[\u0621-\u063f\u0641-\u064a\u0671-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(rf"{SCRIPT.pattern}(?:[\s\u200c]*+{SCRIPT.pattern})*+")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if context.target.direction is Direction.RTL:
        return
    if _FAR.search(unit.target):
        for run in _RUN.finditer(unit.target):
            yield Finding("residue", Severity.ERROR, unit, f"«{run[0]}» is left in the source language", run[0])
    elif _ARABIC_LETTER.search(unit.source):
        return  # they are not the same
    copied = unit.state is State.COPIED or is_contact_value(unit.source) or not _LETTER.search(unit.target)
    if not copied and fold(unit.target) == fold(unit.source) and not SCRIPT.search(unit.target):
        yield Finding("residue", Severity.ERROR, unit, "the target is the source, untranslated")
