"""A document that came as Word goes back as Word in its own styles."""

import io
import re
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from lxml import etree

from pipeline.catalogue import leverage
from pipeline.document.corrections import Corrections
from pipeline.document.formats import docx as reader
from pipeline.edition import alignment
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Kind, State
from pipeline.office.archive import OfficeError
from pipeline.office.word import W
from pipeline.publication import formats
from pipeline.publication.restyled import docx_styled
from tests.support import documents
from tests.support.officefiles import faults, known, read_back
from tests.support.published import PUBLISHER, published, write
from tests.support.rich import LATIN

LONG = "این بند نمونه‌ای است که چند جمله دارد و متن سند را پر می‌کند. جملهٔ دوم آن هم چنین است. "


def original() -> bytes:
    """Return a document in Persian as an office has it: a style of its own, a letterhead, a comment, a table."""
    document = python_docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Twips(16838), Twips(11906)
    section.header.paragraphs[0].text = "محرمانه: رضا احمدی"
    document.core_properties.author = "Reza Ahmadi"
    house = document.styles.add_style("House Heading", WD_STYLE_TYPE.PARAGRAPH)
    house.base_style, house.font.color.rgb = document.styles["Heading 1"], RGBColor(0xC0, 0, 0)
    house.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    change = OxmlElement(
        "w:pPrChange", {qn("w:id"): "1", qn("w:author"): "Reza Ahmadi", qn("w:date"): "2016-10-30T02:11:00Z"}
    )
    change.append(OxmlElement("w:pPr"))
    house.element.get_or_add_pPr().append(change)
    document.add_paragraph("گزارش سال", "Title")
    document.add_paragraph("بخش یک", "House Heading")
    turned = document.add_paragraph(LONG.strip())
    turned.paragraph_format.first_line_indent = Pt(18)
    for run in turned.runs:
        run.font.name = "B Nazanin"
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), "30")
        run._r.get_or_add_rPr().append(size)
    document.add_comment(turned.runs, "این را سارا نوشت", author="Sara", initials="S")
    for text in ("مورد یک", "مورد دو"):
        document.add_paragraph(text, "List Number")
    table = document.add_table(2, 2, "Light Grid Accent 1")
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["شهر", "شمار", "تهران", "۱۲"], strict=True
    ):
        cell.text = text
    document.add_paragraph(LONG.strip())
    for paragraph in document.element.body.iter(qn("w:p")):
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
        paragraph.set(qn("w:rsidR"), "00AB12CD")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def source():
    return original()


@pytest.fixture(scope="module")
def text(source):
    document = reader.read(source, "report", SHIPPED["fa"], Corrections())
    units = [
        replace(unit, target=unit.source.translate(LATIN), state=State.REVIEWED) for unit in leverage.extract(document)
    ]
    catalogue = Catalogue("report", "fa", "en", tuple(units))
    return published("en", alignment.build(document, {"en": catalogue}))


@pytest.fixture(scope="module")
def made(source, text):
    return docx_styled(text, PUBLISHER, source)


def root(made: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return etree.fromstring(archive.read(name))


def paragraph(made: bytes, words: str) -> etree._Element:
    return next(
        one for one in root(made, "word/document.xml").iter(f"{W}p") if "".join(one.itertext()).startswith(words)
    )


def test_it_says_what_the_translation_alone_says(text, made):
    alone = formats.load("docx").made(text, PUBLISHER)
    expected, found = ([known(block) for block in read_back(one, ".docx", "en")] for one in (alone, made))
    assert [block[1] for block in found] == [block[1] for block in expected]
    kept = (Kind.TITLE, Kind.HEADING, Kind.LIST_ITEM, Kind.TABLE)
    assert [block for block in found if block[0] in kept[2:]] == [block for block in expected if block[0] in kept[2:]]


def test_paragraphs_have_the_styles_and_looks_of_the_original(made):
    styles = {one.get(f"{W}styleId"): one for one in root(made, "word/styles.xml").iter(f"{W}style")}
    heading = styles[paragraph(made, "bkc ik").find(f"{W}pPr/{W}pStyle").get(f"{W}val")]
    assert heading.find(f"{W}rPr/{W}color").get(f"{W}val") == "C00000"
    assert heading.find(f"{W}basedOn").get(f"{W}val") == "Heading1"
    body = paragraph(made, "ain bnd")
    assert body.find(f"{W}pPr/{W}ind").get(f"{W}firstLine") == "360"
    letters = body.find(f"{W}r/{W}rPr")
    assert letters.find(f"{W}rFonts").get(f"{W}ascii") == "B Nazanin"
    [table] = root(made, "word/document.xml").iter(f"{W}tblPr")
    assert styles[table.find(f"{W}tblStyle").get(f"{W}val")].find(f"{W}tblPr/{W}tblBorders") is not None
    assert root(made, "word/document.xml").find(f".//{W}pgSz").get(f"{W}w") == "16838"


def test_it_is_turned_and_latin_letters_are_as_large_as_persian_ones_were(made):
    turned = {f"{W}{name}" for name in ("bidi", "rtl", "bidiVisual")}
    for name in ("document", "styles"):
        assert not list(root(made, f"word/{name}.xml").iter(*turned))
    assert paragraph(made, "ain bnd").find(f"{W}r/{W}rPr/{W}sz").get(f"{W}val") == "30"


def test_a_text_that_reads_from_the_right_is_turned_everywhere(source, text):
    persian = docx_styled(replace(text, lang="fa", text=text.original), PUBLISHER, source)
    document = root(persian, "word/document.xml")
    styled = [one for one in document.iter(f"{W}pPr") if one.find(f"{W}pStyle") is not None]
    assert styled and all(one.find(f"{W}bidi") is not None for one in styled)
    assert len(list(document.iter(f"{W}bidiVisual"))) == len(list(document.iter(f"{W}tbl")))


def test_what_was_not_published_and_who_wrote_it_stay_behind(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for trace in ("Reza", "Sara", "سارا", "محرمانه", "rsid", "python-docx", "comments"):
        assert [name for name, part in parts.items() if trace in part] == [], trace
    assert not [name for name in parts if re.search("comments|customXml|thumbnail|docProps/app", name)]


def test_names_that_programs_keep_in_styles_lists_and_themes_stay_behind(source, text):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml"):
                tree = etree.fromstring(part)
                for one in list(tree.iter(f"{W}style", f"{W}abstractNum", "{*}clrScheme", "{*}themeElements")):
                    etree.SubElement(one, "{urn:program}made", by="Reza").text = "Reza"
                    one.set("{urn:program}by", "Reza")
                for one in tree.iter(f"{W}style"):
                    one.insert(1, etree.Element(f"{W}aliases", {f"{W}val": "Reza"}))
                for one in tree.iter(f"{W}abstractNum"):
                    one.insert(0, etree.Element(f"{W}name", {f"{W}val": "Reza"}))
                for one in tree.iter(f"{W}rPr"):
                    etree.SubElement(one, f"{W}lang", {f"{W}val": "Reza"})
                for one in tree.iter("{*}theme", "{*}clrScheme", "{*}fontScheme", "{*}fmtScheme"):
                    one.set("name", "Reza")
                part = etree.tostring(tree)
            new.writestr(name, part)
    with zipfile.ZipFile(io.BytesIO(docx_styled(text, PUBLISHER, out.getvalue()))) as archive:
        assert [name for name in archive.namelist() if b"Reza" in archive.read(name)] == []


def rewritten(source: bytes, **parts: list[tuple[str, str]]) -> bytes:
    """Return a Word document in whose parts some words stand for others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            for before, now in parts.get(name.rpartition("/")[2].removesuffix(".xml"), ()):
                assert before in part
                part = part.replace(before, now)
            new.writestr(name, part.encode("utf-8", "surrogateescape"))
    return out.getvalue()


def test_what_styles_and_lists_are_called_tells_nobody_who_made_them(source, text):
    """Ids are in the language of the Word that made them; an unused list has words that nobody saw."""
    ids = [(f'"{name}"', f'"{called}"') for name, called in (("HouseHeading", "CasaReza"), ("Heading1", "Rubrik1"))]
    called = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Sara1"><w:name w:val="E-post Sara"/><w:basedOn w:val="Normal"/>'
        '<w:personal/></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="CasaReza"'
    )
    theirs = rewritten(
        source,
        document=[ids[0]],
        styles=[
            *ids,
            ("House Heading", "Reza Ahmadi"),
            ('<w:style w:type="paragraph" w:customStyle="1" w:styleId="CasaReza"', called),
        ],
        numbering=[("</w:numbering>", '<w:num w:numId="99"><w:abstractNumId w:val="99"/></w:num></w:numbering>')],
    )
    secret = (
        '<w:abstractNum w:abstractNumId="99"><w:lvl w:ilvl="0"><w:lvlText w:val="Sara %1"/></w:lvl></w:abstractNum>'
    )
    theirs = rewritten(theirs, numbering=[('<w:num w:numId="1"', f'{secret}<w:num w:numId="1"')])
    with zipfile.ZipFile(io.BytesIO(docx_styled(text, PUBLISHER, theirs))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for trace in ("Reza", "Sara", "Rubrik", "latentStyles", "personal"):
        assert [name for name, part in parts.items() if trace in part] == [], trace


def test_every_style_and_list_that_is_named_is_there(made):
    names = [f"word/{name}.xml" for name in ("document", "styles", "numbering", "header1", "footer1")]
    named = [one for name in names for one in root(made, name).iter()]
    styles = {one.get(f"{W}styleId") for one in root(made, "word/styles.xml").iter(f"{W}style")}
    lists = {one.get(f"{W}numId") for one in root(made, "word/numbering.xml").iter(f"{W}num")}
    kinds = {f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")}
    assert {one.get(f"{W}val") for one in named if one.tag in kinds} <= styles
    assert {one.get(f"{W}val") for one in named if one.tag == f"{W}numId"} <= lists


def test_it_is_valid_and_the_same_every_time(tmp_path, source, text, made):
    before = set(faults(write(tmp_path, "before.docx", source)))
    assert [fault for fault in faults(write(tmp_path, "made.docx", made)) if fault not in before] == []
    assert made == docx_styled(text, PUBLISHER, source)


def test_a_text_of_which_the_original_has_nothing_is_whole_all_the_same(text):
    other = documents.docx(documents.p("چیز دیگری است."))
    expected = [block.text for block in read_back(formats.load("docx").made(text, PUBLISHER), ".docx", "en")]
    assert [block.text for block in read_back(docx_styled(text, PUBLISHER, other), ".docx", "en")] == expected


@pytest.mark.parametrize("content", [b"PK", documents.odt("<text:p>a</text:p>"), b"\x7fELF"])
def test_what_is_no_word_document_is_said(text, content):
    with pytest.raises(OfficeError):
        docx_styled(text, PUBLISHER, content)
