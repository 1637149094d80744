"""What an editor states about a document, and what is wrong with how it is written."""

import pytest

from pipeline.document import corrections, paragraphs
from pipeline.document.paragraphs import Paragraph
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import PARAGRAPH, Kind
from tests.document.formats.test_txt import TEXT, read


def test_corrections_state_what_the_text_does_not():
    toml = 'title = "عنوان"\nissuer = "شورا"\ndate = 2016-10-30\n[[block]]\nlines = [3, 4]\nkind = "quotation"\n'
    document = read(TEXT.encode(), toml)
    assert document.meta.editorial_title == "عنوان"
    assert (document.meta.issuer, document.meta.date) == ("شورا", "2016-10-30")
    assert [block.kind for block in document.blocks] == [Kind.TITLE, Kind.QUOTATION]
    assert document.blocks[1].text == "\n".join(TEXT.strip().split("\n")[2:])


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2016-10-30", "2016-10-30"),
        ("'2016-10-30'", "2016-10-30"),
        ("2016-10-30T10:00:00", "2016-10-30"),
        ("'2016-10'", "2016-10"),
        ("'2016'", "2016"),
        ("2016", "2016"),
        ("''", ""),
    ],
)
def test_a_document_is_dated_as_far_as_it_says(written, date):
    assert read(TEXT.encode(), f"date = {written}").meta.date == date


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("title = ?", "neither a text in quotation marks, a number"),
        ("titel = 'x'", "titel: unknown key; known are: title"),
        ("title = 3", "in quotes"),
        ("date = 'soon'", '"soon" is not a day, a month or a year; write: date = 2016-10-30, "2016-10" or "2016"'),
        ("date = '2016-13'", '"2016-13" is not a day, a month or a year'),
        ("date = '2016-1'", '"2016-1" is not a day, a month or a year'),
        ("date = '0000'", '"0000" is not a day, a month or a year'),
        ("date = true", "true is not a day, a month or a year"),
        ("date = 201", "201 is not a day, a month or a year"),
        ("date = 2016.5", "2016.5 is not a day, a month or a year"),
        ("[[block]]\nlines = [1]\nkind = 'title'", "first and the last line"),
        ("[[block]]\nlines = [2, 1]\nkind = 'title'", "first and the last line"),
        ("[[block]]\nlines = [1, 1]\nkind = 'poem'", "none of: title"),
        (
            "[[block]]\nlines = [1, 3]\nkind = 'title'\n[[block]]\nlines = [3, 4]\nkind = 'title'",
            "line 3 is in two",
        ),
        ("[[block]]\nlines = [40, 41]\nkind = 'title'", "the document has only 4 lines; correct"),
        ("block = 3", "two brackets"),
        ("[[block]]\nkind = 'title'", "does not say which lines"),
        ("[[block]]\nlines = [1, 1]\nparagraphs = [1, 1]\nkind = 'title'", "has both lines and paragraphs"),
        ("[[block]]\nparagraphs = [1, 1]\nkind = 'title'", "this document has lines; write their numbers"),
        ("[[block]]\nlines = [1, 1]\nkind = 'title'\ndepth = 2", "only items of a list have a depth"),
        ("[[block]]\nlines = [1, 1]\nkind = 'title'\nheader_rows = 1", "only tables have header rows"),
    ],
)
def test_wrong_corrections_are_named(toml, message):
    with pytest.raises(DocumentError, match=rf"statement\.toml:(\d+:)? .*{message}"):
        read(TEXT.encode(), toml)


def test_every_kind_with_its_level_depth_and_header_rows_can_be_stated():
    lines = [f"{kind.value} ۱    ۲" for kind in Kind]
    more = {Kind.HEADING: "level = 4", Kind.LIST_ITEM: "depth = 3", Kind.TABLE: "header_rows = 1"}
    toml = "".join(
        f"[[block]]\nlines = [{number}, {number}]\nkind = '{kind.value}'\n{more.get(kind, '')}\n"
        for number, kind in enumerate(Kind, 1)
    )
    blocks = read("\n".join(lines).encode(), toml).blocks
    assert [block.kind for block in blocks] == list(Kind)
    found = {block.kind: (block.level, block.depth, block.header_rows) for block in blocks}
    assert (found[Kind.HEADING], found[Kind.LIST_ITEM], found[Kind.TABLE]) == ((4, 0, 0), (0, 3, 0), (0, 0, 1))


def test_a_format_without_lines_has_its_paragraphs_corrected():
    said = corrections.parse(b"[[block]]\nparagraphs = [2, 2]\nkind = 'list_item'\ndepth = 2", "d.toml", ("en",))
    given = [Paragraph("One"), Paragraph("Two", Kind.HEADING, level=3)]
    found = paragraphs.blocks(given, SHIPPED["en"], said.blocks_within(2, "d.toml", PARAGRAPH))
    assert [(block.kind, block.level, block.depth) for block in found][1] == (Kind.LIST_ITEM, 0, 2)
    with pytest.raises(DocumentError, match="the document has only 1 paragraph; correct"):
        said.blocks_within(1, "d.toml", PARAGRAPH)
