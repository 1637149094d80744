"""Where `lines` meet WeasyPrint: it is given where each line ends, and looks for no breaks itself.

A paragraph is planned once, when its first line is asked for, whatever page its lines come to stand on. What a text
box has of each line is kept with the box, with the glyphs of it that the paragraph has. Pango lays out again, when they
are drawn, the lines that could look otherwise alone; see `shaping.part`.
"""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import weasyprint.layout.block
import weasyprint.layout.inline
from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.line_break import Layout

from pipeline.edition.render.pdf import heads, lines, outlines, pieces, shaping, single
from pipeline.edition.render.pdf.breaking import Form
from pipeline.edition.render.pdf.linewords import UNKNOWN, LineWordsOf
from pipeline.edition.render.pdf.paragraphs import InlineText, Unplanned
from pipeline.edition.render.pdf.pieces import LinePiece
from pipeline.edition.render.pdf.shaping import DrawnRun

_NOTHING: dict[int, LinePiece] = {}

SAME = 0.05
"""Pixels by which measures differ that have the same lines."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Drawn(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """A piece of a line, which Pango lays out no sooner than it is drawn, if at all."""

    justification_spacing, max_width = 0, None

    def __init__(self, piece: LinePiece) -> None:
        self.piece, self.text = piece, piece.text

    @property
    def ends_line(self) -> bool:
        return self.piece.ends_line

    def __getattr__(self, name: str) -> Any:
        """Return what is known of the font of a layout, once for all lines of it."""
        try:
            return self.piece.look.metrics[name]
        except KeyError:
            raise AttributeError(name) from None

    def reactivate(self, style: Any) -> None:
        if self.piece.drawn is None:
            super().reactivate(style)

    def deactivate(self) -> None:
        """Forget what was drawn; a line that is drawn again, as a head is on each page, Pango lays out again."""
        if self.piece.drawn is None:
            super().deactivate()
        self.piece.drawn = None


def for_layout(linewords: LineWordsOf) -> None:
    """Give WeasyPrint the lines of paragraphs."""
    inline, block = weasyprint.layout.inline, weasyprint.layout.block
    iterate, split, least = inline.iter_line_boxes, inline.split_inline_box, inline.inline_min_content_width
    part, justify, next_linebox = inline.split_text_box, inline.justify_line, inline.get_next_linebox

    def iter_line_boxes(
        context: Any, box: Any, position_y: Any, bottom_space: Any, skip: Any, containing_block: Any, *rest: Any
    ) -> Iterator[Any]:
        _plan(context, box, position_y, containing_block, linewords)
        yield from iterate(context, box, position_y, bottom_space, skip, containing_block, *rest)

    def get_next_linebox(
        context: Any, box: Any, position_y: Any, bottom_space: Any, skip: Any, containing_block: Any, *rest: Any
    ) -> Any:
        has_own_first = any(rest[-2:])
        found = None
        if _is_planned(box) and not has_own_first:
            found = single.next_line(context, box, position_y, skip, containing_block, _part)
        line, resume = found or next_linebox(context, box, position_y, bottom_space, skip, containing_block, *rest)
        if line and box.text_indent and box.style["direction"] == "rtl":
            _indent(line, box.text_indent)
        return line, resume

    def split_inline_box(context: Any, box: Any, position_x: Any, max_x: float, *rest: Any) -> Any:
        return split(context, box, position_x, float("inf") if _is_planned(box) else max_x, *rest)

    def split_text_box(context: Any, box: Any, available: Any, skip: int, *rest: Any, **named: Any) -> Any:
        piece = vars(box).get("pieces", _NOTHING).get(skip)
        return _part(box, piece) if piece else part(context, box, available, skip, *rest, **named)

    def inline_min_content_width(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        return 0 if _is_planned(box) else least(context, box, *rest, **named)

    def justify_line(context: Any, line: Any, extra: float) -> Any:
        return None if _is_planned(line) else justify(context, line, extra)

    inline.iter_line_boxes = block.iter_line_boxes = iter_line_boxes
    inline.get_next_linebox = get_next_linebox
    inline.split_inline_box, inline.split_text_box = split_inline_box, split_text_box
    inline.inline_min_content_width, inline.justify_line = inline_min_content_width, justify_line


def counted(box: Any, width: float, block: Any, linewords: LineWordsOf) -> int:
    """Return the number of lines of a paragraph in a block of so many pixels, where they will be found again; or 0."""
    around = SimpleNamespace(width=width, style=block.style)
    _plan(SimpleNamespace(excluded_shapes=()), box, 0.0, around, linewords, is_kept=True)
    return int(vars(box).get("plan", 0))


def _is_planned(box: Any) -> bool:
    return bool(vars(box).get("plan"))


def _plan(
    context: Any, box: Any, position_y: float, containing_block: Any, linewords: LineWordsOf, *, is_kept: bool = False
) -> None:
    """Find the lines of a paragraph, unless they are known for this width; what is measured for it may be kept."""
    width = containing_block.width
    if (planned := vars(box).get("planned")) is not None and abs(planned - width) < SAME:
        return
    box.planned, box.plan = width, 0
    try:
        if containing_block.style["text_overflow"] == "ellipsis":
            heads.fit(box, width, linewords.get(box.style["lang"], UNKNOWN))
        paragraph = InlineText(box)
    except Unplanned:
        return
    is_free = not any(_is_beside(shape, position_y, containing_block) for shape in context.excluded_shapes or ())
    found = lines.lines(paragraph, width, _form(box), linewords) if is_free else None
    for run in paragraph.runs:
        run.box.pieces = _NOTHING
        if is_kept:
            run.box.known = run.known
    if found:
        box.plan = len(found)
        for textbox, parts in pieces.pieces(paragraph, found):
            textbox.pieces = parts


def _indent(line: Any, indent: float) -> None:
    """Move what stands on a line from the right away from its beginning: WeasyPrint leaves the room at its end."""
    for child in line.children:
        if child.is_in_normal_flow():
            child.translate(-indent, 0, ignore_floats=True)


def _is_beside(shape: Any, position_y: float, containing_block: Any) -> bool:
    """Whether a float takes room from the lines of a block that begin so far down."""
    left, right = shape.position_x, shape.position_x + shape.margin_width()
    start = containing_block.content_box_x()
    is_wide = left < right and left < start + containing_block.width and start < right
    return bool(is_wide and position_y < shape.position_y + shape.margin_height())


def _form(box: Any) -> Form:
    align = box.style["text_align_all"]
    if align == "center" or box.style["__title"] or box.element_tag.split("::")[0] in HEADINGS:
        return Form.TITLE
    return Form.JUSTIFIED if align == "justify" else Form.RAGGED


def _part(box: Any, piece: LinePiece) -> tuple[Any, int | None, bool]:
    """Return the box of a piece, where the next one begins, and whether a line has to end here."""
    if not piece.text:
        return None, piece.resume, piece.is_forced
    made, look = box.copy_with_text(piece.text), piece.look
    made.pieces = _NOTHING
    made.width, made.height = piece.width * FROM_UNITS, look.height
    made.margin_top = made.margin_bottom = (look.line_height - look.height) / 2
    made.baseline = look.baseline
    made.pango_layout = Drawn(piece)
    return made, piece.resume, piece.is_forced and piece.resume is not None


def scaled(textbox: Any, matrix: Any) -> tuple[float, ...]:
    """Return the values of the matrix with which the letters of a line are drawn."""
    layout, (a, b, *rest) = textbox.pango_layout, matrix.values
    scale = layout.piece.scale if isinstance(layout, Drawn) else 1
    return (scale * a, scale * b, *rest)


def drawn(stream: Any, layout: Any) -> Iterator[DrawnRun]:
    """Yield the runs of a line, their spaces as its paragraph wants them, and words drawn longer."""
    if not isinstance(layout, Drawn):
        yield from shaping.drawn(layout)
        return
    piece = layout.piece
    for run in shaping.drawn(layout) if piece.drawn is None else piece.drawn:
        numbers = run.clusters
        for letter, length in piece.kashidas:
            numbers = _longer(stream, run, numbers, letter, length)
        yield run._replace(clusters=shaping.wider(numbers, piece.tracking, piece.space))


def _longer(stream: Any, run: DrawnRun, clusters: Sequence[int], letter: int, length: float) -> list[int]:
    """Return the clusters of a run with the one drawn longer that begins at a byte of the line."""
    numbers, place = list(clusters), run.start
    for index in range(len(numbers))[:: -1 if run.is_turned else 1]:
        number = numbers[index]
        if place == letter:
            longer = outlines.stretched(stream, run.font, shaping.cluster(number), length)
            numbers[index] = shaping.number_of(longer)
        place += len(shaping.text_of(number).encode())
    return numbers
