"""What «reviewed» is worth: somebody other than its translator has read the sentence as it stands."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue import po, readings
from pipeline.model import State, Unit

DAY = "2026-11-28"
UNIT = Unit("paragraph", "كار ۳۷ ساعت", "37 hours of work", State.TRANSLATED, notes=("a comment",))
READ = readings.added(UNIT, "sara", DAY)


def test_a_reading_is_a_comment_with_a_pseudonym_a_day_and_a_digest():
    assert READ.state is State.REVIEWED and readings.readers(READ) == ("sara",)
    assert READ.notes == ("a comment", f"read: sara {DAY} [{readings.digest(UNIT)}]")


@pytest.mark.parametrize(
    "changed", [{"source": "کار ۴۲ ساعت"}, {"target": "42 hours of work"}, {"target": "37 hours of work."}]
)
def test_a_reading_lapses_when_source_or_target_change_and_returns_with_them(changed):
    other = readings.settled(replace(READ, **changed))
    assert other.state is State.TRANSLATED and readings.readers(other) == ()
    assert readings.settled(replace(other, source=UNIT.source, target=UNIT.target)).state is State.REVIEWED


@pytest.mark.parametrize("note", ["note: ask Kari first", "NOTE:ask Kari first"])
def test_a_reading_lapses_when_a_note_is_printed_that_nobody_read(note):
    noted = readings.settled(replace(READ, notes=(note, *READ.notes)))
    assert noted.state is State.TRANSLATED and readings.readers(noted) == ()
    read = readings.added(noted, "reza", DAY)
    assert readings.readers(read) == ("reza",)
    assert readings.readers(replace(read, notes=tuple(reversed(read.notes)))) == ("reza",)
    other = replace(read, notes=tuple(one.replace("Kari", "Anna") for one in read.notes))
    assert readings.settled(other).state is State.TRANSLATED


def test_comments_that_are_not_printed_are_no_matter_of_a_reading():
    assert readings.readers(replace(READ, notes=("ask Kari first: note: x", *READ.notes))) == ("sara",)


def test_whoever_read_a_text_with_a_note_has_read_the_text_where_it_stands_without():
    noted = readings.added(replace(UNIT, notes=("note: in 1979",)), "reza", DAY)
    assert readings.readers(replace(UNIT, notes=readings.records(noted))) == ("reza",)


def test_a_reading_without_a_day_does_not_go_where_another_note_is_printed():
    undated = replace(UNIT, notes=("read: reza",))
    elsewhere = readings.dated(replace(UNIT, notes=("note: in 1979", *readings.records(undated))), DAY)
    assert readings.readers(elsewhere) == () and readings.readers(undated) == ("reza",)


def test_another_spelling_of_the_source_is_the_same_sentence():
    assert readings.settled(replace(READ, source="کار 37 ساعت")).state is State.REVIEWED


def test_two_readings_of_one_person_are_one_and_of_two_people_two():
    twice = readings.added(readings.added(READ, "SARA", "2026-12-01"), "reza", DAY)
    assert readings.readers(twice) == ("SARA", "reza")
    assert sum(note.startswith("read:") for note in twice.notes) == 2


def test_a_translator_is_no_second_reader_of_their_own():
    own = readings.translated(READ, "Sara")
    assert own.state is State.TRANSLATED and readings.readers(own) == ()
    assert readings.readers(readings.added(own, "reza", DAY)) == ("reza",)
    assert readings.translator_of(readings.translated(own, "reza")) == "reza"


def test_a_name_written_by_hand_counts_and_is_dated_once():
    by_hand = readings.settled(replace(UNIT, notes=("read: sara",)))
    assert by_hand.state is State.REVIEWED
    dated = readings.dated(by_hand, DAY)
    assert dated.notes == READ.notes[1:] and readings.dated(dated, "2027-01-01") == dated


def test_the_sign_of_a_comment_may_be_typed_with_it():
    """Poedit puts it before what is typed, whatever that is."""
    assert readings.readers(replace(UNIT, notes=("# read: sara",))) == ("sara",)


@pytest.mark.parametrize("state", [State.MACHINE, State.DOUBT, State.UNTRANSLATED, State.COPIED])
def test_what_nobody_translated_has_no_readings_and_keeps_none_for_what_will_stand_there(state):
    draft = replace(UNIT, state=state, notes=("read: sara",))
    assert readings.settled(draft) == draft
    dated = readings.dated(draft, DAY)
    assert readings.readers(replace(dated, state=State.TRANSLATED, target="written later")) == ()
    assert readings.readers(replace(dated, state=State.TRANSLATED)) == ("sara",)


@pytest.mark.parametrize(
    ("translated", "read"),
    [
        ("translated: علي", "علی"), ("translated: reza 2026-11-28", "reza"), ("Translated: reza", "Reza"),
        ("translated: reza.", "reza"), ("translated: ｒｅｚａ", "reza"),
    ],
)  # fmt: skip
def test_a_translator_is_known_however_the_name_is_typed(translated, read):
    unit = readings.settled(replace(UNIT, notes=(translated, f"read: {read}")))
    assert readings.readers(unit) == () and unit.state is State.TRANSLATED and not readings.may_read(unit, read)


def test_neither_of_two_translators_is_a_reader():
    unit = replace(UNIT, notes=("translated: reza", "translated: mina", "read: reza", "read: mina", "read: sara"))
    assert readings.readers(unit) == ("sara",)


@pytest.mark.parametrize(
    "note",
    [
        "read:", "read: by sara yesterday", "read: sara 2026-11-28", "read: sara 28.11.2026 [0123456789abcdef]",
        "read: sara 2026-11-28 [0123]", "read: -", f"read: {'s' * 41}", "translated:", "translated: two words",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_reading_is_none_and_can_be_told(note):
    unit = replace(UNIT, notes=(note,))
    assert readings.readers(unit) == () and readings.is_misunderstood(note)
    assert readings.dated(unit, DAY) == unit


@pytest.mark.parametrize("note", ["Read: sara", "READ : sara", "# Read: sara"])
def test_a_reading_may_begin_with_a_capital_as_some_keyboards_write_it(note):
    dated = readings.dated(replace(UNIT, notes=(note,)), DAY)
    assert readings.readers(dated) == ("sara",) and dated.notes[0].startswith(f"read: sara {DAY} [")


@pytest.mark.parametrize("note", ["I read: this", "reading: sara", "read sara", "a note", "", "note: read: x y"])
def test_other_comments_are_let_be(note):
    assert not readings.is_misunderstood(note)


@given(st.text(max_size=80))
def test_no_comment_breaks_the_reading_of_a_file(note):
    unit = readings.settled(replace(UNIT, notes=(note, f"read: {note}")))
    assert unit.state in (State.TRANSLATED, State.REVIEWED)


PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

# a comment
# {read}
#. place: line 1
#. kind: paragraph
msgctxt "paragraph"
msgid "كار ۳۷ ساعت"
msgstr "37 hours of work"
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "statement.po"
    path.write_text(PO.format(read=READ.notes[1]), "utf-8")
    return path


def unit_in(path):
    (unit,) = po.read(path, "statement", "fa", "en").units
    return unit


def test_it_survives_gettext(file):
    """msgmerge, msgcat, and what Weblate and Poedit call them for."""
    if not shutil.which("msgmerge"):
        pytest.fail("gettext is missing; run make test")
    template = file.with_suffix(".pot")
    template.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "paragraph"\nmsgid "كار ۳۷ ساعت"\nmsgstr ""\n',
        "utf-8",
    )
    subprocess.run(["msgmerge", "-q", "-U", "--backup=none", file, template], check=True)
    subprocess.run(["msgcat", "-o", file, file], check=True)
    assert unit_in(file).state is State.REVIEWED


def test_a_draft_whose_mark_an_editor_took_away_is_translated_and_not_reviewed(file):
    file.write_text(file.read_text("utf-8").replace("37 hours of work", "37 hours work"), "utf-8")
    assert unit_in(file).state is State.TRANSLATED
