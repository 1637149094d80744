"""What turns round a word of the source: its opposite, unless the target denies that."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Severity, Unit
from pipeline.qa import checks
from pipeline.qa.checks import meaning

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}


def messages(source, target, lang):
    found = meaning.check(Unit("paragraph", source, target), CONTEXTS[lang])
    return [
        one.message for one in found if one.severity is Severity.WARNING and " where the source says " in one.message
    ]


@pytest.mark.parametrize(
    ("lang", "source", "right", "wrong"),
    [
        ("en", "نماینده‌ی کارفرما با این طرح مخالف بود.", "The employers’ delegate did not support the plan.", "The employers’ delegate did support the plan."),
        ("fr", "کارگران این معدن از بیمه محروم‌اند.", "Les ouvriers de la mine n’ont pas droit à l’assurance.", "Les ouvriers de la mine ont droit à l’assurance."),
    ],
)  # fmt: skip
def test_a_contrary_that_is_denied_is_no_fault(lang, source, right, wrong):
    assert not messages(source, right, lang)
    assert messages(source, wrong, lang)


def test_two_words_that_may_mean_something_else_are_no_contraries():
    source = "دریاچۀ ارومیه قربانی سدسازی بی‌رویه و چاه‌های غیرمجاز است."
    target = "Le lac d’Ourmia est victime de la construction effrénée de barrages et des puits clandestins."
    assert not messages(source, target, "fr")
