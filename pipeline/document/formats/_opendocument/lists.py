"""Lists of an OpenDocument text: how far they have counted, and what their items and headings show of that.

OASIS OpenDocument 1.3, part 3, 5.3; a list goes on with an earlier one where it says so (19.880).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.document.formats._opendocument.styles import OdtStyles
from pipeline.office import counters, xml
from pipeline.office.symbols import Signs
from pipeline.office.xml import attribute, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST = 100
"""Characters of what stands around a number, which is shown with every item."""

_Marker = tuple[str, int | None]
"""What is shown before an item, and its number if it has one."""


@dataclass(slots=True)
class _OdtItem:
    """A level of a list that is being read."""

    style: str
    count: int | None = None


class OdtLists:
    """The lists around the place that is being read, and how far these and all before them have counted."""

    def __init__(self, styles: OdtStyles, signs: Signs) -> None:
        self.styles = styles
        self.signs = signs
        self.items: list[_OdtItem] = []
        self.marker: _Marker | None = None
        """That of an item of which nothing has been read yet."""
        self.outline: dict[int, int] = {}
        self._ended: dict[str, dict[int, int | None]] = {}
        """How far each level of a list had counted, by its style and its id."""
        self._left: dict[int, int | None] = {}
        """How far the levels had counted of the list that one goes on with, as far as it has not come to them."""
        self._reached: dict[int, int | None] = {}
        """How far the levels of the list have counted that is being read."""

    @property
    def depth(self) -> int:
        return len(self.items)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """In a cell, a box or a note lists begin anew; those around it go on behind it."""
        around = self.items, self.marker, self._left, self._reached
        self.items, self.marker, self._left, self._reached = [], None, {}, {}
        yield
        self.items, self.marker, self._left, self._reached = around

    def begin(self, element: "_Element") -> None:
        """Begin a list, within the one around it, anew or where an earlier one has ended."""
        style = attribute(element, "style-name") or (self.items[-1].style if self.items else "")
        level = self.depth + 1
        if (earlier := attribute(element, "continue-list")) and earlier in self._ended:
            self._left |= self._ended[earlier]
        elif not self.items:
            goes_on = attribute(element, "continue-numbering") == "true"
            self._left = dict(self._ended.get(style, {})) if goes_on else {}
        self.items.append(_OdtItem(style, self._left.pop(level, None)))

    def end(self, element: "_Element") -> None:
        """End the list that began last."""
        level, item = self.depth, self.items.pop()
        self._reached[level] = item.count
        if not self.items:
            self._ended[item.style] = self._ended[attribute(element, "id")] = self._left | self._reached
            self._reached = {}

    def begin_item(self, element: "_Element", *, is_numbered: bool) -> None:
        """Count an item; a header has no number."""
        here = self.items[-1]
        level = self.styles.lists.get(here.style, {}).get(self.depth)
        start = whole_number(level, "start-value", 1) if level is not None else 1
        if is_numbered and _is_only_a_list(element):
            here.count = start if here.count is None else here.count  # it is counted where none was, and does not show
        elif is_numbered:
            here.count = start if here.count is None else here.count + 1
            here.count = whole_number(element, "start-value", here.count)
            self._left, self._reached = (_above(self.depth, counts) for counts in (self._left, self._reached))
            self.marker = self._shown(level)

    def end_item(self) -> None:
        self.marker = None

    def taken(self) -> _Marker | None:
        """Return the marker of an item for the first that is read of it; None for all after that."""
        marker, self.marker = self.marker, None
        return marker

    def heading(self, level: int, element: "_Element") -> _Marker | None:
        """Count a heading; return its number, if it shows one."""
        if attribute(element, "is-list-header") == "true":
            return None
        for above in range(1, level):  # one that was left out counts as if it had been there
            self.outline.setdefault(above, self._first(above))
        begins = level not in self.outline or attribute(element, "restart-numbering") == "true"
        count = self._first(level) if begins else self.outline[level] + 1
        self.outline = {one: number for one, number in self.outline.items() if one < level}
        self.outline[level] = whole_number(element, "start-value", count) if begins else count
        style = self.styles.outline.get(level)
        if style is None or not attribute(style, "num-format"):
            return None
        return _numbered(style, self.styles.outline, self.outline), self.outline[level]

    def _first(self, level: int) -> int:
        """Return the number of the first heading of a level."""
        style = self.styles.outline.get(level)
        return whole_number(style, "start-value", 1) if style is not None else 1

    def _shown(self, level: "_Element | None") -> _Marker:
        """Return the marker of an item, and its number if it has one."""
        count = self.items[-1].count
        if level is None:
            return "•", None
        if xml.name(level) != "list-level-style-number":
            return self._bullet(level), None
        levels = self.styles.lists[self.items[-1].style]
        counts = {number: 1 if item.count is None else item.count for number, item in enumerate(self.items, 1)}
        return _numbered(level, levels, counts), count

    def _bullet(self, level: "_Element") -> str:
        properties = level.find("{*}text-properties")
        font = ""
        if properties is not None:
            name = attribute(properties, "font-name")
            font = self.styles.faces.get(name) or attribute(properties, "font-family").strip("'\"") or name
        return self.signs.replaced(attribute(level, "bullet-char")[:_LONGEST], font).strip() or "•"


def _is_only_a_list(item: "_Element") -> bool:
    """Whether an item holds nothing but a list: its own number does not show."""
    return len(item) > 0 and xml.name(item[0]) == "list"


def _above(level: int, counts: Mapping[int, int | None]) -> dict[int, int | None]:
    """Return how far the levels above one have counted: an item begins those below it anew."""
    return {one: count for one, count in counts.items() if one < level}


def _numbered(level: "_Element", levels: "Mapping[int, _Element]", counts: Mapping[int, int]) -> str:
    """Return a number with what stands around it, and those of the levels above, if they are shown."""

    def number(place: int) -> str:
        style = levels.get(place)
        form = attribute(style, "num-format") if style is not None else "1"
        return counters.shown(counts.get(place, 1), counters.of_sample(form))

    own = whole_number(level, "level", 1)
    if form := attribute(level, "num-list-format")[:_LONGEST]:
        return re.sub("%([0-9]{1,2})%", lambda found: number(int(found[1])), form).strip()
    first = own - min(whole_number(level, "display-levels", 1), own) + 1
    shown = ".".join(filter(None, map(number, range(first, own + 1))))
    prefix, suffix = (attribute(level, f"num-{name}")[:_LONGEST] for name in ("prefix", "suffix"))
    return f"{prefix}{shown}{suffix}".strip()
