"""A text is never divided inside what readers see as one character."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.graphemes import graphemes

HARD = (
    "سَلام می\u200cشود", "e\u0301", "👩\u200d👩\u200d👧", "🇮🇷🇫🇷🇩", "👍🏽", "각힣한", "क्षि", "a\r\nb", "\u06dd۱۲",
    "🏴\U000e0067\U000e0062\U000e007f", "1️⃣",
)  # fmt: skip


def ends(parts):
    place, found = 0, set()
    for part in parts:
        place += len(part)
        found.add(place)
    return found


@given(st.lists(st.sampled_from([*HARD, " ", "\u0301", "\u200d", "x", "ب"]), max_size=8).map("".join))
def test_no_part_ends_where_unicode_would_not_divide(text):
    assert "".join(graphemes(text)) == text
    assert ends(graphemes(text)) <= ends(regex.findall(r"\X", text))


def test_words_are_divided_between_their_letters():
    assert list(graphemes("سَلام")) == ["سَ", "ل", "ا", "م"]
    assert list(graphemes("")) == []
