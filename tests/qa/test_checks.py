"""Every check on its cases: tests/cases/qa/<check>/<language>.toml."""

import tomllib
from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import CHECKS
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
    findings = list(CHECKS.load(check).check(unit, context(lang)))
    assert [finding.message for finding in findings] == case["findings"]
    assert all(finding.check == check for finding in findings)


@pytest.mark.parametrize("check", CHECKS.names())
def test_every_check_has_cases_in_both_languages(check):
    cases = {lang: tomllib.loads((FOLDER / check / f"{lang}.toml").read_text("utf-8"))["case"] for lang in ("en", "fr")}
    assert all(cases.values())
    outcomes = {bool(case["findings"]) for found in cases.values() for case in found}
    assert outcomes == {True, False}, "cases with a finding and cases without"


def test_a_check_without_the_words_it_needs_says_which_file_lacks_which_key():
    bare = replace(SHIPPED["en"], target=replace(SHIPPED["en"].target, negations=()))
    assert list(checks.unable(SHIPPED["fa"], SHIPPED["en"])) == []
    (told,) = checks.unable(SHIPPED["fa"], bare)
    assert told == "negation is not checked from fa into en: languages/en.toml has no target.negations"
    other = replace(SHIPPED["fa"], source=replace(SHIPPED["fa"].source, negations=()))
    (told,) = checks.unable(other, SHIPPED["en"])
    assert told == "negation is not checked from fa into en: languages/fa.toml has no source.negations"


def test_a_check_that_cannot_run_stops_no_other():
    bare = replace(SHIPPED["en"], target=replace(SHIPPED["en"].target, negations=()))
    able = checks.context(SHIPPED["fa"], bare, [], [])
    unit = Unit("paragraph", "ما در ۳۷ نمی رویم", "We go in 38", State.REVIEWED)
    assert {finding.check for finding in checks.examine([unit], able)} == {"length", "numbers"}
    assert "negation" in {finding.check for finding in checks.examine([unit], context("en"))}


def test_an_empty_target_has_one_fault():
    (fault,) = checks.examine([Unit("paragraph", "سال ۳۷", "")], context("en"))
    assert fault.check == "untranslated"
