"""Numbers in digits, and what only looks like one."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.text.numerals import codes, has_number_words, localised, numbers, ordinals, spelt


@pytest.mark.parametrize("code", ["514-258-111", "514/258/111", "514 258 111"])
def test_groups_of_three_held_together_by_dashes_or_spaces_are_a_phone_number(code):
    assert codes(f"تلفن {code}") == [code]
    assert numbers(f"تلفن {code}") == []


@pytest.mark.parametrize("number", ["514,258,111", "۵۱۴٬۲۵۸٬۱۱۱"])
def test_groups_of_three_with_separators_of_thousands_are_a_number(number):
    assert codes(f"{number} نفر") == []
    assert numbers(f"{number} نفر") == ["514258111"]


@pytest.mark.parametrize("date", ["2016-10-30", "30.10.2016", "1395/8/9"])
def test_a_date_is_no_phone_number(date):
    assert codes(f"تاریخ {date}") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("۲۲٬۰۰۰ نفر", ["22000"]), ("22,000 people", ["22000"]), ("22\u202f000", ["22000"]), ("22\u00a0000", ["22000"]),
        ("۷٫۵ درصد", ["7.5"]), ("7.5 %", ["7.5"]), ("7,5 %", ["7.5"]), ("1,2345", ["1.2345"]), ("22,00", ["22.00"]),
        ("در ۸ تا ۱۰ آبان", ["8", "10"]), ("https://example.org/2016 را در 3", ["3"]), ("بی رقم", []),
    ],
)  # fmt: skip
def test_numbers_are_told_in_western_digits_without_separators(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+49-30-123456", ["+49-30-123456"]), ("514-258-8186", ["514-258-8186"]), ("12-34-5", []), ("12-34-56", ["12-34-56"]),
        ("12-2016-44", ["12-2016-44"]), ("1-22-2016", []), ("100-200-300-2016", ["100-200-300-2016"]), ("1.000.000", []),
        ("a@b.example 514-258-8186", ["514-258-8186"]), ("https://example.org/514-258-8186", []),
    ],
)  # fmt: skip
def test_codes_are_phone_and_account_numbers_of_six_digits_and_more(text, found):
    assert codes(text) == found


FA, EN, FR = (SHIPPED[code] for code in ("fa", "en", "fr"))


@pytest.mark.parametrize(
    ("number", "source", "target", "written"),
    [
        ("7٫5", FA, EN, "7.5"), ("7٫5", FA, FR, "7,5"), ("22٬000", FA, EN, "22,000"), ("22٬000", FA, FR, "22\u202f000"),
        ("22,000", FA, FR, "22\u202f000"), ("1,234,567", FA, FR, "1\u202f234\u202f567"), ("22,0000", FA, FR, "22,0000"),
        ("8.10", FA, FR, "8.10"), ("8.10", EN, FR, "8,10"), ("8.10.2016", EN, FR, "8.10.2016"), ("7٫5", EN, FA, "7٫5"),
    ],
)  # fmt: skip
def test_a_number_gets_the_separators_of_the_language(number, source, target, written):
    assert localised(number, source, target) == written


def test_ordinals_are_told_with_their_values_but_the_first_of_may_is_a_date():
    assert list(ordinals("کنگره هفتم و نشست دوم", FA)) == [("هفتم", 7), ("دوم", 2)]
    assert list(ordinals("اول ماه مه", FA)) == [] and list(ordinals("نشست اول", FA)) == [("اول", 1)]
    assert list(ordinals("کنگره ما", FA)) == []
    assert list(ordinals("اعتصاب دوم خرداد", FA)) == [] and list(ordinals("نفر دوم می‌شود", FA)) == [("دوم", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قرن بیست و یکم", [("بیست و یکم", 21)]),
        ("سی‌وسومین نشست", []),  # one word with joiners and without spaces: unknown, and so not judged
        ("سی و سومین نشست", [("سی و سومین", 33)]),
        ("یازدهم و دوم", [("یازدهم", 11), ("دوم", 2)]),
        ("یکم", [("یکم", 1)]),
        ("نوزدهمین کنگره", [("نوزدهمین", 19)]),
    ],
)
def test_an_ordinal_may_be_of_several_words(text, found):
    assert list(ordinals(text, FA)) == found


def test_a_sentence_with_numbers_in_words_is_known():
    assert has_number_words("سه نفر آمدند", FA) and has_number_words("نشست دوم", FA)
    assert not has_number_words("همه آمدند", FA) and not has_number_words("سهم ما", FA)
    assert has_number_words("Three came", EN) and not has_number_words("They came", EN)


def test_numbers_are_spelt_as_the_language_does():
    assert (spelt(7, EN), spelt(7, EN, ordinal=True)) == ("seven", "seventh")
    assert (spelt(7, FR), spelt(7, FR, ordinal=True)) == ("sept", "septième")


@pytest.mark.parametrize("text", ["12-2016", "12-1-2016-33", "1234/567/890", "12.345-678"])
def test_only_three_groups_with_a_year_are_a_date_and_only_points_part_thousands(text):
    assert codes(f"شماره {text}") == [text]


def test_a_language_without_the_words_has_none():
    silent = replace(EN, numbers=replace(EN.numbers, num2words=""))
    assert spelt(7, silent) == spelt(7, silent, ordinal=True) == ""


def test_numbers_between_codes_and_addresses_are_found():
    assert numbers("تلفن 514-258-8186 و 37 نفر در 1395/8/9") == ["37", "1395", "8", "9"]
    assert numbers("a@b.example 3") == ["3"] and codes("بی رقم") == []


def test_an_ordinal_before_the_word_for_month_is_a_date_in_that_place_only():
    assert list(ordinals("اول ماه مه و نشست اول", FA)) == [("اول", 1)]
