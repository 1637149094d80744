"""What a partner is told of how far a translation was reviewed."""

import re
from dataclasses import replace

import pytest

from pipeline.edition import statements
from pipeline.languages import SHIPPED
from pipeline.model import Permission, Provenance, State
from tests.support.pages import built


@pytest.mark.parametrize("state", State)
def test_a_partner_is_told_that_a_text_waits_for_review_but_not_why(state):
    offered = {State.CHANGED: State.DOUBT, State.MEMORY: State.DOUBT, State.COPIED: State.REVIEWED}
    assert statements.shown(state) is offered.get(state, state)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "argos; openai"), ("fr", "argos\u202f; openai"), ("fa", "argos; openai")]
)
def test_engines_are_listed_as_the_language_lists(lang, said):
    assert said in statements._joined(["argos", "openai"], SHIPPED[lang])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "since the version of 1 March 2026 \u2066(281f3f2c)\u2069."),
        ("fr", "Depuis la version du 1er mars 2026 \u2066(281f3f2c)\u2069, les mots"),
        ("fa", "نسبت به نسخۀ ۱۰ اسفند ۱۴۰۴ (۱ مارس ۲۰۲۶) \u2066(281f3f2c)\u2069، کلمات"),
    ],
)
def test_the_version_compared_with_is_dated_in_words(lang, said):
    edition = replace(built("عنوان", str), since="2026-03-01 (281f3f2c)")
    assert any(said in line for line in statements.translation(edition, SHIPPED[lang], SHIPPED["en"]))


def received(lang="en", address="", permission=Permission.GRANTED, **meta):
    """What the colophon of a Persian text of others says last in a language."""
    edition = built("عنوان", str)
    meta = replace(edition.document.meta, provenance=Provenance(address, permission), **meta)
    edition = replace(edition, document=replace(edition.document, meta=meta))
    return statements.of(edition, SHIPPED[lang], [SHIPPED["en"]])


def test_a_text_of_others_says_in_a_sentence_whose_it_is_of_which_day_and_by_whose_leave():
    assert received(address="https://union.example/1", issuer="The Union", date="2016-11-12")[-2:] == [
        "Translated from the Persian of The Union, published 12 November 2016, by permission.",
        "First published at \u2066https://union.example/1\u2069",
    ]
    own = statements.of(built("عنوان", str), SHIPPED["en"], [SHIPPED["en"]])
    assert not any("Translated from" in line for line in own)


def test_what_is_not_known_of_a_text_of_others_is_left_out_of_the_sentence():
    unknown = Permission.UNKNOWN
    assert received()[-1] == "Translated from the Persian, by permission."
    assert received(permission=unknown)[-1] == "Translated from the Persian."
    assert received(permission=unknown, issuer="The Union")[-1] == "Translated from the Persian of The Union."
    assert received(permission=unknown, date="2016-11")[-1] == "Translated from the Persian, published November 2016."
    assert received(permission=unknown, issuer="Press Inc.")[-1] == "Translated from the Persian of Press Inc."


@pytest.mark.parametrize(("date", "said"), [("2016-11-12", "publié le 12"), ("2016-11", "publié en nov")])
def test_a_month_has_words_of_its_own_before_it_where_the_language_wants_them(date, said):
    assert said in received("fr", date=date)[-1]


@pytest.mark.parametrize("lang", SHIPPED)
def test_every_language_says_all_of_it_and_nothing_that_is_not_known(lang):
    whole = received(lang, issuer="The [Union]", date="2016-11-12")[-1]
    bare = received(lang, permission=Permission.UNKNOWN)[-1]
    assert "The [Union]" in whole and SHIPPED[lang].name_of(SHIPPED["fa"]).lower() in whole.lower()
    assert whole.endswith(".") and bare.endswith(".")
    assert len({whole, bare, received(lang)[-1], received(lang, date="2016")[-1]}) == 4
    assert not any(sign in bare for sign in "[]{}") and "  " not in whole + bare and " ." not in bare


@pytest.mark.parametrize("lang", SHIPPED)
def test_what_two_people_have_read_is_said_to_be_read_twice_and_nobody_is_named(lang):
    def told(*readers):
        edition = built("عنوان", lambda text: "Title")
        for passage in (one for one in edition.passages if "en" in one.units):
            passage.units["en"] = replace(passage.units["en"], notes=tuple(f"read: {name}" for name in readers))
        return list(statements.translation(edition, SHIPPED[lang], SHIPPED["en"]))

    said = SHIPPED[lang].labels.read_twice
    assert said in told("sara", "omid")
    assert said not in told("sara") + told("sara", "Sara")
    assert not any("sara" in line.lower() for line in told("sara", "omid"))


@pytest.mark.parametrize("lang", SHIPPED)
def test_no_line_ends_between_a_number_and_what_stands_with_it_in_brackets_or_before_it(lang):
    labels = SHIPPED[lang].labels
    (bracketed,) = re.findall(r"\([^()]*\{total\}[^()]*\)", labels.all_reviewed)
    assert " " not in bracketed
    counts = (labels.count_reviewed, labels.count_machine, labels.count_untranslated)
    assert not [label for label in counts if label.endswith(" {count}")]
