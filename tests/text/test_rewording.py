"""What changed between two wordings, word by word."""

import pytest

from pipeline.text.rewording import LONGEST, Change, changes, compared, joined

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


@pytest.mark.parametrize(
    ("before", "now"),
    [("a b c", "a x y c "), ("a b", "a b"), ("", "a"), (" a\n b", "c"), ("a", ""), ("a  b c", "c\u200c d  a")],
)
def test_the_pieces_of_two_wordings_add_up_to_them(before, now):
    old, new = compared(before, now)
    assert ("".join(text for text, _ in old), "".join(text for text, _ in new)) == (before, now)
    assert {kind for _, kind in old} <= {KEPT, GONE} and {kind for _, kind in new} <= {KEPT, NEW}


def test_what_is_gone_and_what_is_new_is_marked_without_the_space_around_it():
    assert compared("a b c", "a x y c") == (
        [("a", KEPT), (" ", KEPT), ("b", GONE), (" ", KEPT), ("c", KEPT)],
        [("a", KEPT), (" ", KEPT), ("x y", NEW), (" ", KEPT), ("c", KEPT)],
    )


def test_chinese_is_compared_sign_by_sign_and_put_together_without_spaces():
    found = list(changes("我们不同意 ILO 的决定。", "我们完全不同意 ILO 的决定。"))
    assert [(kind, joined(words)) for kind, words in found] == [
        (KEPT, "我们"),
        (NEW, "完全"),
        (KEPT, "不同意 ILO 的决定。"),
    ]
    old, new = compared("请停止砍伐。", "请立即停止砍伐。")
    assert [text for text, kind in new if kind is NEW] == ["立即"] and {kind for _, kind in old} == {KEPT}
    assert list(changes("나무를 자르지 마라", "나무를 지금 자르지 마라"))[1] == (NEW, ["지금"])
    assert joined(["나무를", "자르지"]) == "나무를 자르지"


def test_figures_stand_beside_chinese_signs_without_a_space():
    assert joined(["自", "2024", "年", "3", "月", "起", "。"]) == "自2024年3月起。"
    assert joined(["in", "2024", "25", "persons"]) == "in 2024 25 persons"
