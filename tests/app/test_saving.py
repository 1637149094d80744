"""What a person saves of one sentence: never over another's text, and only what a PO file and a page can hold."""

import pytest

from pipeline.app import catalogues, reviewing, saving
from pipeline.app.saving import SavingOutcome
from pipeline.catalogue import origin, readings
from pipeline.errors import UsageError
from pipeline.model import State
from tests.support.desks import TITLE, typed, unit
from tests.support.statement import edit


def shown(session, desk) -> str:
    """Return the digest that the page has of what it shows to be approved."""
    return readings.digest_of_read(unit(session, desk))


def test_what_is_saved_is_translated_by_its_pseudonym_and_no_longer_read(session, desk):
    assert saving.save(session, desk, typed(desk, "Our declaration", by="sara")).outcome is SavingOutcome.SAVED
    saved = unit(session, desk)
    assert (saved.target, saved.state) == ("Our declaration", State.TRANSLATED)
    assert "translated: sara" in saved.notes


def test_the_same_text_of_a_reviewed_sentence_changes_nothing(session, desk, reviewed):
    before = reviewed.read_bytes()
    assert saving.save(session, desk, typed(desk, "Our statement")).outcome is SavingOutcome.SAME
    assert reviewed.read_bytes() == before


def test_another_text_that_stands_there_meanwhile_is_left(session, desk, reviewed):
    edit(reviewed, TITLE, "Theirs")
    assert saving.save(session, desk, typed(desk, "Ours")).outcome is SavingOutcome.CONFLICT
    assert unit(session, desk).target == "Theirs"


def test_the_same_text_typed_by_two_is_no_conflict(session, desk, reviewed):
    edit(reviewed, TITLE, "Ours")
    assert saving.save(session, desk, typed(desk, "Ours", by="sara")).outcome is not SavingOutcome.CONFLICT


def test_a_sentence_that_has_left_the_document_is_said(session, desk, workspace):
    wish = typed(desk, "Ours")
    source = workspace / "seeds" / "statement.txt"
    source.write_text(source.read_text("utf-8").replace(TITLE, "فراخوان ما"), "utf-8")
    (document,) = catalogues.documents(session, ["statement"])
    assert saving.save(session, reviewing.open_desk(session, document, "en"), wish).outcome is SavingOutcome.GONE


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "a\ud800b", "a" + "\u0301" * 100, "x" * 200_000])
def test_what_no_po_file_or_page_can_hold_is_refused(session, desk, reviewed, text):
    before = reviewed.read_bytes()
    with pytest.raises(UsageError):
        saving.save(session, desk, typed(desk, text))
    assert reviewed.read_bytes() == before


def test_who_approves_has_not_translated_and_says_who_they_are(session, desk):
    wish = typed(desk, "Our declaration", by="sara")
    saving.save(session, desk, wish)
    base = shown(session, desk)
    for by, why in (("sara", "your own"), ("Sara", "your own"), ("", "who you are"), ("two words", "who you are")):
        with pytest.raises(UsageError, match=why):
            saving.approve(session, desk, wish.name, base, by)
    assert saving.approve(session, desk, wish.name, base, "reza").outcome is SavingOutcome.SAVED
    assert unit(session, desk).state is State.REVIEWED
    assert saving.approve(session, desk, wish.name, base, "reza").outcome is SavingOutcome.SAME


def test_whoever_called_their_own_words_unfinished_does_not_approve_them_either(session, desk):
    saving.save(session, desk, typed(desk, "Their declaration", by="reza"))
    desk = reviewing.renewed(session, desk)
    saving.save(session, desk, typed(desk, "My declaration", is_done=False, by="sara"))
    desk = reviewing.renewed(session, desk)
    (one,) = saving.replacements(desk, "My", "Our")
    saving.replace_words(session, desk, [one], "sara")
    name, base = one.name, shown(session, desk)
    with pytest.raises(UsageError, match="somebody else"):
        saving.approve(session, desk, name, base, "sara")
    saving.approve(session, desk, name, base, "reza")
    assert unit(session, desk).state is State.REVIEWED


@pytest.mark.parametrize("text", ["\x1b[2J", "x\0y", "x" * 1001, "\x9b31m"])
def test_no_comment_or_reason_is_what_no_po_file_should_hold(session, desk, reviewed, text):
    before, (name, base) = reviewed.read_bytes(), (desk.names[0], origin.digest(desk.units[0].target))
    with pytest.raises(UsageError):
        saving.accept(session, desk, name, base, "numbers", text)
    with pytest.raises(UsageError):
        saving.remark(session, desk, name, text)
    assert reviewed.read_bytes() == before


def test_few_words_replaced_by_many_do_not_fill_the_memory(session, desk):
    saving.save(session, desk, typed(desk, "e" * 50_000))
    with pytest.raises(UsageError, match="fewer"):
        saving.replacements(reviewing.renewed(session, desk), "e", "x" * 1_000_000)


def test_words_that_stand_everywhere_make_no_page_without_end(session, desk):
    """Each place has the words of before and of now: a letter in a long document would be gigabytes."""
    saving.save(session, desk, typed(desk, "e " * 50_000))
    with pytest.raises(UsageError, match="more places than a page can show"):
        saving.replacements(reviewing.renewed(session, desk), "e", "x" * 200)
    assert len(saving.replacements(reviewing.renewed(session, desk), "e", "é")) == 4


def test_a_text_is_not_approved_that_is_not_the_one_that_was_read(session, desk, reviewed):
    name, base = typed(desk, "").name, shown(session, desk)
    edit(reviewed, TITLE, "Theirs")
    assert saving.approve(session, desk, name, base, "reza").outcome is SavingOutcome.CONFLICT


def test_a_printed_note_is_not_approved_that_came_while_the_text_was_read(session, desk, reviewed):
    """It stands in the release, and nobody else looks at it."""
    name, base = typed(desk, "").name, shown(session, desk)
    saving.remark(session, desk, name, "a comment for translators")
    assert saving.approve(session, desk, name, base, "reza").outcome is SavingOutcome.SAVED
    base = shown(session, desk)
    text = reviewed.read_text("utf-8")
    reviewed.write_text(text.replace("# a comment for translators", "# Note: ask Maryam"), "utf-8")
    assert saving.approve(session, desk, name, base, "sara").outcome is SavingOutcome.CONFLICT
    assert saving.approve(session, desk, name, shown(session, desk), "sara").outcome is SavingOutcome.SAVED


def test_words_are_replaced_to_the_letter_and_only_where_they_are_chosen(session, desk, reviewed):
    found = saving.replacements(desk, "full", "FULL")
    assert [one.text for one in found] == ["This is a long text that ends with a FULL stop."]
    assert saving.replacements(desk, "", "x") == saving.replacements(desk, "Full", "x") == []
    assert saving.replacements(desk, "Our statement", "") == []  # nothing would be left
    edit(reviewed, found[0].unit.source, "Theirs, with a full stop")
    savings = saving.replace_words(session, desk, found, "sara")
    assert {one.outcome for one in savings.values()} == {SavingOutcome.CONFLICT}


def test_what_others_did_to_a_sentence_is_not_undone_with_ones_own(session, desk, reviewed):
    wish = typed(desk, "Our declaration", by="sara")
    saved = saving.save(session, desk, wish)
    again = reviewing.open_desk(session, desk.document, "en")
    saving.remark(session, again, wish.name, "Ask Paris")  # the translation is the same
    (undone,) = saving.put_back(session, again, {wish.name: saved}).values()
    assert undone.outcome is SavingOutcome.CONFLICT
    assert unit(session, desk).target == "Our declaration" and "Ask Paris" in unit(session, desk).notes


def test_what_was_saved_is_undone_whole(session, desk, reviewed):
    before = unit(session, desk)
    for act in (
        lambda: saving.save(session, desk, typed(desk, "Our declaration", by="sara")),
        lambda: saving.accept(session, desk, typed(desk, "").name, typed(desk, "").base, "numbers", "as it is meant"),
        lambda: saving.approve(session, desk, typed(desk, "").name, shown(session, desk), "reza"),
    ):
        saved = act()
        (undone,) = saving.put_back(session, desk, {typed(desk, "").name: saved}).values()
        assert undone.outcome is SavingOutcome.SAVED and unit(session, desk) == before
