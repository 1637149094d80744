"""What comes back is merged: nobody's work is overwritten, and nothing becomes reviewed by itself."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.catalogue import po, readings
from pipeline.catalogue.origin import changed, machine
from pipeline.catalogue.po import disclosure
from pipeline.errors import ExchangeError
from pipeline.exchange import bounds, incoming, table
from pipeline.exchange.incoming import ArrivalOutcome, Said
from pipeline.exchange.table import Line, line_id
from pipeline.model import Catalogue, Location, State, Unit
from pipeline.qa import acceptance

DRAFT = Unit("paragraph", "الف", "A", State.MACHINE, machine("argos 1", "A"), locations=(Location(1),))
DONE = Unit("paragraph", "ب", "B", State.REVIEWED, notes=("ours",))
EMPTY = Unit("paragraph", "پ")


def catalogue(*units):
    return Catalogue("statement", "fa", "en", units or (DRAFT, DONE, EMPTY))


def came_back(unit, target, note="", state=None):
    return Line(line_id("statement", "en", unit), unit.source, target, note, unit.context, state)


def merged(one, *lines, **said):
    new, arrivals = incoming.merge(one, lines, Said(**said))
    again, _ = incoming.merge(new, lines, Said(**said))
    assert again == new, "importing twice must change nothing"
    return new.units, [arrival.outcome for arrival in arrivals]


def test_what_a_volunteer_wrote_is_taken_and_waits_for_review():
    (draft, _, empty), outcomes = merged(catalogue(), came_back(DRAFT, "Better"), came_back(EMPTY, "P"))
    assert [(draft.target, draft.state, draft.origin), (empty.target, empty.state)] == [
        ("Better", State.DOUBT, "doubt: returned by a volunteer"), ("P", State.DOUBT),
    ]  # fmt: skip
    assert outcomes == [ArrivalOutcome.TAKEN, ArrivalOutcome.TAKEN]


def test_what_is_said_to_be_right_is_translated():
    """Whoever sent it may have written it: that is no second reading."""
    (draft, *_), outcomes = merged(catalogue(), came_back(DRAFT, "A", state=State.REVIEWED))
    assert (draft.target, draft.state, outcomes) == ("A", State.TRANSLATED, [ArrivalOutcome.TRANSLATED])
    (draft, *_), _ = merged(catalogue(), came_back(DRAFT, "Better", state=State.TRANSLATED))
    assert (draft.target, draft.state) == ("Better", State.TRANSLATED)
    (draft, _, empty), _ = merged(catalogue(), came_back(DRAFT, "A"), came_back(EMPTY, "P"), reviewed=True)
    assert (draft.state, empty.state) == (State.TRANSLATED, State.TRANSLATED)


READ = readings.added(replace(DONE, state=State.TRANSLATED, notes=()), "reza", "2026-11-27")


@pytest.mark.parametrize("state", [State.TRANSLATED, State.REVIEWED])
@pytest.mark.parametrize("said", [{}, {"by": "sara", "day": "2026-11-28"}])
def test_what_was_read_before_another_took_its_place_is_not_reviewed_when_a_volunteer_brings_it_back(state, said):
    corrected = readings.settled(replace(READ, target="Corrected"))
    (unit,), outcomes = merged(catalogue(corrected), came_back(corrected, "B", state=state), **said)
    assert (unit.target, unit.state, outcomes) == ("B", State.DOUBT, [ArrivalOutcome.TAKEN])
    (again,), _ = merged(catalogue(unit), came_back(unit, "B", state=State.TRANSLATED))
    assert again == unit  # another table says that it is right
    (unit,), _ = merged(catalogue(corrected), came_back(corrected, "B"), reviewed=True)
    assert unit.state is State.REVIEWED


SAID = {"by": "sara", "day": "2026-11-28"}


def test_what_somebody_read_is_reviewed_and_what_they_changed_is_theirs():
    translated = replace(DRAFT, state=State.TRANSLATED, origin="")
    units, outcomes = merged(
        catalogue(translated, EMPTY),
        came_back(translated, "A", state=State.REVIEWED),
        came_back(EMPTY, "P", state=State.REVIEWED),
        **SAID,
    )
    assert [(unit.state, readings.readers(unit)) for unit in units] == [
        (State.REVIEWED, ("sara",)), (State.TRANSLATED, ()),
    ]  # fmt: skip
    assert outcomes == [ArrivalOutcome.REVIEWED, ArrivalOutcome.TAKEN]
    assert readings.translator_of(units[1]) == "sara"


@pytest.mark.parametrize("first", [{}, {"reviewed": True}])
@pytest.mark.parametrize("reviewed", [True, False])
def test_a_file_that_is_imported_again_with_a_name_makes_nobody_the_reader_of_their_own_translation(first, reviewed):
    lines = came_back(EMPTY, "P", state=State.REVIEWED), came_back(DRAFT, "A", state=State.REVIEWED)
    units, _ = merged(catalogue(EMPTY, DRAFT), *lines, **first)
    (theirs, read), _ = merged(catalogue(*units), *lines, reviewed=reviewed, **SAID)
    assert (readings.translator_of(theirs), readings.readers(theirs), theirs.state) == ("sara", (), State.TRANSLATED)
    assert readings.readers(read) == ("sara",)
    (by_another,), _ = merged(catalogue(theirs), lines[0], by="reza", day="2026-11-28")
    assert readings.readers(by_another) == ("reza",)


@pytest.mark.parametrize("reviewed", [True, False])
def test_nobody_has_read_a_printed_note_that_came_after_the_table_went_out(reviewed):
    noted = replace(DRAFT, state=State.TRANSLATED, origin="", notes=("ours", "note: Maryam wrote this,\nin May"))
    for note, readers in (("", ()), ("note: someone wrote this", ()), ("note: Maryam wrote this, in May", ("sara",))):
        line = came_back(noted, "A", note, State.REVIEWED)
        (unit,), _ = merged(catalogue(noted), line, reviewed=reviewed, **SAID)
        assert readings.readers(unit) == readers, note
    fuzzy = replace(noted, state=State.DOUBT)
    (unit,), _ = merged(catalogue(fuzzy), came_back(fuzzy, "A", state=State.REVIEWED), reviewed=reviewed, **SAID)
    assert unit.state is State.TRANSLATED


def test_what_waits_for_review_is_of_whoever_sent_it_who_is_no_reader_of_it():
    line = came_back(EMPTY, "P")
    (unit,), _ = merged(catalogue(EMPTY), line, **SAID)
    assert (unit.state, readings.translator_of(unit)) == (State.DOUBT, "sara")
    assert not readings.may_read(readings.confirmed(unit), "sara")
    (unit,), _ = merged(catalogue(EMPTY), line, replace(line, state=State.REVIEWED), **SAID)  # two rows of one file
    assert not readings.readers(unit)


def test_a_table_that_says_reviewed_of_what_was_so_is_nobodys_reading():
    read = readings.added(replace(DRAFT, state=State.TRANSLATED, origin=""), "reza", "2026-11-01")
    (unit,), outcomes = merged(catalogue(read), came_back(read, "A", state=State.REVIEWED), **SAID)
    assert unit == read and outcomes == [ArrivalOutcome.SAME]
    (unit,), _ = merged(catalogue(read), came_back(read, "A", state=State.REVIEWED), reviewed=True, **SAID)
    assert readings.readers(unit) == ("reza", "sara")


@pytest.mark.parametrize("said", [State.REVIEWED, State.TRANSLATED])
@pytest.mark.parametrize("by", ["", "sara"])
def test_a_yes_from_when_a_table_went_out_takes_no_mark_away_that_was_set_since(said, by):
    """A kit says «translated» of what was reviewed; a word of then is nobody's of now."""
    read = readings.added(replace(DRAFT, state=State.TRANSLATED, origin=""), "reza", "2026-11-01")
    marked = replace(read, state=State.DOUBT, notes=(*read.notes, "this is wrong"))
    (unit,), outcomes = merged(catalogue(marked), came_back(read, "A", state=said), by=by, day="2026-11-28")
    assert unit == marked and outcomes == [ArrivalOutcome.SAME]
    (unit,), _ = merged(catalogue(marked), came_back(read, "Better", state=said))
    assert (unit.target, unit.state) == ("Better", State.DOUBT)
    (unit,), _ = merged(catalogue(marked), came_back(marked, "A", state=State.TRANSLATED))
    assert unit.state is State.REVIEWED  # said of what went out as doubtful


def test_a_reading_that_was_taken_back_does_not_return_with_a_table_that_went_out_before():
    read = readings.added(replace(DRAFT, state=State.TRANSLATED, origin=""), "reza", "2026-11-01")
    unread = replace(read, state=State.TRANSLATED, notes=())
    (unit,), _ = merged(catalogue(unread), came_back(read, "A", state=State.REVIEWED), **SAID)
    assert unit == unread


def test_what_comes_back_as_it_went_out_changes_nothing():
    lines = [came_back(unit, unit.target) for unit in (DRAFT, DONE, EMPTY)]
    units, outcomes = merged(catalogue(), *lines)
    assert units == (DRAFT, DONE, EMPTY) and set(outcomes) == {ArrivalOutcome.SAME}


def test_ours_stands_when_theirs_did_not_change_or_came_back_empty():
    newer = replace(DRAFT, target="Newer", state=State.REVIEWED)
    units, outcomes = merged(catalogue(newer, DONE), came_back(DRAFT, "A"), came_back(DONE, " "))
    assert units == (newer, DONE) and outcomes == [ArrivalOutcome.SAME, ArrivalOutcome.EMPTIED]


def test_changed_here_and_there_keeps_both_for_a_person():
    newer = replace(DRAFT, target="Newer", state=State.REVIEWED, origin="")
    (unit,), outcomes = merged(catalogue(newer), came_back(DRAFT, "Theirs\nin lines", state=State.REVIEWED))
    assert (unit.target, unit.state, outcomes) == ("Newer", State.DOUBT, [ArrivalOutcome.CONFLICT])
    assert unit.notes == ("another translation came back: Theirs", "in lines")


def test_notes_come_back_and_those_that_were_there_stay():
    units, outcomes = merged(catalogue(), came_back(DONE, "B", note="ours\nnew\r\n\n"))
    assert units[1].notes == ("ours", "new") and units[1].state is State.REVIEWED and outcomes == [ArrivalOutcome.NOTED]


def test_what_belongs_to_no_sentence_is_said_and_left_out():
    lost = came_back(Unit("paragraph", "گم"), "lost", state=State.REVIEWED)
    units, outcomes = merged(catalogue(), lost, Line("", "الف", "no id", state=State.REVIEWED))
    assert units == catalogue().units and outcomes == [ArrivalOutcome.UNKNOWN, ArrivalOutcome.UNKNOWN]


def test_two_answers_to_one_sentence_are_a_conflict():
    units, outcomes = merged(catalogue(EMPTY), came_back(EMPTY, "One"), came_back(EMPTY, "Two"))
    assert (units[0].target, units[0].notes) == ("One", ("another translation came back: Two",))
    assert outcomes == [ArrivalOutcome.TAKEN, ArrivalOutcome.CONFLICT]


def test_a_line_that_could_not_be_read_is_left_out_and_its_note_is_taken():
    bad = replace(came_back(DRAFT, "0.15", note="a note"), fault="row 5: a number")
    units, outcomes = merged(catalogue(), bad, replace(came_back(EMPTY, ""), fault="row 6: a formula"))
    assert (units[0].target, units[0].notes, outcomes) == ("A", ("a note",), [ArrivalOutcome.LEFT_OUT] * 2)
    lost = replace(came_back(Unit("paragraph", "گم"), "7"), fault="row 7: a date")
    assert merged(catalogue(), lost)[1] == [ArrivalOutcome.LEFT_OUT]
    seven = replace(DRAFT, target="7")
    number = replace(came_back(seven, "7"), fault=f"row 5: a number (7), {table.NO_TEXT}")
    assert merged(catalogue(seven), number)[1] == [ArrivalOutcome.SAME]


@pytest.mark.parametrize("fault", [table.STRUCK, table.LISTED, table.FORMULA])
def test_nobody_has_read_a_translation_in_which_words_are_struck_through(fault):
    """The words are those that went out; what was done to them would be lost, or count as approved."""
    struck = replace(came_back(DRAFT, DRAFT.target, state=State.REVIEWED), fault=f"row 5: {fault}")
    units, outcomes = merged(catalogue(), struck, reviewed=True, by="sara", day="2026-12-01")
    assert (units, outcomes) == (catalogue().units, [ArrivalOutcome.LEFT_OUT])


def test_a_row_whose_sides_have_changed_places_is_read_as_it_was():
    line = came_back(EMPTY, EMPTY.source)
    units, outcomes = merged(catalogue(), replace(line, source="P"))
    assert (units[2].target, outcomes) == ("P", [ArrivalOutcome.TAKEN])
    assert merged(catalogue(), replace(came_back(DRAFT, DRAFT.source), source="A"))[1] == [ArrivalOutcome.SAME]
    copied = Unit("contact", "a@example.org")
    assert merged(catalogue(copied), came_back(copied, copied.source))[0][0].target == copied.source


def test_other_ends_of_lines_are_no_other_text():
    two = replace(DRAFT, target="a\r\nb")
    assert merged(catalogue(two), came_back(two, "a\nb")) == ((two,), [ArrivalOutcome.SAME])


def test_nothing_that_comes_back_can_inject_an_entry_or_a_header(tmp_path):
    evil = 'x"\n\nmsgid "evil"\r#, fuzzy\u2028msgstr "in"'
    new, _ = incoming.merge(catalogue(DONE, EMPTY), [came_back(DONE, "B", evil), came_back(EMPTY, evil)])
    content = po.serialise(new, "seeds/statement", datetime.now(UTC))
    back = po.parse(content, "x.po", "statement", "fa", "en").catalogue
    assert [unit.source for unit in back.units] == ["ب", "پ"] and back.units[1].target == evil


LONG = "رقابت در بین قدرت های بزرگ سرمایه داری و بی ثباتی در نظام مناسبات بین المللی، جنگ را دامن می زند."


def test_what_was_respelled_since_it_went_out_is_the_same_sentence():
    out, now = Unit("paragraph", "كار ۳۷ ، «ما»"), Unit("paragraph", "کار 37، «ما»")
    (unit,), outcomes = merged(catalogue(now), came_back(out, "Work", state=State.REVIEWED))
    assert (unit.source, unit.target, unit.state, outcomes) == (
        now.source,
        "Work",
        State.TRANSLATED,
        [ArrivalOutcome.TAKEN],
    )


def test_what_was_reworded_since_it_went_out_is_offered_and_the_old_sentence_keeps_it_too():
    out = Unit("paragraph", LONG, "Draft", State.DOUBT)
    now = Unit("paragraph", LONG.replace("بزرگ", "کوچک"))
    one = replace(catalogue(now), obsolete=(out,))
    new, arrivals = incoming.merge(one, [came_back(out, "Rivalry.", "ask", state=State.REVIEWED)])
    (unit,), (gone,) = new.units, new.obsolete
    assert (unit.target, unit.state, unit.previous, unit.notes) == ("Rivalry.", State.CHANGED, LONG, ("ask",))
    assert (gone.target, gone.state) == ("Rivalry.", State.TRANSLATED)
    assert arrivals[0].outcome is ArrivalOutcome.OFFERED
    assert incoming.merge(new, [came_back(out, "Rivalry.", "ask", state=State.REVIEWED)])[0] == new
    theirs = replace(now, target="A person's", state=State.DOUBT)
    (unit,), outcomes = merged(catalogue(theirs), came_back(out, "Rivalry."))
    assert unit == theirs and outcomes == [ArrivalOutcome.UNKNOWN]


@pytest.mark.parametrize("is_kept", [True, False], ids=["the old sentence is kept", "it is gone without a trace"])
def test_of_two_texts_for_a_sentence_that_was_reworded_both_are_kept(is_kept):
    out, now = Unit("paragraph", LONG), Unit("paragraph", LONG.replace("بزرگ", "کوچک"))
    one = replace(catalogue(now), obsolete=(out,) if is_kept else ())
    lines = [came_back(out, text) for text in ("By Sara", "By Reza", "By Sara", "By Ali")]
    new, arrivals = incoming.merge(one, lines)
    (unit,) = new.units
    offered, conflict = ArrivalOutcome.OFFERED, ArrivalOutcome.CONFLICT
    assert [arrival.outcome for arrival in arrivals] == [offered, conflict, offered, conflict]
    said = tuple(incoming.CAME_BACK + text for text in ("By Reza", "By Ali"))
    assert (unit.target, unit.state, unit.previous, unit.notes) == ("By Sara", State.DOUBT, LONG, said)
    assert incoming.merge(new, lines)[0] == new


def test_what_a_person_has_settled_is_not_doubted_again_for_what_comes_back_late():
    out, now = Unit("paragraph", LONG), Unit("paragraph", LONG.replace("بزرگ", "کوچک"))
    (disputed,), _ = merged(catalogue(now), came_back(out, "By Sara"), came_back(out, "By Reza"))
    settled = replace(disputed, target="Settled", state=State.TRANSLATED)
    (unit,), outcomes = merged(catalogue(settled), came_back(out, "By Ali"))
    assert unit == settled and outcomes == [ArrivalOutcome.UNKNOWN]


def test_of_two_sentences_that_became_one_both_translations_are_kept():
    halves = [LONG.replace("بزرگ", word) for word in ("کوچک", "نو")]
    new, arrivals = incoming.merge(
        catalogue(Unit("paragraph", LONG)), [came_back(Unit("paragraph", half), half[:30]) for half in halves]
    )
    assert new.units[0].target == halves[0][:30] and new.units[0].notes == (incoming.CAME_BACK + halves[1][:30],)
    assert [arrival.outcome for arrival in arrivals] == [ArrivalOutcome.OFFERED, ArrivalOutcome.CONFLICT]


def test_what_came_back_does_not_replace_what_was_translated_here_before_the_sentence_was_reworded():
    out, ours = Unit("paragraph", LONG), Unit("paragraph", LONG.replace("بزرگ", "کوچک"), "Ours", State.CHANGED)
    ours = replace(ours, origin=changed("90% similar", "Ours"), previous=LONG)
    (unit,), outcomes = merged(catalogue(ours), came_back(out, "Theirs"))
    assert (unit.target, unit.notes) == ("Ours", (f"{incoming.CAME_BACK}Theirs",))
    assert outcomes == [ArrivalOutcome.CONFLICT]
    (unit,), outcomes = merged(catalogue(ours), came_back(replace(out, target="Ours"), "Ours, mended"))
    assert (unit.target, outcomes) == ("Ours, mended", [ArrivalOutcome.OFFERED])


@pytest.mark.parametrize(
    "note",
    [
        "read: reza",
        "fine\nread: reza",
        "  read : reza",
        "# read: reza",
        "check: dates ok",
        "translated: sara",
        "note: printed",
        "note://printed",
        "# Note: //printed",
        "read://reza",
        "check://dates ok",
    ],
)
@pytest.mark.parametrize("state", [State.TRANSLATED, State.DOUBT, State.REVIEWED])
def test_no_comment_from_outside_reads_accepts_or_is_printed(note, state):
    units, _ = merged(catalogue(), came_back(DRAFT, "Better", note=note, state=state))
    unit = readings.settled(replace(units[0], state=State.TRANSLATED))
    assert unit.state is State.TRANSLATED and not acceptance.accepted(unit) and not disclosure.told(unit.notes)
    assert readings.translator_of(unit) == "" and note.split("\n")[-1].strip() in unit.notes[-1]


def test_a_link_comes_back_as_it_is():
    units, _ = merged(catalogue(), came_back(DRAFT, "Better", note="https://example.org\nHTTP://example.org"))
    assert units[0].notes == ("https://example.org", "HTTP://example.org")


def test_no_line_of_the_other_translation_reads_and_printed_comments_come_back_as_they_went():
    units, outcomes = merged(catalogue(), came_back(replace(DONE, target="older"), "Theirs\nread: reza"))
    assert outcomes == [ArrivalOutcome.CONFLICT]
    assert readings.readers(replace(units[1], state=State.TRANSLATED)) == ()
    printed = replace(DONE, notes=("note: for everybody",))
    units, _ = merged(catalogue(printed), came_back(printed, "B", note="note: for everybody"))
    assert units[0].notes == printed.notes


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        ("like a sentence", {ArrivalOutcome.OFFERED, ArrivalOutcome.CONFLICT}),
        ("spelt otherwise", {ArrivalOutcome.TAKEN, ArrivalOutcome.CONFLICT}),
        ("out of the document", {ArrivalOutcome.TAKEN, ArrivalOutcome.CONFLICT}),
    ],
)
def test_many_lines_for_one_sentence_are_refused_or_not_offered_whatever_their_ids(kind, outcomes):
    """Each adds a comment, and their ids may all differ: memory would grow with the square of their number."""
    here, gone = Unit("paragraph", "ما مردم را به همبستگی فرا می خوانیم."), Unit("paragraph", "الف")

    def lines(count):
        for number in range(count):
            otherwise = f"{here.source[:-1]} {number}." if kind == "like a sentence" else here.source + " " * number
            unit = gone if kind == "out of the document" else Unit("paragraph", otherwise)
            yield came_back(unit, f"We call {number}", f"a note {number}")

    known = replace(catalogue(here), obsolete=(gone,))
    _, arrivals = incoming.merge(known, lines(bounds.MOST_REPEATED))
    assert {arrival.outcome for arrival in arrivals} == outcomes and len(arrivals) == bounds.MOST_REPEATED
    if kind == "like a sentence":
        _, arrivals = incoming.merge(known, lines(bounds.MOST_REPEATED + 1))
        assert arrivals[-1].outcome is ArrivalOutcome.UNKNOWN
        return
    with pytest.raises(ExchangeError, match=r"more than 100 lines are for it; leave one of them"):
        incoming.merge(known, lines(bounds.MOST_REPEATED + 1))


@pytest.mark.parametrize(("before", "now"), [("او گل را کِشت.", "او گل را کُشت."), ("۱۰ ۲۰ نفر.", "۱۰۲۰ نفر.")])
def test_nobody_has_read_a_sentence_that_got_another_vowel_or_number_since(before, now):
    went_out = Unit("paragraph", before, "He planted the flower.", State.TRANSLATED)
    unit = replace(went_out, source=now, state=State.DOUBT, previous=before)
    for said in ({}, {"reviewed": True}, {"reviewed": True, "by": "sara", "day": "2026-11-28"}):
        (new,), _ = merged(catalogue(unit), came_back(went_out, went_out.target, state=State.REVIEWED), **said)
        assert (new.state, readings.readers(new)) == (State.DOUBT, ())
