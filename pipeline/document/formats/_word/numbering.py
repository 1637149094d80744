"""The numbers of list items in a Word document as it shows them (ECMA-376-1, 17.9)."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.office import counters, symbols, word
from pipeline.office.word import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_LONGEST = 100
"""Characters of what stands around a number, which is shown with every item."""
_MOST_STARTED = 1_000_000


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of one level are numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    """The level whose items begin this one anew, counted from 1; 0 for none; None for all above."""
    is_legal: bool = False
    font: str = ""


@dataclass(slots=True)
class _WordList:
    """One list: its levels, and the list that counts together with it."""

    counted_in: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document; `marker` counts on with every item."""

    def __init__(self, root: "_Element | None") -> None:
        self.lists: dict[str, _WordList] = {}
        self.counts: dict[str, list[int | None]] = {}
        self.started: set[tuple[str, int]] = set()
        self.by_style: dict[str, tuple[str, int]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: "_Element") -> None:
        abstract = {one.get(f"{W}abstractNumId", ""): one for one in root.iterchildren(f"{W}abstractNum")}
        linked = {link: id for id, one in abstract.items() if (link := word.value(one, "styleLink"))}
        links = {id: word.value(one, "numStyleLink") for id, one in abstract.items()}
        known: dict[str, dict[int, _Level]] = {}  # thousands of lists may count as one says
        for number in root.iterchildren(f"{W}num"):
            id = word.value(number, "abstractNumId")
            id = linked.get(links.get(id, ""), id)
            if id not in known:
                known[id] = _levels(abstract.get(id))
            levels = dict(known[id])
            starts = {}
            for override in number.iterchildren(f"{W}lvlOverride"):
                place = _figure(override.get(f"{W}ilvl", "0"))
                levels |= _levels(override)
                if start := word.value(override, "startOverride"):
                    starts[place] = _figure(start)
            self.lists[number.get(f"{W}numId", "")] = _WordList(id, levels, starts)

    def marker(self, list_id: str, level: int) -> tuple[str, int | None] | None:
        """Return the marker of the next item of a list, and its number if it has one; None without a list."""
        numbers = self.lists.get(list_id)
        level = min(level, _LEVELS - 1)
        if numbers is None or level not in numbers.levels:
            return None
        counts = self.counts.setdefault(numbers.counted_in, [None] * _LEVELS)
        one = numbers.levels[level]
        for above in range(level):  # one that was left out counts as if it had been there
            if counts[above] is None:
                counts[above] = numbers.levels.get(above, _Level()).start
        counts[level] = self._next(list_id, numbers, counts, level)
        for below in range(level + 1, _LEVELS):
            after = numbers.levels.get(below, _Level()).restarts_after
            if after is None or level < after:
                counts[below] = None
        if one.form == "bullet":
            return _bullet(one), None
        return self._shown(numbers, counts, one), counts[level]

    def _next(self, list_id: str, numbers: _WordList, counts: list[int | None], level: int) -> int:
        before = counts[level]
        if level in numbers.starts and (list_id, level) not in self.started:
            self.started.add((list_id, level))
            return numbers.starts[level]
        return numbers.levels[level].start if before is None else before + 1

    def _shown(self, numbers: _WordList, counts: list[int | None], one: _Level) -> str:
        def number(place: re.Match[str]) -> str:
            level = int(place[1]) - 1
            of = numbers.levels.get(level, _Level())
            count = counts[level]
            form = "decimal" if one.is_legal and of.form != "none" else of.form
            return counters.shown(of.start if count is None else count, form)

        return re.sub("%([1-9])", number, one.text).strip()


def _levels(element: "_Element | None") -> dict[int, _Level]:
    found = element.iterchildren(f"{W}lvl") if element is not None else ()
    places = ((_figure(level.get(f"{W}ilvl", "0")), level) for level in found)
    return {place: _level(level) for place, level in places if place < _LEVELS}


def _level(level: "_Element") -> _Level:
    restart = word.value(level, "lvlRestart")
    fonts = level.find(f"{W}rPr/{W}rFonts")
    return _Level(
        form=_form(level),
        text=word.value(level, "lvlText")[:_LONGEST],
        start=_figure(word.value(level, "start")),  # 0 where none is stated (17.9.25)
        restarts_after=_figure(restart) if restart else None,
        is_legal=word.is_on(level, "isLgl"),
        font="" if fonts is None else fonts.get(f"{W}ascii", "") or fonts.get(f"{W}hAnsi", ""),
    )


def _form(level: "_Element") -> str:
    """Return the format of numbers; a newer one stands in an alternative, with a sample of how it counts."""
    form = next(level.iter(f"{W}numFmt"), None)
    if form is None:
        return "decimal"
    if form.get(f"{W}val") == "custom":
        return counters.of_sample(form.get(f"{W}format", ""))
    return form.get(f"{W}val", "decimal")


def _bullet(one: _Level) -> str:
    signs = symbols.Signs()
    return signs.replaced(one.text, one.font).strip() or "•"


def _figure(text: str) -> int:
    return min(int(text), _MOST_STARTED) if re.fullmatch("[0-9]{1,9}", text) else 0
