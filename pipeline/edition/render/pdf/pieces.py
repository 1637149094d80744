"""What stands of each text box of a paragraph on each of its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.edition.render.pdf import shaping
from pipeline.edition.render.pdf.filling import SetLine
from pipeline.edition.render.pdf.measuring import LineLook, units
from pipeline.edition.render.pdf.paragraphs import InlineText, TextRun
from pipeline.edition.render.pdf.places import SPACE
from pipeline.edition.render.pdf.shaping import DrawnRun


@dataclass(slots=True)
class LinePiece:
    """What stands of a text box on a line; `resume` is the byte where the next line goes on in it, if it does.

    `width` is that of all; the other lengths are those of `Line`. Kashidas stand behind bytes of the text.
    """

    text: str
    resume: int | None
    width: int
    space: int
    scale: float
    tracking: int
    look: LineLook
    kashidas: tuple[tuple[int, float], ...] = ()
    is_forced: bool = False
    ends_line: bool = False
    drawn: tuple[DrawnRun, ...] | None = None
    """Its glyphs, if they are those that the paragraph has, until it is drawn."""


def pieces(paragraph: InlineText, found: Sequence[SetLine]) -> Iterator[tuple[Any, dict[int, LinePiece]]]:
    """Yield the text boxes of a paragraph with their pieces, by the byte at which each begins."""
    made: dict[int, dict[int, LinePiece]] = {run.start: {} for run in paragraph.runs}
    number = 0
    for line in found:
        is_last = line is found[-1]
        while number < len(paragraph.runs):
            run = paragraph.runs[number]
            start = max(run.start, line.start)
            made[run.start][_bytes(run, run.start, start)] = _piece(run, line, start, is_last=is_last)
            number += run.end <= line.next
            if line.next <= run.end and not is_last:
                break
    for run in paragraph.runs:
        yield run.box, made[run.start]


def _bytes(run: TextRun, start: int, end: int) -> int:
    return len(run.box.text[start - run.start : end - run.start].encode())


def _piece(run: TextRun, line: SetLine, start: int, *, is_last: bool) -> LinePiece:
    end = max(min(run.end, line.end), start)
    text = run.box.text[start - run.start : end - run.start]
    before = run.known.before
    width = before[end - run.start] - before[start - run.start]
    ends = end == line.end
    letters = len(text) - (ends and text != "" and not line.hyphen)
    width += len(SPACE.findall(text)) * line.space + letters * line.tracking
    resume, is_parted = None, False
    if line.next <= run.end and not is_last:
        resume = _bytes(run, run.start, line.next)
        if is_parted := line.hyphen > 0:
            text, width = text + run.box.style["hyphenate_character"], width + line.hyphen
    level, place = int(run.box.style["direction"] == "rtl"), (start - run.start, end - run.start)
    drawn = None if is_parted else shaping.part(run.known.runs, run.box.text, *place, level)
    ahead = behind = ""
    if text and drawn is None and not is_parted:
        ahead, behind = shaping.marks(run.known.runs, run.box.text, *place, level)
        text = ahead + text + behind
    inside = [(letter, length) for letter, length in line.kashidas if start <= letter < end]
    stretched = tuple((len(ahead.encode()) + _bytes(run, start, letter), length) for letter, length in inside)
    width += sum(units(length * run.box.style["font_size"]) for _, length in inside)
    width = round(width * line.scale)
    look = run.known.look
    return LinePiece(
        text, resume, width, line.space, line.scale, line.tracking, look, stretched, line.is_forced, ends, drawn
    )
