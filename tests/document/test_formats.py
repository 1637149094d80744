"""A file is read by the format that it is in, whatever its name says."""

import pytest

from pipeline.document import formats
from pipeline.document.corrections import Corrections
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from tests.support.documents import docx, odt, p, r, zipped

PROSE = "این جمله‌ای است که به پایان می‌رسد."


def read(content: bytes, name: str):
    return formats.read(content, name, SHIPPED["fa"], Corrections())


@pytest.mark.parametrize("name", ["a.txt", "a.odt", "a.md", "a.html"])
def test_a_renamed_document_is_read_as_what_it_is(name):
    document = read(docx(p(r(PROSE))), name)
    assert (document.id, document.file, document.blocks[0].text) == ("a", name, PROSE)
    assert document.remarks == (f"{name}: read as a Word document, which it is, whatever its name says",)
    assert read(odt(f"<text:p>{PROSE}</text:p>"), "a.docx").blocks[0].text == PROSE
    assert read(f"<!doctype html><p>{PROSE}</p>".encode(), "a.txt").blocks[0].text == PROSE


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"%PDF-1.7", "a.txt", "a.txt: a PDF; make a text of it to compare and correct, with pipeline convert"),
        (b"{\\rtf1}", "a.md", "a.md: a document in Rich Text Format; open it in LibreOffice or Word and save it as"),
        (b"\xff\xd8\xff", "a.docx", "a.docx: a picture (JPEG); "),
        (b"\xff\xd8\xff", "a.jpg", "a.jpg: a picture (JPEG); "),
        ("متن".encode(), "a.text", "a.text: a plain text with an unknown ending; if it is a document, give"),
        (b"\1" * 9, "a.dat", "a.dat: in no format known here; save it as one of: .docm, .docx, "),
        (bytes(9), "a.txt", "a.txt: nothing but zeros, as a copy that failed; ask for it again"),
        (b"\x1f\x8b\x08", "a.txt", "a.txt: an archive (gzip); "),
        (b"", "a.dat", "a.dat: an empty file; "),
        (b"", "a.txt", "a.txt: the document is empty; "),
        (docx(p("<w:r/>")), "a.docm", "a.docm: the document is empty; "),
        (docx(p("<w:r/>")), "a.txt", "a.txt: the document is empty; "),
        (docx(p("x"))[:-40], "a.zip", "a.zip: not a whole document, or one that harms"),
        (zipped({"a.txt": "x"}), "a.docx", "a.docx: it is an archive (ZIP); unpack it"),
    ],
)
def test_what_cannot_be_read_is_called_what_it_is(content, name, message):
    with pytest.raises(DocumentError) as error:
        read(content, name)
    assert str(error.value).startswith(message) and len(error.value.faults) == 1


def test_a_text_that_begins_like_an_e_mail_is_a_text():
    assert read(f"Message-ID: x\n\n{PROSE}\n".encode(), "a.txt").blocks[-1].text == PROSE


def test_a_letter_with_more_marks_than_a_page_can_show_is_refused_with_its_line():
    with pytest.raises(DocumentError, match=r"a.md:2: a letter with more than 30 marks on it; delete them"):
        read((f"{PROSE}\n\nا" + 31 * "\u064b").encode(), "a.md")
    assert read((f"{PROSE}\n\nا" + 3 * "\u064b").encode(), "a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_table_wider_than_any_page_is_refused_with_its_place(name):
    def table(columns: int) -> bytes:
        row = [f"خانه {number}" for number in range(columns)]
        page = f"<meta charset=utf-8><p>{PROSE}<table border=1>" + 3 * ("<tr><td>" + "<td>".join(row))
        text = f"بیانیه\n\n{PROSE}\n\n" + 3 * ("\t".join(row) + "\n")
        return (text if name == "a.txt" else page).encode()

    with pytest.raises(DocumentError, match=rf"{name}:\d: a table of 61 columns"):
        read(table(61), name)
    assert read(table(60), name).blocks[-1].text.count("\t") == 59 * 3
