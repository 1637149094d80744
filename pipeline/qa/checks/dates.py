"""Dates the target changes, and Jalali and Gregorian dates of one source sentence that disagree.

A disagreement is a warning on the source and never corrected: what is printed is translated.
"""

import re
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text.months import GREGORIAN, JALALI, NAMES, TRANSLITERATED
from pipeline.text.orthography import fold

_JALALI_NAMES, _GREGORIAN_NAMES = "|".join(JALALI), "|".join(GREGORIAN)
_MONTH = re.compile(rf"(?:(?<=\d)|(?<=\d\s)|\b)({_JALALI_NAMES}|{_GREGORIAN_NAMES})(?=\s*\d|\s+ماه\b|\s*[،و-]\s*\d)")
_JALALI_DATE = re.compile(rf"(\d{{1,2}})\s*({_JALALI_NAMES})\s*(1[34]\d\d)")
_GREGORIAN_DATE = re.compile(
    rf"(\d{{1,2}})\s*({_GREGORIAN_NAMES})(?:\s*[-–]\s*(?:{_GREGORIAN_NAMES}))?\s*((?:19|20)\d\d)"
)


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    source = fold(unit.source)
    yield from _changed(unit, source, context.lang)
    if disagreement := _disagreement(source):
        yield Finding("dates", Severity.WARNING, unit, f"the source’s own dates disagree: {disagreement}")


def _changed(unit: Unit, source: str, lang: str) -> Iterator[Finding]:
    target = unit.target.casefold()
    for name in dict.fromkeys(_MONTH.findall(source)):
        if name in JALALI:
            wanted = TRANSLITERATED[JALALI[name] - 1]
        elif lang in NAMES:
            wanted = NAMES[lang][GREGORIAN[name] - 1]
        else:
            continue
        if wanted.casefold() not in target:
            yield Finding("dates", Severity.ERROR, unit, f"the month «{name}» is missing or changed", name, wanted)


def _disagreement(source: str) -> str:
    """Return the two dates, when a sentence has one of each calendar and they are not the same day."""
    import jdatetime

    one, other = _JALALI_DATE.search(source), _GREGORIAN_DATE.search(source)
    if not (one and other):
        return ""
    try:
        jalali = jdatetime.date(int(one[3]), JALALI[one[2]], int(one[1])).togregorian()
    except ValueError:
        return f"there is no {one[0]}"
    stated = (int(other[3]), GREGORIAN[other[2]], int(other[1]))
    return (
        ""
        if (jalali.year, jalali.month, jalali.day) == stated
        else f"«{one[0]}» is {jalali:%Y-%m-%d}, not «{other[0]}»"
    )
