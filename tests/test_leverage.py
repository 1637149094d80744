from dataclasses import replace

from pipeline import leverage, structure
from pipeline.model import Catalogue, Document, Meta, State, Unit

PROSE = "این متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد."


def document(text, **meta):
    return Document("statement", "fa", Meta(**meta), structure.propose(text.split("\n")), "0" * 64)


def catalogue(*units, **fields):
    return Catalogue("statement", "fa", "en", tuple(units), **fields)


def reviewed(source, target, context="paragraph", **fields):
    return Unit(context, source, target, State.REVIEWED, **fields)


def test_units_have_kind_sentence_and_places():
    units = leverage.extract(
        document(f"بیانیه ما\n{PROSE} جمله دوم.\n****\n{PROSE}", issuer="شورا", editorial_title="عنوان")
    )
    assert [(unit.context, unit.source) for unit in units] == [
        ("title", "عنوان"), ("issuer", "شورا"), ("title", "بیانیه ما"), ("paragraph", PROSE), ("paragraph", "جمله دوم."),
    ]  # fmt: skip
    assert units[3].places == ("line 2, under «بیانیه ما»", "line 4, under «بیانیه ما»")


def test_a_moved_or_inserted_sentence_keeps_the_translations_of_the_others():
    old = catalogue(reviewed("الف است.", "A."), reviewed("ب است.", "B.", notes=("mine",)))
    new = leverage.merge([Unit("paragraph", s) for s in ("ب است.", "نو است.", "الف است.")], old)
    assert [unit.target for unit in new.units] == ["B.", "", "A."]
    assert new.units[0].notes == ("mine",)


def test_what_leaves_the_document_is_kept_and_comes_back():
    old = catalogue(reviewed("الف است.", "A.", notes=("mine",)), Unit("paragraph", "خالی"))
    without = leverage.merge([Unit("paragraph", "ب است.")], old)
    assert [(unit.source, unit.target) for unit in without.obsolete] == [("الف است.", "A.")]
    again = leverage.merge([Unit("paragraph", "الف است.")], without)
    assert (again.units[0].target, again.units[0].state, again.units[0].notes) == ("A.", State.REVIEWED, ("mine",))
    assert again.obsolete == ()


def test_an_obsolete_translation_comes_back_though_the_sentence_stands_empty_already():
    old = catalogue(Unit("paragraph", "الف"), obsolete=(reviewed("الف", "A"),))
    new = leverage.merge([Unit("paragraph", "الف")], old)
    assert (new.units[0].target, new.obsolete) == ("A", ())


def test_two_translations_of_one_sentence_are_both_kept():
    old = catalogue(reviewed("الف", "A1"), obsolete=(reviewed("الف", "A2"), reviewed("الف", "A3"), reviewed("ب", "B")))
    new = leverage.merge([Unit("paragraph", "الف")], old)
    assert new.units[0].target == "A1"
    assert [unit.target for unit in new.obsolete] == ["A2", "A3", "B"]


def test_an_empty_unit_never_wins_over_a_translated_spelling_of_it():
    old = catalogue(Unit("paragraph", "کار ۱"), obsolete=(reviewed("كار 1", "Work 1"),))
    assert leverage.merge([Unit("paragraph", "کار ۱")], old).units[0].target == "Work 1"


def test_a_change_of_spelling_alone_keeps_the_review():
    old = catalogue(reviewed("كار و زندگي ۳۷", "Work and life 37"))
    new = leverage.merge([Unit("paragraph", "کار  و زندگی 37")], old)
    assert (new.units[0].target, new.units[0].state) == ("Work and life 37", State.REVIEWED)
    assert new.obsolete == ()


def test_the_same_sentence_in_another_kind_of_block_is_another_unit():
    new = leverage.merge([Unit("heading", "ایران")], catalogue(reviewed("ایران", "Iran", "title")))
    assert new.units[0].state is State.UNTRANSLATED


def test_the_memory_holds_reviewed_units_only():
    one = catalogue(
        reviewed("الف", "A"), Unit("paragraph", "ب", "B", State.MACHINE), Unit("paragraph", "پ", "P", State.DOUBT)
    )
    assert list(leverage.memory([one])) == ["الف"]


def test_the_memory_fills_empty_units_only():
    known = leverage.memory([replace(catalogue(reviewed("كار ۱", "Work 1")), document_id="other")])
    filled = leverage.fill(
        catalogue(Unit("paragraph", "کار 1"), Unit("paragraph", "کار ۱", "mine", State.DOUBT)), known
    )
    assert [(u.target, u.state, u.origin) for u in filled.units] == [
        ("Work 1", State.REVIEWED, "memory: other"),
        ("mine", State.DOUBT, ""),
    ]


def test_memory_from_another_kind_or_with_two_answers_waits_for_review():
    known = leverage.memory(
        [catalogue(reviewed("ایران", "Iran", "title"), reviewed("ما", "We"), reviewed("ما ", "Us"))]
    )
    filled = leverage.fill(catalogue(Unit("heading", "ایران"), Unit("paragraph", "ما")), known)
    assert [(unit.target, unit.state) for unit in filled.units] == [("Iran", State.DOUBT), ("We", State.DOUBT)]


def test_addresses_and_numbers_are_copied_with_western_digits():
    units = [Unit("contact", "۵۱۴-۲۵۸-۸۱۸۶"), Unit("contact", "a.b@example.org"), Unit("contact", "تلفن :")]
    filled = leverage.fill(catalogue(*units), {})
    assert [(u.target, u.state) for u in filled.units] == [
        ("514-258-8186", State.COPIED), ("a.b@example.org", State.COPIED), ("", State.UNTRANSLATED),
    ]  # fmt: skip


def test_a_machine_draft_is_never_reviewed_and_never_replaces_text():
    units = (Unit("paragraph", "الف"), reviewed("ب", "B"), Unit("paragraph", "پ"))
    targets = {("paragraph", "الف"): "A", ("paragraph", "ب"): "X", ("paragraph", "پ"): " "}
    drafted = leverage.draft(catalogue(*units), targets, "argos 1")
    assert [(u.target, u.state) for u in drafted.units] == [
        ("A", State.MACHINE), ("B", State.REVIEWED), ("", State.UNTRANSLATED),
    ]  # fmt: skip
