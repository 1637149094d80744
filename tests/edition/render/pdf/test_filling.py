import pytest

from pipeline.edition.render.pdf import lines
from pipeline.edition.render.pdf.breaking import Form, Measure
from pipeline.edition.render.pdf.filling import STROKE, TRACKING, Filling, SetLine
from pipeline.edition.render.pdf.measuring import units
from pipeline.edition.render.pdf.pieces import pieces
from pipeline.edition.render.pdf.places import Spots
from tests.support.boxes import paragraph

SIZE = units(20)


def filled(text, lang, more):
    """Return a filling and its first line of all words, in a measure wider than them by so many ems."""
    spots = Spots(paragraph(text, lang), is_stretched=lang == "fa")
    first, end = spots.whole[0], spots.whole[-1]
    _, places = spots.between(first, end, is_parted=False)
    measure = Measure(places[-1].end.width + more * SIZE, Form.JUSTIFIED, STROKE * SIZE)
    filling = Filling(spots, measure, SIZE, is_stretched=lang == "fa")
    return filling, filling.line((first, places[0]), (end, places[-1]), is_last=False)


def test_a_line_of_persian_has_a_kashida_when_its_spaces_are_not_enough():
    text = "آنان را بشنود و همبستگی ادامه دارد"
    assert filled(text, "fa", 0.1)[1].kashidas == ()
    assert filled(text, "fa", 1.0)[1].kashidas == ((text.index("همبستگی") + 3, pytest.approx(0.3, abs=0.1)),)


def test_letters_of_other_scripts_stand_apart_no_further_than_nobody_sees():
    line = filled("the council has heard the workers of the mill", "en", 2.5)[1]
    assert 0 < line.tracking <= TRACKING * SIZE and not line.kashidas


@pytest.mark.parametrize(
    ("text", "lang"), [("the council has heard", "en"), ("آنان را بشنود و همبستگی ادامه دارد", "fa")]
)
def test_the_spaces_of_a_line_lie_where_they_are_drawn(text, lang):
    filling, line = filled(text, lang, 1.4)
    gaps, before = filling.gaps(line), filling.spots.before
    spaces = [index for index, sign in enumerate(text) if sign == " "]
    words = before[-1] - sum(before[at + 1] - before[at] for at in spaces)
    words += line.tracking * (len(text) - len(spaces)) + sum(length * SIZE for _, length in line.kashidas)
    assert len(gaps) == len(spaces)
    assert sum(right - left for left, right in gaps) + line.scale * words == pytest.approx(
        filling.measure.width, rel=0.01
    )
    plain = filling.gaps(SetLine(line.start, line.end, line.next))
    assert [left for left, _ in plain] == [before[at] for at in spaces]


def test_a_line_of_one_word_is_no_wider_than_its_measure():
    paragraph_ = paragraph("documents/2024/annual/report", "en", "")
    width = paragraph_.before()[-1] / 1024
    (line,) = lines.lines(paragraph_, width * 0.985, Form.JUSTIFIED)
    assert line.scale == pytest.approx(0.985, abs=0.002)


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("The council has heard the workers of the mill and the people of the town. ", "en"),
        ("کارگران کارخانه نساجی از شورا خواسته‌اند که سخن آنان را بشنود، و همبستگی مردم شهر ادامه دارد. ", "fa"),
    ],
)
def test_an_indent_is_as_wide_as_it_is_whatever_its_line_is_filled_with(sentence, lang):
    indented = paragraph(sentence * 4, lang, "text-indent: 30px")
    found = lines.lines(indented, 400.0, Form.JUSTIFIED)
    ((_, parts),) = pieces(indented, found)
    first, *inner = (piece.width / 1024 for piece in list(parts.values())[: len(found) - 1])
    assert found[0].scale != 1 and len(inner) > 2
    assert first == pytest.approx(370, abs=0.1) and inner == pytest.approx([400] * len(inner), abs=0.1)
