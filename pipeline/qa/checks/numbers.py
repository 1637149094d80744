"""Numbers of the source missing or changed in the target, and numbers the source does not have."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.languages import Language
from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import numerals
from pipeline.text.wordlist import beginning


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    wanted, present = Counter(numerals.numbers(unit.source)), Counter(numerals.numbers(unit.target))
    missing = [number for number in wanted - present if not _is_spelt(number, unit.target, context.target)]
    added = [] if numerals.has_number_words(unit.source, context.source) else list(present - wanted)
    for number in missing:
        instead = f"; {added[0]} stands there" if len(missing) == len(added) == 1 else ""
        yield Finding("numbers", Severity.ERROR, unit, f"{number} is missing from the target{instead}", number)
    if not missing:
        for number in added:
            yield Finding("numbers", Severity.WARNING, unit, f"{number} is not in the source", number)
    for word, value in numerals.ordinals(unit.source, context.source):
        if not _is_ordinal(value, unit.target.casefold(), context.target):
            yield Finding("numbers", Severity.WARNING, unit, f"the ordinal «{word}» is missing from the target", word)


def _is_spelt(number: str, target: str, language: Language) -> bool:
    if not number.isdigit() or len(number) > 9:
        return False
    word = numerals.spelt(int(number), language)
    return bool(word) and re.search(rf"\b{re.escape(word)}\b", target.casefold()) is not None


def _is_ordinal(value: int, target: str, language: Language) -> bool:
    word = numerals.spelt(value, language, ordinal=True)
    others = [other for other, number in language.numbers.other_ordinals.items() if number == value]
    figures = [f"{value}{ending}" for ending in language.numbers.ordinal_endings or ("",)]
    return not word or beginning((word, *others, *figures)).search(target) is not None
