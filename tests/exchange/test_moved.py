"""What stands beside another sentence than it went out with is not taken for that of its row."""

from dataclasses import replace

import pytest

from pipeline.exchange import moved, table
from pipeline.exchange.table import Line
from pipeline.model import State, Unit


def sent(*targets, state=State.REVIEWED):
    units = (Unit("paragraph", f"الف {place}", target, state) for place, target in enumerate(targets))
    return [Line(table.line_id("statement", "en", unit), unit.source, unit.target, state=state) for unit in units]


def left_out(sent, targets):
    back = [replace(line, target=target) for line, target in zip(sent, targets, strict=True)]
    return [line.target for line in moved.in_place(back) if "went out with another sentence" in line.fault]


@pytest.mark.parametrize(
    ("came_back", "elsewhere"),
    [
        (["A", "B", "C", "A"], []),
        (["A", "A", "B", "C"], ["A", "B", "C"]),  # the column sorted alone
        (["A", "C", "A", ""], ["C", "A"]),  # a cell taken out
        (["A", "", "B", "C"], ["B", "C"]),  # one put in
        (["A", "New", "B", "C"], ["B", "C"]),
        (["A", "A", "C", "A"], []),  # copied to where it fits, too
        (["New", "B", "C", "A"], []),
        (["Other", "New", "More", "Words"], []),
    ],
)
def test_a_translation_beside_another_sentence_than_it_went_out_with_is_left_out(came_back, elsewhere):
    """Two sentences are translated alike; nothing is said of those that went out empty."""
    assert left_out(sent("A", "B", "C", "A"), came_back) == elsewhere
    assert left_out(sent("", "", "", "", state=State.UNTRANSLATED), came_back) == []


@pytest.mark.parametrize(
    ("came_back", "taken"),
    [
        (["A", "C", "D", "New 5", "New 6", "New 7", ""], []),  # a cell taken out
        (["A", "Put in", "B", "C", "D", "New 5", "New 6"], []),
        (["New 5", "New 6", "New 7", "A", "B", "C", "D"], []),  # the column sorted alone
        (["A", "B", "C", "C", "New 5", "New 6", "New 7"], ["New 5", "New 6", "New 7"]),  # one copied, rightly
        (["New", "A", "C", "D", "New 5", "", "New 7"], ["New 5", "New 7"]),  # one moved, and what is below stands
        (["Better", "B", "C", "D", "New 5", "New 6", "New 7"], ["Better", "New 5", "New 6", "New 7"]),
    ],
)
def test_what_was_typed_beside_translations_that_moved_has_moved_with_them(came_back, taken):
    out = sent("A", "B", "C", "D", "", "", "")
    back = [replace(line, target=target) for line, target in zip(out, came_back, strict=True)]
    new = [line.target for line in moved.in_place(back) if line.target not in ("", *"ABCD") and not line.fault]
    assert new == taken


def test_what_was_typed_beside_a_translation_that_rightly_moved_is_taken_without_the_cell_that_is_named():
    out = sent("A", "", "", "")
    back = [replace(line, target=target) for line, target in zip(out, ("New", "typed", "too", "A"), strict=True)]
    faults = [line.fault for line in moved.in_place(back)]
    assert all(faults) and all(f"empty the cell of {out[3].id}, " in fault for fault in faults[:3])
    assert not any(line.fault for line in moved.in_place([*back[:3], replace(back[3], target="")]))


def test_a_copy_of_the_table_in_the_same_file_hides_nothing_that_moved():
    """Who sorts one column of a sheet may have copied the sheet before."""
    out = sent("A", "B", "C")
    back = [replace(line, target=target) for line, target in zip(out, ["C", "A", "B"], strict=True)]
    for lines in ([*out, *back], [*back, *out]):
        assert [line.target for line in moved.in_place(lines) if line.fault] == ["C", "A", "B"]


DRAFT, READ, SAID = State.DOUBT, State.REVIEWED, State.TRANSLATED


@pytest.mark.parametrize(
    ("went_out", "came_back", "taken"),
    [
        ([READ, DRAFT, DRAFT], [READ, READ, SAID], [READ, READ, SAID]),
        ([READ, DRAFT, DRAFT], [DRAFT, DRAFT, READ], [DRAFT, DRAFT, DRAFT]),  # the column sorted alone
        ([DRAFT, SAID, DRAFT], [SAID, DRAFT, DRAFT], [DRAFT, DRAFT, DRAFT]),
        ([READ, READ, DRAFT], [READ, DRAFT, DRAFT], [READ, DRAFT, DRAFT]),  # one is doubted
        ([READ, SAID, DRAFT], [READ, READ, DRAFT], [READ, READ, DRAFT]),
    ],
)
def test_a_word_that_moved_beside_another_sentence_says_nothing_of_it(went_out, came_back, taken):
    units = [Unit("paragraph", f"الف {place}", "Text", state) for place, state in enumerate(went_out)]
    lines = [
        Line(table.line_id("statement", "en", unit), unit.source, unit.target, state=state)
        for unit, state in zip(units, came_back, strict=True)
    ]
    found = moved.marks_in_place(lines)
    assert [line.state for line in found] == taken
    assert [bool(line.remark) for line in found] == [one != now for one, now in zip(came_back, taken, strict=True)]


def test_who_corrects_a_translation_and_takes_its_word_away_says_of_others_that_they_are_right():
    read, draft = (Unit("paragraph", source, "Text", state) for source, state in (("الف", READ), ("ب", DRAFT)))
    lines = [Line(table.line_id("x", "en", unit), unit.source, "Text") for unit in (read, draft)]
    back = [replace(lines[0], target="Better", state=DRAFT), replace(lines[1], state=READ)]
    assert moved.marks_in_place(back) == tuple(back)
