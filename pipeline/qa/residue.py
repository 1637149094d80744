"""Source language left over: Arabic-script letters in a target, or the source as its own translation."""

import re
from collections.abc import Iterator

from pipeline import languages
from pipeline.model import Finding, Severity, State, Unit
from pipeline.orthography import SCRIPT, fold
from pipeline.qa import Context
from pipeline.structure import is_contact_value

_RUN = re.compile(rf"{SCRIPT.pattern}[\w\s\u200c]*")


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if languages.load(context.lang).direction == "rtl":
        return
    for found in _RUN.finditer(unit.target):
        word = found[0].strip()
        yield Finding("residue", Severity.ERROR, unit, f"«{word}» is left in the source language", word)
    copied = unit.state is State.COPIED or is_contact_value(unit.source)
    if not copied and fold(unit.target) == fold(unit.source) and not SCRIPT.search(unit.target):
        yield Finding("residue", Severity.ERROR, unit, "the target is the source, untranslated")
