"""Markers of items, in the digits of each language, and the room they are given."""

import re

from pipeline.edition import counting
from pipeline.edition.render.pdf import markers
from pipeline.model import Kind
from tests.support import rich
from tests.support.pages import PROSE, html, rich_page


def test_lists_keep_their_markers_in_both_numerals():
    made = html(f"{PROSE}\n۱- نان\n۲- کار", lambda text: "Text")
    assert re.findall(r'class="marker">([^<]*)', made) == ["۱-", "1.", "۲-", "2."]


def items(*made):
    return [
        rich.block(Kind.LIST_ITEM if marker else Kind.PARAGRAPH, "نان", marker=marker, depth=depth if marker else 0)
        for marker, depth in made
    ]


def test_the_items_of_a_list_leave_the_same_room_and_a_list_ends_where_something_else_stands():
    blocks = items(("۱-", 1), ("۱-۱-", 2), ("۱-۱۰-", 2), ("ماده ۲-", 1), ("", 0), ("۳-", 1), ("۳-۱-", 2))
    leads = markers.leads(blocks, "fa")
    lists = [[one.marker for one in lead.list.blocks] if lead else None for lead in leads]
    first, second = ["۱-", "ماده ۲-"], ["۱-۱-", "۱-۱۰-"]
    assert lists == [first, second, second, first, None, ["۳-"], ["۳-۱-"]]


def test_a_long_marker_has_room_beside_its_item_and_a_very_long_one_stands_in_its_line():
    made = rich_page(blocks=tuple(items(("ماده ۱-", 1), ("", 0), ("بند نخست از فصل دوم:", 1))))
    first, second = [line for line in made.iter("p") if line.find("span[@class]") is not None][:4:2]
    assert "padding-right" in first.get("style") and "width" in first.find("span").get("style")
    assert (second.get("class"), second.find("span").get("class")) == ("run-in", "marker run-in")


def test_a_list_is_looked_through_once_for_its_longest_marker(monkeypatch):
    calls, real = [], counting.marker
    monkeypatch.setattr(counting, "marker", lambda *given, **named: calls.append(1) or real(*given, **named))
    rich_page(blocks=tuple(items(*[(f"{number}.", 1) for number in range(300)])))
    assert len(calls) <= 300 * 2 * 2
