"""What a person saves of one sentence: never over another's text, and only what a PO file and a page can hold."""

import pytest

from pipeline.app import catalogues, reviewing
from pipeline.app.reviewing import SavingOutcome, TypedText
from pipeline.app.session import Session
from pipeline.catalogue import origin
from pipeline.errors import UsageError
from pipeline.model import State
from tests.support.statement import edit
from tests.support.visits import clock

TITLE = "بیانیه ما"


@pytest.fixture
def session(workspace, reviewed):
    return Session.open(workspace, clock)


@pytest.fixture
def desk(session):
    (document,) = catalogues.documents(session, ["statement"])
    return reviewing.open_desk(session, document, "en")


def typed(desk, text, source=TITLE, **more):
    place = next(place for place, unit in enumerate(desk.units) if unit.source == source)
    return TypedText(desk.names[place], origin.digest(desk.units[place].target), text, **more)


def unit(session, desk, source=TITLE):
    again = reviewing.open_desk(session, desk.document, "en")
    return next(unit for unit in again.units if unit.source == source)


def test_what_is_saved_is_translated_by_its_pseudonym_and_no_longer_read(session, desk):
    assert reviewing.save(session, desk, typed(desk, "Our declaration", by="sara")) is SavingOutcome.SAVED
    saved = unit(session, desk)
    assert (saved.target, saved.state) == ("Our declaration", State.TRANSLATED)
    assert "translated: sara" in saved.notes


def test_the_same_text_of_a_reviewed_sentence_changes_nothing(session, desk, reviewed):
    before = reviewed.read_bytes()
    assert reviewing.save(session, desk, typed(desk, "Our statement")) is SavingOutcome.SAME
    assert reviewed.read_bytes() == before


def test_another_text_that_stands_there_meanwhile_is_left(session, desk, reviewed):
    edit(reviewed, TITLE, "Theirs")
    assert reviewing.save(session, desk, typed(desk, "Ours")) is SavingOutcome.CONFLICT
    assert unit(session, desk).target == "Theirs"


def test_the_same_text_typed_by_two_is_no_conflict(session, desk, reviewed):
    edit(reviewed, TITLE, "Ours")
    assert reviewing.save(session, desk, typed(desk, "Ours", by="sara")) is not SavingOutcome.CONFLICT


def test_a_sentence_that_has_left_the_document_is_said(session, desk, workspace):
    wish = typed(desk, "Ours")
    source = workspace / "seeds" / "statement.txt"
    source.write_text(source.read_text("utf-8").replace(TITLE, "فراخوان ما"), "utf-8")
    (document,) = catalogues.documents(session, ["statement"])
    assert reviewing.save(session, reviewing.open_desk(session, document, "en"), wish) is SavingOutcome.GONE


def test_a_document_is_not_opened_in_a_language_it_is_not_translated_into(session, desk):
    with pytest.raises(UsageError, match="not translated into 'de'"):
        reviewing.open_desk(session, desk.document, "de")


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "a\ud800b", "a" + "\u0301" * 100, "x" * 200_000])
def test_what_no_po_file_or_page_can_hold_is_refused(session, desk, reviewed, text):
    before = reviewed.read_bytes()
    with pytest.raises(UsageError):
        reviewing.save(session, desk, typed(desk, text))
    assert reviewed.read_bytes() == before


def test_who_approves_has_not_translated_and_says_who_they_are(session, desk):
    wish = typed(desk, "Our declaration", by="sara")
    reviewing.save(session, desk, wish)
    base = origin.digest("Our declaration")
    for by, why in (("sara", "your own"), ("Sara", "your own"), ("", "who you are"), ("two words", "who you are")):
        with pytest.raises(UsageError, match=why):
            reviewing.approve(session, desk, wish.name, base, by)
    assert reviewing.approve(session, desk, wish.name, base, "reza") is SavingOutcome.SAVED
    assert unit(session, desk).state is State.REVIEWED
    assert reviewing.approve(session, desk, wish.name, base, "reza") is SavingOutcome.SAME


def test_a_text_is_not_approved_that_is_not_the_one_that_was_read(session, desk, reviewed):
    wish = typed(desk, "")
    edit(reviewed, TITLE, "Theirs")
    assert reviewing.approve(session, desk, wish.name, wish.base, "reza") is SavingOutcome.CONFLICT


def test_the_memory_and_the_termbase_help(session, workspace, desk):
    (workspace / "seeds" / "letter.txt").write_text("نامه\n\nجمله دوم آن است.\n", "utf-8")
    (letter,) = catalogues.documents(session, ["letter"])
    other = reviewing.open_desk(session, letter, "en")
    found = reviewing.suggestions(session, other, other.units[1])
    assert [one.match.entry.target for one in found] == ["This is the second sentence."]
    assert "".join(text for text, _ in found[0].pieces) == "جمله دوم این است."
    (workspace / "translations" / "termbase.csv").write_text(
        "fa,en,status\nنامه,letter,preferred\nنامه,mail,forbidden\n", "utf-8"
    )
    terms = reviewing.terms(reviewing.context(session, other).termbase, other.units[0])
    assert [(one.term, one.renderings, one.forbidden) for one in terms] == [("نامه", ("letter",), ("mail",))]


def test_earlier_translations_are_found_the_newest_first(workspace, session, desk):
    for text in ("First", "Second", "Third"):
        session = Session.open(workspace, clock)
        desk = reviewing.open_desk(session, desk.document, "en")
        reviewing.save(session, desk, typed(desk, text))
    assert [one.text for one in reviewing.earlier(session, desk, unit(session, desk))] == [
        "Second",
        "First",
        "Our statement",
    ]


def test_words_are_replaced_to_the_letter_and_only_where_they_are_chosen(session, desk, reviewed):
    found = reviewing.replacements(desk, "full", "FULL")
    assert [one.text for one in found] == ["This is a long text that ends with a FULL stop."]
    assert reviewing.replacements(desk, "", "x") == reviewing.replacements(desk, "Full", "x") == []
    assert reviewing.replacements(desk, "Our statement", "") == []  # nothing would be left
    edit(reviewed, found[0].unit.source, "Theirs, with a full stop")
    assert set(reviewing.replace_words(session, desk, found, "sara").values()) == {SavingOutcome.CONFLICT}
