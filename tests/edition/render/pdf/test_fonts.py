"""The fonts on every page are the pinned ones; those of a theme say nothing of who made them."""

import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.edition.design import Design, Theme
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import fonts
from pipeline.errors import RenderError
from tests.support.pages import built


def test_the_fonts_are_the_pinned_ones(tmp_path, monkeypatch):
    assert {*fonts.load()} == {file.name for file in Path(fonts.__file__).parent.glob("*.ttf")}
    name = next(iter(fonts.SHA256))
    monkeypatch.setitem(fonts.SHA256, name, "0" * 64)
    fonts.load.cache_clear()
    with pytest.raises(RenderError, match="is damaged"):
        fonts.load()


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A font as somebody makes or buys it: with a name in every field that is not needed, and an hour."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(fonts.load()["NotoSerif-Regular.ttf"]), recalcTimestamp=False)
    for number in {*range(26)} - {1, 2, 4, 6, 16, 17}:
        font["name"].setName(f"Zehra {number}", number, 3, 1, 0x409)
        font["name"].setName(f"Zehra {number}", number, 1, 0, 0)
    font["head"].modified = 0x5A454852  # «ZEHR»
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def test_a_font_of_the_theme_does_not_tell_who_made_it_or_for_whom(signed):
    def tells(content: bytes) -> bool:
        layers = [content, *(zlib.decompressobj().decompress(found) for found in _streams(content))]
        return any(
            "Zehra".encode(code) in layer or b"ZEHR" in layer for layer in layers for code in ("ascii", "utf-16-be")
        )

    assert tells(signed) and not tells(fonts.unsigned(signed))
    assert fonts.characters(fonts.unsigned(signed)) == fonts.characters(signed)
    theme = Theme(fonts={"latin": (signed, signed)})
    (sheet,) = pdf.sheets(built("عنوان", lambda text: "Words"), Design(theme=theme))
    assert not tells(pdf.typeset(sheet).content)


def _streams(content: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        yield match[1]


def test_nor_do_its_outlines_or_tables_that_no_letter_needs():
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    pen = T2CharStringPen(500, None)
    pen.moveTo((50, 0)), pen.lineTo((450, 0)), pen.lineTo((450, 600)), pen.closePath()
    made, builder = io.BytesIO(), FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "one"])
    builder.setupCharacterMap({ord("1"): "one"})
    said = dict.fromkeys(("version", "Notice", "Copyright", "FullName", "FamilyName", "Weight"), "for Zehra")
    builder.setupCFF("Own", said, dict.fromkeys((".notdef", "one"), pen.getCharString()), {})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "one"), (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own"})
    builder.setupOS2(achVendID="ZHRA")
    builder.setupPost()
    builder.font["Zehr"] = DefaultTable("Zehr")
    builder.font["Zehr"].data = b"Zehra"
    builder.font.save(made)
    kept = fonts.unsigned(made.getvalue())
    assert b"Zehra" in made.getvalue() and not re.search(b"Zehr|ZHRA", kept)
    assert fonts.characters(kept) == {ord("1")} and "CFF " in TTFont(io.BytesIO(kept))


@pytest.mark.parametrize("content", [b"", b"OTTO", b"\0\1\0\0" + bytes(2000)])
def test_a_font_of_the_theme_that_is_none_is_said_to_be_damaged(content):
    with pytest.raises(RenderError, match=r"\[theme\] in pipeline.toml: a font is damaged .*put a sound file"):
        fonts.unsigned(content)
