import pytest
from weasyprint.text.ffi import TO_UNITS

from pipeline.edition.render.pdf import measuring
from tests.support.boxes import line_box


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "A firm “office”, 1917"), ("fa", "کارگران می‌خواهند NGO را ببینند (۱۲)"), ("fa", "بسم الله و لا")],
)
def test_characters_are_together_as_wide_as_the_line_that_weasyprint_sets(lang, text):
    box = line_box(text, lang)
    known = measuring.measured(text, box.style)
    assert len(known.before) == len(text) + 1
    assert known.before == sorted(known.before)
    assert known.before[-1] == pytest.approx(box.width * TO_UNITS, abs=len(text))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "of a well-kept “secret” (1917): 5 %, not 6/7 – and…"),
        ("fa", "کارگران می‌خواهند NGO را (۱۲) «ببینند»، و/یا نه!"),
    ],
)
def test_a_text_that_is_measured_says_where_its_lines_may_begin(lang, text):
    known = measuring.measured(text, line_box(text, lang).style)
    assert measuring.beginnings(known.breaks) == measuring.opportunities(text, lang) != []


def test_a_line_may_begin_after_a_space_and_not_before_a_full_stop():
    assert measuring.opportunities("of a well-kept secret.", "en") == [3, 5, 10, 15]


@pytest.mark.parametrize(
    ("text", "word", "letter", "is_one"),
    [
        ("همبستگی", "همبستگی", 3, True),
        ("درود و سلام", "سلام", 0, True),
        ("درود و سلام", "سلام", 1, False),
        ("مُسلم", "مُسلم", 0, False),
        ("سلامABC", "سلامABC", 0, False),
    ],
)
def test_a_kashida_stands_between_letters_that_are_glyphs_of_their_own(text, word, letter, is_one):
    first = text.index(word)
    runs = measuring.measured(text, line_box("آ", "fa").style).runs
    assert measuring.is_one_glyph(runs, first, first + len(word) - 1, first + letter) is is_one


def test_naskh_has_a_tatweel_to_draw_letters_longer_with():
    assert measuring.has_kashida(line_box("آ", "fa").style)
