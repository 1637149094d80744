"""Rules between rows, and none where a page begins."""

import weasyprint

from pipeline.edition.render.pdf import rules

STYLE = """@page { size: 200px 100px; margin: 10px } body { margin: 0; font-size: 10px; line-height: 20px }
.row { border-top: 2px solid } .row + .row { padding-top: 3px }"""


def borders(rows):
    """The rules above the rows of each page."""
    pages = weasyprint.HTML(string=f"<style>{STYLE}</style>{rows}").render().pages
    rules.clear(pages)
    found = []
    for page in pages:
        boxes = (box for box in page._page_box.descendants() if type(box).__name__ == "BlockBox")
        found.append([box.border_top_width for box in boxes if box.element.get("class") == "row"])
    return found


def test_what_begins_a_page_has_no_rule_and_all_else_has():
    assert borders('<div class="row"><p style="margin: 0">one</p></div>' * 5) == [[0, 2, 2], [0, 2]]


def test_a_rule_below_something_stays():
    assert borders('<p style="margin: 0">text</p><div class="row">one</div>') == [[2]]
