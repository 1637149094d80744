"""All words of a Word document are found, whoever reads them, but what was deleted; those of alternatives once."""

from pipeline.document.formats._word import held
from pipeline.office import xml
from tests.support.documents import NAMES, p, r


def words(body: str) -> list[str]:
    return list(filter(None, held.paragraphs(xml.parse(f"<w:body {NAMES}>{body}</w:body>".encode()))))


def test_words_in_boxes_tables_and_hidden_runs_are_among_them():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('کادر')}</w:txbxContent></v:textbox></w:pict></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{p('خانه')}</w:tc></w:tr></w:tbl>"
    formula = "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    found = words(p(r("یک") + box) + p(r("پنهان", "<w:vanish/>")) + table + formula)
    assert found == ["یک", "کادر", "پنهان", "خانه", "x"]


def test_what_was_deleted_or_stands_there_for_another_program_is_not():
    deleted_row = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('سطر')}</w:tc></w:tr></w:tbl>"
    placeholder = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('اینجا بنویسید')}</w:sdtContent></w:sdt>"
    )
    twice = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{r('کادر تازه')}</mc:Choice>"
        f"<mc:Fallback>{r('کادر')}</mc:Fallback></mc:AlternateContent>"
    )
    moved = f"<w:moveFrom>{r('رفته')}</w:moveFrom>"
    assert words(deleted_row + placeholder + p(r("یک ") + moved + twice)) == ["یک کادر تازه"]
