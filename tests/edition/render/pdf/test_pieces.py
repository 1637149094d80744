import pytest

from pipeline.edition.render.pdf import lines
from pipeline.edition.render.pdf.breaking import Form
from pipeline.edition.render.pdf.pieces import pieces
from tests.support.boxes import paragraph

TEXT = "The workers of the mill have <b>understood, and “nobody” has answered</b> their considerable demands. " * 3


@pytest.mark.parametrize("width", [150.0, 230.0, 333.0])
def test_each_box_goes_on_at_the_byte_where_its_next_piece_begins(width):
    known = paragraph(TEXT)
    found = lines.lines(known, width, Form.JUSTIFIED)
    for box, parts in pieces(known, found):
        content, begins = box.text.encode(), [*parts]
        assert begins == sorted(begins)
        resumed = [piece.resume for piece in parts.values() if piece.resume is not None]
        assert begins[1:] == [at for at in resumed if at < len(content)]
        for start, piece in parts.items():
            shown = piece.text.removesuffix("\u2010").encode()
            assert content[start : start + len(shown)] == shown
            assert content[start + len(shown) : piece.resume].strip(b" ") == b""


def test_what_is_on_a_line_alone_is_as_wide_as_the_line():
    known = paragraph(TEXT)
    found = lines.lines(known, 300.0, Form.JUSTIFIED)
    (_, parts), *_ = pieces(known, found)
    assert next(iter(parts.values())).width == pytest.approx(300 * 1024, rel=0.01)
