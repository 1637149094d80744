"""A page that is no edition: tagged, in the languages of its texts, and reproducible."""

from xml.etree.ElementTree import Element, SubElement

from pipeline.edition.design import Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import leaflet
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
    SubElement(main, "p", {"data-block": "4", "lang": "sv", "dir": "ltr"}).text = (
        "Lärarna kräver frihet \u2603\ue000. " * 150
    )
    return root


def made(paper=Paper.A4):
    sheet, missed = leaflet.sheet("d.pdf", tree(), SHIPPED["fa"], Design(paper=paper), "2026-11-28")
    return pdf.typeset(sheet).content, missed


def test_a_screen_reader_finds_headings_links_and_the_language_of_every_text(tmp_path):
    (tmp_path / "d.pdf").write_bytes(made()[0])
    structure = Structure(tmp_path / "d.pdf")
    section = structure.sections["fa"]
    assert structure.names("fa") == ["/H1", "/H2", "/P", "/P"]
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
