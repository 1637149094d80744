"""What an editor states about a document, and what is wrong with how it is written."""

import pytest

from pipeline.errors import DocumentError
from pipeline.model import Kind
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
        ("title = ?", "Invalid value; correct the line"),
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
    ],
)
def test_wrong_corrections_are_named(toml, message):
    with pytest.raises(DocumentError, match=rf"statement\.toml:(\d+:)? .*{message}"):
        read(TEXT.encode(), toml)
