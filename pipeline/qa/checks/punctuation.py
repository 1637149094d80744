"""Brackets and quotation marks unbalanced, final punctuation, no-break spaces, straight quotes, doubled words.

How quotation marks look, which spaces break, and a mark added at the end are hints: no reader is misled by them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import eq

from pipeline.languages.sections import Punctuation
from pipeline.model import Finding, Kind, Severity, State, Unit
from pipeline.qa.checks import Context
from pipeline.text import stops
from pipeline.text.segment import ends_in_abbreviation
from pipeline.text.words import small_words

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("“", "”"))
_LATIN = Punctuation().sentence
"""The marks that stand in any text, beside those of its language."""

_OWN_ENDINGS = {Kind.SLOGAN, Kind.TITLE, Kind.HEADING}
_OUTER = " )]«»‹›\"'“”‘’」』》〉）\u00a0\u202f"
_PAIRED = ("„", *(mark for pair in _PAIRS for mark in pair))
_NO_BREAK = "\u00a0\u202f"
_SPACES = re.compile(f"[ {_NO_BREAK}]{{2,}}")
_STRAIGHT = re.compile(r"""["]|(?<!\w)'""")
_APOSTROPHE = re.compile(r"(?<=\w)'")
_ENUMERATOR = re.compile(r"(?<!\S)\w{1,2}\)")
"""As in «article 9 b)»."""
_DOUBLED_WORD = re.compile(r"(?<![\w‐‑-])([^\W\d_]{2,}+)\s+\1\b", re.IGNORECASE)
"""Not «in» in “a sit-in in protest”."""


def check(unit: Unit, context: Context) -> Iterator[Finding]:
    if unit.state is State.COPIED:
        return
    target = unit.target
    is_paired = any(map(target.__contains__, _PAIRED))
    for opening, closing in _pairs(context.target.punctuation.quotation_marks) if is_paired else ():
        if not (_are_paired(target, opening, closing) or _goes_on(unit, (opening, closing), context)):
            yield _finding(unit, f"{opening} and {closing} are not paired", opening)
    yield from _ending(unit, context)
    if (doubled := _doubled(target)) and doubled[1].casefold() not in context.target.punctuation.doubled:
        yield _finding(unit, f"“{doubled[1]}” is written twice in a row", doubled[0], doubled[1])
    if "  " in target or (any(map(target.__contains__, _NO_BREAK)) and _SPACES.search(target)):
        yield _finding(unit, "two spaces in a row", "", _single(target))
    if '"' in target or "'" in target:
        yield from _straight(unit, context)
    yield from _spaces(unit, context.target.punctuation)


def _straight(unit: Unit, context: Context) -> Iterator[Finding]:
    mark = _STRAIGHT.search(unit.target)
    if mark and not (context.target.orthography.marks and _are_pairs(unit.target)):
        yield Finding("punctuation", Severity.HINT, unit, f"straight quotation mark {mark[0]}", mark[0])
    elif mark := _APOSTROPHE.search(unit.target):
        yield Finding("punctuation", Severity.NOTE, unit, "straight apostrophe '", mark[0])


@lru_cache(maxsize=16)
def _pairs(marks: str) -> tuple[tuple[str, str], ...]:
    """Return the marks that stand in pairs: those of the language instead of others that share one («„…“», «”…”»)."""
    own = (marks[0], marks[1])
    return _PAIRS if own in _PAIRS else (*(pair for pair in _PAIRS if {*pair}.isdisjoint(marks)), own)


def _are_paired(text: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return text.count(opening) % 2 == 0
    balance = text.count(opening) - text.count(closing)
    return balance == 0 or (closing == ")" and balance + len(_ENUMERATOR.findall(text)) == 0)


def _goes_on(unit: Unit, marks: tuple[str, str], context: Context) -> bool:
    """Whether a quotation of several sentences begins in a unit, or ends there, on both sides alike."""
    own = tuple(context.source.punctuation.quotation_marks[:2])
    if marks != tuple(context.target.punctuation.quotation_marks[:2]) or own[0] == own[1] or marks[0] == marks[1]:
        return False
    here, there = _surplus(unit.target, marks), _surplus(unit.source, own)
    return here == there


def _surplus(text: str, marks: tuple[str, ...]) -> int:
    return text.count(marks[0]) - text.count(marks[1])


def _doubled(text: str) -> re.Match[str] | None:
    """Return a word that stands twice in a row; most texts have no two like words side by side, whatever is between."""
    words = small_words(text)
    return _DOUBLED_WORD.search(text) if any(map(eq, words, words[1:])) else None


def _are_pairs(text: str) -> bool:
    """Whether straight quotation marks stand in pairs, for which orthography.py knows better ones."""
    return text.count('"') % 2 == 0 and "'" not in text


def _single(text: str) -> str:
    """Return a text with single spaces; among no-break ones, one of them stays."""
    return _SPACES.sub(lambda spaces: spaces[0].replace(" ", "")[:1] or " ", text)


def _finding(unit: Unit, message: str, place: str = "", suggestion: str = "") -> Finding:
    return Finding("punctuation", Severity.WARNING, unit, message, place, suggestion)


def _ending(unit: Unit, context: Context) -> Iterator[Finding]:
    """Slogans and what ends in dots take the punctuation of the target language."""
    source, target = unit.source.rstrip(_OUTER), unit.target.rstrip(_OUTER)
    if unit.context in _OWN_ENDINGS or source.endswith(("..", "…")):
        return
    marks = context.target.punctuation.sentence
    wanted = _translated(source[-1:], context.source.punctuation.sentence, marks)
    end = target[-1:] if target[-1:] in marks else ""
    if wanted and wanted in stops.OVER_A_LETTER and wanted in unit.target:
        wanted = marks[0]  # it stands inside a word
    if context.target.orthography.marks and _ends_in_a_quotation(unit.target, end) and wanted == marks[0]:
        return  # who says so stands before what is said, and behind it in the source
    if wanted and wanted != end and _is_quoted(unit.source) and _stands_in_a_quotation(wanted, unit.target):
        return  # what is said stands before who says so
    if not end and ends_in_abbreviation(source, context.source):
        return
    if wanted and wanted != end:
        stop, question, shout, *_ = tuple(marks)
        is_tone = (wanted, end) in {(stop, shout), (shout, stop), (question, shout)}  # «مگر …؟», “As if …!”
        severity = Severity.HINT if is_tone else Severity.WARNING
        yield Finding("punctuation", severity, unit, _differing(end, source[-1:]))
    elif not wanted and end in marks[1:3] and end:
        told = f"ends with “{end}”, but the source has no punctuation there"
        yield Finding("punctuation", Severity.HINT, unit, told)


def _is_quoted(text: str) -> bool:
    """Whether a text ends in a quotation."""
    return text.rstrip(" )]\u00a0\u202f").endswith(_CLOSING)


def _stands_in_a_quotation(mark: str, text: str) -> bool:
    """Whether a quotation ends in a mark, wherever it stands in a text."""
    return any(f"{mark}{space}{closing}" in text for closing in _CLOSING for space in ("", *_NO_BREAK))


_CLOSING = ("»", "”", "’", "›", '"')


def _ends_in_a_quotation(text: str, end: str) -> bool:
    return bool(end) and text.rstrip().endswith(f"{end}»")


def _differing(end: str, wanted: str) -> str:
    if not end:
        return f"has no punctuation at the end, where the source ends with “{wanted}”"
    return f"ends with “{end}” where the source ends with “{wanted}”"


def _translated(mark: str, source: str, target: str) -> str:
    """Return the mark of the target that stands for one of the source, or for a Latin one; empty for a letter."""
    places = [marks.index(mark) for marks in (source, _LATIN) if mark and mark in marks]
    return target[places[0]] if places else ""


def _spaces(unit: Unit, punctuation: Punctuation) -> Iterator[Finding]:
    """No-break spaces where the language has them, as French inside « » and before ; ! ? and a colon."""
    inside, before = punctuation.space_inside, punctuation.space_before
    if any(map(unit.target.__contains__, inside)) and (place := _unspaced_inside(inside).search(unit.target)):
        told = f"a no-break space belongs inside {inside[0]} {inside[1]}"
        yield Finding("punctuation", Severity.HINT, unit, told, place[0])
    if any(map(unit.target.__contains__, before)) and (place := _unspaced_before(before).search(unit.target)):
        told = f"a no-break space belongs before “{place[0][-1]}”"
        yield Finding("punctuation", Severity.HINT, unit, told, place[0])


@lru_cache(maxsize=16)
def _unspaced_inside(marks: str) -> re.Pattern[str]:
    opening, closing = map(re.escape, marks)
    return re.compile(rf"[{opening}{closing}](?:(?<={opening})(?![\u00a0\u202f])|(?<![\u00a0\u202f].)(?<={closing}))")


@lru_cache(maxsize=16)
def _unspaced_before(signs: str) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(signs)}](?<![\u00a0\u202f!?].)(?!\w|(?<=:)//)")
