"""What the translations of a sentence into other languages tell of this one."""

from dataclasses import replace

from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, State, Unit
from pipeline.qa import checks
from pipeline.qa.checks import people
from pipeline.qa.checks._literal import spans
from pipeline.qa.checks._siblings import SiblingSayings
from pipeline.text import vocabulary

UNIT = Unit(
    "paragraph", "سه نفر از کارگران هنوز در زندان هستند.", "Three of the pilots are at the bank.", State.REVIEWED
)
FRENCH = replace(UNIT, target="Trois travailleurs sont toujours en prison.")
FRENCH_CONTEXT = checks.context(SHIPPED["fa"], SHIPPED["fr"], [], [])
SOURCE = vocabulary.source(UNIT.source, SHIPPED["fa"])


def sayings(*units):
    known = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [])
    others = checks.siblings((FRENCH_CONTEXT, Catalogue("x", "fa", "fr", (unit,))) for unit in units)
    return SiblingSayings(UNIT, replace(known, siblings=others))


def test_a_word_is_said_where_any_sibling_says_it():
    said = {SOURCE.text(span[0]): sayings(FRENCH).say(span) for span in spans(SOURCE)}
    assert said["زندان"]
    assert not any(sayings().say(span) for span in spans(SOURCE))


def test_empty_and_copied_translations_say_nothing():
    blank, copied = replace(FRENCH, target=" "), replace(FRENCH, state=State.COPIED)
    assert not checks.siblings((FRENCH_CONTEXT, Catalogue("x", "fa", "fr", (unit,))) for unit in (blank, copied))


def test_two_words_that_a_sibling_spells_as_a_name_are_one_whatever_each_means():
    unit = replace(UNIT, source="نوید افکاری کشتی‌گیر بود.", target="He was a wrestler.")
    french = replace(unit, target="Navid Afkari était lutteur.")
    known = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [])
    siblings = checks.siblings([(FRENCH_CONTEXT, Catalogue("x", "fa", "fr", (french,)))])
    context = replace(known, siblings=siblings)
    assert [one.message for one in people.check(unit, context)] == ["«نوید افکاری» is not named in the target"]
    assert not [*people.check(replace(unit, target="Navid Afkari was a wrestler."), context)]


def test_a_name_of_two_words_that_mean_something_is_one_where_a_sibling_has_it():
    unit = replace(UNIT, source="گوهر عشقی دادخواه است.", target="The mother seeks justice.")
    french = replace(unit, target="Gohar Eshghi demande justice.")
    known = checks.context(SHIPPED["fa"], SHIPPED["en"], [], [])
    context = replace(known, siblings=checks.siblings([(FRENCH_CONTEXT, Catalogue("x", "fa", "fr", (french,)))]))
    assert [one.message for one in people.check(unit, context)] == ["«گوهر عشقی» is not named in the target"]
    free = replace(french, target="Cette mère demande justice.")
    context = replace(known, siblings=checks.siblings([(FRENCH_CONTEXT, Catalogue("x", "fa", "fr", (free,)))]))
    assert not [*people.check(unit, context)]
