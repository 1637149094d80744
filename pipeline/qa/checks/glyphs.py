"""Characters that no font of the page can show: nobody would see them, and no page is typeset with them."""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.glyphs import lacking, named

MOST_NAMED = 5
"""Characters of a text that are told one by one."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not context.shown:
        return
    missed = lacking(unit.target, context.shown)
    if len(missed) > MOST_NAMED:  # a script that no font has
        character, count = named(missed[0]), len(missed) - 1
        told = f"no font of the page can show {character} and {count} others: name fonts of their script in [theme]"
        yield Finding("glyphs", Severity.ERROR, unit, told, missed[0])
        missed = []
    for character in missed:
        told = f"no font of the page can show {named(character)}"
        yield Finding("glyphs", Severity.ERROR, unit, told, character)
    missed = lacking(unit.source, context.shown | {*unit.target})
    if len(missed) > MOST_NAMED:
        character, count = named(missed[0]), len(missed) - 1
        told = (
            f"the source has {character} and {count} others, which no font of the page can show: "
            "name fonts of their script in [theme]"
        )
        yield Finding("glyphs", Severity.ERROR, unit, told)
        missed = []
    for character in missed:
        told = f"the source has {named(character)}, which no font of the page can show"
        yield Finding("glyphs", Severity.ERROR, unit, told)
