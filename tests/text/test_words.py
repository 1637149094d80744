import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import orthography, words
from pipeline.text.words import LONGEST, MOST, Remembered

PERSIAN = st.text(st.sampled_from("آاكي یکئۀ۳٣\u200c\u200f\u0640\u064b\u0301\u034f\u00a0\u2028é2Éß.،ﷲ½İ"))


def test_what_is_said_of_a_word_is_worked_out_once():
    asked = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    assert [lengths[word] for word in ("a", "bc", "a")] == [1, 2, 1]
    assert asked == ["a", "bc"]


def test_memory_stays_bounded_whatever_words_come():
    lengths = Remembered(len)
    for number in range(2 * MOST):
        assert lengths[str(number)] == len(str(number))
    assert lengths["x" * (LONGEST + 1)] == LONGEST + 1
    assert len(lengths) <= MOST and all(len(word) <= LONGEST for word in lengths)


@given(PERSIAN)
def test_a_text_is_the_sum_of_its_pieces(text):
    assert orthography.fold(text) == orthography._folded(text)
    assert orthography.folded_words(text) == tuple(re.findall(r"\w+", orthography.fold(text)))


def test_words_are_small_and_in_their_order():
    assert words.small_words("L’État, c’est\u00a0moi\n– ÉTAT 2") == ("l", "état", "c", "est", "moi", "état", "2")
