"""Where a translation begins to be too long, and where too short."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import length


def is_found(lang: str, letters: int) -> bool:
    unit = Unit("paragraph", "ک" * 100, "x" * letters, State.REVIEWED)
    return any(length.check(unit, checks.context(SHIPPED["fa"], SHIPPED[lang], (), ())))


@pytest.mark.parametrize(("lang", "shortest", "longest"), [("en", 87, 209), ("fr", 95, 225)])
def test_a_hundred_letters_may_become_so_few_and_so_many(lang, shortest, longest):
    unremarkable = [letters for letters in range(1, 500) if not is_found(lang, letters)]
    assert (unremarkable[0], unremarkable[-1]) == (shortest, longest)


def test_a_translation_that_is_terse_in_another_language_too_may_be_shorter():
    def is_short(target: str, other: str) -> bool:
        unit, sibling = (Unit("paragraph", "ک" * 100, text, State.REVIEWED) for text in (target, other))
        context, its = (checks.context(SHIPPED["fa"], SHIPPED[lang], (), ()) for lang in ("en", "fr"))
        siblings = checks.siblings([(its, Catalogue("x", "fa", "fr", (sibling,)))])
        return any(length.check(unit, replace(context, siblings=siblings)))

    assert is_short("x" * 80, "x" * 150)
    assert is_short("x" * 88, "x" * 150)
    assert not is_short("x" * 88, "x" * 110)
    assert is_short("x" * 90, "x" * 170)


def test_a_right_translation_beside_one_that_has_lost_half_is_not_too_long():
    def has_a_finding(letters: int, other: int) -> bool:
        unit, sibling = (Unit("paragraph", "ک" * 200, "x" * size, State.REVIEWED) for size in (letters, other))
        context, its = (checks.context(SHIPPED["fa"], SHIPPED[lang], (), ()) for lang in ("en", "fr"))
        siblings = checks.siblings([(its, Catalogue("x", "fa", "fr", (sibling,)))])
        return any(length.check(unit, replace(context, siblings=siblings)))

    usual = range(250, 320, 5)
    assert not [size for size in usual if has_a_finding(size, 300)]
    assert not [size for size in usual if has_a_finding(size, 140)]
    assert not [size for size in usual if has_a_finding(size, 800)]
