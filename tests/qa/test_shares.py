"""A share may be said in other words on the other side; what is none, or another, may not."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import numbers

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}


def is_found(source, target, lang="en"):
    return any(numbers.check(Unit("paragraph", source, target), CONTEXTS[lang]))


@pytest.mark.parametrize(
    ("lang", "source", "target", "wrong"),
    [
        ("en", "بیست درصد دارو ندارند.", "One patient in five has no medicine.", "One patient in six has no medicine."),
        ("fr", "نیمی از دانش‌آموزان رفتند.", "Un élève sur deux est parti.", "Un élève sur trois est parti."),
        ("en", "۲۵ درصد بیکارند.", "A quarter are out of work.", "A fifth are out of work."),
        ("en", "۷۵ درصد بیکارند.", "Three quarters are out of work.", "A quarter are out of work."),
        ("en", "۶۷٪ بیکارند.", "Two-thirds are out of work.", "A third are out of work."),
        ("fr", "۲۵ درصد بیکارند.", "Le quart d’entre eux est au chômage.", "Le tiers d’entre eux est au chômage."),
        ("fr", "یک‌پنجم کارگران رفتند.", "Vingt pour cent des ouvriers sont partis.", "Trente pour cent des ouvriers sont partis."),
        ("en", "نیمی از کارگران رفتند.", "50% of the workers left.", "60% of the workers left."),
    ],
)  # fmt: skip
def test_a_share_may_be_said_by_two_numbers_or_by_its_word(lang, source, target, wrong):
    assert not is_found(source, target, lang)
    assert is_found(source, wrong, lang)


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "۷۵ نفر کشته شدند.", "A quarter of them were killed."),
        ("en", "۵۰ کارگر اخراج شدند.", "Half the workers were sacked."),
        ("en", "۲۵ نفر بازداشت شدند.", "A quarter of them were arrested."),
        ("en", "۲۰ نفر بازداشت شدند.", "One in five was arrested."),
        ("fr", "۲۰ کارگر آمدند.", "Un ouvrier sur cinq est venu."),
        ("fr", "۵۰ زن آمدند.", "La moitié des femmes sont venues."),
    ],
)
def test_a_number_that_is_no_percentage_is_no_share(lang, source, target):
    assert is_found(source, target, lang)


def test_one_share_stands_for_one_number():
    source = "بیست درصد از بیست نفر بازداشت شدند."
    assert is_found(source, "One in five was arrested.")
    assert not is_found(source, "One in five of the twenty was arrested.")
    assert is_found("۲۰ درصد رفتند و ۲۰ درصد ماندند.", "One in five left.")


def test_two_numbers_that_both_sides_have_are_no_share_of_another():
    source = "از ۲۹۰ نماینده تنها ۱۶ نفر زن‌اند، یعنی کمتر از شش درصد."
    assert not is_found(source, "On ne compte que 16 femmes sur 290 députés, soit moins de 6 %.", "fr")
    assert is_found(source, "On ne compte que 16 femmes sur 290 députés.", "fr")


def test_a_fraction_of_them():
    source = "کمتر از یک‌پنجمشان مدرک دارند."
    assert not is_found(source, "Moins d’un sur cinq a des papiers.", "fr")
    assert not is_found(source, "Less than a fifth of them have papers.")


def test_the_part_of_a_year_is_no_part_of_a_whole():
    assert is_found("قیمت‌ها ۲۵ درصد بالا رفت.", "Prices rose in the last quarter.")
