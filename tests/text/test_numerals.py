"""Numbers in digits, and what only looks like one."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import SHIPPED
from pipeline.text import numerals
from pipeline.text.numerals import blanked, codes, localised, spelt, worth


@pytest.mark.parametrize("code", ["514-258-111", "514/258/111", "514 258 111"])
def test_groups_of_three_held_together_by_dashes_or_spaces_are_a_phone_number(code):
    assert codes(f"تلفن {code}") == [code]


@pytest.mark.parametrize("number", ["514,258,111", "۵۱۴٬۲۵۸٬۱۱۱"])
def test_groups_of_three_with_separators_of_thousands_are_a_number(number):
    assert codes(f"{number} نفر") == []


@pytest.mark.parametrize("date", ["2016-10-30", "30.10.2016", "1395/8/9"])
def test_a_date_is_no_phone_number(date):
    assert codes(f"تاریخ {date}") == []


@pytest.mark.parametrize(
    ("number", "lang", "values"),
    [
        ("22٬000", "fa", {22000}), ("22,000", "en", {22000}), ("22,000", "fr", {22000, 22}), ("22.000", "en", {22000, 22}),
        ("22\u202f000", "fr", {22000}), ("1.234,5", "fr", {1234.5}), ("1,2345", "en", {1.2345}), ("7٫5", "fa", {7.5}),
        ("3/5", "fa", {3.5, 0.6}), ("3/0", "fa", set()), ("1/2/3", "fa", set()), ("2.6.2025", "en", set()), ("037,000", "en", {37}),
        ("17:30", "en", {17.3, 5.3, 29.3}), ("8", "en", {8}),
    ],
)  # fmt: skip
def test_a_number_may_be_worth_what_its_separators_may_mean(number, lang, values):
    assert worth(number, SHIPPED[lang]) == values


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("XIX", 19), ("IV", 4), ("XC", 90), ("CLXVI", 166), ("", 0), ("xix", 0), ("XIM", 0), ("I" * 12, 0)],
)
def test_roman_numbers_are_read_in_capitals(numeral, value):
    assert numerals.roman(numeral) == value


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
        ("8.10", FA, FR, "8.10"), ("8.10", EN, FR, "8,10"), ("8.10.2016", EN, FR, "8.10.2016"), ("7٫5", EN, FA, "۷٫۵"),
        ("1,234.5", EN, FA, "۱٬۲۳۴٫۵"), ("5%", EN, FA, "۵٪"), ("+31 10 555 0199", EN, FA, "+31 10 555 0199"),
    ],
)  # fmt: skip
def test_a_number_gets_the_separators_of_the_language(number, source, target, written):
    assert localised(number, source, target) == written


def test_numbers_are_spelt_as_the_language_does():
    assert (spelt(7, EN), spelt(7, EN, ordinal=True)) == ("seven", "seventh")
    assert (spelt(7, FR), spelt(7, FR, ordinal=True)) == ("sept", "septième")


@pytest.mark.parametrize("text", ["12-2016", "12-1-2016-33", "1234/567/890", "12.345-678"])
def test_only_three_groups_with_a_year_are_a_date_and_only_points_part_thousands(text):
    assert codes(f"شماره {text}") == [text]


def test_a_language_without_the_words_has_none():
    silent = replace(EN, numbers=replace(EN.numbers, num2words=""))
    assert spelt(7, silent) == spelt(7, silent, ordinal=True) == ""


def test_numbers_between_codes_and_addresses_stay_where_they_are():
    assert blanked("تلفن 514-258-8186 و 37 نفر در 1395/8/9") == f"تلفن {' ' * 12} و 37 نفر در 1395/8/9"
    assert blanked("a@b.example 3") == f"{' ' * 11} 3" and codes("بی رقم") == []


@pytest.mark.parametrize("text", ["+49 (30) 123456", "0211/98765 43", "(030) 123 45 67"])
def test_a_telephone_number_may_have_brackets_and_is_no_number(text):
    assert codes(f"تلفن {text}")
    assert not re.search(r"\d", blanked(f"Tel. {text}."))


@pytest.mark.parametrize("text", ["1.300.000", "1 300 000", "20 000", "514 258 000"])
def test_thousands_divided_by_stops_or_spaces_are_no_code(text):
    assert codes(f"{text} نفر") == [] and blanked(text) == text


CODE = re.compile(r"\+?\d[\d()/.-]*(?:[ ./-]\(?\d[\d()]*){1,}\d")
"""A code in one pattern, which needs the cube of a text's length when there is none in it."""


@given(st.text("12 (-/.+a", max_size=14))
def test_codes_are_found_where_one_pattern_finds_them(text):
    assert [text[slice(*place)] for place in numerals._codes(text)] == [
        found[0] for found in CODE.finditer(text) if numerals._is_code(found[0])
    ]
