"""The fonts on every page are the pinned ones, and a character they lack is named."""

import io

import pytest

from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import fonts
from pipeline.errors import RenderError
from tests.edition.render.pdf.test_page import built


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


def test_what_is_not_printed_is_not_lacking():
    assert fonts.lacking("سلام\u061c، Ça\n\u2066☃\u2069", fonts.load().values()) == ["☃"]
