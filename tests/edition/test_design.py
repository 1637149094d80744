"""Papers and sizes of print: nothing leaves the sheet, and no two designs are written into one file."""

from itertools import product

import pytest

from pipeline.edition.design import FOOT, HEAD, LARGE, LAYOUTS, NORMAL, PAPERS, PRINTS, SINGLE, Design, Paper, geometry

DESIGNS = [Design(*parts) for parts in product(LAYOUTS, PAPERS, PRINTS)]
COLUMNS = (1, 2, 3)


def test_every_design_has_a_file_of_its_own_and_the_usual_one_the_plain_name():
    """A single language is told apart by the languages in the name."""
    suffixes = [design.suffix for design in DESIGNS if design.layout is not SINGLE]
    assert len(set(suffixes)) == len(suffixes) and Design().suffix == ""
    assert Design(SINGLE, Paper.A5, LARGE).suffix == ".a5.large"


def test_a_page_is_a_sheet_of_that_paper_with_room_for_text_head_and_foot():
    for design, columns in product(DESIGNS, COLUMNS):
        page = geometry(design, columns)
        assert sorted((page.width * page.zoom, page.height * page.zoom)) == pytest.approx(sorted(design.paper.size))
        assert min(page.top - HEAD, page.bottom - FOOT) * page.zoom > 7.99, (design, columns)
        assert page.width - page.outer - page.inner > 0.6 * page.width, (design, columns)
        assert page.height - page.top - page.bottom > 0.5 * page.height, (design, columns)


def test_large_print_has_sixteen_points_on_every_paper_and_a_small_paper_has_smaller_type():
    for layout, columns in product(LAYOUTS, COLUMNS):
        zoom = {
            (paper, size): geometry(Design(layout, paper, size), columns).zoom
            for paper, size in product(PAPERS, PRINTS)
        }
        assert all(zoom[paper, LARGE] >= 1.2 * zoom[paper, NORMAL] for paper in PAPERS), (layout, columns)
        assert zoom[Paper.A5, NORMAL] < zoom[Paper.A4, NORMAL] == zoom[Paper.LETTER, NORMAL]
        assert all(9.4 * zoom[paper, LARGE] >= 16 for paper in PAPERS)


def test_three_columns_lie_on_their_side():
    pages = [geometry(Design(), columns) for columns in COLUMNS]
    assert [page.width > page.height for page in pages] == [False, False, True]


def test_three_languages_in_large_print_stand_below_each_other_over_the_whole_width():
    page = geometry(Design(print=LARGE), 3)
    assert page.height > page.width and page == geometry(Design(SINGLE, print=LARGE), 1)
