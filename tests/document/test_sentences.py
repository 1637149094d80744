"""The sentences of a block, with signs for its marks; those of a grid are its cells."""

from pipeline.document.sentences import sentences
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Block, Kind, Mark, MarkKind, Segment
from pipeline.text import grid

EN = SHIPPED["en"]


def block(text: str, *marks: Mark, kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(kind, text, 1, 1, marks=marks)


def test_a_mark_over_several_sentences_is_one_of_each():
    strong = Mark(4, 14, MarkKind.STRONG)
    first, second = sentences(block("One two. Three four.", strong), EN)
    assert (first.source, second.source) == ("One **two.**", "**Three** four.")


def test_a_mark_around_a_whole_sentence_has_no_sign():
    first, second = sentences(block("One. Two.", Mark(0, 4, MarkKind.STRONG)), EN)
    assert first == Segment("One.", " ", None, (Mark(0, 4, MarkKind.STRONG),))
    assert second == Segment("Two.", "")


def test_a_note_belongs_to_the_sentence_it_stands_behind():
    for place in (4, 5):
        first, second = sentences(block("One. Two.", Mark(place, place, MarkKind.NOTE, "1")), EN)
        assert (first.source, second.source) == ("One.{1}", "Two.")
    (only,) = sentences(block("One", Mark(0, 0, MarkKind.NOTE, "1")), EN)
    assert only.source == "{1}One"


def test_a_line_break_is_a_sign_inside_a_sentence_and_a_tail_between_two():
    text = f"One.{LINE_BREAK}Two{LINE_BREAK}three."
    marks = [Mark(place, place + 1, MarkKind.BREAK) for place, sign in enumerate(text) if sign == LINE_BREAK]
    first, second = sentences(block(text, *marks), EN)
    assert first == Segment("One.", LINE_BREAK)
    assert second.source == "Two{1}three."


def test_cells_of_a_grid_are_sentences_and_rows_come_back():
    text = "\ta. b\tc\nd\t\te\n"
    found = sentences(block(text, kind=Kind.TABLE), EN)
    assert "".join(segment.source + segment.tail for segment in found) == text
    assert list(grid.rows((segment.source or None, segment.tail) for segment in found)) == [
        [None, "a. b", "c"],
        ["d", None, "e"],
    ]


def test_two_columns_of_plain_text_are_cells():
    assert [s.source for s in sentences(block("Ali Rezai      Sara M.\nchair   clerk", kind=Kind.SIGNATURES), EN)] == [
        "Ali Rezai",
        "Sara M.",
        "chair",
        "clerk",
    ]
