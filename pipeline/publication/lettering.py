"""A line of text → where it breaks, how wide it is, and its picture: in the fonts of the pages, in both directions.

Pillow shapes and orders what is in one font and one direction; where the words of a line go, and in which font each of
their characters is set, is decided here. Lengths are in pixels.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from unicodedata import category

from pipeline.edition import direction
from pipeline.edition.render.pdf import faces, fonts
from pipeline.errors import RenderError
from pipeline.languages import Language
from pipeline.languages.sections import Direction

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFont import FreeTypeFont

REGULAR, BOLD = 400, 700

_MEASURED = 100
"""The size at which words are measured: all others follow from it."""


@dataclass(frozen=True, slots=True)
class _FontRun:
    """Characters of one direction that one font has: the font by its place among the faces."""

    text: str
    direction: str
    face: int


@dataclass(frozen=True, slots=True)
class _ShownRun:
    """A picture of a run in shades, and where its left upper corner is from where the run begins on its base line."""

    picture: "Picture"
    left: int
    top: int


class Lettering:
    """A text in one weight, to be set in lines; `own` are fonts of the theme for other scripts, as «signs-0»."""

    def __init__(self, text: str, language: Language, weight: int, own: Mapping[str, bytes] | None = None) -> None:
        self.text, self.language = _unbroken(text, language), language
        used = frozenset(map(ord, self.text))
        self._faces = _faces(language.direction, weight, used, tuple((own or {}).items()))
        self._directions = _directions(self.text, language)
        self._fonts = list(_chosen(self.text, [fonts.characters(content) for content in self._faces]))
        self.words = list(_words(self.text))
        self._widths = [self._width(start, end, _MEASURED) for start, end in self.words]
        space = self._font(0, _MEASURED).getlength(" ")
        behind = [0, *(end for _, end in self.words)]
        self._gaps = [space if start > end else 0.0 for (start, _), end in zip(self.words, behind, strict=False)]

    def count(self, width: float, size: int) -> int:
        """Return how few lines a width takes; a word that is wider has one of its own."""
        return len(self._full(width * _MEASURED / size))

    def fits(self, width: float, size: int) -> bool:
        """Whether no word is wider."""
        return max(self._widths, default=0.0) * size / _MEASURED <= width

    def lines(self, width: float, size: int) -> list[tuple[int, int]]:
        """Return so few lines, as words from one up to another, as even as they can be: of the least squares left."""
        most = width * _MEASURED / size
        ends = {0: (0.0, [0])}
        for _ in range(len(self._full(most))):
            further: dict[int, tuple[float, list[int]]] = {}
            for start, (left, before) in ends.items():
                for end, free in self._ends(start, most):
                    if end not in further or left + free**2 < further[end][0]:
                        further[end] = left + free**2, [*before, end]
            ends = further
        return list(pairwise(ends.get(len(self.words), (0.0, [0]))[1]))

    def _ends(self, start: int, most: float) -> Iterator[tuple[int, float]]:
        """Yield where a line that begins with a word may end, and how much of it is then left."""
        free = most
        for end in range(start, len(self.words)):
            free -= self._widths[end] + (self._gaps[end] if end > start else 0)
            if free < 0 and end > start:
                return
            yield end + 1, max(free, 0.0)

    def _full(self, most: float) -> list[int]:
        """Return where lines begin that are as full as they can be."""
        starts, free = list[int](), -1.0
        for place, word in enumerate(self._widths):
            free -= self._gaps[place] + word
            if free < 0:
                starts.append(place)
                free = most - word
        return starts

    def draw(
        self, picture: "Picture", line: tuple[int, int], sides: tuple[int, int], base: int, size: int, ink: int
    ) -> None:
        """Draw a line on a base line, from the one of its sides where its language begins."""
        start, end = self.words[line[0]][0], self.words[line[1] - 1][1]
        left, right = sides
        stretches = [(stretch, self._length(stretch, size)) for stretch in self._in_order(start, end)]
        at = right - sum(length for _, length in stretches) if self.language.direction is Direction.RTL else left
        for stretch, length in stretches:
            if stretch.text != " ":
                content = self._faces[stretch.face]
                shown = _shown(content, size, stretch.text, stretch.direction, self.language.code)
                picture.paste(ink, (round(at) + shown.left, base + shown.top), shown.picture)
            at += length

    def _in_order(self, start: int, end: int) -> Iterator[_FontRun]:
        """Yield the words of a line, and what is between them, from the left to the right."""
        stretches = list(self._stretches(start, end))
        around = self.language.direction
        groups = [list(group) for _, group in groupby(stretches, key=lambda stretch: stretch.direction)]
        for group in reversed(groups) if around is Direction.RTL else groups:
            yield from reversed(group) if group[0].direction == Direction.RTL else group

    def _stretches(self, start: int, end: int) -> Iterator[_FontRun]:
        places = groupby(range(start, end), key=self._kind)
        for (way, face, _), group in places:
            yield _FontRun("".join(self.text[place] for place in group), way, face)

    def _kind(self, place: int) -> tuple[str, int, bool]:
        return self._directions[place], self._fonts[place], self.text[place] == " "

    def _width(self, start: int, end: int, size: int) -> float:
        return sum(self._length(stretch, size) for stretch in self._stretches(start, end))

    def _length(self, stretch: _FontRun, size: int) -> float:
        return _length(self._faces[stretch.face], size, stretch.text, stretch.direction, self.language.code)

    def _font(self, face: int, size: int) -> "FreeTypeFont":
        return _opened(self._faces[face], size)


@lru_cache(maxsize=256)
def _faces(way: str, weight: int, used: frozenset[int], own: tuple[tuple[str, bytes], ...]) -> tuple[bytes, ...]:
    """Return the fonts of a direction that these code points need, in the order in which they are tried.

    Each is fitted to its line when it is first needed, which takes longer than drawing a title.
    """
    needed = faces.needed(way, used, dict(own), italic=False)
    return tuple(face.content for face in needed if face.weight == weight)


@lru_cache(maxsize=256)
def _opened(content: bytes, size: int) -> "FreeTypeFont":
    from PIL import ImageFont, features

    if not features.check_feature("raqm"):
        raise RenderError("Pillow cannot set Persian without FriBiDi; install it: apt install libfribidi0")
    return ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=4096)
def _length(content: bytes, size: int, text: str, way: str, lang: str) -> float:
    """Return how wide a text is: titles have many words in common."""
    return _opened(content, size).getlength(text, direction=way, language=lang)


@lru_cache(maxsize=512)
def _shown(content: bytes, size: int, text: str, way: str, lang: str) -> _ShownRun:
    from PIL import Image, ImageDraw

    font = _opened(content, size)
    left, top, right, bottom = map(int, font.getbbox(text, direction=way, language=lang, anchor="ls"))
    picture = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(picture).text((-left, -top), text, 255, font, "ls", direction=way, language=lang)
    return _ShownRun(picture, left, top)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text stand, between single spaces; a line may end behind each Chinese sign."""
    for word in re.finditer("[^ ]+", text):
        ends = [word.start(), *(found.end() for found in _MAY_END.finditer(text, *word.span())), word.end()]
        yield from pairwise(dict.fromkeys(ends))


_WIDE = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MAY_END = re.compile(rf"[{_WIDE}、。，．：；！？」』）】〉》](?=[{_WIDE}「『（【〈《])")
"""Chinese and Japanese signs behind which a line may end: no mark that closes begins one, none that opens ends one."""


def _unbroken(text: str, language: Language) -> str:
    """Return a text with spaces that end no line in its numbers."""
    for one in direction.wholes(text, language.direction):
        if one.is_number:
            text = text[: one.start] + text[one.start : one.end].replace(" ", direction.NO_BREAK) + text[one.end :]
    return text


_NUMBER = re.compile(r"(?<!\d)\d++(?:[.,/:٫٬]\d++)++")
"""What is one number though its signs may be in another font than its digits (rule W4)."""


def _directions(text: str, language: Language) -> list[str]:
    """Return the direction of each character: that of the text, but for what is set apart in it."""
    around = language.direction
    other = Direction.LTR if around is Direction.RTL else Direction.RTL
    found = [str(around)] * len(text)
    numbers = (one.span() for one in _NUMBER.finditer(text))
    wholes = ((one.start, one.end) for one in direction.wholes(text, around) if one.is_number)
    for (start, end), way in (
        *((span, str(Direction.LTR)) for span in (*numbers, *wholes)),
        *((span, str(other)) for span in direction.runs(text, around)),
    ):
        found[start:end] = [way] * (end - start)
    return found


def _chosen(text: str, had: Sequence[frozenset[int]]) -> Iterator[int]:
    """Yield the font of each character: the first that has it; what is not seen stays in that of the one before."""
    face = 0
    for character in text:
        is_silent = character == " " or category(character) in ("Cf", "Mn")
        if not (is_silent and ord(character) in had[face]):
            face = next(
                (place for place, characters in enumerate(had) if ord(character) in characters),
                face if is_silent else 0,
            )
        yield face
