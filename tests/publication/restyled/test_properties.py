"""What is said of looks is added in the order that Word asks for, and overwrites nothing."""

from lxml import etree

from pipeline.office.word import W, child
from pipeline.publication.formats._word.package import new_part
from pipeline.publication.restyled.properties import KEPT_OF_LETTERS, KEPT_OF_TABLES, add, pair_up, replace, sort


def said(name: str, **values: str) -> etree._Element:
    made = new_part(name)
    for one, value in values.items():
        child(made, one, val=value)
    return made


def values(properties: etree._Element) -> list[tuple[str, str]]:
    return [(str(one.tag).removeprefix(W), one.get(f"{W}val")) for one in properties]


def test_what_is_said_already_stays_and_the_rest_is_added_in_order():
    own = said("rPr", sz="20")
    add(own, said("rPr", sz="40", color="FF0000", lang="fa"), KEPT_OF_LETTERS)
    assert values(own) == [("color", "FF0000"), ("sz", "20")]
    add(own, None, KEPT_OF_LETTERS)
    assert values(own) == [("color", "FF0000"), ("sz", "20")]


def test_tables_take_the_looks_of_the_original_in_place_of_their_own():
    own = said("tblPr", tblLook="04A0", jc="left")
    replace(own, said("tblPr", tblStyle="Grid", tblLook="0000"), KEPT_OF_TABLES)
    assert values(own) == [("tblStyle", "Grid"), ("tblLook", "0000")]


def test_letters_of_both_directions_look_alike():
    own = said("rPr", szCs="30", b="1")
    pair_up(own)
    sort(own)
    assert values(own) == [("b", "1"), ("bCs", "1"), ("sz", "30"), ("szCs", "30")]
