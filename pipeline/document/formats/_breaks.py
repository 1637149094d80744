"""Line breaks in paragraphs of pages: between paragraphs, turns of a dialogue, names, and the lines of a poem."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import Wording
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind

_BETWEEN_PARAGRAPHS = re.compile(f"{LINE_BREAK}[ \xa0]*{LINE_BREAK}[ \xa0{LINE_BREAK}]*")
_MARKED = re.compile(r"\s*(?:[-–—ـ•▪◦*]|\(?\d{1,3}\s?[-–.)ـ])\s*[^\W\d]")
_LETTERED = re.compile(r"\(?\w{1,3}\)\s*\S")
_REACHED = re.compile(r"@|(?:\d[ -]?){6}|^[^\W\d][^:\d]{0,30}:\s*\S")
_LONGEST_LINE = 60
"""Characters of a line of verse, or of a name."""
_NO_NAME = re.compile(r"[@\d،؛,]")
_NAME_AND_OFFICE = re.compile(r"\A[^\W\d]{1,30}(?:[ .\u200c-]{1,3}[^\W\d]{1,30}){1,4}[،,] [^\W\d][^\d@:،,]{0,40}")
_DAY = re.compile(r"(?:\d{1,2} )?[^\W\d]+ \d{4}")
_BODIES = (Kind.HEADING, Kind.LIST_ITEM, Kind.TABLE, Kind.QUOTATION)

_Bounds = tuple[int, int]


def parted(wording: Wording) -> Iterator[tuple[_Bounds, str, tuple[Mark, ...]]]:
    """Yield the paragraphs in one, and where they were: two breaks part them, and one where every line is a block."""
    whole = "".join(wording.parts)
    if LINE_BREAK not in whole:
        yield (0, len(whole)), *wording.finished()
        return
    paragraphs = _between([found.span() for found in _BETWEEN_PARAGRAPHS.finditer(whole)], 0, len(whole))
    strong = sorted((mark.start, mark.end) for mark in wording.marks if mark.kind is MarkKind.STRONG)
    apart = [group for start, end in paragraphs for group in _by_weight(whole, strong, start, end)]
    bounds = [line for start, end in apart for line in _lines(whole, start, end)]
    for (start, end), marks in zip(bounds, _shared(wording.marks, bounds), strict=True):
        part = Wording()
        part.append(whole[start:end], marks)
        yield (start, end), *part.finished()


def _between(cuts: Iterable[_Bounds], start: int, end: int) -> Iterator[_Bounds]:
    for first, last in cuts:
        yield start, first
        start = last
    yield start, end


def _by_weight(whole: str, strong: Sequence[_Bounds], start: int, end: int) -> Iterator[_Bounds]:
    """Yield the lines of a paragraph, bold ones apart from the others: old pages have their headings so."""
    breaks = [at for at in range(start, end) if whole[at] == LINE_BREAK]
    lines = [*_between([(at, at + 1) for at in breaks], start, end)]
    are_bold = [_is_bold(whole, strong, *line) for line in lines]
    if all(are_bold) or not any(are_bold):
        yield start, end
        return
    first = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or are_bold[number] is not are_bold[first]:
            yield lines[first][0], lines[number - 1][1]
            first = number


def _is_bold(whole: str, strong: Sequence[_Bounds], start: int, end: int) -> bool:
    text = whole[start:end]
    first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    is_short = first < last <= first + 2 * _LONGEST_LINE
    nearest = bisect_right(strong, (first, len(whole))) - 1
    return is_short and nearest >= 0 and last <= strong[nearest][1]


def _lines(whole: str, start: int, end: int) -> Iterator[_Bounds]:
    """Yield the lines of a paragraph where each is a block; otherwise the paragraph."""
    lines = [line for line in whole[start:end].split(LINE_BREAK) if line.strip()]
    if len(lines) > 1 and _are_blocks(lines):
        breaks = [(at, at + 1) for at in range(start, end) if whole[at] == LINE_BREAK]
        yield from _between(breaks, start, end)
    else:
        yield start, end


def _are_blocks(lines: Sequence[str]) -> bool:
    """Whether lines are turns of a dialogue, items under what introduces them, or sentences as long as paragraphs."""
    if all(map(_MARKED.match, lines[1:])) and (_MARKED.match(lines[0]) or (len(lines) > 2 and lines[0][-1:] == ":")):
        return True
    if all(len(line) <= _LONGEST_LINE for line in lines) and (_are_calls(lines) or _are_contacts(lines)):
        return True
    ends = (".", "!", "?", "؟", ":", "…")
    return all(len(line) > 2 * _LONGEST_LINE and line.rstrip(" »)").endswith(ends) for line in lines)


def is_marked(text: str) -> bool:
    """Whether a paragraph begins as the items of a list do that a format takes for text: «a) …»."""
    return _LETTERED.match(text) is not None


def _are_calls(lines: Sequence[str]) -> bool:
    return all(line.rstrip().endswith("!") for line in lines)


def _are_contacts(lines: Sequence[str]) -> bool:
    """Whether most lines, of three at least, have an address, a number or a label."""
    found = sum(_REACHED.search(line) is not None for line in lines)
    return len(lines) > 2 and found * 3 >= 2 * len(lines)


def _shared(marks: Iterable[Mark], bounds: Sequence[_Bounds]) -> list[list[Mark]]:
    """Return what each part of a text has of the marks over it, counted from the part's beginning."""
    starts = [start for start, _ in bounds]
    found: list[list[Mark]] = [[] for _ in bounds]
    for mark in marks:
        for place in range(max(bisect_right(starts, mark.start) - 1, 0), len(bounds)):
            start, end = bounds[place]
            if start > mark.start and start >= mark.end:
                break
            here = replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
            if here.start < here.end or (mark.start == mark.end and mark.start <= end):
                found[place].append(here)
    return found


# --- names ---------------------------------------------------------------------------


def signed(lines: Sequence[Shown]) -> list[Shown]:
    """Return the lines, those of one paragraph below the text apart: names, one under the other."""
    body = [i for i, line in enumerate(lines) if (line.is_plain and line.is_prose) or line.paragraph.kind in _BODIES]
    tail = body[-1] + 1 if body else len(lines)
    return [*lines[:tail], *(part for line in lines[tail:] for part in (_names(line) if line.is_plain else [line]))]


def _names(line: Shown) -> list[Shown]:
    texts = line.text.split(LINE_BREAK)
    are_offices = all(_NAME_AND_OFFICE.fullmatch(text.strip()) for text in texts)
    if len(texts) < 2 or (any(map(_is_no_name, texts)) and not are_offices):
        return [line]
    breaks = [(at, at + 1) for at, one in enumerate(line.text) if one == LINE_BREAK]
    bounds = list(_between(breaks, 0, len(line.text)))
    marks = _shared((mark for mark in line.paragraph.marks if mark.kind is not MarkKind.BREAK), bounds)
    paragraph = line.paragraph
    return [
        replace(line, paragraph=replace(paragraph, text=text, marks=tuple(own)))
        for text, own in zip(texts, marks, strict=True)
    ]


def _is_no_name(text: str) -> bool:
    """Whether a line is none of those who sign, nor the date below them."""
    return len(text) > _LONGEST_LINE or (_NO_NAME.search(text) is not None and not _DAY.fullmatch(text))


# --- verse ---------------------------------------------------------------------------


def is_verse(text: str) -> bool:
    """Whether a paragraph of lines is a stanza: four at least, short, of like length, without the stops of prose."""
    lines = [line.strip() for line in text.split(LINE_BREAK)]
    if len(lines) < 4 or len(lines) % 2 or any(not line or len(line) > _LONGEST_LINE for line in lines):
        return False
    lengths = sorted(map(len, lines))
    stops = sum(line.endswith((".", ":")) for line in lines)
    return lengths[-1] <= 2 * lengths[0] and stops <= len(lines) // 4 and not re.search("[@:]", text)


def verse(text: str, marks: Iterable[Mark]) -> Paragraph:
    kept = tuple(mark for mark in marks if mark.kind is not MarkKind.BREAK)
    return Paragraph(text.replace(LINE_BREAK, "\n"), Kind.VERSE, marks=kept)
