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


@pytest.mark.parametrize(
    ("lang", "wrong"),
    [
        ("en", "The judge only refused the visit but also cut off the calls."),
        ("en", "It was only the workers who came, and the women too."),
        ("fr", "C’est seulement l’eau qui manque, mais aussi l’école."),
    ],
)
def test_also_behind_only_goes_on_with_what_is_not_only(lang, wrong):
    assert is_found(WATER, wrong, lang)


def test_not_only_may_be_said_without_only():
    assert not is_found(WATER, "People lack schools as well as safe water.")


@pytest.mark.parametrize(
    ("lang", "target"),
    [
        ("en", "The workers came, and so did the women, who have just been freed."),
        ("en", "The workers came and the women came, simply because they had to."),
        ("en", "Workers as well as women came, though only for an hour."),
        ("en", "Besides the workers, women came, only to be beaten."),
        ("fr", "Les ouvriers sont venus, et les femmes aussi, seulement pour une heure."),
        ("fr", "Les ouvriers et les femmes sont venus, tout simplement."),
    ],
)
def test_only_of_something_else_is_no_fault(lang, target):
    assert not is_found("نه‌تنها کارگران، که زنان هم آمدند.", target, lang)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("بدون وکیل محاکمه شد و ملاقات نداشت.", "He was tried with a lawyer; visits were granted on condition."),
        ("بدون مجوز سخن نگفت.", "He needs to speak."),
        ("بدون مجوز سخن نگفت.", "It is necessary that he speak."),
        ("بدون وکیل آمد و رفتن ممکن نیست.", "He came with a lawyer, and has to leave on condition."),
    ],
)
def test_words_for_a_condition_are_no_negations_of_something_else(source, target):
    assert is_found(source, target)


def test_only_elsewhere_in_the_source_may_be_said():
    source = "نه‌فقط آب نیست، که مدرسه هم فقط یکی است."
    assert not is_found(source, "There is no water, and only one school.")


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "این نخستین بار نیست و آخرین بار هم نخواهد بود.", "It is neither the first time nor the last."),
        ("fr", "بدون امضای دو نفر هیچ برداشتی ممکن نیست.", "Tout retrait requiert deux signatures."),
        ("fr", "بدون آزادی بیان انتخابات آزاد نیست.", "Faute d’une vraie liberté, il n’est point d’élections."),
        ("en", "بدون مجوز نمی‌توان وارد شد.", "Entry requires a permit."),
        ("en", "بدون کارت عضویت ورود مجاز نیست.", "Entry is subject to membership."),
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
