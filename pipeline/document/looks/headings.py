"""Titles and headings that no style names: short lines that are bolder or larger than the text around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.document import structure
from pipeline.document.lines import patterns
from pipeline.document.looks.shown import (
    LARGER,
    LONGEST_HEADING,
    Shown,
    body_size,
    is_body,
    joined_rows,
    look,
    with_kind,
)
from pipeline.document.runs import GAP
from pipeline.languages import Language
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind
from pipeline.text import stops
from pipeline.text.orthography import fold
from pipeline.text.segment import slogan

_HEAD = 20
"""Lines in which a letter has its subject, which is its title."""
_FIGURE = re.compile(r"\d")
_NUMBERED = re.compile(r"\d{1,2}(?:[.٫-]\d{1,2}){1,3}(?=[\s).:–-])")


def titled(lines: list[Shown], language: Language) -> list[Shown]:
    """Find the title, if no style names it: the largest line before the first prose, larger than the text."""
    kinds = [line.paragraph.kind for line in lines]
    if Kind.TITLE in kinds or any(_is_subject(line, index, language) for index, line in enumerate(lines)):
        return lines
    first = next((index for index, line in enumerate(lines) if line.text), None)
    if first is not None and kinds[first] is Kind.HEADING and _is_alone(lines, first):
        return [*lines[:first], with_kind(lines[first], Kind.TITLE, 1), *lines[first + 1 :]]
    size = body_size(lines)
    end = next((i for i, line in enumerate(lines) if _ends_head(line, size)), len(lines))
    largest = max((line.size for line in lines[:end] if line.is_plain), default=0.0)
    if largest > size * LARGER:
        place = next(index for index, line in enumerate(lines[:end]) if line.is_plain and line.size == largest)
        return _with_title(lines, place, end, size)
    is_above = first is not None and first < end and lines[first].is_bold and _stands_out(lines[first], size, True)
    if first is None or not is_above or structure.tells(lines[first].text, language) or _is_bold_usual(lines):
        return lines
    return [*lines[:first], with_kind(lines[first], Kind.TITLE, 1), *lines[first + 1 :]]


def _is_subject(line: Shown, index: int, language: Language) -> bool:
    return index < _HEAD and line.is_plain and patterns(language).subject.match(fold(line.text)) is not None


def _ends_head(line: Shown, size: float) -> bool:
    """Whether it stands below what a title may be in."""
    is_other = line.paragraph.kind not in (None, Kind.IMAGE, Kind.SEPARATOR)
    return is_other or (line.is_plain and line.is_prose and not _asks(line, size))


def _asks(line: Shown, size: float) -> bool:
    """Whether it is a short question in larger letters than the text: the only stop that headings have."""
    return _is_question(line) and line.size > size * LARGER


def _is_question(line: Shown) -> bool:
    return line.text.endswith(tuple(stops.QUESTIONS)) and len(line.text) <= LONGEST_HEADING


def _is_alone(lines: Sequence[Shown], place: int) -> bool:
    """Whether a heading is the only one of the highest level, and others are below it."""
    levels = [line.paragraph.level for line in lines if line.paragraph.kind is Kind.HEADING]
    return len(levels) > 1 and levels.count(lines[place].paragraph.level) == 1 and min(levels) == levels[0]


def _with_title(lines: list[Shown], place: int, end: int, size: float) -> list[Shown]:
    """Make a line the title, with the next ones if they look the same, and a smaller one below it the subtitle."""
    last = place + 1
    while last < end and lines[last].is_plain and look(lines[last]) == look(lines[place]):
        last += 1
    text, marks = joined_rows([(line.text, line.paragraph.marks) for line in lines[place:last]], LINE_BREAK)
    breaks = (Mark(at, at + 1, MarkKind.BREAK) for at, one in enumerate(text) if one == LINE_BREAK)
    title = replace(lines[place].paragraph, text=text, marks=tuple(sorted({*marks, *breaks})), kind=Kind.TITLE, level=1)
    after = list(lines[last:])
    if after and after[0].is_plain and last < end and after[0].is_centred and after[0].size > size:
        after[0] = with_kind(after[0], Kind.SUBTITLE)
    return [*lines[:place], replace(lines[place], paragraph=title), *after]


# --- headings ------------------------------------------------------------------------


def with_headings(lines: list[Shown], language: Language) -> list[Shown]:
    """Find headings that no style names."""
    size = body_size(lines)
    is_bold_rare = not _is_bold_usual(lines)
    lines = _asking(lines)
    end = max((index for index, line in enumerate(lines) if is_body(line)), default=-1)
    start = next((index + 1 for index, line in enumerate(lines) if line.paragraph.kind is Kind.TITLE), 0)
    start = max(start, next((index + 1 for index, line in enumerate(lines) if _is_subject(line, index, language)), 0))
    body = (index for index, line in enumerate(lines) if is_body(line) and line.paragraph.kind is not Kind.HEADING)
    head = next(body, len(lines))
    opening = slogan(language)
    standing = [line for line in lines[start:end] if _stands_out(line, size, is_bold_rare)]
    has_phrases = len(standing) > 1 or any(not line.text.endswith(tuple(stops.COLONS)) for line in standing)
    days = [line for line in standing if _FIGURE.search(line.text) and structure.tells(line.text, language)]
    day = days[0] if len(days) == 1 else None
    sizes = sorted({line.size for line in lines[start:end] if _stands_out(line, size, is_bold_rare)}, reverse=True)
    found: list[Shown] = []
    styled = 0, 0.0
    for index, line in enumerate(lines):
        if line.paragraph.kind is Kind.HEADING:
            styled = line.paragraph.level, line.size
        elif (
            start <= index < end
            and _stands_out(line, size, is_bold_rare)
            and not opening.match(line.text)
            and not ((index < head or line is day) and structure.tells(line.text, language))
            and not _is_caption(line, lines[index + 1 : index + 2], language)
            and (has_phrases or lines[index + 1].is_prose)
        ):
            level = 2 + sizes.index(line.size)
            if styled[0]:
                level = styled[0] + (line.size < styled[1])
            line = with_kind(line, Kind.HEADING, min(max(level, _level_by_number(line.text)), 6))
        elif (
            index > head
            and (line.is_centred or line.is_bold)
            and line.text.endswith("!")
            and _stands_out(
                replace(line, paragraph=replace(line.paragraph, text=line.text.rstrip("!"))), size, is_bold_rare
            )
        ):
            line = with_kind(line, Kind.SLOGAN)
        found.append(line)
    return found


def _is_caption(line: Shown, below: Sequence[Shown], language: Language) -> bool:
    """Whether a line directly above a table says that it is the name of it."""
    is_above = any(one.paragraph.kind is Kind.TABLE for one in below)
    return is_above and patterns(language).caption.match(fold(line.text)) is not None


def _asking(lines: Sequence[Shown]) -> list[Shown]:
    """Tell bold questions that are headings, as a few beside others are, from those of an interview."""
    bold = [line for line in lines if line.is_plain and line.is_bold and len(line.text) <= LONGEST_HEADING]
    questions = [line for line in bold if _is_question(line) and ":" not in line.text]
    if len(questions) > sum(not line.is_prose for line in bold) + 1:
        return list(lines)
    asking = set(map(id, questions))
    return [replace(line, is_asking=True) if id(line) in asking else line for line in lines]


def _is_bold_usual(lines: Iterable[Shown]) -> bool:
    plain = [line for line in lines if line.is_plain]
    return 2 * sum(len(line.text) for line in plain if line.is_bold) >= sum(len(line.text) for line in plain)


def _level_by_number(text: str) -> int:
    """Return the level that a number such as 2.1 gives a heading; 0 for one without."""
    numbered = _NUMBERED.match(text)
    return 1 + len(re.findall(r"\d+", numbered[0])) if numbered else 0


def _stands_out(line: Shown, size: float, is_bold_rare: bool) -> bool:
    is_open = not line.is_prose or _asks(line, size) or line.is_asking
    is_short = line.is_plain and is_open and len(line.text) <= LONGEST_HEADING and GAP not in line.text
    return is_short and ((line.is_bold and is_bold_rare) or line.size > size * LARGER)
