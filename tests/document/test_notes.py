import pytest

from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from tests.support.plain import PROSE


def notes(text):
    return [(block.marker, block.text) for block in propose(text.split("\n"), SHIPPED["fa"]) if block.kind == "note"]


@pytest.mark.parametrize(
    ("reference", "marker"),
    [("۱", "۱."), ("²", "²"), ("[۱]", "[۱]"), ("*", "*"), ("[*]", "[*]"), ("۱", "۱-"), ("†", "†")],
)
def test_a_marked_line_behind_its_reference_is_a_note(reference, marker):
    assert notes(f"{PROSE}{reference} {PROSE}\n\n{marker} نک. کتاب.") == [(marker, "نک. کتاب.")]


def test_notes_below_a_heading_of_theirs_need_no_reference():
    assert [marker for marker, _ in notes(f"{PROSE}\n\nپانویس‌ها:\n۱. یک\n۲. دو")] == ["۱.", "۲."]


def test_a_list_at_the_end_is_no_notes():
    assert notes(f"{PROSE}\n۱- یک\n۲- دو") == []


def test_a_star_behind_a_figure_refers_to_a_note():
    text = f"{PROSE}\nشهر\tبیمه\nگلشن\t۱۲*\nبندر\t۷\n{PROSE}\n\n_____\n* چهار نفر پس از حادثه بیمه شدند."
    assert propose(text.split("\n"), SHIPPED["fa"])[-1].kind == "note"


def test_a_list_that_a_colon_announces_is_none_of_notes():
    assert notes(f"شماره: ۴۴۱\nتاریخ: ۱۳۹۸/۱۱/۲\n\n{PROSE}\n\nرونوشت:\n۱. ادارهٔ کار\n۲. نظام پرستاری") == []
