"""What can be printed of a text."""

import pytest

from pipeline.text import printable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("\u202eabc\u202c", "abc"),
        ("می\u200cروم", "می\u200cروم"),
        ("a\ud800", "a\ufffd"),
    ],
)
def test_control_characters_are_shown_and_what_turns_a_text_is_left_out(text, kept):
    assert printable.safe(text) == kept


def test_a_text_on_one_line_has_single_spaces():
    assert printable.plain(" نان \n و  کار\t") == "نان و کار"
