"""All words of an OpenDocument text are found, whoever reads them, but what was deleted, remarked or declared."""

from pipeline.document.corrections import Corrections
from pipeline.document.formats import odt
from pipeline.document.formats._opendocument import held
from pipeline.languages import SHIPPED
from pipeline.office import xml
from tests.support import documents
from tests.support.documents import ODF


def words(body: str) -> list[str]:
    return list(filter(None, held.paragraphs(xml.parse(f"<office:text {ODF}>{body}</office:text>".encode()))))


def test_words_in_boxes_notes_and_hidden_sections_are_among_them():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>پانوشت</text:p></text:note-body></text:note>"
    section = "<text:section text:display='none'><text:h>پنهان</text:h></text:section>"
    assert words(f"<text:p>یک{note}<text:span> دو</text:span></text:p>{section}") == ["یک", "پانوشت دو", "پنهان"]


def test_what_was_deleted_remarked_or_declared_is_not():
    deleted = (
        "<text:tracked-changes><text:changed-region><text:p>رفته</text:p></text:changed-region></text:tracked-changes>"
    )
    remark = "<office:annotation><text:p>یادداشت</text:p></office:annotation>"
    control = "<text:drop-down text:showing-place-holder='true'>برگزینید</text:drop-down>"
    assert words(f"{deleted}<text:p>یک{remark}{control}</text:p>") == ["یک"]


def test_what_stands_at_the_margins_of_pages_is_quoted_but_for_their_numbers():
    inner = "<text:p>کانون نویسندگان</text:p><text:p>صفحهٔ <text:page-number>۳</text:page-number></text:p>"
    page = f"<style:master-page style:name='S'><style:header>{inner}</style:header></style:master-page>"
    styles = (
        f"<office:document-styles {ODF}><office:master-styles>{page}</office:master-styles></office:document-styles>"
    )
    content = documents.odt("<text:p>این جمله‌ای است.</text:p>", files={"styles.xml": styles.encode()})
    (said,) = odt.read(content, "d", SHIPPED["fa"], Corrections()).remarks
    assert "headers and footers of its pages are left out: «کانون نویسندگان»;" in said
