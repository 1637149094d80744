"""Elements of OpenDocument, and texts in them."""

import re

import pytest
from lxml import etree

from pipeline.model import Kind, MarkKind
from pipeline.publication import formats
from pipeline.publication.formats._opendocument.elements import child, named, root, say, serialised
from tests.support import growth, rich
from tests.support.officefiles import read_back
from tests.support.published import PUBLISHER, published


def test_spaces_that_xml_would_lose_are_elements():
    blocks = (rich.block(Kind.TABLE, "a\tb\nc\td", ("a", MarkKind.STRONG, "")),)
    text = published("fa", rich.edition(blocks=blocks))
    made = formats.load("odt").made(text, PUBLISHER)
    [table] = [block for block in read_back(made, ".odt", "fa") if block.kind is Kind.TABLE]
    assert table.text == "a\tb\nc\td"


@pytest.mark.parametrize(
    ("text", "is_first", "shown"),
    [
        ("a b", True, "a b"),
        ("a  b", True, "a <text:s/>b"),
        (" a", True, "<text:s/>a"),
        (" a", False, " a"),
        ("a\t b", False, "a<text:tab/><text:s/>b"),
    ],
)
def test_a_space_is_an_element_where_it_would_be_lost(text, is_first, shown):
    paragraph = child(root("office:text"), "text:p")
    say(paragraph, text, is_first=is_first)
    inside = re.sub(r'<text:p[^>]*>|</text:p>| xmlns:\w+="[^"]*"', "", etree.tostring(paragraph).decode())
    assert inside == shown


@pytest.mark.parametrize("piece", ["متن کار ", "a  ", "\t ", "a\t"])
def test_a_text_takes_no_more_than_it_is_long(piece):
    def work(text):
        say(child(root("office:text"), "text:p"), text, is_first=True)

    assert not growth.is_steep(work, lambda size: (piece * size)[:size], 40_000)


def test_an_element_and_its_attributes_have_the_names_of_the_standard():
    made = child(root("office:document-content"), "draw:frame", {"xlink:href": "a"})
    assert made.tag == named("draw:frame") and made.get(named("xlink:href")) == "a"
    assert serialised(made).startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<draw:frame")
