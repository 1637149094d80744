"""Findings that a translator accepted stay quiet, until the text or the reason changes."""

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
