"""Which font a character of a page is set in: the first, in the order of the text's direction, that has it.

A page is set in families. Those of Persian text are, in their order, «Naskh», «Naskh Latin» and «Naskh Signs»; those
of Latin text are «Serif», «Serif Naskh» and «Emoji» (where Pango looks first for what Unicode shows as a picture).
Before each of the theme's scripts stands «Own …», before the signs the theme's fonts of other scripts. A family is
given the characters it is to be used for and no others, so that no library can choose differently; its letters stand as
high in their line as all others of that direction, so that a word of another script moves no line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.edition.render.pdf import fonts
from pipeline.errors import RenderError

SMALLER = 0.89
"""Latin letters and signs inside Persian, beside those of Latin text: at the same size they look larger."""

HEIGHTS = {"rtl": (1.069, 0.634), "ltr": (1.069, 0.293)}
"""Ems above and below the base line: those of Noto Naskh Arabic and Noto Serif, which style.css is measured for."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file made to fit its family: what an @font-face rule says."""

    family: str
    weight: int
    style: str
    content: bytes

    @property
    def name(self) -> str:
        return f"{self.family}-{self.weight}-{self.style}".replace(" ", "-")

    @property
    def rule(self) -> str:
        """The rule for a stylesheet; its address is «asset:» and the name."""
        look = f"font-weight: {self.weight}; font-style: {self.style}"
        return f'@font-face {{ font-family: {self.family}; src: url("asset:{self.name}"); {look} }}'


@dataclass(frozen=True, slots=True)
class _Family:
    """Font files, regular and bold, upright and italic, for one script in text of one direction."""

    name: str
    direction: str
    script: str
    files: tuple[bytes, ...]
    is_own: bool = False

    def faces(self, kept: frozenset[int], *, italic: bool) -> Iterator[Face]:
        looks = ((400, "normal"), (700, "normal"), (400, "italic"), (700, "italic"))
        for (weight, style), content in zip(looks, self.files, strict=False):
            if italic or style == "normal":
                is_beside = self.script != "arabic" and not (self.script == "signs" and self.is_own)
                scale = SMALLER if self.direction == "rtl" and is_beside else 1.0
                yield Face(self.name, weight, style, _fitted(content, kept, scale, *HEIGHTS[self.direction]))


_BUNDLED = {
    "arabic": ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"),
    "latin": ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf", "NotoSerif-BoldItalic.ttf"),
    "signs": ("Signs-Regular.ttf", "Signs-Bold.ttf"),
}

_NAMES = {
    "rtl": {"arabic": "Naskh", "latin": "Naskh Latin", "signs": "Naskh Signs"},
    "ltr": {"latin": "Serif", "arabic": "Serif Naskh", "signs": "Emoji"},
}
"""The families of a direction in their order."""

OTHERS = ("", " B", " C", " D", " E", " F")
"""Behind the names of the theme's fonts of other scripts: no name in a style sheet may have a number."""

_SPACES = frozenset({0x20, 0xA0, 0x202F})
"""Between two words of a script its own font is used for them."""

_CODE = {"rtl": "Naskh Code", "ltr": "Serif Code"}

_LETTERS = {
    "arabic": ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE), (0x10EC0, 0x10EFF)),
    "latin": (
        *((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xB2, 0xB3), (0xB9, 0xBA), (0xBC, 0xBE)),
        *((0xC0, 0x58F), (0x1C80, 0x1C8F), (0x1D00, 0x1FFF), (0x2010, 0x2011), (0x2070, 0x209F), (0x2C60, 0x2C7F)),
        (0x2DE0, 0x2DFF),
        *((0xA640, 0xA69F), (0xA700, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB17), (0xFE20, 0xFE2F)),
    ),
}
"""First and last of the letters, digits, accents and hyphens (of «e‑mail», which those of Arabic letters are too low
for) that a script has for itself: a font for the other script that has them too (Vazirmatn has Latin ones, DejaVu
Arabic ones) is not used for them while the script's own font does."""


def faces(html: str, own: Mapping[str, bytes] | None = None) -> list[Face]:
    """Return the faces that a page needs; `own` are fonts of the theme, as «arabic-0», «latin-1».

    Raises RenderError for a font of the theme that is damaged.
    """
    used, italic = frozenset(map(ord, set(html))), "<em" in html
    found = [face for direction in _NAMES for face in needed(direction, used, own, italic=italic)]
    return [*found, *_of_code()] if "<code" in html else found


def _of_code() -> Iterator[Face]:
    """Yield the faces of code, whose letters have one width; what they lack is set as the text around it."""
    content = fonts.load()["NotoSansMono-Regular.ttf"]
    for direction, name in _CODE.items():
        scale = SMALLER if direction == "rtl" else 1.0
        yield Face(name, 400, "normal", _fitted(content, fonts.characters(content), scale, *HEIGHTS[direction]))


def shown(own: Mapping[str, bytes] | None = None) -> frozenset[str]:
    """Return the characters that a page can show, with the theme's fonts; raise RenderError for a damaged one."""
    return frozenset(map(chr, _had(file for family in _families("ltr", own or {}) for file in family.files)))


def shown_of_theme(own: Mapping[str, bytes]) -> frozenset[str]:
    """Return the same, in a process that has no limits: fonts that anybody may have made are read apart from it."""
    codes, faults = _read_apart(tuple(own.values())) if own else (frozenset[int](), ())
    if faults:
        raise RenderError(*faults)
    return shown() | frozenset(map(chr, codes))


@lru_cache(maxsize=4)
def _read_apart(files: tuple[bytes, ...]) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return which code points fonts have, or what is wrong with them: neither is looked for twice."""
    from pipeline import bounded  # the child is bounded itself

    size, place = sum(map(len, files)), "[theme] in pipeline.toml: a font: "
    try:
        return frozenset(bounded.read(lambda: sorted(_had(files)), list[int], size, RenderError, place)), ()
    except RenderError as error:
        return frozenset(), tuple(error.faults)


def needed(
    direction: str, used: frozenset[int], own: Mapping[str, bytes] | None = None, *, italic: bool
) -> Iterator[Face]:
    """Yield the faces of text of a direction in which these code points are used, as `faces` does for both."""
    families, left = _families(direction, own or {}), used
    for family in families:
        other = {"arabic": "latin", "latin": "arabic"}.get(family.script, "")
        others = tuple(file for one in families if one.script == other for file in one.files)
        kept = _kept(family.files, others, other)
        if family.script == "signs" and family.is_own:
            kept &= left | _SPACES  # of their Latin letters none is wanted
        if kept & left or family is families[0]:
            yield from family.faces(kept, italic=italic and direction == "ltr")
        left -= kept


def _families(direction: str, own: Mapping[str, bytes]) -> list[_Family]:
    found, bundled = [], fonts.load()
    for script, name in _NAMES[direction].items():
        theirs = tuple(own[key] for key in sorted(own, key=_in_order) if key.startswith(f"{script}-"))
        together = 2 if script == "signs" else len(theirs) or 1  # of other scripts there may be several
        for letter, first in zip(OTHERS, range(0, len(theirs), together), strict=False):
            its = f"Own {name}{letter}"
            found.append(_Family(its, direction, script, theirs[first : first + together], is_own=True))
        found.append(_Family(name, direction, script, tuple(bundled[file] for file in _BUNDLED[script])))
    return found


def _in_order(key: str) -> tuple[str, int]:
    """Return what puts «signs-10» behind «signs-9»."""
    script, _, number = key.partition("-")
    return script, int(number)


@lru_cache(maxsize=32)
def _kept(files: tuple[bytes, ...], others: tuple[bytes, ...], other: str) -> frozenset[int]:
    """Return what a family is used for: the letters of the other script are left to its own fonts."""
    return _had(files) - (_had(others) & _own(other))


@lru_cache(maxsize=4)
def _own(script: str) -> frozenset[int]:
    return frozenset(code for first, last in _LETTERS.get(script, ()) for code in range(first, last + 1))


def _had(files: Iterable[bytes]) -> frozenset[int]:
    return frozenset[int]().union(*map(fonts.characters, files))


@lru_cache(maxsize=32)
def _fitted(content: bytes, kept: frozenset[int], scale: float, ascent: float, descent: float) -> bytes:
    """Return a font with the characters to be kept, so much smaller, and so high in its line."""
    with fonts.sound():
        font = fonts.opened(content)
        units, line = font["head"].unitsPerEm, font["hhea"]
        fits = (scale, line.ascent, -line.descent) == (1, round(ascent * units), round(descent * units))
        if fits and fonts.characters(content) <= kept:
            return content
        if scale != 1:
            font["head"].unitsPerEm = round(units / scale)
            if "glyf" not in font:  # outlines of PostScript have a scale of their own
                from fontTools.ttLib.scaleUpem import scale_upem  # takes a tenth of a start

                scale_upem(font, units)
        _set_heights(font, *(round(height * font["head"].unitsPerEm) for height in (ascent, descent)))
        _keep(font, kept)
        return fonts.saved(font)


def _set_heights(font: Any, ascent: int, descent: int) -> None:
    """Set them wherever one program or another looks for them."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    if "OS/2" in font:
        other = font["OS/2"]
        other.sTypoAscender, other.sTypoDescender, other.sTypoLineGap = ascent, -descent, 0
        other.usWinAscent, other.usWinDescent = ascent, descent


def _keep(font: Any, kept: frozenset[int]) -> None:
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    had = font.getBestCmap()
    if had.keys() <= kept:
        return
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0  # Windows, all of Unicode
    table.cmap = {code: glyph for code, glyph in had.items() if code in kept}
    font["cmap"].tables = [table]
