"""Findings that a translator accepted stay quiet, until source or target change."""

from dataclasses import replace

import pytest

from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa import acceptance

NOTE = "check: numbers ok — the year is a misprint"
UNIT = Unit("paragraph", "۳۷", "38", State.REVIEWED, notes=("a note", NOTE))
CHECKS = ("numbers", "length")


def finding(unit):
    return Finding("numbers", Severity.ERROR, unit, "37 is missing from the target")


def is_quiet(unit):
    return acceptance.sift([finding(unit)]) == []


@pytest.mark.parametrize("changed", [{"source": "۴۲"}, {"target": "39"}])
def test_an_accepted_finding_comes_back_when_source_or_target_change(changed):
    assert is_quiet(UNIT)
    dated = acceptance.dated(UNIT)
    assert is_quiet(dated) and dated.notes[1].startswith(f"{NOTE} [") and acceptance.dated(dated) == dated
    other = replace(dated, **changed)
    assert not is_quiet(other)
    assert is_quiet(replace(other, notes=(*other.notes, "check: numbers ok - seen again")))


def test_only_the_named_check_is_accepted():
    assert not is_quiet(replace(UNIT, notes=("check: terms ok — reason", "numbers look fine")))


@pytest.mark.parametrize(
    ("note", "reasons"),
    [
        ("check: numbers ok — a misprint", {"numbers": "a misprint"}),
        (" check:numbers ok: a misprint ", {"numbers": "a misprint"}),
        ("check: numbers ok", {"numbers": ""}),
        ("# check: numbers ok", {"numbers": ""}),
        ("check: numbers ok — [February 1979] explains it", {"numbers": "[February 1979] explains it"}),
        ("check: numbers okay", {}),
        ("Check: Numbers OK — a misprint", {"numbers": "a misprint"}),
        ("check numbers ok", {}),
        ("see check: numbers ok", {}),
    ],
)
def test_an_acceptance_is_a_comment_of_this_form(note, reasons):
    assert acceptance.accepted(Unit("paragraph", "۳۷", "38", notes=("a note", note))) == reasons


@pytest.mark.parametrize(
    "note",
    [
        "check: lenght ok",
        "check: numbers",
        "check: numbers okay",
        "Check: Lenght ok",
        "check:",
        "Check numbers ok — why",
    ],
)
def test_what_only_looks_like_an_acceptance_can_be_told(note):
    assert acceptance.is_misunderstood(note, CHECKS)


@pytest.mark.parametrize("note", ["check: numbers ok", NOTE, "please check: numbers", "recheck: x", "a note"])
def test_other_comments_are_let_be(note):
    assert not acceptance.is_misunderstood(note, CHECKS)


def test_what_was_accepted_of_an_empty_entry_is_not_of_what_will_stand_there():
    empty = acceptance.dated(Unit("paragraph", "متن", notes=("check: numbers ok",)))
    assert acceptance.accepted(replace(empty, target="written later")) == {}
