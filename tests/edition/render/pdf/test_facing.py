"""A sheet of twice the width becomes two pages, each with its own column."""

import pytest
import weasyprint

from pipeline.edition.render.pdf import facing

STYLE = """
@page { size: 20cm 10cm; margin: 1cm; @top-left { content: "left head" } @top-right { content: "right head" } }
@page cover { size: 10cm; @top-left { content: none } @top-right { content: none } }
.cover { page: cover } .cover, .row { break-after: page } .cell { width: 8cm }
.column-0 { float: right } .column-1 { float: left }
"""
ROW = '<div class="row"><div class="cell column-0"><p>{0} source</p></div><div class="cell column-1"><p>{0} target</p></div></div>'


def cut(*rows, covers=1):
    body = '<div class="cover">cover</div>' * covers + "".join(map(ROW.format, rows))
    return facing.cut(weasyprint.HTML(string=f"<style>{STYLE}</style>{body}").render().pages)


def text(page):
    boxes = page._page_box.descendants()
    return {" ".join(box.text.split()) for box in boxes if getattr(box, "text", "").strip()}


def test_every_opening_has_the_translation_on_the_left_and_the_source_on_the_right():
    pages = cut("one", "two")
    assert [text(page) for page in pages] == [
        {"cover"},
        {"left head", "one target"},
        {"right head", "one source"},
        {"left head", "two target"},
        {"right head", "two source"},
    ]


@pytest.mark.parametrize("covers", [1, 2, 3])
def test_the_first_opening_begins_on_a_left_hand_page_after_any_cover(covers):
    pages = cut("one", covers=covers)
    assert len(pages) % 2 == 1 and text(pages[-2]) == {"left head", "one target"}
    assert sum(text(page) == {"cover"} for page in pages) == covers


def test_both_pages_are_half_a_sheet_and_their_columns_stand_inside_the_margins():
    for page in cut("one")[1:]:
        assert page.width == pytest.approx(10 / 2.54 * 96)
        (cell,) = [
            box
            for box in page._page_box.descendants()
            if box.element_tag == "div" and "cell" in box.element.get("class")
        ]
        assert cell.position_x > 0 and cell.position_x + cell.margin_width() < page.width


def test_the_ground_behind_words_stands_behind_them_on_both_pages():
    words = "<code style='background: #eee'>{0} code</code>"
    for page in cut(words)[1:]:
        (code,) = (box for box in page._page_box.descendants() if box.element_tag == "code" and box.background)
        x, y, _, _ = code.background.layers[-1].painting_area
        assert (x, y) == (code.border_box_x(), code.border_box_y())


def test_the_rule_above_notes_ends_with_its_column():
    cells = "".join(f'<b class="cell column-{number}" style="display: block">note</b>' for number in (0, 1))
    note = f'<i style="float: footnote"><b class="row" style="display: flow-root">{cells}</b></i>'
    rule = "<style>@page { @footnote { border-top: 1px solid } } i::footnote-call { content: none }</style>"
    for page in cut(f"{rule}text{note}"):
        for area in page._page_box.descendants():
            if type(area).__name__ == "FootnoteAreaBox" and area.children:
                assert area.width == pytest.approx(8 / 2.54 * 96)
                assert 0 <= area.position_x < area.position_x + area.width < page._page_box.margin_width()
