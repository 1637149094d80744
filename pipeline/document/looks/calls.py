"""Slogans in the middle behind the text, and the name of who signs below them."""

import itertools
from dataclasses import replace

from pipeline.document import structure
from pipeline.document.looks.shown import BLANK, LONGEST_HEADING, Shown, is_body, look, with_kind
from pipeline.languages import Language
from pipeline.model import Kind
from pipeline.text import stops
from pipeline.text.segment import slogan


def calls(lines: list[Shown], language: Language) -> list[Shown]:
    """Find slogans behind the text: lines in the middle, one of them known, or above a name that is not there."""
    end = max((index for index, line in enumerate(lines) if is_body(line)), default=len(lines)) + 1
    behind = (line for line in lines[end:] if line is not BLANK)
    tail = list(itertools.dropwhile(_is_ornament, behind))
    run = list(itertools.takewhile(lambda line: _may_call(line) and look(line) == look(tail[0]), tail))
    rest = [line for line in tail[len(run) :] if line.is_plain and not structure.tells(line.text, language)]
    is_known = any(slogan(language).match(line.text) or line.paragraph.kind is Kind.SLOGAN for line in run)
    is_apart = bool(rest) and not rest[0].is_centred and not any(structure.tells(line.text, language) for line in run)
    if not run or not (is_known or is_apart):
        return lines
    called, names = set(map(id, run)), set(map(id, rest[:1]))
    return [_in_tail(line, is_call=id(line) in called, is_below=id(line) in names) for line in lines]


def _is_ornament(line: Shown) -> bool:
    return not any(map(str.isalnum, line.text))


def _in_tail(line: Shown, *, is_call: bool, is_below: bool) -> Shown:
    if is_call:
        return with_kind(line, Kind.SLOGAN)
    is_name = is_below and not line.is_prose and ":" not in line.text
    return replace(line, paragraph=replace(line.paragraph, likely=Kind.SIGNATURE)) if is_name else line


def _may_call(line: Shown) -> bool:
    is_open = line.is_plain or line.paragraph.kind is Kind.SLOGAN
    is_short = len(line.text) <= LONGEST_HEADING and line.text[-1:] not in tuple(stops.QUIET + stops.COLONS)
    return is_open and is_short and line.is_centred and line.paragraph.likely is None
