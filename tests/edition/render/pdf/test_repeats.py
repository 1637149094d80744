"""What is found once for each style is what WeasyPrint finds for each box."""

import json

import pytest

from pipeline import forking
from pipeline.edition.design import FACING, LARGE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import child, repeats
from tests.support import rich


def _pdf(job, *, is_saving):
    def made():
        if not is_saving:
            repeats.for_layout = repeats.for_file = lambda: None
        return 0, child.pdf(json.loads(job))

    return forking.apart(made)


@pytest.mark.parametrize("design", [Design(), Design(FACING, Paper.A5, LARGE)], ids=["a4", "facing-a5-large"])
def test_pages_with_every_kind_of_block_are_the_same_to_the_byte(design):
    (sheet,) = pdf.sheets(rich.edition("en"), design, release=True)
    status, content = _pdf(sheet.job, is_saving=True)
    assert status == 0 and content.startswith(b"%PDF")
    assert (status, content) == _pdf(sheet.job, is_saving=False)


def test_an_array_holds_what_it_is_given_whatever_length_is_asked_for():
    functions = repeats.AnyLength(repeats.ffi)
    for kind, content in (("hb_codepoint_t[3]", [1, 2, 3]), ("hb_codepoint_t[4]", [1, 2, 3]), ("int[]", [7])):
        made = functions.new(kind, content)
        assert list(made)[: len(content)] == content
        assert functions.sizeof(made) == repeats.ffi.sizeof(repeats.ffi.new(kind, content))
