"""Lines of plain text → blocks: what a reader sees at a glance, as rules.

The rules propose; a correction in seeds/<id>.toml decides. Each rule looks at the lines
no rule before it has claimed and names their kind, by how they look beside the others of the document:
columns, markers and gaps first, then what a line is by its place. Words of the language help
where the look leaves several readings.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.document import columns, contacts, lists, notes, quotations, wrapping
from pipeline.document.contacts import LABELLED, is_part
from pipeline.document.lines import (
    LONGEST_HEADING,
    LONGEST_LABEL,
    Correction,
    Patterns,
    SourceLine,
    joined,
    patterns,
    read,
)
from pipeline.document.quotations import OPENING_QUOTE
from pipeline.languages import Language
from pipeline.model import Block, Kind
from pipeline.text.orthography import fold


def propose(
    lines: Sequence[str],
    language: Language,
    corrections: Sequence[Correction] = (),
    *,
    is_plain: bool = True,
    likely: Mapping[int, Kind] | None = None,
) -> tuple[Block, ...]:
    """Return the blocks of a text given as lines without their ends; blank lines belong to none.

    Lines that are paragraphs already, and no lines of a file, are not `is_plain`: none is part of another. `likely` is
    what some of these look like, by their numbers; their words go before that.
    """
    known = patterns(language)
    blocks = list(read(lines, corrections))
    for line in blocks:
        line.likely = (likely or {}).get(line.first)
    for line in blocks:
        if line.kind in (Kind.LIST_ITEM, Kind.SIGNATURE):
            lists.take_marker(line, known)
    for rule in (*(LAYOUT if is_plain else ()), *RULES):
        rule(blocks, known)
    return tuple(_block(line) for line in blocks)


def _block(line: SourceLine) -> Block:
    kind = line.kind or Kind.PARAGRAPH
    level = {Kind.TITLE: 1, Kind.HEADING: line.level or 2}.get(kind, 0)
    depth = (line.depth or 1) if kind is Kind.LIST_ITEM else 0
    return Block(kind, line.text, line.first, line.last, level, line.marker, line.ordinal, depth, line.header_rows)


# --- lines that show what they are ---------------------------------------------------

_SIGNATURE_RULE = re.compile(r"--\s*")


def _separators(lines: list[SourceLine], patterns: Patterns) -> None:
    """A line without a letter or a figure: rules, also of tatweel, and ornaments."""
    for line in lines:
        if line.is_open and not any(map(str.isalnum, line.text.replace("ـ", ""))):
            line.kind = Kind.SEPARATOR


_SIGNS = "*=#~_-–—•"
_UNDERLINE = re.compile(r"[=~_–—-]{3,}")
_PAGE_NUMBER = re.compile(r"[-–—]\s?\d{1,4}\s?[-–—]")


def _ornamented(lines: list[SourceLine], patterns: Patterns) -> None:
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
        if _is_decorated(line.text) or (rule and line.after_gap and abs(len(rule) - len(line.text)) <= 3):
            line.kind = Kind.HEADING


def _is_in_capitals(line: SourceLine) -> bool:
    """Whether a line stands behind a gap above others, in capitals from beginning to end."""
    alone = line.is_phrase and line.after_gap and not line.before_gap
    return alone and line.text.isupper() and sum(map(str.isalpha, line.text)) > 5 and line.text[0].isalpha()


def _is_decorated(text: str) -> bool:
    """«*** … ***»"""
    return (
        text[:2].strip(_SIGNS) == text[-2:].strip(_SIGNS) == "" and text[:1] == text[-1:] and bool(text.strip(_SIGNS))
    )


_NUMERIC_DATE = re.compile(r"(?:[^\W\d]+[\s،,–—-]+){0,3}\d{1,4}\s?([/.-])\s?\d{1,2}\s?\1\s?\d{1,4}")


def _dates(lines: list[SourceLine], patterns: Patterns) -> None:
    """A line that is a date, with at most three words more (a place), or behind a label; never the first line."""
    for index, line in enumerate(lines):
        if (
            not line.is_open
            or len(line.text) > LONGEST_HEADING
            or patterns.subtitle.match(fold(line.text.lstrip("([")))
        ):
            continue
        label = patterns.date_label.match(fold(line.text))
        if (label and re.search(r"\d", line.text)) or (index and _is_date(line.text.strip(" ()[]."), patterns)):
            line.kind = Kind.DATE


def _is_date(line: str, patterns: Patterns) -> bool:
    text = fold(line)
    if _NUMERIC_DATE.fullmatch(text) or _YEARS.fullmatch(text):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not patterns.date_word.match(word)]
    if patterns.date.fullmatch(text):
        return len(words) <= 3
    season = _SEASON.fullmatch(text)
    return season is not None and patterns.date_word.match(season[1]) is not None


_YEARS = re.compile(r"\d{4}\s?[–—/-]\s?\d{4}")
_SEASON = re.compile(r"(?:[^\W\d_]+(?: [^\W\d_]+)?[،,] )?([^\W\d_]+) \d{4}")
"""Behind a place, or alone."""


def _slogans(lines: list[SourceLine], patterns: Patterns) -> None:
    """«زنده باد …»; and among short lines that stand together, as many of them are calls."""
    for line in lines:
        if line.is_open and patterns.slogan.match(line.text) and len(line.text) <= LONGEST_LABEL:
            line.kind = Kind.SLOGAN
    run: list[SourceLine] = []
    first = next(
        (index for index, line in enumerate(lines) if line.is_prose and not line.text.endswith("!")), len(lines)
    )
    for line in lines[1 if first == len(lines) else first :]:
        is_call = line.kind is Kind.SLOGAN or (line.is_open and _is_short_call(line))
        if run and (line.after_gap or not is_call):
            _chorus(run)
            run = []
        if is_call:
            run.append(line)
    _chorus(run)
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        between = before.kind is Kind.SLOGAN and after.kind is Kind.SLOGAN
        if between and line.is_open and not line.is_prose:
            line.kind = Kind.SLOGAN


_INNER_SENTENCE = re.compile(r"[^\W\d]{3}[.!؟?]\s+\S")
_INNER_END = re.compile(r"[.!؟?]\s+\w")


def _chorus(run: Sequence[SourceLine]) -> None:
    """Short lines that stand together are slogans if most of them call."""
    calls = [line for line in run if line.text.endswith("!") or line.kind is Kind.SLOGAN]
    if len(run) > 1 and len(calls) > len(run) / 2:
        for line in run:
            line.kind = Kind.SLOGAN


def _is_call(line: SourceLine) -> bool:
    return line.text.endswith("!") and _is_short_call(line)


def _is_short_call(line: SourceLine) -> bool:
    return len(line.text) <= LONGEST_HEADING and line.text[-1] not in ".:؟?،," and not _INNER_END.search(line.text)


# --- lines of a format that shows more than their words --------------------------------


def _as_they_look(lines: list[SourceLine], patterns: Patterns) -> None:
    for line in lines:
        if line.is_open and line.likely and not says_what_it_is(line, patterns):
            is_author = line.likely is Kind.SUBTITLE and _names_person(line, patterns)
            line.kind = Kind.SIGNATURE if is_author else line.likely


def tells(text: str, language: Language) -> bool:
    """Whether the words of a line tell what it is, however it looks."""
    return any(says_what_it_is(line, patterns(language)) for line in read([text], []))


def says_what_it_is(line: SourceLine, patterns: Patterns) -> bool:
    """Whether the words of a line tell that it is a date, an address, a greeting or a slogan."""
    text = fold(line.text)
    beginnings = (patterns.courtesy, patterns.author, patterns.date_label, patterns.subject)
    is_begun = any(one.match(text) for one in beginnings) or patterns.slogan.match(line.text)
    return bool(is_begun) or contacts.is_contact(line, patterns) or _is_date(line.text.strip(" ()[]."), patterns)


# --- what a line is by its place -----------------------------------------------------


def _items(lines: list[SourceLine], patterns: Patterns) -> None:
    lists.mark_items(lines, patterns)


def _title(lines: list[SourceLine], patterns: Patterns) -> None:
    """The subject of a letter; or the first line that no label begins, if it is short and no sentence."""
    invoked = [line for line in lines[:3] if line.is_open and patterns.invocation.match(fold(line.text))]
    for line in invoked:
        line.kind = Kind.PARAGRAPH
    if any(line.kind is Kind.TITLE for line in lines):
        return
    furniture = (Kind.DATE, Kind.CONTACT, Kind.SEPARATOR)
    head = [line for line in lines[:8] if line.kind not in furniture and line not in invoked]
    for line in lines[:12]:
        if line.kind in (None, Kind.CONTACT) and patterns.subject.match(fold(line.text)):
            line.kind = Kind.TITLE
            _above_subject(lines, line)
            return
    if not head or len(lines) == 1 or not _is_title(head[0], patterns):
        return
    head[0].kind = Kind.TITLE
    place = next(index for index, line in enumerate(lines) if line is head[0])
    if place + 1 < len(lines):
        _below_title(lines, place, patterns)


def _above_subject(lines: Sequence[SourceLine], subject: SourceLine) -> None:
    """Above the subject of a letter stand no headings, but who writes to whom, and where they are."""
    for line in lines:
        if line is subject:
            return
        if line.is_phrase:
            line.kind = Kind.CONTACT if re.search(r"\d", line.text) else Kind.PARAGRAPH


def _is_title(line: SourceLine, patterns: Patterns) -> bool:
    if not line.is_open or patterns.courtesy.match(fold(line.text)) or _INNER_END.search(line.text):
        return False
    called = line.text.endswith(("!", "؟", "?")) and len(line.text) <= LONGEST_HEADING
    return called or (not line.is_prose and not line.text.endswith(":"))


def _below_title(lines: list[SourceLine], place: int, patterns: Patterns) -> None:
    """The line below the title is a part of it, or a subtitle when it looks otherwise, or begins anew."""
    title, second = lines[place], lines[place + 1]
    bracketed = second.text[0] in "([" and second.text[-1] in ")]"
    named = patterns.subtitle.match(fold(second.text)) is not None and len(second.text) <= LONGEST_LABEL
    stands_alone = second.before_gap or not (place + 2 < len(lines) and lines[place + 2].is_open)
    called = second.text.endswith(("!", "؟", "?")) and len(second.text) <= LONGEST_HEADING
    if not second.is_open or second.introduces or patterns.courtesy.match(fold(second.text)):
        return
    if second.is_prose and not (called and stands_alone and not second.after_gap):
        return
    if bracketed or (named and stands_alone):
        second.kind = Kind.SUBTITLE
    elif not second.after_gap and stands_alone and _names_person(second, patterns):
        second.kind = Kind.SIGNATURE
    elif not second.after_gap and stands_alone and not LABELLED.match(second.text):
        closed = called or title.text[-1] in '!؟?»"”.' or title.text.isupper() != second.text.isupper()
        if closed or abs(title.indent - second.indent) > 4 or len(second.text) > 1.5 * len(title.text):
            second.kind = Kind.SUBTITLE
        else:
            lines[place : place + 2] = [joined(lines[place : place + 2])]


_ENDS_IN_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.$")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\s\w")


def _names_person(line: SourceLine, patterns: Patterns) -> bool:
    return bool(patterns.given_name.match(fold(line.text)) or _INITIAL.search(line.text))


def _authors(lines: list[SourceLine], patterns: Patterns) -> None:
    for line in lines:
        if line.is_open and len(line.text) <= 60 and patterns.author.match(fold(line.text)) and not line.introduces:
            line.kind = Kind.SIGNATURE if not line.ends_sentence or _ENDS_IN_INITIAL.search(line.text) else None


def _courtesies(lines: list[SourceLine], patterns: Patterns) -> None:
    """A greeting is a paragraph, however short."""
    for line in lines:
        if line.is_open and len(line.text) <= LONGEST_HEADING and patterns.courtesy.match(fold(line.text)):
            line.kind = Kind.PARAGRAPH


def _unmarked_items(lines: list[SourceLine], patterns: Patterns) -> None:
    """Parallel noun phrases after a line that announces them: at once, or each after a blank line."""
    for index, line in enumerate(lines):
        if not _announces(lines, index, patterns):
            continue
        items = list(_parallel(lines, index + 1, patterns, is_close=line.kind is Kind.HEADING))
        if len(items) > 1:
            for item in items:
                item.kind = Kind.LIST_ITEM


def _announces(lines: Sequence[SourceLine], index: int, patterns: Patterns) -> bool:
    """Whether a line ends in a colon, or stands between ornaments; but not those below which somebody signs."""
    line = lines[index]
    if line.kind is Kind.HEADING:
        return _is_decorated(line.text)
    signed = index > len(lines) / 2 and lines[index - 1].kind is Kind.PARAGRAPH
    signed = signed or patterns.signatories.match(fold(line.text)) is not None
    return line.kind in (None, Kind.QUOTATION) and line.introduces and not signed


def _parallel(lines: Sequence[SourceLine], start: int, patterns: Patterns, *, is_close: bool) -> Iterator[SourceLine]:
    close = start < len(lines) and (is_close or not lines[start].after_gap)
    for index in range(start, len(lines)):
        line = lines[index]
        ended = not line.is_open or line.introduces or (close and index > start and line.after_gap)
        half = line.text[-1] in "؛;،,"
        phrase = patterns.list_opening.match(fold(line.text)) or (close and (half or not line.ends_sentence))
        if ended or not phrase:
            return
        yield line


def _headings(lines: list[SourceLine], patterns: Patterns) -> None:
    """The title once more; or a short line, no sentence, above what belongs to it."""
    title = next((fold(line.text) for line in lines if line.kind is Kind.TITLE), None)
    for index in range(len(lines) - 2, -1, -1):
        line, following = lines[index], lines[index + 1]
        above_text = _is_heading(line, index, patterns) and _has_text(following) and not _begins_list(line, following)
        if line.is_open and (fold(line.text) == title or above_text or _is_lead(line, following)):
            line.kind = Kind.HEADING
    for above, line in pairwise(lines):
        below = above.kind is Kind.HEADING is line.kind and not line.after_gap
        if below and not (line.level or is_part(line, patterns) or (line.before_gap and is_part(above, patterns))):
            line.kind = None


def _is_heading(line: SourceLine, index: int, patterns: Patterns) -> bool:
    if line.is_phrase:
        labelled = not line.after_gap and LABELLED.match(line.text) and not is_part(line, patterns)
        whole = "\n" not in line.text and not _INNER_SENTENCE.search(line.text)
        return whole and line.text[0] not in "([" and not labelled and not patterns.unfinished.match(fold(line.text))
    asks = line.text.endswith(("?", "؟")) and len(line.text) <= 50 and not _INNER_END.search(line.text)
    plain = ":" not in line.text or patterns.ordinal.match(fold(line.text))
    return line.is_open and asks and line.after_gap and index > 0 and line.text[0] not in '-–—«"“' and bool(plain)


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
    return line.is_prose or (line.is_open and line.introduces) or line.kind in kinds


def _parts(lines: list[SourceLine], patterns: Patterns) -> None:
    """«ماده ۵», «فصل دوم»: those of one word are headings if they stand alone, or else paragraphs, all alike."""
    parts: dict[tuple[str, bool], list[SourceLine]] = defaultdict(list)
    for line in lines:
        if line.kind in (None, Kind.HEADING, Kind.PARAGRAPH) and (part := patterns.part.match(fold(line.text))):
            parts[part[1], bool(part[2])].append(line)
    for same in parts.values():
        heads = sum(line.kind is Kind.HEADING for line in same)
        if len(same) > 1 and heads and heads <= len(same) / 2:
            for line in same:
                line.kind = Kind.PARAGRAPH


def _levels(lines: list[SourceLine], patterns: Patterns) -> None:
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


def _signatories(lines: list[SourceLine], patterns: Patterns) -> None:
    """Names under a line that announces them, with or without markers."""
    announced = False
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        short = line.is_open and not line.is_prose
        if short and len(line.text) <= 60 and patterns.signatories.match(fold(line.text)) and following:
            marked = following.kind is Kind.LIST_ITEM
            line.kind, announced = Kind.HEADING if marked or not line.introduces else Kind.PARAGRAPH, True
        elif announced and (short or line.kind is Kind.LIST_ITEM):
            line.kind = Kind.SIGNATURE
        else:
            announced = False


def _closing(lines: list[SourceLine], patterns: Patterns) -> None:
    """Short lines after the last prose and the last slogan or list: who speaks, who adopted it; all below «-- »."""
    below = [index for index, line in enumerate(lines) if _SIGNATURE_RULE.fullmatch(line.text)]
    for line in lines[below[-1] :] if below else ():
        if line.is_open and len(line.text) <= LONGEST_HEADING:
            line.kind = Kind.SIGNATURE
    for line in lines[_end_of_body(lines, patterns) :]:
        if line.is_open and line.text.endswith("!") and len(line.text) <= 60 and not _INNER_END.search(line.text):
            line.kind = Kind.SLOGAN
        elif line.is_open and not line.ends_sentence and line.text[0] not in "([" and not is_part(line, patterns):
            line.kind = Kind.SIGNATURE


def _end_of_body(lines: Sequence[SourceLine], patterns: Patterns) -> int:
    """Return the place behind the last prose; lists and remarks behind the names of those who sign are no body."""
    kinds = (Kind.LIST_ITEM, Kind.TABLE, Kind.VERSE, Kind.QUOTATION)
    prose = [index for index, line in enumerate(lines) if (line.is_prose and not _is_call(line)) or line.kind in kinds]
    if not prose:
        return len(lines)
    end = max([prose[-1], *_above_text(lines, patterns)]) + 1
    for index in range(len(lines) - 1, 0, -1):
        names = [line for line in lines[max(0, index - 3) : index] if _is_name(line)]
        if (
            index > len(lines) / 2
            and lines[index].kind is Kind.PARAGRAPH
            and _is_name(lines[min(index + 1, len(lines) - 1)])
        ):
            return index
        if index < end - 12:
            break
        short = lines[index].introduces and len(lines[index].text) <= 40
        if lines[index].is_open and short and names and index > len(lines) / 2:
            return index - len(names)
    return end


def _above_text(lines: Sequence[SourceLine], patterns: Patterns) -> Iterator[int]:
    """Yield the places of headings, but for one above names."""
    for index, line in enumerate(lines):
        if line.kind is Kind.HEADING and not patterns.signatories.match(fold(line.text)):
            yield index


def _is_name(line: SourceLine) -> bool:
    return line.is_open and len(line.text) <= 50 and not line.ends_sentence and not line.introduces


def _stanzas(lines: list[SourceLine], patterns: Patterns) -> None:
    columns.mark_stanzas(lines, patterns)


LAYOUT = (
    quotations.mark_quoted_mail,
    _separators,
    _ornamented,
    columns.mark_columns,
    _items,
    notes.mark_notes,
    wrapping.unwrap,
    _stanzas,
    quotations.mark_block_quotations,
)
"""Rules for lines of a file, some of which belong together."""

RULES = (
    _separators,
    _dates,
    _as_they_look,
    _items,
    notes.mark_notes,
    _slogans,
    _authors,
    contacts.mark_contacts,
    contacts.mark_letterheads,
    columns.mark_captions,
    _title,
    _courtesies,
    lists.mark_numbered_headings,
    _unmarked_items,
    _signatories,
    _closing,
    _headings,
    _parts,
    _levels,
)
"""Rules for blocks, whatever format they come from."""
