"""What a reader of an OpenDocument text sees."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt as form
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import Kind
from tests.support.documents import odt

PROSE = "<text:p>این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند.</text:p>"
AUTOMATIC = (
    '<style:style style:name="B" style:family="text"><style:text-properties style:font-weight-complex="bold"/></style:style>'
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic" '
    'style:font-style-complex="italic"/></style:style>'
    '<style:style style:name="N" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Q1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="-" '
    'style:num-format="۱, ۲, ۳, ..."/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-suffix=")" text:display-levels="2"/><text:list-level-style-bullet text:level="3" text:bullet-char="–"/>'
    "</text:list-style>"
)
STYLES = '<style:style style:name="Quotations" style:family="paragraph"/>'


def blocks(body: str) -> list:
    content = odt(body, automatic=AUTOMATIC, styles=STYLES)
    return list(form.read(content, "d", SHIPPED["fa"], Corrections()).blocks)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("این<text:s text:c='3'/>یک<text:tab/>دو", "این یک دو"),
        ("یک <text:change text:change-id='c'/>سه", "یک سه"),
        ("دیده<text:span text:style-name='N'> نهان</text:span> شد", "دیده شد"),
        ("عدد <office:annotation><text:p>نظر</text:p></office:annotation>۷", "عدد ۷"),
        ("می\u200cرود <text:bookmark-ref>به خانه</text:bookmark-ref>", "می\u200cرود به خانه"),
    ],
)
def test_what_shows_is_read(inner, text):
    assert blocks(f"<text:p>{inner}</text:p>{PROSE}")[0].text == text


@pytest.mark.parametrize(
    "inner",
    ['<text:section text:display="condition" text:is-hidden="true"><text:p>نهان</text:p></text:section>',
     '<text:p>نهان<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/></text:p>',
     '<text:p>دیده<text:span text:style-name="N">،<text:note text:note-class="footnote"><text:note-body><text:p>نهان</text:p></text:note-body></text:note></text:span></text:p>',
     '<text:p>دیده<text:span text:style-name="N"><draw:frame><svg:desc>نهان</svg:desc></draw:frame></text:span></text:p>',
     '<text:p>دیده<text:span text:style-name="N"><draw:frame><draw:text-box><text:p>نهان</text:p></draw:text-box></draw:frame></text:span></text:p>',
     '<text:p>دیده<text:a text:style-name="N" xlink:href="https://a.example/">نهان</text:a></text:p>',
     '<text:p>دیده<l:content-control xmlns:l="l" l:showing-place-holder="true">نهان</l:content-control></text:p>'],
)  # fmt: skip
def test_what_is_hidden_with_its_notes_and_boxes_or_on_a_condition_is_not_read(inner):
    assert "نهان" not in repr(blocks(inner + PROSE))


def test_what_a_condition_does_not_hide_is_read():
    inner = '<text:p>پیدا<text:hidden-paragraph text:condition="ooow:0"/></text:p>'
    section = f'<text:section text:display="condition" text:is-hidden="false">{inner}</text:section>'
    assert [block.text for block in blocks(section + PROSE)][:1] == ["پیدا"]


def test_what_was_deleted_is_not_read():
    deleted = f"<text:tracked-changes><text:changed-region><text:deletion>{PROSE}</text:deletion></text:changed-region></text:tracked-changes>"
    assert len(blocks(deleted + PROSE)) == 1


def test_marks_are_those_of_the_script_and_of_outer_spans():
    inner = "این <text:span text:style-name='B'>پررنگ <text:span text:style-name='I'>کج</text:span> bold</text:span> است<text:span text:style-name='S'>۲</text:span>."
    (block, _) = blocks(f"<text:p>{inner}</text:p>{PROSE}")
    marks = [(mark.kind.value, block.text[mark.start : mark.end]) for mark in block.marks]
    assert marks == [("strong", "پررنگ کج"), ("emphasis", "کج"), ("superscript", "۲")]


def test_lists_count_as_they_show_and_go_on_where_they_say():
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = (
        f"<text:list>{item('الف است', '')}{item('ب است', '<text:list>' + item('ریز', '') + '</text:list>')}</text:list>"
    )
    body = (
        f'<text:list text:style-name="L">{item("یک", "")}{item("دو", inner)}</text:list>{PROSE}'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("سه", "<text:p>دنباله‌ی همان بند است و تمام.</text:p>")}</text:list>'
        f'<text:list text:style-name="L">{item("از نو", "")}</text:list>{PROSE}'
    )
    found = [(block.marker, block.depth, block.ordinal) for block in blocks(body) if block.kind is Kind.LIST_ITEM]
    assert found == [
        ("۱-", 1, 1),
        ("۲-", 1, 2),
        ("۲.a)", 2, 1),
        ("۲.b)", 2, 2),
        ("–", 3, None),
        ("۳-", 1, 3),
        ("۱-", 1, 1),
    ]


def test_notes_have_the_markers_that_the_file_keeps():
    note = "<text:note text:note-class='{}'><text:note-citation>{}</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>".format
    read = blocks(f"<text:p>یک{note('endnote', 'i', 'پایانی')} دو{note('footnote', '۱', 'پانوشت')}.</text:p>{PROSE}")
    assert [mark.value for mark in read[0].marks] == ["i", "۱"]
    assert [(block.marker, block.text) for block in read[-2:]] == [("۱", "پانوشت"), ("i", "پایانی")]


def test_styles_of_a_kind_are_known_through_those_they_come_from():
    kinds = [
        block.kind
        for block in blocks(
            f"{PROSE}<text:p text:style-name='Q1'>سخن دیگری</text:p><text:h text:outline-level='3'>سر</text:h>{PROSE}"
        )
    ]
    assert kinds == [Kind.PARAGRAPH, Kind.QUOTATION, Kind.HEADING, Kind.PARAGRAPH]


def test_tables_keep_their_rows_and_heads():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    body = (
        f"<table:table><table:table-header-rows><table:table-row>{cell('سال')}{cell('مزد')}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell('۱۴۰۲')}{cell('۵<text:line-break/>۶')}</table:table-row>"
        "<table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>همه</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>"
    )
    (_, table, _) = blocks(PROSE + body + PROSE)
    assert (table.text, table.header_rows) == ("سال\tمزد\n۱۴۰۲\t۵\u2028۶\nهمه\t", 1)
    assert [mark.kind.value for mark in table.marks] == ["break"]


def test_boxes_and_pictures_follow_their_paragraph():
    box = f"<draw:frame><draw:text-box>{PROSE}</draw:text-box></draw:frame>"
    picture = "<draw:frame><draw:image/><svg:desc>کارگران</svg:desc></draw:frame>"
    read = blocks(f"<text:p>{box}</text:p><text:p>نگاه {picture} کنید.</text:p>")
    assert [(block.kind, block.text[:7]) for block in read] == [
        (Kind.PARAGRAPH, "این جمل"), (Kind.PARAGRAPH, "نگاه کن"), (Kind.IMAGE, "کارگران")]  # fmt: skip


def test_the_table_of_contents_is_left_out():
    assert (
        len(blocks(f"<text:table-of-content><text:index-body>{PROSE}</text:index-body></text:table-of-content>{PROSE}"))
        == 1
    )


def test_prose_that_is_narrower_at_both_sides_is_a_quotation():
    def style(name: str, width: str) -> str:
        margins = f'fo:margin-left="{width}" fo:margin-right="{width}"'
        return f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {margins}/></style:style>'

    def paragraph(name: str) -> str:
        return f'<text:p text:style-name="{name}">{PROSE}</text:p>'

    content = odt(
        paragraph("a") + paragraph("q") + paragraph("a") * 2, automatic=style("a", "0cm") + style("q", "1.27cm")
    )
    found = form.read(content, "d", SHIPPED["fa"], Corrections()).blocks
    assert [block.kind for block in found] == [Kind.PARAGRAPH, Kind.QUOTATION, Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_a_text_of_more_elements_than_memory_is_for_is_refused():
    with pytest.raises(DocumentError, match="more than 1,000,000 elements"):
        blocks(f"<text:p>{'<text:span>a</text:span>' * 1_000_000}</text:p>")


def test_a_note_that_begins_with_the_figures_of_its_marker_keeps_them():
    note = "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    read = blocks(PROSE + f"<text:p>این را گفت{note.format('<text:p>1 May 1984</text:p>')} و رفت.</text:p>")
    assert (read[-1].kind, read[-1].marker, read[-1].text) == (Kind.NOTE, "1", "1 May 1984")


@pytest.mark.parametrize(
    ("style", "shows"),
    [("Header", True), ("Footer_20_left", True), ("Index_20_1", False), ("Contents_20_Heading", False)],
)
def test_a_paragraph_of_the_text_shows_in_the_style_of_a_header_but_not_as_part_of_an_index(style, shows):
    read = form.read(
        odt(f"{PROSE}<text:p text:style-name='{style}'>پایان سخن.</text:p>"), "d", SHIPPED["fa"], Corrections()
    )
    assert ("پایان سخن." in [block.text for block in read.blocks]) is shows
    assert any("contents" in remark for remark in read.remarks) is not shows


def test_lists_in_cells_keep_their_numbers_also_where_nothing_else_is_in_them():
    def row(first: str, second: str) -> str:
        item = f"<text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>{first}</text:p></text:list-item></text:list>"
        return f"<table:table-row><table:table-cell>{item}</table:table-cell><table:table-cell><text:p>{second}</text:p></table:table-cell></table:table-row>"

    table = blocks(f"{PROSE}<table:table>{row('', 'سارا')}{row('نان', 'علی')}</table:table>{PROSE}")[1]
    assert table.text == "۱-\tسارا\n۲- نان\tعلی"


def test_the_field_of_a_title_in_the_text_shows():
    assert (
        blocks(f"{PROSE}<text:p>دفتر <text:title>بیانیه‌ی ما</text:title> است.</text:p>")[1].text
        == "دفتر بیانیه‌ی ما است."
    )


def nested(inside: str, more: str = "") -> str:
    return f"<text:list text:style-name='L' {more}>{inside}</text:list>"


def entry(text: str, inside: str = "") -> str:
    return f"<text:list-item>{f'<text:p>{text}</text:p>' if text else ''}{inside}</text:list-item>"


GOES_ON = "text:continue-numbering='true'"


@pytest.mark.parametrize(
    ("body", "markers"),
    [  # as LibreOffice 7.4 shows them
        (nested(entry("یک", nested(entry("دو") + entry("سه")))) + PROSE + nested(entry("", nested(entry("چهار"))), GOES_ON), "۱- ۱.a) ۱.b) ۱.c)"),
        (nested(entry("یک", nested(entry("دو")))) + PROSE + nested(entry("سه", nested(entry("چهار"))), GOES_ON), "۱- ۱.a) ۲- ۲.a)"),
        (nested(entry("یک", nested(entry("دو")))) + PROSE + nested(entry("", nested(entry("سه")))), "۱- ۱.a) ۱.a)"),
        (nested(entry("یک", nested(entry("دو")) + "<text:p>میان</text:p>" + nested(entry("سه")))), "۱- ۱.a) ۱.a)"),
        (nested(entry("", nested(entry("یک"))) + entry("دو")), "۱.a) ۲-"),
    ],
)  # fmt: skip
def test_inner_items_go_on_where_their_list_does(body, markers):
    read = blocks(PROSE + body + PROSE)
    assert [block.marker for block in read if block.marker] == markers.split()
