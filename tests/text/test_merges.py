"""What git leaves of a merge is seen, and what only looks like it is left alone."""

import pytest

from pipeline.text import merges

WHOLE = "یک\n<<<<<<< HEAD\nدو\n=======\nسه\n>>>>>>> branch\nچهار"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (WHOLE, 2),
        (WHOLE.replace("=======", "||||||| base\nصفر\n======="), 2),
        (WHOLE.replace("\n", "\r\n"), 2),
        (WHOLE.replace("<<<<<<< HEAD\n", ""), 3),
        (WHOLE.replace("=======\n", ""), 2),
        ("", 0),
        ("عنوان\n=======\nمتن", 0),
        (">>>>>>> quoted often", 0),
        (">>>>>>> quoted often\n=======\n", 0),
        ("<<<<<<<<< more\n >>>>>>> less", 0),
    ],
)
def test_a_conflict_is_told_by_the_line_it_begins_with(text, line):
    assert merges.conflict(text.split("\n")) == line
