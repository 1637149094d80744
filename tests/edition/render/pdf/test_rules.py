"""Rules between rows, and neither rule nor room for one where a page begins."""

import weasyprint

from pipeline.edition.render.pdf import rules

STYLE = """@page { size: 200px 100px; margin: 10px } body { margin: 0; font-size: 10px; line-height: 20px }
.row { border-top: 2px solid } .row + .row { padding-top: 3px }"""


def laid_out(rows):
    """The blocks of the rows of each page."""
    pages = weasyprint.HTML(string=f"<style>{STYLE}</style>{rows}").render().pages
    rules.clear(pages)
    found = []
    for page in pages:
        boxes = (box for box in page._page_box.descendants() if type(box).__name__ == "BlockBox")
        found.append([box for box in boxes if box.element.get("class") == "row"])
    return found


def borders(rows):
    """The rules above the rows of each page."""
    return [[box.border_top_width for box in page] for page in laid_out(rows)]


def test_what_begins_a_page_has_no_rule_and_all_else_has():
    assert borders('<div class="row"><p style="margin: 0">one</p></div>' * 5) == [[0, 2, 2], [0, 2]]


def test_a_rule_below_something_stays():
    assert borders('<p style="margin: 0">text</p><div class="row">one</div>') == [[2]]


def test_all_pages_begin_at_the_same_height_and_rows_keep_their_distances():
    row = '<div class="row"><p style="margin: 0">one <code style="background: #eee">two</code></p></div>'
    tops = [[box.children[0].position_y for box in page] for page in laid_out(row * 6)]
    assert tops == [[10, 35, 60], [10, 35, 60]]
