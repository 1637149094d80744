"""Numbers in digits, and what only looks like one."""

import pytest

from pipeline.text.numerals import codes, numbers


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
