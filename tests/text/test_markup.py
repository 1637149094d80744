"""Marks become signs that a translator can move, and signs become the same marks again, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import LINE_BREAK, Mark, MarkKind, Segment
from pipeline.text import markup
from pipeline.text.markup import PLACES, STYLES, Span

STRONG, EMPHASIS, LINK, NOTE, BREAK = (
    MarkKind.STRONG,
    MarkKind.EMPHASIS,
    MarkKind.LINK,
    MarkKind.NOTE,
    MarkKind.BREAK,
)


@pytest.mark.parametrize(
    ("text", "marks", "signed"),
    [
        ("این متن مهم است", [Mark(8, 11, STRONG)], "این متن **مهم** است"),
        ("see here, and note", [Mark(4, 8, LINK, "https://x.org"), Mark(18, 18, NOTE, "1")], "see [here]{1}, and note{2}"),
        ("a b c", [Mark(0, 3, STRONG), Mark(2, 3, EMPHASIS)], "**a *b*** c"),
        ("one two three", [Mark(0, 4, STRONG), Mark(4, 7, STRONG)], "**one two** three"),
        ("one two three", [Mark(3, 8, STRONG)], "one **two** three"),
        (f"one{LINE_BREAK}two", [Mark(3, 4, BREAK)], "one{1}two"),
        ("2 * 3 = 6", [Mark(8, 9, STRONG)], r"2 \* 3 = **6**"),
        ("as [1] says", [Mark(3, 6, LINK, "u")], "as [[1]]{1} says"),
        ("as [1] says", [Mark(6, 6, NOTE, "2")], r"as \[1\]{1} says"),
        ("H2O", [Mark(1, 2, MarkKind.SUBSCRIPT)], "H[2]{1}O"),
    ],
)  # fmt: skip
def test_signs_are_those_a_reader_expects(text, marks, signed):
    assert markup.write(text, marks).text == signed


def test_marks_around_a_whole_sentence_are_taken_out():
    marked = markup.write(" All of it. ", [Mark(0, 12, STRONG), Mark(1, 11, LINK, "u")])
    assert marked == markup.Marked(" All of it. ", None, (Mark(1, 11, STRONG), Mark(1, 11, LINK, "u")))


def test_a_translator_reads_what_signs_stand_for():
    marked = markup.write("see here", [Mark(4, 8, LINK, "https://x.org"), Mark(0, 3, STRONG), Mark(8, 8, NOTE, "1")])
    said = markup.described(Segment(marked.text, "", marked.signs))
    assert said == ("**…**: strong", "{1}: a link to https://x.org", "{2}: note 1")


def test_text_without_marks_is_what_it_is():
    text = r"**no** {1} [x]{2} \*"
    assert markup.write(text, ()) == markup.Marked(text, None, ())


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("[a]{2} {1}", [Span("a", around=(2,)), Span(" "), Span("", number=1)]),
        ("a] {0} {12345} [b", [Span("a] {0} {12345} [b")]),
        ("a]{1}", [Span("a]"), Span("", number=1)]),
        ("[a [b]{2}", [Span("[a "), Span("b", around=(2,))]),
        (r"\*a\\b", [Span(r"*a\b")]),
        ("**a", [Span("a", frozenset({STRONG}))]),
    ],
)
def test_signs_in_any_order_are_read_and_what_is_none_is_text(text, runs):
    assert markup.read(text) == runs


def test_plain_text_keeps_words_apart_that_a_place_parted():
    assert markup.plain("one{1}two **three**{2}.") == "one two three."


TEXTS = st.text(st.sampled_from("ab *[]{}1\\ ب\u200c"), max_size=24)


@st.composite
def marked_texts(draw) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    marks = []
    for kind in draw(st.lists(st.sampled_from(MarkKind), max_size=5)):
        start, end = sorted((draw(places), draw(places)))
        if kind is BREAK:
            continue
        marks.append(Mark(start, start if kind in PLACES else end, kind, draw(st.sampled_from("xy"))))
    return text, marks


@given(marked_texts())
def test_whatever_is_marked_the_text_is_read_again_and_every_number_once(sample):
    text, marks = sample
    marked = markup.write(text, marks)
    if marked.signs is None:
        assert marked.text == text
        return
    runs = markup.read(marked.text)
    assert "".join(run.text for run in runs) == text
    numbers = [run.number for run in runs if run.number] + list({n for run in runs for n in run.around})
    assert sorted(numbers) == list(range(1, len(marked.signs) + 1))
    for number, mark in enumerate(marked.signs, 1):
        covered = "".join(run.text for run in runs if number in run.around)
        assert covered == text[mark.start : mark.end] or mark.kind in PLACES
    for style in STYLES:
        wanted = {
            i
            for m in (*marks, *marked.around)
            if m.kind is style
            for i in range(m.start, m.end)
            if not text[i].isspace()
        }
        styled = [style in run.styles for run in runs for _ in run.text]
        inner = {i for i in wanted if not any(m.kind is style for m in marked.around)}
        assert inner == {i for i, is_styled in enumerate(styled) if is_styled and not text[i].isspace()}
