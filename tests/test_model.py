import pytest

from pipeline.model import Location


@pytest.mark.parametrize("location", [Location(0), Location(1), Location(12, "عنوان"), Location(3, "«a», under «b»")])
def test_a_location_is_read_as_it_was_written(location):
    assert Location.read(str(location)) == location


@pytest.mark.parametrize("text", ["", "line 0", "line", "line 3, under", "line ۳", "a page"])
def test_what_names_no_location_is_none(text):
    assert Location.read(text) is None
