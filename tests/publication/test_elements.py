"""Elements of HTML in which a text is shown."""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element, tostring

import pytest

from pipeline.edition.content import TextBlock
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Kind
from pipeline.publication import elements
from tests.support import rich
from tests.support.published import published


def body(*blocks, lang="en", both=False):
    text = published(lang, rich.edition(lang, blocks=blocks))
    made = Element("body")
    elements.Flow([text.original, text.text] if both else [text.text], SHIPPED).add_all(made)
    return made


def said(element):
    return "".join(element.itertext())


@pytest.mark.parametrize("both", [False, True])
def test_no_word_of_a_text_is_lost_or_said_twice(both):
    text, made = published("en"), body(both=both)
    for reference in made.iterfind(".//sup/a"):
        reference.text = ""
    words = said(made)
    blocks = [block for one in ([text.original, text.text] if both else [text.text]) for block in one.blocks]
    for cell in {cell for block in blocks for cell in re.split("[\t\n]", block.plain) if cell}:
        assert words.count(cell) == sum(block.plain.count(cell) for block in blocks), cell


def test_lists_stand_in_items_of_lists():
    outer = body().find("ol")
    assert [said(item.find("p")) for item in outer] == ["1. mvrd nkst", "2. mvrd dvm"]
    assert said(outer.find("li/ul/li/ul/li/p")) == "• mvrd drvni\u200ctr"


def test_lists_are_no_deeper_than_programs_can_read():
    items = [rich.block(Kind.LIST_ITEM, f"مورد {depth}", marker="•", depth=depth) for depth in range(1, 900)]
    made = tostring(body(*items), "unicode")
    assert made.count("<ul") == elements.DEEPEST_LIST and made.count("<li") == 899


@pytest.mark.parametrize("depths", [(2, 1, 3), (3, 3, 1), (1, 3, 2, 1)])
def test_a_list_may_begin_at_any_depth(depths):
    items = [
        rich.block(Kind.LIST_ITEM, f"مورد {number}", marker="•", depth=depth) for number, depth in enumerate(depths)
    ]
    assert len(list(body(*items).iter("li"))) == len(depths)


def test_references_and_notes_lead_to_each_other_in_each_language():
    made = body(both=True)
    ids = {element.get("id") for element in made.iter() if element.get("id")}
    links = [link.get("href") for link in made.iter("a") if link.get("href").startswith("#")]
    assert {f"#{id}" for id in ids if id.startswith(("note", "reference"))} == set(links) and len(links) == 8
    assert len(ids) == sum("id" in element.attrib for element in made.iter())


def test_no_level_of_headings_is_left_out():
    blocks = [TextBlock(row, Kind.HEADING, level=level) for row, level in enumerate((2, 4, 3, 2, 9))]
    assert list(elements.levels(blocks).values()) == [2, 3, 3, 2, 3]
    assert elements.levels([TextBlock(0, Kind.TITLE, level=1), *blocks[1:2]]) == {0: 1, 1: 2}


def test_a_quotation_of_several_paragraphs_is_one():
    made = body(*[rich.block(Kind.QUOTATION, text) for text in ("یک", "دو")])
    assert [one.get("class") for one in made.iter() if one.get("class") == "quotation"] == ["quotation"]
    assert [said(one) for one in made.find("blockquote")] == ["ik", "dv"]


def test_a_table_is_called_by_the_caption_above_it_in_each_language():
    made = body(both=True)
    ids = {one.get("id"): said(one) for one in made.iter("p") if one.get("class") == "caption"}
    assert [ids[table.get("aria-labelledby")] for table in made.iter("table")] == ["جدول ۱: شهرها", "jdvl ۱: chrha"]
    alone = body(rich.block(Kind.TABLE, "الف\tب\nپ\tت"), rich.block(Kind.CAPTION, "جدول"))
    assert alone.find("table").get("aria-labelledby") is None


def test_only_a_table_that_no_phone_has_room_for_may_break_its_words():
    few = body(rich.block(Kind.TABLE, "شهر\tشمار کارگران\tیادداشت\nتهران\t۱۲\tبلندتر از دیگران است"))
    many = body(rich.block(Kind.TABLE, "\t".join(["کارگران"] * 5)))
    assert [one.find("table").get("class") for one in (few, many)] == [None, "wide"]


def test_signatures_are_read_one_after_the_other():
    assert [said(one) for one in body().find("div[@class='signatures']")] == [
        "rza ahmdidbir",
        "mrim krimikzanh\u200cdar",
    ]


def test_what_belongs_together_says_its_languages():
    for pair in body(both=True).iter():
        if pair.get("class") == "pair":
            assert [(part.get("lang"), part.get("dir")) for part in pair] == [("fa", "rtl"), ("en", "ltr")]


def test_a_hostile_text_is_text():
    made = body(rich.block(Kind.PARAGRAPH, f'<script>alert("1")</script> & ]]> {LINE_BREAK}'))
    assert made.find(".//script") is None and b"<script" not in tostring(made)


def test_a_title_that_only_editors_state_stands_in_brackets():
    text = replace(published("en", rich.edition("en", blocks=(rich.block(Kind.PARAGRAPH, "متن."),))).text, title="Call")
    made = Element("body")
    elements.Flow([replace(text, title_is_editorial=True)], SHIPPED).add_all(made)
    assert said(made.find("h1")) == "[Call]"
    assert elements.headings(replace(text, title_is_editorial=True)) == [elements.Heading(1, "title", "Call")]
