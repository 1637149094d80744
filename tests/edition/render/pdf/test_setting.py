"""Whole PDFs with planned lines; how good they are is measured by `benchmarks.lines`."""

import pytest

from benchmarks import lines as measure
from pipeline.edition.design import Design, Layout
from pipeline.edition.render import pdf
from tests.support import readers
from tests.support.pages import built

SENTENCE = "کارگران کارخانه نساجی از شورا خواسته‌اند که سخن آنان را بشنود، و همبستگی مردم شهر ادامه دارد. "
TRANSLATION = "The workers of the mill have asked the council for a hearing, and the solidarity of the town goes on. "


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("lines") / "lines.pdf"
    edition = built(f"عنوان\n{SENTENCE * 12}", lambda text: TRANSLATION if len(text) > 9 else "Title")
    (sheet,) = pdf.sheets(edition, Design(layout=Layout("parallel")))
    made.write_bytes(pdf.typeset(sheet).content)
    return made


def test_lines_are_even_on_the_finished_page(path):
    counts = measure.measured(path)
    assert counts["rtl inner"] > 8 and counts["ltr inner"] > 8
    assert counts["rtl short"] == counts["ltr short"] == counts["rtl odd spaces"] == counts["ltr two hyphens"] == 0


@pytest.mark.parametrize("reader", ["pdfium", "poppler"])
def test_a_word_that_is_drawn_longer_is_read_as_it_is_written(path, reader):
    found = readers.READERS[reader](path)
    assert "\u0640" not in found
    there, wanted = readers.found(found, SENTENCE * 12)
    assert there >= 0.95 * wanted
