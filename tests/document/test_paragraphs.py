"""Paragraphs of formats with styles: what the format tells stands, the rest is read as plain text is."""

import pytest

from pipeline.document import paragraphs
from pipeline.document.lines import Correction
from pipeline.document.paragraphs import Paragraph
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Kind, Mark, MarkKind

FA = SHIPPED["fa"]


def read(*given: Paragraph, corrections=()) -> list:
    return list(paragraphs.blocks(given, FA, corrections))


def test_what_the_format_tells_stands_and_the_rest_is_read_as_lines():
    title, slogan, item, table = read(
        Paragraph("بیانیه", Kind.TITLE, 1),
        Paragraph("زنده باد آزادی!"),
        Paragraph("آب، برق و نان", Kind.LIST_ITEM, depth=2, marker="ب)", ordinal=2),
        Paragraph("نام\tسال\nسارا\t۱۳۹۵", Kind.TABLE, header_rows=1),
    )
    assert (title.kind, title.level, slogan.kind) == (Kind.TITLE, 1, Kind.SLOGAN)
    assert (item.marker, item.ordinal, item.depth, item.first) == ("ب)", 2, 2, 3)
    assert (table.text, table.header_rows) == ("نام\tسال\nسارا\t۱۳۹۵", 1)


def test_marks_move_with_a_marker_that_is_taken_off():
    (item, _) = read(Paragraph("• واژه‌ی مهم", marks=(Mark(2, 8, MarkKind.STRONG),)), Paragraph("• دیگری", marks=()))
    (mark,) = item.marks
    assert (item.kind, item.marker, item.text[mark.start : mark.end]) == (Kind.LIST_ITEM, "•", "واژه‌ی")


@pytest.mark.parametrize(
    "blanks", ["\u00a0 ", "\u00a0\u00a0", " \u2003", f"{LINE_BREAK}\u00a0", " \u202f ", "\u00a0" * 40]
)
@pytest.mark.parametrize(("marker", "gap"), [("•", " "), ("(2)", " "), ("۲-", "\u00a0\u00a0"), ("۲.", "")])
def test_a_typed_marker_alone_is_taken_off_whatever_blanks_the_text_has(marker, gap, blanks):
    text = f"نامه‌ی سرگشاده:{blanks}به همه‌ی کارگران.{blanks}پایان{blanks}"
    first = marker.replace("2", "1").replace("۲", "۱")
    found = read(Paragraph(f"{first} یکی"), Paragraph(f"{marker}{gap}{text}"), Paragraph("سخنی که به پایان می‌رسد."))[1]
    assert (found.kind, found.marker, found.text) == (Kind.LIST_ITEM, marker, text)


def test_an_editor_corrects_what_the_format_tells():
    (block,) = read(Paragraph("سخن دیگران", Kind.HEADING, 2), corrections=[Correction(Kind.QUOTATION, 1, 1)])
    assert (block.kind, block.level) == (Kind.QUOTATION, 0)


def test_a_label_below_a_title_with_a_style_names_who_wrote():
    given = [
        Paragraph("گزارش", Kind.TITLE, 1),
        Paragraph("پژوهشگران: گروه «آب و عدالت»"),
        Paragraph("تالار شهر"),
    ]
    found = read(*given, Paragraph("این جمله‌ای است که به پایان می‌رسد."))
    assert [block.kind for block in found][1] is Kind.SIGNATURE
    assert found[2].kind is not Kind.SIGNATURE
