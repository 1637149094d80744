"""The fonts on every page, pinned by hash: no other font is used, so every machine gives the same pages.

Noto Naskh Arabic is 2.016 on purpose: newer builds make the text of a PDF unsearchable. Italics are cut to what
Latin text needs and letters of one width to what code needs, and signs are put together, by docs/fonts/make.py.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from pipeline.errors import RenderError

SHA256 = {
    "NotoNaskhArabic-Bold.ttf": "06e4ace7bdb745e382fab91752957de588b6df9fbd7eb1e0c0bea39c1eee56ff",
    "NotoNaskhArabic-Regular.ttf": "67cbd9f0effcd0e47121776ffae2786fbbc061ea370c4bf5fc4c5846130b01c5",
    "NotoSansMono-Regular.ttf": "5bd0e7a503f59f1c2074f76dc101a34ff15ba1df72ccbd90687a543a933b280b",
    "NotoSerif-Bold.ttf": "1b941681106aae26ead3a24c6f15b51f994b1b26adce8742a37ce96648f0fe0a",
    "NotoSerif-BoldItalic.ttf": "27340d8e0f0fc1d36f85e4f62619e3a4085c9823eecf309f6d180c4cded93926",
    "NotoSerif-Italic.ttf": "ba7e91db04e5d4b9508880b70076a9d9340e7f06095a84924e8f5aa02c9225ca",
    "NotoSerif-Regular.ttf": "a7e8ea1ab7e7d368b001c892d6148325fffc849a46e030e55e1bdc597bbe939d",
    "Signs-Bold.ttf": "0cffae048df1cb23eda547f9bcdd83660cc5d115d1d499181b1dd523bba09915",
    "Signs-Regular.ttf": "b22dd52fe00a95f4f80c3700a658fc0e5106f32accb6f217f9f7e7a7004a4a97",
}


@cache
def load() -> Mapping[str, bytes]:
    """Return the font files by name; raise RenderError when one is not the file it should be."""
    found = {name: resources.files(__name__).joinpath(name).read_bytes() for name in SHA256}
    for name, content in found.items():
        if hashlib.sha256(content).hexdigest() != SHA256[name]:
            raise RenderError(f"the font {name} is damaged; install pipeline again")
    return MappingProxyType(found)


_NEEDED = frozenset({1, 2, 4, 6, 16, 17})
"""Of the names in a font, those that it is called by (OpenType, «name»)."""

_TABLES = frozenset({
    "BASE", "CFF ", "CFF2", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "OS/2", "STAT", "VORG", "VVAR", "avar", "cmap",
    "cvar", "cvt ", "fpgm", "fvar", "gasp", "glyf", "gvar", "head", "hhea", "hmtx", "kern", "loca", "maxp", "name",
    "post", "prep", "vhea", "vmtx",
})  # fmt: skip
"""Of a font, those that letters are drawn with; in others programs keep what they like."""

_TOLD = ("version", "Notice", "Copyright", "FullName", "FamilyName", "Weight", "PostScript", "BaseFontName")
"""What outlines of PostScript say of a font in words (Adobe, The Compact Font Format Specification, 9)."""

NO_TIME = 2_082_844_800
"""1970-01-01, in seconds since 1904 (OpenType, «head»)."""


def unsigned(content: bytes) -> bytes:
    """Return a font that says what it is called, and not who made or licensed it, for whom, and when.

    All that would get into every PDF. Raises RenderError for one that is damaged.
    """
    from fontTools.ttLib import TTFont

    made = io.BytesIO()
    with sound():
        font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
        font["head"].created = font["head"].modified = NO_TIME
        font["name"].names = [name for name in font["name"].names if name.nameID in _NEEDED]
        for tag in {*font.keys()} - _TABLES:
            del font[tag]
        if "OS/2" in font:
            font["OS/2"].achVendID = "    "
        for outlines in font["CFF "].cff.topDictIndex if "CFF " in font else ():
            for told in _TOLD:
                outlines.rawDict.pop(told, None)
        font.save(made, reorderTables=None)
    return made.getvalue()


def opened(content: bytes) -> Any:
    """Return a font as fontTools reads it, its glyphs called by their numbers: reading their names takes longest."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
    if "glyf" in font:
        font.setGlyphOrder([*map(str, range(font["maxp"].numGlyphs))])
    return font


_FIRST = ("glyf", "loca", "hmtx")
"""Tables of a font: what is found while they are written stands in others."""


def saved(font: Any) -> bytes:
    """Return the file of a font, the same as its own `save` makes; that reads how to take apart each of its tables."""
    from fontTools.ttLib.sfnt import SFNTWriter

    made, (_, *tags) = io.BytesIO(), font.keys()  # the first is none
    order = sorted(tags, key=lambda tag: _FIRST.index(tag) if tag in _FIRST else len(_FIRST))
    content = {tag: font.getTableData(tag) for tag in order}
    writer = SFNTWriter(made, len(tags), font.sfntVersion, font.flavor, font.flavorData)
    for tag in tags:
        writer[tag] = content[tag]
    writer.close()
    return made.getvalue()


@lru_cache(maxsize=32)
def characters(content: bytes) -> frozenset[int]:
    """Return the code points that a font has a glyph for; raise RenderError for one that is damaged."""
    with sound():
        font = opened(content)
        box = font.getGlyphOrder()[0]
        return frozenset(code for code, glyph in (font.getBestCmap() or {}).items() if glyph != box)


@contextmanager
def sound() -> Iterator[None]:
    """Raise RenderError for whatever a font makes fontTools stumble over."""
    try:
        yield
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        told = f"[theme] in pipeline.toml: a font is damaged ({what}); put a sound file in its place"
        raise RenderError(told) from None
