"""Paragraphs as an office document shows them → what each is, where no style says so: by size, weight and place.

A heading is a short line that is bolder or larger than the text around it; rows of cells are lines whose tabs
(or rows of spaces) fall together, or a table; which kind they are shows in their words.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import structure
from pipeline.document.lines import BULLET, patterns
from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import GAP, without_gaps
from pipeline.languages import Language
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind
from pipeline.text.orthography import fold
from pipeline.text.segment import slogan

_LONGEST_HEADING = 120
_LARGER = 1.12
"""How much larger than the text around it the letters of a heading are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph and how it looks: the size of its letters in points, and whether all of it is bold, or in the middle.

    `cells` are those of a table, row by row, an empty text where a cell goes on from beside or above.
    """

    paragraph: Paragraph
    size: float = 0.0
    is_bold: bool = False
    is_centred: bool = False
    is_slanted: bool = False
    is_indented: bool = False
    """At both sides."""
    is_boxed: bool = False
    """Whether it stands in a box beside the text."""
    is_framed: bool = False
    """Whether lines are drawn around the cells of a table."""
    is_asking: bool = False
    """Whether it is a question, bold as headings are."""
    is_label: bool = False
    """Whether it counts the tables or pictures."""

    @property
    def text(self) -> str:
        return self.paragraph.text

    @property
    def is_prose(self) -> bool:
        text = without_gaps(self.text).rstrip(" )»\"'”]")
        return len(text) > _LONGEST_HEADING or text[-1:] in tuple(".!?؟؛،…")

    @property
    def is_plain(self) -> bool:
        return self.paragraph.kind is None and bool(self.text)


BLANK = Shown(Paragraph(""))


def recognised(shown: Sequence[Shown], language: Language) -> list[Paragraph]:
    """Return the paragraphs with their kinds, as far as these show."""
    lines = _rows_together(_stanzas(_with_markers(shown, language)))
    lines = _titled(lines, language)
    lines = _with_headings(lines, language)
    lines = _in_lines_of_verse(_in_the_middle(lines))
    lines = _calls(_beside(lines), language)
    return _levelled([_plain(line.paragraph) for line in lines])


def _plain(paragraph: Paragraph) -> Paragraph:
    is_grid = paragraph.kind is not None and paragraph.kind.is_grid
    has_gaps = not is_grid and GAP in paragraph.text
    return replace(paragraph, text=without_gaps(paragraph.text)) if has_gaps else paragraph


def _with_kind(line: Shown, kind: Kind | None, level: int = 0) -> Shown:
    return replace(line, paragraph=replace(line.paragraph, kind=kind, level=level))


# --- verse ---------------------------------------------------------------------------


def _stanzas(lines: Iterable[Shown]) -> list[Shown]:
    """Join lines of verse that follow each other."""
    found: list[Shown] = []
    for line in lines:
        if line.paragraph.kind is Kind.VERSE:
            line = _in_lines(line)
            if found and found[-1].paragraph.kind is Kind.VERSE and "\n" not in line.text:
                line = _joined([found.pop(), line])
        found.append(line)
    return found


def _in_lines(line: Shown) -> Shown:
    """Return a stanza whose lines are parted by line ends, as those of a grid are."""
    marks = tuple(mark for mark in line.paragraph.marks if mark.kind is not MarkKind.BREAK)
    return replace(line, paragraph=replace(line.paragraph, text=line.text.replace(LINE_BREAK, "\n"), marks=marks))


def _in_lines_of_verse(lines: Sequence[Shown]) -> list[Shown]:
    """Find stanzas that are one paragraph, set apart above the end of the text, whose lines end where a poet wants."""
    end = max((index for index, line in enumerate(lines) if _is_body(line) or line.text.endswith(":")), default=-1)
    return [
        _in_lines(_with_kind(line, Kind.VERSE)) if index < end and _is_stanza(line) else line
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


_LEAST_VERSES, _MOST_VERSES = 4, 200
_LONGEST_VERSE = 60


def _in_the_middle(lines: Sequence[Shown]) -> list[Shown]:
    """Find stanzas whose lines are paragraphs of their own in the middle, with text above and below."""
    body = [index for index, line in enumerate(lines) if _is_body(line)]
    first, last = (body[0], body[-1]) if body else (0, 0)
    prose = [line for line in lines if line.is_plain and line.is_prose]
    is_usual = 2 * sum(line.is_centred for line in prose) > len(prose)
    found = list(lines[:first])
    for is_verse, group in itertools.groupby(lines[first:last], lambda line: not is_usual and _is_verse(line)):
        stanza = list(group)
        if is_verse and _LEAST_VERSES <= len(stanza) <= _MOST_VERSES and len(set(map(_look, stanza))) == 1:
            stanza = [_in_lines(_with_kind(_joined(stanza), Kind.VERSE))]
        found += stanza
    return [*found, *lines[last if body else 0 :]] if body else list(lines)


def _is_verse(line: Shown) -> bool:
    is_short = len(line.text.split()) > 2 and len(line.text) <= _LONGEST_VERSE
    return line.is_plain and line.is_centred and is_short and not _NO_VERSE.search(line.text)


_NO_VERSE = re.compile(r"[@\d:\t]|\.$")


# --- rows of cells -------------------------------------------------------------------


def _rows_together(lines: Sequence[Shown]) -> list[Shown]:
    """Join lines whose words stand in columns into one; say what tables are."""
    body = [index for index, line in enumerate(lines) if _is_body(line)]
    head, tail = (body[0], body[-1] + 1) if body else (0, 0)
    joined: list[Shown] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        rows = _columns(lines, index)
        if rows:
            grid = _joined(rows)
            kind = _kind_of_rows(_cells(grid.text), is_last=index >= tail, is_framed=False)
            if kind and (len(rows) > 1 or kind is Kind.SIGNATURES):
                joined.append(_with_kind(grid, kind))
                index += len(rows)
                continue
        elif line.paragraph.kind is Kind.TABLE and not line.paragraph.header_rows:
            if index < head and _is_letterhead(line):
                joined += _labelled_lines(line)
                index += 1
                continue
            kind = _kind_of_rows(_cells(line.text), is_last=index >= tail, is_framed=line.is_framed)
            line = _with_kind(line, kind or Kind.TABLE)
        joined.append(line)
        index += 1
    return joined


def _with_markers(lines: Iterable[Shown], language: Language) -> Iterator[Shown]:
    """Yield the lines with a space behind a marker of a list, which a tab sets off from its item."""
    number = patterns(language).number
    for line in lines:
        marker, gap, rest = line.text.partition(GAP)
        may_mark = gap and line.is_plain and GAP not in rest and len(marker) <= _LONGEST_MARKER
        marked = f"{marker} {rest}"
        found = (BULLET.match(marked) or number.match(marked)) if may_mark else None
        if found and found.end() == len(marker) + 1:
            line = replace(line, paragraph=replace(line.paragraph, text=marked))
        yield line


_LONGEST_MARKER = 6


def _is_body(line: Shown) -> bool:
    paragraph = line.paragraph
    if paragraph.kind in (Kind.LIST_ITEM, Kind.HEADING):
        return True
    return (paragraph.kind is None and line.is_prose) or (paragraph.kind is Kind.TABLE and paragraph.header_rows > 0)


def _is_letterhead(table: Shown) -> bool:
    """Whether rows without lines around them, above the text, are a few words each and what these are labels of."""
    rows = _cells(table.text)
    if table.is_framed or not 2 <= len(rows) <= _MOST_LABELS or not all(len(row) == 2 and all(row) for row in rows):
        return False
    labels, values = zip(*rows, strict=True)
    are_labels = all(len(label.split()) <= _WORDS_OF_LABEL and not _FIGURE.search(label) for label in labels)
    return are_labels and len(set(labels)) == len(labels) and any(map(_FIGURE.search, values))


_WORDS_OF_LABEL, _MOST_LABELS = 3, 50
_FIGURE = re.compile(r"\d")


def _labelled_lines(table: Shown) -> Iterator[Shown]:
    """Yield the rows of a letterhead as lines of their own, with the marks they have."""
    start = 0
    for row in table.text.split("\n"):
        end = start + len(row)
        marks = tuple(
            replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
            for mark in table.paragraph.marks
            if mark.start < end and mark.end > start
        )
        paragraph = Paragraph(without_gaps(row), marks=marks, likely=Kind.CONTACT)
        yield replace(table, paragraph=paragraph)
        start = end + 1


def _columns(lines: Sequence[Shown], start: int) -> list[Shown]:
    """Return the lines from `start` on that have the same number of cells, two at least."""
    count = lines[start].text.count(GAP)
    if lines[start].text.partition(GAP)[0].endswith(":"):
        return []
    is_free = lines[start].paragraph.kind in (None, Kind.VERSE)
    if not count or not is_free or LINE_BREAK in lines[start].text:
        return []
    end = start
    while end < len(lines) and lines[end].text.count(GAP) == count and lines[end].paragraph.kind in (None, Kind.VERSE):
        end += 1
    return list(lines[start:end])


def _joined(rows: Sequence[Shown]) -> Shown:
    text, marks = joined_rows([(row.text, row.paragraph.marks) for row in rows])
    return replace(rows[0], paragraph=replace(rows[0].paragraph, text=text, marks=marks))


def joined_rows(rows: Iterable[tuple[str, Sequence[Mark]]], between: str = "\n") -> tuple[str, tuple[Mark, ...]]:
    """Return texts and their marks as one, with what stands between them."""
    text, marks = "", []
    for number, (one, over) in enumerate(rows):
        text += between if number else ""
        marks += [replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in over]
        text += one
    return text, tuple(marks)


def _cells(text: str) -> list[list[str]]:
    return [row.split("\t") for row in text.split("\n")]


def _kind_of_rows(rows: Sequence[Sequence[str]], *, is_last: bool, is_framed: bool) -> Kind | None:
    """Return what rows of cells are: a poem, the names of those who sign, a table; None when that does not show."""
    cells = [cell for row in rows for cell in row]
    words = [len(cell.split()) for cell in cells]
    has_figures = any(character.isdigit() for cell in cells for character in cell)
    is_wordy = not is_framed and not has_figures and all(cells) and all(len(row) == 2 for row in rows)
    if is_wordy and min(words) >= 3 and max(words) <= 14 and max(map(len, cells)) <= 2 * min(map(len, cells)) + 8:
        return Kind.SIGNATURES if is_last and len(rows) == 1 else Kind.VERSE
    if (
        is_last
        and not is_framed
        and not has_figures
        and max(words) <= 8
        and len(rows) <= 6
        and not all(cells[0].endswith(":") for cells in rows)
    ):
        return Kind.SIGNATURES
    return Kind.TABLE if len(rows) > 1 and max(map(len, rows)) > 1 else None


# --- titles and headings -------------------------------------------------------------


def _body_size(lines: Iterable[Shown]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.paragraph.kind in (None, Kind.LIST_ITEM, Kind.PARAGRAPH) and line.size:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_subject(line: Shown, index: int, language: Language) -> bool:
    return index < _HEAD and line.is_plain and patterns(language).subject.match(fold(line.text)) is not None


_HEAD = 20
"""Lines in which a letter has its subject, which is its title."""


def _titled(lines: list[Shown], language: Language) -> list[Shown]:
    """Find the title, if no style names it: the largest line before the first prose, larger than the text."""
    kinds = [line.paragraph.kind for line in lines]
    if Kind.TITLE in kinds or any(_is_subject(line, index, language) for index, line in enumerate(lines)):
        return lines
    first = next((index for index, line in enumerate(lines) if line.text), None)
    if first is not None and kinds[first] is Kind.HEADING and _is_alone(lines, first):
        return [*lines[:first], _with_kind(lines[first], Kind.TITLE, 1), *lines[first + 1 :]]
    size = _body_size(lines)
    end = next((i for i, line in enumerate(lines) if _ends_head(line, size)), len(lines))
    largest = max((line.size for line in lines[:end] if line.is_plain), default=0.0)
    if largest > size * _LARGER:
        place = next(index for index, line in enumerate(lines[:end]) if line.is_plain and line.size == largest)
        return _with_title(lines, place, end, size)
    is_above = first is not None and first < end and lines[first].is_bold and _stands_out(lines[first], size, True)
    if first is None or not is_above or structure.tells(lines[first].text, language) or _is_bold_usual(lines):
        return lines
    return [*lines[:first], _with_kind(lines[first], Kind.TITLE, 1), *lines[first + 1 :]]


def _ends_head(line: Shown, size: float) -> bool:
    """Whether it stands below what a title may be in."""
    is_other = line.paragraph.kind not in (None, Kind.IMAGE, Kind.SEPARATOR)
    return is_other or (line.is_plain and line.is_prose and not _asks(line, size))


def _asks(line: Shown, size: float) -> bool:
    """Whether it is a short question in larger letters than the text: the only stop that headings have."""
    return _is_question(line) and line.size > size * _LARGER


def _is_question(line: Shown) -> bool:
    return line.text.endswith(("؟", "?")) and len(line.text) <= _LONGEST_HEADING


def _is_alone(lines: Sequence[Shown], place: int) -> bool:
    """Whether a heading is the only one of the highest level, and others are below it."""
    levels = [line.paragraph.level for line in lines if line.paragraph.kind is Kind.HEADING]
    return len(levels) > 1 and levels.count(lines[place].paragraph.level) == 1 and min(levels) == levels[0]


def _with_title(lines: list[Shown], place: int, end: int, size: float) -> list[Shown]:
    """Make a line the title, with the next ones if they look the same, and a smaller one below it the subtitle."""
    last = place + 1
    while last < end and lines[last].is_plain and _look(lines[last]) == _look(lines[place]):
        last += 1
    text, marks = joined_rows([(line.text, line.paragraph.marks) for line in lines[place:last]], LINE_BREAK)
    breaks = (Mark(at, at + 1, MarkKind.BREAK) for at, one in enumerate(text) if one == LINE_BREAK)
    title = replace(lines[place].paragraph, text=text, marks=tuple(sorted({*marks, *breaks})), kind=Kind.TITLE, level=1)
    after = list(lines[last:])
    if after and after[0].is_plain and last < end and after[0].is_centred and after[0].size > size:
        after[0] = _with_kind(after[0], Kind.SUBTITLE)
    return [*lines[:place], replace(lines[place], paragraph=title), *after]


def _look(line: Shown) -> tuple[float, bool, bool]:
    return line.size, line.is_bold, line.is_centred


def _with_headings(lines: list[Shown], language: Language) -> list[Shown]:
    """Find headings that no style names."""
    size = _body_size(lines)
    is_bold_rare = not _is_bold_usual(lines)
    lines = _asking(lines)
    end = max((index for index, line in enumerate(lines) if _is_body(line)), default=-1)
    start = next((index + 1 for index, line in enumerate(lines) if line.paragraph.kind is Kind.TITLE), 0)
    start = max(start, next((index + 1 for index, line in enumerate(lines) if _is_subject(line, index, language)), 0))
    body = (index for index, line in enumerate(lines) if _is_body(line) and line.paragraph.kind is not Kind.HEADING)
    head = next(body, len(lines))
    opening = slogan(language)
    standing = [line for line in lines[start:end] if _stands_out(line, size, is_bold_rare)]
    has_phrases = len(standing) > 1 or any(not line.text.endswith(":") for line in standing)
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
            line = _with_kind(line, Kind.HEADING, min(max(level, _level_by_number(line.text)), 6))
        elif (
            index > head
            and (line.is_centred or line.is_bold)
            and line.text.endswith("!")
            and _stands_out(
                replace(line, paragraph=replace(line.paragraph, text=line.text.rstrip("!"))), size, is_bold_rare
            )
        ):
            line = _with_kind(line, Kind.SLOGAN)
        found.append(line)
    return found


def _is_caption(line: Shown, below: Sequence[Shown], language: Language) -> bool:
    """Whether a line directly above a table says that it is the name of it."""
    is_above = any(one.paragraph.kind is Kind.TABLE for one in below)
    return is_above and patterns(language).caption.match(fold(line.text)) is not None


def _asking(lines: Sequence[Shown]) -> list[Shown]:
    """Tell bold questions that are headings, as a few beside others are, from those of an interview."""
    bold = [line for line in lines if line.is_plain and line.is_bold and len(line.text) <= _LONGEST_HEADING]
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


_NUMBERED = re.compile(r"\d{1,2}(?:[.٫-]\d{1,2}){1,3}(?=[\s).:–-])")


def _stands_out(line: Shown, size: float, is_bold_rare: bool) -> bool:
    is_open = not line.is_prose or _asks(line, size) or line.is_asking
    is_short = line.is_plain and is_open and len(line.text) <= _LONGEST_HEADING and GAP not in line.text
    return is_short and ((line.is_bold and is_bold_rare) or line.size > size * _LARGER)


# --- calls at the end ------------------------------------------------------------------


def _calls(lines: list[Shown], language: Language) -> list[Shown]:
    """Find slogans behind the text: lines in the middle, one of them known, or above a name that is not there."""
    end = max((index for index, line in enumerate(lines) if _is_body(line)), default=len(lines)) + 1
    behind = (line for line in lines[end:] if line is not BLANK)
    tail = list(itertools.dropwhile(_is_ornament, behind))
    run = list(itertools.takewhile(lambda line: _may_call(line) and _look(line) == _look(tail[0]), tail))
    rest = [line for line in tail[len(run) :] if line.is_plain and not structure.tells(line.text, language)]
    is_known = any(slogan(language).match(line.text) or line.paragraph.kind is Kind.SLOGAN for line in run)
    is_apart = bool(rest) and not rest[0].is_centred and not any(structure.tells(line.text, language) for line in run)
    if not run or not (is_known or is_apart):
        return lines
    calls, names = set(map(id, run)), set(map(id, rest[:1]))
    return [_in_tail(line, is_call=id(line) in calls, is_below=id(line) in names) for line in lines]


def _is_ornament(line: Shown) -> bool:
    return not any(map(str.isalnum, line.text))


def _in_tail(line: Shown, *, is_call: bool, is_below: bool) -> Shown:
    if is_call:
        return _with_kind(line, Kind.SLOGAN)
    is_name = is_below and not line.is_prose and ":" not in line.text
    return replace(line, paragraph=replace(line.paragraph, likely=Kind.SIGNATURE)) if is_name else line


def _may_call(line: Shown) -> bool:
    is_open = line.is_plain or line.paragraph.kind is Kind.SLOGAN
    is_short = len(line.text) <= _LONGEST_HEADING and not line.text.endswith((".", "؟", "?", ":"))
    return is_open and is_short and line.is_centred and line.paragraph.likely is None


# --- what stands beside something ------------------------------------------------------


def _beside(lines: Sequence[Shown]) -> list[Shown]:
    """Find captions, subtitles, and words of others with who said them."""
    size = _body_size(lines)
    found: list[Shown] = []
    for line in _without_usual(lines):
        above = found[-1] if found else BLANK
        is_below_words = line.paragraph.kind is Kind.QUOTATION and _names_speaker(line, above)
        if (line.is_label and line.is_plain) or is_below_words:
            line = _with_kind(line, Kind.CAPTION)
        elif line.is_plain and (likely := _likely(line, above, size)):
            line = replace(line, paragraph=replace(line.paragraph, likely=likely))
        found.append(line)
    return found


def _without_usual(lines: Sequence[Shown]) -> list[Shown]:
    """Return the lines without what is so with most of the text, and sets none apart."""
    prose = [line for line in lines if line.is_plain and line.is_prose]
    half = len(prose) / 2
    centred = sum(line.is_centred for line in prose) > half
    slanted = sum(line.is_slanted for line in prose) > half
    indented = sum(line.is_indented for line in prose) > half
    if not (centred or slanted or indented):
        return list(lines)
    return [
        replace(
            line,
            is_centred=line.is_centred and not centred,
            is_slanted=line.is_slanted and not slanted,
            is_indented=line.is_indented and not indented,
        )
        for line in lines
    ]


def _likely(line: Shown, above: Shown, size: float) -> Kind | None:
    """Return what a paragraph without a kind looks like, below another."""
    over = above.paragraph.kind or above.paragraph.likely
    is_set_apart = line.is_centred or line.is_slanted or line.size < size
    if over is Kind.VERSE and line.text and len(line.text) <= _LONGEST_NAME and is_set_apart and not line.is_prose:
        return Kind.CAPTION
    if over in (Kind.IMAGE, Kind.TABLE) and is_set_apart and _is_small_print(line, size):
        return Kind.CAPTION
    if over is Kind.TITLE and _is_short(line) and (line.is_centred or line.is_slanted or line.size > size * _LARGER):
        return Kind.SUBTITLE
    if over is Kind.QUOTATION and _names_speaker(line, above):
        return Kind.CAPTION
    is_apart = line.is_centred or line.is_slanted or line.is_boxed
    is_quoted = _QUOTED.fullmatch(line.text) is not None
    return Kind.QUOTATION if (is_quoted and is_apart) or (line.is_indented and line.is_prose) else None


_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]+[»”“\"][.!؟?]?")


def _is_small_print(line: Shown, size: float) -> bool:
    """Whether a line is short, in no larger letters than the text, and calls nothing."""
    is_small = line.size < size or line.is_slanted
    return (
        line.size <= size and not line.text.endswith("!") and (_is_short(line) or (is_small and len(line.text) < 240))
    )


def _is_short(line: Shown) -> bool:
    return len(line.text) <= _LONGEST_HEADING and (not line.is_prose or line.text.endswith(("؟", "?")))


def _names_speaker(line: Shown, above: Shown) -> bool:
    """Whether a line below words of others says whose they are: a few words behind a dash, or in the same place."""
    is_closed = Kind.QUOTATION in (above.paragraph.kind, above.paragraph.likely) and above.text.endswith(_CLOSING)
    is_name = len(line.text) <= _LONGEST_NAME and not line.is_prose and not line.text.endswith((*_CLOSING, ":"))
    is_there = line.is_boxed or line.is_slanted or line.paragraph.kind is Kind.QUOTATION
    return is_closed and is_name and (is_there or line.text.startswith(("—", "–", "- ")))


_CLOSING = (".", "!", "؟", "?", "»", "”", '"', "…")
_LONGEST_NAME = 80


def _levelled(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Let headings begin at level 2; a heading is not bold besides."""
    levels = [paragraph.level for paragraph in paragraphs if paragraph.kind is Kind.HEADING]
    above = min(levels, default=2) - 2
    return [_ready(paragraph, above) for paragraph in paragraphs]


def _ready(paragraph: Paragraph, above: int) -> Paragraph:
    if paragraph.kind not in (Kind.HEADING, Kind.TITLE, Kind.SUBTITLE):
        return paragraph
    strong = [mark for mark in paragraph.marks if mark.kind is MarkKind.STRONG]
    bold = sum(len("".join(paragraph.text[mark.start : mark.end].split())) for mark in strong)
    is_bold = bold == len("".join(paragraph.text.split()))
    marks = tuple(mark for mark in paragraph.marks if not is_bold or mark.kind is not MarkKind.STRONG)
    level = min(max(paragraph.level - above, 2), 6) if paragraph.kind is Kind.HEADING else paragraph.level
    return replace(paragraph, level=level, marks=marks)
