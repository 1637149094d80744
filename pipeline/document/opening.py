"""What stands above the text of a document: letterhead, title, subtitle, who wrote it.

The title is the first line that is no label, date or address; what follows it without a gap belongs to it.
"""

import itertools
import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document import datelines
from pipeline.document.contacts import LABELLED, is_part
from pipeline.document.lines import HOUR, LONGEST_HEADING, LONGEST_LABEL, Patterns, SourceLine, grouped, joined
from pipeline.document.slogans import is_refrain
from pipeline.model import Kind
from pipeline.text.orthography import fold

INNER_SENTENCE = re.compile(r"[^\W\d]{3}[.!؟?]\s+\S")
_FURNITURE = (Kind.DATE, Kind.CONTACT, Kind.SEPARATOR)
_FIGURE = re.compile(r"\d")


def mark_opening(lines: list[SourceLine], patterns: Patterns) -> None:
    """Claim the title and what stands with it; in a letter, its subject and what stands above it."""
    invoked = [line for line in lines[:3] if line.is_open and patterns.invocation.match(fold(line.text))]
    for line in invoked:
        line.kind = Kind.PARAGRAPH
    if any(line.kind is Kind.TITLE for line in lines):
        place = next(index for index, line in enumerate(lines) if line.kind is Kind.TITLE)
        above = [line for line in lines[:place] if line.is_phrase]
        if place < _LONGEST_HEAD and above and _is_letterhead(above, patterns):
            _above_title(above, patterns)
        _signed_below(lines[place + 1 : place + _LONGEST_HEAD], patterns)
        return
    for line in lines[:_LONGEST_HEAD]:
        if line.kind in (None, Kind.CONTACT) and patterns.subject.match(fold(line.text)):
            if _is_reply(line):
                line.kind = Kind.CONTACT
                return
            kind = _kind_of_document(lines, line, patterns)
            (kind or line).kind = Kind.TITLE
            line.kind = line.kind or Kind.CONTACT
            _above_subject(lines, line)
            return
    _claim_number(lines)
    _claim_above_rule(lines, patterns)
    epigraph = [line for line in lines[:2] if line.kind in (Kind.QUOTATION, Kind.CAPTION)]
    head = [line for line in lines[:8] if line.kind not in _FURNITURE and line not in (*invoked, *epigraph)]
    overlines = _overlines(lines, head, patterns)
    for line in overlines:
        head.remove(line)
    _above_title(overlines, patterns)
    if _claim_letter(lines, patterns):
        return
    if head and _is_letter(lines, patterns):
        for line in next(grouped(lines)):
            line.kind = line.kind or Kind.CONTACT
        _mark_addressed(lines, patterns)
        return
    if _is_chat(lines):
        for line in lines:
            line.kind = Kind.PARAGRAPH if line.is_open and _STAMP.match(line.text) else line.kind
        return
    if head and len(lines) > 1 and _is_title(head[0], patterns):
        title = _title(lines, head[0], patterns)
        _above_title([line for line in lines if line.first < title.first], patterns)
        title.kind = Kind.TITLE
        _below_title(lines, next(index for index, line in enumerate(lines) if line is title), patterns)


def _is_reply(subject: SourceLine) -> bool:
    """Whether the subject of a mail is that of another one: «Subject: RE: …»."""
    label = LABELLED.match(subject.text)
    return label is not None and _REPLY.match(subject.text, label.end()) is not None


_REPLY = re.compile(r"[A-Za-z]{2,3}\s?:\s")


# --- which line is the title ---------------------------------------------------------


def _title(lines: Sequence[SourceLine], first: SourceLine, patterns: Patterns) -> SourceLine:
    """Return the title: the first line, unless that looks like what stands above one, and a line below like a title.

    Each line that begins a group above the text has points; the most have it, and of those with as many the first.
    """
    groups = list(itertools.islice(grouped([line for line in lines if line.first >= first.first]), _MOST_GROUPS))
    best, most = first, _FIRST + _points(groups[0], first, patterns)
    if len(groups) > 1 and len(groups[0]) == 1 and _is_notice(first, groups[1]):
        return groups[1][0]
    if announced := _announced(first, groups, patterns):
        return announced
    second = groups[0][1] if len(groups[0]) > 1 else None
    said = [line for line in groups[0] if line.kind not in _FURNITURE]
    if second and said == [first, second] and _is_sent(first, second, patterns):
        return second
    if second and _is_overline(first, patterns) and second.is_open and _is_quoted(second):
        return second
    dated = [group[0] for group in groups if any(line.kind is Kind.DATE for line in group)]
    for group, below in pairwise(groups):
        if len(group) == len(below) == 1 and _stops_early(group[0], below[0], patterns):
            return below[0]
    for group in groups[1:]:
        line = next((line for line in group if line.kind not in _FURNITURE), None)
        if any(one.kind not in (None, *_FURNITURE) or one.introduces for one in group) or not _is_head(group):
            break
        if is_part(group[0], patterns) or (best is first and _describes(group, first, patterns)):
            break
        if line and _is_title(line, patterns) and not names_person(line, patterns):
            points = _points(group, line, patterns)
            is_notice = best.text.isupper() and best in dated and not line.text.isupper()
            best, most = (line, points) if points > most or is_notice else (best, most)
    return best


def _is_chat(lines: Sequence[SourceLine]) -> bool:
    """Whether the first lines begin with when they were written, as those of a chat do."""
    stamps = [_STAMP.match(line.text) for line in lines[:2]]
    shapes = [re.sub(r"\d+", "0", stamp[0]) for stamp in stamps if stamp]
    return len(shapes) > 1 and shapes[0] == shapes[1]


_STAMP = re.compile(r"[\[(]?\d{1,4}[^\w\s]\d{1,2}[\d\s:/.,،\])–-]*")
"""What programs write before a message."""


def _stops_early(line: SourceLine, below: SourceLine, patterns: Patterns) -> bool:
    """Whether a line alone stops before the name of what it is about, alone below: «… invites you to»."""
    phrases = line.is_phrase and below.is_phrase and len(line.text.split()) > 1
    last = fold(line.text.split()[-1])
    has_case = last.upper() != last.lower()
    return phrases and (patterns.unfinished if has_case else patterns.addressee).match(last) is not None


def _describes(group: Sequence[SourceLine], first: SourceLine, patterns: Patterns) -> bool:
    """Whether a line alone below words in quotation marks says at some length what they are from: an interview."""
    said = len(group) == 1 and len(group[0].text.split()) > _WORDS_OF_WHOLE and _is_quoted(first)
    return said and patterns.subtitle.match(fold(group[0].text)) is not None


def _is_sent(first: SourceLine, second: SourceLine, patterns: Patterns) -> bool:
    """Whether an organisation stands directly above what it sends: «Teachers' Union / Circular No. 7»."""
    named = second.is_phrase and patterns.subtitle.match(fold(second.text)) is not None
    return named and patterns.organisation.match(fold(first.text)) is not None and len(second.text.split()) < 6


def _announced(first: SourceLine, groups: Sequence[Sequence[SourceLine]], patterns: Patterns) -> SourceLine | None:
    """Return the title below who sends it, and when, if «PRESS RELEASE» stands alone above these."""
    notice = len(groups) > 2 and all(_is_overline(line, patterns) or _is_remark(line) for line in groups[0])
    notice = notice and _is_overline(first, patterns)
    if not notice or not any(line.kind is Kind.DATE for line in groups[1]):
        return None
    if all(line.kind in _FURNITURE for line in groups[1]) and all(line.is_phrase or _calls(line) for line in groups[2]):
        return groups[2][0]
    if not first.text.isupper():
        return None
    alone = next((group[0] for group in groups[1:] if len(group) == 1 and group[0].is_open), None)
    return alone if alone and alone.is_phrase else None


def _is_remark(line: SourceLine) -> bool:
    """Whether a line has a few words, as one that says when others may print what follows."""
    return line.is_phrase and len(line.text.split()) <= _WORDS_OF_WHOLE and not _FIGURE.search(line.text)


def _is_notice(line: SourceLine, below: Sequence[SourceLine]) -> bool:
    """Whether a line in capitals («FOR IMMEDIATE RELEASE») stands above a title in small letters with its subtitle."""
    titled = len(below) > 1 and all(one.is_phrase for one in below[:2]) and not below[0].text.isupper()
    return line.text.isupper() and titled and below[0].text.upper() != below[0].text and not below[-1].is_prose


_MOST_GROUPS = 4
_FIRST, _NAMED, _DESCRIBED, _QUOTED, _LETTERHEAD = 2.0, 2.0, 2.5, -2.5, -2.5
"""Points of a line that is the first, names a kind of document, stands above one that does, is quoted, is a sender."""


def _points(group: Sequence[SourceLine], line: SourceLine, patterns: Patterns) -> float:
    """Return how much a line that begins a group above the text looks like a title."""
    named = patterns.subtitle.match(fold(line.text.lstrip('«“„"'))) is not None
    is_label = _is_letterhead(group, patterns) and not named
    is_motto = len(group) == 1 and (_is_quoted(line) or _is_cry(line))
    named = named and not is_motto
    described = len(group) > 1 and not named and _describes_above(group, line, patterns)
    return _NAMED * named + _DESCRIBED * described + _LETTERHEAD * is_label + _QUOTED * is_motto + len(group) / 10


def _describes_above(group: Sequence[SourceLine], line: SourceLine, patterns: Patterns) -> bool:
    """Whether what stands directly below the line that begins a group says what kind of document it is the title of."""
    below = group[1]
    return line is group[0] and below.is_phrase and patterns.subtitle.match(fold(below.text)) is not None


def _is_cry(line: SourceLine) -> bool:
    """Whether a line calls as a slogan does, with words that come again."""
    return line.text.endswith("!") and len(line.text) <= LONGEST_HEADING and is_refrain(line.text.rstrip("!"))


def _is_head(group: Sequence[SourceLine]) -> bool:
    """Whether a group has no prose: it is above the text, and heads no part of it."""
    return not any(line.is_prose and not _calls(line) for line in group)


def _is_letterhead(group: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether lines say who writes: an organisation, its number in a register, its address."""
    first = next((line for line in group if line.kind not in _FURNITURE), group[0])
    second = group[1] if len(group) > 1 else None
    counted = second and second.is_open and _FIGURE.search(second.text) and not _YEAR.search(second.text)
    registered = second and (second.kind is Kind.CONTACT or (counted and not patterns.month.search(fold(second.text))))
    named = patterns.organisation.match(fold(first.text)) or (
        second and _is_latin(first.text) != _is_latin(second.text) and patterns.organisation.match(fold(second.text))
    )  # in two languages
    return bool(registered or named)


def _is_latin(text: str) -> bool:
    return next((letter for letter in text if letter.isalpha()), "").isascii()


_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def _is_overline(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is the name of a kind of document, and no more: «Interview»."""
    return line.is_open and len(line.text.split()) < 3 and patterns.subtitle.match(fold(line.text)) is not None


def _is_quoted(line: SourceLine) -> bool:
    return _IN_QUOTES.fullmatch(line.text) is not None


_IN_QUOTES = re.compile(r"«[^«»]+»|“[^“”]+”|„[^„“”\"]+[“”\"]|\"[^\"]+\"")


def _above_title(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Above the title stands who writes, as addresses do; and mottoes, and greetings."""
    for group in grouped(lines):
        name = fold(group[0].text)
        has_case = name.upper() != name.lower()  # there, the kind of an organisation may stand behind other words
        named = has_case and patterns.organisation.search(name)
        sent = named or _may_be_sender(group, patterns)
        kind = Kind.CONTACT if sent or _is_letterhead(group, patterns) else Kind.PARAGRAPH
        for line in group:
            line.kind = line.kind or (Kind.SLOGAN if kind is Kind.PARAGRAPH and _is_cry(line) else kind)


def _may_be_sender(group: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether a line alone above the title has a name in quotation marks, and is no greeting: «School “Alfa”»."""
    line = group[0]
    told = line.text.isupper() or _is_quoted(line) or patterns.courtesy.match(fold(line.text))
    return len(group) == 1 and line.is_phrase and not told and _NAME_IN_QUOTES.search(line.text) is not None


_NAME_IN_QUOTES = re.compile(r"«[^«»]{2,30}»|“[^“”]{2,30}”|„[^„“]{2,30}“")


# --- what stands above and below it --------------------------------------------------


def _is_letter(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether a letter without a subject begins: who writes, when, to whom, and a greeting above the text."""
    groups = list(itertools.islice(grouped(lines), _MOST_GROUPS + 1))
    if len(groups) < 3 or any(map(_is_said, groups[0])):
        return False
    counted = sum(_FIGURE.search(line.text) is not None for line in groups[0])
    is_sent = patterns.organisation.match(fold(groups[0][0].text)) or 2 * counted > len(groups[0]) > 1
    is_dated = all(line.kind in _FURNITURE for line in groups[1])
    greets = (line for group in groups[2:] for line in group if not line.is_prose or line.text[-1] in "،,")
    return bool(is_sent and is_dated) and any(patterns.courtesy.match(fold(line.text)) for line in greets)


def _claim_letter(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
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
    counted = any(line.kind in _FURNITURE or _FIGURE.search(line.text) for line in above[0])
    is_sent = bool(counted or patterns.organisation.match(fold(head[0].text)))
    plain = all(line.is_phrase or line.introduces or line.kind in _FURNITURE for line in head)
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


_MOST_GROUPS_OF_LETTER = 8
_GROUPS_ABOVE_SUBJECT = 2
"""Of the head of a letter: who writes, to whom, when."""


def _kind_of_document(lines: Sequence[SourceLine], subject: SourceLine, patterns: Patterns) -> SourceLine | None:
    """Return the line alone behind a subject with other labels that says what the document is: «Circular»."""
    labels = [line for line in lines if line.last == subject.first - 1 and line.kind is Kind.CONTACT]
    below = next((line for line in lines if line.first > subject.first), None)
    alone = below is not None and below.after_gap and below.before_gap and _is_overline(below, patterns)
    return below if labels and alone else None


def _claim_number(lines: Sequence[SourceLine]) -> None:
    """A number with its label alone above the title is none: that of a register, of a file."""
    first = lines[0]
    label = LABELLED.match(first.text) if first.is_phrase and first.before_gap and len(lines) > 1 else None
    if label and re.fullmatch(r"[\W\d]+", first.text[label.end() :]):
        first.kind = Kind.CONTACT


def _claim_above_rule(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """A rule ends the head of a letter: the organisation, its number, its address."""
    place = next((index for index, line in enumerate(lines[:_LONGEST_HEAD]) if line.kind is Kind.SEPARATOR), 0)
    head = [line for line in lines[:place] if line.is_open]
    named = head and patterns.organisation.match(fold(head[0].text)) is not None
    told = any(line.kind is Kind.CONTACT for line in lines[:place])
    below = lines[place + 1 : place + 2]
    if named and told and below and not below[0].is_prose and all(line.is_phrase for line in head):
        for line in head:
            line.kind = Kind.CONTACT


def _mark_addressed(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Above the greeting of a letter stands to whom it goes."""
    groups = list(itertools.islice(grouped(lines), _MOST_GROUPS + 1))
    for group in itertools.takewhile(lambda group: not patterns.courtesy.match(fold(group[0].text)), groups):
        for line in group if len(group) > 1 else ():
            line.kind = Kind.PARAGRAPH if line.is_phrase else line.kind


def _is_said(line: SourceLine) -> bool:
    return not (line.is_phrase or line.kind in _FURNITURE)


def _signed_below(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Below a title that a format shows, a label stands before who wrote: a name, an organisation."""
    for line in itertools.takewhile(lambda line: line.is_phrase or line.kind in (Kind.SUBTITLE, *_FURNITURE), lines):
        if line.is_open and _labels_writer(line, patterns):
            line.kind = Kind.SIGNATURE


def names_writer(line: SourceLine) -> bool:
    """Whether a label stands before a name of two or three words, perhaps with an office."""
    label = LABELLED.match(line.text)
    return label is not None and _NAME_AND_OFFICE.fullmatch(line.text[label.end() :].replace("\u200c", "")) is not None


def names_organisation(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a label stands before the name of an organisation."""
    label = LABELLED.match(line.text)
    return label is not None and patterns.organisation.match(fold(line.text[label.end() :])) is not None


def _labels_writer(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a label stands before a name, or before an organisation."""
    label = LABELLED.match(line.text)
    value = fold(line.text[label.end() :]) if label else ""
    return bool(value and (patterns.organisation.match(value) or patterns.given_name.match(value)))


def _above_subject(lines: Sequence[SourceLine], subject: SourceLine) -> None:
    """Above the subject of a letter stand no headings, but where it comes from, and to whom it goes."""
    above = [line for line in lines if line.first < subject.first]
    groups = list(grouped(above))
    for number, group in enumerate(groups):
        beside = [*group, *(groups[1] if len(groups) > 1 and all(one.kind in _FURNITURE for one in groups[1]) else [])]
        is_letterhead = number == 0 and any(line.kind in _FURNITURE or _FIGURE.search(line.text) for line in beside)
        for line in group:
            if line.is_phrase:
                line.kind = Kind.CONTACT if is_letterhead or _FIGURE.search(line.text) else Kind.PARAGRAPH


def _overlines(lines: Sequence[SourceLine], head: Sequence[SourceLine], patterns: Patterns) -> list[SourceLine]:
    """Return what stands above the title: lines in capitals («FOR IMMEDIATE RELEASE») above a date, or a greeting."""
    capitals = list(itertools.takewhile(lambda line: line.is_phrase and line.text.isupper(), head))
    rest = head[len(capitals) :]
    if capitals and rest and _is_apart(rest[0]):
        between = [line.kind for line in lines if capitals[-1].first < line.first < rest[0].first]
        return capitals if Kind.DATE in between else []
    greets = len(head) > 2 and patterns.courtesy.match(fold(head[0].text)) and head[0].before_gap
    return list(head[:1]) if greets and _is_apart(head[1]) and head[1].before_gap and head[2].is_prose else []


def _is_apart(line: SourceLine) -> bool:
    return (line.is_phrase or (line.is_open and _calls(line))) and line.after_gap


def _is_title(line: SourceLine, patterns: Patterns) -> bool:
    if not line.is_open or patterns.courtesy.match(fold(line.text)):
        return False
    if INNER_SENTENCE.search(line.text) and (line.ends_sentence or len(line.text) > LONGEST_HEADING or line.before_gap):
        return False
    return _calls(line) or (not line.is_prose and not line.introduces)


def _calls(line: SourceLine) -> bool:
    return line.text.endswith(("!", "؟", "?")) and len(line.text) <= LONGEST_HEADING


def _below_title(lines: list[SourceLine], place: int, patterns: Patterns) -> None:
    """The rest of the title, a subtitle, and who wrote it: short lines up to a gap."""
    title = lines[place]
    close = list(itertools.takewhile(_stands_close, lines[place + 1 :]))
    is_told = any(line.kind in (Kind.CONTACT, Kind.DATE) for line in close)
    for line in close if is_told else ():
        if line.kind is Kind.SIGNATURE and names_organisation(line, patterns):
            line.kind = Kind.CONTACT
    run = _run(lines, place + 1, patterns)
    if run and run[0].first == title.last + 1 and _continues(title, run[0], patterns):
        count = len(run) if _is_broken(run, patterns) else 1
        lines[place : place + 1 + count] = [joined([title, *run[:count]])]
        run = run[count:]
    if not run:
        _apart(lines, place + 1, patterns)
        _together(lines, place + 1)
    told = any(line.kind is Kind.CONTACT for line in close)
    below_days = {line.first for above, line in pairwise(lines) if above.kind in (Kind.DATE, Kind.CONTACT)}
    for number, line in enumerate(run):
        if line.first in below_days and (_PLACE.match(line.text) or _is_place(line, patterns)):
            line.kind = Kind.CONTACT
        elif names_person(line, patterns, is_second=number > 0):
            is_told = told and _is_label_of_office(line, patterns)
            line.kind = Kind.CONTACT if is_told else Kind.SIGNATURE
        else:
            line.kind = Kind.SUBTITLE
    _mark_byline(lines, place, patterns)


def _stands_close(line: SourceLine) -> bool:
    return not line.after_gap


def _is_label_of_office(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a label says what somebody did there («Chair: …»), and not who wrote or asked."""
    wrote = patterns.author.match(fold(line.text)) or patterns.subtitle.match(fold(line.text))
    return LABELLED.match(line.text) is not None and not wrote


def _mark_byline(lines: Sequence[SourceLine], place: int, patterns: Patterns) -> None:
    """Between gaps below the title and what belongs to it, «Interview: …» names who asked."""
    rest = itertools.dropwhile(lambda line: not line.after_gap, lines[place + 1 : place + _LONGEST_HEAD])
    line = next(rest, None)
    if line and line.is_phrase and line.before_gap and patterns.subtitle.match(fold(line.text)):
        line.kind = Kind.SIGNATURE if names_writer(line) else None


def _is_place(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line below a day is no name and no more of what the document is."""
    said = names_person(line, patterns, is_second=True) or patterns.subtitle.match(fold(line.text))
    return not said and line.is_phrase and not _is_bracketed(line) and not _is_quoted(line)


_PLACE = re.compile(r"\A[^،,]*[،,]\D*\d")
"""What the address of a place has: a house behind a street."""


def _run(lines: Sequence[SourceLine], start: int, patterns: Patterns) -> list[SourceLine]:
    """Return the short lines that stand directly below the title, up to a gap or a greeting."""
    run: list[SourceLine] = []
    for line in lines[start : start + 5]:
        if line.after_gap or (line.is_open and patterns.courtesy.match(fold(line.text))):
            break
        if run and (
            (is_part(line, patterns) and not _is_counted_head(line)) or (line.introduces and _are_named(run, patterns))
        ):
            break
        if (
            line.kind not in (None, Kind.SIGNATURE, *_FURNITURE)
            or line.introduces
            or (line.is_prose and not _may_be_below(line))
        ):
            return []  # they belong to the text that follows
        run += [line] if line.is_open else []
    return run if len(run) < 4 else []


def _is_counted_head(line: SourceLine) -> bool:
    """Whether a line counts years and issues («Year three, No. 9») and heads nothing."""
    return re.search(r"[،,]", line.text) is not None and line.is_phrase and not LABELLED.match(line.text)


def _are_named(lines: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether lines say what a document is, as only those below a title do."""
    return any(patterns.subtitle.match(fold(line.text)) for line in lines)


def _may_be_below(line: SourceLine) -> bool:
    return _calls(line) or _is_bracketed(line) or _is_quoted(line)


def _is_bracketed(line: SourceLine) -> bool:
    return line.text[0] in "([" and line.text[-1] in ")]"


def _apart(lines: Sequence[SourceLine], place: int, patterns: Patterns) -> None:
    """Behind a gap, a subtitle is in brackets, says what a document is, or stands otherwise than headings do."""
    second = lines[place] if place < len(lines) else None
    if second is None or not second.is_open or second.introduces or not second.before_gap:
        return
    if second.is_prose or patterns.courtesy.match(fold(second.text)):
        is_subtitle = _is_bracketed(second)
    else:
        named = patterns.subtitle.match(fold(second.text)) is not None and len(second.text) <= LONGEST_LABEL
        is_subtitle = named or _is_bracketed(second) or _stands_unlike(second, lines[place + 1 :])
    if is_refrain(second.text) and not second.is_prose and not second.text[0].islower():
        second.kind = Kind.SLOGAN
    elif is_subtitle:
        second.kind = Kind.SUBTITLE


def _together(lines: Sequence[SourceLine], place: int) -> None:
    """Phrases that stand together between gaps, below the title and above no text, say more of what a document is."""
    group = next(grouped(lines[place : place + _LONGEST_HEAD]), [])
    below = lines[place + len(group)] if place + len(group) < len(lines) else None
    said = len(group) > 1 and all(line.is_phrase and not LABELLED.match(line.text) for line in group)
    if said and len(group) <= _MOST_TOGETHER and below and below.kind in (Kind.CONTACT, Kind.DATE):
        for line in group:
            line.kind = Kind.SUBTITLE


_MOST_TOGETHER = 3


def _stands_unlike(second: SourceLine, lines: Sequence[SourceLine]) -> bool:
    """Whether a line stands between gaps where the short lines above text have none below them."""
    phrases = [line for line in lines if line.is_phrase and line.after_gap]
    close = sum(not line.before_gap for line in phrases)
    return second.after_gap and 2 * close > len(phrases)


def _is_broken(rest: Sequence[SourceLine], patterns: Patterns) -> bool:
    """Whether all that stands below a title which goes on is its rest, and none of it says something of its own."""
    own = any(
        LABELLED.match(line.text)
        or _is_bracketed(line)
        or names_person(line, patterns)
        or patterns.subtitle.match(fold(line.text))
        for line in rest
    )
    return not own and rest[-1].last - rest[0].first == len(rest) - 1


def _continues(title: SourceLine, second: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is the end of the title, and says nothing of its own.

    The title then stops in the middle of a phrase, or names a kind of document, of which the line says whose it is.
    """
    if LABELLED.match(second.text) or _is_bracketed(second) or abs(title.indent - second.indent) > 4:
        return False
    if _is_quoted(second) and title.text[-1].isalnum() and not re.search("[،,:«“„]", title.text):
        return len(second.text) <= _LONGEST_NAME and not re.search("[،,!?؟]", second.text)  # those are somebody's words
    if _is_quoted(second):
        return False
    if patterns.subtitle.match(fold(second.text)):
        return False
    is_more = len(title.text.split()) >= _WORDS_OF_WHOLE - 1 and len(second.text) > 1.5 * len(title.text)
    begins_low = second.text[0].islower() and not is_more
    if begins_low or title.text[-1] in "،,ٔۀ-–—" or patterns.unfinished.match(fold(title.text)):
        return True
    if title.text[:1].upper() != title.text[:1].lower():  # where there are capitals, a small one would say so
        return False
    if patterns.addressee.match(fold(second.text)) and not re.search(r"[\d،,:–—«]", second.text):
        return True
    begun = patterns.unfinished.match(fold(second.text.split()[0]))
    closed = title.text[-1] in '!؟?»"”.' or _calls(second) or re.search(r"[\d،,:–—]", second.text)
    if len(title.text.split()) >= _WORDS_OF_WHOLE and _says_who(second, patterns):
        return False
    names_kind = patterns.subtitle.match(fold(title.text)) and not patterns.addressee.match(fold(title.text))
    same = len(second.text) <= 1.5 * len(title.text) and names_kind
    return bool(same) and not begun and not closed


_WORDS_OF_WHOLE = 4
"""Words of a title that says by itself what a document is."""


def _says_who(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is the name of an organisation, or of a person above a day."""
    is_dated = not line.before_gap and datelines.is_date(line.source[line.last].strip(" ()[]."), patterns)
    return patterns.organisation.match(fold(line.text)) is not None or (is_dated and len(line.text.split()) == 2)


_INITIAL = re.compile(r"(?<![\w.])[^\W\d_a-z]\.\s[^\W\d_a-z]")
_NAME_AND_OFFICE = re.compile(r"[^\W\d_]++(?:[\s-][^\W\d_]++){1,2}(?:[،,]\s[^\W\d_]++(?:\s[^\W\d_]++){0,3})?")
"""A name of two or three words, and an office behind a comma."""


def names_person(line: SourceLine, patterns: Patterns, *, is_second: bool = False) -> bool:
    """Whether a line is a name: by its first word or an initial, or, below a subtitle, by a label or its length."""
    text = fold(line.text)
    if patterns.given_name.match(text) or patterns.author.match(text) or _INITIAL.search(line.text):
        return True
    if _labels_writer(line, patterns):
        return True
    label = LABELLED.match(line.text)
    labelled = label is not None and not _FIGURE.search(line.text) and len(label[1].split()) <= 3
    return is_second and (labelled or _NAME_AND_OFFICE.fullmatch(line.text.replace("\u200c", "")) is not None)


def mark_addressees(lines: list[SourceLine], patterns: Patterns) -> None:
    """Between the title and the text, lines that stand together below «to» say who is addressed."""
    title = next((index for index, line in enumerate(lines[:_LONGEST_HEAD]) if line.kind is Kind.TITLE), None)
    head = itertools.takewhile(lambda line: not line.is_prose, lines[title + 1 :] if title is not None else ())
    for group in grouped(list(head)):
        _claim_places(group, patterns)
        if not (group[0].after_gap and group[-1].before_gap and all(line.is_phrase for line in group)):
            continue
        if len(group) <= _MOST_ADDRESSED and patterns.addressee.match(fold(group[0].text)):
            for line in group:
                line.kind = Kind.PARAGRAPH


def _claim_places(group: Sequence[SourceLine], patterns: Patterns) -> None:
    """Directly below a day stands where it is, «Saturday, 12 June / Town Hall Square», or who wrote."""
    for above, line in pairwise(group):
        if above.kind in (Kind.DATE, Kind.CONTACT) and line.is_phrase and not HOUR.match(line.text):
            line.kind = Kind.SIGNATURE if names_person(line, patterns) else Kind.CONTACT


_LONGEST_NAME = 40
"""Characters of the name, in quotation marks, of what a title is about."""

_LONGEST_HEAD = 16
"""Lines in which the head of a letter ends."""
_MOST_ADDRESSED = 5
"""Lines with the office, the town …"""
