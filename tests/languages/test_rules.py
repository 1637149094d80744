"""What the texts in a language's file may be."""

import pytest

from pipeline.languages.rules import Ending, Line, Word, named
from pipeline.limits import MOST_IN_A_TERM
from pipeline.tables import Rule


def rule(kind) -> Rule[str]:
    return kind.__metadata__[0]


@pytest.mark.parametrize(
    ("kind", "text", "is_right"),
    [
        (Line, "", True), (Line, "می\u200cشود", True), (Line, "a\u00a0b", True), (Line, "two\nlines", False),
        (Line, "\x1b[31m", False), (Line, "\u202eabc", False), (Line, "x" * MOST_IN_A_TERM, True),
        (Line, "x" * (MOST_IN_A_TERM + 1), False),
        (Word, "", False), (Word, " ", False), (Word, "à la", True),
        (Ending, "*tion", True), (Ending, "nation", True), (Ending, "*", False), (Ending, "a*b", False),
        (Ending, "**a", False),
    ],
)  # fmt: skip
def test_a_text_is_one_line_a_word_or_an_ending(kind, text, is_right):
    assert rule(kind).holds(text) == is_right


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Page {page} of {pages}", True), ("{pages}: {page}", True), ("Page {page}", False), ("Page", False),
        ("Page {page} of {pages} {month}", True), ("{page} {pages} {other}", False), ("{page} {page} {pages}", False),
        ("{page:>9999999} {pages}", False), ("{page!r} {pages}", False), ("{page} {pages} {", False),
        ("{page.real} {pages}", False), ("{page} {pages} {{x}}", True),
    ],
)  # fmt: skip
def test_a_text_has_each_name_in_braces_once_and_nothing_else(text, is_right):
    assert named("page", "pages", example="…", optional=("month",)).holds(text) == is_right
