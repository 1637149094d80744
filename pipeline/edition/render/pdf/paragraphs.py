"""A paragraph as WeasyPrint has it: its text, and what is known of each of its text boxes."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from pipeline.edition.render.pdf.measuring import Measured, measured, units


@dataclass(slots=True)
class TextRun:
    """A text box of a paragraph, from one character of the paragraph to another."""

    box: Any
    start: int
    end: int
    known: Measured


class Unplanned(Exception):
    """A paragraph of more than text, whose lines are left to WeasyPrint."""


class InlineText:
    """The text of a line box and what is known of each of its characters."""

    def __init__(self, linebox: Any) -> None:
        self.style = linebox.style
        self.runs: list[TextRun] = []
        self.edges: dict[int, int] = {}
        self.bound: list[tuple[int, int]] = []
        texts: list[str] = []
        self._walk(linebox, texts, 0)
        self.text = "".join(texts)
        if not self.runs:
            raise Unplanned
        self.indent = units(self.style["text_indent"].value)
        """What its first line leaves before it."""
        if self.indent:
            first = len(self.text) - len(self.text.lstrip(" "))
            self.edges[first] = self.edges.get(first, 0) + self.indent

    def _walk(self, parent: Any, texts: list[str], length: int) -> int:
        for box in parent.children:
            if isinstance(box, boxes.TextBox):
                self._check(box)
                known = vars(box).get("known") or measured(box.text, box.style)
                self.runs.append(TextRun(box, length, length + len(box.text), known))
                texts.append(box.text)
                if box.style["white_space"] == "nowrap":
                    self.bound.append((length, length + len(box.text)))
                length += len(box.text)
            elif not box.is_in_normal_flow():
                if not (box.is_floated() and _is_outside(box)):
                    raise Unplanned
            elif isinstance(box, boxes.InlineBox):
                start = length
                length = self._walk(box, texts, length)
                self._add_edges(box, start, length)
            else:
                raise Unplanned
        return length

    @staticmethod
    def _check(box: Any) -> None:
        style = box.style
        is_plain = style["letter_spacing"] == "normal" and not style["word_spacing"] and style["font_size"]
        is_wrapped = style["white_space"] in ("normal", "nowrap") or box.text == "\n"
        if not (is_plain and is_wrapped) or "\t" in box.text or style["word_break"] != "normal":
            raise Unplanned

    def _add_edges(self, box: Any, start: int, end: int) -> None:
        sides = [_pixels(box.style, side) for side in ("left", "right")]
        if any(sides):
            if start == end:
                raise Unplanned
            first, last = sides if box.style["direction"] == "ltr" else sides[::-1]
            self.edges[start] = self.edges.get(start, 0) + units(first)
            self.edges[end - 1] = self.edges.get(end - 1, 0) + units(last)

    def run_at(self, index: int) -> TextRun:
        return self.runs[bisect_right(self.runs, index, key=lambda run: run.start) - 1]

    def before(self) -> list[int]:
        """Return what stands before each character, and at last before the end."""
        if len(self.runs) == 1 and not self.edges:
            return self.runs[0].known.before
        found, base = [0], 0
        for run in self.runs:
            base = found[-1]
            found += [base + width for width in run.known.before[1:]]
        added = 0
        for edge, after in pairwise([*sorted(self.edges), len(found)]):
            added += self.edges[edge]
            found[edge + 1 : after + 1] = [width + added for width in found[edge + 1 : after + 1]]
        return found


def _pixels(style: Any, side: str) -> float:
    sizes = [style[f"padding_{side}"], style[f"margin_{side}"]]
    if any(getattr(size, "unit", None) != "px" for size in sizes):
        raise Unplanned
    return float(sum(size.value for size in sizes) + style[f"border_{side}_width"])


def _is_outside(box: Any) -> bool:
    """Whether a float takes no room from its lines: one that hangs in the margin."""
    width = box.style["width"]
    if getattr(width, "unit", None) != "px":
        return False
    return bool(width.value + sum(_pixels(box.style, side) for side in ("left", "right")) <= 0)
