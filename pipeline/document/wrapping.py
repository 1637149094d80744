"""Lines of a text broken at a fixed width → paragraphs, as old e-mail programs and typewriters have them.

A line was broken where the next word no longer fitted; where it would have fitted, a paragraph ends.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.document.lines import BULLET, Patterns, SourceLine, grouped, joined
from pipeline.languages.capitals import is_small
from pipeline.text import stops
from pipeline.text.orthography import fold

WIDEST = 110
NARROWEST = 40
"""Characters; no text is broken at fewer, nor at more."""

SURELY_BROKEN = 60
"""Characters of a single line that stops in the middle of a sentence."""

_NEARLY = 0.8
"""A line in the middle of a sentence that is this full was broken, though the next word would have fitted."""


def unwrap(lines: list[SourceLine], patterns: Patterns) -> None:
    """Join the lines of each paragraph, and those of items and notes that hang under their marker."""
    margin = width(lines)
    opened = _opening(lines)
    heads = {line.first for line in _heads(lines)}
    parted = {group[1].first for group in grouped(lines) if _is_parted(group)}
    begun = {line.first for line, below in pairwise(lines) if _begins_paragraph(line, below)}
    blocks: list[list[SourceLine]] = []
    for line in lines:
        goes_on = line.first in parted or _goes_on(blocks[-1], line, margin, patterns) if blocks else False
        goes_on = goes_on and blocks[-1][0].first not in heads
        goes_on = goes_on and not (line.first in begun and blocks[-1][-1].ends_sentence)
        if line.first >= opened and goes_on:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    lines[:] = [joined(block) for block in blocks]


def _heads(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Return the numbered lines behind gaps that head the lines set deeper below: these had room beside them."""
    found: dict[int, list[bool]] = {}
    for line, following in pairwise(lines):
        if line.series and line.ordinal is not None and line.after_gap:
            deeper = not following.after_gap and following.indent > line.indent and not following.marker
            had_room = _length(line) + 1 + len(following.text.split(None, 1)[0]) <= _NEARLY * _length(following)
            found.setdefault(line.series, []).append(deeper and had_room and not line.ends_sentence)
    series = {first for first, looks in found.items() if len(looks) > 2 and sum(looks) >= _NEARLY * len(looks) - 1}
    return [line for line in lines if line.series in series and line.after_gap and not line.ends_sentence]


def _is_parted(group: Sequence[SourceLine]) -> bool:
    """Whether two lines between gaps are one short sentence that its writer set on two, as on a poster."""
    if len(group) != 2 or not all(line.is_open and not line.marker for line in group):
        return False
    first, second = group
    if first.indent == second.indent > 0:  # words of others, or verse
        return False
    is_half = len(first.text.split()) >= _WORDS_OF_HALF and not first.ends_sentence and not _LABELLED.match(first.text)
    return is_half and second.ends_sentence and len(second.text) <= min(_LONGEST_HALF, 1.2 * len(first.text))


def _begins_paragraph(line: SourceLine, below: SourceLine) -> bool:
    """Whether a line is set deeper than the one it goes on with, as the first of a paragraph is in books."""
    close = line.is_open and below.is_open and not (below.after_gap or below.marker or line.ends_sentence)
    return close and line.indent > below.indent + 1


_WORDS_OF_HEADING = 3
_WORDS_OF_HALF = 6
_LONGEST_HALF = 50


def _opening(lines: Sequence[SourceLine]) -> int:
    """Return the number of the line below a first group in which nothing ends a sentence: titles are not broken."""
    group = next(iter(grouped(lines)), [])
    return group[-1].last + 1 if group and not any(line.ends_sentence for line in group) else 0


def width(lines: Sequence[SourceLine]) -> int:
    """Return the width at which a text is broken; 0 when it is not."""
    pairs = [(line, following) for line, following in pairwise(lines) if _could_go_on(line, following)]
    margin = _nearly_longest(line for line, _ in pairs)
    if not NARROWEST <= margin <= WIDEST or _nearly_longest(lines) > WIDEST:
        return 0
    broken = sum(_is_broken(line, following, margin) for line, following in pairs)
    alone = len(pairs) == 1 and margin > SURELY_BROKEN and pairs[0][1].ends_sentence
    return margin if alone or (broken > 1 and broken >= len(pairs) / 2) else 0


def _nearly_longest(lines: Iterable[SourceLine]) -> int:
    """Return the length of the longest lines, of which one in twenty may be longer: an address is never broken."""
    lengths = sorted(_length(line) for line in lines if line.kind in _WRAPPED)
    return lengths[min(int(0.95 * len(lengths)), len(lengths) - 1)] if lengths else 0


def _could_go_on(line: SourceLine, following: SourceLine) -> bool:
    """Whether a line of some length stops in the middle of a sentence, with another below."""
    close = (line.is_open or line.marker) and following.is_open and not following.after_gap
    return bool(close) and not _is_closed(line) and len(line.text) > NARROWEST


_WRAPPED = (None, "list_item", "note", "quotation")


_FIGURE = re.compile(r"\d")
_CLOSED = re.compile(rf"[{stops.ENDS}{stops.COLONS}؛；][\s)）»\"”」』\d]*$")
_LABELLED = re.compile(r"\w[\w\s]{0,20}+:\s")


def _is_closed(line: SourceLine) -> bool:
    return _CLOSED.search(line.text[-12:]) is not None


def _length(line: SourceLine) -> int:
    return len(line.source[line.last - 1].rstrip())


def _is_broken(line: SourceLine, following: SourceLine, width: int) -> bool:
    """Whether a line stops because the first word of the following one did not fit.

    Behind a full stop a small letter goes on with a sentence: that of «16 Nov.» ended none.
    """
    if following.after_gap or not (line.is_open or line.marker):
        return False
    ended = _is_closed(line) and not (line.text[-1] == "." and is_small(following.text[0]))
    return is_full(line, following, width) or (_length(line) > _NEARLY * width and not ended)


def is_full(line: SourceLine, following: SourceLine, width: int) -> bool:
    """Whether the first word of the following line did not fit on a line, where a text is broken at all."""
    return bool(width) and _length(line) + 1 + len(following.text.split(None, 1)[0]) > width


def _begins_within(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line begins with a word that goes on with a sentence, such as «and», and no sentence with it."""
    return len(line.text) <= _LONGEST_HALF and patterns.unfinished.match(fold(line.text.split()[0])) is not None


def _goes_on(block: Sequence[SourceLine], line: SourceLine, width: int, patterns: Patterns) -> bool:
    first, before = block[0], block[-1]
    if line.after_gap or not line.is_open or not (first.is_open or first.marker) or first.header_rows:
        return False
    if _LABELLED.match(first.text) and _LABELLED.match(line.text):
        return False
    if patterns.slogan.match(line.text) or (BULLET.match(line.text) and line.indent > first.indent):
        return False
    if before.ends_sentence and (part := patterns.part.match(line.head)) and part[2] and _FIGURE.search(part[0]):
        return False
    if first.marker and line.indent > first.indent + 1 and not before.introduces:
        return True
    ends = line.ends_sentence and not line.introduces
    whole = len(before.text.split()) <= (_WORDS_OF_HEADING if first.after_gap else 1)
    if first.marker and ends and not whole and not _is_closed(before) and _begins_within(line, patterns):
        return True
    deeper = line.indent > before.indent and not first.marker
    if is_small(line.text[0]) and not deeper and _could_go_on(before, line) and not before.text.endswith(";"):
        return True
    return bool(width) and not deeper and _is_broken(before, line, width)
