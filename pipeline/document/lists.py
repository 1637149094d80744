"""Markers at the beginning of lines → items of lists, with their depth.

Numbers begin at one and go on by one, also past paragraphs and past a list inside an item; a number that skips is
text. Which dashes are bullets, and which open the turns of a dialogue, the document shows as a whole.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document.lines import BULLET, FIGURES, LONGEST_HEADING, Patterns, SourceLine
from pipeline.model import Kind


@dataclass(slots=True)
class _List:
    """A list that may go on: its family of markers, its last number, its place, and its items so far."""

    family: str
    last: int
    indent: int
    depth: int
    items: list[SourceLine] = field(default_factory=list)


_DASHES = "-–—"
_DOTTED = re.compile(r"\d[.٫/-]\d")


def mark_items(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Claim the lines that are items, and move the markers out of their texts."""
    dashes = _dashes(lines)
    found: list[_List] = []
    reader = _Lists(patterns, found)
    before: SourceLine | None = None
    for index, line in enumerate(lines):
        if line.is_open:
            reader.read(line, before, is_dash=index in dashes)
        else:
            reader.is_inside = False
        before = line
    for one in found:
        _drop_alone(one)


def _drop_alone(one: _List) -> None:
    """A letter and a full stop alone are the initial of a name."""
    first = one.items[0]
    if len(one.items) == 1 and first.marker.endswith(".") and not first.marker[0].isdigit() and first.ordinal:
        start = first.source[first.first - 1]
        first.kind, first.text, first.marker, first.ordinal, first.depth = None, start.strip(), "", None, 0


def take_marker(line: SourceLine, patterns: Patterns) -> None:
    """Move the marker a line begins with, if any, out of its text."""
    if numbered := patterns.number.match(line.text):
        _take(line, numbered, patterns.ordinals(numbered[2])[0])
    elif bullet := BULLET.match(line.text):
        _take(line, bullet, None)


def _take(line: SourceLine, marker: re.Match[str], ordinal: int | None) -> None:
    line.marker, line.text, line.ordinal = marker[1], line.text[marker.end() :], ordinal


class _Lists:
    """The lists that are open while lines are read one after the other."""

    def __init__(self, patterns: Patterns, found: list[_List]) -> None:
        self.patterns, self.found = patterns, found
        self.open: list[_List] = []
        self.is_inside = False

    def read(self, line: SourceLine, before: SourceLine | None, *, is_dash: bool) -> None:
        marker = self.patterns.number.match(line.text)
        bullet = BULLET.match(line.text)
        if marker:
            self._number(line, marker, before)
        elif bullet and (line.text[0] not in _DASHES or is_dash):
            self._bullet(line, bullet, before)
        else:
            hangs = self.is_inside and not line.after_gap
            self.is_inside = hangs

    def _number(self, line: SourceLine, marker: re.Match[str], before: SourceLine | None) -> None:
        number = marker[2]
        numbers = self.patterns.ordinals(number)
        family = _family(number)
        for place in range(len(self.open) - 1, max(-1, len(self.open) - 9), -1):
            one = self.open[place]
            if one.family == family and one.last + 1 in numbers:
                del self.open[place + 1 :]
                self._claim(line, marker, one, one.last + 1)
                return
        if 1 in numbers or _DOTTED.match(number):
            self._claim(line, marker, self._begun(line, family, before), 1 if 1 in numbers else numbers[0])

    def _bullet(self, line: SourceLine, marker: re.Match[str], before: SourceLine | None) -> None:
        family = marker[1]
        if self.is_inside:
            for place in range(len(self.open) - 1, max(-1, len(self.open) - 9), -1):
                one = self.open[place]
                if one.family == family and one.indent == line.indent:
                    del self.open[place + 1 :]
                    self._claim(line, marker, one, None)
                    return
        self._claim(line, marker, self._begun(line, family, before), None)

    def _begun(self, line: SourceLine, family: str, before: SourceLine | None) -> _List:
        """Return a new list: inside the last item, or beside the list of its kind."""
        if not self.is_inside:
            depth = 1
            self.open = [one for one in self.open if one.depth == 1 and one.family != family]
        else:
            while self.open and self._ends(self.open[-1], line, family, before):
                self.open.pop()
            depth = self.open[-1].depth + 1 if self.open else 1
        one = _List(family, 0, line.indent, depth)
        self.open.append(one)
        self.found.append(one)
        return one

    def _ends(self, one: _List, line: SourceLine, family: str, before: SourceLine | None) -> bool:
        """Whether a list in which a line stands is over with it, as that begins another one."""
        if line.indent != one.indent:
            return line.indent < one.indent
        introduced = before is not None and before.introduces and before is one.items[-1]
        return one.family == family and not introduced

    def _claim(self, line: SourceLine, marker: re.Match[str], one: _List, ordinal: int | None) -> None:
        _take(line, marker, ordinal)
        line.kind, line.depth = Kind.LIST_ITEM, one.depth
        one.last = ordinal or one.last
        one.items.append(line)
        line.series = one.items[0].first
        self.is_inside = True


def _family(number: str) -> str:
    """Return by what a number goes on: «2.1» by what is before its last figure."""
    dotted = re.findall(r"\d+", number)
    return "".join(f"{figure}." for figure in dotted[:-1]) + "1" if dotted else "a"


def _dashes(lines: Sequence[SourceLine]) -> set[int]:
    """Return the lines whose leading dash is a bullet: beside another, or behind a colon, and in no dialogue."""
    dashed = [
        index
        for index, line in enumerate(lines)
        if line.is_open and line.text[0] in _DASHES and BULLET.match(line.text)
    ]
    if _is_dialogue([lines[index].text for index in dashed]):
        return set()
    places = set(dashed)
    return {
        index
        for index in dashed
        if (index and lines[index - 1].introduces) or places & {index - 2, index - 1, index + 1, index + 2}
    }


def _is_dialogue(turns: Sequence[str]) -> bool:
    """Some ask, others answer, and nearly all are sentences."""
    asked = sum("؟" in turn or "?" in turn for turn in turns)
    ended = sum(turn.rstrip(' )»"”')[-1:] in tuple(".!?؟…") for turn in turns)
    return len(turns) > 1 and 0.2 <= asked / len(turns) <= 0.8 and ended >= 0.6 * len(turns)


# --- numbers of headings -------------------------------------------------------------

_BARE = re.compile(rf"({FIGURES})\.?\s+(?=[^\W\d])")


def mark_numbered_headings(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """A list whose items are short and stand above prose is none, but numbered headings; so are bare numbers."""
    for one in _lists(lines):
        above = [lines[index + 1] for index in one if index + 1 < len(lines)]
        heads = sum(_stands_above(lines[index], following) for index, following in zip(one, above, strict=False))
        if heads and heads >= 0.6 * len(one):
            for index in one:
                _become_heading(lines[index])
    for line, following in itertools.pairwise(lines):
        bare = line.is_phrase and _BARE.match(line.text)
        if bare and (line.after_gap or "." in bare[1] or "٫" in bare[1]) and following.is_prose:
            line.kind, line.level = Kind.HEADING, 1 + len(re.findall(r"\d+", bare[1]))


def _lists(lines: Sequence[SourceLine]) -> list[list[int]]:
    """Return the numbered lists of depth 1, or of dotted numbers, by the places of their items."""
    found: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        numbered = line.kind is Kind.LIST_ITEM and line.ordinal is not None
        if numbered and (line.depth == 1 or _DOTTED.search(line.marker)):
            found.setdefault(line.series, []).append(index)
    return list(found.values())


def _stands_above(line: SourceLine, following: SourceLine) -> bool:
    plain = len(line.text) <= LONGEST_HEADING and not line.ends_sentence and "\n" not in line.text
    asks = len(line.text) <= LONGEST_HEADING and line.text.endswith(("?", "؟"))
    deeper = (
        following.kind is Kind.LIST_ITEM and bool(_DOTTED.search(following.marker)) and not _DOTTED.search(line.marker)
    )
    return (plain or asks) and (following.is_prose or (following.is_open and following.introduces) or deeper)


def _become_heading(line: SourceLine) -> None:
    """The number of a heading is part of its text."""
    line.level = 1 + max(1, len(re.findall(r"\d+", line.marker)))
    first = line.source[line.first - 1].strip()
    line.text = first if line.first == line.last else "\n".join(line.source[line.first - 1 : line.last]).strip()
    line.kind, line.marker, line.ordinal, line.depth = Kind.HEADING, "", None, 0
