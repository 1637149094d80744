"""A span of time may stand in other units on the other side; another span may not."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import numbers

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}


def is_found(source, target, lang):
    return any(numbers.check(Unit("paragraph", source, target), CONTEXTS[lang]))


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "نشست به دو هفته‌ی بعد موکول شد.", "The meeting was adjourned for a fortnight."),
        ("fr", "نشست به دو هفته‌ی بعد موکول شد.", "La réunion a été reportée de quinze jours."),
        ("fr", "نشست به دو هفته‌ی بعد موکول شد.", "La réunion a été reportée à quinzaine."),
        ("en", "به سه سال و شش ماه زندان محکوم شد.", "He was given three and a half years in prison."),
        ("en", "پس از ۴۸ ساعت آزاد شد.", "She was freed after two days."),
        ("fr", "چهل سال سرکوب", "quatre décennies de répression"),
        ("en", "پنجاه سال مبارزه", "half a century of struggle"),
        ("fr", "دو سال و نیم در زندان بود.", "Il a passé trente mois en prison."),
    ],
)
def test_the_same_span_in_other_units_is_right(lang, source, target):
    assert not is_found(source, target, lang)


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "نشست به سه هفته‌ی بعد موکول شد.", "The meeting was adjourned for a fortnight."),
        ("en", "به سه سال و شش ماه زندان محکوم شد.", "He was given four and a half years in prison."),
        ("en", "پس از ۷۲ ساعت آزاد شد.", "She was freed after two days."),
        ("fr", "دو سال و نیم در زندان بود.", "Il a passé vingt mois en prison."),
        ("en", "پس از سه هفته آزاد شد.", "She was freed after two weeks."),
    ],
)
def test_another_span_is_found(lang, source, target):
    assert is_found(source, target, lang)


@pytest.mark.parametrize(
    ("lang", "source", "target", "wrong"),
    [
        ("en", "بیست درصد دارو ندارند.", "One patient in five has no medicine.", "One patient in six has no medicine."),
        ("fr", "نیمی از دانش‌آموزان رفتند.", "Un élève sur deux est parti.", "Un élève sur trois est parti."),
        ("en", "۲۵ درصد بیکارند.", "A quarter are out of work.", "A fifth are out of work."),
    ],
)  # fmt: skip
def test_a_share_may_be_said_by_two_numbers_or_by_its_word(lang, source, target, wrong):
    assert not is_found(source, target, lang)
    assert is_found(source, wrong, lang)
