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
        ("en", "هفت روز اعتصاب", "a week of strikes"),
        ("fr", "یک هفته اعتصاب", "huit jours de grève"),
        ("en", "پس از ۳۰ روز آزاد شد.", "She was freed after a month."),
        ("fr", "سه ماه گذشت.", "Un trimestre a passé."),
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
        ("en", "پس از ۸ روز آزاد شد.", "She was freed after a week."),
        ("en", "پس از ۱۳ روز آزاد شد.", "She was freed after a fortnight."),
        ("en", "پس از ۳۶ روز آزاد شد.", "She was freed after 5 weeks."),
        ("fr", "پس از ۹ روز آزاد شد.", "Elle a été libérée au bout d’une semaine."),
    ],
)
def test_another_span_is_found(lang, source, target):
    assert is_found(source, target, lang)


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("fr", "به ۱۰ سال زندان محکوم شد.", "Il a été condamné à la prison, dans cette décennie de luttes."),
        ("en", "پس از ۲۴ ساعت آزاد شد.", "She was freed that day."),
        ("en", "به ۱۲ ماه زندان محکوم شد.", "This year, he was sent to prison."),
        ("en", "۷ روز اعتصاب", "a strike last week"),
        ("fr", "به ۳۶۵ روز زندان محکوم شد.", "Il a été condamné cet été, l’année de la grève."),
    ],
)
def test_a_unit_alone_is_no_span(lang, source, target):
    assert is_found(source, target, lang)
