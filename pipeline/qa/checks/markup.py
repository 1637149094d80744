"""Signs of marks: every number of the source once, pairs as pairs, places as places, stars closed, nothing invented.

Where a unit has no marks, signs are text, and would be printed as they stand.
"""

from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context, how_often
from pipeline.text import markup

SIGNS = True


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not unit.marks:
        yield from _without_meaning(unit) if "{" in unit.target else ()
        return
    yield from _numbers(unit)
    if open_ones := [stars for kind, stars in markup.STARS.items() if markup.stars(unit.target)[kind] % 2]:
        yield _error(unit, f"{open_ones[0]} opens and does not close, or the other way round", open_ones[0])
    else:
        yield from _styles(unit)


def _error(unit: Unit, message: str, place: str) -> Finding:
    return Finding("markup", Severity.ERROR, unit, message, place)


def _without_meaning(unit: Unit) -> Iterator[Finding]:
    known = {number for number, _ in markup.numbers(unit.source)}
    for number in sorted({number for number, _ in markup.numbers(unit.target)} - known):
        sign = f"{{{number}}}"
        yield _error(unit, f"{sign} stands for nothing here, and would be printed as it is", sign)


def _numbers(unit: Unit) -> Iterator[Finding]:
    wanted, present = markup.numbers(unit.source), markup.numbers(unit.target)
    worded = {one for span in markup.read(unit.target) if span.text.strip() for one in span.around}
    said = dict(mark.partition(": ")[::2] for mark in unit.marks)
    known, there = {number for number, _ in wanted}, {number for number, _ in present}
    for number, is_place in sorted(wanted):
        sign = f"{{{number}}}"
        times = present[number, True] + present[number, False]
        if not times:
            yield _error(unit, f"{sign} ({said.get(sign, 'a mark')}) is missing from the target", sign)
        elif times > 1:
            yield _error(unit, f"{sign} is in the target {how_often(times)}; it must be there once", sign)
        elif not present[number, is_place]:
            around = f"stands around words in the source, and alone in the target: write [words]{sign}"
            yield _error(unit, f"{sign} {_ALONE if is_place else around}", sign)
        elif not is_place and number not in worded:
            yield _error(unit, f"{sign} is around no words: write [words]{sign}", sign)
    for number in sorted(there - known):
        yield _error(unit, f"{{{number}}} is not in the source", f"{{{number}}}")


_ALONE = "stands alone in the source, and around words in the target; take the brackets away"


def _styles(unit: Unit) -> Iterator[Finding]:
    wanted, present = markup.stars(unit.source), markup.stars(unit.target)
    for kind, stars in markup.STARS.items():
        if present[kind] < wanted[kind]:
            told = f"{kind} words of the source are not so in the target: write {stars}words{stars}"
            yield Finding("markup", Severity.WARNING, unit, told, stars)
        elif present[kind] and not wanted[kind]:
            yield _error(unit, f"{stars} is not in the source; a star of the text is written \\*", stars)
