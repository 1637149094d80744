"""What only OpenDocument texts have: lists in lists, numbers in the digits of a language, directions in styles."""

import io
import zipfile

import pytest
from lxml import etree

from pipeline.model import Kind, MarkKind
from pipeline.publication import formats
from pipeline.publication.formats._opendocument import _NAMES
from tests.publication.formats.test_office import whole
from tests.support import rich
from tests.support.officefiles import read_back
from tests.support.published import PUBLISHER, published


def part(made: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return etree.fromstring(archive.read(name))


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=_NAMES)


@pytest.fixture(scope="module")
def persian():
    return formats.load("odt").made(whole("fa"), PUBLISHER)


def test_the_type_comes_first_and_can_be_read_in_the_bytes(persian):
    assert persian[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")


def test_numbers_are_in_the_digits_of_the_language_and_counted(persian):
    content, styles = part(persian, "content.xml"), part(persian, "styles.xml")
    assert "۱, ۲, ۳, ..." in found(content, "//text:list-level-style-number/@style:num-format")
    assert found(styles, "//text:notes-configuration/@style:num-format") == ["۱, ۲, ۳, ..."]
    assert set(found(styles, "//style:footer//@style:num-format")) == {"۱, ۲, ۳, ..."}
    assert not found(content, "//text:note-citation/@text:label")


def test_what_reads_from_the_right_says_so(persian):
    content, styles = part(persian, "content.xml"), part(persian, "styles.xml")
    for kind in ("paragraph-properties", "table-properties"):
        assert set(found(content, f"//style:{kind}/@style:writing-mode")) == {"rl-tb"}
    assert found(styles, "//style:page-layout-properties/@style:writing-mode") == ["rl-tb"]
    assert set(found(content, "//style:text-properties/@style:language-complex")) == {"fa"}
    assert found(content, "//style:text-properties[@fo:font-weight]/@style:font-weight-complex") == ["bold"]


def test_an_inner_list_stands_in_its_item():
    content = part(formats.load("odt").made(published("en"), PUBLISHER), "content.xml")
    [outer] = found(content, "//office:text/text:list")
    assert len(outer) == 2 and len(found(outer[0], "text:list/text:list-item/text:list/text:list-item/text:p")) == 1


ITEMS = [("1.", 1, 1), ("a)", 2, 1), ("", 0, None), ("b)", 2, 2), ("2.", 1, 2), ("", 0, None), ("3.", 1, 3)]


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_list_goes_on_below_other_text(name):
    long = "یک متن بلند که میان مواردش آمده است و جمله‌ای کامل است. " * 4
    blocks = [
        rich.block(Kind.LIST_ITEM, "مورد", marker=marker, depth=depth, ordinal=ordinal)
        if depth
        else rich.block(Kind.PARAGRAPH, long.strip())
        for marker, depth, ordinal in ITEMS
    ]
    text = published("en", rich.edition("en", blocks=(rich.BLOCKS[0], *blocks)))
    shown = read_back(formats.load(name).made(text, PUBLISHER), f".{name}", "en")
    items = [(one.marker, one.depth, one.ordinal) for one in shown if one.kind is Kind.LIST_ITEM]
    expected = [one for one in text.text.blocks if one.kind is Kind.LIST_ITEM]
    assert items == [(one.marker, one.depth, one.ordinal) for one in expected]


def test_a_second_reference_leads_to_the_first():
    blocks = (
        rich.block(Kind.PARAGRAPH, "یکی هست.", ("یکی", MarkKind.NOTE, "۱"), ("هست.", MarkKind.NOTE, "۱")),
        rich.block(Kind.NOTE, "یادداشت.", marker="۱"),
    )
    content = part(formats.load("odt").made(published("fa", rich.edition(blocks=blocks)), PUBLISHER), "content.xml")
    assert found(content, "//text:note-ref/@text:ref-name") == found(content, "//text:note/@text:id")


def test_spaces_that_xml_would_lose_are_elements():
    blocks = (rich.block(Kind.TABLE, "a\tb\nc\td", ("a", MarkKind.STRONG, "")),)
    text = published("fa", rich.edition(blocks=blocks))
    made = formats.load("odt").made(text, PUBLISHER)
    [table] = [block for block in read_back(made, ".odt", "fa") if block.kind is Kind.TABLE]
    assert table.text == "a\tb\nc\td"


def test_a_text_says_what_it_is_called_and_nothing_else(persian):
    said = {etree.QName(one).localname: one.text for one in part(persian, "meta.xml")[0]}
    assert said == {"title": "گزارش سال", "subject": "Labour", "language": "fa"}
