from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.languages.capitals import has_case, have_capitals, is_small


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("страница", True),
        ("σελίδα", True),
        ("էջ", True),
        ("Trang này", True),
        ("გვერდი", False),
        ("第一页 PDF", False),
        ("पृष्ठ", False),
        ("עמוד", False),
        ("ገጽ", False),
        ("صفحه", False),
        ("", False),
    ],
)
def test_a_script_has_capitals_or_not(text, expected):
    assert have_capitals(text) is expected


def test_a_georgian_letter_is_none_in_the_place_of_which_a_capital_could_stand():
    assert [is_small(letter) for letter in "aжაº字A"] == [True, True, False, True, False, False]
    assert [has_case(letter) for letter in "aAა字"] == [True, True, False, False]


def test_a_label_of_georgian_stays_in_the_letters_that_are_read():
    assert replace(SHIPPED["en"], code="ka").capitalised("გვერდი") == "გვერდი"
    assert SHIPPED["en"].capitalised("page") == "Page"


def test_every_language_of_the_package_has_capitals_if_its_letters_have():
    assert {code for code in SHIPPED if not SHIPPED[code].has_capitals} == {"ar", "ckb", "fa"}
