"""The glyphs of a line as a file has them: in the order of the page, each read as the characters it stands for.

Readers of PDF (PDFium, pdf.js, poppler, MuPDF) take the characters of a line as they are drawn, from the left to the
right, and turn those of Arabic letters around. What is lifted from the line, or goes back over what stands there,
begins another word or is lost. So a mark is a glyph without width that is drawn where the mark is seen, and what is
drawn as one (a letter that has its marks in it, two letters) is followed by empty glyphs. `benchmarks.recall` measures
what is found.

- PDFium keeps the order of marks in succession, and of marks with a full stop or non-joiner. So marks stand in their
  own order (turned around, they are equivalent), and a sign of direction parts them from what follows, as it does for
  MuPDF from signs at the end of a line.
- pdf.js leaves out a glyph that is read as something invisible, and finds no space before a glyph without width. So a
  non-joiner is read with the letter before it; a space after a mark is read as a sign of direction and a space; and so
  is an empty glyph where a line ends in a mark. Marked content (`/ActualText`) would divide the line there.
- A glyph of several letters, as of لا, is turned around by some and not by others. So the second letter is an empty
  glyph of half its width.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, pango

from pipeline.edition.render.pdf import missing, outlines, raised, setting, shaping
from pipeline.edition.render.pdf.outlines import Outline
from pipeline.edition.render.pdf.shaping import Shape

ZWNJ, LEFT_TO_RIGHT, RIGHT_TO_LEFT, ARABIC = "\u200c", "\u200e", "\u200f", "\u061c"
"""A non-joiner, and the signs of direction of Latin, Hebrew and Arabic letters: they are nothing else."""

READ_AS = {"\u00a0": " ", "\u2010": "\u00ad", **{raised: letter for letter, raised in raised.LETTERS.items()}}

EMPTY = pango.PANGO_GLYPH_EMPTY

FARTHEST = 10_000
"""Units of a font by which a glyph may be moved: what is drawn farther away does not fit into a font."""

_KEPT = ("AN", "EN", "CS", "ES", "ET")
"""Bidirectional classes of characters that PDFium keeps in the order of the page, with a mark beside them."""

_GAP = 40
"""Thousandths of an em to which a width is rounded that has to be about right."""


class DrawnGlyph(NamedTuple):
    """A glyph of a font at a size, `offset` to the right of where the pen is; `advance` leads to the next.

    Both are in thousandths of an em; `rise`, by which it stands higher, is in pixels. `is_turned` says that the next
    character of the text is to the left, `is_apart` that this is no part of the text.
    """

    font: Any
    size: float
    code: int
    advance: float
    text: str
    is_turned: bool = False
    is_apart: bool = False
    offset: float = 0
    rise: float = 0

    @property
    def width(self) -> float:
        return float(self.font.widths[self.code])

    @property
    def is_mark(self) -> bool:
        return _is_mark(self.text[-1:])

    def read_as(self, text: str) -> "DrawnGlyph":
        return self._replace(code=_copied(self.font, self.code, text), text=text)

    def moved(self, right: int, wider: int) -> "DrawnGlyph":
        """Return the glyph drawn so far to the right of the pen, and so much wider."""
        width = int(self.width) + wider
        outline = Outline(((self.code, round(right * self.font.upem / 1000), 0),), text=self.text, width=width)
        return self._replace(code=outlines.add(self.font, outline, width), advance=self.advance + wider)


def draw_first_line(stream: Any, textbox: Any, overflow: Any, ellipsis: Any, matrix: Any) -> list[Any]:
    """Draw the line of a text box; WeasyPrint's function of this name, without what our pages have not."""
    if textbox.text.strip():
        stream.set_text_matrix(*setting.scaled(textbox, matrix))
        pieces = _pieces(stream, textbox.pango_layout)
        if all(all(map(_IS_PLAIN, clusters)) for _, clusters in pieces):
            _write_plain(stream, pieces)
        else:
            drawn = [glyph for cluster in _apart(pieces) for glyph in cluster.glyphs]
            if any(glyph.width == 0 for glyph in drawn):
                drawn = _readable(drawn, ends_line=getattr(textbox.pango_layout, "ends_line", True))
            _write(stream, drawn)
        missing.watch(stream._fonts.values(), textbox)
    return []


# --- the glyphs ------------------------------------------------------------------


class DrawnCluster(NamedTuple):
    """Glyphs of characters that are drawn together; where all of them are as a font has them, what shows them.

    What follows stands farther away by `gap`, in thousandths of an em.
    """

    glyphs: tuple[DrawnGlyph, ...]
    shown: str
    is_plain: bool
    gap: float = 0.0


_IS_PLAIN, _SHOWN = (itemgetter(DrawnCluster._fields.index(name)) for name in ("is_plain", "shown"))

_Piece = tuple["_Hand", list[DrawnCluster]]


def _pieces(stream: Any, layout: Any) -> list[_Piece]:
    """Return what is drawn of a line, from the left to the right, and by which hands."""
    found = []
    for run in setting.drawn(stream, layout):
        hand = _hand(stream, run.font, is_turned=run.is_turned)
        found.append((hand, list(map(hand.__getitem__, run.clusters))))
    return found


def _apart(pieces: Iterable[_Piece]) -> Iterator[DrawnCluster]:
    """Yield what is drawn, with the gaps between."""
    gap = 0.0
    for cluster in (cluster for _, clusters in pieces for cluster in clusters):
        if gap and cluster.glyphs:
            first, *others = cluster.glyphs
            moved = first._replace(offset=first.offset + gap, advance=first.advance + gap)
            yield DrawnCluster((moved, *others), "", is_plain=False)
            gap = 0.0
        else:
            yield cluster
        gap += cluster.gap


def _hand(stream: Any, pango_font: Any, *, is_turned: bool) -> "_Hand":
    """Return what draws with a font; that of a page is found once, by where the font lies, which it keeps there."""
    on_page: dict[tuple[Any, bool], _Hand] = vars(stream).setdefault("hands", {})
    if (pango_font, is_turned) not in on_page:
        font, size = stream.add_font(pango_font)
        hands: dict[tuple[float, bool], _Hand] = vars(font).setdefault("hands", {})
        if (size, is_turned) not in hands:
            hands[size, is_turned] = _Hand(stream, pango_font, is_turned=is_turned)
        on_page[shaping.kept(pango_font), is_turned] = hands[size, is_turned]
    return on_page[pango_font, is_turned]


class _Hand(dict[int, DrawnCluster]):
    """What draws the glyphs of a run: a font at a size, in a direction; it knows clusters by their numbers."""

    def __init__(self, stream: Any, pango_font: Any, *, is_turned: bool) -> None:
        super().__init__()
        self.stream, self.pango_font, self.is_turned = stream, shaping.kept(pango_font), is_turned
        self.font, self.size = stream.add_font(pango_font)
        self.unit = 1000 * FROM_UNITS / self.size

    def __missing__(self, number: int) -> DrawnCluster:
        """Return the glyphs of characters that are drawn together, and keep them for wherever these stand so again."""
        cluster = shaping.cluster(number)
        glyphs = tuple(self._drawn(cluster.text, cluster.shapes))
        is_empty = cluster.shapes[0][0] == EMPTY
        gap = self.thousandths(sum(width for _, width, _, _ in cluster.shapes)) if is_empty else 0.0
        is_plain = not gap and all(glyph.width and not glyph.rise for glyph in glyphs)
        self[number] = found = DrawnCluster(glyphs, "".join(map(_shown, glyphs)), is_plain, gap)
        return found

    def _drawn(self, text: str, shapes: Sequence[Shape]) -> Iterable[DrawnGlyph]:
        number, width, right, down = shapes[0]
        if number == EMPTY and all(shape[0] == EMPTY for shape in shapes):
            return (self._empty(ZWNJ),) if ZWNJ in text and outlines.can_have(self.font) else ()
        if len(shapes) == len(text) == 1 and not (right or down):
            read = READ_AS.get(text, text)
            return (
                DrawnGlyph(self.font, self.size, self._code(number, read), width * self.unit, read, self.is_turned),
            )
        return self._together(text, shapes) if outlines.can_have(self.font) else self._one_by_one(text, shapes)

    def thousandths(self, units: float) -> float:
        return float(units * self.unit)

    def _together(self, text: str, shapes: Sequence[Shape]) -> Iterator[DrawnGlyph]:
        """Yield one glyph for all that is seen, and an empty one for every character but the first."""
        parts, width, advance = self._parts(shapes)
        if any(max(abs(right), abs(up)) > FARTHEST for _, right, up in parts):
            yield from self._one_by_one(text, shapes)
            return
        first, *others = _units(text, is_turned=self.is_turned)
        share = width // (1 + sum(not _is_mark(unit[-1]) for unit in others)) if self.is_turned else 0
        widths = [0 if _is_mark(unit[-1]) else share for unit in others]
        moved = tuple((part, right - sum(widths) * self.font.upem // 1000, up) for part, right, up in parts)
        rest, advance = width - sum(widths), advance - sum(widths)
        is_plain = len(moved) == 1 and not any(moved[0][1:])
        code = self._code(moved[0][0], first) if is_plain else outlines.add(self.font, Outline(moved, text=first), rest)
        seen = DrawnGlyph(self.font, self.size, code, advance, first, self.is_turned)
        empty = [self._empty(unit, width) for unit, width in zip(others, widths, strict=True)]
        yield from [*empty, seen] if self.is_turned else [seen, *empty]

    def _parts(self, shapes: Sequence[Shape]) -> tuple[tuple[tuple[int, int, int], ...], int, float]:
        """Return where glyphs stand in units of the font, how wide they are, and how far they go on."""
        parts, whole, pen, em = [], 0.0, 0.0, self.font.upem / 1000
        for glyph, width, right, down in shapes:
            if glyph != EMPTY:
                number = self._number(glyph)
                place = pen + self.thousandths(right), -self.thousandths(down)
                parts.append((number, round(place[0] * em), round(place[1] * em)))
                whole += self._width(number) if width else 0
            pen += self.thousandths(width)
        return tuple(parts), round(whole), pen

    def _one_by_one(self, text: str, shapes: Sequence[Shape]) -> Iterator[DrawnGlyph]:
        """Yield glyphs as they are, where there can be no other ones."""
        units = _units(text, is_turned=self.is_turned) if len(shapes) > 1 else [text]
        units = [*units, *[""] * (len(shapes) - len(units))][: len(shapes)]
        for shape, unit in zip(shapes, reversed(units) if self.is_turned else units, strict=True):
            if shape[0] != EMPTY:
                code, advance, offset = self._code(shape[0], unit), *map(self.thousandths, shape[1:3])
                rise = -shape[3] * FROM_UNITS
                yield DrawnGlyph(self.font, self.size, code, advance, unit, self.is_turned, offset=offset, rise=rise)

    def _empty(self, text: str, width: float = 0) -> DrawnGlyph:
        return _empty(self.font, self.size, text, width, self.is_turned)

    def _code(self, glyph: int, text: str) -> int:
        """Return the number of a glyph that is read as a text, which may be another than where it stood before."""
        number = self._number(glyph)
        self._width(number)
        if self.font.to_unicode.setdefault(number, text) == text or not outlines.can_have(self.font):
            return number
        return _copied(self.font, number, text)

    def _number(self, glyph: int) -> int:
        """Return the number of a glyph; for a character without one, a number that `missing` finds."""
        if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            return int(self.font.get_unused_glyph_id(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG))
        return glyph

    def _width(self, number: int) -> float:
        if number not in self.font.widths:
            ink, logical = self.stream.ink_rect, self.stream.logical_rect
            pango.pango_font_get_glyph_extents(self.pango_font, number, ink, logical)
            self.font.widths[number] = round(self.thousandths(logical.width))
        return float(self.font.widths[number])


def _empty(font: Any, size: float, text: str, width: float, is_turned: bool) -> DrawnGlyph:
    code = outlines.add(font, Outline(text=text, width=int(width)), width)
    return DrawnGlyph(font, size, code, width, text, is_turned)


def _copied(font: Any, code: int, text: str) -> int:
    return outlines.add(font, Outline(((code, 0, 0),), text=text), font.widths[code])


def _is_mark(character: str) -> bool:
    return bool(character) and unicodedata.category(character) == "Mn"


def _after_joiner(text: str) -> str:
    """Return what a glyph is read as to whose left a non-joiner stands."""
    return ZWNJ + (ARABIC if _is_mark(text[0]) else "") + text


def _units(text: str, *, is_turned: bool) -> list[str]:
    """Return what glyphs are read as: the one that is seen, then the empty ones from the left."""
    characters = [READ_AS.get(one, one) for one in text if one == ZWNJ or unicodedata.category(one) != "Cf"]
    if not is_turned:
        letters = "".join(one for one in characters if not _is_mark(one))
        return [letters, *filter(_is_mark, characters)] if letters else [text]
    units: list[str] = []
    for one in characters:
        if one == ZWNJ and units:
            units[-1] = _after_joiner(units[-1])
        else:
            units.append(one)
    groups = [list(group) for _, group in groupby(units[1:], lambda unit: _is_mark(unit[-1]))]
    others = [unit for group in groups[::-1] for unit in (group if _is_mark(group[0][-1]) else group[::-1])]
    return [*units[:1], *others]


# --- what is read ----------------------------------------------------------------


def _readable(drawn: Iterable[DrawnGlyph], *, ends_line: bool) -> list[DrawnGlyph]:
    """Return the glyphs of a line with those that keep non-joiners, spaces and marks in their places."""
    found: list[DrawnGlyph] = []
    for glyph in _joined(_shared(drawn)):
        if glyph.is_turned and glyph.width == 0 and outlines.can_have(glyph.font):
            before = found[-1] if found else None
            if before is None and ends_line:
                found.append(_spacer(glyph, 0.4, RIGHT_TO_LEFT)._replace(is_apart=True))
            elif before is not None and before.text == " ":
                found[-1] = _as_space(before)
            if glyph.is_mark and _is_loose(found):
                found.append(_empty(glyph.font, glyph.size, RIGHT_TO_LEFT, 0, is_turned=True))
        found.append(glyph)
    return found


def _is_loose(before: Sequence[DrawnGlyph]) -> bool:
    """Whether a mark behind these glyphs needs a sign of direction to be read with its letter."""
    if not before or unicodedata.bidirectional(before[-1].text[-1:] or " ") in _KEPT:
        return True
    return not before[-1].is_turned or not any(map(_is_turning, before))


def _shared(drawn: Iterable[DrawnGlyph]) -> list[DrawnGlyph]:
    """Return glyphs of which a letter without width, as the alef of لا, has half of that of the letter it stands on."""
    found = list(drawn)
    for index, glyph in enumerate(found):
        if glyph.is_turned and glyph.width == 0 and glyph.text.isalpha():
            seat = next((place for place in range(index + 1, len(found)) if found[place].width), index)
            if all(one.font == glyph.font for one in found[index : seat + 1]) and outlines.can_have(glyph.font):
                half = int(found[seat].width) // 2
                found[index] = glyph.moved(0, half)
                found[index + 1 : seat] = [mark.moved(-half, 0) for mark in found[index + 1 : seat]]
                found[seat] = found[seat].moved(-half, -half)
    return found


def _joined(drawn: Iterable[DrawnGlyph]) -> Iterator[DrawnGlyph]:
    """Yield glyphs with each non-joiner read together with the letter before it, which stands to the right."""
    waiting: list[DrawnGlyph] = []
    for glyph in drawn:
        if glyph.text == ZWNJ and glyph.is_turned:
            waiting = [glyph]
            continue
        for joiner in waiting:
            glyph = glyph.read_as(_after_joiner(glyph.text)) if outlines.can_have(glyph.font) else glyph
            glyph = glyph._replace(offset=glyph.offset + joiner.advance, advance=glyph.advance + joiner.advance)
        yield glyph
        waiting = []


def _is_turning(glyph: DrawnGlyph) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in glyph.text)


def _as_space(glyph: DrawnGlyph) -> DrawnGlyph:
    if not outlines.can_have(glyph.font):
        return glyph
    spacer = _spacer(glyph, _GAP * round(glyph.advance / _GAP), RIGHT_TO_LEFT if glyph.is_turned else LEFT_TO_RIGHT)
    return spacer._replace(advance=glyph.advance)


def _spacer(glyph: DrawnGlyph, width: float, direction: str) -> DrawnGlyph:
    return _empty(glyph.font, glyph.size, f"{direction} ", width, is_turned=glyph.is_turned)


# --- the file --------------------------------------------------------------------


_LOOK = itemgetter(*map(DrawnGlyph._fields.index, ("font", "size", "rise", "is_apart")))


def _write_plain(stream: Any, pieces: Iterable[_Piece]) -> None:
    """Write what `_write` would, where nothing is lifted from its line and nothing stands apart."""
    shown = (((hand.font, hand.size), "".join(map(_SHOWN, clusters))) for hand, clusters in pieces)
    for (font, size), parts in groupby((piece for piece in shown if piece[1]), itemgetter(0)):
        stream.set_font_size(font.hash, size)
        stream.show_text("".join([text for _, text in parts]).replace("><", ""))


def _write(stream: Any, drawn: Iterable[DrawnGlyph]) -> None:
    for (font, size, rise, _), piece in groupby(drawn, _LOOK):
        stream.set_font_size(font.hash, size)
        if rise:
            stream.set_text_rise(rise)
        stream.show_text("".join(map(_shown, piece)).replace("><", ""))
        if rise:
            stream.set_text_rise(0)


def _shown(glyph: DrawnGlyph) -> str:
    """Return a glyph as an operand of TJ, apart from a number that stands before it."""
    before = f" {-glyph.offset}" if glyph.offset else ""
    after = round(glyph.width + glyph.offset - glyph.advance)
    return f"{before}<{glyph.code:04x}>{after or ''}"
