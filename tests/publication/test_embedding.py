"""Fonts that go with a text."""

import io
from collections.abc import Iterable

import pytest
from fontTools.ttLib import TTFont

from pipeline.edition.render.pdf import faces, fonts
from pipeline.edition.render.pdf.faces import Face
from pipeline.publication import embedding


def families(text: str, direction: str, italic: bool = False) -> dict[str, list[Face]]:
    found: dict[str, list[Face]] = {}
    for face in embedding.embedded(text, direction, italic=italic):
        found.setdefault(face.family, []).append(face)
    return found


def characters(made: Iterable[Face]) -> set[str]:
    return {chr(code) for face in made for code in fonts.characters(face.content)}


@pytest.mark.parametrize(("text", "direction"), [("گزارش‌های ۱۲ «H₂O»", "rtl"), ("Œuvre ✓ سلام Ж", "ltr")])
def test_every_character_of_a_text_has_a_glyph_in_a_face_of_its_direction(text, direction):
    made = families(text, direction)
    assert set(text) <= characters(face for found in made.values() for face in found)
    assert set(made) <= set(faces._NAMES[direction].values())


def test_what_no_letter_of_a_text_is_in_is_left_out():
    assert set(families("Report, 2016", "ltr")) == {"Serif"}
    assert "Ж" not in characters(families("Report", "ltr")["Serif"])
    assert [face.style for face in families("Report", "ltr", italic=True)["Serif"]] == [
        "normal",
        "normal",
        "italic",
        "italic",
    ]


def test_texts_of_a_language_share_their_fonts():
    one, other = (families(text, "rtl")["Naskh"] for text in ("گزارش سال", "پیام به کارگران"))
    assert [face.content for face in one] == [face.content for face in other]
    assert sum(len(face.content) for face in one) < 100_000


def test_letters_that_join_still_join():
    font = TTFont(io.BytesIO(families("سلام", "rtl")["Naskh"][0].content))
    assert {"init", "medi", "fina", "rlig"} <= {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}


def test_a_font_says_under_what_licence_it_is_and_nothing_of_when():
    font = TTFont(io.BytesIO(families("سلام", "rtl")["Naskh"][0].content), recalcTimestamp=False)
    assert "Open Font License" in font["name"].getDebugName(13)
    assert font["head"].modified == fonts.NO_TIME and font["OS/2"].fsType == 0  # it may be embedded
