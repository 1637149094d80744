"""Documents of office programs by what they are, and those that harm."""

import gc
import io
import tracemalloc
import zipfile

import pytest

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as word
from pipeline.errors import DocumentError
from pipeline.languages import SHIPPED
from tests.support.documents import NAMES, TYPES, docx, p, r, zipped

PROSE = "این جمله‌ای است که به پایان می‌رسد."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def read(content: bytes, form=word):
    return form.read(content, "d", SHIPPED["fa"], Corrections())


def with_text(document: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document})


def bomb() -> bytes:
    return with_text(f"<w:document {NAMES}><w:body>{p(' ' * 250_000_000)}</w:body></w:document>")


def laughs() -> bytes:
    dtd = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return with_text(f"{dtd}<w:document {NAMES}><w:body>{p('&b;&x;')}</w:body></w:document>")


def nested(element: str) -> bytes:
    return docx(f"<{element}>" * 100_000 + f"</{element}>" * 100_000)


HOSTILE = {
    "empty": (lambda: b"", "empty"),
    "no archive": (lambda: b"text", "it is a plain text; give its name the ending .txt"),
    "nothing known": (lambda: b"\x01\xfe", "no Word document"),
    "zeros": (lambda: bytes(900), "nothing but zeros"),
    "cut off": (lambda: docx(p(PROSE))[:-40], "not a whole"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted document; open it with its password"),
    "old": (lambda: OLE + "WordDocument".encode("utf-16-le"), "before 2007"),
    "a PDF": (lambda: b"%PDF-1.7", "a PDF"),
    "rich text": (lambda: b"{\\rtf1", "Rich Text"),
    "a book": (lambda: zipped({"mimetype": "application/epub+zip"}), ".epub"),
    "a bomb": (bomb, "more than 200,000,000 bytes"),
    "entities": (laughs, "document type"),
    "tables in tables": (lambda: nested("w:tbl"), "damaged inside"),
    "controls in controls": (lambda: nested("w:sdt"), "damaged inside"),
    "damaged": (lambda: with_text(f"<w:document {NAMES}><w:body><w:p>"), "damaged inside"),
    "empty paragraphs": (lambda: docx("<w:p/>" * 200_001), "more than 200,000 paragraphs"),
    "empty elements": (lambda: docx("<w:x/>" * 4_000_001), "more than 2,000,000 elements"),
    "no text": (lambda: docx(p("<w:r/>")), "the document is empty"),
    "a long paragraph": (lambda: docx(p(PROSE) + p("ا" * 50_001)), "2: a paragraph of more than 50,000"),
    "an encrypted text": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b"\x00\x01",
                        "META-INF/manifest.xml": "<manifest:encryption-data/>"}), "encrypted"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_is_refused_with_what_to_do(case):
    make, said = HOSTILE[case]
    with pytest.raises(DocumentError, match=said) as error:
        read(make())
    assert str(error.value).startswith("d.docx:") and len(error.value.faults) == 1


@pytest.mark.parametrize("element", ["w:ins", "w:smartTag", "w:hyperlink", "w:sdtContent", "w:txbxContent"])
def test_what_is_nested_as_deep_as_xml_may_be_is_read(element):
    body = f"<{element}>" * 240 + r(PROSE) + f"</{element}>" * 240
    assert any(PROSE in block.text for block in read(docx(p(body) + p(PROSE))).blocks)


def test_a_note_referred_to_again_and_again_is_read_once():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p(PROSE * 100)}</w:footnote>'
    read_blocks = read(docx(p(r(PROSE) + reference * 1000) + p(PROSE), footnotes=note)).blocks
    assert [block.kind.value for block in read_blocks] == ["paragraph", "paragraph", "note"]


def test_a_field_whose_code_does_not_end_takes_no_other_paragraph_with_it():
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert [block.text for block in read(docx(p(r("پیش ") + open_field) + p(PROSE))).blocks] == ["پیش", PROSE]


@pytest.mark.parametrize("rows", [("9999", 50, 2), ("1", 1001, 2), ("1", 600, 2000)])
def test_a_table_that_is_wider_than_any_is_refused_and_not_cut(rows):
    span, wide, short = rows
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p/></w:tc>'
    table = f"<w:tbl><w:tr>{cell * wide}</w:tr>" + f"<w:tr><w:tc>{p('الف')}</w:tc></w:tr>" * short + "</w:tbl>"
    with pytest.raises(DocumentError, match="columns; divide it"):
        read(docx(table + p(PROSE)))


def test_a_table_is_refused_before_all_its_cells_are_in_memory():
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="200"/></w:tcPr><w:p/></w:tc>' + "<w:tc><w:p/></w:tc></w:tr>"
    tracemalloc.start()
    with pytest.raises(DocumentError, match="columns; divide it"):
        read(docx(f"<w:tbl>{row * 20_000}</w:tbl>{p(PROSE)}"))
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


def test_names_that_lead_elsewhere_and_templates_and_macros_are_not_touched():
    out = io.BytesIO(docx(p(PROSE), settings='<w:attachedTemplate r:id="t"/>'))
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("/etc/cron.d/x", "../../x", "word/vbaProject.bin", "C:\\x"):
            archive.writestr(name, b"harm")
    (block,) = read(out.getvalue()).blocks
    assert block.text == PROSE


def test_a_correction_decides_what_a_paragraph_is():
    from pipeline.document.corrections import parse

    stated = parse(b'[[block]]\nlines = [2, 2]\nkind = "quotation"\n', "d.toml", ())
    document = word.read(docx(p(PROSE) + p(PROSE)), "d", SHIPPED["fa"], stated)
    assert [block.kind.value for block in document.blocks] == ["paragraph", "quotation"]
    assert document.counted == "paragraph"


def test_garbage_is_looked_for_again_once_a_document_is_read_or_refused():
    read(docx(p(r(PROSE))))
    with pytest.raises(DocumentError):
        read(OLE)
    assert gc.isenabled()
