import pytest

from pipeline.model import Location, first_day


@pytest.mark.parametrize("location", [Location(0), Location(1), Location(12, "عنوان"), Location(3, "«a», under «b»")])
def test_a_location_is_read_as_it_was_written(location):
    assert Location.read(str(location)) == location


@pytest.mark.parametrize("text", ["", "line 0", "line", "line 3, under", "line ۳", "a page"])
def test_what_names_no_location_is_none(text):
    assert Location.read(text) is None


@pytest.mark.parametrize("date", ["2016-01-01", "2016-01", "2016"])
def test_a_month_and_a_year_begin_with_their_first_day(date):
    assert first_day(date) == "2016-01-01"
