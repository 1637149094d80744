"""Nouns of a target that nothing in its source may mean."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Severity, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks._nouns import foreign_nouns
from pipeline.termbase import Status, Term


def context(lang, *terms):
    return checks.context(SHIPPED["fa"], SHIPPED[lang], list(terms), [])


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("The blacksmiths have been in prison for a year", []),
        ("The blacksmiths have been in a bakery for a year", ["bakery"]),
        ("The blacksmiths have been in Bakery for a year", []),  # a name
        ("Bakery workers have been in prison for a year", ["bakery", "workers"]),  # no name: sentences begin so
    ],
)
def test_a_noun_is_foreign_that_is_no_name(target, words):
    assert foreign_nouns(Unit("paragraph", "آهنگران یک سال است که در زندان‌اند", target), context("en")) == words


def test_what_the_lists_explain_is_not_strange():
    assert foreign_nouns(Unit("paragraph", "او در بند است", "He is behind bars"), context("en")) == []


def test_what_renders_a_term_is_not_strange():
    unit = Unit("paragraph", "رودخانه خشک شد", "The bakery dried up")
    assert foreign_nouns(unit, context("en", Term("رودخانه", "bakery", "en", Status.PREFERRED))) == []
    assert foreign_nouns(unit, context("en", Term("نان", "bakery", "en", Status.PREFERRED))) == ["bakery"]


def test_what_sounds_like_a_word_of_the_source_is_not_strange():
    assert foreign_nouns(Unit("paragraph", "هاکی", "hockey"), context("en")) == []


def test_there_is_none_without_a_dictionary():
    assert foreign_nouns(Unit("paragraph", "رودخانه خشک شد", "Die Bäckerei ist trocken"), context("de")) == []


def told(source, target, lang, *terms, beside=""):
    unit, known, other = Unit("paragraph", source, target, State.REVIEWED), context(lang, *terms), context("fr")
    if beside:
        catalogue = Catalogue("x", "fa", "fr", (replace(unit, target=beside),))
        known = replace(known, siblings=checks.siblings([(other, catalogue)]))
    found = checks.examine([unit], known)
    return [(one.check, one.message) for one in found if one.severity.weighs(Severity.WARNING)]


@pytest.mark.parametrize(
    ("lang", "source", "target", "message"),
    [
        (
            "en",
            "پدرش در زندان درگذشت",
            "His father died in a bakery",
            "the target has no word for «زندان», such as “prison…”, and the source none for “bakery”",
        ),
        (
            "fr",
            "پدرش در زندان درگذشت",
            "Son père est mort dans un moulin",
            "the target has no word for «زندان», such as “prison…”, and the source none for “moulin”",
        ),
    ],
)
def test_a_noun_in_place_of_a_word_is_told_unasked(lang, source, target, message):
    assert ("meaning", message) in told(source, target, lang)


@pytest.mark.parametrize(
    ("lang", "target"), [("en", "His father died in his cell"), ("fr", "Son père est mort derrière les barreaux")]
)
def test_a_word_said_freely_is_not(lang, target):
    assert told("پدرش در زندان درگذشت", target, lang) == []


def test_a_noun_in_place_of_a_term_is_told_unasked():
    term = Term("آهنگر", "blacksmith", "en", Status.PREFERRED)
    message = "«آهنگر» should be translated as “blacksmith”"
    assert ("terms", message) in told("آهنگر رسید", "The baker has arrived", "en", term)
    assert ("terms", message) not in told("آهنگر رسید", "He has arrived", "en", term)


@pytest.mark.parametrize(
    ("beside", "target", "word"),
    [
        ("Le forgeron du quartier est arrivé hier", "The local soldier arrived yesterday", "soldier"),
        ("Le forgeron du quartier est arrivé hier", "The local prison arrived yesterday", "prison"),
        ("Le forgeron du quartier est arrivé hier", "The local blacksmith arrived yesterday", ""),
        ("Le soldat du quartier est arrivé hier", "The local soldier arrived yesterday", ""),
        ("", "The local soldier arrived yesterday", ""),  # one sign alone
    ],
)
def test_what_neither_the_source_nor_another_language_says_is_told_by_itself(beside, target, word):
    message = f"the source has no word for “{word}”, nor has the translation into another language"
    found = told("آهنگر محل دیروز رسید", target, "en", beside=beside)
    assert found == ([("meaning", message)] if word else [])


SOURCE = "پنجاه سال پس از انقلاب هنوز جای شلاق بر تن کارگر مانده است."
ENGLISH = "Fifty years after the revolution the worker’s body still bears the marks of the lash."


@pytest.mark.parametrize(
    ("target", "beside", "is_told"),
    [
        ("Cinquante ans après la révolution, le corps de l’ouvrier porte toujours la marque du fouet.", ENGLISH, False),
        ("Cinquante ans après la révolution, le corps des actionnaires porte toujours la marque du fouet.", ENGLISH, True),
        ("Actionnaires, cinquante ans après la révolution, le corps porte toujours la marque du fouet.", ENGLISH, False),
        (
            "Cinquante ans après la révolution, le corps des actionnaires porte toujours la marque du fouet.",
            "Fifty years after the revolution the body still bears the marks of the lash.", False,
        ),
    ],
)  # fmt: skip
def test_a_word_that_another_language_says_is_missed_where_a_foreign_noun_stands_in_its_place(target, beside, is_told):
    unit = Unit("paragraph", SOURCE, target, State.REVIEWED)
    catalogue = Catalogue("x", "fa", "en", (replace(unit, target=beside),))
    known = replace(context("fr"), siblings=checks.siblings([(context("en"), catalogue)]))
    messages = [one.message for one in checks.examine([unit], known) if one.severity.weighs(Severity.WARNING)]
    missing = "the target has no word for «کارگر», such as “ouvri…”, and the source none for “actionnaires”"
    assert (missing in messages) == is_told
