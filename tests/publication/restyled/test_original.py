"""The paragraphs of a Word document are found again by their words, and with them their looks."""

import pytest

from pipeline.office.archive import OfficeError
from pipeline.office.word import W
from pipeline.publication.restyled.original import OriginalFile
from tests.support import documents


def run(words: str, looks: str) -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{words}</w:t></w:r>"


def test_a_paragraph_looks_as_all_of_its_letters_do():
    bold, red = "<w:b/>", '<w:color w:val="FF0000"/>'
    file = OriginalFile(documents.docx(f"<w:p>{run('Two ', bold + red)}{run('runs', red)}</w:p><w:p/>"))
    [(words, look)] = file.paragraphs()
    assert words == "Tworuns"
    assert [one.tag for one in look.letters] == [f"{W}color"]
    assert look.table is None and look.cell is None


def test_words_that_were_deleted_are_no_part_of_a_paragraph():
    deleted = f'<w:del w:id="1" w:author="Reza">{run("gone", "").replace("w:t>", "w:delText>")}</w:del>'
    [(words, _)] = OriginalFile(documents.docx(f"<w:p>{run('left', '')}{deleted}</w:p>")).paragraphs()
    assert words == "left"


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(OfficeError):
        OriginalFile(documents.odt("<text:p>a</text:p>"))
