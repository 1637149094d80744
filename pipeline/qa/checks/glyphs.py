"""Characters that no font of the page can show: nobody would see them, and no release is typeset with them."""

import unicodedata
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.lookalikes import JOINERS, UNSEEN

_WITHOUT_GLYPH = f"\t\n{JOINERS}"


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not context.shown or context.shown.issuperset(unit.target):
        return
    for character in sorted(set(unit.target) - context.shown):
        if character not in _WITHOUT_GLYPH and not UNSEEN.match(character):  # which the check `invisible` finds
            name = unicodedata.name(character, "unnamed").lower()
            told = f"no font of the page can show “{character}” (U+{ord(character):04X} {name})"
            yield Finding("glyphs", Severity.ERROR, unit, told, character)
