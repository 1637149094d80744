"""Lines that are set from the pieces of one text stand where WeasyPrint would set them."""

import json

import pytest

from pipeline import forking
from pipeline.edition.design import FACING, LARGE, SINGLE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import child, single
from tests.support import rich


def _pdf(job, next_line=None):
    def made():
        if next_line:
            single.next_line = next_line
        return 0, child.pdf(json.loads(job))

    return forking.apart(made)


@pytest.mark.parametrize(
    "design",
    [Design(), Design(FACING, Paper.A5, LARGE), Design(SINGLE)],
    ids=["a4", "facing-a5-large", "single"],
)
def test_pages_with_every_kind_of_block_are_the_same_to_the_byte(design):
    (sheet,) = pdf.sheets(rich.report("en"), design, release=True)
    status, content = _pdf(sheet.job)
    assert status == 0 and content.startswith(b"%PDF")
    assert (status, content) == _pdf(sheet.job, lambda *_: None)


def test_most_lines_are_set_so():
    (sheet,) = pdf.sheets(rich.report("en"), release=True)
    plain = single.next_line

    def counted():
        found = []
        single.next_line = lambda *arguments: found.append(plain(*arguments)) or found[-1]
        child.lay_out(json.loads(sheet.job))
        return 0, json.dumps([len(found), sum(line is not None for line in found)]).encode()

    status, answer = forking.apart(counted)
    assert status == 0, answer
    asked, made = json.loads(answer)
    assert asked > 50 and made > 0.5 * asked
