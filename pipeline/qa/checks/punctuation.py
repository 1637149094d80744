"""Brackets and quotation marks unbalanced, final punctuation, French spaces, straight quotes, doubled words."""

import re
from collections.abc import Iterator

from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa.checks import Context

_PAIRS = ("()", "[]", "{}", "«»", "“”")
_ENDS = {".": ".", "؟": "?", "?": "?", "!": "!", ":": ":", "؛": ";"}
_OUTER = " )]»\"'”’\u00a0\u202f"
_DOUBLED_WORD = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE)
_MAY_DOUBLE = {"that", "had", "nous", "vous"}


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if unit.state is State.COPIED:
        return
    target = unit.target
    for opening, closing in _PAIRS:
        if target.count(opening) != target.count(closing):
            yield _finding(unit, f"{opening} and {closing} are not paired", opening)
    if message := _ending(unit):
        yield _finding(unit, message)
    if (doubled := _DOUBLED_WORD.search(target)) and doubled[1].casefold() not in _MAY_DOUBLE:
        yield _finding(unit, f"“{doubled[1]}” stands twice", doubled[0], doubled[1])
    if re.search(r"[ \u00a0\u202f]{2,}", target):
        yield _finding(unit, "two spaces follow each other", "", re.sub(r" {2,}", " ", target))
    if straight := re.search("[\"']", target):
        yield _finding(unit, f"straight quotation mark {straight[0]}", straight[0])
    if context.lang == "fr":
        yield from _french(unit)


def _finding(unit: Unit, message: str, place: str = "", suggestion: str = "") -> Finding:
    return Finding("punctuation", Severity.WARNING, unit, message, place, suggestion)


def _ending(unit: Unit) -> str:
    """Slogans and what ends in dots take the punctuation of the target language."""
    source, target = unit.source.rstrip(_OUTER), unit.target.rstrip(_OUTER)
    if unit.context in ("slogan", "title", "heading") or source.endswith(("..", "…")):
        return ""
    wanted, found = _ENDS.get(source[-1:], ""), target[-1:] if target[-1:] in ".?!:;" else ""
    if wanted != found and (wanted or found in "?!"):
        return f"ends with “{found}” where the source ends with “{source[-1:]}”"
    return ""


def _french(unit: Unit) -> Iterator[Finding]:
    """U+00A0 inside « » and before a colon; U+202F or U+00A0 before ; ! ?."""
    if place := re.search(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»", unit.target):
        yield _finding(unit, "a no-break space belongs inside « »", place[0])
    if place := re.search(r"(?<![\u00a0\u202f!?])(?:[;!?]|:(?!//))(?!\w)", unit.target):
        yield _finding(unit, f"a no-break space belongs before “{place[0][-1]}”", place[0])
