"""E-mail and web addresses, phone and account numbers not carried over exactly, digits folded."""

import re
from collections.abc import Iterator

from pipeline.model import Finding, Severity, Unit
from pipeline.qa.checks import Context
from pipeline.text import numerals
from pipeline.text.orthography import western_digits
from pipeline.text.segment import addresses
from pipeline.text.words import Remembered, pieces

_MAY_BE = re.compile(r"[\d.:](?:(?<=\d)|(?<=\.)\w|(?<=:)//)")
"""What every address and number has; most sentences have none."""

_MAY_HOLD = Remembered(lambda piece: _MAY_BE.search(piece) is not None)


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if not (_may_be_in(unit.source) or _may_be_in(unit.target)):
        return
    source, target = western_digits(unit.source), western_digits(unit.target)
    wanted = [address[0] for address in addresses(source)] + numerals.codes(source)
    there = {address[0] for address in addresses(target)} | set(numerals.codes(target))
    for address in dict.fromkeys(wanted):
        if address not in there:
            yield Finding("addresses", Severity.ERROR, unit, f"{address} is missing or altered", address, address)
    for address in sorted(there - set(wanted)):
        if "@" in address:
            yield Finding("addresses", Severity.ERROR, unit, f"{address} is not in the source", address)


def _may_be_in(text: str) -> bool:
    return any(map(_MAY_HOLD.__getitem__, pieces(text)))
