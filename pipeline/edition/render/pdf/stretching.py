"""Kashidas as they are drawn: a letter that is longer is a glyph of its own, which is read as the letter alone.

A tatweel would be read, searched and copied; a gap, or a line over it, would part the word in most readers.
"""

import io
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS

from pipeline.edition.render.pdf.measuring import TATWEEL

RESERVED = 64
"""Numbers of glyphs after those of a font, which WeasyPrint gives to characters that it lacks."""

OVERLAP = 8
"""Thousandths of an em by which the line goes into the letters that it joins."""


def stretch(stream: Any, item: Any, index: int, length: float) -> None:
    """Have a glyph of a run drawn longer to the left, by so many ems."""
    glyph = item.glyphs.glyphs[index]
    font, size = stream.add_font(item.item.analysis.font)
    key = (glyph.glyph, round(length * font.upem))
    known = vars(font).setdefault("stretched", {})
    number = known.setdefault(key, font.glyph_count + RESERVED + len(known))
    width = glyph.geometry.width + round(length * size * TO_UNITS)
    font.widths[number] = round(width * 1000 * FROM_UNITS / size)
    glyph.glyph, glyph.geometry.width = number, width


def for_file() -> None:
    """Put the longer letters into the fonts of a file."""
    clean = Font.clean

    def cleaned(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        stretched = vars(font).get("stretched", {})
        bar = _bar(font.file_content, font.index) if stretched else None
        clean(font, to_unicode | dict.fromkeys(glyph for glyph, _ in stretched), hinting)
        if bar:
            font.file_content = _with(font.file_content, stretched, font.glyph_count + RESERVED, bar)

    Font.clean = cleaned


def _bar(content: bytes, number: int) -> tuple[int, int]:
    """Return where the tatweel of a font lies, from below to above, in its own units."""
    file = TTFont(io.BytesIO(content), lazy=True, fontNumber=number)
    glyph = file["glyf"][file.getBestCmap()[ord(TATWEEL)]]
    return glyph.yMin, glyph.yMax


def _with(content: bytes, stretched: dict[tuple[int, int], int], first: int, bar: tuple[int, int]) -> bytes:
    """Return a font with glyphs, each made of another and so many units of a line to the left of it."""
    file, out = TTFont(io.BytesIO(content), recalcTimestamp=False), io.BytesIO()
    order = file.getGlyphOrder()
    names = [
        *order,
        *(f"none{number}" for number in range(len(order), first)),
        *(f"long{n}" for n in stretched.values()),
    ]
    file.setGlyphOrder(names)
    glyphs, metrics, drawn = file["glyf"], file["hmtx"], file.getGlyphSet()
    for name in names[len(order) : first]:
        glyphs[name], metrics[name] = TTGlyphPen(None).glyph(), (0, 0)
    for (base, more), number in stretched.items():
        pen = TTGlyphPen(None)
        letter = DecomposingRecordingPen(drawn)
        drawn[order[base]].draw(letter)
        letter.replay(TransformPen(pen, (1, 0, 0, 1, more, 0)))
        _draw_bar(pen, more, bar)
        glyphs[names[number]] = pen.glyph()
        metrics[names[number]] = (metrics[order[base]][0] + more, -OVERLAP)
    file["maxp"].numGlyphs = len(names)
    file.save(out)
    return out.getvalue()


def _draw_bar(pen: TTGlyphPen, length: int, bar: tuple[int, int]) -> None:
    below, above = bar
    pen.moveTo((-OVERLAP, below))
    for point in ((-OVERLAP, above), (length + OVERLAP, above), (length + OVERLAP, below)):
        pen.lineTo(point)
    pen.closePath()
