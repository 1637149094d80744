"""The bars beside a quotation meet, and end together, whatever language of a row is the longest."""

import pytest
import weasyprint

from pipeline.edition.render.pdf import bars

STYLE = """@page { size: 400px 200px; margin: 10px } body { margin: 0; font-size: 10px; line-height: 20px }
.column-0 { float: right; width: 40% } .column-1 { float: left; width: 40% }
.row::after { content: ''; display: block; clear: both }
blockquote { margin: 0; border-left: 2px solid } .goes-on blockquote { padding-bottom: 6px }"""
CELL = '<div class="cell column-{0}"><blockquote>{1}</blockquote></div>'


def row(lines, *more, goes_on):
    cells = "".join(CELL.format(number, "<br/>".join(["line"] * count)) for number, count in enumerate((lines, *more)))
    return f'<div class="row joined {bars.GOES_ON if goes_on else ""}">{cells}</div>'


def quotations(*rows):
    """Of each page, from where to where the bars of each language go."""
    page = weasyprint.HTML(string=f"<style>{STYLE}</style>{''.join(rows)}")
    pages = page.render().pages
    bars.join(pages, page.etree_element)
    found = []
    for one in pages:
        boxes = [box for box in one._page_box.descendants() if box.element_tag == "blockquote"]
        blocks = [box for box in boxes if type(box).__name__ == "BlockBox"]
        columns = [[box for box in blocks if (box.position_x > 100) is is_right] for is_right in (True, False)]
        found.append([[(box.position_y, box.position_y + box.border_height()) for box in column] for column in columns])
    return found


@pytest.mark.parametrize("lines", [(1, 3), (3, 1), (2, 2)])
def test_bars_reach_into_those_of_the_next_row_in_every_language(lines):
    (page,) = quotations(row(*lines, goes_on=True), row(1, 1, goes_on=False))
    for (_, end), (begin, _) in page:
        assert 0 < end - begin < 2


@pytest.mark.parametrize("lines", [(1, 3), (3, 1)])
def test_the_bars_of_the_last_row_end_together_with_the_longest_text(lines):
    ((((_, short),), ((_, long),)),) = quotations(row(*lines, goes_on=False))
    assert short == long == 10 + 3 * 20


def test_at_the_end_of_a_page_bars_end_with_the_last_line_and_not_with_the_room_below_it():
    first, second = quotations(row(8, 7, goes_on=True), row(2, 1, goes_on=False))
    assert [end for column in first for _, end in column] == [10 + 8 * 20] * 2
    assert [span for column in second for span in column] == [(10, 10 + 2 * 20)] * 2


def test_bars_of_a_row_that_goes_on_on_the_next_page_end_with_its_lines_on_both():
    first, second = quotations(row(12, 10, goes_on=False))
    assert [end for column in first for _, end in column] == [10 + 9 * 20] * 2
    assert [end for column in second for _, end in column] == [10 + 3 * 20] * 2
