"""The head of a letter: who writes, to whom, when, with which number, on what subject."""

import itertools
import re
from collections.abc import Sequence

from pipeline.document.contacts import LABELLED
from pipeline.document.lines import FURNITURE, LONGEST_HEAD, LONGEST_HEADING, Patterns, SourceLine, grouped
from pipeline.document.names import names_kind
from pipeline.document.slogans import is_cry
from pipeline.languages.capitals import has_case
from pipeline.model import Kind
from pipeline.text.orthography import fold

_FIGURE = re.compile(r"\d")
_REPLY = re.compile(r"[A-Za-z]{2,3}\s?:\s")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NAME_IN_QUOTES = re.compile(r"«[^«»]{2,30}»|“[^“”]{2,30}”|„[^„“]{2,30}“")
_MOST_GROUPS = 5
"""In which a letter has greeted."""
_MOST_GROUPS_OF_LETTER = 8
_GROUPS_ABOVE_SUBJECT = 2
"""Of the head of a letter: who writes, to whom, when."""


def is_letterhead(group: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether lines say who writes: an organisation, its number in a register, its address."""
    first = next((line for line in group if line.kind not in FURNITURE), group[0])
    second = group[1] if len(group) > 1 else None
    counted = second and second.is_open and _FIGURE.search(second.text) and not _YEAR.search(second.text)
    registered = second and (second.kind is Kind.CONTACT or (counted and not patterns.month.search(fold(second.text))))
    named = patterns.organisation.match(fold(first.text)) or (
        second and _is_latin(first.text) != _is_latin(second.text) and patterns.organisation.match(fold(second.text))
    )  # in two languages
    return bool(registered or named)


def _is_latin(text: str) -> bool:
    return next((letter for letter in text if letter.isalpha()), "").isascii()


def mark_above_title(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Above the title stands who writes, as addresses do; and mottoes, and greetings."""
    for group in grouped(lines):
        name = fold(group[0].text)
        # where there are capitals, the kind of an organisation may stand behind other words
        named = any(map(has_case, name)) and patterns.organisation.search(name)
        sent = named or _may_be_sender(group, patterns)
        kind = Kind.CONTACT if sent or is_letterhead(group, patterns) else Kind.PARAGRAPH
        for line in group:
            line.kind = line.kind or (Kind.SLOGAN if kind is Kind.PARAGRAPH and is_cry(line) else kind)


def _may_be_sender(group: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether a line alone above the title has a name in quotation marks, and is no greeting: «School “Alfa”»."""
    line = group[0]
    told = line.text.isupper() or line.is_quoted or patterns.courtesy.match(fold(line.text))
    return len(group) == 1 and line.is_phrase and not told and _NAME_IN_QUOTES.search(line.text) is not None


# --- a subject -----------------------------------------------------------------------


def claim_subject(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Claim the head of a letter whose subject has a label: its title, or that of the kind of document beside it.

    Return whether there is one; that of an answer to a mail is no title.
    """
    subjects = (line for line in lines[:LONGEST_HEAD] if line.kind in (None, Kind.CONTACT))
    subject = next((line for line in subjects if patterns.subject.match(fold(line.text))), None)
    if subject is None:
        return False
    if _is_reply(subject):
        subject.kind = Kind.CONTACT
        return True
    (_kind_of_document(lines, subject, patterns) or subject).kind = Kind.TITLE
    subject.kind = subject.kind or Kind.CONTACT
    _above_subject(lines, subject)
    return True


def _is_reply(subject: SourceLine) -> bool:
    """Whether the subject of a mail is that of another one: «Subject: RE: …»."""
    label = LABELLED.match(subject.text)
    return label is not None and _REPLY.match(subject.text, label.end()) is not None


def _kind_of_document(lines: Sequence[SourceLine], subject: SourceLine, patterns: Patterns) -> SourceLine | None:
    """Return the line alone behind a subject with other labels that says what the document is: «Circular»."""
    labels = [line for line in lines if line.last == subject.first - 1 and line.kind is Kind.CONTACT]
    below = next((line for line in lines if line.first > subject.first), None)
    alone = below is not None and below.after_gap and below.before_gap and names_kind(below, patterns)
    return below if labels and alone else None


def _above_subject(lines: Sequence[SourceLine], subject: SourceLine) -> None:
    """Above the subject of a letter stand no headings, but where it comes from, and to whom it goes."""
    above = [line for line in lines if line.first < subject.first]
    groups = list(grouped(above))
    for number, group in enumerate(groups):
        beside = [*group, *(groups[1] if len(groups) > 1 and all(one.kind in FURNITURE for one in groups[1]) else [])]
        is_sender = number == 0 and any(line.kind in FURNITURE or _FIGURE.search(line.text) for line in beside)
        for line in group:
            if line.is_phrase:
                line.kind = Kind.CONTACT if is_sender or _FIGURE.search(line.text) else Kind.PARAGRAPH


# --- a head without one --------------------------------------------------------------


def claim_number(lines: Sequence[SourceLine]) -> None:
    """A number with its label alone above the title is none: that of a register, of a file."""
    first = lines[0]
    label = LABELLED.match(first.text) if first.is_phrase and first.before_gap and len(lines) > 1 else None
    if label and re.fullmatch(r"[\W\d]+", first.text[label.end() :]):
        first.kind = Kind.CONTACT


def claim_above_rule(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """A rule ends the head of a letter: the organisation, its number, its address."""
    place = next((index for index, line in enumerate(lines[:LONGEST_HEAD]) if line.kind is Kind.SEPARATOR), 0)
    head = [line for line in lines[:place] if line.is_open]
    named = head and patterns.organisation.match(fold(head[0].text)) is not None
    told = any(line.kind is Kind.CONTACT for line in lines[:place])
    below = lines[place + 1 : place + 2]
    if named and told and below and not below[0].is_prose and all(line.is_phrase for line in head):
        for line in head:
            line.kind = Kind.CONTACT


def claim_greeted(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Claim the head of a letter whose subject stands alone above the greeting, below who writes, to whom, and when.

    Return whether it is one.
    """
    groups = list(itertools.islice(grouped(lines), _MOST_GROUPS_OF_LETTER))
    greeted = [
        number
        for number, (line, *_) in enumerate(groups)
        if len(line.text) <= LONGEST_HEADING and patterns.courtesy.match(fold(line.text))
    ]
    if not greeted or greeted[0] < _GROUPS_ABOVE_SUBJECT + 1:
        return False
    *above, (subject, *others) = groups[: greeted[0]]
    head = [line for group in above for line in group]
    dated = any(line.kind is Kind.DATE for line in head)
    counted = any(line.kind in FURNITURE or _FIGURE.search(line.text) for line in above[0])
    is_sent = bool(counted or patterns.organisation.match(fold(head[0].text)))
    plain = all(line.is_phrase or line.introduces or line.kind in FURNITURE for line in head)
    is_titled = subject.is_phrase and not others[1:] and all(line.is_phrase for line in others)
    if not (dated and plain and is_titled) or (others and LABELLED.match(others[0].text)):
        return False
    if not (is_sent or patterns.addressee.match(fold(head[0].text))):
        return False
    subject.kind = Kind.TITLE
    for line in others:
        line.kind = Kind.SUBTITLE
    for number, group in enumerate(above):
        for line in group:
            line.kind = line.kind or (Kind.CONTACT if is_sent and number == 0 else Kind.PARAGRAPH)
    return True


def claim_addressed(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Claim the head of a letter without a subject; return whether it is one."""
    if not _is_letter(lines, patterns):
        return False
    for line in next(grouped(lines)):
        line.kind = line.kind or Kind.CONTACT
    _mark_addressed(lines, patterns)
    return True


def _is_letter(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether a letter without a subject begins: who writes, when, to whom, and a greeting above the text."""
    groups = list(itertools.islice(grouped(lines), _MOST_GROUPS))
    if len(groups) < 3 or any(map(_is_said, groups[0])):
        return False
    counted = sum(_FIGURE.search(line.text) is not None for line in groups[0])
    is_sent = patterns.organisation.match(fold(groups[0][0].text)) or 2 * counted > len(groups[0]) > 1
    is_dated = all(line.kind in FURNITURE for line in groups[1])
    greets = (line for group in groups[2:] for line in group if not line.is_prose or line.text[-1] in "،,")
    return bool(is_sent and is_dated) and any(patterns.courtesy.match(fold(line.text)) for line in greets)


def _mark_addressed(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Above the greeting of a letter stands to whom it goes."""
    groups = list(itertools.islice(grouped(lines), _MOST_GROUPS))
    for group in itertools.takewhile(lambda group: not patterns.courtesy.match(fold(group[0].text)), groups):
        for line in group if len(group) > 1 else ():
            line.kind = Kind.PARAGRAPH if line.is_phrase else line.kind


def _is_said(line: SourceLine) -> bool:
    return not (line.is_phrase or line.kind in FURNITURE)
