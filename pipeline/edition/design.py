"""What a page is to look like: layout, paper, size of print, and the organisation's theme."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Layout(StrEnum):
    """How the languages of a document share its pages."""

    PARALLEL = "parallel"
    FACING = "facing"
    SINGLE = "single"
    CHANGES = "changes"


class Paper(StrEnum):
    """The format of a sheet."""

    A4 = "a4"
    A5 = "a5"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return _SIZES[self]


class Print(StrEnum):
    """The size of the type."""

    NORMAL = "normal"
    LARGE = "large"


_SIZES = {Paper.A4: (210.0, 297.0), Paper.A5: (148.0, 210.0), Paper.LETTER: (215.9, 279.4)}

PARALLEL, FACING, SINGLE, CHANGES = LAYOUTS = tuple(Layout)
PAPERS = tuple(Paper)
NORMAL, LARGE = PRINTS = tuple(Print)
BOOKLET = "booklet"
"""In the name of a file, after its design."""

MILLIMETRE = 72 / 25.4
"""In points."""

HEAD, FOOT = 11.3, 8.3
"""Millimetres that the running head takes with what parts it from the text, and the foot."""

LARGER = 1.2
"""Millimetres that both take beyond that in large print."""

LEAST = {Print.NORMAL: 7.0, Print.LARGE: 16.0}
"""Points on the paper: no letter of a size of print is smaller, whatever it is for."""

_COMPACT = 0.88
"""How much smaller the type is in two columns on A5."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The organisation's own: a colour for rules and links, a logo, and fonts.

    `colour` is «#rrggbb»; `logo` is the content of a PNG or JPEG file and `logo_text` what it shows,
    in words; `fonts` are font files by the name «arabic», «latin» or «signs», which are those of other scripts: regular
    and bold, and of Latin ones their italics, if there are any. With `quotation_marks` and `digits`, a text has those
    of its language, whatever it has itself.
    """

    colour: str = "#1b3f7a"
    logo: bytes = b""
    logo_text: str = ""
    fonts: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    quotation_marks: bool = False
    digits: bool = False

    @property
    def files(self) -> dict[str, bytes]:
        """The font files, each by a name: «latin-0»."""
        return {f"{script}-{number}": file for script, fonts in self.fonts.items() for number, file in enumerate(fonts)}

    @property
    def others(self) -> dict[str, bytes]:
        """Those of other scripts than the ones our own fonts have."""
        return {name: file for name, file in self.files.items() if name.startswith("signs-")}


@dataclass(frozen=True, slots=True)
class Design:
    """One way to print an edition; a `booklet` is one of A5 pages, two on each side of sheets that are folded."""

    layout: Layout = PARALLEL
    paper: Paper = Paper.A4
    print: Print = NORMAL
    theme: Theme = field(default_factory=Theme)
    booklet: bool = False

    @property
    def suffix(self) -> str:
        """What its file names carry, so that no two designs share one: «.facing.a5.large», «.booklet»."""
        if self.booklet:
            return replace(self, paper=Paper.A4, booklet=False).suffix + f".{BOOKLET}"
        parts = (self.layout, self.paper, self.print)
        usual = (PARALLEL, Paper.A4, NORMAL)
        named = (part for part, default in zip(parts, usual, strict=True) if part not in (default, SINGLE))
        return "".join(f".{part}" for part in named)


@dataclass(frozen=True, slots=True)
class Geometry:
    """A sheet in millimetres at the stylesheet's own size of type, and the `zoom` to print it at.

    `outer`, `top` and `bottom` are margins; `inner` is the one at the fold of facing pages.
    """

    width: float
    height: float
    outer: float
    inner: float
    top: float
    bottom: float
    zoom: float


_READABLE = 1.71
"""How much Latin type of 9.4 points is enlarged to have the 16 of large print."""


def are_stacked(design: Design, columns: int) -> bool:
    """Whether languages stand below each other instead of side by side: three do in large print."""
    return design.print is LARGE and columns > 2


def geometry(design: Design, columns: int) -> Geometry:
    """Return the sheet for so many columns; three of them, or two in large print, lie on their side.

    Three languages in large print stand below each other, for no three columns of such type fit a sheet.
    """
    width, height = design.paper.size
    small, large = design.paper is Paper.A5, design.print is LARGE
    if design.layout in (FACING, SINGLE) or are_stacked(design, columns):
        zoom = _READABLE if large else 1.15 * (0.9 if small else 1.0)
        share = 0.085 if small or large else (0.13 if design.layout is FACING else 0.17)
        return _scaled(width, height, width * share, zoom, large=large)
    if columns > 2 or large:
        width, height = height, width
    compact = _COMPACT if small else 1.0
    zoom = _READABLE if large else compact
    return _scaled(width, height, 11.0 if small else 18.0 if columns < 3 else 15.0, zoom, large=large)


def _scaled(width: float, height: float, outer: float, zoom: float, *, large: bool) -> Geometry:
    """Head and foot of a page grow with its type, and stay 8 mm away from the edges."""
    top, bottom = (25.0, 23.0) if height > 240 else (19.0, 17.0)
    top, bottom = max(top, 8 + (HEAD + LARGER * large) * zoom), max(bottom, 8 + (FOOT + LARGER * large) * zoom)
    return Geometry(width / zoom, height / zoom, outer / zoom, outer / zoom, top / zoom, bottom / zoom, zoom)
