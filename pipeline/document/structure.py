"""Lines of plain text → blocks: what a reader sees at a glance, as rules.

The rules propose; a correction in seeds/<id>.toml decides. Each rule looks at the lines
no rule before it has claimed and names their kind, by how they look beside the others of the document:
columns, markers and gaps first, then what a line is by its place. Words of the language help
where the look leaves several readings.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import (
    closing,
    columns,
    contacts,
    datelines,
    headings,
    lists,
    notes,
    opening,
    quotations,
    slogans,
    stanzas,
    wrapping,
)
from pipeline.document.contacts import LABELLED
from pipeline.document.lines import (
    ENDS_IN_INITIAL,
    LONGEST_HEADING,
    Correction,
    Patterns,
    SourceLine,
    patterns,
    read,
)
from pipeline.document.names import names_person, names_writer
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


def _separators(lines: list[SourceLine], patterns: Patterns) -> None:
    """A line without a letter or a figure: rules, also of tatweel, and ornaments."""
    for line in lines:
        is_mute = not any(map(str.isalnum, line.text.replace("ـ", "")))
        if line.is_open and is_mute and not _ROW_OF_BLANKS.search(line.text):
            line.kind = Kind.SEPARATOR


_ROW_OF_BLANKS = re.compile(r"_{3,}+\s+_{3}")
"""To be filled in by hand."""


# --- lines of a format that shows more than their words --------------------------------


def _as_they_look(lines: list[SourceLine], patterns: Patterns) -> None:
    for line in lines:
        if line.is_open and line.likely and _looks_so(line, line.likely, patterns):
            is_author = line.likely is Kind.SUBTITLE and names_person(line, patterns)
            line.kind = Kind.SIGNATURE if is_author else line.likely


def _looks_so(line: SourceLine, likely: Kind, patterns: Patterns) -> bool:
    """Whether no words of a line say otherwise; a date may stand in a caption."""
    is_said = says_what_it_is(line, patterns)
    return not is_said or (likely is Kind.CAPTION and _says_more(line, patterns))


def _says_more(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line has words that belong to no date."""
    return any(not patterns.date_word.match(word) for word in re.findall(r"[^\W\d_]+", fold(line.text)))


def tells(text: str, language: Language) -> bool:
    """Whether the words of a line tell what it is, however it looks."""
    return any(says_what_it_is(line, patterns(language)) for line in read([text], []))


def says_what_it_is(line: SourceLine, patterns: Patterns) -> bool:
    """Whether the words of a line tell that it is a date, an address, a greeting or a slogan."""
    text = fold(line.text)
    beginnings = (patterns.courtesy, patterns.author, patterns.date_label, patterns.subject)
    is_begun = any(one.match(text) for one in beginnings) or patterns.slogan.match(line.text)
    is_date = datelines.is_date(line.text.strip(" ()[]."), patterns)
    return bool(is_begun) or contacts.is_contact(line, patterns) or is_date


# --- what a line is by its place -----------------------------------------------------


def _items(lines: list[SourceLine], patterns: Patterns) -> None:
    lists.mark_items(lines, patterns)


def _authors(lines: list[SourceLine], patterns: Patterns) -> None:
    """«By …», unless it stands behind a gap directly above a text, as headings do."""
    for line, following in itertools.zip_longest(lines, lines[1:]):
        below = following.text if following and not following.after_gap else ""
        is_address = "@" in line.text or ("@" in below and LABELLED.match(below) is not None)  # «From: …» above a mail
        if not line.is_open or len(line.text) > 60 or line.introduces or is_address:
            continue
        if not patterns.author.match(fold(line.text)):
            continue
        heads = line.after_gap and not line.before_gap and following is not None and _is_body(following)
        heads = heads or (line.after_gap and following is not None and following.kind is Kind.VERSE)
        heads = heads and not names_writer(line)
        if not heads:
            line.kind = Kind.SIGNATURE if not line.ends_sentence or ENDS_IN_INITIAL.search(line.text) else None


def _is_body(line: SourceLine) -> bool:
    return line.is_prose or line.kind in (Kind.VERSE, Kind.LIST_ITEM, Kind.TABLE)


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
        return headings.is_decorated(line.text)
    if line.kind not in (None, Kind.QUOTATION) or not line.introduces:
        return False
    signed = index > len(lines) / 2 and lines[index - 1].kind in (Kind.PARAGRAPH, Kind.SLOGAN)
    return not signed and patterns.signatories.match(line.head) is None


def _parallel(lines: Sequence[SourceLine], start: int, patterns: Patterns, *, is_close: bool) -> Iterator[SourceLine]:
    close = start < len(lines) and (is_close or not lines[start].after_gap)
    for index in range(start, len(lines)):
        line = lines[index]
        ended = not line.is_open or line.introduces or (close and index > start and line.after_gap)
        half = line.text[-1] in "؛;،," or (index > start and lines[index - 1].text[-1] in "؛;")
        counted = close and patterns.part.match(fold(line.text)) and LABELLED.match(line.text)
        phrase = counted or patterns.list_opening.match(fold(line.text)) or (close and (half or not line.ends_sentence))
        if ended or not phrase:
            return
        yield line


LAYOUT = (
    quotations.mark_quoted_mail,
    _separators,
    headings.mark_ornamented,
    columns.mark_columns,
    _items,
    notes.mark_notes,
    stanzas.mark_stanzas,
    wrapping.unwrap,
    quotations.mark_block_quotations,
)
"""Rules for lines of a file, some of which belong together."""

RULES = (
    _separators,
    _as_they_look,
    datelines.mark_dates,
    _items,
    notes.mark_notes,
    slogans.mark_slogans,
    _authors,
    contacts.mark_contacts,
    contacts.mark_letterheads,
    contacts.mark_occasions,
    columns.mark_captions,
    opening.mark_opening,
    opening.mark_addressees,
    _courtesies,
    lists.mark_numbered_headings,
    closing.mark_announced,
    _unmarked_items,
    closing.mark_signatories,
    closing.mark_closing,
    headings.mark_headings,
    headings.mark_parts,
    headings.mark_levels,
)
"""Rules for blocks, whatever format they come from."""
