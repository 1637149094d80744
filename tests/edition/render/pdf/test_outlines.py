import io
from types import SimpleNamespace

from fontTools.ttLib import TTFont

from pipeline.edition.render.pdf import outlines
from pipeline.edition.render.pdf.outlines import Outline
from tests.support.boxes import FONTS

CONTENT = (FONTS / "NotoNaskhArabic-Regular.ttf").read_bytes()
BEFORE = TTFont(io.BytesIO(CONTENT))
COUNT = len(BEFORE.getGlyphOrder())


def number(character):
    return BEFORE.getGlyphID(BEFORE.getBestCmap()[ord(character)])


def with_added(*added):
    """Return the numbers of glyphs that were added to a font, and the font."""
    known = {"file_content": CONTENT, "index": 0, "glyph_count": COUNT, "upem": 1000, "widths": {}, "to_unicode": {}}
    font = SimpleNamespace(**known)
    numbers = [outlines.add(font, outline, width) for outline, width in added]
    return numbers, TTFont(io.BytesIO(outlines._with(font, list(font.added), outlines._tatweel(font)))), font


def test_a_longer_letter_is_the_letter_moved_and_a_line_that_reaches_it():
    width = BEFORE["hmtx"]["uni0633"][0] + 400
    (longer,), made, _ = with_added((Outline(((number("س"), 400, 0),), kashida=400), width))
    name, letter = made.getGlyphName(longer), made.getGlyphName(number("س"))
    assert made["hmtx"][name] == (width, -outlines.OVERLAP)
    assert made["glyf"][name].xMin == -outlines.OVERLAP
    assert made["glyf"][name].xMax == made["glyf"][letter].xMax + 400
    assert made["glyf"][name].numberOfContours == BEFORE["glyf"][letter].numberOfContours + 1


def test_a_letter_with_a_mark_is_both_where_they_stand_and_may_be_copied_for_another_text():
    meem, shadda = number("م"), number("ّ")
    both = Outline(((meem, 0, 0), (shadda, -120, 250)), text="م")
    first, same, copy = (
        (both, 500),
        (both, 500),
        (Outline(((COUNT + outlines.RESERVED, 0, 0),), text="\u200cم"), 500),
    )
    numbers, made, font = with_added(first, same, copy)
    assert numbers == [COUNT + outlines.RESERVED, COUNT + outlines.RESERVED, COUNT + outlines.RESERVED + 1]
    assert font.to_unicode == {numbers[0]: "م", numbers[2]: "\u200cم"}
    names = [made.getGlyphName(one) for one in numbers]
    glyphs = made["glyf"]
    assert glyphs[names[0]].yMax == BEFORE["glyf"][BEFORE.getGlyphName(shadda)].yMax + 250
    assert glyphs[names[0]].getCoordinates(glyphs)[0] == glyphs[names[2]].getCoordinates(glyphs)[0]


def test_an_empty_glyph_has_a_width_and_no_ink():
    (empty,), made, _ = with_added((Outline(text="ا", width=250), 250))
    name = made.getGlyphName(empty)
    assert made["hmtx"][name] == (250, 0) and made["glyf"][name].numberOfContours == 0


def test_a_font_that_is_full_or_has_other_outlines_gets_no_glyphs():
    def font(**known):
        return SimpleNamespace(**{"tables": ["glyf"], "glyph_count": 100} | known)

    assert outlines.can_have(font())
    assert not outlines.can_have(font(tables=["CFF "]))
    assert not outlines.can_have(font(glyph_count=0xFFF0)) and not outlines.can_have(font(added=range(0x10000)))
