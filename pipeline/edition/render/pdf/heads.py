"""Running heads: one that is wider than its place is cut at a word that can end it.

That is no article, preposition or conjunction, and no number without its noun; rather one behind which such a word or a
point stands, for an adjective has its noun before that.
"""

from collections.abc import Iterator, Set
from typing import Any

from weasyprint.formatting_structure import boxes

from pipeline.edition.render.pdf import numbers, phrases
from pipeline.edition.render.pdf.linewords import LineWords
from pipeline.edition.render.pdf.measuring import measured, units
from pipeline.edition.render.pdf.paragraphs import InlineText
from pipeline.edition.render.pdf.phrases import Tie

ELLIPSIS = " …"

APART = 1.5
"""Ems by which a head ends before its place does, where the next one may begin."""

KEPT = 0.6
"""The part of its place that a head fills at least where it is cut before a word that leads on."""


def fit(linebox: Any, width: float, words: LineWords) -> None:
    """Cut the text of a line box for which so many pixels are too narrow."""
    paragraph = InlineText(linebox)
    style = paragraph.runs[0].box.style
    before, room = paragraph.before(), units(width - APART * style["font_size"])
    if before[-1] <= room:
        return
    room -= measured(ELLIPSIS, style).before[-1]
    fitting = [end for end in _ends(paragraph.text) if before[end] <= room]
    bound = numbers.bound(paragraph.text, words)
    good = [end for end in reversed(fitting) if _can_end(paragraph.text, end, bound, words)]
    whole = (end for end in good if before[end] >= KEPT * room and _is_whole(paragraph.text, end, words))
    letters = max(sum(pen <= room for pen in before) - 1, 0)
    end = next(whole, next(iter([*good, *reversed(fitting)]), letters))
    _cut(paragraph, len(paragraph.text[:end].rstrip(phrases.LOOSE)))
    _prune(linebox)


def _ends(text: str) -> Iterator[int]:
    """Yield where words end, but for the last."""
    return (index for index in range(1, len(text)) if text[index] == " " and text[index - 1] != " ")


def _can_end(text: str, end: int, bound: Set[int], words: LineWords) -> bool:
    return (
        bool(text[:end].strip(phrases.LOOSE)) and end + 1 not in bound and _tie(text, end, words) < Tie.LEADING_PHRASE
    )


def _is_whole(text: str, end: int, words: LineWords) -> bool:
    """Whether what stands before is no part of what follows: no adjective is there without its noun."""
    return _tie(text, end, words) in _WHOLE


_WHOLE = (Tie.POINT, Tie.PHRASE, Tie.GENITIVE, Tie.JOINED)


def _tie(text: str, end: int, words: LineWords) -> Tie:
    return phrases.tie(text, end, end + 1, words)


def _cut(paragraph: InlineText, end: int) -> None:
    last = paragraph.run_at(max(end - 1, 0))
    for run in paragraph.runs:
        run.box.text = run.box.text if run.start < last.start else ""
    last.box.text = paragraph.text[last.start : end] + ELLIPSIS


def _prune(parent: Any) -> None:
    """Leave out the boxes without text."""
    for child in parent.children:
        if isinstance(child, boxes.InlineBox):
            _prune(child)
    parent.children = [child for child in parent.children if getattr(child, "text", getattr(child, "children", True))]
