"""A page that is no edition: tagged, in the languages of its texts, and reproducible."""

import ctypes
from xml.etree.ElementTree import Element, SubElement

import pypdfium2
import pytest

from pipeline.edition.design import LEAST, Design, Paper, Print
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import faces, leaflet
from pipeline.languages import SHIPPED
from tests.support import readers
from tests.support.structure import Structure


def tree():
    """A page in Persian with a Swedish paragraph, a heading with a word in it, and a long one."""
    root = Element("html", lang="fa", dir="rtl")
    SubElement(SubElement(root, "head"), "title").text = "رسیده‌ها"
    main = SubElement(SubElement(root, "body"), "main", {"class": "cell", "lang": "fa", "dir": "rtl"})
    SubElement(main, "h1", {"data-block": "1"}).text = "رسیده‌ها"
    heading = SubElement(main, "h2", {"data-block": "2", "id": "from-1"})
    heading.text = "از "
    SubElement(heading, "span", {"lang": "en", "dir": "ltr"}).text = "Oslo & <Bergen>"
    link = SubElement(SubElement(main, "p", {"data-block": "3"}), "a", href="https://a.example/", dir="ltr")
    link.text = "https://a.example/"
    for place, name in enumerate(("mark", "facts", "source", "shortened", "about", "original", "stated"), 5):
        SubElement(main, "p", {"data-block": str(place), "class": name}).text = "کوچک small"
    SubElement(main, "p", {"data-block": "4", "lang": "sv", "dir": "ltr"}).text = (
        "Lärarna kräver frihet \u2603\ue000. " * 150
    )
    return root


def made(paper=Paper.A4, size=Print.NORMAL):
    sheet, missed = leaflet.sheet("d.pdf", tree(), SHIPPED["fa"], Design(paper=paper, print=size), "2026-11-28")
    return pdf.typeset(sheet).content, missed


def test_a_screen_reader_finds_headings_links_and_the_language_of_every_text(tmp_path):
    (tmp_path / "d.pdf").write_bytes(made()[0])
    structure = Structure(tmp_path / "d.pdf")
    section = structure.sections["fa"]
    assert structure.names("fa") == ["/H1", "/H2", *["/P"] * 9]
    heading, *_, swedish = structure.children(section)[1:]
    assert swedish["/Lang"] == "u:sv" and [one["/Lang"] for one in structure.children(heading)] == ["u:en"]
    assert [one["/S"] for one in structure.children(structure.children(section)[2])] == ["/Link"]
    assert structure.catalogue["/Lang"] == "u:fa"


def test_what_no_font_has_is_a_box_every_page_has_its_number_and_all_is_reproducible(tmp_path):
    content, missed = made()
    assert missed == ["\u2603", "\ue000"] or missed == ["\ue000"]
    (tmp_path / "d.pdf").write_bytes(content)
    text = readers.poppler(tmp_path / "d.pdf")
    assert "frihet" in text and leaflet.BOX in text and "Oslo & <Bergen>" in text
    assert text.count("صفح") == text.count("\f") > 1
    assert made()[0] == content and made(Paper.A5)[0] != content


@pytest.mark.parametrize("size", list(Print))
def test_nothing_is_smaller_than_its_size_of_print_allows(tmp_path, size):
    (tmp_path / "d.pdf").write_bytes(made(size=size)[0])
    with pypdfium2.PdfDocument(tmp_path / "d.pdf") as file:
        found = [points(one) for page in file for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    # Latin letters in Persian are made smaller, to look as large as these.
    assert min(found) >= faces.SMALLER * LEAST[size]


def points(text) -> float:
    size = ctypes.c_float()
    assert pypdfium2.raw.FPDFTextObj_GetFontSize(text, size)
    return size.value * text.get_matrix().a
