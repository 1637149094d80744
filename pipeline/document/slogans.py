"""Calls: short lines as they are shouted, together or apart from the text.

They are known by their exclamation marks, by the words of the language, or as refrains: «نه تهدید، نه زندان»,
«bread, peace, freedom».
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.document.lines import LONGEST_HEADING, LONGEST_LABEL, Patterns, SourceLine
from pipeline.model import Kind
from pipeline.text import stops

LONGEST_CALL = 40
"""Characters of a line that is known as a call by its last words: «… گرامی باد»."""

INNER_END = re.compile(rf"{stops.INNER}\w")
_END = re.compile(rf"[{stops.ENDS}](?=\s+\w|$)|[{stops.SHOUTS}](?=\w)")
_SHOUTS = tuple(stops.SHOUTS)
_NO_CALL = stops.QUIET + stops.COLONS + ",،、，"
_PAUSE = re.compile(r"(?<!\s)\s*+[،,؛;–—!]++\s*+|\s-\s")


def mark_slogans(lines: list[SourceLine], patterns: Patterns) -> None:
    """Claim what is called; among short lines that stand together all are slogans if most of them are calls."""
    for line in lines:
        begins = patterns.slogan.match(line.text) and len(line.text) <= LONGEST_LABEL
        ends = line.after_gap and len(line.text) <= LONGEST_CALL and patterns.slogan_end.search(line.text)
        if line.is_open and (begins or ends):
            line.kind = Kind.SLOGAN
    for run, following in _runs(lines):
        shouted = 2 * sum(map(_is_shouted, run))
        if len(run) > 1 and (shouted > len(run) or (shouted == len(run) and _is_group(run, following))):
            _claim(run)
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        between = before.kind is Kind.SLOGAN and after.kind is Kind.SLOGAN
        if between and line.is_open and not line.is_prose:
            line.kind = Kind.SLOGAN
    _claim(list(_alone(lines)))


def _claim(lines: Sequence[SourceLine]) -> None:
    for line in lines:
        line.kind = Kind.SLOGAN


def _runs(lines: Sequence[SourceLine]) -> Iterator[tuple[list[SourceLine], SourceLine | None]]:
    """Yield the short lines behind the first prose, those that stand together, with the line below them."""
    prose = (index for index, line in enumerate(lines) if line.is_prose and not line.text.endswith(_SHOUTS))
    run: list[SourceLine] = []
    for line in lines[next(prose, 1) :]:
        is_short = line.kind is Kind.SLOGAN or (line.is_open and _is_short(line))
        if run and (line.after_gap or not is_short):
            yield run, line
            run = []
        if is_short:
            run.append(line)
    yield run, None


def _is_group(run: Sequence[SourceLine], following: SourceLine | None) -> bool:
    """Whether a run stands between gaps, above the names of those who call."""
    return (
        run[0].after_gap
        and run[-1].before_gap
        and following is not None
        and (following.is_phrase or following.kind is Kind.DATE)
    )


def _is_short(line: SourceLine) -> bool:
    return len(line.text) <= LONGEST_HEADING and line.text[-1] not in _NO_CALL and not INNER_END.search(line.text)


def _is_shouted(line: SourceLine) -> bool:
    return line.kind is Kind.SLOGAN or line.text.endswith(_SHOUTS) or is_refrain(line.text)


def is_call(line: SourceLine) -> bool:
    """Whether a line is short, and all its sentences end in exclamation marks."""
    ends = {*_END.findall(line.text)}
    return len(line.text) <= LONGEST_HEADING and bool(ends) and ends <= {*stops.SHOUTS}


def is_refrain(text: str) -> bool:
    """Whether words come again as in a verse, at the beginning or the end of its parts, or one by one."""
    parts = [words for piece in _PAUSE.split(text.casefold()) if (words := piece.split())]
    words = text.casefold().split()
    if len(words) > 12 or not parts:
        return False
    doubled = any(first == second and first.isalpha() for first, second in itertools.pairwise(words))
    again = doubled or min(len({part[place] for part in parts}) for place in (0, -1)) < len(parts)
    counted = len(parts) > 2 and max(map(len, parts)) < 3
    joined = len(words) == 5 and words[1] == words[3]
    return again or counted or joined or words[0] in words[2:]


def _alone(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Yield the lines between gaps that call when something has been said, with no prose directly below."""
    prose = 0
    for line, below in itertools.zip_longest(lines, lines[1:]):
        alone = line.is_open and line.after_gap and line.before_gap and prose > 1
        if alone and is_call(line) and (below is None or not below.is_prose or is_call(below)):
            yield line
        prose += line.is_prose


def is_cry(line: SourceLine) -> bool:
    """Whether a line calls as a slogan does, with words that come again."""
    return (
        line.text.endswith(_SHOUTS) and len(line.text) <= LONGEST_HEADING and is_refrain(line.text.rstrip(stops.SHOUTS))
    )
