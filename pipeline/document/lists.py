"""Markers at the beginning of lines → items of lists, with their depth.

Numbers begin at one and go on by one, also past paragraphs and past a list inside an item; a number that skips is
text. Which dashes are bullets, and which open the turns of a dialogue, the document shows as a whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document.datelines import is_date
from pipeline.document.lines import BULLET, CIRCLED, FIGURES, LONGEST_HEADING, PICTOGRAPH, Patterns, SourceLine
from pipeline.model import Kind
from pipeline.text import stops
from pipeline.text.orthography import fold

_Readings = dict[str, tuple[int, ...]]
"""By family of markers, the figures a marker has: «ج» is 6 in one order of letters, 3 in another."""


@dataclass(slots=True)
class _List:
    """A list that may go on: its family of markers, its place, its last number, and its items so far."""

    family: str
    indent: int
    depth: int
    readings: _Readings = field(default_factory=dict)
    items: list[SourceLine] = field(default_factory=list)

    def is_like(self, family: str, line: SourceLine) -> bool:
        """Whether a list that begins with a line looks the same, so that this one is over."""
        return self.family == family and self.items[-1].marker[-1:] in line.text.split()[0]


_DASHES = "-–—ـ"
_DOTTED = re.compile(r"\d(?:[.٫/ـ-]|\s[–-]\s)\d")


def mark_items(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Claim the lines that are items, and move the markers out of their texts."""
    dashes = _dashes(lines)
    turns = _turns(lines)
    found: list[_List] = []
    reader = _Lists(patterns, found, _later_beginnings(lines, patterns))
    for index, line in enumerate(lines):
        if line.first not in turns:
            reader.read(line, is_dash=index in dashes)
    for one in found:
        _drop_alone(one, patterns)
    _drop_office(lines, found)


def _drop_alone(one: _List, patterns: Patterns) -> None:
    """A letter and a full stop alone are the initial of a name, one in words or of a day is no number of a list."""
    first = one.items[0]
    is_alone = len(one.items) == 1 and first.ordinal is not None
    if is_alone and (is_date(_whole(first), patterns, most_words=0) or _is_day(first, patterns)):  # 1.º de mayo de 2024
        first.kind, first.text, first.marker, first.ordinal, first.depth = None, _whole(first), "", None, 0
        return
    if len(one.items) == 1 and first.ordinal is None and first.marker[:1] in first.text:  # ★ an ornament ★
        first.kind, first.text, first.marker, first.depth = None, _whole(first), "", 0
        return
    letters = not any(map(str.isdigit, first.marker)) and first.ordinal
    if len(one.items) == 1 and letters and (first.marker.endswith((".", ":")) or "word" in one.readings):
        first.kind, first.text, first.marker, first.ordinal, first.depth = None, _whole(first), "", None, 0


def _is_day(item: SourceLine, patterns: Patterns) -> bool:
    """Whether a text begins with a month, and its number is a day: «1. Mai, Tag der Arbeit. …», «1.º de mayo: …»."""
    words = _LETTERS.findall(fold(item.text[:_LONGEST_MONTH]))[:2]
    is_of_day = _DAY.fullmatch(item.marker) and (not item.marker.endswith(".") or item.text[0].isupper())
    if not is_of_day or not words:
        return False
    is_month = [any(map(patterns.month.fullmatch, (word, word.lower()))) for word in words]  # «1° Maggio»
    return is_month[0] or (is_month[-1] and patterns.date_word.match(words[0]) is not None)


_DAY = re.compile(r"\d{1,2}(?:\.?[°º]|\.)")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_MONTH = 40


def _drop_office(lines: Sequence[SourceLine], lists: Sequence[_List]) -> None:
    """Below a name, an office is no list of one item: «1. Vorsitzende»."""
    single = {one.items[0].first for one in lists if len(one.items) == 1 and one.items[0].ordinal == 1}
    for above, item in pairwise(lines):
        office = item.first in single and not item.after_gap and item.before_gap and len(item.text.split()) < 4
        if office and above.is_phrase and above.after_gap:
            item.kind, item.text, item.marker, item.ordinal, item.depth = None, _whole(item), "", None, 0


def _whole(line: SourceLine) -> str:
    """Return the text of a line with its marker."""
    return "\n".join(line.source[line.first - 1 : line.last]).strip()


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

    def __init__(self, patterns: Patterns, found: list[_List], beginnings: set[int]) -> None:
        self.patterns, self.found, self.beginnings = patterns, found, beginnings
        self.open: list[_List] = []
        self.latest: dict[tuple[str, str, int], _List] = {}
        self.before: SourceLine | None = None

    def read(self, line: SourceLine, *, is_dash: bool) -> None:
        """Claim a line if it is an item of an open list, or begins one."""
        marker = self.patterns.number.match(line.text)
        bullet = BULLET.match(line.text) or PICTOGRAPH.match(line.text)
        if not line.is_open:
            self.before = None
        elif marker:
            self._number(line, marker)
        elif bullet and (is_dash or not _needs_company(line)):
            self._bullet(line, bullet)
        elif line.after_gap:
            self.before = None

    def _number(self, line: SourceLine, marker: re.Match[str]) -> None:
        readings = _readings(marker[2], self.patterns)
        inner = range(len(self.open) - 1, max(-1, len(self.open) - DEEPEST), -1)
        for place in sorted(inner, key=lambda place: _sign(self.open[place].items[-1].marker) != _sign(marker[1])):
            one = self.open[place]
            if going := {family: now for family, now in readings.items() if _goes_on(one.readings.get(family), now)}:
                del self.open[place + 1 :]
                self._claim(line, marker, one, going)
                return
        if known := self._miscounted(line, marker, readings) or self._resumed(line, marker, readings):
            self._claim(line, marker, *known)
            return
        later = line.first in self.beginnings
        first = {family: now for family, now in readings.items() if len(now) > 1 or now == (1,) or later}
        if first:
            self._claim(line, marker, self._begun(line, next(iter(first))), first)

    def _miscounted(
        self, line: SourceLine, marker: re.Match[str], readings: _Readings
    ) -> tuple[_List, _Readings] | None:
        """Return the list that a line goes on with directly although it has the number before, or skips one."""
        one = self.open[-1] if self.open else None
        if one is None or len(one.items) < LONG_ENOUGH or one.items[-1] is not self.before or line.after_gap:
            return None
        same = _sign(one.items[-1].marker) == _sign(marker[1]) and line.indent == one.indent
        near: _Readings = {
            family: now
            for family, now in readings.items()
            if same and len(now) == 1 and family in one.readings and now[0] - one.readings[family][0] in (0, 2)
        }
        return (one, near) if near else None

    def _resumed(self, line: SourceLine, marker: re.Match[str], readings: _Readings) -> tuple[_List, _Readings] | None:
        """Return the closed list that a line goes on with: questions are counted on below the headings between."""
        for family, now in readings.items():
            one = self.latest.get((family, _sign(marker[1]), line.indent))
            if one and len(now) == 1 and _goes_on(one.readings.get(family), now):
                self.open = [*(outer for outer in self.open if outer.depth < one.depth), one]
                return one, {family: now}
        return None

    def _bullet(self, line: SourceLine, marker: re.Match[str]) -> None:
        family = marker[1][0] + marker[1][-1]  # of a box, ticked or not
        family = "①" if family[0] in CIRCLED else family
        for place in range(len(self.open) - 1, max(-1, len(self.open) - DEEPEST), -1):
            one = self.open[place]
            if self.before and one.family == family and one.indent == line.indent:
                del self.open[place + 1 :]
                self._claim(line, marker, one, {})
                return
        self._claim(line, marker, self._begun(line, family), {})

    def _begun(self, line: SourceLine, family: str) -> _List:
        """Return a new list: inside the last item, or beside the list of its kind."""
        if self._is_inside(line):
            while self.open and self._ends(self.open[-1], line, family):
                self.open.pop()
            depth = self.open[-1].depth + 1 if self.open else 1
        else:
            self.open = [one for one in self.open if one.depth == 1 and not one.is_like(family, line)]
            depth = 1
        one = _List(family, line.indent, depth)
        self.open.append(one)
        self.found.append(one)
        return one

    def _is_inside(self, line: SourceLine) -> bool:
        """Whether a line that begins a list stands in the item before it."""
        if not self.before or not self.open:
            return False
        return not line.after_gap or self.before.introduces or line.indent > self.before.indent

    def _ends(self, one: _List, line: SourceLine, family: str) -> bool:
        """Whether a list in which a line stands is over with it, as that begins another one."""
        if line.indent != one.indent:
            return line.indent < one.indent
        introduced = self.before is not None and self.before.introduces and self.before is one.items[-1]
        return one.is_like(family, line) and not introduced

    def _claim(self, line: SourceLine, marker: re.Match[str], one: _List, readings: _Readings) -> None:
        family, figures = next(iter(readings.items()), ("", ()))
        before = one.readings.get(family, ())
        changed = next((new for old, new in zip(before, figures, strict=False) if old != new), None)
        _take(line, marker, (changed or figures[-1]) if figures else None)
        line.kind, line.depth = Kind.LIST_ITEM, one.depth
        one.readings = readings
        one.items.append(line)
        for counted in readings:
            self.latest[counted, _sign(marker[1]), line.indent] = one
        line.series = one.items[0].first
        self.before = line


LONG_ENOUGH = 3
"""Items of a list in which a wrong number may be a slip."""

DEEPEST = 9
"""Lists inside each other that are looked at; no document has more."""


def _later_beginnings(lines: Sequence[SourceLine], patterns: Patterns) -> set[int]:
    """Return the numbers of lines with which a list begins at another number than one: two more count on."""
    begun: set[int] = set()
    runs: dict[tuple[str, str, int], tuple[int, int, int]] = {}
    for line in lines:
        marker = patterns.number.match(line.text) if line.is_open else None
        if not marker or patterns.date_word.match(fold(line.text[marker.end() :].split()[0])):
            continue
        for family, now in _readings(marker[2], patterns).items():
            place = (family, _sign(marker[1]), line.indent)
            start, last, count = runs.get(place, (line.first, 0, 0))
            runs[place] = (start, now[-1], count + 1) if now[-1] == last + 1 else (line.first, now[-1], 1)
            if len(now) == 1 and runs[place][2] == LONG_ENOUGH:
                begun.add(runs[place][0])
    return begun


def _readings(number: str, patterns: Patterns) -> _Readings:
    """Return what a number may be: figures, or a place in an order of letters or of Roman numbers."""
    if figures := tuple(map(int, re.findall(r"\d+", number))):
        letters = re.match(r"[^\W\d]*", number)
        return {f"{letters and letters[0]}1.{len(figures)}": figures}
    places = ((f"a{order}", letters) for order, letters in enumerate(patterns.orders))
    readings: _Readings = {family: (letters.index(number) + 1,) for family, letters in places if number in letters}
    return readings | ({"word": (patterns.spelled[number],)} if number in patterns.spelled else {})


def _sign(marker: str) -> str:
    """Return what stands behind a number: of two lists that could go on, the one does whose signs are the same."""
    return marker.rstrip()[-1:]


def _goes_on(before: tuple[int, ...] | None, figures: tuple[int, ...]) -> bool:
    """Whether one figure is one more, and the others are the same: «2.1», «2.2», or «۱-۴», «۲-۴» from the right."""
    if before is None:
        return False
    steps = [new - old for old, new in zip(before, figures, strict=False)]
    return sorted(steps) == [*[0] * (len(steps) - 1), 1]


def _dashes(lines: Sequence[SourceLine]) -> set[int]:
    """Return the lines whose leading dash is a bullet: beside another, or behind a colon, and in no dialogue."""
    dashed: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.is_open and line.text[0] in _DASHES and BULLET.match(line.text):
            dashed.setdefault(line.text[0], []).append(index)
    places = {
        index
        for indices in dashed.values()
        if not _is_dialogue([lines[index].text for index in indices])
        for index in indices
    }
    beside = {index: {index - 2, index - 1, index + 1, index + 2, _above(lines, index)} for index in places}
    bullets = {index for index in places if (index and lines[index - 1].introduces) or places & beside[index]}
    return bullets | _pictographs(lines)


def _pictographs(lines: Sequence[SourceLine]) -> set[int]:
    """Return the lines that begin with a pictograph that begins two lines directly below each other somewhere."""
    signs = [line.is_open and PICTOGRAPH.match(line.text) for line in lines]
    bullets = {
        above[1]
        for (above, below), line in zip(pairwise(signs), lines[1:], strict=False)
        if above and below and above[1] == below[1] and not line.after_gap
    }
    return {index for index, sign in enumerate(signs) if sign and sign[1] in bullets}


def _above(lines: Sequence[SourceLine], index: int) -> int:
    """Return the place of the next line above that is not set deeper, within a few lines."""
    near = range(index - 1, max(-1, index - _MOST_INSIDE), -1)
    return next((place for place in near if lines[place].indent <= lines[index].indent), -1)


def _needs_company(line: SourceLine) -> bool:
    """Whether a line begins with a sign that is a bullet only if others are beside it."""
    bullet = BULLET.match(line.text)
    return line.text[0] in _DASHES if bullet else PICTOGRAPH.match(line.text) is not None


_CLOSING = ' )）»"”」』'

_MOST_INSIDE = 12
"""Lines of a list inside an item."""


def _is_dialogue(turns: Sequence[str]) -> bool:
    """Some ask, others answer, and nearly all are sentences."""
    asked = sum(any(map(turn.__contains__, stops.QUESTIONS)) for turn in turns)
    ended = sum(turn.rstrip(_CLOSING)[-1:] in tuple(stops.ENDS + "…") for turn in turns)
    return len(turns) > 1 and 0.2 <= asked / len(turns) <= 0.8 and ended >= 0.6 * len(turns)


def _turns(lines: Sequence[SourceLine]) -> set[int]:
    """Return the lines that are turns of an interview: two signs that take turns, and behind one of them questions."""
    signed: dict[str, list[SourceLine]] = {}
    for line in lines:
        if line.is_open and line.text[0] not in _DASHES and (BULLET.match(line.text) or PICTOGRAPH.match(line.text)):
            signed.setdefault(line.text[0], []).append(line)
    if len(signed) != 2 or any(len(turns) < 2 for turns in signed.values()):
        return set()
    turns = sorted((line for one in signed.values() for line in one), key=lambda line: line.first)
    changes = sum(line.text[0] != following.text[0] for line, following in pairwise(turns))
    is_even = len({line.indent for line in turns}) == 1
    asked = [sum(map(_asks, one)) / len(one) for one in signed.values()]
    takes_turns = is_even and changes >= 0.8 * (len(turns) - 1) and max(asked) >= 0.5 > min(asked)
    return {line.first for line in turns} if takes_turns else set()


def _asks(line: SourceLine) -> bool:
    return line.text.rstrip(_CLOSING)[-1:] in tuple(stops.QUESTIONS)


# --- numbers of headings -------------------------------------------------------------

_BARE = re.compile(rf"({FIGURES})\.?\s+(?=[^\W\d])")


def mark_numbered_headings(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """A list whose items are short and stand above prose is none, but numbered headings; so are bare numbers."""
    for _ in range(DEEPEST):  # lists inside of what has become a heading may be headings, too
        raised = [_head_texts(lines, one) for one in _lists(lines)]
        if not any(raised):
            break
    _mark_bare_items(lines)
    for line, following in pairwise(lines):
        bare = line.is_phrase and _BARE.match(line.text)
        if bare and (line.after_gap or "." in bare[1] or "٫" in bare[1]) and _is_under_number(following):
            line.kind, line.level = Kind.HEADING, 1 + len(re.findall(r"\d+", bare[1]))


def _head_texts(lines: Sequence[SourceLine], items: Sequence[int]) -> bool:
    """Make headings of the items of a list if they look so; return whether they do."""
    looks = [look for index in items if (look := _look(lines, index)) is not None]
    if not looks or sum(looks) < 0.6 * len(looks):
        return False
    for index, end in pairwise((*items, len(lines))):
        _raise(lines, index + 1, end, lines[index].depth)
        _become_heading(lines[index])
    return True


def _mark_bare_items(lines: Sequence[SourceLine]) -> None:
    """Phrases with dotted numbers and no other sign that stand together, three or more, are items."""
    run: list[SourceLine] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        bare = _BARE.match(line.text) if line.is_phrase else None
        if bare and _DOTTED.match(bare[1]):
            run.append(line)
        if run and (following is None or following.after_gap or not bare):
            for item in run if len(run) >= LONG_ENOUGH and bare else ():
                number = _BARE.match(item.text)
                assert number is not None
                _take(item, number, int(re.findall(r"\d+", number[1])[-1]))
                item.kind, item.depth = Kind.LIST_ITEM, 1
            run = []


def _is_under_number(line: SourceLine) -> bool:
    is_deeper = line.is_phrase and (below := _BARE.match(line.text)) is not None and bool(_DOTTED.match(below[1]))
    return line.is_prose or line.kind is Kind.DATE or is_deeper


def _lists(lines: Sequence[SourceLine]) -> list[list[int]]:
    """Return the lists of depth 1, or of dotted numbers, by the places of their items; those with dashes are none."""
    found: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        shown = line.ordinal is not None or (line.marker[:1] not in _DASHES and line.after_gap)
        if line.kind is Kind.LIST_ITEM and shown and (line.depth == 1 or _DOTTED.search(line.marker)):
            found.setdefault(line.series, []).append(index)
    return list(found.values())


def _look(lines: Sequence[SourceLine], index: int) -> bool | None:
    """Whether a numbered line looks like a heading, by what stands below; None where both would."""
    line = lines[index]
    below = (one for one in lines[index + 1 : index + 3] if one.kind is not Kind.SEPARATOR)
    following = next(below, None)
    asks = line.text.endswith(tuple(stops.QUESTIONS))
    if len(line.text) > LONGEST_HEADING or "\n" in line.text or (line.ends_sentence and not asks):
        return False
    if following is None or following.series == line.series:
        return False
    if 0 < following.series < line.first and following.after_gap:
        return True  # the list below it counts on from above it
    deeper = following.kind is Kind.LIST_ITEM and (
        following.depth > line.depth or following.after_gap or following.marker.startswith(line.marker.rstrip(" .)-"))
    )
    inner = _BARE.match(following.text) if following.is_phrase else None
    deeper = deeper or (inner is not None and inner[1].startswith(line.marker.rstrip(" .)-")))
    if following.kind in (Kind.CAPTION, Kind.TABLE) and following.after_gap:
        return None
    is_text = following.kind in (None, Kind.PARAGRAPH)
    return None if deeper else following.is_prose or (is_text and following.introduces)


def _raise(lines: Sequence[SourceLine], start: int, end: int, depth: int) -> None:
    """The lists below an item that is a heading are inside of none."""
    for index in range(start, end):
        if lines[index].depth > depth:
            lines[index].depth -= depth


def _become_heading(line: SourceLine) -> None:
    """The number of a heading is part of its text."""
    line.level = 1 + max(1, len(re.findall(r"\d+", line.marker)))
    line.text = _whole(line)
    line.kind, line.marker, line.ordinal, line.depth = Kind.HEADING, "", None, 0
