import random
import re

import pytest

from pipeline.edition.render.pdf import lines, pieces
from pipeline.edition.render.pdf.breaking import Form, Measure
from pipeline.edition.render.pdf.filling import Filling
from pipeline.edition.render.pdf.measuring import units
from pipeline.edition.render.pdf.places import Spots
from pipeline.edition.render.pdf.rivers import rivers
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
    made = list(pieces.pieces(known, found))
    drawn = " ".join("".join(parts) for parts in _texts(known, found))
    assert drawn.replace("\u2010 ", "").split() == known.text.split()
    widths = [sum(piece.width for piece in line) for line in _lines(made)]
    assert all(width <= 331 * 1024 for width in widths)
    if form is Form.JUSTIFIED:
        assert all(width >= 328 * 1024 for width in widths[:-1])


def _lines(made):
    """Group the pieces of boxes by the lines they stand on: a piece after which the next line goes on ends one."""
    groups = [[]]
    for _, parts in made:
        for piece in parts.values():
            groups[-1].append(piece)
            if piece.resume is not None:
                groups.append([])
    return groups


def _texts(known, found):
    made = list(pieces.pieces(known, found))
    return [[piece.text for piece in group] for group in _lines(made)]


def test_persian_has_one_kashida_a_line_at_most_and_none_on_the_last():
    found = lines.lines(paragraph(PERSIAN, "fa"), 290.0, Form.JUSTIFIED)
    assert any(line.kashida for line in found)
    assert found[-1].kashida is None


def test_a_word_wider_than_the_line_leaves_the_paragraph_to_weasyprint():
    assert lines.lines(paragraph("a " + "w" * 60), 200.0, Form.JUSTIFIED) is None


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (PERSIAN, "fa")])
def test_a_paragraph_with_a_river_is_broken_otherwise(text, lang, monkeypatch):
    words = re.sub("<.*?>", "", text).split()
    prose = [paragraph(" ".join(random.Random(seed).choices(words, k=90)), lang) for seed in range(15)]
    monkeypatch.setattr(lines, "TRIES", 0)
    before = [known for known in prose if _rivers(known, 330)]
    monkeypatch.undo()
    assert before
    assert not any(_rivers(known, 330) for known in before)


def _rivers(known, width):
    """Return how many rivers there are in the lines of a measure."""
    found = lines.lines(known, float(width), Form.JUSTIFIED)
    filling = Filling(Spots(known, is_stretched=True), Measure(0.0), units(20), is_stretched=True)
    return len(rivers([filling.gaps(line) for line in found]))
