"""Characters that no font of the page can show: nobody would see them, and no page is typeset with them."""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.glyphs import lacking, named


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not context.shown:
        return
    for character in lacking(unit.target, context.shown):
        told = f"no font of the page can show {named(character)}"
        yield Finding("glyphs", Severity.ERROR, unit, told, character)
    for character in lacking(unit.source, context.shown | {*unit.target}):
        told = f"the source has {named(character)}, which no font of the page can show"
        yield Finding("glyphs", Severity.ERROR, unit, told)
