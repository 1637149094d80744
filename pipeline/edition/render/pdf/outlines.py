"""Glyphs that the fonts of a file get besides their own, each made of these and read as its own text.

A letter with its marks is one of them, and so is a letter with a kashida: a tatweel would be read, searched and copied;
a gap, or a line over it, would part the word in most readers. Their numbers follow those of the font.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS

from pipeline.edition.render.pdf import fonts
from pipeline.edition.render.pdf.measuring import TATWEEL
from pipeline.edition.render.pdf.shaping import Cluster

RESERVED = 64
"""Numbers of glyphs after those of a font, which WeasyPrint gives to characters that it lacks."""

MOST = 0xFF00
"""The number up to which a font gets glyphs; a text with so many marks on marks has the rest as they are."""

OVERLAP = 8
"""Thousandths of an em by which a kashida goes into the letters that it joins."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Glyphs of a font, each by its number, with how far it is moved to the right and up, in units of the font.

    To the left of them stands a kashida of so many units. What looks the same may be read as another text, or be of
    another width, in thousandths of an em.
    """

    parts: tuple[tuple[int, int, int], ...] = ()
    kashida: int = 0
    text: str | None = None
    width: int = 0


def can_have(font: Any) -> bool:
    """Whether glyphs can be added to a font: to one with outlines of TrueType, which is not full."""
    return "glyf" in font.tables and _first(font) + len(vars(font).get("added", ())) < MOST


def add(font: Any, outline: Outline, width: float) -> int:
    """Return the number of a glyph that a font shall have, so many thousandths of an em wide."""
    known = vars(font).setdefault("added", {})
    number: int = known.setdefault(outline, _first(font) + len(known))
    font.widths.setdefault(number, width)
    if outline.text is not None:
        font.to_unicode[number] = outline.text
    return number


def stretched(stream: Any, pango_font: Any, cluster: Cluster, length: float) -> Cluster:
    """Return glyphs drawn longer to the left, by so many ems."""
    font, size = stream.add_font(pango_font)
    units, shapes = round(length * font.upem), []
    for glyph, width, right, down in cluster.shapes:
        wider = width + round(length * size * TO_UNITS)
        longer = Outline(((glyph, units, 0),), kashida=units)
        shapes.append((add(font, longer, round(wider * 1000 * FROM_UNITS / size)), wider, right, down))
    return Cluster(cluster.text, tuple(shapes))


def for_file() -> None:
    """Put the glyphs that were added into the fonts of a file."""
    clean = Font.clean

    def cleaned(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        added = vars(font).get("added", {})
        tatweel = _tatweel(font) if any(outline.kashida for outline in added) else (0, 0)
        parts = {part for outline in added for part, _, _ in outline.parts}
        own = {glyph: "" for glyph in {*to_unicode, *parts} if glyph not in added.values()}
        clean(font, own, hinting)
        if added:
            font.file_content = _with(font, list(added), tatweel)

    Font.clean = cleaned


def _tatweel(font: Any) -> tuple[int, int]:
    """Return where the tatweel of a font lies, from below to above, in its own units."""
    file = TTFont(io.BytesIO(font.file_content), lazy=True, fontNumber=font.index)
    glyph = file["glyf"][file.getBestCmap()[ord(TATWEEL)]]
    return glyph.yMin, glyph.yMax


def _with(font: Any, outlines: Sequence[Outline], tatweel: tuple[int, int]) -> bytes:
    """Return the file of a font with more glyphs, in this order."""
    # Boxes that were found again would have every glyph of the font taken apart.
    file = TTFont(io.BytesIO(font.file_content), recalcTimestamp=False, recalcBBoxes=False)
    first, order = _first(font), file.getGlyphOrder()
    names = [*order, *(f"added{number}" for number in range(len(order), first + len(outlines)))]
    file.setGlyphOrder(names)
    glyphs, metrics = file["glyf"], file["hmtx"]
    empty, known = TTGlyphPen(None).glyph(), file.getGlyphSet()
    for name in names[len(order) : first]:
        glyphs[name], metrics[name] = empty, (0, 0)
    for number, outline in enumerate(outlines, first):
        made = glyphs[names[number]] = _drawn(file, known, outline, tatweel)
        made.recalcBounds(glyphs)
        metrics[names[number]] = (round(font.widths[number] * font.upem / 1000), getattr(made, "xMin", 0))
    _widen(file, [glyphs[name] for name in names[first:]])
    file["maxp"].numGlyphs = len(names)
    return fonts.saved(file)


def _widen(file: TTFont, made: Sequence[Any]) -> None:
    """Let what a font says of all its glyphs hold for those that were added too."""
    drawn, most, head = [glyph for glyph in made if glyph.numberOfContours], file["maxp"], file["head"]
    for glyph in drawn:
        most.maxPoints = max(most.maxPoints, len(glyph.coordinates))
        most.maxContours = max(most.maxContours, glyph.numberOfContours)
    for side, farthest in (("xMin", min), ("yMin", min), ("xMax", max), ("yMax", max)):
        setattr(head, side, farthest(getattr(one, side) for one in (head, *drawn)))


def _first(font: Any) -> int:
    return int(font.glyph_count + RESERVED)


def _drawn(file: TTFont, known: Any, outline: Outline, tatweel: tuple[int, int]) -> Any:
    pen = TTGlyphPen(None)
    for part, right, up in outline.parts:
        letter = DecomposingRecordingPen(known)
        known[file.getGlyphName(part)].draw(letter)
        letter.replay(TransformPen(pen, (1, 0, 0, 1, right, up)))
    if outline.kashida:
        _draw_line(pen, outline.kashida, tatweel)
    return pen.glyph()


def _draw_line(pen: TTGlyphPen, length: int, tatweel: tuple[int, int]) -> None:
    below, above = tatweel
    pen.moveTo((-OVERLAP, below))
    for point in ((-OVERLAP, above), (length + OVERLAP, above), (length + OVERLAP, below)):
        pen.lineTo(point)
    pen.closePath()
