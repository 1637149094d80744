"""Lines of plain text → blocks: what a reader sees at a glance, as rules.

The rules propose; a correction in seeds/<id>.toml decides. Each rule looks at the lines
no rule before it has claimed and names their kind, by how they look beside the others of the document:
columns, markers and gaps first, then what a line is by its place. Words of the language help
where the look leaves several readings.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from pipeline.document import columns, lists, notes, wrapping
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
from pipeline.languages import Language
from pipeline.model import Block, Kind
from pipeline.text.orthography import fold, western_digits
from pipeline.text.segment import ADDRESS

__all__ = ["Correction", "is_contact_value", "propose"]


def propose(
    lines: Sequence[str], language: Language, corrections: Sequence[Correction] = (), *, is_plain: bool = True
) -> tuple[Block, ...]:
    """Return the blocks of a text given as lines without their ends; blank lines belong to none.

    Lines that are paragraphs already, and no lines of a file, are not `is_plain`: none is part of another.
    """
    known = patterns(language)
    blocks = list(read(lines, corrections))
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


_QUOTED = re.compile(r"(?:>[ \t]?)+")


def _quoted_mail(lines: list[SourceLine], patterns: Patterns) -> None:
    """Lines behind «>», as far as they are equally deep; the signs are no part of the text."""
    blocks: list[SourceLine] = []
    depths: list[int] = []
    for line in lines:
        quoted = _QUOTED.match(line.text) if line.is_open else None
        depth = quoted[0].count(">") if quoted else 0
        if quoted and not line.text[quoted.end() :].strip() and not (depths and depths[-1]):
            depth = 0  # an empty line before a quotation
        if depth and depths and depths[-1] == depth and not line.after_gap:
            _quote(blocks[-1], line, quoted.end() if quoted else 0)
            continue
        if depth and quoted:
            line.kind, line.marker, line.text = Kind.QUOTATION, quoted[0].strip(), line.text[quoted.end() :]
        blocks.append(line)
        depths.append(depth)
    for line in blocks:
        line.text = line.text.strip()
    lines[:] = blocks


def _quote(block: SourceLine, line: SourceLine, width: int) -> None:
    if text := line.text[width:].strip():
        block.text = f"{block.text.rstrip()}\n{text}"
        block.last, block.before_gap = line.last, line.before_gap


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
    return not words and bool(_SEASON.fullmatch(text))


_YEARS = re.compile(r"\d{4}\s?[–—/-]\s?\d{4}")
_SEASON = re.compile(r"[^\W\d_]+ \d{4}")


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


# --- contact lines -------------------------------------------------------------------

_PHONE = re.compile(r"\+?[\d(][\d\s()./+-]{4,}\d")
_HANDLE = re.compile(r"(?<![\w.])@\w{3,}")


class _ContactPart(StrEnum):
    """What a line says of an address or a phone number."""

    LABEL = "label"
    VALUE = "value"
    BOTH = "both"
    NAMED = "named"
    """A label and something behind it that is no address: the label of the value above, if one stands alone there."""


_PAIRS = (
    (_ContactPart.LABEL, _ContactPart.VALUE),
    (_ContactPart.VALUE, _ContactPart.LABEL),
    (_ContactPart.VALUE, _ContactPart.NAMED),
)


def is_contact_value(text: str) -> bool:
    """Whether the text is nothing but an e-mail or web address, a phone or an account number."""
    text = western_digits(text.strip())
    return bool(ADDRESS.fullmatch(text) or _PHONE.fullmatch(text))


def _contacts(lines: list[SourceLine], patterns: Patterns) -> None:
    """Labels and values; alone on their lines, they pair in the order in which the first two stand."""
    parts = [_contact_part(line, patterns) for line in lines]
    blocks, index = [], 0
    while index < len(lines):
        pairs = tuple(parts[index : index + 2]) in _PAIRS
        line = joined(lines[index : index + 1 + pairs])
        alone = parts[index] is _ContactPart.LABEL and not pairs
        line.kind = Kind.CONTACT if parts[index] and not alone else line.kind
        blocks.append(line)
        index += 1 + pairs
    lines[:] = blocks


def _contact_part(line: SourceLine, patterns: Patterns) -> _ContactPart | None:
    text = line.text
    if not line.is_open or len(text) > LONGEST_LABEL or text.endswith("."):
        return None
    if is_contact_value(text) or _HANDLE.fullmatch(text):
        return _ContactPart.VALUE
    rest, found = _without_addresses(text)
    if found and sum(map(str.isalpha, rest)) < 12:
        return _ContactPart.BOTH
    if not (label := patterns.contact.search(fold(text))):
        return None
    if ":" in text:
        return _labelled_part(text, is_first=label.start() == 0, has_address=found)
    numbered = label.start() == 0 and bool(re.search(r"\d", text)) and len(text) <= 60
    return _ContactPart.BOTH if numbered or (found and len(rest) < 40) else None


def _labelled_part(text: str, *, is_first: bool, has_address: bool) -> _ContactPart | None:
    label, _, value = text.partition(":")
    if has_address:
        return _ContactPart.BOTH
    if value.strip():
        return _ContactPart.NAMED if is_first else None
    return _ContactPart.LABEL if len(label) <= 40 else None


def _without_addresses(text: str) -> tuple[str, bool]:
    """Return what a line says besides addresses, numbers and handles, and whether it has any; a date is none."""
    text = western_digits(text)
    rest = _HANDLE.sub("", ADDRESS.sub("", text))
    rest = rest if _DATE_IN_FIGURES.search(rest) else _PHONE.sub("", rest)
    return rest, len(rest) < len(text)


_DATE_IN_FIGURES = re.compile(r"(?<![\d/.-])\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?![\d/.-])")
_LABELLED = re.compile(r"([^\W\d][^:.!?؟«\n]{0,30}?)\s*:\s*+(?=\S)")


def _letterheads(lines: list[SourceLine], patterns: Patterns) -> None:
    """Short lines with a label each that stand together: «شماره: …», «From: …»."""
    run: list[SourceLine] = []
    for line in lines:
        labelled = _is_labelled(line) and not _is_part(line, patterns)
        if run and (line.after_gap or not labelled):
            _claim_labelled(run)
            run = []
        if labelled:
            run.append(line)
    _claim_labelled(run)


def _is_part(line: SourceLine, patterns: Patterns) -> bool:
    """«فصل دوم: …», «ثانياً: …»: what stands behind the colon is named, not labelled."""
    text = fold(line.text)
    return bool(patterns.part.match(text) or patterns.ordinal.match(text))


def _is_labelled(line: SourceLine) -> bool:
    if line.kind in (Kind.CONTACT, Kind.DATE):
        return True
    value = line.text[-1] not in ".!?؟؛;،,"
    return line.is_open and len(line.text) <= LONGEST_HEADING and value and _LABELLED.match(line.text) is not None


def _claim_labelled(run: Sequence[SourceLine]) -> None:
    labels = {line.text.partition(":")[0] for line in run}
    if len(run) > 1 and len(labels) > 1:
        for line in run:
            line.kind = line.kind or Kind.CONTACT


# --- what a line is by its place -----------------------------------------------------


def _items(lines: list[SourceLine], patterns: Patterns) -> None:
    lists.mark_items(lines, patterns)


def _title(lines: list[SourceLine], patterns: Patterns) -> None:
    """The subject of a letter; or the first line that no label begins, if it is short and no sentence."""
    invoked = [line for line in lines[:3] if line.is_open and patterns.invocation.match(fold(line.text))]
    for line in invoked:
        line.kind = Kind.PARAGRAPH
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
    elif not second.after_gap and stands_alone and not _LABELLED.match(second.text):
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


_OPENING_QUOTE = re.compile(r"[«“„\"]")
_CLOSED_QUOTE = re.compile(r"[»”\"][.۱۲۳۴۵۶۷۸۹\d\[\]*]{0,4}$")


def _block_quotations(lines: list[SourceLine], patterns: Patterns) -> None:
    """What is indented, or announced by a colon, and stands in quotation marks from beginning to end."""
    blocks: list[SourceLine] = []
    index = 0
    while index < len(lines):
        run = _quoted_run(lines, index)
        line = joined(run) if run else lines[index]
        if run:
            line.kind = Kind.QUOTATION
        blocks.append(line)
        index += max(1, len(run))
    lines[:] = blocks


def _quoted_run(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    if alone := _indented_run(lines, start):
        return alone
    line = lines[start]
    announced = start > 0 and lines[start - 1].introduces
    indented = line.indent >= 2 and start > 0 and lines[start - 1].indent < line.indent
    if not line.is_open or not (announced or indented) or not _OPENING_QUOTE.match(line.text):
        return []
    for end in range(start, min(start + 40, len(lines))):
        here = lines[end]
        if not here.is_open or here.indent != line.indent or (end > start and here.after_gap):
            return []
        if _CLOSED_QUOTE.search(here.text):
            return list(lines[start : end + 1])
    return []


def _indented_run(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    """Return lines behind a colon that alone are indented, and end a sentence."""
    line, before = lines[start], lines[start - 1] if start else None
    if before is None or not before.introduces or before.indent + 2 >= line.indent or not line.is_open:
        return []
    run = [line]
    for here in lines[start + 1 : start + 40]:
        if here.after_gap or not here.is_open or here.indent != line.indent:
            break
        run.append(here)
    after = lines[start + len(run)] if start + len(run) < len(lines) else None
    ended = run[-1].text[-1] in ".؟?…»”" and (after is None or after.indent < line.indent)
    return run if ended and all(len(one.text) > 30 or one is run[-1] for one in run) else []


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
        if below and not (line.level or _is_part(line, patterns) or (line.before_gap and _is_part(above, patterns))):
            line.kind = None


def _is_heading(line: SourceLine, index: int, patterns: Patterns) -> bool:
    if line.is_phrase:
        labelled = not line.after_gap and _LABELLED.match(line.text) and not _is_part(line, patterns)
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
    return alone and not following.after_gap and following.is_prose and not _OPENING_QUOTE.match(following.text)


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
        elif line.is_open and not line.ends_sentence and line.text[0] not in "([" and not _is_part(line, patterns):
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
    _quoted_mail,
    _separators,
    _ornamented,
    columns.mark_columns,
    _items,
    notes.mark_notes,
    wrapping.unwrap,
    _stanzas,
    _block_quotations,
)
"""Rules for lines of a file, some of which belong together."""

RULES = (
    _separators,
    _dates,
    _items,
    notes.mark_notes,
    _slogans,
    _authors,
    _contacts,
    _letterheads,
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
