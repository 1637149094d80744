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
    assert words(f"{deleted}<text:p>یک{remark}</text:p>") == ["یک"]


def test_what_stands_in_a_control_or_a_form_is_told_since_it_is_printed():
    control = "<l:content-control xmlns:l='l' l:showing-place-holder='true'> سارا امینی</l:content-control>"
    fields = (
        '<form:text form:current-value="نام کسی"/><form:fixed-text form:label="برچسب"/><form:password form:value="راز"/>'
        '<form:listbox><form:option form:label="تهران" form:current-selected="true"/><form:option form:label="اسلو"/></form:listbox>'
    )
    space = 'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
    forms = f"<office:forms><form:form {space}>{fields}</form:form></office:forms>"
    body = f"{forms}<text:p>این جمله‌ای است.{control}</text:p>"
    assert words(body) == ["نام کسی", "برچسب", "تهران", "این جمله‌ای است. سارا امینی"]
    read = odt.read(documents.odt(body), "d", SHIPPED["fa"], Corrections())
    assert [block.text for block in read.blocks] == ["این جمله‌ای است."]
    assert "(«نام کسی برچسب تهران سارا امینی»)" in read.remarks[0]


def test_what_stands_at_the_margins_of_pages_is_quoted_but_for_their_numbers():
    inner = "<text:p>کانون نویسندگان</text:p><text:p>صفحهٔ <text:page-number>۳</text:page-number></text:p>"
    page = f"<style:master-page style:name='S'><style:header>{inner}</style:header></style:master-page>"
    styles = (
        f"<office:document-styles {ODF}><office:master-styles>{page}</office:master-styles></office:document-styles>"
    )
    content = documents.odt("<text:p>این جمله‌ای است.</text:p>", files={"styles.xml": styles.encode()})
    (said,) = odt.read(content, "d", SHIPPED["fa"], Corrections()).remarks
    assert "headers and footers of its pages are left out: «کانون نویسندگان»;" in said
