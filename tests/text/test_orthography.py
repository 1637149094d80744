"""What is one spelling for a reader is one form for the program."""

import pytest

from pipeline.text.orthography import SCRIPT, fold, folded_words, is_respelling, western_digits, wording


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("كار و زندگي", "کار و زندگی"), ("۳۷ ٣٧", "37 37"), ("می‌رود", "می رود"), ("a\u200fb", "a b"), ("\ufeffکار", "کار"),
        ("خانۀ ما", "خانه ما"), ("مدرسة", "مدرسه"), ("کِتاب", "کتاب"), ("کـــار", "کار"), (" دو  سه\n", "دو سه"), ("ﻼ", "لا"), ("مصطفى", "مصطفی"),
    ],
)  # fmt: skip
def test_spellings_are_folded_together(text, same):
    assert fold(text) == same


def test_words_are_told_apart():
    assert fold("کار") != fold("کاری") and folded_words("كار، «زندگي» ۳۷!") == ("کار", "زندگی", "37")
    assert folded_words("؟!") == ()


def test_a_wording_has_no_spaces_and_one_form_of_each_mark():
    assert wording("می‌رود، «کار»؟") == wording('میرود,"کار"?') and wording("۱۰٪ ؛ ’x‘") == wording("10%;'x'")
    assert wording("کار.") != wording("کار!")


def test_digits_are_western_and_nothing_else_changes():
    assert western_digits("سال ۱۳۹۵ و ٢٠١٦ي") == "سال 1395 و 2016ي"


def test_the_script_is_known_by_its_letters():
    assert SCRIPT.search("abc ک") and SCRIPT.search("ﻼ") and not SCRIPT.search("abc é «»")


def test_marks_without_end_are_the_same_in_any_order_that_a_language_has():
    assert fold("a" + "\u0301\u0323" * 10) == fold("a" + "\u0323\u0301" * 10)
    endless = "a" + "\u0315\u0300\u0323" * 5000
    assert fold(endless) == fold(endless) and len(fold(endless)) >= len(endless)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("كتاب", "کتاب", True), ("می‌رود", "می رود", True), ("کِشت", "کشت", True), ("کِشت", "کُشت", False),
        ("۱۲ تن", "12 تن", True), ("۱۰⁶", "۱۰۶", False), ("۳ ۴", "۳۴", False), ("مَلِک", "مُلک", False),
    ],
)  # fmt: skip
def test_a_respelling_changes_no_vowel_and_no_number(one, other, is_same):
    assert is_respelling(one, other) is is_same
