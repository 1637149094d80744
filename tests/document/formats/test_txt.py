import pytest

from pipeline.document.corrections import parse
from pipeline.document.formats import txt
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from pipeline.model import Kind

TEXT = "بیانیه سیاسی\n\nبحران گروه ما را در پی آن چه گفتیم فرا گرفت و ادامه دارد.\nپایان کار نزدیک است.\n"


def read(content: bytes, toml: str = ""):
    return txt.read(content, "statement", SHIPPED["fa"], parse(toml.encode(), "statement.toml"))


def texts(document):
    return [block.text for block in document.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256"])
def test_encodings_people_use_are_read_alike_and_said(encoding):
    text = TEXT.replace("ی", "ي").replace("ک", "ك")
    document = read(text.encode(encoding))
    assert texts(document) == texts(read(text.encode()))
    assert bool(document.remarks) == (not encoding.startswith("utf-8"))


def test_windows_line_ends_are_no_text():
    assert texts(read(TEXT.replace("\n", "\r\n").encode())) == texts(read(TEXT.encode()))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (
            TEXT.encode()[:40] + b"\xff" + TEXT.encode()[40:],
            r"statement\.txt: byte 40: not valid UTF-8.*save it as UTF-8",
        ),
        ("متن\x00".encode(), r"statement\.txt:1: control character U\+0000"),
        (b"\xff\xfea", "not valid UTF-16"),
        (b"a" * (txt.MAX_BYTES + 1), "larger than"),
    ],
)
def test_bad_input_is_named_with_place_and_remedy(content, message):
    with pytest.raises(DocumentError, match=message):
        read(content)


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


@pytest.mark.parametrize(
    ("text", "toml", "message"),
    [
        ("عنوان\n" + "کار " * 13_000, "", "x.txt:2: a line of more than 50,000 characters; begin a new line at every paragraph"),
        (
            "نان.\n" + ("کارگران " * 8 + "\n") * 900, "",
            "x.txt:2: lines 2 to 901 are one paragraph of more than 50,000 characters; put an empty line where it ends",
        ),
        (
            "نان " * 10_000 + "\n" + "نان " * 10_000, "[[block]]\nlines = [1, 2]\nkind = 'quotation'",
            "x.txt:1: lines 1 to 2 are one paragraph of more than 50,000 characters",
        ),
        ("\n" * 200_001, "", "x.txt: more than 200,000 lines; split it into several documents"),
    ],
    ids=["line", "wrapped", "corrected", "lines"],
)  # fmt: skip
def test_a_document_without_lines_or_with_too_many_is_refused(text, toml, message):
    with pytest.raises(DocumentError) as refused:
        txt.read(text.encode(), "x", SHIPPED["fa"], parse(toml.encode(), "x.toml"))
    assert str(refused.value).startswith(message)


def test_a_paragraph_of_twenty_pages_is_read():
    (block,) = txt.read(("نان " * 12_500).encode(), "x", SHIPPED["fa"], parse(b"", "x.toml")).blocks
    assert len(block.text) == 49_999
