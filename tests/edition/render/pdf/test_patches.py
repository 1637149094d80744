"""What is changed in WeasyPrint shows in the PDF."""

import pytest

from pipeline.edition.render import pdf
from tests.support import readers
from tests.support.pages import built


@pytest.mark.parametrize("reader", ["pdfium", "pdfjs", "poppler"])
def test_a_non_joiner_survives_into_the_text_of_the_pdf(tmp_path, reader):
    text = "ما می‌خواهیم که این خانه‌های کوچک را ببینیم و اسلام و سلام و بالا و آنها را بخوانیم."
    path = tmp_path / "zwnj.pdf"
    path.write_bytes(pdf.typeset(next(pdf.sheets(built(f"عنوان\n{text}", lambda _: "Text.")))).content)
    found = readers.READERS[reader](path)
    assert "می‌خواهیم" in found and "خانه‌های" in found
    assert "اسلام" in found and "سلام" in found
