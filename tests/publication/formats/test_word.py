"""What only Word documents have: directions said of every paragraph and run, relations, fields."""

import io
import zipfile

import pytest
from lxml import etree

from pipeline.model import Kind, MarkKind
from pipeline.office.word import W
from pipeline.publication import formats
from tests.publication.formats.test_office import whole
from tests.support import rich
from tests.support.published import PUBLISHER, published


def part(made: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.fixture(scope="module")
def persian():
    return formats.load("docx").made(whole("fa"), PUBLISHER)


@pytest.fixture(scope="module")
def english():
    return formats.load("docx").made(whole("en"), PUBLISHER)


def test_what_reads_from_the_right_says_so_everywhere(persian, english):
    root = part(persian, "word/document.xml")
    properties = [one for one in root.iter(f"{W}pPr") if one.find(f"{W}pStyle") is not None]
    assert properties and all(one.find(f"{W}bidi") is not None for one in properties)
    assert all(one.find(f"{W}bidiVisual") is not None for one in root.iter(f"{W}tblPr"))
    assert root.find(f".//{W}sectPr/{W}bidi") is not None
    turned = {f"{W}{name}" for name in ("bidi", "bidiVisual", "rtl")}
    assert not list(part(english, "word/document.xml").iter(*turned))


def run_of(root: etree._Element, text: str) -> etree._Element:
    return next(run for run in root.iter(f"{W}r") if run.findtext(f"{W}t") == text)


def test_runs_are_turned_but_for_latin_words_in_them(persian):
    root = part(persian, "word/document.xml")
    strong = run_of(root, "مهم").find(f"{W}rPr")
    assert [etree.QName(one).localname for one in strong] == ["b", "bCs", "rtl", "lang"]
    assert strong.find(f"{W}lang").get(f"{W}bidi") == "fa-IR"
    latin = run_of(root, "H").find(f"{W}rPr")
    assert latin.find(f"{W}rtl") is None and latin.find(f"{W}lang") is None


def test_a_second_reference_leads_to_the_first():
    blocks = (
        rich.block(Kind.PARAGRAPH, "یکی هست.", ("یکی", MarkKind.NOTE, "۱"), ("هست.", MarkKind.NOTE, "۱")),
        rich.block(Kind.NOTE, "یادداشت.", marker="۱"),
    )
    root = part(formats.load("docx").made(published("fa", rich.edition(blocks=blocks)), PUBLISHER), "word/document.xml")
    [bookmark] = root.iter(f"{W}bookmarkStart")
    [link] = [one for one in root.iter(f"{W}hyperlink") if one.get(f"{W}anchor")]
    assert link.get(f"{W}anchor") == bookmark.get(f"{W}name") and link.findtext(f"{W}r/{W}t") == "۱"
    assert len(list(root.iter(f"{W}footnoteReference"))) == 1


def test_markers_of_notes_that_nobody_counts_stand_as_they_are():
    blocks = (
        rich.block(Kind.PARAGRAPH, "یکی هست.", ("یکی", MarkKind.NOTE, "*")),
        rich.block(Kind.NOTE, "یادداشت.", marker="*"),
    )
    made = formats.load("docx").made(published("fa", rich.edition(blocks=blocks)), PUBLISHER)
    [reference] = part(made, "word/document.xml").iter(f"{W}footnoteReference")
    assert reference.get(f"{W}customMarkFollows") == "1" and reference.getnext().text == "*"


def test_the_page_says_its_number_in_the_words_of_the_language(english):
    foot = part(english, "word/footer1.xml")
    codes = [one.text for one in foot.iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"] and "".join(foot.itertext()) == "Page PAGE1 of NUMPAGES1"
    assert "".join(part(english, "word/header1.xml").itertext()) == whole("en").text.title


def test_a_head_of_a_table_is_repeated(english):
    rows = list(part(english, "word/document.xml").iter(f"{W}tr"))
    heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == 1 and "kargran" in "".join(heads[0].itertext())


def test_notes_of_the_original_are_endnotes_so_that_both_count_from_one():
    made = formats.load("docx_both").made(whole("en"), PUBLISHER)
    root = part(made, "word/document.xml")
    counts = [len(list(root.iter(f"{W}{kind}Reference"))) for kind in ("footnote", "endnote")]
    assert counts == [2, 2] and not root.xpath("//@w:customMarkFollows", namespaces={"w": W[1:-1]})


def test_a_picture_has_its_words_and_nothing_of_the_file_it_came_in(english):
    with zipfile.ZipFile(io.BytesIO(english)) as archive:
        [picture] = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert b"Reza" not in archive.read(picture)
    [drawing] = part(english, "word/document.xml").iter("{*}docPr")
    assert drawing.get("descr") == "eks ik rah\u200cpimaii"
