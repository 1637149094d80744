"""Which of the first lines is the title, and where it ends.

It is the first line that is no label, date or address, unless that looks like what stands above a title.
"""

import itertools
import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document import datelines
from pipeline.document.contacts import LABELLED, is_part
from pipeline.document.letterheads import is_letterhead
from pipeline.document.lines import FURNITURE, LONGEST_HEADING, Patterns, SourceLine, grouped
from pipeline.document.names import names_kind, names_person
from pipeline.document.slogans import is_cry
from pipeline.languages.capitals import has_case, is_small
from pipeline.model import Kind
from pipeline.text import stops
from pipeline.text.orthography import fold

_SAID = re.compile(f"[،,，{stops.SHOUTS}{stops.QUESTIONS}]")
INNER_SENTENCE = re.compile(rf"[^\W\d]{{3}}{stops.INNER}\S")
_FIGURE = re.compile(r"\d")
_WORDS_OF_WHOLE = 4
"""Words of a title that says by itself what a document is."""


def may_be(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line can be a title: it is no greeting, and no text."""
    if not line.is_open or patterns.courtesy.match(fold(line.text)):
        return False
    if INNER_SENTENCE.search(line.text) and (line.ends_sentence or len(line.text) > LONGEST_HEADING or line.before_gap):
        return False
    return line.calls or (not line.is_prose and not line.introduces)


def find(lines: Sequence[SourceLine], first: SourceLine, patterns: Patterns) -> SourceLine:
    """Return the title: the first line, unless that looks like what stands above one, and a line below like a title.

    Each line that begins a group above the text has points; the most have it, and of those with as many the first.
    """
    groups = list(itertools.islice(grouped([line for line in lines if line.first >= first.first]), _MOST_GROUPS))
    best, most = first, _FIRST + _points(groups[0], first, patterns)
    if len(groups) > 1 and len(groups[0]) == 1 and _is_notice(first, groups[1]):
        return groups[1][0]
    if announced := _announced(first, groups, patterns):
        return announced
    second = groups[0][1] if len(groups[0]) > 1 else None
    said = [line for line in groups[0] if line.kind not in FURNITURE]
    if second and said == [first, second] and _is_sent(first, second, patterns):
        return second
    if second and names_kind(first, patterns) and second.is_open and second.is_quoted:
        return second
    dated = [group[0] for group in groups if any(line.kind is Kind.DATE for line in group)]
    for group, below in pairwise(groups):
        if len(group) == len(below) == 1 and _stops_early(group[0], below[0], patterns):
            return below[0]
    for group in groups[1:]:
        line = next((line for line in group if line.kind not in FURNITURE), None)
        if any(one.kind not in (None, *FURNITURE) or one.introduces for one in group) or not _is_head(group):
            break
        if is_part(group[0], patterns) or (best is first and _describes(group, first, patterns)):
            break
        if line and may_be(line, patterns) and not names_person(line, patterns):
            points = _points(group, line, patterns)
            is_notice = best.text.isupper() and best in dated and not line.text.isupper()
            best, most = (line, points) if points > most or is_notice else (best, most)
    return best


def _stops_early(line: SourceLine, below: SourceLine, patterns: Patterns) -> bool:
    """Whether a line alone stops before the name of what it is about, alone below: «… invites you to»."""
    phrases = line.is_phrase and below.is_phrase and len(line.text.split()) > 1
    last = fold(line.text.split()[-1])
    words = patterns.unfinished if any(map(has_case, last)) else patterns.addressee
    return phrases and words.match(last) is not None


def _describes(group: Sequence[SourceLine], first: SourceLine, patterns: Patterns) -> bool:
    """Whether a line alone below words in quotation marks says at some length what they are from: an interview."""
    said = len(group) == 1 and len(group[0].text.split()) > _WORDS_OF_WHOLE and first.is_quoted
    return said and patterns.subtitle.match(fold(group[0].text)) is not None


def _is_sent(first: SourceLine, second: SourceLine, patterns: Patterns) -> bool:
    """Whether an organisation stands directly above what it sends: «Teachers' Union / Circular No. 7»."""
    named = second.is_phrase and patterns.subtitle.match(fold(second.text)) is not None
    return named and patterns.organisation.match(fold(first.text)) is not None and len(second.text.split()) < 6


def _announced(first: SourceLine, groups: Sequence[Sequence[SourceLine]], patterns: Patterns) -> SourceLine | None:
    """Return the title below who sends it, and when, if «PRESS RELEASE» stands alone above these."""
    notice = len(groups) > 2 and all(names_kind(line, patterns) or _is_remark(line) for line in groups[0])
    notice = notice and names_kind(first, patterns)
    if not notice or not any(line.kind is Kind.DATE for line in groups[1]):
        return None
    if all(line.kind in FURNITURE for line in groups[1]) and all(line.is_phrase or line.calls for line in groups[2]):
        return groups[2][0]
    if not first.text.isupper():
        return None
    alone = next((group[0] for group in groups[1:] if len(group) == 1 and group[0].is_open), None)
    return alone if alone and alone.is_phrase else None


def _is_remark(line: SourceLine) -> bool:
    """Whether a line has a few words, as one that says when others may print what follows."""
    return line.is_phrase and len(line.text.split()) <= _WORDS_OF_WHOLE and not _FIGURE.search(line.text)


def _is_notice(line: SourceLine, below: Sequence[SourceLine]) -> bool:
    """Whether a line in capitals («FOR IMMEDIATE RELEASE») stands above a title in small letters with its subtitle."""
    titled = len(below) > 1 and all(one.is_phrase for one in below[:2]) and not below[0].text.isupper()
    return line.text.isupper() and titled and below[0].text.upper() != below[0].text and not below[-1].is_prose


# --- points of what looks like a title ---------------------------------------------------

_MOST_GROUPS = 4
_FIRST, _NAMED, _DESCRIBED, _QUOTED, _LETTERHEAD = 2.0, 2.0, 2.5, -2.5, -2.5
"""Points of a line that is the first, names a kind of document, stands above one that does, is quoted, is a sender."""


def _points(group: Sequence[SourceLine], line: SourceLine, patterns: Patterns) -> float:
    """Return how much a line that begins a group above the text looks like a title."""
    named = patterns.subtitle.match(fold(line.text.lstrip('«“„"'))) is not None
    is_label = is_letterhead(group, patterns) and not named
    is_motto = len(group) == 1 and (line.is_quoted or is_cry(line))
    named = named and not is_motto
    described = len(group) > 1 and not named and _describes_above(group, line, patterns)
    return _NAMED * named + _DESCRIBED * described + _LETTERHEAD * is_label + _QUOTED * is_motto + len(group) / 10


def _describes_above(group: Sequence[SourceLine], line: SourceLine, patterns: Patterns) -> bool:
    """Whether what stands directly below the line that begins a group says what kind of document it is the title of."""
    below = group[1]
    return line is group[0] and below.is_phrase and patterns.subtitle.match(fold(below.text)) is not None


def _is_head(group: Sequence[SourceLine]) -> bool:
    """Whether a group has no prose: it is above the text, and heads no part of it."""
    return not any(line.is_prose and not line.calls for line in group)


# --- its rest ------------------------------------------------------------------------

_LONGEST_NAME = 40
"""Characters of the name, in quotation marks, of what a title is about."""


def is_broken(rest: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether all that stands below a title which goes on is its rest, and none of it says something of its own."""
    own = any(
        LABELLED.match(line.text)
        or line.is_bracketed
        or names_person(line, patterns)
        or patterns.subtitle.match(fold(line.text))
        for line in rest
    )
    return not own and rest[-1].last - rest[0].first == len(rest) - 1


def continues(title: SourceLine, second: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is the end of the title, and says nothing of its own.

    The title then stops in the middle of a phrase, or names a kind of document, of which the line says whose it is.
    """
    if LABELLED.match(second.text) or second.is_bracketed or abs(title.indent - second.indent) > 4:
        return False
    if second.is_quoted and title.text[-1].isalnum() and not re.search("[،,:«“„]", title.text):
        return len(second.text) <= _LONGEST_NAME and not _SAID.search(second.text)  # those are somebody's words
    if second.is_quoted:
        return False
    if patterns.subtitle.match(fold(second.text)):
        return False
    is_more = len(title.text.split()) >= _WORDS_OF_WHOLE - 1 and len(second.text) > 1.5 * len(title.text)
    begins_low = is_small(second.text[0]) and not is_more
    if begins_low or title.text[-1] in "،,ٔۀ-–—" or patterns.unfinished.match(fold(title.text)):
        return True
    if has_case(title.text[:1]):  # where there are capitals, a small one would say so
        return False
    if patterns.addressee.match(fold(second.text)) and not re.search(r"[\d،,:–—«]", second.text):
        return True
    begun = patterns.unfinished.match(fold(second.text.split()[0]))
    closed = title.text[-1] in stops.ENDS + '»"”」』' or second.calls or re.search(r"[\d،,:–—]", second.text)
    if len(title.text.split()) >= _WORDS_OF_WHOLE and _says_who(second, patterns):
        return False
    is_kind = patterns.subtitle.match(fold(title.text)) and not patterns.addressee.match(fold(title.text))
    same = len(second.text) <= 1.5 * len(title.text) and is_kind
    return bool(same) and not begun and not closed


def _says_who(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is the name of an organisation, or of a person above a day."""
    is_dated = not line.before_gap and datelines.is_date(line.source[line.last].strip(" ()[]."), patterns)
    return patterns.organisation.match(fold(line.text)) is not None or (is_dated and len(line.text.split()) == 2)
