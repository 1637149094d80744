"""Captions, subtitles, and words of others with who said them."""

import pytest

from pipeline.document.looks.shown import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.model import Kind
from tests.support.looks import likely, line


@pytest.mark.parametrize("look", [{"is_centred": True}, {"is_slanted": True}, {"size": 10.0}])
def test_a_line_set_apart_below_a_picture_or_table_is_its_caption(look):
    for kind in (Kind.IMAGE, Kind.TABLE):
        above = Shown(Paragraph("الف\tب\n۱\t۲", kind, header_rows=1), size=13.0)
        assert likely(line(), above, line("طرح از گروه هنری باران", **look), line())[2] is Kind.CAPTION
        assert likely(line(), above, line("طرح از گروه هنری باران"), line())[2] is None
        assert likely(line(), above, line("معلم زندانی آزاد باید گردد!", **look), line())[2] is not Kind.CAPTION


def test_a_slanted_line_below_the_title_is_a_subtitle():
    assert likely(line("راهنما", Kind.TITLE, 1), line("ویرایش دوم", is_slanted=True), line())[1] is Kind.SUBTITLE
    assert likely(line("راهنما", Kind.TITLE, 1), line(is_slanted=True), line())[1] is None


def test_words_of_others_stand_in_a_box_or_indented_with_who_said_them_below():
    quoted = "«اگر دارو دیر برسد، دیگر نرسد بهتر است.»"
    assert likely(line(), line(quoted, is_boxed=True), line("نگار، ۲۹ ساله", is_boxed=True), line()) == [
        None,
        Kind.QUOTATION,
        Kind.CAPTION,
        None,
    ]
    assert likely(line(), line(is_indented=True), line("— نگار"), line())[1:3] == [Kind.QUOTATION, Kind.CAPTION]
    assert likely(line(), line(quoted), line("نگار، ۲۹ ساله"), line())[1:3] == [None, None]


def test_what_is_so_with_most_of_the_text_sets_nothing_apart():
    every = {"is_centred": True, "is_slanted": True, "is_indented": True}
    assert likely(*[line(**every)] * 3) == [None] * 3


def test_a_slanted_name_below_words_of_others_is_theirs():
    words = line("«آب را که بستند، گاوها نعره زدند.»", Kind.QUOTATION)
    assert likely(line(), words, line("کشاورزی", is_slanted=True), line())[2] is Kind.CAPTION
    assert likely(line(), words, line("کشاورزی"), line())[2] is None
