"""Where in a sentence a finding is."""

import pytest

from pipeline.model import Finding, Severity, Unit
from pipeline.qa import marking


@pytest.mark.parametrize(
    ("text", "place", "marked"),
    [
        ("in Oslo and Oslo", "Oslo", "Oslo"), ("۱۲ مهر", "12 مهر", "۱۲ مهر"), ("در هفت‌تپه", "هفت تپه", "هفت‌تپه"),
        ("كارگران", "کارگران", "كارگران"), ("prisoner in prison", "prison", "prison"), ("no", "yes", None), ("no", "", None),
        ("a(b", "(", "("),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(text, place, marked):
    found = marking.span(text, place)
    assert (found and text[slice(*found)]) == marked


def test_what_is_found_whole_is_marked_whole_and_nothing_is_lost():
    assert marking.span("prisoner in prison", "prison") == (12, 18)
    unit = Unit("paragraph", "", "in Oslo, in Oslo in Rome")
    found = [Finding("places", Severity.ERROR, unit, "", place) for place in ("Rome", "Oslo", "in Oslo", "Paris")]
    parts = marking.parts(unit.target, found)
    assert "".join(text for text, _ in parts) == unit.target
    assert [text for text, is_marked in parts if is_marked] == ["in Oslo", "Rome"]
