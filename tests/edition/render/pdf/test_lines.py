import pytest

from pipeline.edition.render.pdf import lines
from pipeline.edition.render.pdf.breaking import Form
from tests.support.boxes import paragraph

ENGLISH = "The workers of the mill have asked the council for a hearing, and <b>nobody has answered</b> them. " * 4
PERSIAN = (
    "کارگران کارخانه از شورا خواسته‌اند که سخن آنان را بشنود و هیچ‌کس <b>پاسخی نداده است</b> و همبستگی ادامه دارد. " * 4
)


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (PERSIAN, "fa")])
@pytest.mark.parametrize("form", Form)
def test_lines_hold_the_whole_text_and_fill_their_measure(text, lang, form):
    known = paragraph(text, lang)
    found = lines.lines(known, 330.0, form)
    made = list(lines.pieces(known, found))
    drawn = " ".join("".join(parts) for parts in _texts(known, found))
    assert drawn.replace("\u2010 ", "").split() == known.text.split()
    widths = [sum(piece.width for piece in line) for line in _lines(made)]
    assert all(width <= 331 * 1024 for width in widths)
    if form is Form.JUSTIFIED:
        assert all(width >= 328 * 1024 for width in widths[:-1])


def _lines(made):
    """Group the pieces of boxes by the lines they stand on: a piece after which the next line goes on ends one."""
    groups = [[]]
    for _, pieces in made:
        for piece in pieces.values():
            groups[-1].append(piece)
            if piece.resume is not None:
                groups.append([])
    return groups


def _texts(known, found):
    made = list(lines.pieces(known, found))
    return [[piece.text for piece in group] for group in _lines(made)]


def test_persian_has_one_kashida_a_line_at_most_and_none_on_the_last():
    found = lines.lines(paragraph(PERSIAN, "fa"), 290.0, Form.JUSTIFIED)
    assert any(line.kashida for line in found)
    assert found[-1].kashida is None


def test_a_word_wider_than_the_line_leaves_the_paragraph_to_weasyprint():
    assert lines.lines(paragraph("a " + "w" * 60), 200.0, Form.JUSTIFIED) is None
