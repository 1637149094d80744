"""Lines above what belongs to them: headings, by what stands around them and by what the others look like."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document.contacts import LABELLED, is_part
from pipeline.document.lines import BULLET, HOUR, LONGEST_HEADING, Patterns, SourceLine, grouped
from pipeline.document.names import names_person
from pipeline.document.quotations import OPENING_QUOTE
from pipeline.document.slogans import INNER_END
from pipeline.document.titles import INNER_SENTENCE
from pipeline.model import Kind
from pipeline.text import stops
from pipeline.text.orthography import fold

_SIGNS = "*=#~_-–—•"
_UNDERLINE = re.compile(r"[=~_–—-]{3,}")
_PAGE_NUMBER = re.compile(r"[-–—]\s?\d{1,4}\s?[-–—]")


def mark_ornamented(lines: list[SourceLine], patterns: Patterns) -> None:
    """A short line between ornaments, or above a rule as long as itself, is a heading; a number between dashes none."""
    capitals = [line for line in lines[1:] if _is_in_capitals(line)]
    for line in capitals if len(capitals) > 1 else ():
        line.kind = Kind.HEADING
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if not line.is_open or line.first == 1 or len(line.text) > LONGEST_HEADING:
            continue
        if _PAGE_NUMBER.fullmatch(line.text):
            line.kind = Kind.SEPARATOR
        rule = following.text if following and not following.after_gap and _UNDERLINE.fullmatch(following.text) else ""
        if is_decorated(line.text) or (rule and line.after_gap and abs(len(rule) - len(line.text)) <= 3):
            line.kind = Kind.HEADING


def _is_in_capitals(line: SourceLine) -> bool:
    """Whether a line stands behind a gap above others, in capitals from beginning to end."""
    alone = line.is_phrase and line.after_gap and not line.before_gap
    return alone and line.text.isupper() and sum(map(str.isalpha, line.text)) > 5 and line.text[0].isalpha()


def is_decorated(text: str) -> bool:
    """«*** … ***»"""
    return (
        text[:2].strip(_SIGNS) == text[-2:].strip(_SIGNS) == ""
        and text[:1] == text[-1:]
        and any(map(str.isalnum, text))
    )


def mark_headings(lines: list[SourceLine], patterns: Patterns) -> None:
    """The title once more; or a short line, no sentence, above what belongs to it."""
    title = next((fold(line.text) for line in lines if line.kind is Kind.TITLE), None)
    short = [fold(line.text) for line in lines if len(line.text) <= LONGEST_HEADING]
    parts = Counter(part[1] for text in short if (part := patterns.part.match(text)))
    labels = Counter(label[1] for line in lines if (label := LABELLED.match(line.text)))
    for index in range(len(lines) - 2, -1, -1):
        line, following = lines[index], lines[index + 1]
        introduced = index > 0 and lines[index - 1].introduces and not is_part(line, patterns)
        above_text = not introduced and _is_heading(line, index, labels, patterns)
        signed = line.after_gap and not line.before_gap and _is_byline(following, lines[index + 2 : index + 3])
        above_text = above_text and (signed or _has_text(following)) and not _begins_list(line, following)
        above_text = above_text and not (_ends_group(lines, index, patterns) or _is_told_apart(line, following))
        part = patterns.part.match(fold(line.text)) if line.introduces and len(line.text) <= LONGEST_HEADING else None
        above_text = above_text or (_is_number_of_part(line, patterns) and _has_text(following))
        above_text = above_text or (part is not None and parts[part[1]] > 1 and _has_text(following))
        if not line.is_open:
            continue
        if above_text or _is_lead(line, following) or (title and fold(line.text[: 2 * len(title)]) == title):
            line.kind = Kind.HEADING
    _mark_contents(lines)
    _drop_alone(lines, patterns)
    _drop_unlike(lines, patterns)
    _raise_alike(lines, patterns)


def _mark_contents(lines: Sequence[SourceLine]) -> None:
    """Lines that stand together and all come again as headings are a table of contents."""
    for group in grouped(lines):
        led = [line for line in group if line.is_open and _LEADER.search(line.text)]
        for line in led if len(led) > 1 else ():
            line.kind = Kind.LIST_ITEM
        if len(led) > 1 and group[0].is_phrase and group[1] is led[0]:
            group[0].kind = Kind.HEADING
    headings = {_named(line): line.first for line in lines if line.kind is Kind.HEADING}
    for group in grouped(lines) if headings else ():
        listed = [line for line in group if line.is_phrase and line.first < headings.get(_named(line), 0)]
        if len(listed) > 1 and len(listed) >= len(group) - 1:
            for line in listed:
                line.kind = Kind.LIST_ITEM


_LEADER = re.compile(r"(?<![.…\s])\s?(?:\.{3,}+|…++)\s?\d{1,3}$")
"""Dots that lead to the number of a page."""


def _named(line: SourceLine) -> str:
    return fold(line.text).casefold().rstrip(" .…0123456789")


def _is_byline(line: SourceLine, below: Sequence[SourceLine]) -> bool:
    """Whether a line says who wrote the text directly below it."""
    return line.kind is Kind.SIGNATURE and not line.before_gap and any(one.is_prose for one in below)


def _is_told_apart(line: SourceLine, following: SourceLine) -> bool:
    """Whether a line with a label stands above addresses, with a gap between."""
    return following.kind is Kind.CONTACT and following.after_gap and LABELLED.match(line.text) is not None


def _ends_group(lines: Sequence[SourceLine], index: int, patterns: Patterns) -> bool:
    """Whether a line is the last of several that stand together above a heading, and names no part."""
    line, following = lines[index], lines[index + 1]
    apart = following.kind is Kind.HEADING and following.after_gap and not line.after_gap
    return apart and not (index and is_part(lines[index - 1], patterns))


def _is_number_of_part(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line behind a gap is the number of an article, perhaps with a full stop, and nothing else."""
    alone = line.is_open and line.after_gap and not line.before_gap and len(line.text) <= LONGEST_HEADING
    return alone and patterns.part.fullmatch(fold(line.text)) is not None


def _drop_alone(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """A line between gaps above another heading ends what stands above it, if it is the only one or has no capitals."""
    alone = [
        (above, line, below)
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        if line.kind is Kind.HEADING is below.kind
        and line.after_gap
        and below.after_gap
        and above.kind is not Kind.TABLE
    ]
    apart = any(
        line.kind is Kind.HEADING and line.after_gap and line.before_gap and below.is_prose
        for line, below in pairwise(lines)
    )
    for above, line, below in alone:
        lower = below.text.isupper() and not line.text.isupper()
        if is_decorated(line.text):
            continue
        is_kept = apart and above.kind is not Kind.TITLE
        if (lower or (len(alone) == 1 and not is_kept)) and not (line.level or is_part(line, patterns)):
            signs = above.is_prose and names_person(line, patterns, is_second=True)
            line.kind = Kind.SIGNATURE if signs else None


def _drop_unlike(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Headings look alike: one of several short lines is none, nor, where others stand behind gaps, one without.

    Below headings in capitals there are some in small letters.
    """
    has_gaps = sum(line.kind is Kind.HEADING and line.after_gap and not line.before_gap for line in lines) > 1
    has_capitals = sum(line.kind is Kind.HEADING and line.text.isupper() for line in lines) > 1
    for above, line, below in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        if line.kind is not Kind.HEADING or line.after_gap or line.level or is_part(line, patterns):
            continue
        if above.kind is Kind.HEADING and _are_stacked(above, line, below, patterns):
            line.level = 3
            continue
        if above.kind is Kind.HEADING:
            deeper = (line.before_gap and is_part(above, patterns)) or (
                above.text.isupper() and not line.text.isupper()
            )
        else:
            capital = has_capitals and above.ends_sentence and not line.text.isupper() and len(line.text.split()) < 5
            deeper = not above.is_phrase and (not has_gaps or above.kind is Kind.SEPARATOR or capital)
        if not deeper and not is_decorated(line.text):
            line.kind = None
    for line in lines if has_capitals else ():
        if line.kind is Kind.HEADING and not line.level and not line.text.isupper():
            line.level = 3


def _are_stacked(above: SourceLine, line: SourceLine, below: SourceLine | None, patterns: Patterns) -> bool:
    """Whether a heading of a word or two stands between one like it, behind a gap, and text."""
    short = max(len(one.text.split()) for one in (above, line)) < _WORDS_OF_STACKED
    text = below is not None and not below.after_gap and below.is_prose
    return short and text and above.after_gap and not names_person(line, patterns, is_second=True)


_WORDS_OF_STACKED = 3


def _raise_alike(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """What stands above a table or a list as headings stand above prose is one, too, unless it is called a caption.

    So are days, where several stand above what happens on them.
    """
    days = [
        line
        for line, following in pairwise(lines)
        if line.kind is Kind.DATE and line.after_gap and not line.before_gap and _has_text(following)
    ]
    lines_with_hours = {line.first for line in lines if HOUR.match(line.text)}
    days += [
        line
        for line, following in pairwise(lines)
        if line.kind is Kind.DATE and line.after_gap and line.before_gap and following.first in lines_with_hours
    ]
    years = [line for line, below in pairwise(lines) if _is_year(line) and below.kind in (Kind.LIST_ITEM, None)]
    for line in [*(days if len(days) > 1 else ()), *(years if len(years) > 2 else ())]:
        line.kind = Kind.HEADING
    _raise_questions(lines, patterns)
    leads = sum(line.kind is Kind.HEADING and line.introduces for line in lines)
    above_tables = [
        line
        for line, following in pairwise(lines)
        if line.kind is Kind.CAPTION and following.kind is Kind.TABLE and line.after_gap
    ]
    unnamed = [line for line in above_tables if not patterns.caption.match(fold(line.text))]
    behind_gaps = sum(line.kind is Kind.HEADING and line.after_gap and not line.before_gap for line in lines)
    for line in unnamed if behind_gaps and behind_gaps + len(unnamed) > 2 else ():
        line.kind = Kind.HEADING
    behind_rules = [line for above, line in pairwise(lines) if above.kind is Kind.SEPARATOR]
    captions, ruled = ({line.first for line in some} for some in (unnamed, behind_rules))
    for line, following in pairwise(lines):
        if line.first in captions and HOUR.match(following.text):
            line.kind = Kind.HEADING  # of what happens then
    for line in unnamed if len({line.text.split()[0] for line in unnamed}) < len(unnamed) else ():
        line.kind = Kind.HEADING  # «Programme of the first day», «Programme of the second day»
    for line in unnamed if sum(line.kind is Kind.HEADING for line in behind_rules) > 1 else ():
        line.kind = Kind.HEADING if line.first in ruled else line.kind
    listed = any(line.kind is Kind.HEADING and below.kind is Kind.LIST_ITEM for line, below in pairwise(lines))
    for above, line, following in zip(lines, lines[1:], lines[2:], strict=False):
        signed = above.kind in (Kind.SIGNATURE, Kind.SIGNATURES)
        lead = leads or (listed and behind_gaps > 1 and not line.before_gap and not signed)
        lead = lead and line.is_open and line.introduces and line.after_gap and len(line.text.split()) < 4
        if lead and following.kind is Kind.LIST_ITEM and not following.after_gap:
            line.kind = Kind.HEADING


def _raise_questions(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """What is asked or called behind the number of a part is a heading where other parts have headings."""
    parts = [(line, patterns.part.match(line.head)) for line in lines if len(line.text) <= LONGEST_HEADING]
    headed = Counter(part[1] for line, part in parts if part and line.kind is Kind.HEADING)
    for line, part in parts:
        asks = line.is_open and line.after_gap and line.text[-1] in stops.QUESTIONS + stops.SHOUTS
        if asks and part and headed[part[1]] > 1:
            line.kind = Kind.HEADING


def _stands_below_hour(line: SourceLine) -> bool:
    """Whether a line says more of what happens at the hour directly above it."""
    return not line.after_gap and line.first > 1 and HOUR.match(line.source[line.first - 2].strip()) is not None


def _is_year(line: SourceLine) -> bool:
    return line.kind is Kind.DATE and line.after_gap and _YEAR_ALONE.fullmatch(line.text) is not None


_YEAR_ALONE = re.compile(r"(?:[^\W\d]{1,12}\s)?\d{4}")


def _is_heading(line: SourceLine, index: int, labels: Counter[str], patterns: Patterns) -> bool:
    if line.is_phrase:
        labelled = not line.after_gap and LABELLED.match(line.text) and not is_part(line, patterns)
        whole = "\n" not in line.text and not INNER_SENTENCE.search(line.text)
        if HOUR.match(line.text) or _stands_below_hour(line):
            return False  # what happens then heads nothing
        goes_on = not line.before_gap and patterns.unfinished.match(fold(line.text))
        return whole and line.text[0] not in "([（［" and not labelled and not goes_on
    asks = line.text.endswith(tuple(stops.QUESTIONS)) and len(line.text) <= 50 and not INNER_END.search(line.text)
    label = LABELLED.match(line.text)
    plain = not label or patterns.ordinal.match(fold(line.text)) or (labels[label[1]] == 1 and " " in label[1])
    opens = line.text[0] in '«"“「『' or BULLET.match(line.text) is not None
    return line.is_open and asks and line.after_gap and index > 0 and not opens and bool(plain)


def _begins_list(line: SourceLine, following: SourceLine) -> bool:
    """Whether a list is the end of the sentence that a line begins: with no gap before either."""
    listed = following.kind is Kind.LIST_ITEM and not line.after_gap and not following.after_gap
    return listed and len(line.text.split()) > 3


def _is_lead(line: SourceLine, following: SourceLine) -> bool:
    """Whether a few words and a colon, on a line of their own behind a gap, stand directly above prose."""
    alone = line.is_open and line.introduces and line.after_gap and len(line.text) <= 30
    return alone and not following.after_gap and following.is_prose and not OPENING_QUOTE.match(following.text)


def _has_text(line: SourceLine) -> bool:
    """Whether a heading may stand above a line: prose, a list, what introduces one, another heading."""
    kinds = (Kind.LIST_ITEM, Kind.HEADING, Kind.TABLE, Kind.CONTACT, Kind.CAPTION, Kind.QUOTATION, Kind.VERSE)
    told = line.is_open and (line.introduces or HOUR.match(line.text) is not None)
    return line.is_prose or told or line.kind in kinds


def mark_parts(lines: list[SourceLine], patterns: Patterns) -> None:
    """«ماده ۵», «فصل دوم»: those of one word are headings if they stand alone, or else paragraphs, all alike."""
    parts: dict[tuple[str, bool], list[SourceLine]] = defaultdict(list)
    for line in lines:
        if line.kind in (None, Kind.HEADING, Kind.PARAGRAPH) and (part := patterns.part.match(line.head)):
            parts[part[1], bool(part[2])].append(line)
    for same in parts.values():
        heads = sum(line.kind is Kind.HEADING for line in same)
        if len(same) > 1 and heads and heads <= len(same) / 2:
            for line in same:
                line.kind = Kind.PARAGRAPH


def mark_levels(lines: list[SourceLine], patterns: Patterns) -> None:
    """Headings of one word are of one level: below those under which they first stand."""
    levels: dict[str, int] = {}
    for before, line in pairwise((None, *lines)):
        if line is None or line.kind is not Kind.HEADING or line.level:
            continue
        part = patterns.part.match(fold(line.text))
        word = part[1] if part else ""
        if word not in levels:
            under = before is not None and before.kind is Kind.HEADING
            levels[word] = min(6, (before.level if under and before else 1) + 1) if word else 2
        line.level = levels[word]
