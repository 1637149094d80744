"""Numbers of sentences, as people write them and as they are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.app import numbering
from pipeline.errors import UsageError


def test_numbers_are_read_as_people_write_them():
    assert numbering.numbers("3, 7-9,3") == {3, 7, 8, 9}


@pytest.mark.parametrize("text", ["", "0", "a", "1,", "3-1", "-3", "1-", "1-2-3", "۳", "²", "1-1000000"])
def test_what_is_no_number_of_a_sentence_is_a_fault_of_usage(text):
    with pytest.raises(UsageError, match="such as 3,7-9"):
        numbering.numbers(text)


def test_numbers_in_order_are_told_as_ranges():
    assert [numbering.ranges(found) for found in ([9, 3, 7, 8, 3], [1, 2], [])] == ["3,7-9", "1-2", ""]


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_told_can_be_typed(found):
    assert numbering.numbers(numbering.ranges(found)) == found
