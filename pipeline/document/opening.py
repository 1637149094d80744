"""What stands above the text of a document: letterhead, title, subtitle, who wrote it.

The title is the first line that is no label, date or address; what follows it without a gap belongs to it.
"""

import itertools
import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document import bylines, letterheads, titles
from pipeline.document.lines import FURNITURE, HOUR, LONGEST_HEAD, Patterns, SourceLine, grouped
from pipeline.document.names import names_person
from pipeline.model import Kind
from pipeline.text.orthography import fold

_STAMP = re.compile(r"[\[(]?\d{1,4}[^\w\s]\d{1,2}[\d\s:/.,،\])–-]*")
"""What programs write before a message."""
_MOST_ADDRESSED = 5
"""Lines with the office, the town …"""


def mark_opening(lines: list[SourceLine], patterns: Patterns) -> None:
    """Claim the title and what stands with it; in a letter, its subject and what stands above it."""
    invoked = [line for line in lines[:3] if line.is_open and patterns.invocation.match(fold(line.text))]
    for line in invoked:
        line.kind = Kind.PARAGRAPH
    place = next((index for index, line in enumerate(lines) if line.kind is Kind.TITLE), None)
    if place is not None:
        _mark_around(lines, place, patterns)
    elif not letterheads.claim_subject(lines, patterns):
        _mark_head(lines, invoked, patterns)


def _mark_around(lines: Sequence[SourceLine], place: int, patterns: Patterns) -> None:
    """Claim what stands above and below a title that a format shows."""
    above = [line for line in lines[:place] if line.is_phrase]
    if place < LONGEST_HEAD and above and letterheads.is_letterhead(above, patterns):
        letterheads.mark_above_title(above, patterns)
    bylines.mark_signed(lines[place + 1 : place + LONGEST_HEAD], patterns)


def _mark_head(lines: list[SourceLine], invoked: Sequence[SourceLine], patterns: Patterns) -> None:
    """Claim the head of a document by its words: that of a letter, or the title with what is above and below."""
    letterheads.claim_number(lines)
    letterheads.claim_above_rule(lines, patterns)
    epigraph = [line for line in lines[:2] if line.kind in (Kind.QUOTATION, Kind.CAPTION)]
    head = [line for line in lines[:8] if line.kind not in FURNITURE and line not in (*invoked, *epigraph)]
    overlines = _overlines(lines, head, patterns)
    for line in overlines:
        head.remove(line)
    letterheads.mark_above_title(overlines, patterns)
    if letterheads.claim_greeted(lines, patterns) or (head and letterheads.claim_addressed(lines, patterns)):
        return
    if _is_chat(lines):
        for line in lines:
            line.kind = Kind.PARAGRAPH if line.is_open and _STAMP.match(line.text) else line.kind
    elif head and len(lines) > 1 and titles.may_be(head[0], patterns):
        _mark_title(lines, titles.find(lines, head[0], patterns), patterns)


def _mark_title(lines: list[SourceLine], title: SourceLine, patterns: Patterns) -> None:
    letterheads.mark_above_title([line for line in lines if line.first < title.first], patterns)
    title.kind = Kind.TITLE
    bylines.mark_below(lines, next(index for index, line in enumerate(lines) if line is title), patterns)


def _is_chat(lines: Sequence[SourceLine]) -> bool:
    """Whether the first lines begin with when they were written, as those of a chat do."""
    stamps = [_STAMP.match(line.text) for line in lines[:2]]
    shapes = [re.sub(r"\d+", "0", stamp[0]) for stamp in stamps if stamp]
    return len(shapes) > 1 and shapes[0] == shapes[1]


def _overlines(lines: Sequence[SourceLine], head: Sequence[SourceLine], patterns: Patterns) -> list[SourceLine]:
    """Return what stands above the title: lines in capitals («FOR IMMEDIATE RELEASE») above a date, or a greeting."""
    capitals = list(itertools.takewhile(lambda line: line.is_phrase and line.text.isupper(), head))
    rest = head[len(capitals) :]
    if capitals and rest and _is_apart(rest[0]):
        between = [line.kind for line in lines if capitals[-1].first < line.first < rest[0].first]
        return capitals if Kind.DATE in between else []
    greets = len(head) > 2 and patterns.courtesy.match(fold(head[0].text)) and head[0].before_gap
    return list(head[:1]) if greets and _is_apart(head[1]) and head[1].before_gap and head[2].is_prose else []


def _is_apart(line: SourceLine) -> bool:
    return (line.is_phrase or (line.is_open and line.calls)) and line.after_gap


def mark_addressees(lines: list[SourceLine], patterns: Patterns) -> None:
    """Between the title and the text, lines that stand together below «to» say who is addressed."""
    title = next((index for index, line in enumerate(lines[:LONGEST_HEAD]) if line.kind is Kind.TITLE), None)
    head = itertools.takewhile(lambda line: not line.is_prose, lines[title + 1 :] if title is not None else ())
    for group in grouped(list(head)):
        _claim_places(group, patterns)
        if not (group[0].after_gap and group[-1].before_gap and all(line.is_phrase for line in group)):
            continue
        if len(group) <= _MOST_ADDRESSED and patterns.addressee.match(fold(group[0].text)):
            for line in group:
                line.kind = Kind.PARAGRAPH


def _claim_places(group: Sequence[SourceLine], patterns: Patterns) -> None:
    """Directly below a day stands where it is, «Saturday, 12 June / Town Hall Square», or who wrote."""
    for above, line in pairwise(group):
        if above.kind in (Kind.DATE, Kind.CONTACT) and line.is_phrase and not HOUR.match(line.text):
            line.kind = Kind.SIGNATURE if names_person(line, patterns) else Kind.CONTACT
