"""A negation that is gone is found by what it left behind, though others in the sentence hide it."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import negation

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}
KOLBARS = "کولبران نه قاچاقچی‌اند و نه مجرم؛ بیکاری راه دیگری پیش پایشان نگذاشته است."
TALKS = "ما به «اصلاح‌پذیری» این نظام باور نداریم و نه به دخالت بیگانگان."
UNINSURED = "کارفرما می‌تواند بدون بیمه کارگر بگیرد و از کسی نمی‌ترسد."
NO_WAY = "هیچ‌یک وکیل نداشته و خانواده‌ها از محل نگهداری بی‌خبرند."


def told(source, target, lang="en"):
    return [one.message for one in negation.check(Unit("paragraph", source, target), CONTEXTS[lang])]


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            KOLBARS,
            "Les kolbars ne sont ni des contrebandiers ni des criminels : le chômage ne leur a laissé aucune issue.",
            "Les kolbars sont des contrebandiers ni des criminels : le chômage ne leur a laissé aucune issue.",
        ),
        (
            TALKS,
            "Nous ne croyons ni au caractère « réformable » de ce régime ni à une intervention étrangère.",
            "Nous croyons au caractère « réformable » de ce régime ni à une intervention étrangère.",
        ),
        ("نه شاه می‌خواهیم نه رهبر.", "Ni roi, ni guide !", None),
        ("با دو رأی مخالف و بدون رأی ممتنع", "avec deux voix contre et aucune abstention", None),
    ],
)
def test_a_word_that_goes_with_a_negation_alone_has_one_in_its_clause(source, right, wrong):
    assert not told(source, right, "fr")
    assert wrong is None or told(source, wrong, "fr")


@pytest.mark.parametrize(
    ("lang", "right", "wrong"),
    [
        ("en", "The employer may hire without insurance and fears nobody.", "The employer may hire with insurance and fears nobody."),
        ("fr", "L’employeur peut embaucher sans assurance et ne craint personne.", "L’employeur peut embaucher avec assurance et ne craint personne."),
        ("fr", "L’employeur peut embaucher sans assurance et ne craint personne.", "L’employeur peut embaucher avec aucune assurance et ne craint personne."),
        ("en", "With no insurance, the employer may hire, and fears nobody.", None),
        ("en", "The employer may, with the greatest ease, hire without insurance, and fears nobody.", None),
    ],
)  # fmt: skip
def test_nothing_goes_with_what_the_source_says_is_missing(lang, right, wrong):
    assert not told(UNINSURED, right, lang)
    assert wrong is None or told(UNINSURED, wrong, lang)


def test_a_source_that_has_something_beside_another_that_is_missing_may_be_said_so():
    assert not told("با بیمه و بدون مجوز نمی‌آید", "He does not come with insurance and without a permit")


def test_what_is_said_by_a_word_with_an_affix_is_not_missing():
    source = "یک روز نتوانست از کنار پیکر همسایه‌اش بی‌اعتنا بگذرد."
    assert not told(source, "Un jour, il n’a pas pu passer avec indifférence à côté du corps de son voisin.", "fr")


@pytest.mark.parametrize(
    ("target", "is_found"),
    [
        ("None has had a lawyer, and the families have no idea where they are.", False),
        ("None has had a lawyer, and the families have some idea where they are.", True),
        ("None has had a lawyer, and the families reject every idea where they are.", False),
    ],
)
def test_a_source_that_denies_has_no_some(target, is_found):
    assert bool(told(NO_WAY, target)) is is_found


def test_a_source_with_some_may_have_it():
    assert not told("برخی وکیل نداشته‌اند و هیچ‌یک آزاد نشده است.", "Some had no lawyer, and none has been released.")
