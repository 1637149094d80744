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


@pytest.mark.parametrize(
    ("main", "target", "found"),
    [
        ("word/document.xml", "styles2.xml", "word/styles2.xml"),
        ("word/document2.xml", "/word/a/../styles.xml", "word/styles.xml"),
        ("document.xml", "./styles9.xml", "styles9.xml"),
        ("word/document.xml", "../../../styles.xml", "styles.xml"),
    ],
)
def test_parts_beside_the_text_are_those_that_it_names_or_else_the_usual_ones(main, target, found):
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    named = f'<Relationship Id="r" Type="{kinds}/styles" Target="{target}"/>'
    outside = f'<Relationship Id="s" Type="{kinds}/theme" Target="https://a.example/" TargetMode="External"/>'
    content = zipped({archive.relations_of(main): f"<Relationships>{named}{outside}</Relationships>", main: ""})
    usual = {"styles": "styles.xml", "theme": "theme/theme1.xml"}
    theme = archive.target(main.rpartition("/")[0], "theme/theme1.xml")
    assert archive.beside(content, main, usual) == {"styles": found, "theme": theme}
