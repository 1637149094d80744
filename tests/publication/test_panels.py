"""Titles in two languages as a picture."""

import io

import pytest
from PIL import Image

from pipeline.languages import SHIPPED
from pipeline.publication import panels
from pipeline.publication.panels import Box, TypeSizes

TYPE = TypeSizes((60, 50, 40, 30, 16), 16)


LEFT = Box(40, 40, 360, 560)


def panel(title="Bread", lang="en", issuer="Union", box=LEFT):
    return panels.panel(SHIPPED[lang], title, issuer, "2026-03-01", box, TYPE)


def drawn(*shown, colour="#1b3f7a"):
    made = panels.drawn(shown, 800, 600, (400, 40, 400, 560), colour)
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("colour", ["#1b3f7a", "#f2c230", "#ffffff", "#000000", "#777777"])
def test_words_are_read_on_every_colour(colour):
    colours = [colour for _, colour in sorted(drawn(panel(), colour=colour).convert("RGB").getcolors(), reverse=True)]
    assert colours[0] == panels.rgb(colour)
    assert panels.contrast(colours[0], max(colours, key=lambda one: panels.contrast(colours[0], one))) >= 4.4


def test_titles_beside_each_other_have_one_size_and_a_line_between_them():
    long = panel("همبستگی جهانی با کارگران " * 6, "fa", box=Box(440, 40, 760, 560))
    short = drawn(panel("Bread")).convert("L")
    beside = drawn(panel("Bread"), long).convert("L")
    paper = short.getpixel((0, 0))
    assert short.getpixel((400, 300)) == paper != beside.getpixel((400, 300))

    def height(picture):
        box = picture.crop((0, 0, 390, 400)).point([0 if shade == paper else 255 for shade in range(256)]).getbbox()
        return box[3] - box[1]

    assert height(beside) < height(short)


@pytest.mark.parametrize("title", ["", "x" * 900, "A call to all workers of the mill " * 40])
def test_nothing_stands_outside_its_box(title):
    picture = drawn(panel(title, issuer="Union of the workers of the mill " * 2)).convert("L")
    paper = picture.getpixel((0, 0))
    left, top, right, bottom = picture.point([0 if shade == paper else 255 for shade in range(256)]).getbbox()
    assert left >= 36 and top >= 30 and right <= 368 and bottom <= 575
