"""What changed between two wordings, word by word."""

from pipeline.text.rewording import LONGEST, Change, changes

KEPT, GONE, NEW = Change.KEPT, Change.GONE, Change.NEW


def test_runs_of_words_are_kept_gone_or_new_in_reading_order():
    assert list(changes("a b c", "a x y c")) == [(KEPT, ["a"]), (GONE, ["b"]), (NEW, ["x", "y"]), (KEPT, ["c"])]
    assert list(changes("a b", "a b c")) == [(KEPT, ["a", "b"]), (NEW, ["c"])]
    assert list(changes("a b c", "c")) == [(GONE, ["a", "b"]), (KEPT, ["c"])]
    assert list(changes("", "a")) == [(NEW, ["a"])] and list(changes("", "")) == []


def test_a_frequent_word_is_compared_like_any_other():
    many = ["the"] * 250
    assert list(changes(" ".join(many), " ".join([*many, "end"]))) == [(KEPT, many), (NEW, ["end"])]


def test_texts_of_more_words_are_shown_as_replaced_unless_they_are_the_same():
    long = [str(number) for number in range(LONGEST + 1)]
    assert list(changes(" ".join(long), " ".join(long[1:]))) == [(GONE, long), (NEW, long[1:])]
    assert list(changes(" ".join(long), " ".join(long))) == [(KEPT, long)]
    assert list(changes(" ".join(long), "")) == [(GONE, long)]
    just = long[:LONGEST]
    assert list(changes(" ".join(just), " ".join(just[1:]))) == [(GONE, just[:1]), (KEPT, just[1:])]
