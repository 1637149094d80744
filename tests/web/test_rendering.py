"""Addresses and texts of the review page: whatever stands in them is quoted, and nothing is markup."""

import pytest
from jinja2 import UndefinedError

from pipeline.languages import SHIPPED
from pipeline.model import Block, Kind, State, Unit
from pipeline.web import rendering, wording
from pipeline.web.views import Show, Wanted

HOSTILE = "<script>alert(1)</script>\"'&"


def test_an_address_quotes_what_stands_in_it():
    assert rendering.address("a/b ?#", "en") == "/document/a/b%20%3F%23/en"
    asked = rendering.address("a", "en", Wanted(Show.DRAFTS, "x&y=z"), "save", unit="1")
    assert asked == "/document/a/en/save?show=drafts&words=x%26y%3Dz&unit=1"


def test_what_is_put_into_a_template_is_text():
    english = wording.wordings()["en"]
    page = rendering.filled(
        "door.html", {"_": english, "wording": english, "fingerprint": HOSTILE, "here": HOSTILE, "root": HOSTILE}
    )
    assert "&lt;script&gt;alert(1)" in page and "<script" not in page and f'"{HOSTILE}' not in page


def test_what_a_template_lacks_is_a_fault_and_no_gap():
    with pytest.raises(UndefinedError, match="here"):
        rendering.filled("door.html", {"_": str, "wording": wording.wordings()["en"], "fingerprint": "", "root": ""})


def test_comments_for_the_program_are_not_shown_as_those_of_people():
    notes = ("translated: sara", "read: reza 2026-01-02 [0123456789abcdef]", "Ask Paris", "check: numbers ok — why")
    unit = Unit("paragraph", "a", notes=notes)
    assert rendering.said_in(unit) == ["Ask Paris"]
    assert rendering.accepted_in(unit) == ["why"]


def test_marks_are_given_with_the_signs_before_and_behind_their_words():
    marks = ("**…**: strong", "{1}: a link to https://example.org/a", "{2}: note 3")
    found = rendering.marks_of(Unit("paragraph", "**a** [b]{1} c{2}", marks=marks))
    assert [(one.before, one.behind) for one in found] == [("**", "**"), ("[", "]{1}"), ("{2}", "")]
    assert found[1].meaning == "a link to https://example.org/a"


def test_an_approval_is_offered_to_whoever_could_say_something_new():
    unit = Unit("paragraph", "a", "b", State.DOUBT, notes=("translated: sara",))
    assert rendering.may_approve(unit, "reza")
    assert not rendering.may_approve(unit, "Sara") and not rendering.may_approve(unit, "")


def test_a_marker_is_the_one_that_is_printed_in_the_language():
    block = Block(Kind.LIST_ITEM, "متن", 1, 1, marker="۲-", ordinal=2, depth=1)
    assert rendering.marker(block, SHIPPED["en"], SHIPPED["fa"]) == "2."
    assert rendering.marker(block, SHIPPED["fa"], SHIPPED["fa"]) == "۲-"


def test_an_origin_is_told_without_its_digest():
    unit = Unit("paragraph", "a", "b", State.MACHINE, "machine: argos fa→en 1.5 [0123456789abcdef]")
    assert rendering.origin_of(unit) == "machine: argos fa→en 1.5"


@pytest.mark.parametrize("code", SHIPPED)
def test_every_language_has_its_quotation_marks_and_rtl_ones_the_non_joiner(code):
    language = SHIPPED[code]
    signs = {name: sign for sign, name in rendering.signs_of(language)}
    assert ("non-joiner" in signs) == (language.direction == "rtl")
    assert signs["opening quotation mark"] and signs["closing quotation mark"]
