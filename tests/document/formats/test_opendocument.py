"""What a reader of an OpenDocument text sees."""

import pytest

from pipeline.errors import DocumentError
from pipeline.model import Kind
from tests.support.opendocuments import PROSE, blocks, document

SECRET = "محرمانه"


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


@pytest.mark.parametrize(
    "around",
    [
        '<text:note text:note-class="footnote"><text:note-citation>۱</text:note-citation><text:note-body>{}</text:note-body></text:note>',
        "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>",
    ],
)
def test_a_field_hides_the_paragraph_that_it_stands_in_and_none_around_it(around):
    hidden = '<text:p>نهان<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/></text:p>'
    texts = [block.text for block in blocks(f"{PROSE}<text:p>دیده{around.format(hidden)}.</text:p>{PROSE}")]
    assert texts[1] == "دیده." and "نهان" not in repr(texts)


def test_what_was_deleted_is_not_read():
    deleted = f"<text:tracked-changes><text:changed-region><text:deletion>{PROSE}</text:deletion></text:changed-region></text:tracked-changes>"
    assert len(blocks(deleted + PROSE)) == 1


def test_notes_have_the_markers_that_the_file_keeps():
    note = "<text:note text:note-class='{}'><text:note-citation>{}</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>".format
    read = blocks(f"<text:p>یک{note('endnote', 'i', 'پایانی')} دو{note('footnote', '۱', 'پانوشت')}.</text:p>{PROSE}")
    assert [mark.value for mark in read[0].marks] == ["i", "۱"]
    assert [(block.marker, block.text) for block in read[-2:]] == [("۱", "پانوشت"), ("i", "پایانی")]


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


def test_the_table_of_contents_is_left_out():
    assert (
        len(blocks(f"<text:table-of-content><text:index-body>{PROSE}</text:index-body></text:table-of-content>{PROSE}"))
        == 1
    )


def test_a_text_of_more_elements_than_memory_is_for_is_refused():
    with pytest.raises(DocumentError, match="more than 1,000,000 elements"):
        blocks(f"<text:p>{'<text:span>a</text:span>' * 1_000_000}</text:p>")


def test_a_note_that_begins_with_the_figures_of_its_marker_keeps_them():
    note = "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    read = blocks(PROSE + f"<text:p>این را گفت{note.format('<text:p>1 May 1984</text:p>')} و رفت.</text:p>")
    assert (read[-1].kind, read[-1].marker, read[-1].text) == (Kind.NOTE, "1", "1 May 1984")


def test_the_field_of_a_title_in_the_text_shows():
    assert (
        blocks(f"{PROSE}<text:p>دفتر <text:title>بیانیه‌ی ما</text:title> است.</text:p>")[1].text
        == "دفتر بیانیه‌ی ما است."
    )


@pytest.mark.parametrize(
    "kind", ["variable-set", "expression", "user-field-get", "page-variable-set", "database-display"]
)
def test_a_field_that_shows_nothing_is_not_read(kind):
    field = f"<text:{kind} {{}}>{SECRET}</text:{kind}>"
    hidden, shown = (
        blocks(f"<text:p>{field.format(said)}</text:p>{PROSE}")
        for said in ('text:display="none"', 'text:display="value"')
    )
    assert SECRET not in " ".join(block.text for block in hidden) and SECRET in " ".join(block.text for block in shown)


CELLS = (
    "<table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell><text:p>۲</text:p></table:table-cell>"
)

GROUPED = "<table:table-row-group {}><table:table-row>{}</table:table-row></table:table-row-group>"

ROW = "<table:table-row {}>{}</table:table-row>"


@pytest.mark.parametrize(
    ("row", "said"),
    [(ROW, 'table:visibility="collapse"'), (ROW, 'table:visibility="filter"'), (GROUPED, 'table:display="false"')],
)
def test_rows_that_do_not_show_are_not_read(row, said):
    for one, is_read in ((said, False), ("", True)):
        rows = ROW.format("", CELLS.format("۱")) * 2 + row.format(one, CELLS.format(SECRET))
        read = blocks(f"<table:table>{rows}</table:table>{PROSE}")
        assert (SECRET in repr(read)) is is_read


def test_a_bookmark_that_hides_its_words_is_not_read_and_one_that_does_not_end_hides_nothing():
    start, end = (f'<text:bookmark-{one} text:name="{{}}"{{}}/>' for one in ("start", "end"))
    hidden = ' l:hidden="true" xmlns:l="l"'
    note = '<text:note text:note-class="footnote"><text:note-body><text:p>نهان</text:p></text:note-body></text:note>'
    box = "<draw:frame><draw:text-box><text:p>نهان</text:p></draw:text-box></draw:frame>"
    within = f"{start.format('a', hidden)}نهان<text:s/>{note}{box}"
    body = (
        f"<text:p>یک {within}</text:p><text:p>نهان</text:p><text:p><text:span>نهان{end.format('a', '')}دو</text:span></text:p>"
        f"<text:p>سه {start.format('b', hidden)}چهار</text:p><text:p>{start.format('c', '')}پنج{end.format('c', '')}</text:p>{PROSE}"
    )
    read = [block.text for block in blocks(body)]
    assert "نهان" not in repr(read)
    assert " ".join(read).startswith("یک دو سه چهار پنج")


def test_notes_in_notes_are_read_whatever_their_class():
    def note(kind, marker, inner):
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{marker}</text:note-citation>'
            f"<text:note-body><text:p>{inner}</text:p></text:note-body></text:note>"
        )

    body = f"<text:p>متن{note('endnote', 'i', 'پایانی' + note('footnote', '۱', 'یک' + note('x', '۲', 'دو')))}.</text:p>{PROSE}"
    found = [(block.marker, block.text) for block in blocks(body) if block.kind is Kind.NOTE]
    assert found == [("i", "پایانی"), ("۱", "یک"), ("۲", "دو")]


def test_words_that_a_field_shows_on_a_condition_are_told_of_and_others_not():
    """LibreOffice keeps the words in the field while it shows, with «is-hidden», and none while it does not."""
    field = '<text:hidden-text text:condition="ooow:1==2" text:string-value="سخن"{}</text:hidden-text>'.format
    for more, count in ((' text:is-hidden="true">سخن', 1), (">", 0)):
        read = document(f"<text:p>دیده {field(more)} شد.</text:p>{PROSE}")
        assert read.blocks[0].text == "دیده شد."
        assert sum("on a condition: 1" in remark for remark in read.remarks) == count


def test_words_in_a_cell_that_another_one_covers_are_told_of():
    """LibreOffice keeps them there, and shows them again when the cells are parted."""
    rows = (
        "<table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>یک</text:p></table:table-cell>"
        "<table:table-cell><text:p>دو</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell><text:p>نهان</text:p></table:covered-table-cell>"
        "<table:table-cell><text:p>سه</text:p></table:table-cell></table:table-row>"
    )
    read = document(f"<table:table>{rows}</table:table>{PROSE}")
    assert "نهان" not in repr(read.blocks)
    assert any("another one covers" in one and one.endswith(": 1") for one in read.remarks)
