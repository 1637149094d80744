"""Badges: as many as go on a sheet, each with all its words, within its edges, however long a name is."""

import pypdfium2
import pytest

from pipeline.edition.design import Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import badges
from pipeline.edition.render.pdf.badges import BadgeSide
from pipeline.languages import SHIPPED

LONG = "Seyed Mohammadreza Hosseininejad-Tabatabaei Esfahani von und zu Donaudampfschifffahrtsgesellschaft"


def made(people, size):
    sheet, missed = badges.sheet("b.pdf", "t", people, SHIPPED["fa"], Design(), size, "2026-11-28")
    assert not missed
    return pypdfium2.PdfDocument(pdf.typeset(sheet).content)


@pytest.mark.parametrize("size", [(90.0, 60.0), (60.0, 40.0)])
def test_no_word_is_outside_its_badge(size):
    fa, en = SHIPPED["fa"], SHIPPED["en"]
    people = [
        [BadgeSide(fa, "سارا محمدی", ("سخنران",)), BadgeSide(en, LONG, ("Speaker", "Union of " + "Workers " * 9))]
    ]
    page = made(people, size)[0]
    across, down = badges.grid(Paper.A4, *size)
    left, top = (210 - across * size[0]) / 2, (297 - down * size[1]) / 2
    text = page.get_textpage()
    assert "Donau" in text.get_text_range() and "Speaker" in text.get_text_range()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    point = 25.4 / 72
    assert min(box[0] for box in boxes) * point >= left and max(box[2] for box in boxes) * point <= left + size[0]
    assert 297 - min(box[1] for box in boxes) * point <= top + size[1]
    assert 297 - max(box[3] for box in boxes) * point >= top


def test_another_sheet_is_begun_when_one_is_full():
    assert badges.grid(Paper.A4, 90, 60) == (2, 4)
    person = [BadgeSide(SHIPPED["fa"], "لی"), BadgeSide(SHIPPED["en"], "Li")]
    assert len(made([person] * 9, (90.0, 60.0))) == 2


def test_a_short_name_is_larger_than_a_long_one():
    assert badges.fitting("Li", "ltr", 200, 60) == badges.LARGEST > badges.fitting(LONG, "ltr", 200, 60)
