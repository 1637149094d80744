"""Words that another language says each by a word of its own, and this one does not."""

from dataclasses import replace

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Severity, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks._counterparts import MOST_KNOWN, replaced

WORKSHOPS = "دستمزد کارگران در کارگاه‌های حاشیهٔ شهر کمتر از نصف مزد قانونی است."
FRENCH = "Le salaire des ouvriers des ateliers de la périphérie est inférieur à la moitié du minimum légal."


def findings(source, target, sibling):
    unit = Unit("paragraph", source, target, State.REVIEWED)
    known, other = (checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr"))
    catalogue = Catalogue("x", "fa", "fr", (replace(unit, target=sibling),))
    known = replace(known, siblings=checks.siblings([(other, catalogue)]))
    return [one for one in checks.examine([unit], known) if one.check == "meaning"]


def told(*texts):
    return [one.message for one in findings(*texts) if one.severity is Severity.WARNING]


def test_one_word_says_not_two_words_of_the_source_where_another_language_has_two():
    target = "In workshops on the outskirts of the city, shareholders are paid less than half the legal wage."
    wanted = "«کارگران» seems to be missing from the target, which has “shareholders” instead"
    assert told(WORKSHOPS, target, FRENCH) == [wanted]
    assert not told(WORKSHOPS, target.replace("shareholders", "workers"), FRENCH)


def test_a_translation_that_is_as_free_tells_nothing():
    target = "In workshops on the outskirts of the city, shareholders are paid less than half the legal wage."
    assert not told(WORKSHOPS, target, "Dans les ateliers de la périphérie, on touche moins de la moitié du minimum.")


def test_a_noun_stands_where_the_other_language_has_the_word():
    source = "دانشجویان از مبارزهٔ زنان پشتیبانی می‌کنند و خواهان آزادی همهٔ زندانیان‌اند."
    french = "Les étudiants soutiennent la lutte des femmes et demandent la libération de tous les détenus."
    assert not told(
        source, "The students support the struggle of women and demand the release of all prisoners.", french
    )
    assert told(source, "The students support the journey of women and demand the release of all prisoners.", french)


def test_what_is_missing_is_one_of_the_words_that_share_too_few():
    english = "Workers in workshops on the outskirts are paid less than half the legal wage."
    known, other = (checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("fr", "en"))
    unit = Unit("paragraph", WORKSHOPS, FRENCH, State.REVIEWED)
    beside = checks.siblings([(other, Catalogue("x", "fa", "en", (replace(unit, target=english),)))])
    found = replaced(unit, replace(known, siblings=beside), [])
    assert found and found.text in {"دستمزد", "مزد"}  # and not «قانونی», which « légal » says


STAFF = "کارگران پیمانی پالایشگاه آبادان بامداد سه‌شنبه از سوار شدن به سرویس‌ها خودداری کردند."
PERSONNEL = (
    "Les ouvriers contractuels de la raffinerie d’Abadan ont refusé mardi à l’aube de monter dans les navettes du "
    "personnel."
)


@pytest.mark.parametrize(
    ("target", "is_told"),
    [
        ("Contract shareholders at the Abadan refinery refused to board the staff buses at dawn on Tuesday.", True),
        ("Contract workers at the Abadan refinery refused to board the staff buses at dawn on Tuesday.", False),
        # Far from where the other language has its word, a noun may stand for anything.
        (
            "Contract staff at the Abadan refinery refused to board the buses of the shareholders at dawn on Tuesday.",
            False,
        ),
    ],
)
def test_what_another_word_may_say_too_is_missing_where_a_noun_stands_in_its_place(target, is_told):
    assert bool(told(STAFF, target, PERSONNEL)) is is_told


def test_a_word_less_without_a_noun_in_its_place_is_a_hint():
    target = "In workshops on the outskirts of the city, they are paid less than half the legal wage."
    found = {one.message: one.severity for one in findings(WORKSHOPS, target, FRENCH)}
    assert found.get("«کارگران» seems to be missing from the target") == Severity.HINT


def test_a_text_with_more_known_words_than_a_sentence_has_is_not_asked():
    unit = Unit("paragraph", "کارگران کارگاه " * MOST_KNOWN, "workshops " * MOST_KNOWN, State.REVIEWED)
    known, other = (checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr"))
    beside = replace(unit, target="ouvriers ateliers " * MOST_KNOWN)
    known = replace(known, siblings=checks.siblings([(other, Catalogue("x", "fa", "fr", (beside,)))]))
    assert replaced(unit, known, ["shareholders"]) is None


@pytest.mark.parametrize("times", [2, 3])
def test_a_word_said_as_often_as_in_the_other_language_is_not_missing(times):
    source = " و ".join(["کارگر"] * times) + " آمدند."
    english, french = " and ".join(["worker"] * times), " et ".join(["ouvrier"] * times)
    assert not told(source, f"{english} came.", f"{french} sont venus.")
    assert told(source, f"shareholder and {' and '.join(['worker'] * (times - 1))} came.", f"{french} sont venus.")
