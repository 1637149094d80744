"""What is written is what readers of the PDF find, with every mark; `benchmarks.recall` measures it with all words."""

import io
import re
from types import SimpleNamespace

import pypdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from benchmarks import recall
from pipeline.edition.design import Design, Theme
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import drawing
from tests.support import readers
from tests.support.boxes import FONTS
from tests.support.pages import built

WORDS = (*recall.PLAIN.split(), *list(recall.marked())[::11])


@pytest.fixture(scope="module")
def lines():
    return recall.texts(WORDS)


@pytest.fixture(scope="module")
def path(tmp_path_factory, lines):
    return recall.typeset(tmp_path_factory.mktemp("marks"), lines)


def made(folder, text, **design):
    path = folder / "made.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(built(text, lambda _: "Text."), Design(**design)))).content)
    return path


@pytest.mark.parametrize("reader", readers.READERS)
def test_every_word_is_found_with_its_marks(path, lines, reader):
    assert not recall.lost(readers.READERS[reader](path), lines * 2)


def test_nothing_is_lifted_from_its_line(path):
    content = b"".join(page.get_contents().get_data() for page in pypdf.PdfReader(path).pages)
    assert b" TJ" in content and not re.search(rb" T[sd]\b", content)


def test_a_word_that_is_sought_is_marked_where_it_stands(tmp_path):
    path = made(tmp_path, "عنوان\n\nما حتماً می‌آییم")
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        (first, count), (before, _) = text.search("حتماً").get_next(), text.search("ما").get_next()
        boxes = [text.get_charbox(index) for index in range(first, first + count)]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        assert count == 5 and 12 < right - left < 25
        assert right < text.get_charbox(before)[0] < right + 10


def test_a_letter_that_looks_like_another_is_read_as_it_is_written(tmp_path):
    found = readers.pdfium(made(tmp_path, "عنوان\n\nبە و به و ٹب و ڻب را در کوردە و خانه می‌خوانیم و بە و به هم"))
    assert "بە و به و ٹب و ڻب را در کوردە و خانه" in found and "و بە و به هم" in found


@pytest.mark.parametrize("reader", ["pdfium", "pdfjs", "poppler"])
def test_words_without_marks_are_read_without_signs_of_direction(tmp_path, reader):
    found = readers.READERS[reader](made(tmp_path, "عنوان\n\nحالا و بالا و خانه‌ها با کالا می‌آیند و این کار حالا"))
    assert "حالا و بالا و خانه‌ها با کالا می‌آیند و این کار حالا" in found and "\u200f" not in found


def test_letters_of_other_scripts_are_read_with_their_marks(tmp_path):
    text = "The efficient office of H\u0323as\u0323an in Kr\u0325nc has the letters of محمّد and حتماً in it"
    found = readers.pdfium(made(tmp_path, f"عنوان\n\n{text}"))
    assert "efficient office of H\u0323as\u0323an in Kr\u0325nc has" in found


def test_with_a_font_that_can_have_no_glyphs_added_the_page_is_made_all_the_same(tmp_path):
    font = _of_postscript(FONTS / "NotoNaskhArabic-Regular.ttf")
    path = made(tmp_path, "عنوان\n\nمحمّد حتماً می‌آید، سلام حتماً", theme=Theme(fonts={"arabic": (font, font)}))
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        mark, letter = (text.get_charbox(text.search(one).get_next()[0]) for one in "\u0651د")
        assert "سلام" in text.get_text_range()
    assert letter[3] < mark[1] < letter[3] + 10


def test_a_tower_of_marks_that_does_not_fit_into_a_font_is_drawn_as_it_is(tmp_path):
    found = readers.pdfium(made(tmp_path, "عنوان\n\ne" + "\u0301" * 700 + " word"))
    assert "\u0301" * 700 in found.replace("\r\n", "")


def test_what_is_drawn_back_behind_a_letter_that_stands_closer_is_drawn_back_by_that_alone():
    font = SimpleNamespace(widths={1: 600, 2: 300})
    letters = (drawing.DrawnGlyph(font, 12, 1, 587, "r"), drawing.DrawnGlyph(font, 12, 2, 297, ",", offset=-3.0))
    assert "".join(map(drawing._shown, letters)).split() == ["<0001>13", "3.0<0002>"]


def _of_postscript(path):
    font, out = TTFont(path), io.BytesIO()
    glyphs, strings = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(pen)
        strings[name] = pen.getCharString()
    for table in ("glyf", "loca", "fpgm", "prep", "cvt ", "gasp"):
        if table in font:
            del font[table]
    builder = FontBuilder(font=font)
    builder.setupCFF("Naskh", {}, strings, {})
    font.sfntVersion = "OTTO"
    font["maxp"].tableVersion = 0x00005000
    font.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "is_turned", "units"),
    [
        ("م", True, ["م"]),
        ("مَّ", True, ["م", "َ", "ّ"]),
        ("لاً", True, ["ل", "ً", "ا"]),
        ("هٔ\u200c", True, ["ه", "\u200c\u061c\u0654"]),
        ("ی\u200c\u2067", True, ["\u200cی"]),
        ("ffi", False, ["ffi"]),
        ("e\u0323\u0301", False, ["e", "\u0323", "\u0301"]),
        ("\u0301", False, ["\u0301"]),
        ("\u00a0", True, [" "]),
    ],
)
def test_of_what_is_drawn_together_the_first_is_seen_and_the_rest_stands_before_it(text, is_turned, units):
    assert drawing._units(text, is_turned=is_turned) == units
