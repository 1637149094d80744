"""Pictures of a text's title, issuer and date: one panel in each language, in shades between two colours.

The colours are that of the theme and white or black, whichever is read better on it.
"""

import io
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import bounded
from pipeline.edition.render.pdf import faces
from pipeline.errors import RenderError
from pipeline.languages import Language
from pipeline.languages.sections import Direction
from pipeline.publication import Published, Publisher
from pipeline.publication.lettering import BOLD, REGULAR, Lettering
from pipeline.text import dates
from pipeline.text.glyphs import lacking
from pipeline.text.graphemes import graphemes
from pipeline.text.printable import plain

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Rgb = tuple[int, int, int]
Line = tuple[int, int, int, int]

MEDIA_TYPE = "image/png"

_LARGER = 1.12
"""How much larger Persian type is beside Latin type, as on the pages."""
_LEADING = {Direction.LTR: 1.22, Direction.RTL: 1.5}
_CAPITALS = 0.8
"""How high the first line is above its base line, in both scripts, so that they stand on one."""
_BELOW = 1.6
"""Between a title and what is below it, as a multiple of the size of that."""

_LONGEST = 400
"""Characters of a title; the whole is in the text."""
_LONGEST_WORD = 24
"""Of what is not divided at any size."""

_WELL_READ = 4.5
_PAPER, _INK = 0, 15
"""Of sixteen shades: edges look the same as in more, in half the bytes."""
_RULE = 5


@dataclass(frozen=True, slots=True)
class Box:
    """Where a panel stands, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """The sizes that titles may have, from the largest down, and that of what is below them, in pixels."""

    titles: tuple[int, ...]
    small: int


@dataclass(frozen=True, slots=True)
class TitlePanel:
    """One language of a picture: its title from the top of a box down, and lines from its bottom up."""

    language: Language
    title: Lettering
    below: tuple[Lettering, ...]
    box: Box
    type: TypeSizes

    def size(self, size: int) -> int:
        return round(size * _LARGER) if self.language.direction is Direction.RTL else size

    def leading(self, size: int) -> int:
        return round(self.size(size) * _LEADING[self.language.direction])

    def height(self, size: int, texts: Sequence[Lettering]) -> int:
        """Return how high texts are at a size."""
        return sum(text.count(self.box.width, self.size(size)) for text in texts) * self.leading(size)

    def fits(self, size: int) -> bool:
        """Whether no word of the title is too wide, and all has room."""
        small = self.type.small
        room = self.box.bottom - self.box.top - round(small * _BELOW) - self.height(small, self.below)
        return self.title.fits(self.box.width, self.size(size)) and self.height(size, [self.title]) <= room


def panel(
    language: Language,
    title: str,
    issuer: str,
    date: str,
    box: Box,
    type: TypeSizes,
    own: Mapping[str, bytes] | None = None,
) -> TitlePanel:
    """Return a panel whose title is cut behind a word if it has no room at the smallest size.

    `own` are the theme's fonts of other scripts.
    """
    below = tuple(
        Lettering(" ".join(_bounded(text)), language, weight, own)
        for text, weight in ((issuer, BOLD), (dates.in_words(date, language), REGULAR))
        if text
    )
    words = _bounded(title[:_LONGEST])
    shown = " ".join(words) + ("" if len(title) <= _LONGEST else " …")
    while True:
        made = TitlePanel(language, Lettering(shown, language, BOLD, own), below, box, type)
        if made.fits(type.titles[-1]) or len(words) < 2:
            return made
        words = words[: max(1, len(words) * 9 // 10)]
        shown = " ".join(words) + " …"


def _bounded(text: str) -> list[str]:
    """Return the words of a text; one that is too long for a line is divided."""
    words = (list(graphemes(word)) if len(word) > _LONGEST_WORD else word for word in plain(text).split())
    return [
        "".join(word[start : start + _LONGEST_WORD]) for word in words for start in range(0, len(word), _LONGEST_WORD)
    ]


def picture(
    published: Published,
    publisher: Publisher,
    panels: Callable[[Mapping[str, bytes]], Iterable[TitlePanel]],
    size: tuple[int, int],
    between: Line,
) -> bytes:
    """Return a picture of what stands in `panels`, which are made with the theme's fonts that a text needs.

    Such fonts anybody may have made: with them it is drawn in a process with limits.
    """
    dated = (publisher.language(lang) for lang in (published.lang, published.source_lang))
    said = published.text.title, published.issuer, published.original.title, published.original_issuer
    words = "".join([*said, *(dates.in_words(published.date, language) for language in dated)])
    own = publisher.fonts if publisher.fonts and lacking(words, faces.shown()) else {}

    def draw() -> bytes:
        return drawn(list(panels(own)), *size, between, publisher.colour)

    bytes_of_fonts = sum(map(len, own.values()))
    return (
        bounded.read(draw, bytes, bytes_of_fonts, RenderError, "[theme] in pipeline.toml: a font: ") if own else draw()
    )


def drawn(panels: Sequence[TitlePanel], width: int, height: int, between: Line, colour: str) -> bytes:
    """Return a picture of panels, whose titles have one size, as a PNG; a line stands between two of them.

    `colour` is «#rrggbb».
    """
    from PIL import Image, ImageDraw

    picture = Image.new("L", (width, height), _PAPER)
    titles = panels[0].type.titles
    size = next((size for size in titles if all(panel.fits(size) for panel in panels)), titles[-1])
    second = _second(colour)
    for panel in panels:
        _draw(picture, panel, size, second)
    if len(panels) > 1:
        ImageDraw.Draw(picture).line(between, fill=_RULE, width=2)
    return _png(picture, _palette(colour))


def _draw(picture: "Picture", panel: TitlePanel, size: int, second: int) -> None:
    """Draw a title from the top down, and what is below it from the bottom up."""
    box, small = panel.box, panel.type.small
    base = box.top + round(size * _CAPITALS)
    for line in panel.title.lines(box.width, panel.size(size)):
        panel.title.draw(picture, line, (box.left, box.right), base, panel.size(size), _INK)
        base += panel.leading(size)
    base = box.bottom - panel.height(small, panel.below) + panel.leading(small)
    for text in panel.below:
        for line in text.lines(box.width, panel.size(small)):
            text.draw(picture, line, (box.left, box.right), base, panel.size(small), second)
            base += panel.leading(small)


def _png(picture: "Picture", palette: list[int]) -> bytes:
    """Return a picture in the shades of a palette.

    Most of it is of one colour: to look for nothing but bytes that are repeated is faster, and makes less of them.
    """
    picture.putpalette(palette)
    content = io.BytesIO()
    picture.save(content, "PNG", bits=4, compress_level=3, compress_type=zlib.Z_RLE)
    return content.getvalue()


@lru_cache(maxsize=4)
def _palette(colour: str) -> list[int]:
    """Return the colours of all shades from the paper to the ink, red, green and blue of each."""
    paper, ink = _ends(colour)
    return [
        round(dark + (light - dark) * shade / _INK)
        for shade in range(_INK + 1)
        for dark, light in zip(paper, ink, strict=True)
    ]


def _ends(colour: str) -> tuple[Rgb, Rgb]:
    """Return the colour of the paper, and white or black, whichever stands out from it more."""
    paper = rgb(colour)
    return paper, max((rgb("#ffffff"), rgb("#111111")), key=lambda ink: contrast(paper, ink))


def rgb(colour: str) -> Rgb:
    """Return the red, green and blue of «#rrggbb»."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


@lru_cache(maxsize=4)
def _second(colour: str) -> int:
    """Return the shade of what is below the titles: paler than them, if that is still read well (WCAG 2, 1.4.3)."""
    shades, paper = _palette(colour), rgb(colour)
    pale = (shade for shade in (12, 13) if contrast(paper, shades[3 * shade : 3 * shade + 3]) >= _WELL_READ)
    return next(pale, _INK)


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much two colours differ, from 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    parts = (part / 255 for part in colour)
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
