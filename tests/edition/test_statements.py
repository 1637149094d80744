"""What a partner is told of how far a translation was reviewed."""

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


def test_a_text_of_others_says_whose_it_is_of_which_day_and_by_whose_leave():
    edition = built("عنوان", str)
    provenance = Provenance("https://union.example/1", Permission.GRANTED)
    meta = replace(edition.document.meta, issuer="The Union", date="2016-11-12", provenance=provenance)
    said = statements.of(
        replace(edition, document=replace(edition.document, meta=meta)), SHIPPED["en"], [SHIPPED["en"]]
    )
    assert said[-3:] == [
        "Original text: The Union, 12 November 2016.",
        "First published at \u2066https://union.example/1\u2069",
        "Translated and republished by permission.",
    ]
    assert not any("Original text" in line for line in statements.of(edition, SHIPPED["en"], [SHIPPED["en"]]))
