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


@pytest.mark.parametrize(
    ("place", "marked"),
    [
        ("37 years", "37** years"), ("1", "1"), ("{1}", "{1}"), ("**", "**"), ("of work", "of{2} work"), ("{9}", None),
    ],
)  # fmt: skip
def test_among_signs_words_are_found_across_them_and_their_numbers_are_no_words(place, marked):
    text = r"[**37** years]{1} of{2} work, 1 \* 2"
    found = marking.among_signs(text, place)
    assert (found and text[slice(*found)]) == marked
    assert place != "1" or found == (text.index(", 1") + 2, text.index(", 1") + 3)
    unit = Unit("paragraph", text, text, marks=("{1}: raised",))
    parts = marking.parts(text, [Finding("x", Severity.ERROR, unit, "", place)])
    assert [part for part, is_marked in parts if is_marked] == [marked] * bool(marked)
