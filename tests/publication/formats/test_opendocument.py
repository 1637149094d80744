"""What only OpenDocument texts have: lists in lists, references to notes."""

import pytest

from pipeline.model import Kind, MarkKind
from pipeline.publication import formats
from tests.support import rich
from tests.support.officefiles import read_back
from tests.support.opendocumentparts import found, part
from tests.support.published import PUBLISHER, published


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
