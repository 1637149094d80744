"""The fonts on every page, pinned by hash: no other font is used, so every machine gives the same pages.

Noto Naskh Arabic is 2.016 on purpose: newer builds make the text of a PDF unsearchable.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from pipeline.errors import RenderError

SHA256 = {
    "NotoNaskhArabic-Bold.ttf": "06e4ace7bdb745e382fab91752957de588b6df9fbd7eb1e0c0bea39c1eee56ff",
    "NotoNaskhArabic-Regular.ttf": "67cbd9f0effcd0e47121776ffae2786fbbc061ea370c4bf5fc4c5846130b01c5",
    "NotoSerif-Bold.ttf": "1b941681106aae26ead3a24c6f15b51f994b1b26adce8742a37ce96648f0fe0a",
    "NotoSerif-Regular.ttf": "a7e8ea1ab7e7d368b001c892d6148325fffc849a46e030e55e1bdc597bbe939d",
}


@cache
def load() -> Mapping[str, bytes]:
    """Return the font files by name; raise RenderError when one is not the file it should be."""
    found = {name: resources.files(__name__).joinpath(name).read_bytes() for name in SHA256}
    for name, content in found.items():
        if hashlib.sha256(content).hexdigest() != SHA256[name]:
            raise RenderError(f"the font {name} is damaged; install pipeline again")
    return MappingProxyType(found)


def smaller(content: bytes, factor: float) -> bytes:
    """Return a font whose letters are smaller at the same size of type, for words of one script inside another."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / factor)
    made = io.BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()


_NEEDED = frozenset({1, 2, 4, 6, 16, 17})
"""Of the names in a font, those that it is called by (OpenType, «name»)."""

_NO_TIME = 2_082_844_800
"""1970-01-01, in seconds since 1904 (OpenType, «head»)."""


def unsigned(content: bytes) -> bytes:
    """Return a font that says what it is called, and not who made or licensed it, for whom, and when.

    All that would get into every PDF. Raises RenderError for one that is damaged.
    """
    from fontTools.ttLib import TTFont

    made = io.BytesIO()
    try:
        font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
        font["head"].created = font["head"].modified = _NO_TIME
        font["name"].names = [name for name in font["name"].names if name.nameID in _NEEDED]
        font.save(made, reorderTables=None)
    except Exception as error:  # whatever a table makes fontTools stumble over
        raise _damaged(error) from None
    return made.getvalue()


def shown(contents: Iterable[bytes]) -> frozenset[str]:
    """Return the characters that one of the fonts can show; raise RenderError for a font that is damaged."""
    return frozenset[str]().union(*map(_characters, contents))


@lru_cache(maxsize=16)
def _characters(content: bytes) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    try:
        return frozenset(map(chr, TTFont(io.BytesIO(content), lazy=True).getBestCmap() or ()))
    except Exception as error:  # whatever a table makes fontTools stumble over
        raise _damaged(error) from None


def _damaged(error: Exception) -> RenderError:
    what = f"{type(error).__name__}: {error}"
    return RenderError(f"[theme] in pipeline.toml: a font is damaged ({what}); put a sound file in its place")


def lacking(text: str, contents: Iterable[bytes]) -> list[str]:
    """Return the characters of a text that none of the fonts can show."""
    visible = {character for character in set(text) if unicodedata.category(character) not in ("Cc", "Cf")}
    return sorted(visible - shown(contents))
