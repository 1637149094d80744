"""Tables of a Word document: places of cells, heads and lines."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as form
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import docx, p
from tests.support.worddocuments import ARTICLES, NUMBERED, PROSE, blocks, texts


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def test_cells_that_are_merged_are_read_once_and_keep_their_place():
    head = "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>"
    rows = (
        head.format(cell("نام", '<w:vMerge w:val="restart"/>') + cell("شمار", '<w:gridSpan w:val="2"/>'))
        + head.format(cell("نام", "<w:vMerge/>") + cell("زن") + cell("مرد"))
        + "<w:tr>" + cell("تهران") + cell("۴") + cell("۵") + "</w:tr>"
        + "<w:tr><w:trPr><w:del/></w:trPr>" + cell("رفته") + cell("") + cell("") + "</w:tr>"
    )  # fmt: skip
    (table,) = [one for one in blocks(p(PROSE) + f"<w:tbl>{rows}</w:tbl>" + p(PROSE)) if one.kind is Kind.TABLE]
    assert table.text == "نام\tشمار\t\n\tزن\tمرد\nتهران\t۴\t۵"
    assert table.header_rows == 2


def test_a_table_of_one_cell_is_a_frame():
    assert texts(f"<w:tbl><w:tr>{cell(PROSE)}</w:tr></w:tbl>" + p(PROSE)) == [PROSE, PROSE]


def grid(*rows: str, borders: str = "") -> str:
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{inner}</w:tbl>"


def held(*lines: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, lines))}</w:tc>"


BORDERS = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'


def test_a_table_that_places_a_letterhead_is_no_table():
    head = grid(held("شماره: ۱۲۳/ص", "تاریخ: ۱۴۰۲/۰۵/۱۲") + held("سندیکای کارگران"))
    found = blocks(head + p(PROSE))
    assert [one.text for one in found] == ["شماره: ۱۲۳/ص", "تاریخ: ۱۴۰۲/۰۵/۱۲", "سندیکای کارگران", PROSE]
    assert [one.kind for one in found[:2]] == [Kind.CONTACT, Kind.DATE]


def test_rows_of_labels_are_lines_where_no_lines_are_drawn_around_them():
    rows = [held("تلفن:") + held("۰۲۱-۵۵۵۵۰۱۰۰"), held("رایانامه:") + held("a@example.org")]
    assert texts(grid(*rows) + p(PROSE))[:2] == ["تلفن: ۰۲۱-۵۵۵۵۰۱۰۰", "رایانامه: a@example.org"]
    assert blocks(grid(*rows, borders=BORDERS) + p(PROSE))[0].kind is Kind.TABLE


def test_a_coloured_row_is_the_head_of_its_table():
    shade = '<w:shd w:fill="D9E2F3"/>'
    head = held("نام", properties=shade) + held("حکم", properties=shade)
    row = held("سارا") + held("۵ سال")
    assert blocks(grid(head, row, borders=BORDERS) + p(PROSE))[0].header_rows == 1
    assert blocks(grid(head, head, borders=BORDERS) + p(PROSE))[0].header_rows == 0


def test_a_column_that_numbers_itself_is_read():
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    rows = row(p("ردیف"), p("نام")) + "".join(row(p("<w:r/>", NUMBERED), p(name)) for name in ("سارا", "علی"))
    table = '<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>' + rows + "</w:tbl>"
    assert texts(p(PROSE) + table + p(PROSE), numbering=ARTICLES)[1] == "ردیف\tنام\n1.\tسارا\n2.\tعلی"


def test_what_the_style_of_a_table_hides_is_not_read():
    styles = (
        '<w:style w:type="table" w:styleId="V"><w:name w:val="V"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="table" w:styleId="W"><w:name w:val="W"/><w:basedOn w:val="V"/></w:style>'
        '<w:style w:type="table" w:styleId="X"><w:name w:val="X"/><w:basedOn w:val="V"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )

    def table(style: str, inner: str) -> str:
        said = f'<w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>'
        return f"<w:tbl>{said}<w:tr><w:tc>{inner}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"

    shown = p('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>یک</w:t></w:r>')
    body = p(PROSE) + table("W", p("نهان") + shown + table("X", p("دو")) + p("نهان")) + p("سه") + table("X", p("چهار"))
    read = " ".join(texts(body + p(PROSE), styles=styles))
    assert "نهان" not in read
    assert all(word in read for word in ("یک", "دو", "سه", "چهار"))


@pytest.mark.parametrize(("off", "is_told"), [("", True), (' w:val="0"', False)])
def test_rows_that_the_style_of_a_table_hides_are_told_of(off, is_told):
    part = f'<w:tblStylePr w:type="firstRow"><w:rPr><w:vanish{off}/></w:rPr></w:tblStylePr>'
    styles = f'<w:style w:type="table" w:styleId="V"><w:name w:val="V"/>{part}</w:style>'
    styles += '<w:style w:type="table" w:styleId="W"><w:name w:val="W"/><w:basedOn w:val="V"/></w:style>'
    row = f"<w:tr><w:tc>{p('سارا')}</w:tc><w:tc>{p('یک')}</w:tc></w:tr>"
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="W"/></w:tblPr>{row * 2}</w:tbl>'
    read = form.read(docx(p(PROSE) + table + p(PROSE), styles=styles), "d", SHIPPED["fa"], Corrections())
    assert any("whose style hides some" in remark for remark in read.remarks) is is_told


def test_words_in_a_cell_that_another_one_covers_are_told_of_and_one_below_no_such_cell_is_read():
    first, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [cell("نام", first) + cell("یک"), cell("پنهان", on) + cell("دو"), cell("", on) + cell("سه")]
    rows += [cell("سارا") + cell("چهار"), cell("تنها", on) + cell("پنج"), cell("تنهاتر", on) + cell("شش")]
    read = form.read(docx(grid(*rows, borders=BORDERS) + p(PROSE)), "d", SHIPPED["fa"], Corrections())
    assert read.blocks[0].text == "نام\tیک\n\tدو\n\tسه\nسارا\tچهار\nتنها\tپنج\n\tشش"
    assert [one for one in read.remarks if "another one covers" in one and one.endswith(": 2")]
