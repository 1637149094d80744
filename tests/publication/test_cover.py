"""The cover of a book."""

import io
from dataclasses import replace

from PIL import Image

from pipeline.publication import cover
from tests.support.published import PUBLISHER, published


def ink(one):
    """Where anything stands on a cover: of its upper half, and of its lower."""
    picture = Image.open(io.BytesIO(cover.made(one, PUBLISHER))).convert("L")
    assert picture.size == (800, 1200)
    paper = picture.getpixel((0, 0))
    shown = picture.point([0 if shade == paper else 255 for shade in range(256)])
    return shown.crop((0, 0, 800, 590)).getbbox(), shown.crop((0, 610, 800, 1200)).getbbox()


def test_both_scripts_begin_on_their_own_side():
    upper, lower = ink(published("en"))
    assert 60 <= upper[0] <= 84 and 718 <= lower[2] <= 738
    assert cover.made(published("en"), PUBLISHER) == cover.made(published("en"), PUBLISHER)


def test_an_original_and_a_text_whose_original_is_withdrawn_stand_alone():
    one = published("en")
    alone = replace(one, original=one.text)
    middle = (400, 600)
    for shown, has_line in ((one, True), (alone, False), (published("fa"), False)):
        picture = Image.open(io.BytesIO(cover.made(shown, PUBLISHER))).convert("L")
        assert (picture.getpixel(middle) != picture.getpixel((0, 0))) is has_line
    assert cover.words(alone) == f"{one.text.title} · {one.issuer}"


def test_its_words_are_those_that_are_seen():
    one = published("fr")
    said = cover.words(one)
    assert [part in said for part in (one.text.title, one.issuer, one.original.title, one.original_issuer)] == [
        True
    ] * 4
    nameless = replace(one, text=replace(one.text, title=""), issuer="", original_issuer="")
    assert cover.words(nameless) == f"{one.document_id} · {one.original.title}"
