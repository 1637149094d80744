"""Bookmarks of every layout: a language alone has its headings, several have one entry each."""

import pypdfium2
import pytest

from pipeline.edition.design import FACING, PARALLEL, SINGLE, Design
from pipeline.edition.render import pdf
from tests.support import rich


def bookmarks(tmp_path, layout, *langs):
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(rich.edition(*langs), Design(layout=layout)))).content)
    with pypdfium2.PdfDocument(path) as document:
        return [
            (one.level, one.get_title().replace("\u00a0", " "), one.get_dest().get_index())
            for one in document.get_toc()
        ]


@pytest.mark.parametrize("layout", [PARALLEL, FACING])
def test_each_language_has_an_entry_with_its_headings_below(layout, tmp_path):
    made = bookmarks(tmp_path, layout)
    assert [title for level, title, _ in made if level == 0] == ["English", "فارسی"]
    half = len(made) // 2
    assert [level for level, _, _ in made[:half]] == [level for level, _, _ in made[half:]]
    assert made[1][1] == "gzarc sal" and made[half + 1][1] == "گزارش سال"
    assert (made[1][2], made[half + 1][2]) == ((0, 0) if layout is PARALLEL else (1, 2)), "where the title stands"


def test_a_language_alone_has_no_entry_of_its_own(tmp_path):
    assert bookmarks(tmp_path, SINGLE)[0] == (0, "gzarc sal", 0)
