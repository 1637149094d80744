"""A card for social sites, as a picture."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from pipeline.errors import RenderError
from pipeline.publication import card
from tests.edition.render.pdf.test_faces import box
from tests.support.published import PUBLISHER, published

LONG = "A call to all workers of the sugar cane complex and to those who stand by them "


def titled(title, original="نان، کار، آزادی", lang="en"):
    made = published(lang)
    return replace(made, text=replace(made.text, title=title), original=replace(made.original, title=original))


def drawn(one, **fields):
    """The card, and where there is anything on it: left, top, right, bottom; of each half."""
    picture = Image.open(io.BytesIO(card.made(one, replace(PUBLISHER, **fields))))
    shades = picture.convert("L")
    paper = shades.getpixel((0, 0))
    ink = shades.point([0 if shade == paper else 255 for shade in range(256)])
    halves = (ink.crop((0, 0, 590, 630)).getbbox(), ink.crop((610, 0, 1200, 630)).getbbox())
    return picture, halves


def test_each_language_has_its_side_and_the_same_text_makes_the_same_bytes():
    picture, (left, right) = drawn(titled("Bread, work, freedom"))
    assert picture.size == (1200, 630)
    assert left[0] in range(70, 76) and right[2] + 610 in range(1122, 1130)
    one = titled("Bread, work, freedom")
    assert card.made(one, PUBLISHER) == card.made(one, PUBLISHER)
    others = titled("Bread"), replace(one, issuer="Union"), replace(one, original_issuer="سندیکا")
    assert card.made(one, PUBLISHER) not in [card.made(other, PUBLISHER) for other in others]


@pytest.mark.parametrize("length", [1, 20, 80, 160, 400, 5000])
def test_no_title_runs_out_of_its_column(length):
    for one in (
        titled((LONG * 99)[:length]),
        titled("x" * length),
        titled("", "همبستگی جهانی با کارگران " * (length // 20)),
    ):
        _, (left, right) = drawn(one)
        assert left is None or (left[0] >= 60 and left[2] <= 545 and left[3] <= 570)
        assert right is None or (right[0] + 610 >= 655 and right[2] + 610 <= 1140 and right[3] <= 570)


def test_an_original_stands_alone_over_the_whole_width():
    title = "فراخوان نشست مونترال برای همبستگی"
    picture, (left, right) = drawn(titled(title, title, "fa"))
    assert left is not None and right[2] + 610 in range(1115, 1132)
    assert picture.convert("L").crop((599, 300, 601, 340)).getextrema()[0] == picture.convert("L").getpixel((0, 0))


def test_where_the_original_is_withdrawn_its_title_is_not_there():
    alone = titled("Bread, work, freedom")
    alone = replace(alone, original=alone.text)
    _, (left, _right) = drawn(alone)
    assert left is not None
    assert card.made(alone, PUBLISHER) == card.made(replace(alone, original_issuer="سندیکا"), PUBLISHER)


def test_a_title_in_a_script_of_the_theme_is_drawn_in_its_fonts_and_not_as_boxes():
    title = titled("关于图书馆")
    fonts = {f"signs-{number}": box(*"关于图书馆") for number in range(2)}
    lacking, _ = drawn(title)
    shown, (left, _) = drawn(title, fonts=fonts)
    assert left is not None and shown.tobytes() != lacking.tobytes()
    assert card.made(titled("Bread"), replace(PUBLISHER, fonts=fonts)) == card.made(titled("Bread"), PUBLISHER)
    with pytest.raises(RenderError, match=r"a font"):
        card.made(title, replace(PUBLISHER, fonts={"signs-0": b"no font", "signs-1": b"no font"}))
