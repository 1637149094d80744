"""The fonts on every page are the pinned ones, and a character they lack is named."""

import io
import re
import zlib
from collections.abc import Iterator

import pytest

from pipeline.edition.design import Design, Theme
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import fonts
from pipeline.errors import RenderError
from tests.support.pages import built


def test_what_no_font_can_show_is_named():
    with pytest.raises(
        RenderError, match=r"no font can show ☃ \(U\+2603\), \u3000 \(U\+3000\), 中 \(U\+4E2D\); take it out"
    ):
        pdf.typeset(next(pdf.sheets(built("عنوان", lambda text: "中 and\u3000☃"))))


def test_the_fonts_are_the_pinned_ones(tmp_path, monkeypatch):
    assert len(fonts.load()) == 4
    name = next(iter(fonts.SHA256))
    monkeypatch.setitem(fonts.SHA256, name, "0" * 64)
    fonts.load.cache_clear()
    with pytest.raises(RenderError, match="is damaged"):
        fonts.load()


def test_letters_are_smaller_by_the_factor_and_the_same_otherwise():
    from fontTools.ttLib import TTFont

    content = fonts.load()["NotoSerif-Regular.ttf"]
    smaller = fonts.smaller(content, 0.5)
    sizes = [TTFont(io.BytesIO(one))["head"].unitsPerEm for one in (content, smaller)]
    assert sizes[1] == 2 * sizes[0] and fonts.shown([smaller]) == fonts.shown([content])


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
        layers = [content, *(zlib.decompress(found) for found in _streams(content))]
        return any(
            "Zehra".encode(code) in layer or b"ZEHR" in layer for layer in layers for code in ("ascii", "utf-16-be")
        )

    assert tells(signed) and not tells(fonts.unsigned(signed))
    assert fonts.shown([fonts.unsigned(signed)]) == fonts.shown([signed])
    theme = Theme(fonts={"latin": (signed, signed)})
    (sheet,) = pdf.sheets(built("عنوان", lambda text: "Words"), Design(theme=theme))
    assert not tells(pdf.typeset(sheet).content)


def _streams(content: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        yield match[1]


@pytest.mark.parametrize("content", [b"", b"OTTO", b"\0\1\0\0" + bytes(2000)])
def test_a_font_of_the_theme_that_is_none_is_said_to_be_damaged(content):
    with pytest.raises(RenderError, match=r"\[theme\] in pipeline.toml: a font is damaged .*put a sound file"):
        fonts.unsigned(content)


def test_what_is_not_printed_is_not_lacking():
    assert fonts.lacking("سلام\u061c، Ça\n\u2066☃\u2069", fonts.load().values()) == ["☃"]
