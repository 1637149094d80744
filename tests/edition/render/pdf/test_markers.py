"""Markers of items, in the digits of each language, and the room they are given."""

import re

import pytest

from benchmarks import lines
from pipeline.edition import counting
from pipeline.edition.design import Design
from pipeline.edition.render import pdf
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


@pytest.mark.parametrize("kind", [Kind.LIST_ITEM, Kind.SIGNATURE])
def test_lists_are_moved_in_by_one_measure_whatever_their_markers_and_language(kind, tmp_path):
    between = rich.block(Kind.PARAGRAPH, PROSE * 2)
    marked = (rich.block(kind, PROSE * 2, marker=marker) for marker in ("-", "۱–", "۱۲.", "•"))
    blocks = (between, *(block for one in marked for block in (one, between)))
    (tmp_path / "lists.pdf").write_bytes(pdf.typeset(next(pdf.sheets(rich.edition(blocks=blocks), Design()))).content)
    found = [one[1] for page in lines.lines(tmp_path / "lists.pdf") for one in lines.paragraphs(page) if len(one) > 2]
    for is_rtl in (True, False):
        begun = [line.glyphs[-1].right if is_rtl else -line.glyphs[0].left for line in found if line.is_rtl is is_rtl]
        moved_in = {round(max(begun) - one) for one in begun}
        assert len(begun) > 4 and moved_in <= {0, 1, round(markers.HANG), round(markers.HANG) + 1}, moved_in
        assert max(moved_in) >= round(markers.HANG)


def test_long_markers_leave_the_same_room_in_every_language():
    made = rich_page(blocks=tuple(items(("ماده ۱-", 1), ("", 0), ("۱۲۳.", 1))))
    styles = [line.get("style") for line in made.iter("p") if line.find("span[@class='marker']") is not None]
    rooms = [re.fullmatch(r"padding-(?:left|right): ([\d.]+)pt", style)[1] for style in styles]
    assert len(rooms) == 4 and rooms[0] == rooms[1] and rooms[2] == rooms[3] and rooms[0] != rooms[2]
