"""A card for social sites: a picture of a text's title and issuer, in its language and in that of the original.

The original stands on the side of its script: Persian on the right. All is in shades between two colours, that of the
theme and white or black, whichever is read better on it.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.edition.design import Theme
from pipeline.languages import Direction, Language
from pipeline.publication import Published, Publisher
from pipeline.publication.lettering import BOLD, REGULAR, Lettering
from pipeline.text import dates
from pipeline.text.graphemes import graphemes
from pipeline.text.printable import plain

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw as Canvas

Rgb = tuple[int, int, int]

FILE_NAME = "card.png"
"""Beside the page."""
MEDIA_TYPE = "image/png"
WIDTH, HEIGHT = 1200, 630
"""Pixels: what social sites ask for (ogp.me leaves it open)."""

_MARGIN, _GAP = 72, 56
_TOP, _BOTTOM = 84, 552
"""Where the titles begin, and where what is below them ends."""

_SIZES = (104, 94, 84, 76, 70, 64, 58, 53, 48, 44, 40, 36, 33, 30)
_SMALL = 28
_LARGER = 1.12
"""How much larger Persian type is beside Latin type, as on the pages."""
_LEADING = {Direction.LTR: 1.22, Direction.RTL: 1.5}
_CAPITALS = 0.8
"""How high the first line is above its base line, in both scripts, so that they stand on one."""
_BELOW = 44
"""Between the titles and what is below them."""

_LONGEST = 400
"""Characters of a title; the whole is on the page."""
_LONGEST_WORD = 24
"""Of what is not divided at any size."""

_COLOUR = Theme().colour
_WELL_READ = 4.5
_PAPER, _INK = 0, 255
_RULE = 90


@dataclass(frozen=True, slots=True)
class _Column:
    """One language of a card: its title, and the lines below it, between two sides."""

    language: Language
    title: Lettering
    below: tuple[Lettering, ...]
    left: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left

    def size(self, size: int) -> int:
        return round(size * _LARGER) if self.language.direction is Direction.RTL else size

    def leading(self, size: int) -> int:
        return round(self.size(size) * _LEADING[self.language.direction])

    def height(self, size: int, texts: Sequence[Lettering]) -> int:
        """Return how high texts are at a size."""
        return sum(text.count(self.width, self.size(size)) for text in texts) * self.leading(size)

    def fits(self, size: int) -> bool:
        """Whether no word of the title is too wide, and all has room."""
        room = _BOTTOM - _TOP - _BELOW - self.height(_SMALL, self.below)
        return self.title.fits(self.width, self.size(size)) and self.height(size, [self.title]) <= room


def made(published: Published, publisher: Publisher, original_issuer: str = "", colour: str = _COLOUR) -> bytes:
    """Return the card of a text that is not withdrawn, as a PNG; `original_issuer` is who issued it, in its own words.

    `colour` is «#rrggbb».
    """
    from PIL import Image, ImageDraw

    columns = list(_columns(published, publisher, original_issuer))
    picture = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(picture)
    size = next((size for size in _SIZES if all(column.fits(size) for column in columns)), _SIZES[-1])
    second = _second(colour)
    for column in columns:
        _draw(canvas, column, size, second)
    if len(columns) > 1:
        canvas.line((WIDTH // 2, _TOP, WIDTH // 2, _BOTTOM), fill=_RULE, width=2)
    return _png(picture, _palette(colour))


def _png(picture: "Picture", palette: list[int]) -> bytes:
    """Return a picture in sixteen of the shades of a palette: its edges look the same in half the bytes."""
    shown = picture.point([shade // 16 for shade in range(256)])
    shown.putpalette([part for shade in range(16) for part in palette[51 * shade : 51 * shade + 3]])
    content = io.BytesIO()
    shown.save(content, "PNG", bits=4, compress_level=3)
    return content.getvalue()


def _columns(published: Published, publisher: Publisher, original_issuer: str) -> Iterator[_Column]:
    """Yield the columns from the left to the right: one for a text in its own language, else two."""
    date = published.date
    languages = {lang: publisher.language(lang) for lang in (published.source_lang, published.lang)}
    source, target = languages[published.source_lang], languages[published.lang]
    if published.is_original:
        yield _column(source, published.text.title, published.issuer, date, (_MARGIN, WIDTH - _MARGIN))
        return
    middle = WIDTH // 2
    sides = [(_MARGIN, middle - _GAP), (middle + _GAP, WIDTH - _MARGIN)]
    if source.direction is Direction.LTR:
        sides.reverse()
    yield _column(target, published.text.title, published.issuer, date, sides[0])
    yield _column(source, published.original.title, original_issuer, date, sides[1])


def _column(language: Language, title: str, issuer: str, date: str, sides: tuple[int, int]) -> _Column:
    """Return a column whose title is cut behind a word if it has no room at the smallest size."""
    below = tuple(
        Lettering(" ".join(_bounded(text)), language, weight)
        for text, weight in ((issuer, BOLD), (dates.in_words(date, language), REGULAR))
        if text
    )
    words = _bounded(title[:_LONGEST])
    shown = " ".join(words) + ("" if len(title) <= _LONGEST else " …")
    while True:
        made = _Column(language, Lettering(shown, language, BOLD), below, *sides)
        if made.fits(_SIZES[-1]) or len(words) < 2:
            return made
        words = words[: max(1, len(words) * 9 // 10)]
        shown = " ".join(words) + " …"


def _bounded(text: str) -> list[str]:
    """Return the words of a text; one that is too long for a line is divided."""
    words = (list(graphemes(word)) if len(word) > _LONGEST_WORD else word for word in plain(text).split())
    return [
        "".join(word[start : start + _LONGEST_WORD]) for word in words for start in range(0, len(word), _LONGEST_WORD)
    ]


def _draw(canvas: "Canvas", column: _Column, size: int, second: int) -> None:
    """Draw a title from the top down, and what is below it from the bottom up."""
    base = _TOP + round(size * _CAPITALS)
    for line in column.title.lines(column.width, column.size(size)):
        column.title.draw(canvas, line, (column.left, column.right), base, column.size(size), _INK)
        base += column.leading(size)
    base = _BOTTOM - column.height(_SMALL, column.below) + column.leading(_SMALL)
    for text in column.below:
        for line in text.lines(column.width, column.size(_SMALL)):
            text.draw(canvas, line, (column.left, column.right), base, column.size(_SMALL), second)
            base += column.leading(_SMALL)


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
    paper = _rgb(colour)
    return paper, max((_rgb("#ffffff"), _rgb("#111111")), key=lambda ink: _contrast(paper, ink))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _second(colour: str) -> int:
    """Return the shade of what is below the titles: paler than them, if that is still read well (WCAG 2, 1.4.3)."""
    shades, paper = _palette(colour), _rgb(colour)
    pale = (shade for shade in (200, 228) if _contrast(paper, shades[3 * shade : 3 * shade + 3]) >= _WELL_READ)
    return next(pale, _INK)


def _contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much two colours differ, from 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    parts = (part / 255 for part in colour)
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
