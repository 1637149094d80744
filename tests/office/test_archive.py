import pytest

from pipeline.office import archive
from tests.support.documents import docx, odt, p, zipped


def test_documents_are_recognised_by_what_is_in_them():
    book = zipped({"mimetype": "application/epub+zip"})
    found = [
        archive.recognised(content) for content in (docx(p("یک")), odt("<text:p/>"), book, zipped({"a": "b"}), b"text")
    ]
    assert found == [archive.WORD, archive.OPEN_DOCUMENT, archive.EPUB, "", ""]


def test_only_the_parts_asked_for_are_unpacked():
    content = zipped({"word/document.xml": "<a/>", "word/media/bomb.png": bytes(300_000_000)})
    assert archive.parts(content, ["word/document.xml", "word/styles.xml"]) == {"word/document.xml": b"<a/>"}
    with pytest.raises(archive.OfficeError, match="more than"):
        archive.parts(content, ["word/media/bomb.png"])
