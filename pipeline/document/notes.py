"""Foot- and endnotes in plain text: marked lines behind a text that refers to their markers."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.document.lines import Patterns, SourceLine
from pipeline.model import Kind
from pipeline.text.orthography import fold

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_REFERENCE = re.compile(
    r"(?=[\d*†‡⁰¹²³⁴-⁹(\[])(?:(?<=[^\s(\[/:–-])(?<!\d\.)((?<!\d)\d{1,3}|[*†‡]{1,3})(?![\w.٫/-]|[*†‡])"
    r"|([⁰¹²³⁴-⁹]{1,3})|[(\[](\d{1,3}|[*†‡]{1,3})[)\]])"
)
_SIGN_OF_NOTE = re.compile(r"[\d*†‡⁰¹²³⁴-⁹]")
"""What each of these has: most lines have none, and that is found out sooner."""
_MARKER = re.compile(r"([(\[](?:\d{1,3}|[*†‡]{1,3})[)\]]|[⁰¹²³⁴-⁹]{1,3}|[*†‡]{1,3})\s*(?=\S)")


def mark_notes(lines: Sequence[SourceLine], patterns: Patterns) -> None:
    """Claim notes: behind the text that refers to them, after a rule or a heading of theirs, or at the end."""
    seen: set[str] = set()
    looked = index = 0
    noted = False

    def is_referred(marker: str) -> bool:
        """Whether the text above refers to a marker; it is looked through when this is first asked."""
        nonlocal looked
        for line in lines[looked:index]:
            seen.update(_references(line.text))
        looked = index
        return marker in seen

    while index < len(lines):
        run = _run(lines, index)
        if run and not (noted and run[0].ordinal == 1) and _are_notes(lines, index, len(run), is_referred, patterns):
            noted = True
            _claim(lines, index, run, patterns)
        index += max(1, len(run))
    for above, line in pairwise(lines):
        if line.kind is Kind.LIST_ITEM and _is_heading_of_notes(above, patterns):
            above.kind = Kind.HEADING


def _references(text: str) -> Iterator[str]:
    for found in _REFERENCE.finditer(text) if _SIGN_OF_NOTE.search(text) else ():
        yield next(filter(None, found.groups())).translate(_SUPERSCRIPTS)


def _run(lines: Sequence[SourceLine], start: int) -> list[SourceLine]:
    """Return marked lines that follow each other, as far as their numbers go on."""
    run: list[SourceLine] = []
    for place in range(start, len(lines)):
        line = lines[place]
        if not _number(line) or (run and line.ordinal == 1):
            break
        run.append(line)
    return run


def _number(line: SourceLine) -> str:
    """Return the marker a line has, or begins with, without its punctuation; empty when it is none of a note."""
    if line.kind not in (None, Kind.LIST_ITEM) or (line.kind and not line.marker):
        return ""
    found = None if line.kind else _MARKER.match(line.text)
    marker = line.marker if line.kind else (found[1] if found else "")
    plain = marker.strip(" ()[].-–—:ـ").translate(_SUPERSCRIPTS)
    return plain if plain.isdigit() or (plain and not plain.strip("*†‡")) else ""


def _are_notes(
    lines: Sequence[SourceLine], index: int, count: int, is_referred: Callable[[str], bool], patterns: Patterns
) -> bool:
    run = lines[index : index + count]
    if not index:
        return False
    before = lines[index - 1]
    if _is_heading_of_notes(before, patterns):
        return True
    if before.introduces:
        return False
    marker = run[0].marker or run[0].text
    placed = index + count == len(lines) or before.kind is Kind.SEPARATOR or not marker[0].isdigit()
    return placed and 2 * sum(is_referred(_number(line)) for line in run) >= count


def _is_heading_of_notes(line: SourceLine, patterns: Patterns) -> bool:
    return line.is_open and patterns.notes.match(fold(line.text)) is not None


def _claim(lines: Sequence[SourceLine], index: int, run: Sequence[SourceLine], patterns: Patterns) -> None:
    if _is_heading_of_notes(lines[index - 1], patterns):
        lines[index - 1].kind = Kind.HEADING
    for line in run:
        if line.is_open and (marker := _MARKER.match(line.text)):
            line.marker, line.text = marker[1], line.text[marker.end() :]
        line.kind, line.depth = Kind.NOTE, 0
