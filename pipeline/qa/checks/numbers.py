"""Numbers of the source missing or changed in the target, and numbers the source does not have."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import numerals


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    wanted, found = Counter(numerals.numbers(unit.source)), Counter(numerals.numbers(unit.target))
    missing = [n for n in wanted - found if not _is_spelt(n, unit.target, context.lang)]
    added = [] if numerals.has_number_words(unit.source) else list(found - wanted)
    for number in missing:
        instead = f"; {added[0]} stands there" if len(missing) == len(added) == 1 else ""
        yield Finding("numbers", Severity.ERROR, unit, f"{number} is missing from the target{instead}", number)
    if not missing:
        for number in added:
            yield Finding("numbers", Severity.WARNING, unit, f"{number} is not in the source", number)
    for word, value in numerals.ordinals(unit.source):
        if not _is_ordinal(value, unit.target.casefold(), context.lang):
            yield Finding("numbers", Severity.WARNING, unit, f"the ordinal «{word}» is missing from the target", word)


def _is_spelt(number: str, target: str, lang: str) -> bool:
    if not number.isdigit() or len(number) > 9:
        return False
    word = numerals.spelt(int(number), lang)
    return bool(word) and re.search(rf"\b{re.escape(word)}\b", target.casefold()) is not None


def _is_ordinal(value: int, target: str, lang: str) -> bool:
    word = numerals.spelt(value, lang, ordinal=True)
    forms = {"en": rf"{value}(?:st|nd|rd|th)", "fr": rf"{value}(?:er|re|e|ère|ème)"}.get(lang, str(value))
    feminine = {"fr": {1: "|première", 2: "|second"}}.get(lang, {}).get(value, "")
    return not word or re.search(rf"\b(?:{re.escape(word)}|{forms}{feminine})", target) is not None
