"""What a file holds and no block has is told, whatever the reader thought of it."""

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx, epub, html, md, odt
from pipeline.languages import SHIPPED
from tests.support import documents
from tests.support.documents import p, r

PROSE = "این جمله‌ای است که به پایان می‌رسد."
_HIDDEN = "Kanarie, Svensson"


def told(form, content: bytes) -> list[str]:
    document = form.read(content, "d", SHIPPED["fa"], Corrections())
    assert not any(_HIDDEN in block.text for block in document.blocks)
    return [one for one in document.remarks if "letters and figures" in one]


@pytest.mark.parametrize(
    "body",
    [
        p(r(_HIDDEN, "<w:vanish/>")),
        (f'<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p(PROSE)}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p(_HIDDEN)}</w:tc></w:tr></w:tbl>"),
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SET a</w:instrText><w:fldChar w:fldCharType="separate"/>'
          f'<w:t>{_HIDDEN}</w:t><w:fldChar w:fldCharType="end"/></w:r>'),
    ],
)  # fmt: skip
def test_words_of_a_word_document_that_are_not_read_are_counted_and_quoted(body):
    (said,) = told(docx, documents.docx(p(PROSE) + body))
    assert said.startswith("d.docx: letters and figures of the file that are not read")
    assert ": 15 («Kanarie Svensson»);" in said


@pytest.mark.parametrize(
    "body",
    [
        f'<text:section text:name="s" text:display="none"><text:p>{_HIDDEN}</text:p></text:section>',
        (
            f"<table:table><table:table-row><table:table-cell><text:p>{PROSE}</text:p></table:table-cell>"
            f"<table:covered-table-cell><text:p>{_HIDDEN}</text:p></table:covered-table-cell></table:table-row></table:table>"
        ),
    ],
)
def test_those_of_an_opendocument_text_are_too(body):
    (said,) = told(odt, documents.odt(f"<text:p>{PROSE}</text:p>{body}"))
    assert ": 15 («Kanarie Svensson»);" in said


def test_what_was_deleted_remarked_or_left_to_a_program_is_none_of_the_text():
    gone = f'<w:del w:id="1"><w:r><w:delText>{_HIDDEN}</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2"><w:r><w:t>{_HIDDEN}</w:t></w:r></w:moveFrom>'
    assert told(docx, documents.docx(p(r(PROSE) + gone + moved))) == []
    remark = f"<office:annotation><text:p>{_HIDDEN}</text:p></office:annotation>"
    changes = f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{_HIDDEN}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    assert told(odt, documents.odt(f"{changes}<text:p>{PROSE}{remark}</text:p>")) == []


def test_letters_of_a_font_of_signs_are_signs():
    """As Word writes a list into a page, and Outlook a smile."""
    page = f"<p>{PROSE}<span style='font-family:Wingdings'>J</span></p><p><span style='font-family:Wingdings'>Ø</span> یک</p>"
    assert told(html, page.encode()) == []


def test_of_a_page_it_is_told_how_much_is_hidden():
    page = f"<body><p>{PROSE}</p><p style='display:none'>{_HIDDEN}</p><script>var {_HIDDEN}</script>"
    assert told(html, page.encode()) == ["d.html: 15 letters and figures that the page hides are left out"]


def test_numbers_notes_and_pictures_beside_a_text_count_as_read():
    page = (
        "<body><ol><li value='7'>نخست</li></ol><p>۱- دوم<a href='#n' id='r'><sup>8</sup></a></p><p>سوم</p>"
        "<img src='a.png' alt='پرچم سرخ'><section role='doc-endnotes'><p id='n'>8. یادداشت "
        "<a href='#r'>Back 8</a></p></section>"
    )
    assert told(html, page.encode()) == []


@pytest.mark.parametrize("form", [md, epub])
def test_of_markdown_and_of_a_book_too(form):
    page = f"<p>{PROSE}</p>\n<p style='display:none'>{_HIDDEN}</p>\n"
    content = page.encode() if form is md else documents.epub({"one": page})
    (said,) = told(form, content)
    assert said.endswith(": 15 letters and figures that the page hides are left out")
