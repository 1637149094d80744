"""Findings that a translator accepted stay quiet, until the text or the reason changes."""

from dataclasses import replace

import pytest

from pipeline.model import Finding, Severity, State, Unit
from pipeline.qa import acceptance


def finding(unit):
    return Finding("numbers", Severity.ERROR, unit, "37 is missing from the target")


def test_an_accepted_finding_stays_quiet_until_the_text_or_the_comment_changes():
    note = "check: numbers ok — the year is a misprint"
    unit = Unit("paragraph", "۳۷", "38", State.REVIEWED, notes=(note,))
    quiet, record = acceptance.sift([finding(unit)], {}, "en/statement")
    assert quiet == []
    assert acceptance.sift([finding(unit)], record, "en/statement") == ([], record)
    changed = Unit("paragraph", "۳۷", "39", State.REVIEWED, notes=(note,))
    again, kept = acceptance.sift([finding(changed)], record, "en/statement")
    assert again == [finding(changed)]
    renewed = Unit("paragraph", "۳۷", "39", State.REVIEWED, notes=("check: numbers ok - seen again",))
    assert acceptance.sift([finding(renewed)], kept, "en/statement")[0] == []


def test_only_the_named_check_is_accepted():
    unit = Unit("paragraph", "۳۷", "38", State.REVIEWED, notes=("check: terms ok — reason", "numbers look fine"))
    assert acceptance.sift([finding(unit)], {}, "en/statement")[0] == [finding(unit)]


@pytest.mark.parametrize(
    ("note", "reasons"),
    [
        ("check: numbers ok — a misprint", {"numbers": "a misprint"}),
        (" check:numbers ok: a misprint ", {"numbers": "a misprint"}),
        ("check: numbers ok", {"numbers": ""}),
        ("check: numbers okay", {}),
        ("check: Numbers ok", {}),
        ("see check: numbers ok", {}),
    ],
)
def test_an_acceptance_is_a_comment_of_this_form(note, reasons):
    assert acceptance.accepted(Unit("paragraph", "۳۷", "38", notes=("a note", note))) == reasons


def test_an_acceptance_is_of_one_sentence_in_one_catalogue():
    note = "check: numbers ok — a misprint"
    units = [
        Unit("paragraph", "۳۷", "38", State.REVIEWED, notes=(note,)),
        Unit("heading", "۳۷", "38", State.REVIEWED, notes=(note,)),
    ]
    quiet, record = acceptance.sift(map(finding, units), {}, "en/statement")
    _, elsewhere = acceptance.sift(map(finding, units), {}, "fr/statement")
    assert quiet == [] and len(record) == 2 and not record.keys() & elsewhere.keys()


def test_the_record_keeps_what_holds_and_forgets_what_is_gone():
    unit = Unit("paragraph", "۳۷", "38", State.REVIEWED, notes=("check: numbers ok — a misprint",))
    _, record = acceptance.sift([finding(unit)], {"gone": "x"}, "en/statement")
    assert len(record) == 1 and "gone" not in record
    changed = replace(unit, source="۳۸")
    assert acceptance.sift([finding(changed)], record, "en/statement")[0] == []  # another sentence, accepted anew
