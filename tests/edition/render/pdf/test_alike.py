"""Styles that are computed for one of many elements are those that each would have."""

import json
from xml.etree.ElementTree import fromstring

import pytest

from pipeline import forking
from pipeline.edition.design import FACING, LARGE, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import alike, child
from tests.support import rich


def _pdf(job, *, is_sharing):
    def made():
        if not is_sharing:
            alike.alike = lambda root: {element: element for element in root.iter()}
        return 0, child.pdf(json.loads(job))

    return forking.apart(made)


@pytest.mark.parametrize(
    ("langs", "design"),
    [(["en"], Design()), (["en", "fr"], Design()), (["fr"], Design(FACING, Paper.A5, LARGE))],
    ids=["two", "three", "facing-a5-large"],
)
def test_pages_with_every_kind_of_block_are_the_same_to_the_byte(langs, design):
    (sheet,) = pdf.sheets(rich.report(*langs), design, release=True)
    status, content = _pdf(sheet.job, is_sharing=True)
    assert status == 0 and content.startswith(b"%PDF")
    assert (status, content) == _pdf(sheet.job, is_sharing=False)


def _firsts(inside: str) -> list[int]:
    """Return, for each element below the body, the place of the first that is like it."""
    elements = list(fromstring(f"<body>{inside}</body>").iter())
    firsts = alike.alike(elements[0])
    assert set(firsts) == set(elements)
    return [elements.index(firsts[element]) for element in elements[1:]]


@pytest.mark.parametrize(
    ("inside", "firsts"),
    [
        ('<i/><p data-block="1"/><p data-block="2"/><p/><p/><p/>', [1, 2, 3, 4, 4, 6]),  # the last one is told apart
        ('<i/><p id="a"/><p id="b"/><p id="c"/><i/>', [1, 2, 3, 4, 5]),
        ("<i/><b/><i/><b/><i/><b/><u/>", [1, 2, 3, 4, 3, 4, 7]),
        ('<i/><i/><i/><i/><i style="x"/><u/>', [1, 2, 3, 3, 5, 6]),
    ],
)
def test_alike_is_what_has_the_same_attributes_behind_the_same_siblings(inside, firsts):
    assert _firsts(inside) == firsts


def test_elements_below_others_are_alike_where_these_are():
    row = "<p><b/></p>"
    assert _firsts(f"<i/><i/>{row}{row}{row}{row}<u/>") == [1, 2, 3, 4, 5, 6, 7, 8, 7, 8, 11]
