"""All words of a Word document are found, whoever reads them, but what was deleted; those of alternatives once."""

import io
import zipfile

from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx
from pipeline.document.formats._word import held
from pipeline.languages import SHIPPED
from pipeline.office import xml
from tests.support import documents
from tests.support.documents import NAMES, RELATIONS, p, r, zipped


def words(body: str) -> list[str]:
    return list(filter(None, held.paragraphs(xml.parse(f"<w:body {NAMES}>{body}</w:body>".encode()))))


def test_words_in_boxes_tables_and_hidden_runs_are_among_them():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('کادر')}</w:txbxContent></v:textbox></w:pict></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{p('خانه')}</w:tc></w:tr></w:tbl>"
    formula = "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    found = words(p(r("یک") + box) + p(r("پنهان", "<w:vanish/>")) + table + formula)
    assert found == ["یک", "کادر", "پنهان", "خانه", "x"]


def test_words_that_are_drawn_along_a_path_are_among_them_unless_they_stand_there_as_text_too():
    art = "<w:r><w:pict><v:shape><v:textpath string='فراخوان اعتصاب'/></v:shape></w:pict></w:r>"
    twice = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{r('فراخوان')}</mc:Choice>"
        f"<mc:Fallback>{art.replace(' اعتصاب', '')}</mc:Fallback></mc:AlternateContent>"
    )
    assert words(p(art)) == ["فراخوان اعتصاب"] and words(p(twice)) == ["فراخوان"]


def test_what_was_deleted_or_stands_there_for_another_program_is_not():
    deleted_row = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('سطر')}</w:tc></w:tr></w:tbl>"
    twice = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{r('کادر تازه')}</mc:Choice>"
        f"<mc:Fallback>{r('کادر')}</mc:Fallback></mc:AlternateContent>"
    )
    moved = f"<w:moveFrom>{r('رفته')}</w:moveFrom>"
    assert words(deleted_row + p(r("یک ") + moved + twice)) == ["یک کادر تازه"]


def test_what_stands_in_a_control_that_says_nobody_filled_it_in_is_told_since_it_is_printed():
    """Programs that fill in templates leave the mark where it was."""
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('سارا امینی')}</w:sdtContent></w:sdt>"
    read = docx.read(documents.docx(control + p("این جمله‌ای است.")), "d", SHIPPED["fa"], Corrections())
    assert [block.text for block in read.blocks] == ["این جمله‌ای است."]
    assert "not read, as hidden words are not: 9 («سارا امینی»)" in read.remarks[0]


def with_margins(*margins: str) -> bytes:
    whole = documents.docx(p("این جمله‌ای است که به پایان می‌رسد."))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    named = "".join(f'<Relationship Id="h{n}" Type="{kind}" Target="h{n}.xml"/>' for n in range(len(margins)))
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{named}</Relationships>'.encode()
    members |= {f"word/h{n}.xml": margin.encode() for n, margin in enumerate(margins)}
    return zipped(members)


def test_what_stands_at_the_margins_of_pages_is_quoted_but_for_their_numbers():
    number = "<w:p><w:r><w:t>صفحهٔ </w:t></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>۳</w:t></w:r></w:fldSimple></w:p>"
    head = f"<w:hdr {NAMES}>{p('کانون نویسندگان')}{number}{p('۱۳۹۵')}</w:hdr>"
    document = docx.read(with_margins(head, head, "damaged"), "d", SHIPPED["fa"], Corrections())
    (said,) = document.remarks
    assert "headers and footers of its pages are left out: «کانون نویسندگان»;" in said
    assert "کانون" not in document.blocks[0].text
