from lxml import etree

from pipeline.office import word
from tests.support.documents import NAMES, p


def read(inner: str):
    return etree.fromstring(f"<w:body {NAMES}>{inner}</w:body>")


def test_of_alternatives_the_first_that_shows_anything_is_seen():
    root = read(f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{p('یک')}</mc:Fallback></mc:AlternateContent>{p('دو')}")
    assert ["".join(child.itertext()) for child in word.children(root)] == ["یک", "دو"]


def test_of_alternatives_none_is_seen_that_word_does_not_understand():
    choice = '<mc:Choice Requires="x" xmlns:x="{}">' + p("نو") + "</mc:Choice>"
    for name, seen in (("http://example.org/x", "کهنه"), ("http://schemas.microsoft.com/office/word/2010/x", "نو")):
        root = read(
            f"<mc:AlternateContent>{choice.format(name)}<mc:Fallback>{p('کهنه')}</mc:Fallback></mc:AlternateContent>"
        )
        assert ["".join(child.itertext()) for child in word.children(root)] == [seen]


def test_deleted_rows_and_cells_are_not_there():
    root = read(
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr></w:tr><w:tr><w:tc/><w:tc><w:tcPr><w:cellDel/></w:tcPr></w:tc></w:tr></w:tbl>"
    )
    (row,) = word.rows(root)
    assert len(list(word.cells(row))) == 1
