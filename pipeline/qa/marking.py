"""Where in a sentence a finding is: the words it is about, marked."""

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Finding
from pipeline.text import markup
from pipeline.text.orthography import letters_and_digits

Part = tuple[str, bool]
"""A piece of a text, and whether it is marked."""


LONGEST = 100
"""Characters by which words are looked for; of longer ones the beginning is marked."""


def accepting(check: str) -> str:
    """Return the line that accepts the findings of a check, as it is pasted above an entry of a PO file."""
    return f"# check: {check} ok — why"


def parts(text: str, findings: Iterable[Finding]) -> list[Part]:
    """Return a sentence, source or target, in pieces, of which those are marked that findings are about."""
    spans = sorted(filter(None, (_span(text, finding) for finding in findings)))
    return list(_pieces(text, spans))


def _span(text: str, finding: Finding) -> tuple[int, int] | None:
    return among_signs(text, finding.place) if finding.unit.marks else span(text, finding.place)


def among_signs(text: str, place: str) -> tuple[int, int] | None:
    """Return from where to where some words, or a sign, stand in a text with signs; None for nowhere."""
    if markup.is_sign(place):
        at = text.find(place)
        return (at, at + len(place)) if at >= 0 else None
    plain, places = markup.laid_out(text)
    found = span(plain, place)
    return (places[found[0]], places[found[1] - 1] + 1) if found else None


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Part]:
    at = 0
    for start, end in spans:
        if start < at:
            continue
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def span(text: str, place: str) -> tuple[int, int] | None:
    """Return from where to where some words stand in a text, whatever joins them and divides them; None for nowhere."""
    words = letters_and_digits(place[:LONGEST]).split()
    if not words:
        return None
    pattern = r"[\s\u200c]{1,3}".join(map(re.escape, words))
    whole = [rf"(?<!\w){pattern}(?!\w)", pattern]
    found = next((one for one in (re.search(each, letters_and_digits(text)) for each in whole) if one), None)
    return found.span() if found else None
