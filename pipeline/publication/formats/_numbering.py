"""Markers of items → numbering of office programs that shows the same, and counts by itself wherever it can.

A marker in which a program's own counting shows the number of its item («b)» of 2) is counted; any other stands in
its definition as it is, so that every program shows it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.office import counters

LEVELS = 9
"""Of a list, in every office program."""
BULLET, DECIMAL = "bullet", "decimal"


@dataclass(frozen=True, slots=True)
class CountedLevel:
    """How the items of one level are marked: `text` has %1 to %9 for the numbers of the levels in it.

    `form` is a format of `pipeline.office.counters`, or BULLET. A text that is not counted has no such place.
    """

    form: str
    text: str
    start: int = 1

    @property
    def is_counted(self) -> bool:
        return self.form != BULLET and _PLACE.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where an item stands: the number of its list, its level from 0, and its number; `is_first` begins the list."""

    list: int
    level: int
    ordinal: int | None
    is_first: bool


@dataclass(slots=True)
class _CountedList:
    levels: dict[int, CountedLevel] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)

    def number(self, level: int) -> int:
        """Return the number that the next item of a level will have."""
        return self.counts[level] + 1 if level in self.counts else self.levels[level].start

    def put(self, level: int, number: int) -> None:
        self.counts = {one: count for one, count in self.counts.items() if one < level} | {level: number}


_PLACE = re.compile("%[1-9]")
_NUMBER = re.compile(r"\d+")


class CountedLists:
    """The lists of a text, as its items come; `forms` are the formats in which a program counts alike everywhere."""

    def __init__(self, forms: Sequence[str]) -> None:
        self.forms = forms
        self.made: list[_CountedList] = []
        self._open: dict[tuple[bool, int], int] = {}
        """The list that may go on at a level, of items or of headings."""

    def levels(self) -> list[dict[int, CountedLevel]]:
        """Return the levels of each list."""
        return [one.levels for one in self.made]

    def level(self, place: ItemPlace) -> CountedLevel:
        return self.made[place.list].levels[place.level]

    def place(self, marker: str, depth: int, ordinal: int | None, *, is_heading: bool = False) -> ItemPlace:
        """Return the place of the next item, given its depth from 1."""
        level = min(max(depth, 1), LEVELS) - 1
        number, is_new = self._going_on(marker, level, ordinal, is_heading)
        if number is None:
            number, is_new = self._begun(marker, level, ordinal, is_heading)
        one = self.made[number]
        one.put(level, one.number(level) if ordinal is None else ordinal)
        for key in [key for key in self._open if key[0] == is_heading and key[1] > level]:
            if self._open[key] != number:
                del self._open[key]
        self._open[is_heading, level] = number
        return ItemPlace(number, level, ordinal, is_new)

    def _going_on(self, marker: str, level: int, ordinal: int | None, is_heading: bool) -> tuple[int | None, bool]:
        """Return the open list in which the next item of a level shows this marker."""
        number = self._open.get((is_heading, level))
        if number is None:
            return None, False
        one = self.made[number]
        wanted = self._level(marker, level, ordinal, one)
        own = one.levels[level]
        is_next = ordinal is None or one.number(level) == ordinal
        return (number, False) if (own.form, own.text) == (wanted.form, wanted.text) and is_next else (None, False)

    def _begun(self, marker: str, level: int, ordinal: int | None, is_heading: bool) -> tuple[int, bool]:
        """Return the list of the level above, if it has none of this level yet; or else a new one."""
        above = self._open.get((is_heading, level - 1))
        number = above if above is not None and level not in self.made[above].levels else len(self.made)
        if is_new := number == len(self.made):
            self.made.append(_CountedList())
        self.made[number].levels[level] = self._level(marker, level, ordinal, self.made[number])
        return number, is_new

    def _level(self, marker: str, level: int, ordinal: int | None, within: _CountedList) -> CountedLevel:
        if ordinal is None or ordinal < 0 or _PLACE.search(marker):
            return CountedLevel(BULLET, marker)
        for form in self.forms:
            if text := _counted(marker, level, counters.shown(ordinal, form), within):
                return CountedLevel(form, text, ordinal)
        return CountedLevel(DECIMAL, marker, ordinal)


def _counted(marker: str, level: int, number: str, within: _CountedList) -> str:
    """Return a marker with places for its number and for those of the levels above; empty where it shows others."""
    found = list(re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", marker)) if number in marker else []
    if not found:
        return ""
    before, after = marker[: found[-1].start()], marker[found[-1].end() :]
    above = list(_NUMBER.finditer(before))
    if any(map(str.isdigit, after)) or (above and [one[0] for one in above] != _shown_above(level, within)):
        return ""
    places = iter(range(1, len(above) + 1))
    return f"{_NUMBER.sub(lambda _: f'%{next(places)}', before)}%{level + 1}{after}"


def _shown_above(level: int, within: _CountedList) -> list[str] | None:
    """Return the numbers of all levels above one; None where any has none."""
    if any(one not in within.counts or not within.levels[one].is_counted for one in range(level)):
        return None
    return [counters.shown(within.counts[one], within.levels[one].form) for one in range(level)]
