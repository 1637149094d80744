"""The findings as a page."""

import re

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Finding, Severity, State, Unit
from pipeline.qa import report

UNIT = Unit("paragraph", "۳۷ نفر", "38 people", State.REVIEWED)


def page(*severities: Severity) -> str:
    findings = tuple(Finding("numbers", severity, UNIT, f"{severity}!") for severity in severities)
    catalogue = Catalogue("statement", "fa", "en", (UNIT,))
    return report.html("Statements", [report.Result("statement", "en", catalogue, findings)], SHIPPED)


@pytest.mark.parametrize(
    "order", [(Severity.WARNING, Severity.ERROR), (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
)
def test_a_sentence_is_marked_by_the_worst_that_was_found_in_it(order):
    assert re.search(r'<a href="#r1-1" class="reviewed error" title="1: reviewed, error">', page(*order))


def test_a_warning_is_no_error():
    assert 'class="reviewed warning"' in page(Severity.NOTE, Severity.WARNING)


def test_each_side_is_written_in_its_own_direction():
    assert '<div lang="en" dir="ltr">38 people</div><div lang="fa" dir="rtl">۳۷ نفر</div>' in page(Severity.ERROR)
