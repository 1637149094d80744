"""What boxes do not keep, and what is not looked at, shows nowhere."""

import json
import statistics

import pytest
from weasyprint.formatting_structure import boxes

from pipeline import forking
from pipeline.edition.design import FACING, LARGE, Design, Paper, Theme
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import bare, child
from tests.support import rich


def _pdf(job, *, is_bare):
    def made():
        if not is_bare:
            bare.for_layout = bare.for_file = lambda: None
        return 0, child.pdf(json.loads(job))

    return forking.apart(made)


@pytest.mark.parametrize(
    "design",
    [Design(theme=Theme(colour="#aa0000")), Design(FACING, Paper.A5, LARGE)],
    ids=["coloured", "facing-a5-large"],
)
def test_pages_with_every_kind_of_block_are_the_same_to_the_byte(design):
    (sheet,) = pdf.sheets(rich.report("en"), design)
    status, content = _pdf(sheet.job, is_bare=True)
    assert status == 0 and content.startswith(b"%PDF")
    assert (status, content) == _pdf(sheet.job, is_bare=False)


def test_most_pieces_of_lines_keep_half_of_what_boxes_know():
    (sheet,) = pdf.sheets(rich.edition("en"), Design(), release=True)

    def counted():
        document = child.lay_out(json.loads(sheet.job))
        found = [box for page in document.pages for box in page._page_box.descendants()]
        texts = [box for box in found if isinstance(box, boxes.TextBox)]
        assert len(texts) > 100
        return 0, json.dumps(statistics.median(len(vars(box)) for box in texts)).encode()

    status, answer = forking.apart(counted)
    assert status == 0, answer
    assert json.loads(answer) < 20


def test_a_set_that_a_box_does_not_keep_is_its_own_once_it_is_asked_for():
    class Kept:
        sides = bare._OwnSet()

    one, other = Kept(), Kept()
    one.remove_decoration_sides = one.sides
    one.sides.add("top")
    assert other.sides == set()
