"""Votes stay on their side, and what is against somebody is not for them."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import _sides

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}


def messages(source, target, lang="en"):
    unit = Unit("paragraph", source, target)
    found = [*_sides.turned_votes(unit, CONTEXTS[lang]), *_sides.turned_aims(unit, CONTEXTS[lang])]
    return [finding.message for finding in found]


VOTES = "۲۳ رأی موافق، ۱۱ رأی مخالف و ۴ رأی ممتنع"


def test_votes_are_on_their_side():
    assert messages(VOTES, "23 in favour, 11 against and 4 abstentions") == []
    assert messages(VOTES, "23 against, 11 in favour and 4 abstentions") == [
        "the target has “against” by a number of which the source says «موافق»",
        "the target has “favour” by a number of which the source says «مخالف»",
    ]


@pytest.mark.parametrize(
    ("lang", "target"),
    [
        ("en", "The motion was carried by 23 votes to 11, with 4 abstentions."),
        ("en", "Of the delegates, 23 voted for the motion and 11 against it; 4 abstained."),
        ("fr", "La motion a été adoptée par 23 voix contre 11 et 4 abstentions."),
    ],
)
def test_a_number_against_another_says_nothing_of_sides(lang, target):
    assert messages(VOTES, target, lang) == []


def test_one_number_is_not_for_another():
    source = "او با ۵۴ رأی در برابر ۴۱ رأی برنده شد."
    assert messages(source, "Elle l’a emporté par 54 voix contre 41.", "fr") == []
    assert messages(source, "Elle l’a emporté par 54 voix pour 41.", "fr") == [
        "the target has “pour” by a number of which the source says «برابر»"
    ]


def test_no_vote_is_looked_for_where_none_is():
    assert messages("نرخ بیکاری ۱۵ درصد، دو برابر مردان", "The rate is 15 per cent, double the rate for men") == []


def test_a_protest_against_something_is_not_for_it():
    source = "پرستاران به اضافه‌کاری اجباری اعتراض کردند."
    assert messages(source, "Nurses protested at compulsory overtime.") == []
    assert messages(source, "Nurses protested for compulsory overtime.") == ["the source has no word for “for”"]


def test_a_protest_for_something_is():
    assert messages("پرستاران برای افزایش مزد اعتراض کردند.", "Nurses protested for higher wages.") == []
    assert messages("پرستاران با خواست مزد بیشتر اعتراض کردند.", "Nurses protested for higher wages.") == []


def test_a_word_behind_a_mark_belongs_to_no_protest():
    source = "در سایه‌ی اعتراض‌ها، قیمت داروی بیماران سه برابر شد."
    assert messages(source, "Amid the protests, medicine for patients tripled in price.") == []


def test_a_struggle_against_something_is_not_for_it_whatever_else_has_an_aim():
    source = "پس از هفت سال نبرد با سرطان درگذشت."
    assert messages(source, "She died after a seven-year struggle with cancer.") == []
    assert messages(source, "She died after a seven-year struggle for cancer.") == ["the source has no word for “for”"]
    assert messages(source, "Elle est morte après sept ans de lutte pour le cancer.", "fr") == [
        "the source has no word for “pour”"
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("مبارزه با استبداد برای آزادی", "the struggle against tyranny for freedom"),
        ("مبارزه برای آزادی و نبرد با استبداد، هفت سال", "a struggle for freedom and a fight against tyranny"),
        ("سه روز اعتراض به گرانی", "a protest for three days over prices"),
    ],
)
def test_a_struggle_may_have_an_aim_as_well(source, target):
    assert messages(source, target) == []
