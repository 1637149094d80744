"""What stands below the title: its rest, a subtitle, who wrote it, where it is."""

import itertools
import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document import titles
from pipeline.document.contacts import LABELLED, is_part
from pipeline.document.lines import FURNITURE, LONGEST_HEAD, LONGEST_LABEL, Patterns, SourceLine, grouped, joined
from pipeline.document.names import labels_writer, names_organisation, names_person, names_writer
from pipeline.document.slogans import is_refrain
from pipeline.languages.capitals import is_small
from pipeline.model import Kind
from pipeline.text.orthography import fold

_PLACE = re.compile(r"\A[^،,]*[،,]\D*\d")
"""What the address of a place has: a house behind a street."""
_MOST_TOGETHER = 3


def mark_signed(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Below a title that a format shows, a label stands before who wrote: a name, an organisation."""
    for line in itertools.takewhile(lambda line: line.is_phrase or line.kind in (Kind.SUBTITLE, *FURNITURE), lines):
        if line.is_open and labels_writer(line, patterns):
            line.kind = Kind.SIGNATURE


def mark_below(lines: list[SourceLine], place: int, patterns: Patterns) -> None:
    """The rest of the title, a subtitle, and who wrote it: short lines up to a gap."""
    title = lines[place]
    close = list(itertools.takewhile(_stands_close, lines[place + 1 :]))
    is_told = any(line.kind in (Kind.CONTACT, Kind.DATE) for line in close)
    for line in close if is_told else ():
        if line.kind is Kind.SIGNATURE and names_organisation(line, patterns):
            line.kind = Kind.CONTACT
    run = _run(lines, place + 1, patterns)
    if run and run[0].first == title.last + 1 and titles.continues(title, run[0], patterns):
        count = len(run) if titles.is_broken(run, patterns) else 1
        lines[place : place + 1 + count] = [joined([title, *run[:count]])]
        run = run[count:]
    if not run:
        _apart(lines, place + 1, patterns)
        _together(lines, place + 1)
    told = any(line.kind is Kind.CONTACT for line in close)
    below_days = {line.first for above, line in pairwise(lines) if above.kind in (Kind.DATE, Kind.CONTACT)}
    for number, line in enumerate(run):
        if line.first in below_days and (_PLACE.match(line.text) or _is_place(line, patterns)):
            line.kind = Kind.CONTACT
        elif names_person(line, patterns, is_second=number > 0):
            is_told = told and _is_label_of_office(line, patterns)
            line.kind = Kind.CONTACT if is_told else Kind.SIGNATURE
        else:
            line.kind = Kind.SUBTITLE
    _mark_byline(lines, place, patterns)


def _stands_close(line: SourceLine) -> bool:
    return not line.after_gap


def _is_label_of_office(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a label says what somebody did there («Chair: …»), and not who wrote or asked."""
    wrote = patterns.author.match(fold(line.text)) or patterns.subtitle.match(fold(line.text))
    return LABELLED.match(line.text) is not None and not wrote


def _mark_byline(lines: Sequence[SourceLine], place: int, patterns: Patterns) -> None:
    """Between gaps below the title and what belongs to it, «Interview: …» names who asked."""
    rest = itertools.dropwhile(lambda line: not line.after_gap, lines[place + 1 : place + LONGEST_HEAD])
    line = next(rest, None)
    if line and line.is_phrase and line.before_gap and patterns.subtitle.match(fold(line.text)):
        line.kind = Kind.SIGNATURE if names_writer(line) else None


def _is_place(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line below a day is no name and no more of what the document is."""
    said = names_person(line, patterns, is_second=True) or patterns.subtitle.match(fold(line.text))
    return not said and line.is_phrase and not line.is_bracketed and not line.is_quoted


def _run(lines: Sequence[SourceLine], start: int, patterns: Patterns) -> list[SourceLine]:
    """Return the short lines that stand directly below the title, up to a gap or a greeting."""
    run: list[SourceLine] = []
    for line in lines[start : start + 5]:
        if line.after_gap or (line.is_open and patterns.courtesy.match(fold(line.text))):
            break
        if run and (
            (is_part(line, patterns) and not _is_counted_head(line)) or (line.introduces and _are_named(run, patterns))
        ):
            break
        if (
            line.kind not in (None, Kind.SIGNATURE, *FURNITURE)
            or line.introduces
            or (line.is_prose and not _may_be_below(line))
        ):
            return []  # they belong to the text that follows
        run += [line] if line.is_open else []
    return run if len(run) < 4 else []


def _is_counted_head(line: SourceLine) -> bool:
    """Whether a line counts years and issues («Year three, No. 9») and heads nothing."""
    return re.search(r"[،,]", line.text) is not None and line.is_phrase and not LABELLED.match(line.text)


def _are_named(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether lines say what a document is, as only those below a title do."""
    return any(patterns.subtitle.match(fold(line.text)) for line in lines)


def _may_be_below(line: SourceLine) -> bool:
    return line.calls or line.is_bracketed or line.is_quoted


def _apart(lines: Sequence[SourceLine], place: int, patterns: Patterns) -> None:
    """Behind a gap, a subtitle is in brackets, says what a document is, or stands otherwise than headings do."""
    second = lines[place] if place < len(lines) else None
    if second is None or not second.is_open or second.introduces or not second.before_gap:
        return
    if second.is_prose or patterns.courtesy.match(fold(second.text)):
        is_subtitle = second.is_bracketed
    else:
        named = patterns.subtitle.match(fold(second.text)) is not None and len(second.text) <= LONGEST_LABEL
        is_subtitle = named or second.is_bracketed or _stands_unlike(second, lines[place + 1 :])
    if is_refrain(second.text) and not second.is_prose and not is_small(second.text[0]):
        second.kind = Kind.SLOGAN
    elif is_subtitle:
        second.kind = Kind.SUBTITLE


def _together(lines: Sequence[SourceLine], place: int) -> None:
    """Phrases that stand together between gaps, below the title and above no text, say more of what a document is."""
    group = next(grouped(lines[place : place + LONGEST_HEAD]), [])
    below = lines[place + len(group)] if place + len(group) < len(lines) else None
    said = len(group) > 1 and all(line.is_phrase and not LABELLED.match(line.text) for line in group)
    if said and len(group) <= _MOST_TOGETHER and below and below.kind in (Kind.CONTACT, Kind.DATE):
        for line in group:
            line.kind = Kind.SUBTITLE


def _stands_unlike(second: SourceLine, lines: Sequence[SourceLine]) -> bool:
    """Whether a line stands between gaps where the short lines above text have none below them."""
    phrases = [line for line in lines if line.is_phrase and line.after_gap]
    close = sum(not line.before_gap for line in phrases)
    return second.after_gap and 2 * close > len(phrases)
