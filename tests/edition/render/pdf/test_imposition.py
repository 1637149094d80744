"""Sheets that are printed on both sides, laid into each other and folded, show the pages in their order."""

import pypdfium2
import pytest

from pipeline.edition.design import FACING, Design, Paper
from pipeline.edition.render import pdf
from pipeline.edition.render.pdf import imposition
from tests.support import rich
from tests.support.structure import objects


def folded(sides):
    """Return the pages as a reader of a book that opens on the right turns them: left, right, left …"""
    sheets = [sides[place : place + 2] for place in range(0, len(sides), 2)]
    first_half = [page for front, back in sheets for page in (front[1], back[0])]
    second_half = [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return [*first_half, *second_half]


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 8, 9, 64, 101])
def test_folded_sheets_show_every_page_in_its_order_and_blank_ones_at_the_end(pages):
    made = folded(list(imposition.spreads(pages)))
    assert made[:pages] == list(range(pages))
    assert made[pages:] == [None] * (-pages % 4)
    mirrored = [(right, left) for left, right in imposition.spreads(pages, from_right=True)]
    assert folded(mirrored) == made


def test_a_booklet_has_two_pages_a_side_names_its_state_and_claims_no_standard(tmp_path):
    design = Design(layout=FACING, paper=Paper.A5, booklet=True)
    (sheet,) = pdf.sheets(rich.edition(), design)
    assert sheet.path == "report.fa-en.facing.booklet.pdf"
    path = tmp_path / "booklet.pdf"
    path.write_bytes(pdf.typeset(sheet).content)
    with pypdfium2.PdfDocument(path) as document:
        width, height = document[0].get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (296, 210)
        left, right = (
            document[0].get_textpage().get_text_bounded(left=place, right=place + width / 2) for place in (0, width / 2)
        )
    assert "gzarc" in right and "gzarc" not in left, "the cover is the front of the outermost sheet"
    known = objects(path).values()
    packet = path.read_bytes()
    assert b"<translation:status>draft<" in packet and b"pdfaid:part" not in packet and b"pdfuaid:part" not in packet
    assert not any(isinstance(one, dict) and one.get("/Type") == "/StructElem" for one in known)
    assert pdf.typeset(sheet).content == packet, "the same sheet makes the same file"
