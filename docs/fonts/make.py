"""Make the fonts of pages/fonts anew that are no font of somebody else's as it is: signs, italics, letters of code.

Run: python -m docs.fonts.make

It needs npm and freetype-py. Packages of the npm registry hold the fonts of Google Fonts as they are; their versions
are fixed here, and what comes out of them is the same to the byte. Signs are taken from five fonts of Noto, which
have no italics, and two of them no bold: their outlines are widened by what bold letters are wider. No font of Noto
reserves its name (OFL, 1.1).
"""

import ctypes
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import freetype
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

from pipeline.edition.render.pdf import fonts

VERSIONS = {
    "noto-serif": "0.4.2",
    "noto-sans-math": "0.4.2",
    "noto-sans-symbols": "0.4.1",
    "noto-sans-symbols-2": "0.4.1",
    "noto-sans-mono": "0.4.2",
    "noto-emoji": "0.4.7",
}

MATH, SYMBOLS, SYMBOLS_2, MONO, EMOJI = (
    ("noto-sans-math", "NotoSansMath"),
    ("noto-sans-symbols", "NotoSansSymbols"),
    ("noto-sans-symbols-2", "NotoSansSymbols2"),
    ("noto-sans-mono", "NotoSansMono"),
    ("noto-emoji", "NotoEmoji"),
)

KEY, DIGIT = 0x20E3, 572
"""Is drawn around the sign before it, one of twelve, which is so wide: 1️⃣."""

TAKEN = (
    (MATH, ((0x2190, 0x22FF), (0x27C0, 0x27FF), (0x2900, 0x297F))),
    (MONO, ((0x2500, 0x259F),)),
    (SYMBOLS_2, ((0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2B00, 0x2BFF))),
    (SYMBOLS, ((0x23, 0x23), (0x2A, 0x2A), (0x30, 0x39), (KEY, KEY))),
    (SYMBOLS, ((0x2150, 0x218F), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2600, 0x27BF), (0x1F100, 0x1F1E5))),
    (MATH, ((0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2B00, 0x2BFF))),
    (EMOJI, ((0x2300, 0x2BFF), (0x1F100, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F7E0, 0x1F7FF), (0x1F900, 0x1FAFF))),
    (SYMBOLS_2, ((0x1F300, 0x1F5FF), (0x1F680, 0x1F6FF))),
)
"""Which characters, first and last, are taken from which font, unless one above has them."""

WIDENED = {MATH: 52, SYMBOLS_2: 44}
"""Thousandths of an em by which the lines of a font that has no bold are widened for one."""

ITALIC = (*range(0x20, 0x7F), *range(0xA0, 0x370), *range(0x1E00, 0x1F00), *range(0x2010, 0x20CF), 0x2116, 0x2122)

CODE = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, *range(0x2190, 0x2194))
"""What is set in letters of one width."""

UNITS = 1000
ASCENT, DESCENT, SPACE = 1069, 293, 260
"""Those of Noto Serif. A space is set in the font of what stands before it."""


def main() -> None:
    folder = Path(fonts.__file__).parent
    with tempfile.TemporaryDirectory() as name:
        packages = {package: _fetched(package, Path(name)) for package in VERSIONS}
        for style in ("Italic", "BoldItalic"):
            (folder / f"NotoSerif-{style}.ttf").write_bytes(_italic(packages["noto-serif"], style))
        (folder / "NotoSansMono-Regular.ttf").write_bytes(
            _cut(packages["noto-sans-mono"] / "400Regular" / "NotoSansMono_400Regular.ttf", CODE)
        )
        for style in ("Regular", "Bold"):
            (folder / f"Signs-{style}.ttf").write_bytes(_signs(packages, style))


def _fetched(package: str, folder: Path) -> Path:
    subprocess.run(
        ["npm", "pack", "--silent", f"@expo-google-fonts/{package}@{VERSIONS[package]}"], cwd=folder, check=True
    )
    with tarfile.open(folder / f"expo-google-fonts-{package}-{VERSIONS[package]}.tgz") as archive:
        archive.extractall(folder / package, filter="data")
    return folder / package / "package"


def _italic(package: Path, style: str) -> bytes:
    weight = {"Italic": "400Regular_Italic", "BoldItalic": "700Bold_Italic"}[style]
    return _cut(package / weight / f"NotoSerif_{weight}.ttf", ITALIC)


def _cut(path: Path, characters: Iterable[int]) -> bytes:
    options = subset.Options(hinting=False, name_IDs=["*"], notdef_outline=True, glyph_names=False)
    font = TTFont(path)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return _saved(font)


def _signs(packages: Mapping[str, Path], style: str) -> bytes:
    """Return a font of signs, each from the first font in TAKEN that has it."""
    empty = TTGlyphPen(None).glyph()
    drawn, widths = {".notdef": empty, "space": empty}, {".notdef": (600, 0), "space": (SPACE, 0)}
    codes, widened = {0x20: "space", 0xA0: "space"}, {}
    for (package, file), ranges in TAKEN:
        has_bold = (package, file) not in WIDENED
        if (package, file) == EMOJI and style == "Bold":
            continue  # pictures are the same beside any letters
        weight = "700Bold" if style == "Bold" and has_bold else "400Regular"
        font = TTFont(packages[package] / weight / f"{file}_{weight}.ttf")
        cmap = font.getBestCmap()
        for code in (code for first, last in ranges for code in range(first, last + 1)):
            if code in cmap and code not in codes:
                name = codes[code] = f"u{code:04X}"
                drawn[name], widths[name] = _drawn(font, cmap[code], -DIGIT // 2 if code == KEY else 0)
                if style == "Bold" and not has_bold:
                    widened[name] = WIDENED[package, file]
    made = FontBuilder(UNITS, isTTF=True)
    made.setupHead(unitsPerEm=UNITS, created=fonts.NO_TIME, modified=fonts.NO_TIME)
    made.setupGlyphOrder(list(drawn))
    made.setupCharacterMap(codes)
    made.setupGlyf(drawn)
    made.setupHorizontalMetrics(widths)
    made.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    made.setupNameTable({"familyName": "Signs", "styleName": style, "psName": f"Signs-{style}"})
    made.setupOS2(
        sTypoAscender=ASCENT,
        sTypoDescender=-DESCENT,
        usWinAscent=ASCENT,
        usWinDescent=DESCENT,
        usWeightClass=700 if style == "Bold" else 400,
    )
    made.setupPost(keepGlyphNames=False)
    _widen(made.font, widened)
    return _saved(made.font)


def _drawn(font: TTFont, name: str, right: int) -> tuple[Glyph, tuple[int, int]]:
    """Return a glyph of outlines alone, moved to the right, with its width and left edge, in our units."""
    glyphs, scale = font.getGlyphSet(), UNITS / font["head"].unitsPerEm
    record, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
    glyphs[name].draw(record)
    record.replay(TransformPen(pen, (scale, 0, 0, scale, right, 0)))
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph, (round(glyphs[name].width * scale), glyph.xMin if glyph.numberOfContours else 0)


def _widen(font: TTFont, widened: Mapping[str, int]) -> None:
    """Move the outlines of glyphs outwards, by FreeType, so that their lines are wider by so many units."""
    face = freetype.Face(io.BytesIO(_saved(font)))
    for name, units in widened.items():
        face.load_glyph(font.getGlyphID(name), freetype.FT_LOAD_NO_SCALE | freetype.FT_LOAD_NO_HINTING)
        outline = face.glyph.outline
        freetype.FT_Outline_Embolden(ctypes.byref(outline._FT_Outline), units)
        freetype.FT_Outline_Translate(ctypes.byref(outline._FT_Outline), -units // 2, -units // 2)
        font["glyf"][name].coordinates = GlyphCoordinates(outline.points)


def _saved(font: TTFont) -> bytes:
    font.recalcTimestamp = False
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


if __name__ == "__main__":
    main()
