import pytest

from pipeline.document.corrections import parse
from pipeline.document.formats import txt
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED

TEXT = "بیانیه سیاسی\n\nبحران گروه ما را در پی آن چه گفتیم فرا گرفت و ادامه دارد.\nپایان کار نزدیک است.\n"


def read(content: bytes, toml: str = ""):
    return txt.read(content, "statement", SHIPPED["fa"], parse(toml.encode(), "statement.toml", SHIPPED))


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
        (f"{TEXT}<<<<<<< HEAD\n{TEXT}=======\n>>>>>>> x".encode(), r"statement\.txt:5: a merge conflict; keep one"),
        (
            TEXT.encode()[:40] + b"\xff" + TEXT.encode()[40:],
            r"statement\.txt: byte 40: not valid UTF-8.*save it as UTF-8",
        ),
        ("متن\x00".encode(), r"statement\.txt:1: control character U\+0000"),
        ("متن\x1f".encode(), r"statement\.txt:1: control character U\+001F"),
        (b"\xff\xfea", "not valid UTF-16"),
        (b"a" * (txt.MAX_BYTES + 1), "larger than"),
    ],
)
def test_bad_input_is_named_with_place_and_remedy(content, message):
    with pytest.raises(DocumentError, match=message):
        read(content)


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
        txt.read(text.encode(), "x", SHIPPED["fa"], parse(toml.encode(), "x.toml", SHIPPED))
    assert str(refused.value).startswith(message)


def test_a_paragraph_of_twenty_pages_is_read():
    (block,) = txt.read(("نان " * 12_500).encode(), "x", SHIPPED["fa"], parse(b"", "x.toml", SHIPPED)).blocks
    assert len(block.text) == 49_999


def test_what_colleagues_remarked_in_google_docs_is_told():
    text = "The union[a] met.[1]\n\nAll came[b].\n\n[1] Law.\n[a]Sara: who says so?\nAnd when?\n[b]not Ali\n"
    (told,) = read(text.encode()).remarks
    assert "2, the first in line 6" in told
    for other in ("The union met.\n\n[a]Sara: who?\n", "We [a] met.\n\n[a] one\n[b] two\n", "It met[b].\n\n[b]x\n"):
        assert not read(other.encode()).remarks
