"""What stands beside something: captions, subtitles, and words of others with who said them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document.looks.shown import BLANK, LARGER, LONGEST_HEADING, Shown, body_size, with_kind
from pipeline.model import Kind
from pipeline.text import stops

_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]+[»”“\"][.!؟?]?|[「『][^「」『』]+[」』]")
_CLOSING = tuple(stops.ENDS + '»”"」』…')
_LONGEST_NAME = 80


def beside(lines: Sequence[Shown]) -> list[Shown]:
    """Find captions, subtitles, and words of others with who said them."""
    size = body_size(lines)
    found: list[Shown] = []
    for line in _without_usual(lines):
        above = found[-1] if found else BLANK
        is_below_words = line.paragraph.kind is Kind.QUOTATION and _names_speaker(line, above)
        if (line.is_label and line.is_plain) or is_below_words:
            line = with_kind(line, Kind.CAPTION)
        elif line.is_plain and (likely := _likely(line, above, size)):
            line = replace(line, paragraph=replace(line.paragraph, likely=likely))
        found.append(line)
    return found


def _without_usual(lines: Sequence[Shown]) -> list[Shown]:
    """Return the lines without what is so with most of the text, and sets none apart."""
    prose = [line for line in lines if line.is_plain and line.is_prose]
    half = len(prose) / 2
    centred = sum(line.is_centred for line in prose) > half
    slanted = sum(line.is_slanted for line in prose) > half
    indented = sum(line.is_indented for line in prose) > half
    if not (centred or slanted or indented):
        return list(lines)
    return [
        replace(
            line,
            is_centred=line.is_centred and not centred,
            is_slanted=line.is_slanted and not slanted,
            is_indented=line.is_indented and not indented,
        )
        for line in lines
    ]


def _likely(line: Shown, above: Shown, size: float) -> Kind | None:
    """Return what a paragraph without a kind looks like, below another."""
    over = above.paragraph.kind or above.paragraph.likely
    is_set_apart = line.is_centred or line.is_slanted or line.size < size
    if over is Kind.VERSE and line.text and len(line.text) <= _LONGEST_NAME and is_set_apart and not line.is_prose:
        return Kind.CAPTION
    if over in (Kind.IMAGE, Kind.TABLE) and is_set_apart and _is_small_print(line, size):
        return Kind.CAPTION
    if over is Kind.TITLE and _is_short(line) and (line.is_centred or line.is_slanted or line.size > size * LARGER):
        return Kind.SUBTITLE
    if over is Kind.QUOTATION and _names_speaker(line, above):
        return Kind.CAPTION
    is_apart = line.is_centred or line.is_slanted or line.is_boxed
    is_quoted = _QUOTED.fullmatch(line.text) is not None
    return Kind.QUOTATION if (is_quoted and is_apart) or (line.is_indented and line.is_prose) else None


def _is_small_print(line: Shown, size: float) -> bool:
    """Whether a line is short, in no larger letters than the text, and calls nothing."""
    is_small = line.size < size or line.is_slanted
    return (
        line.size <= size and not line.text.endswith("!") and (_is_short(line) or (is_small and len(line.text) < 240))
    )


def _is_short(line: Shown) -> bool:
    return len(line.text) <= LONGEST_HEADING and (not line.is_prose or line.text.endswith(tuple(stops.QUESTIONS)))


def _names_speaker(line: Shown, above: Shown) -> bool:
    """Whether a line below words of others says whose they are: a few words behind a dash, or in the same place."""
    is_closed = Kind.QUOTATION in (above.paragraph.kind, above.paragraph.likely) and above.text.endswith(_CLOSING)
    is_name = len(line.text) <= _LONGEST_NAME and not line.is_prose and not line.text.endswith((*_CLOSING, ":"))
    is_there = line.is_boxed or line.is_slanted or line.paragraph.kind is Kind.QUOTATION
    return is_closed and is_name and (is_there or line.text.startswith(("—", "–", "- ")))
