import io

from fontTools.ttLib import TTFont

from pipeline.edition.render.pdf import stretching
from tests.support.boxes import FONTS


def test_a_longer_letter_is_the_letter_moved_and_a_line_that_reaches_it():
    content = (FONTS / "NotoNaskhArabic-Regular.ttf").read_bytes()
    before = TTFont(io.BytesIO(content))
    seen = before.getGlyphID(before.getBestCmap()[0x633])
    count = len(before.getGlyphOrder())
    bar = stretching._bar(content, 0)
    made = TTFont(io.BytesIO(stretching._with(content, {(seen, 400): count + 64}, count + 64, bar)))
    longer, letter = (made.getGlyphName(number) for number in (count + 64, seen))
    assert made["hmtx"][longer][0] == made["hmtx"][letter][0] + 400
    assert made["glyf"][longer].xMin == -stretching.OVERLAP
    assert made["glyf"][longer].xMax == made["glyf"][letter].xMax + 400
    assert made["glyf"][longer].numberOfContours == before["glyf"][letter].numberOfContours + 1
