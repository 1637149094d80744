"""A paragraph as it is put together from runs: text with marks, white space as it shows."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.model import LINE_BREAK, Mark, MarkKind
from pipeline.text import markup

_OTHER = rf"\t\r\n\f\v{LINE_BREAK}"
_SPACE = re.compile(rf"[ {_OTHER}](?:[ {_OTHER}]+|(?<=[{_OTHER}])|(?<=\A )|(?=\Z))")
"""White space that is more, or other, than one space between words; what it begins with is sought first."""
_LINE_BREAK = re.compile(LINE_BREAK)
_PLACES = (MarkKind.NOTE, MarkKind.IMAGE)

GAP = "\t"
"""What stands between words that a tab, or a row of spaces, keeps apart."""


class Wording:
    """The runs of one paragraph: text, the marks over it, and what stands at a place in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.length = 0

    def add(self, text: str, kinds: Collection[MarkKind] = (), link: str = "") -> None:
        start, self.length = self.length, self.length + len(text)
        self.parts.append(text)
        if kinds:
            self.marks += [Mark(start, self.length, kind) for kind in kinds]
        if link:
            self.marks.append(Mark(start, self.length, MarkKind.LINK, link))

    @property
    def ends_in_figure(self) -> bool:
        return bool(self.parts) and self.parts[-1][-1:].isdecimal()

    def place(self, kind: MarkKind, value: str) -> None:
        self.marks.append(Mark(self.length, self.length, kind, value))

    def append(self, text: str, marks: Iterable[Mark]) -> None:
        """Add a text that has marks over it."""
        self.marks += [replace(mark, start=mark.start + self.length, end=mark.end + self.length) for mark in marks]
        self.parts.append(text)
        self.length += len(text)

    def finished(self) -> tuple[str, tuple[Mark, ...]]:
        """Return the text and its marks: white space as one space, one tab or one `LINE_BREAK`, none at the ends.

        Marks lose white space at their ends; those of one kind are joined across it.
        """
        text, marks = _single_spaced("".join(self.parts), self.marks)
        places = [mark for mark in marks if mark.kind in _PLACES]
        breaks = [Mark(found.start(), found.end(), MarkKind.BREAK) for found in _LINE_BREAK.finditer(text)]
        others = markup.tidied(text, (mark for mark in marks if mark.kind not in markup.PLACES), across=" ")
        return text, tuple(sorted([*others, *places, *breaks], key=lambda mark: (mark.start, mark.end)))


def _single_spaced(text: str, marks: Iterable[Mark]) -> tuple[str, list[Mark]]:
    plain = text.rstrip(" ")
    if text[:1] != " " and not _SPACE.search(plain):  # as in most paragraphs
        end = len(plain)
        return plain, [Mark(min(one.start, end), min(one.end, end), one.kind, one.value) for one in marks]
    parts: list[str] = []
    starts, puts, moved = [0], [0], [0]
    at = length = 0
    for space in _SPACE.finditer(text):
        put = _shown(space[0]) if space.start() > 0 and space.end() < len(text) else ""
        parts += [text[at : space.start()], put]
        length += space.start() - at
        starts += [space.start(), space.end()]
        puts += [len(put), -1]
        moved += [length, length + len(put)]
        length, at = length + len(put), space.end()
    parts.append(text[at:])

    def place(old: int) -> int:
        index = bisect_right(starts, old) - 1
        within = old - starts[index]
        return moved[index] + (min(within, puts[index]) if index % 2 else within)

    return "".join(parts), [Mark(place(mark.start), place(mark.end), mark.kind, mark.value) for mark in marks]


def _shown(space: str) -> str:
    if LINE_BREAK in space:
        return LINE_BREAK
    return GAP if "\t" in space or len(space) >= 8 else " "


def without_gaps(text: str) -> str:
    """Return a text with a space in the place of every tab."""
    return text.replace(GAP, " ")
