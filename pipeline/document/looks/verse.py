"""Stanzas: lines of verse that no style names, by how they stand and end."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.document.looks.shown import Shown, is_body, joined, look, with_kind
from pipeline.model import LINE_BREAK, Kind, MarkKind
from pipeline.text import stops

_LEAST_VERSES, _MOST_VERSES = 4, 200
_LONGEST_VERSE = 60
_NO_VERSE = re.compile(r"[@\d:\t]|\.$")


def stanzas(lines: Iterable[Shown]) -> list[Shown]:
    """Join lines of verse that follow each other."""
    found: list[Shown] = []
    for line in lines:
        if line.paragraph.kind is Kind.VERSE:
            line = _in_lines(line)
            if found and found[-1].paragraph.kind is Kind.VERSE and "\n" not in line.text:
                line = joined([found.pop(), line])
        found.append(line)
    return found


def _in_lines(line: Shown) -> Shown:
    """Return a stanza whose lines are parted by line ends, as those of a grid are."""
    marks = tuple(mark for mark in line.paragraph.marks if mark.kind is not MarkKind.BREAK)
    return replace(line, paragraph=replace(line.paragraph, text=line.text.replace(LINE_BREAK, "\n"), marks=marks))


def in_lines_of_verse(lines: Sequence[Shown]) -> list[Shown]:
    """Find stanzas that are one paragraph, set apart above the end of the text, whose lines end where a poet wants."""
    end = max(
        (index for index, line in enumerate(lines) if is_body(line) or line.text.endswith(tuple(stops.COLONS))),
        default=-1,
    )
    return [
        _in_lines(with_kind(line, Kind.VERSE)) if index < end and _is_stanza(line) else line
        for index, line in enumerate(lines)
    ]


def _is_stanza(line: Shown) -> bool:
    is_open = line.is_plain and (line.is_centred or line.is_slanted or line.is_indented)
    verses = [one.strip() for one in line.text.split(LINE_BREAK)]
    if not (is_open or line.paragraph.kind is Kind.QUOTATION) or not 2 < len(verses) <= _MOST_VERSES:
        return False
    words = [len(verse.split()) for verse in verses]
    stops = sum(verse.endswith((".", "!", "؟", "?")) for verse in verses[:-1])
    is_even = all(words) and max(map(len, verses)) <= _LONGEST_VERSE and sum(words) > 2.5 * len(words)
    return is_even and not stops and not re.search(r"[@\d:]", line.text)


def in_the_middle(lines: Sequence[Shown]) -> list[Shown]:
    """Find stanzas whose lines are paragraphs of their own in the middle, with text above and below."""
    body = [index for index, line in enumerate(lines) if is_body(line)]
    first, last = (body[0], body[-1]) if body else (0, 0)
    prose = [line for line in lines if line.is_plain and line.is_prose]
    is_usual = 2 * sum(line.is_centred for line in prose) > len(prose)
    found = list(lines[:first])
    for is_verse, group in itertools.groupby(lines[first:last], lambda line: not is_usual and _is_verse(line)):
        stanza = list(group)
        if is_verse and _LEAST_VERSES <= len(stanza) <= _MOST_VERSES and len(set(map(look, stanza))) == 1:
            stanza = [_in_lines(with_kind(joined(stanza), Kind.VERSE))]
        found += stanza
    return [*found, *lines[last if body else 0 :]] if body else list(lines)


def _is_verse(line: Shown) -> bool:
    is_short = len(line.text.split()) > 2 and len(line.text) <= _LONGEST_VERSE
    return line.is_plain and line.is_centred and is_short and not _NO_VERSE.search(line.text)
