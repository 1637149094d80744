"""What is changed in WeasyPrint shows in the PDF."""

import io

import pypdfium2
import pytest

from pipeline.edition.design import FACING, LARGE, Design, Paper
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


def test_a_sentence_of_several_pages_leaves_them_in_their_order():
    """Behind a page that has nothing but the middle of it comes no second cover."""
    text, translated = ("، ".join(f"{word}{number}" for number in range(400)) for word in ("واژه", "word"))
    made = built(f"عنوان\n\n{text}.", lambda source: "Title" if len(source) < 9 else f"{translated}.")
    content = pdf.typeset(next(pdf.sheets(made, Design(FACING, Paper.A5, LARGE), release=True))).content
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(content))]
    assert len(texts) > 9 and "Title" in texts[1]
    ends = [next(number for number, text in enumerate(texts) if f"word{word}،" in text) for word in range(0, 399, 20)]
    assert ends == sorted(ends)
