import pytest

from pipeline.languages import SHIPPED
from pipeline.text import wordkeys
from pipeline.text.wordkeys import LONGEST_WORD, placed

PERSIAN = wordkeys.affixes(SHIPPED["fa"])


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("كتاب علي", "کتاب علی"), ("سال ۱۳۹۵", "سال 1395"), ("٢٠١٦", "۲۰۱۶"), ("২০১৬ में", "2016"), ("می‌شود", "میشود"),
        ("می شود", "میشود"), ("می‌شود", "می شود"), ("کتاب‌ها", "کتابها"), ("کتاب ها", "کتابها"), ("État", "etat"),
        ("الأُمَم", "الامم"), ("مســاوات", "مساوات"), ("İşçi", "işci"), ("Straße", "strasse"), ("ﻛﺎﺭﮔﺮ", "کارگر"),
    ],
)  # fmt: skip
def test_words_written_otherwise_have_the_same_key(written, asked):
    assert set(wordkeys.key(asked).split()) <= wordkeys.words(written, PERSIAN)


def keys(text, affixes=PERSIAN):
    return [word.key for word in placed(text, affixes)]


@pytest.mark.parametrize("written", ["می‌شود", "می شود", "میشود", "مي شود،", "«می‌شود»"])
def test_a_word_is_one_however_its_prefix_is_written(written):
    assert keys(written) == ["میشود"]


def test_words_are_in_their_order_and_their_places_leave_marks_out():
    text = "«كتاب ها ی» نو، ۱۳۹۵ (بین‌المللی/تازه)"
    found = placed(text, PERSIAN)
    assert [word.key for word in found] == ["کتابها", "ی", "نو", "1395", "بینالمللی", "تازه"]
    assert [text[word.start : word.end] for word in found] == [
        "كتاب ها", "ی", "نو", "۱۳۹۵", "بین‌المللی/تازه", "بین‌المللی/تازه",
    ]  # fmt: skip
    assert found[0].parts == ("کتاب", "ها") and found[2].parts == () and found[4].parts == ("بین", "المللی")


def test_without_affixes_only_a_non_joiner_joins():
    assert keys("می شود می‌شود", wordkeys.NO_AFFIXES) == ["می", "شود", "میشود"]


def test_an_affix_at_the_beginning_joins_nothing():
    assert keys("ها کتاب") == ["ها", "کتاب"] and keys("می") == ["می"] and placed("") == placed("؟!  …") == []


def test_what_is_longer_than_any_word_is_no_word():
    assert keys(f"a {'x' * (LONGEST_WORD + 1)} b") == ["a", "b"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("我们从3月1日起罢工。", "罢工"), ("私たちはストライキを続ける", "ストライキ"), ("PDF文件", "文件"), ("กรรมกรท่าเรือหยุดงาน", "หยุดงาน"),
    ],
)  # fmt: skip
def test_where_no_spaces_part_words_a_word_is_found_inside_a_row_of_signs(written, asked):
    text = keys(written)
    row = keys(asked)
    assert len(row) > 1 and row in [text[start : start + len(row)] for start in range(len(text))]
    assert set(row) <= wordkeys.words(written)


def test_the_place_of_a_sign_is_its_own():
    text = "工人罢工，PDF文件"
    assert [text[word.start : word.end] for word in placed(text)] == [*"工人罢工", "PDF", *"文件"]


def test_vowel_signs_are_parts_of_a_word():
    assert keys("दिन और दान।") == [wordkeys.key(word) for word in ("दिन", "और", "दान")]
    assert wordkeys.words("दिन") != wordkeys.words("दान")
    found = placed("यह मज़दूरी।")[1]
    assert "यह मज़दूरी।"[found.start : found.end] == "मज़दूरी"
