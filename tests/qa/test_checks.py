"""Every check on its cases: tests/cases/qa/<check>/<language>.toml."""

import tomllib

import pytest

from pipeline import plugins
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Finding, Severity, State, Unit
from pipeline.qa import acceptance, checks
from pipeline.termbase import Status, Term
from tests.conftest import CASES

FOLDER = CASES / "qa"

TERMS = [
    Term("طبقه کارگر", "working class", "en", Status.PREFERRED),
    Term("طبقه کارگر", "proles", "en", Status.FORBIDDEN),
    Term("جنبش طبقه کارگر", "labour movement", "en", Status.PREFERRED),
    Term("اتحاد عمل", "unity of action", "en", Status.PREFERRED),
    Term("اتحاد عمل", "joint action", "en", Status.ADMITTED),
    Term("تشکل ها", "organisation", "en", Status.PREFERRED),
    Term("تشکل ها", "organisation", "fr", Status.PREFERRED),
    Term("کارزار", "campaign", "en", Status.PREFERRED),
    Term("بدیل", "alternative", "en", Status.PREFERRED),
    Term("طبقه کارگر", "classe ouvrière", "fr", Status.PREFERRED),
    Term("ایران", "Iran", "en", Status.PREFERRED),
    Term("ایران", "Iran", "fr", Status.PREFERRED),
    Term("شاهرخ زمانی", "Shahrokh Zamani", "en", Status.PREFERRED),
]
ELSEWHERE = [
    Unit("paragraph", "کار", "Labour", State.REVIEWED),
    Unit("paragraph", "زمین", "Land", State.REVIEWED),
    Unit("paragraph", "مسکن برای همه", "Land", State.REVIEWED),
    Unit("paragraph", "کار و زندگی", "Work and life", State.REVIEWED),
]


def context(lang):
    return checks.context(SHIPPED["fa"], SHIPPED[lang], TERMS, [Catalogue("other", "fa", lang, tuple(ELSEWHERE))])


EXAMPLES = [
    pytest.param(file.parent.name, file.stem, case, id=f"{file.parent.name}-{file.stem}-{case['title']}")
    for file in sorted(FOLDER.glob("*/*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


@pytest.mark.parametrize(("check", "lang", "case"), EXAMPLES)
def test_a_check_finds_this_and_nothing_else(check, lang, case):
    unit = Unit("paragraph", case["source"], case["target"], State.REVIEWED)
    findings = list(plugins.load("qa.checks", check).check(unit, context(lang)))
    assert [finding.message for finding in findings] == case["findings"]
    assert all(finding.check == check for finding in findings)


@pytest.mark.parametrize("check", plugins.names("qa.checks"))
def test_every_check_has_cases_in_both_languages(check):
    cases = {lang: tomllib.loads((FOLDER / check / f"{lang}.toml").read_text("utf-8"))["case"] for lang in ("en", "fr")}
    assert all(cases.values())
    outcomes = {bool(case["findings"]) for found in cases.values() for case in found}
    assert outcomes == {True, False}, "cases with a finding and cases without"


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
