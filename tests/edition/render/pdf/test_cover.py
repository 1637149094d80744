"""A cover names who issues, the title and the date, each in every language that has it."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.edition.design import FACING, Design, Paper, Print
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import page
from pipeline.model import Kind
from tests.support import rich
from tests.support.pages import words


def cover(edition):
    made = fromstring(page.html(edition, Design(layout=FACING), release=True))
    (found,) = [one for one in made.iter("div") if one.get("class", "").split()[:1] == ["cover"]]
    return [
        (part.get("class").split()[1].removesuffix("-part"), [(cell.get("lang"), words(cell)) for cell in part])
        for part in found.iter("div")
        if "part" in part.get("class", "").split()
    ]


def dated(date):
    made = rich.edition()
    return replace(made, document=replace(made.document, meta=replace(made.document.meta, date=date)))


def test_issuer_title_and_date_stand_in_both_languages():
    assert cover(dated("2016-10-30")) == [
        ("issuer", [("fa", "[شورا]"), ("en", "[cvra]")]),
        ("title", [("fa", "گزارش سال"), ("en", "gzarc sal")]),
        ("date", [("fa", "[۹ آبان ۱۳۹۵ (۳۰ اکتبر ۲۰۱۶)]"), ("en", "[30 October 2016 (9 Aban 1395)]")]),
    ]


def test_what_is_not_known_is_left_out_and_a_month_stays_one():
    assert [name for name, _ in cover(dated(""))] == ["issuer", "title"]
    assert cover(dated("2016-10"))[-1] == ("date", [("fa", "[اکتبر ۲۰۱۶]"), ("en", "[October 2016]")])


def test_the_date_of_the_document_goes_before_that_of_its_editor():
    blocks = (rich.BLOCKS[0], rich.block(Kind.DATE, "تهران، مهر ۱۳۹۵"))
    made = rich.edition(blocks=blocks)
    stated = replace(made, document=replace(made.document, meta=replace(made.document.meta, date="2016-10-30")))
    assert cover(stated)[-1] == ("date", [("fa", "تهران، مهر ۱۳۹۵"), ("en", "thran، mhr ۱۳۹۵")])


def test_an_issuer_in_the_title_is_not_repeated_and_an_editorial_title_stands_in_brackets():
    title = rich.block(Kind.TITLE, "بیانیهٔ شورا", level=1)
    made = rich.edition(blocks=(title, rich.BLOCKS[3]))
    assert [name for name, _ in cover(made)] == ["title"]
    assert cover(replace(made, title_is_editorial=True))[-1] == (
        "title",
        [("fa", "[بیانیهٔ شورا]"), ("en", "[bianihٔ cvra]")],
    )


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("words", [4, 12, 40])
def test_a_title_is_no_smaller_on_the_cover_than_above_the_text(paper, words):
    title = rich.block(Kind.TITLE, " ".join(["قطعنامه"] * words), level=1)
    made = rich.edition(blocks=(title, rich.block(Kind.PARAGRAPH, "متن.")))
    content = pdf.typeset(next(pdf.sheets(made, Design(FACING, paper), release=True))).content
    with pypdfium2.PdfDocument(content) as opened:
        assert all(
            largest(opened[0], script) >= largest(opened[1 + place], script) for place, script in enumerate("qق")
        )


def largest(page, letter):
    """The size of the largest letter of a kind on a page."""
    text, matrix, found = page.get_textpage(), raw.FS_MATRIX(), [0.0]
    for index in range(text.count_chars()):
        if chr(raw.FPDFText_GetUnicode(text, index)) == letter:
            raw.FPDFText_GetMatrix(text, index, matrix)
            found.append(round(raw.FPDFText_GetFontSize(text, index) * max(abs(matrix.c), abs(matrix.d)), 1))
    assert max(found)
    return max(found)


def test_a_very_long_title_is_set_smaller_and_cut_at_a_word():
    long = rich.block(Kind.TITLE, "عنوان بسیار دراز " * 20, level=1)
    ((_, (source, _)),) = [part for part in cover(rich.edition(blocks=(long,))) if part[0] == "title"]
    assert source[1].endswith("\u00a0…") and len(source[1]) < 240


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, Print.NORMAL), (Paper.A5, Print.NORMAL), (Paper.A5, Print.LARGE)]
)
def test_it_fits_its_page_and_the_pages_behind_it_are_counted_on(paper, size):
    title = rich.block(Kind.TITLE, "قطعنامه اولین نشست نیروهای چپ و دمکرات امریکای شمالی برای همکاری")
    made = rich.edition(blocks=(title, rich.block(Kind.PARAGRAPH, "متن. " * 30)))
    meta = replace(made.document.meta, date="2010-08-15", number="12/95", issuer="نیروهای چپ و دمکرات امریکای شمالی")
    made = replace(made, document=replace(made.document, meta=meta))
    sheet = next(pdf.sheets(made, Design(FACING, paper, size), release=True, attachments=[]))
    with pypdfium2.PdfDocument(pdf.typeset(sheet).content) as opened:
        first, *feet = [opened[number].get_textpage().get_text_bounded().split()[-4:] for number in range(3)]
    assert first[-1] == "1389)]" and [foot[1] for foot in feet] == ["2", "۳"]
