"""Lines of a text, in the fonts of the pages."""

import pytest
from bidi import get_display
from PIL import Image

from pipeline.edition.render.pdf import fonts
from pipeline.languages import SHIPPED
from pipeline.publication.lettering import BOLD, Lettering
from tests.edition.render.pdf.test_faces import box

MIXED = ["نامۀ ILO (C87) به «WFTU»", "شمارۀ 45/1395 – تلفن +98 21 5550 4321", "Letter «شورا» (ILO) → 45/1395"]


def shown(lettering):
    """The characters of its words, from the left to the right."""
    stretches = list(lettering._in_order(0, len(lettering.text)))
    return "".join(get_display(one.text, base_dir="R" if one.direction == "rtl" else "L") for one in stretches).replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("text", MIXED[:1] + MIXED[2:])
def test_words_stand_in_the_order_of_unicode_where_that_is_right(text):
    lang = "en" if text[0].isascii() else "fa"
    lettering = Lettering(text, SHIPPED[lang], BOLD)
    assert shown(lettering) == get_display(text, base_dir="R" if lang == "fa" else "L")


def test_a_number_is_read_from_the_left_and_not_divided():
    lettering = Lettering(MIXED[1], SHIPPED["fa"], BOLD)
    assert "45/1395" in shown(lettering) and "+98 21 5550 4321" in shown(lettering)
    assert len(lettering.words) == 5


def test_lines_are_as_few_as_can_be_and_even():
    lettering = Lettering("one two three four five six seven eight nine ten", SHIPPED["en"], BOLD)
    wide = lettering._width(0, len(lettering.text), 40)
    lines = lettering.lines(wide * 0.6, 40)
    assert len(lines) == lettering.count(wide * 0.6, 40) == 2
    lengths = [len(lettering.words[start:end]) for start, end in lines]
    assert sum(lengths) == 10 and max(lengths) - min(lengths) <= 1


def test_every_character_is_set_in_a_font_that_has_it_and_drawn():
    picture = Image.new("L", (900, 100))
    lettering = Lettering("می‌خواهیم ☎ ∞ Ω ☭", SHIPPED["fa"], BOLD)
    assert len({one.face for one in lettering._stretches(0, len(lettering.text))}) > 1
    lettering.draw(picture, lettering.lines(900, 40)[0], (0, 890), 60, 40, 255)
    assert picture.getbbox()[2] > 880


TITLE = "关于保留社区图书馆的声明：「不关门」"
OWN = {f"signs-{number}": box(*TITLE) for number in range(2)}


def test_a_script_that_our_fonts_lack_is_set_in_those_of_the_theme():
    lettering = Lettering(TITLE, SHIPPED["en"], BOLD, OWN)
    stretches = list(lettering._stretches(0, len(TITLE)))
    assert all(set(map(ord, one.text)) <= fonts.characters(lettering._faces[one.face]) for one in stretches)


def test_chinese_is_divided_anywhere_but_before_what_closes_and_behind_what_opens():
    lettering = Lettering(TITLE, SHIPPED["en"], BOLD, OWN)
    words = [TITLE[start:end] for start, end in lettering.words]
    assert "".join(words) == TITLE and words[-4:] == ["明：", "「不", "关", "门」"]
    whole = lettering._width(0, len(TITLE), 40)
    assert len(lettering.lines(whole / 1.9, 40)) == 2 and lettering.count(whole + 1, 40) == 1
