"""«نه تنها» is not “only”; other negations that a free translation says with other words."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import negation

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}
WATER = "مردم نه‌فقط از آب سالم، که از مدرسه هم محروم‌اند."


def is_found(source, target, lang="en"):
    return any(negation.check(Unit("paragraph", source, target), CONTEXTS[lang]))


@pytest.mark.parametrize(
    ("lang", "right", "wrong"),
    [
        ("en", "People are deprived not only of safe water but of schools.", "People are deprived only of safe water but of schools."),
        ("fr", "Ce n’est pas seulement l’eau qui manque, mais l’école.", "C’est seulement l’eau qui manque, mais l’école."),
    ],
)  # fmt: skip
def test_not_only_is_not_only(lang, right, wrong):
    assert not is_found(WATER, right, lang)
    assert is_found(WATER, wrong, lang)


def test_not_only_may_be_said_without_only():
    assert not is_found(WATER, "People lack schools as well as safe water.")


def test_only_elsewhere_in_the_source_may_be_said():
    source = "نه‌فقط آب نیست، که مدرسه هم فقط یکی است."
    assert not is_found(source, "There is no water, and only one school.")


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "این نخستین بار نیست و آخرین بار هم نخواهد بود.", "It is neither the first time nor the last."),
        ("fr", "بدون امضای دو نفر هیچ برداشتی ممکن نیست.", "Tout retrait requiert deux signatures."),
        ("fr", "بدون آزادی بیان انتخابات آزاد نیست.", "Faute d’une vraie liberté, il n’est point d’élections."),
        ("en", "نگران‌اند که مبادا مدرسه هدف قرار گیرد.", "They fear the school may be hit."),
        ("en", "پزشکان بدون مرز منطقه را ترک کرد.", "MSF left the area."),
    ],
)
def test_negations_may_be_said_with_other_words(lang, source, target):
    assert not is_found(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("تا لغو کامل حجاب از پا نخواهیم نشست.", "We shall rest until the hijab is abolished."),
        ("با این همه از این راه بازنخواهیم گشت.", "Even so, we will turn back."),
        ("اگر امروز برنخیزیم، فردا دیر است.", "If we rise up today, tomorrow will be too late."),
    ],
)
def test_verbs_of_the_future_and_behind_a_particle_deny(source, target):
    assert is_found(source, target)
