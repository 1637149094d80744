"""Words that readers hardly see, or see struck through: which these are, and what is said of them."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache

from pipeline.text.excerpt import excerpt

TINY = 2.0
"""Points; nobody reads smaller letters."""
_NEAR = 24
"""Steps of 255 by which two colours differ at least, in red, green or blue, for words to show."""
_QUOTED = 150
"""Characters of such words that are quoted."""
NO_GROUND = {"", "auto", "none", "transparent", "inherit", "initial", "unset", "0", "0px"}
"""What is said of a ground by which it has no colour of its own."""


class Sight(StrEnum):
    """How words are seen that may be none of the text, and what became of them."""

    PALE = "words in the colour of what is behind them are read; if nobody is to read them, delete them in the file"
    BLURRED = "words that are blurred are read; if nobody is to read them, delete them in the file"
    STRUCK = "words that are struck through are read as all others; if they no longer hold, delete them in the file"
    VEILED = "words that the style sheet of the page hides are read; if nobody is to read them, delete them in the file"
    TINY = "words too small to be seen are left out; if they are to be read, enlarge them in the file"


class Sightings:
    """What there is of such words in a document, as far as it is quoted."""

    def __init__(self) -> None:
        self._found: dict[Sight, str] = {}
        self._before: Collection[Sight] = ()

    def note(self, words: str, doubts: Collection[Sight]) -> None:
        """Note the next words of a document, and what is doubtful about them, if anything is."""
        if not (doubts or self._before) or not words.strip():
            return
        for doubt in doubts:
            quoted = self._found.get(doubt, "")
            between = " … " if quoted and doubt not in self._before else ""
            if len(quoted) <= _QUOTED:
                self._found[doubt] = f"{quoted}{between}{words[: _QUOTED + 1]}"
        self._before = doubts

    def said(self) -> Iterator[str]:
        for doubt in Sight:
            if doubt in self._found:
                yield f"{doubt}: «{excerpt(self._found[doubt], _QUOTED)}»"


def has_ground(said: str) -> bool:
    """Whether what is said of a background gives it a colour, or a picture."""
    return said.strip().lower() not in NO_GROUND


@lru_cache(maxsize=1_000)
def is_pale(colour: str, ground: str) -> bool:
    """Whether letters of a colour do not show before another, in names or signs of CSS; where none is known, they do.

    Letters are black and paper is white where nothing is said.
    """
    letters = _rgb(colour if has_ground(colour) or colour == "transparent" else "black")
    paper = _rgb(ground if has_ground(ground) else "white")
    if letters is None or paper is None:
        return False
    is_clear = len(letters) == 4 and letters[3] == 0
    return is_clear or all(abs(one - other) < _NEAR for one, other in zip(letters[:3], paper[:3], strict=True))


def _rgb(colour: str) -> tuple[int, ...] | None:
    if colour == "transparent":
        return 0, 0, 0, 0
    from PIL import ImageColor  # here, since most documents have no colours

    try:
        return ImageColor.getrgb(colour)
    except ValueError:
        return None
