"""Lines of plain text → blocks: what a reader sees at a glance, as rules.

The rules propose; a correction in seeds/<id>.toml decides. Each rule looks at the lines
no rule before it has claimed and names their kind. They were written against Persian
statements as organisations really send them: one line per paragraph, lists with and
without markers, signatories, contact lines whose value stands before its label.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from pipeline.languages import Language
from pipeline.model import Block, Kind
from pipeline.text.orthography import fold, western_digits
from pipeline.text.segment import ADDRESS, slogan
from pipeline.text.wordlist import alternatives


@dataclass(frozen=True, slots=True)
class Correction:
    """A block as an editor states it: its kind and its lines, counted from 1."""

    kind: Kind
    first: int
    last: int
    level: int = 0


@dataclass(slots=True)
class _SourceLine:
    """A line that is not blank, or several that form one block; `text` has no outer white space."""

    source: Sequence[str]
    text: str
    first: int
    last: int
    after_gap: bool
    before_gap: bool
    kind: Kind | None = None
    level: int = 0
    marker: str = ""
    ordinal: int | None = None

    @property
    def is_prose(self) -> bool:
        return self.kind is None and (len(self.text) > 120 or (self.ends_sentence and self.text[-1] != ":"))

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip(" )»\"'”")[-1:] in tuple(".!?؟؛،:-–—")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How lines of one language are recognised: each pattern by what it finds."""

    slogan: re.Pattern[str]
    date: re.Pattern[str]
    date_word: re.Pattern[str]
    orders: tuple[tuple[str, ...], ...]
    number: re.Pattern[str]
    contact: re.Pattern[str]
    list_opening: re.Pattern[str]
    signatories: re.Pattern[str]

    def ordinals(self, numbered: re.Match[str]) -> list[int]:
        """Return the number of a list marker that `number` found; a letter may have one in each order."""
        places = [letters.index(numbered[2]) + 1 for letters in self.orders if numbered[2] in letters]
        return places or [int(numbered[2])]


@lru_cache(maxsize=16)
def _patterns(language: Language) -> _Patterns:
    words, dates = language.reading, language.dates
    names = (*dates.jalali, *dates.gregorian)
    month = alternatives(names)
    after_month = rf"(?:[\s\u200c]*+{re.escape(dates.month)})?" if dates.month else ""
    era = rf"(?:\s*{alternatives(words.eras)})?" if words.eras else ""
    numbers = "|".join((_FIGURES, *words.letters, *words.other_letters))
    date_words = (*names, *filter(None, [dates.month]), *words.dates, *words.eras)
    return _Patterns(
        slogan=slogan(language),
        date=re.compile(rf"(?:^|.*\W){month}\u0654?{after_month}[\s,،]*+\d{{2,4}}{era}"),
        date_word=re.compile(rf"{alternatives(date_words)}$"),
        orders=(words.letters, words.other_letters),
        number=re.compile(rf"([(\[]?({numbers})\u0640?\s*[-–—.)\]]+)\s*(?=[^\s\d])"),
        contact=re.compile(alternatives(words.contacts, r"[\s\u200c]*"), re.IGNORECASE),
        list_opening=re.compile(rf"{alternatives(words.list_openings)}\b"),
        signatories=re.compile(alternatives(words.signatories)),
    )


def propose(lines: Sequence[str], language: Language, corrections: Sequence[Correction] = ()) -> tuple[Block, ...]:
    """Return the blocks of a text given as lines without their ends; blank lines belong to none."""
    patterns = _patterns(language)
    blocks = _unwrap(list(_lines(lines, corrections, patterns)), patterns)
    for rule in RULES:
        rule(blocks, patterns)
    return tuple(_block(line) for line in blocks)


def _lines(lines: Sequence[str], corrections: Sequence[Correction], patterns: _Patterns) -> Iterator[_SourceLine]:
    fixed = {correction.first: correction for correction in corrections}
    number = 1
    while number <= len(lines):
        correction = fixed.get(number)
        last = correction.last if correction else number
        text = "\n".join(lines[number - 1 : last]).strip()
        if text:
            line = _SourceLine(lines, text, number, last, _blank(lines, number - 1), _blank(lines, last + 1))
            if correction:
                line.kind, line.level = correction.kind, correction.level
                if line.kind in (Kind.LIST_ITEM, Kind.SIGNATURE):
                    _take_marker(line, patterns)
            yield line
        number = last + 1


def _blank(lines: Sequence[str], number: int) -> bool:
    return not (1 <= number <= len(lines)) or not lines[number - 1].strip()


def _block(line: _SourceLine) -> Block:
    kind = line.kind or Kind.PARAGRAPH
    level = {Kind.TITLE: 1, Kind.HEADING: line.level or 2}.get(kind, 0)
    return Block(kind, line.text, line.first, line.last, level, line.marker, line.ordinal)


def _joined(lines: Sequence[_SourceLine]) -> _SourceLine:
    """Return the first of lines that follow each other, with the text of all."""
    first, last = lines[0], lines[-1]
    if last is not first:
        first.text = "\n".join(first.source[first.first - 1 : last.last]).strip()
        first.last, first.before_gap = last.last, last.before_gap
    return first


def _unwrap(lines: list[_SourceLine], patterns: _Patterns) -> list[_SourceLine]:
    """Join the lines of a text broken at a fixed width, as old e-mail programs do."""
    width = max((len(line.text) for line in lines), default=0)
    full = [line for line in lines if len(line.text) > 0.6 * width and not line.before_gap]
    if width > 110 or width < 40 or sum(not line.ends_sentence for line in full) < 3:
        return lines
    blocks = [lines[:1]]
    for here, following in pairwise(lines):
        openings = (patterns.number, _BULLET, patterns.slogan)
        starts_block = any(opening.match(following.text) for opening in openings)
        free = here.kind is None and following.kind is None and not here.before_gap
        tail = here.text if len(blocks[-1]) == 1 else here.source[here.last - 1].rstrip()
        if free and not starts_block and len(tail) > 0.6 * width:
            blocks[-1].append(following)
        else:
            blocks.append([following])
    return [_joined(block) for block in blocks]


# --- lines that show what they are ---------------------------------------------------

_ORNAMENTS = re.compile(r"[\s*_=~•#·.–—-]++")
_RULE = re.compile(r"[*_=~•#–—-]{3}")


def _separators(lines: list[_SourceLine], patterns: _Patterns) -> None:
    for line in lines:
        if line.kind is None and _ORNAMENTS.fullmatch(line.text) and _RULE.search(line.text):
            line.kind = Kind.SEPARATOR


_NUMERIC_DATE = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}")


def _dates(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """A line that is a date, with at most three words more (a place); never the first line."""
    for line in lines[1:]:
        text = western_digits(line.text)
        if line.kind is not None or len(text) > 80:
            continue
        words = [word for word in re.findall(r"[^\W\d_]+", fold(text)) if not patterns.date_word.match(word)]
        if _NUMERIC_DATE.fullmatch(text) or (patterns.date.fullmatch(text) and len(words) <= 3):
            line.kind = Kind.DATE


_FIGURES = r"\d{1,3}"
_BULLET = re.compile(r"([•▪●○◦‣∙·*]|[-–—](?![-–—]))\s*(?=\S)")


def _take_marker(line: _SourceLine, patterns: _Patterns) -> None:
    """Move the marker a line begins with, if any, out of its text."""
    numbered = patterns.number.match(line.text)
    marker = numbered or _BULLET.match(line.text)
    if not marker:
        return
    line.marker, line.text = marker[1], line.text[marker.end() :]
    line.ordinal = patterns.ordinals(numbered)[0] if numbered else None


def _numbered_items(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """«۱-», «2– », «4. », «الف)», «ج)» after «ب)»: numbers that begin at one and go on by one."""
    expected = 1
    for line in lines:
        if line.kind is None and (marker := patterns.number.match(line.text)):
            numbers = patterns.ordinals(marker)
            if number := next((number for number in (expected, 1) if number in numbers), 0):
                _take_marker(line, patterns)
                line.kind, line.ordinal, expected = Kind.LIST_ITEM, number, number + 1


def _bulleted_items(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """A bullet; a dash is one only beside another: a lone leading dash opens a parenthesis."""
    dashed = [line.kind is None and line.text[0] in "-–—" for line in lines]
    for index, line in enumerate(lines):
        if line.kind is not None or not _BULLET.match(line.text):
            continue
        neighbours = dashed[max(0, index - 1) : index] + dashed[index + 1 : index + 2]
        if not dashed[index] or any(neighbours):
            _take_marker(line, patterns)
            line.kind = Kind.LIST_ITEM


def _slogans(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """«زنده باد …», and a short line that stands between two slogans."""
    for line in lines:
        if line.kind is None and patterns.slogan.match(line.text) and len(line.text) <= 120:
            line.kind = Kind.SLOGAN
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        between = before.kind is Kind.SLOGAN and after.kind is Kind.SLOGAN
        if between and line.kind is None and not line.is_prose:
            line.kind = Kind.SLOGAN


# --- contact lines -------------------------------------------------------------------

_PHONE = re.compile(r"\+?[\d(][\d\s()./+-]{4,}\d")


class _ContactPart(StrEnum):
    """What a line says of an address or a phone number."""

    LABEL = "label"
    VALUE = "value"
    BOTH = "both"


def is_contact_value(text: str) -> bool:
    """Whether the text is nothing but an e-mail or web address, a phone or an account number."""
    text = western_digits(text.strip())
    return bool(ADDRESS.fullmatch(text) or _PHONE.fullmatch(text))


def _contacts(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """Labels and values; alone on their lines, they pair in the order in which the first two stand."""
    parts = [_contact_part(line, patterns) for line in lines]
    blocks, index = [], 0
    while index < len(lines):
        pairs = {*parts[index : index + 2]} == {_ContactPart.LABEL, _ContactPart.VALUE}
        line = _joined(lines[index : index + 1 + pairs])
        line.kind = Kind.CONTACT if parts[index] else line.kind
        blocks.append(line)
        index += 1 + pairs
    lines[:] = blocks


def _contact_part(line: _SourceLine, patterns: _Patterns) -> _ContactPart | None:
    if line.kind is not None or len(line.text) > 120 or line.text.endswith("."):
        return None
    if is_contact_value(line.text):
        return _ContactPart.VALUE
    if not patterns.contact.search(line.text):
        return None
    address = ADDRESS.search(line.text) or _PHONE.search(western_digits(line.text))
    if ":" in line.text:
        return _ContactPart.BOTH if address else _ContactPart.LABEL
    return _ContactPart.BOTH if address and len(line.text) - len(address[0]) < 40 else None


# --- what a line is by its place -----------------------------------------------------


def _title(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """The first line, if it is short and no sentence; with the next, if that stands close and alone."""
    if not lines or lines[0].kind is not None or lines[0].is_prose or len(lines) == 1:
        return
    lines[0].kind = Kind.TITLE
    second = lines[1]
    if second.kind is not None or second.is_prose:
        return
    if second.text[0] in "([" and second.text[-1] in ")]":
        second.kind = Kind.SUBTITLE
    elif not second.after_gap and second.before_gap:
        lines[:2] = [_joined(lines[:2])]


def _unmarked_items(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """Parallel noun phrases after a line that ends in a colon: at once, or each after a blank line."""
    for index, line in enumerate(lines):
        if line.kind not in (None, Kind.QUOTATION) or not line.text.endswith(":"):
            continue
        items = list(_parallel(lines, index + 1, patterns))
        if len(items) > 1:
            for item in items:
                item.kind = Kind.LIST_ITEM


def _parallel(lines: Sequence[_SourceLine], start: int, patterns: _Patterns) -> Iterator[_SourceLine]:
    close = start < len(lines) and not lines[start].after_gap
    for index in range(start, len(lines)):
        line = lines[index]
        ended = line.kind is not None or line.text.endswith(":") or (close and index > start and line.after_gap)
        phrase = patterns.list_opening.match(fold(line.text)) or (close and not line.ends_sentence)
        if ended or not phrase:
            return
        yield line


def _headings(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """The title once more; or a short line, no sentence, above prose."""
    title = fold(lines[0].text) if lines and lines[0].kind is Kind.TITLE else None
    for line, following in pairwise(lines):
        if line.kind is not None:
            continue
        if fold(line.text) == title or (len(line.text) <= 80 and not line.ends_sentence and following.is_prose):
            line.kind = Kind.HEADING


def _signatories(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """Names under a line that announces them, with or without markers."""
    announced = False
    for line in lines:
        short = line.kind is None and not line.is_prose
        if short and len(line.text) <= 60 and patterns.signatories.match(line.text):
            line.kind, announced = Kind.HEADING, True
        elif announced and (short or line.kind is Kind.LIST_ITEM):
            line.kind = Kind.SIGNATURE
        else:
            announced = False


def _closing(lines: list[_SourceLine], patterns: _Patterns) -> None:
    """Short lines after the last prose and the last slogan or list: who speaks, who adopted it."""
    body = [i for i, line in enumerate(lines) if line.is_prose or line.kind is Kind.LIST_ITEM]
    for line in lines[body[-1] + 1 if body else len(lines) :]:
        if line.kind is None and not line.ends_sentence:
            line.kind = Kind.SIGNATURE


RULES = (
    _separators,
    _dates,
    _numbered_items,
    _bulleted_items,
    _slogans,
    _contacts,
    _title,
    _unmarked_items,
    _signatories,
    _closing,
    _headings,
)
