"""Where a target comes from, and whether somebody has touched it since."""

import pytest

from pipeline.catalogue import origin
from pipeline.model import State, Unit

MACHINE = origin.machine("argos fa→en 1.5", "Text")


def unit(state, where, target="Text"):
    return Unit("paragraph", "متن", target, state, where)


def test_an_origin_is_read_as_it_was_written():
    assert str(origin.read(MACHINE)) == "machine: argos fa→en 1.5"
    assert origin.read(MACHINE).digest == origin.digest("Text") and len(origin.digest("Text")) == 16
    assert str(origin.read(origin.memory("statement", "Text", 87.4))) == "memory 87%: statement"
    assert str(origin.read(origin.changed("91% similar", "Text"))) == "changed: 91% similar"
    assert origin.read(origin.doubt("came back")).digest == ""
    for text in ("", origin.COPIED, origin.failed("cut off"), "machinery: x", f"a {MACHINE}"):
        assert origin.read(text) is None


@pytest.mark.parametrize("state", [State.MACHINE, State.CHANGED, State.MEMORY])
def test_a_text_is_untouched_while_it_is_what_the_program_wrote_and_waits_for_review(state):
    assert origin.is_untouched(unit(state, MACHINE))
    assert not origin.is_untouched(unit(state, MACHINE, "My text"))
    assert not origin.is_untouched(unit(state, ""))
    assert not origin.is_untouched(unit(State.REVIEWED, MACHINE))


def test_a_fuzzy_text_that_is_not_as_the_program_left_it_is_in_doubt():
    assert origin.state(MACHINE, "Text") is State.MACHINE
    assert origin.state(origin.changed("91% similar", "Text"), "Text") is State.CHANGED
    assert origin.state(MACHINE, "My text") is origin.state("", "Text") is State.DOUBT
    assert origin.state("machine: argos", "Text") is State.MACHINE


def test_only_a_machines_draft_names_an_engine():
    assert origin.engine(MACHINE) == "argos fa→en 1.5"
    assert origin.engine(origin.memory("statement", "Text")) == origin.engine("") == ""


def test_why_a_persons_text_waits_is_told_until_it_is_reviewed():
    edited = origin.told(unit(State.DOUBT, MACHINE))
    assert edited == "doubt: edited; was machine: argos fa→en 1.5"
    assert origin.told(unit(State.DOUBT, "")) == "doubt: marked by a person"
    assert origin.told(unit(State.DOUBT, edited)) == edited
    assert origin.told(unit(State.REVIEWED, edited)) == ""
    assert origin.told(unit(State.REVIEWED, MACHINE)) == MACHINE


def test_what_was_copied_needs_nobody_while_it_is_what_a_program_copies():
    number, address = ("۱۲۳۴۵۶", "123456"), ("x@example.org", "x@example.org")
    assert all(origin.is_copied("copied", *pair) for pair in (number, address))
    for source, target in ((number[0], "654321"), (number[0], "down with them"), ("متن", "متن"), ("متن", "text")):
        assert not origin.is_copied("copied", source, target)
    assert not origin.is_copied("", *number)


def test_a_draft_says_which_signs_it_has_not_and_the_engine_keeps_its_name():
    said = origin.machine("argos fa→en 1.5 (beam 4)", "Work", ("{1}", "**"))
    assert said.startswith("machine: argos fa→en 1.5 (beam 4); without {1} ** [")
    assert origin.engine(said) == "argos fa→en 1.5 (beam 4)"


@pytest.mark.parametrize(
    "folders",
    ["/home/reza ahmadi/models/", "models\\reza\\", "C:\\Users\\reza\\", "reza/", "file:///home/reza/", "~reza/"],
)
def test_the_name_of_an_engine_tells_nothing_of_the_folders_its_model_lies_in(folders):
    """Servers call a model by its path: whose machine that is would stand in every PDF and bundle."""
    told = "openai aya.gguf fa→en (temperature 0)"
    named = f"openai {folders}aya.gguf fa→en (temperature 0)"
    said = origin.machine(named, "Text", ("{1}",))
    assert said == origin.machine(told, "Text", ("{1}",)) and "reza" not in said
    written = said.replace(told, named)
    assert origin.engine(written) == told and origin.unplaced(written) == said
    assert origin.is_untouched(unit(State.MACHINE, written)) and origin.unplaced(MACHINE) == MACHINE
    for text in (origin.COPIED, "", "memory 87%: a/b", "doubt: a/b"):
        assert origin.unplaced(text) == text


def test_a_suggestion_says_which_document_its_sentence_comes_from_and_the_same_sentence_none():
    for where in ("1988/letter-12", "partner.tmx", "a, b"):
        assert origin.lender(origin.memory(where, "Text", 87)) == where
    for text in (origin.memory("a", "Text"), MACHINE, origin.COPIED, origin.doubt("edited; was memory 87%: a"), ""):
        assert origin.lender(text) == ""
