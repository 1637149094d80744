"""The bars beside a quotation meet, whatever language of a row is the longest."""

import pytest
import weasyprint

from pipeline.edition.render.pdf import bars

STYLE = ".column-0 { float: right; width: 40% } .column-1 { float: left; width: 40% } .row::after { content: ''; display: block; clear: both } blockquote { margin: 0; border-left: 2px solid }"
CELL = '<div class="cell column-{0}"><blockquote>{1}</blockquote></div>'


def quotations(goes_on):
    """Where each quotation of a row ends whose languages have one line and three, and where the row ends."""
    cells = CELL.format(0, "one") + CELL.format(1, "one<br/>two<br/>three")
    page = weasyprint.HTML(string=f'<style>{STYLE}</style><div class="row {goes_on}">{cells}</div>')
    pages = page.render().pages
    bars.join(pages, page.etree_element)
    boxes = list(pages[0]._page_box.descendants())
    found = [box for box in boxes if box.element_tag == "blockquote" and isinstance(box.element_tag, str)]
    blocks = [box for box in found if hasattr(box, "border_height") and type(box).__name__ == "BlockBox"]
    return [box.position_y + box.border_height() for box in blocks]


def test_a_quotation_that_goes_on_is_as_long_as_its_row_in_every_language():
    short, long = quotations(bars.GOES_ON)
    assert short == pytest.approx(long)


def test_the_last_block_of_a_quotation_ends_with_its_text():
    short, long = quotations("")
    assert short < long
