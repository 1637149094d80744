"""Lines with addresses, numbers and labels: «تلفن: …», the head of a letter."""

import itertools
import re
from collections.abc import Sequence
from enum import StrEnum

from pipeline.document.lines import (
    ENDS_IN_INITIAL,
    HOUR,
    LONGEST_LABEL,
    Patterns,
    SourceLine,
    grouped,
    joined,
)
from pipeline.model import Kind
from pipeline.text import stops
from pipeline.text.orthography import fold, western_digits
from pipeline.text.segment import ADDRESS

_PHONE = re.compile(r"\+?[\d(][\d\s()./+-]{4,}\d")
_HASHTAGS = re.compile(r"#[\w\u200c]++(?:\s++#[\w\u200c]++)*+")
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


def mark_contacts(lines: list[SourceLine], patterns: Patterns) -> None:
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
    for group in grouped(lines):
        for is_short, run in itertools.groupby(group, lambda line: line.is_phrase or line.kind is Kind.CONTACT):
            if is_short:
                _mark_streets(list(run), patterns)


def _mark_streets(run: Sequence[SourceLine], patterns: Patterns) -> None:
    """Of short lines that stand together, those with a number belong to an address, if one is known as such."""
    for line in run if any(one.kind is Kind.CONTACT for one in run) else ():
        if line.is_open and _STREET.search(line.text) and not (is_part(line, patterns) or HOUR.match(line.text)):
            line.kind = Kind.CONTACT


_STREET = re.compile(r"(?<!\w)\d{1,5}\w?(?!\w)")
"""The number of a house or of a place."""


def is_contact(line: SourceLine, patterns: Patterns) -> bool:
    """Whether a line is an address or a number, or names one."""
    return _contact_part(line, patterns) is not None


def _contact_part(line: SourceLine, patterns: Patterns) -> _ContactPart | None:
    text = line.text
    if not line.is_open or len(text) > LONGEST_LABEL or text.endswith("."):
        return None
    if is_contact_value(text) or _HANDLE.fullmatch(text) or _HASHTAGS.fullmatch(text):
        return _ContactPart.VALUE
    rest, found = _without_addresses(text)
    if found and sum(map(str.isalpha, rest)) < 12:
        return _ContactPart.BOTH
    named = LABELLED.match(text)
    if named and any(
        is_one(text[named.end() :]) for is_one in (is_contact_value, _SITE.fullmatch, _HASHTAGS.fullmatch)
    ):
        return _ContactPart.BOTH
    if not (label := patterns.contact.search(fold(text))):
        return None
    if _COLON.search(text):
        return _labelled_part(text, is_first=label.start() == 0, has_address=found)
    numbered = label.start() == 0 and bool(re.search(r"\d", text)) and len(text) <= 60
    return _ContactPart.BOTH if numbered or (found and len(rest) < 40) else None


_SITE = re.compile(r"[a-z\d-]{2,63}+(?:\.[a-z\d-]{2,63}+){1,4}+(?:/[^\s/]{1,60}+){0,4}+/?", re.IGNORECASE)
"""An address on the network as people write it."""


def _labelled_part(text: str, *, is_first: bool, has_address: bool) -> _ContactPart | None:
    label, value = _COLON.split(text, maxsplit=1)
    if has_address:
        return _ContactPart.BOTH
    if value.strip():
        return _ContactPart.NAMED if is_first else None
    return _ContactPart.LABEL if len(label) <= 40 and (is_first or len(label.split()) <= 5) else None


def _without_addresses(text: str) -> tuple[str, bool]:
    """Return what a line says besides addresses, numbers and handles, and whether it has any; a date is none."""
    text = western_digits(text)
    rest = _HANDLE.sub("", ADDRESS.sub("", text))
    rest = rest if _DATE_IN_FIGURES.search(rest) else _PHONE.sub("", rest)
    return rest, len(rest) < len(text)


_DATE_IN_FIGURES = re.compile(r"(?<![\d/.-])(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,3}/(?:1[34]|19|20)\d\d)(?![\d/.-])")
"""Or the number of an act within its year."""
_COLON = re.compile(f"[{stops.COLONS}]")
LABELLED = re.compile(rf"([^\W\d](?:[^{stops.COLONS}.!?؟。！？«\n]|\.(?=\S)){{0,30}}?)\s*[{stops.COLONS}]\s*+(?=\S)")


_BOXES = frozenset("☐☑☒")
"""To be ticked: what stands between them is no address."""


def mark_letterheads(lines: list[SourceLine], patterns: Patterns) -> None:
    """Short lines with a label each that stand together: «شماره: …», «From: …»."""
    run: list[SourceLine] = []
    for line in lines:
        labelled = _is_labelled(line, patterns) and not is_part(line, patterns)
        if run and (line.after_gap or not labelled):
            _claim_labelled(run)
            run = []
        if labelled:
            run.append(line)
    _claim_labelled(run)


def mark_occasions(lines: list[SourceLine], patterns: Patterns) -> None:
    """In the middle of a text, the lines that stand with a day, one with a figure, say when and where something is."""
    last = max((line.first for line in lines if line.is_prose), default=0)
    for group in grouped(lines):
        day, *rest = group
        if day.kind is not Kind.DATE or not 0 < len(rest) <= _MOST_WITH_DAY or rest[-1].first > last:
            continue
        told = any(re.search(r"\d", line.text) for line in rest) or (len(rest) == 1 and re.search("[،,]", rest[0].text))
        if told and all(line.is_phrase for line in rest):
            for line in rest:
                line.kind = Kind.CONTACT


_MOST_WITH_DAY = 3


def is_part(line: SourceLine, patterns: Patterns) -> bool:
    """«فصل دوم: …», «ثانياً: …»: what stands behind the colon is named, not labelled."""
    text = fold(line.text)
    named = patterns.part.match(text) or (patterns.ordinal.match(text) and not _NO_ORDINAL.search(text))
    return bool(named) or text.startswith("§")


def has_blank(text: str) -> bool:
    """Whether something is to be filled in: «Name: ______», «Name: ……»."""
    return _BLANK.search(text) is not None


_NO_ORDINAL = re.compile(r"^[A-Za-z]{1,4}\.\w|___|\.{4}|…{2}")
"""A blank, or letters of an abbreviation."""

_BLANK = re.compile(r"___|\.{4}|…{2}")


def _is_labelled(line: SourceLine, patterns: Patterns) -> bool:
    if line.kind in (Kind.CONTACT, Kind.DATE):
        return True
    if line.is_open and has_blank(line.text):
        return LABELLED.match(line.text) is not None
    if not line.is_open or len(line.text) > LONGEST_LABEL or _BOXES.intersection(line.text):
        return False
    ended = line.text[-1] in stops.ENDS + stops.HALTING and not ENDS_IN_INITIAL.search(line.text)
    value = not ended and not patterns.caption.match(line.head)
    return value and LABELLED.match(line.text) is not None


def labels_apart(text: str) -> list[str]:
    """Return the labels of a line in which several stand far from each other: «No.: …      Date: …»."""
    parts = [part for part in _WIDE_GAP.split(text) if part]
    labels = [label[1] for label in map(LABELLED.match, parts) if label]
    return labels if len(labels) == len(parts) > 1 else []


_WIDE_GAP = re.compile(r"\t|(?<!\s)\s{2,}+")


def _claim_labelled(run: Sequence[SourceLine]) -> None:
    labels = {_COLON.split(line.text)[0] for line in run if line.kind is Kind.CONTACT or LABELLED.match(line.text)}
    labels |= {label for line in run for label in labels_apart(line.text)}
    counted = any(line.is_open and re.search(r"\d", line.text) for line in run)
    if len(labels) > 1 or (len(run) > 1 and counted):
        for line in run:
            line.kind = line.kind or Kind.CONTACT
