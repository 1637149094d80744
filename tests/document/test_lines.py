import pytest

from pipeline.document.lines import grouped, joined, patterns, read
from pipeline.languages import SHIPPED


def test_blank_lines_are_left_out_and_remembered():
    lines = list(read(["  یک", "", "دو", "سه"], ()))
    assert [(line.text, line.first, line.indent, line.after_gap, line.before_gap) for line in lines] == [
        ("یک", 1, 2, True, True),
        ("دو", 3, 0, True, False),
        ("سه", 4, 0, False, True),
    ]
    assert [[line.first for line in group] for group in grouped(lines)] == [[1], [3, 4]]


def test_joined_lines_keep_what_stands_between_them():
    lines = list(read(["یک", "   دو ", "سه"], ()))
    assert joined(lines[:2]).text == "یک\n   دو" and lines[0].last == 2


def test_words_are_found_however_their_letters_are_written():
    persian = patterns(SHIPPED["fa"])
    assert persian.courtesy.match("با سلام") and persian.part.match("ماده 5")[1] == "ماده"
    assert patterns(SHIPPED["ar"]).ordinal.match("ثانیا: ماذا نفعل")


def test_a_letter_counts_in_each_order_and_a_dotted_number_by_its_last_figure():
    persian = patterns(SHIPPED["fa"])
    assert persian.ordinals("ج") == [6, 3] and persian.ordinals("۲٫۳") == [3] and persian.ordinals("iv") == [4]


@pytest.mark.parametrize("quoted", ["„Ja, das ist so.“", "»Det er sådan.«", "»Das ist so!«", "”כך היה.“"])
def test_a_sentence_ends_before_the_marks_that_close_it_in_any_language(quoted):
    (line,) = read([f"Er sagte: {quoted}"], ())
    assert line.ends_sentence and not line.is_phrase


def test_a_line_calls_or_stands_in_quotation_marks_or_brackets():
    quoted, bracketed, called, plain = read(["«نان و گل»", "(یادداشت)", "نان کجاست؟", "«نان» و «گل»"], ())
    assert quoted.is_quoted and bracketed.is_bracketed and called.calls
    assert not (plain.is_quoted or plain.is_bracketed or plain.calls or quoted.calls)
