import random
import re
from itertools import pairwise

import pytest
from weasyprint.text.ffi import TO_UNITS

from pipeline.edition.render.pdf import lines, pieces
from pipeline.edition.render.pdf.breaking import Form, Measure
from pipeline.edition.render.pdf.filling import Filling, SetLine
from pipeline.edition.render.pdf.measuring import units
from pipeline.edition.render.pdf.places import Spots
from pipeline.edition.render.pdf.rivers import rivers
from tests.support.boxes import paragraph, with_text

ENGLISH = "The workers of the mill have asked the council for a hearing, and <b>nobody has answered</b> them. " * 4
PERSIAN = (
    "کارگران کارخانه از شورا خواسته‌اند که سخن آنان را بشنود و هیچ‌کس <b>پاسخی نداده است</b> و همبستگی ادامه دارد. " * 4
)


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (PERSIAN, "fa")])
@pytest.mark.parametrize("form", Form)
def test_lines_hold_the_whole_text_and_fill_their_measure(text, lang, form):
    known = paragraph(text, lang)
    width = 330 if lang == "fa" else 480
    found = lines.lines(known, float(width), form)
    made = list(pieces.pieces(known, found))
    drawn = " ".join("".join(parts) for parts in _texts(known, found))
    assert drawn.replace("\u2010 ", "").split() == known.text.split()
    widths = [sum(piece.width for piece in line) for line in _lines(made)]
    assert all(one <= (width + 1) * 1024 for one in widths)
    if form is Form.JUSTIFIED:
        assert all(one >= (width - 2) * 1024 for one in widths[:-1])


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


def test_persian_has_short_kashidas_in_different_words_and_none_on_the_last_line():
    known = paragraph(PERSIAN, "fa")
    counts = set()
    for width in range(250, 420, 10):
        found = lines.lines(known, float(width), Form.JUSTIFIED)
        for line in found:
            letters = [letter for letter, _ in line.kashidas]
            assert all(0 < length < 0.4 for _, length in line.kashidas)
            assert len({known.text[: letter + 1].count(" ") for letter in letters}) == len(letters)
            counts.add(len(letters))
        assert not found[-1].kashidas
    assert counts == {0, 1, 2, 3}


def test_no_kashida_stands_below_one_of_the_line_above_where_there_is_another_place():
    size, below, pairs = 20 * 1024, 0, 0
    prose = paragraph(" ".join(random.Random(2).choices(re.sub("<.*?>", "", PERSIAN).split(), k=160)), "fa")
    for width in range(280, 420, 10):
        filling = Filling(Spots(prose, is_stretched=True), Measure(units(width)), units(20), is_stretched=True)
        strokes = [filling.strokes(line) for line in lines.lines(prose, float(width), Form.JUSTIFIED)]
        for above, others in pairwise(strokes):
            pairs += bool(above and others)
            below += any(abs(one - other) < 0.8 * size for one in above for other in others)
    assert pairs > 30 and below < pairs / 15


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (PERSIAN, "fa")])
def test_a_line_is_filled_with_spaces_of_four_fifths_of_an_em_at_most_or_ends_at_its_own_width(text, lang):
    known = paragraph(text, lang)
    for width in range(120, 500, 20):
        for line in lines.lines(known, float(width), Form.JUSTIFIED)[:-1]:
            pens = known.before()
            spaces = [pens[at + 1] - pens[at] for at in range(line.start, line.end) if known.text[at] == " "]
            assert all((space + line.space + line.tracking) * line.scale <= 0.83 * 20 * 1024 for space in spaces)
            length = pens[line.end] - pens[line.start] + line.hyphen + len(spaces) * line.space
            length += (line.end - line.start - (not line.hyphen)) * line.tracking
            length += sum(ems * 20 * 1024 for _, ems in line.kashidas)
            is_plain = (line.scale, line.space, line.tracking, line.kashidas) == (1.0, 0, 0, ())
            assert is_plain or abs(length * line.scale - width * 1024) < 2048


def test_persian_lines_of_some_words_reach_their_edge():
    words = re.sub("<.*?>", "", PERSIAN).split()
    for seed in range(40):
        known = paragraph(" ".join(random.Random(seed).choices(words, k=60)), "fa")
        for line in lines.lines(known, 300.0, Form.JUSTIFIED)[:-1]:
            has_few = known.text[line.start : line.end].count(" ") < 4
            assert has_few or (line.scale, line.space) != (1.0, 0)


@pytest.mark.parametrize("width", range(200, 420, 20))
def test_no_part_of_a_word_is_alone_on_the_last_line_nor_has_a_second_line_a_hyphen(width):
    words = ["plural", "understanding", "organisation", "revolutionary", "well-known", "internationalism"]
    for seed in range(12):
        known = paragraph(" ".join(random.Random(seed).choices(words, k=9)))
        found = lines.lines(known, float(width), Form.JUSTIFIED)
        ends = [known.text[line.start : line.end] for line in found]
        parted = [line.hyphen > 0 or end.endswith("-") for line, end in zip(found, ends, strict=True)]
        assert not (parted[-2] and " " not in ends[-1])
        assert not any(one and other for one, other in pairwise(parted))


def test_a_name_is_parted_only_where_nothing_else_fits():
    text = "They have asked the government about it and Mohammadi answered them in considerable detail. " * 3
    whole = paragraph(text)
    parted = set()
    for width in range(560, 700, 10):
        for line in lines.lines(whole, float(width), Form.JUSTIFIED):
            if line.hyphen:
                parted.add(re.search(r"\w+$", text[: line.end])[0] + re.match(r"\w+", text[line.end :])[0])
    assert parted and "Mohammadi" not in parted
    assert lines.lines(paragraph("and Mohammadinejadian"), 130.0, Form.JUSTIFIED)[0].hyphen


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


def test_lines_of_a_title_are_about_equally_long_whatever_stands_below_each_other():
    same = paragraph(" ".join(["workers"] * 40))
    counts = [same.text[line.start : line.end].count("workers") for line in lines.lines(same, 400.0, Form.TITLE)]
    assert len(counts) > 5 and max(counts) - min(counts) < 2


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(("text", "lang"), [("Of the mill: a hearing", "en"), ("سخن آنان را بشنود", "fa")])
def test_what_is_shorter_than_a_line_stands_on_one_as_it_is(text, lang, form):
    known = paragraph(text, lang)
    width = known.before()[-1] / TO_UNITS
    assert lines.lines(known, width + 1, form) == [SetLine(0, len(text), len(text))]
    assert lines.lines(known, 3 * width, form) == [SetLine(0, len(text), len(text))]
    assert len(lines.lines(known, 0.7 * width, form)) == 2


def test_what_is_shorter_than_a_line_has_two_where_it_says_so():
    known = with_text("Of the mill\na hearing", "en")
    assert len(lines.lines(known, 10_000.0, Form.JUSTIFIED)) == 2
