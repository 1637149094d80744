"""Paragraphs as an office document shows them → what each is, where no style says so: by size, weight and place.

A heading is a short line that is bolder or larger than the text around it; rows of cells are lines whose tabs
(or rows of spaces) fall together, or a table; which kind they are shows in their words.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.document.looks.calls import calls
from pipeline.document.looks.captions import beside
from pipeline.document.looks.headings import titled, with_headings
from pipeline.document.looks.rows import rows_together, with_markers
from pipeline.document.looks.shown import Shown
from pipeline.document.looks.verse import in_lines_of_verse, in_the_middle, stanzas
from pipeline.document.paragraphs import Paragraph
from pipeline.document.runs import GAP, without_gaps
from pipeline.languages import Language
from pipeline.model import Kind, MarkKind


def recognised(shown: Sequence[Shown], language: Language) -> list[Paragraph]:
    """Return the paragraphs with their kinds, as far as these show."""
    lines = rows_together(stanzas(with_markers(shown, language)))
    lines = titled(lines, language)
    lines = with_headings(lines, language)
    lines = in_lines_of_verse(in_the_middle(lines))
    lines = calls(beside(lines), language)
    return _levelled([_plain(line.paragraph) for line in lines])


def _plain(paragraph: Paragraph) -> Paragraph:
    is_grid = paragraph.kind is not None and paragraph.kind.is_grid
    has_gaps = not is_grid and GAP in paragraph.text
    return replace(paragraph, text=without_gaps(paragraph.text)) if has_gaps else paragraph


def _levelled(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Let headings begin at level 2; a heading is not bold besides."""
    levels = [paragraph.level for paragraph in paragraphs if paragraph.kind is Kind.HEADING]
    above = min(levels, default=2) - 2
    return [_ready(paragraph, above) for paragraph in paragraphs]


def _ready(paragraph: Paragraph, above: int) -> Paragraph:
    if paragraph.kind not in (Kind.HEADING, Kind.TITLE, Kind.SUBTITLE):
        return paragraph
    strong = [mark for mark in paragraph.marks if mark.kind is MarkKind.STRONG]
    bold = sum(len("".join(paragraph.text[mark.start : mark.end].split())) for mark in strong)
    is_bold = bold == len("".join(paragraph.text.split()))
    marks = tuple(mark for mark in paragraph.marks if not is_bold or mark.kind is not MarkKind.STRONG)
    level = min(max(paragraph.level - above, 2), 6) if paragraph.kind is Kind.HEADING else paragraph.level
    return replace(paragraph, level=level, marks=marks)
