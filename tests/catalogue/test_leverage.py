from dataclasses import replace
from itertools import combinations

import pytest

from pipeline.catalogue import leverage, memory, origin, readings
from pipeline.catalogue.memory import MemoryEntry
from pipeline.document import structure
from pipeline.languages import SHIPPED
from pipeline.model import Catalogue, Document, Draft, Location, Meta, State, Unit
from pipeline.text.orthography import fold
from pipeline.text.similarity import similarity
from pipeline.workspace import config, reading, sources
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("closed_databases")

PROSE = "این متن بلندی است که مانند یک بند معمولی نوشته شده و با نقطه پایان می یابد."


def document(text, **meta):
    return Document(
        "statement", SHIPPED["fa"], Meta(**meta), structure.propose(text.split("\n"), SHIPPED["fa"]), "0" * 64
    )


def catalogue(*units, **fields):
    return Catalogue("statement", "fa", "en", tuple(units), **fields)


def reviewed(source, target, context="paragraph", **fields):
    return Unit(context, source, target, State.REVIEWED, **fields)


def test_units_have_kind_sentence_and_places():
    units = leverage.extract(
        document(
            f"بیانیه ما\n{PROSE} جمله دوم.\n****\n{PROSE}", issuer="شورا", editorial_title="عنوان", short_title="کوتاه"
        )
    )
    assert [(unit.context, unit.source) for unit in units] == [
        ("title", "عنوان"), ("issuer", "شورا"), ("short_title", "کوتاه"), ("title", "بیانیه ما"), ("paragraph", PROSE), ("paragraph", "جمله دوم."),
    ]  # fmt: skip
    assert units[4].locations == (Location(2, "بیانیه ما"), Location(4, "بیانیه ما"))


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
    assert [(unit.target, unit.notes) for unit in new.obsolete] == [("A2", ("another translation: A3",)), ("B", ())]


def test_an_empty_unit_never_wins_over_a_translated_spelling_of_it():
    old = catalogue(Unit("paragraph", "کار ۱"), obsolete=(reviewed("كار 1", "Work 1"),))
    assert leverage.merge([Unit("paragraph", "کار ۱")], old).units[0].target == "Work 1"


def test_a_change_of_spelling_alone_keeps_the_review():
    old = catalogue(reviewed("كار و زندگي ۳۷", "Work and life 37"))
    new = leverage.merge([Unit("paragraph", "کار  و زندگی 37")], old)
    assert (new.units[0].target, new.units[0].state) == ("Work and life 37", State.REVIEWED)
    assert new.obsolete == ()


def test_the_same_sentence_in_another_kind_of_block_keeps_its_review_in_prose_alone():
    old = catalogue(reviewed("ایران", "Iran", "title"), reviewed(PROSE, "Prose.", notes=("mine",)))
    new = leverage.merge([Unit("heading", "ایران"), Unit("list_item", PROSE)], old)
    assert [(unit.target, unit.state) for unit in new.units] == [("Iran", State.MEMORY), ("Prose.", State.REVIEWED)]
    assert new.units[1].notes == ("mine",)
    assert [(unit.key, unit.target) for unit in new.obsolete] == [(("title", "ایران"), "Iran")]


LONG = "رقابت در بین قدرت های بزرگ سرمایه داری و بی ثباتی در نظام مناسبات بین المللی، جنگ را دامن می زند."


def test_a_reworded_sentence_is_offered_its_old_translation_and_comments():
    old = catalogue(reviewed("الف.", "A."), reviewed(LONG, "Rivalry.", notes=("ask Sara",)), reviewed("ب.", "B."))
    wording = LONG.replace("بزرگ", "کوچک")
    new = leverage.merge([Unit("paragraph", s) for s in ("الف.", wording, "ب.")], old)
    unit = new.units[1]
    assert (unit.target, unit.state, unit.previous, unit.notes) == ("Rivalry.", State.CHANGED, LONG, ("ask Sara",))
    assert unit.origin.startswith("changed: 9")
    assert [(one.source, one.state) for one in new.obsolete] == [(LONG, State.REVIEWED)]
    assert leverage.merge([Unit("paragraph", s) for s in ("الف.", LONG, "ب.")], new).units[1].state is State.REVIEWED


def test_a_sentence_reworded_twice_is_offered_what_it_really_translates():
    once, twice = LONG.replace("بزرگ", "کوچک"), LONG.replace("بزرگ", "کوچک").replace("جنگ", "صلح")
    first = leverage.merge([Unit("paragraph", once)], catalogue(reviewed(LONG, "Rivalry.")))
    second = leverage.merge([Unit("paragraph", twice)], first)
    assert (second.units[0].target, second.units[0].previous) == ("Rivalry.", LONG)
    assert [unit.source for unit in second.obsolete] == [LONG]


def test_split_and_joined_sentences_are_recognised():
    words = LONG.split()
    one, two = " ".join(words[:9]) + ".", " ".join(words[9:])
    apart = leverage.merge([Unit("paragraph", one), Unit("paragraph", two)], catalogue(reviewed(LONG, "Rivalry.")))
    assert [(u.target, u.previous, u.origin[:21]) for u in apart.units] == [
        ("Rivalry.", LONG, "changed: split into 2")
    ] * 2
    old = catalogue(reviewed(one, "One."), reviewed(two, "Two.", notes=("n",)))
    joined = leverage.merge([Unit("paragraph", f"{one.rstrip('.')} {two}")], old).units[0]
    assert (joined.target, joined.previous, joined.notes) == ("One. Two.", f"{one} {two}", ("n",))
    assert joined.origin.startswith("changed: joined from 2")


def test_unrelated_sentences_are_not_paired():
    new = leverage.merge([Unit("paragraph", PROSE)], catalogue(reviewed(LONG, "Rivalry.")))
    assert (new.units[0].target, new.units[0].state) == ("", State.UNTRANSLATED)


def test_of_two_equally_alike_the_nearer_one_is_offered():
    old = catalogue(
        reviewed(LONG.replace("جنگ", "صلح"), "Peace."),
        reviewed("الف.", "A."),
        reviewed(LONG.replace("جنگ", "کار"), "Work."),
    )
    new = leverage.merge([Unit("paragraph", "الف."), Unit("paragraph", LONG)], old)
    assert new.units[1].target == "Work."


def test_what_a_person_left_empty_or_made_of_an_offer_stays():
    old = catalogue(reviewed(LONG, "Rivalry."))
    wording = LONG.replace("بزرگ", "کوچک")
    offered = leverage.merge([Unit("paragraph", wording)], old)
    emptied = replace(offered, units=(replace(offered.units[0], target="", state=State.UNTRANSLATED),))
    assert leverage.merge([Unit("paragraph", wording)], emptied).units[0].target == ""


def test_an_offer_nobody_worked_on_is_dropped_with_its_sentence_a_translation_never():
    offered = leverage.merge([Unit("paragraph", LONG.replace("بزرگ", "کوچک"))], catalogue(reviewed(LONG, "Rivalry.")))
    gone = leverage.merge([], offered)
    assert [(unit.source, unit.target) for unit in gone.obsolete] == [(LONG, "Rivalry.")]


@pytest.mark.parametrize(
    "other",
    [
        "كار و زندگي ، 37 «نفر» مي‌رود.", "کار  و زندگی،۳۷ «نفر» می رود .", "کار و زندگی، ٣٧ \"نفر\" می‌رود.", "کار و زندگی, 37 “نفر” میرود.",
    ],
)  # fmt: skip
def test_a_cosmetic_change_keeps_the_review(other):
    old = catalogue(reviewed("کار و زندگی، ۳۷ «نفر» می‌رود.", "Work and life, 37 “people” go."))
    unit = leverage.merge([Unit("paragraph", other)], old).units[0]
    assert (unit.source, unit.target, unit.state) == (other, "Work and life, 37 “people” go.", State.REVIEWED)


def test_merging_twice_changes_nothing_the_second_time():
    old = catalogue(*(reviewed(f"{LONG} {n}", f"R{n}") for n in range(9)), obsolete=(reviewed("رفته", "Gone"),))
    new = [Unit("paragraph", f"{LONG} {n} تازه" if n % 2 else f"{LONG} {n}") for n in range(9, -1, -1)]
    once = leverage.merge(new, old)
    assert leverage.merge(new, once) == once


def known(*entries, origin="other"):
    opened = memory.open(None)
    opened.feed(origin, "1", lambda: [MemoryEntry(source, target, kind, origin) for source, target, kind in entries])
    return opened


def filled(*units, known):
    return [(u.target, u.state, u.origin.split(" [")[0]) for u in leverage.fill(catalogue(*units), known).units]


def test_the_memory_fills_empty_units_and_never_a_persons_text():
    found = known(("كار ۱", "Work 1", "paragraph"))
    units = (Unit("paragraph", "کار 1"), Unit("paragraph", "کار ۱", "mine", State.DOUBT))
    assert filled(*units, known=found) == [("Work 1", State.TRANSLATED, "memory: other"), ("mine", State.DOUBT, "")]


def test_the_memory_brings_the_readings_of_the_same_sentence():
    read = readings.added(reviewed("كار ۱", "Work 1"), "sara", "2026-11-28")
    entry = MemoryEntry(read.source, read.target, "paragraph", "other", readings.records(read))
    opened = memory.open(None)
    opened.feed("other", "1", lambda: [entry])
    (unit,) = leverage.fill(catalogue(Unit("paragraph", "کار 1", notes=("mine",))), opened).units
    assert (unit.state, unit.notes[0], readings.readers(unit)) == (State.REVIEWED, "mine", ("sara",))


def test_the_memory_takes_the_place_of_a_draft_nobody_touched_only():
    found = known(("کار", "Work", "paragraph"))
    draft = Unit("paragraph", "کار", "Job", State.MACHINE, origin.machine("argos 1", "Job"))
    edited = replace(draft, target="A job")
    older = replace(draft, origin="machine: argos 1")  # without proof
    assert [target for target, *_ in filled(draft, edited, older, known=found)] == ["Work", "A job", "Job"]


def test_memory_from_another_kind_or_with_two_answers_or_of_others_waits_for_review():
    found = known(("ایران", "Iran", "title"), ("ما", "We", "paragraph"), ("ما ", "Us", "paragraph"))
    units = Unit("heading", "ایران"), Unit("paragraph", "ما")
    assert filled(*units, known=found) == [
        ("Iran", State.MEMORY, "memory 100%: other"), ("We", State.MEMORY, "memory 100%: other"),
    ]  # fmt: skip
    theirs = known(("ایران", "Iran", ""), origin="partner.tmx")
    assert filled(units[0], known=theirs) == [("Iran", State.MEMORY, "memory 100%: partner.tmx")]


def test_a_sentence_like_another_is_offered_with_what_that_one_said():
    found = known((LONG, "Rivalry.", "paragraph"), (PROSE, "Prose.", "paragraph"))
    (unit,) = leverage.fill(catalogue(Unit("paragraph", LONG.replace("بزرگ", "کوچک"))), found).units
    assert (unit.target, unit.state, unit.previous) == ("Rivalry.", State.MEMORY, LONG)
    assert unit.origin.startswith("memory 9") and unit.origin.split("]")[0].endswith(origin.digest("Rivalry."))
    assert filled(Unit("paragraph", "چیز دیگری که هیچ ربطی ندارد."), known=found) == [("", State.UNTRANSLATED, "")]


def test_filling_twice_changes_nothing_the_second_time():
    found = known((LONG, "Rivalry.", "paragraph"), ("ایران", "Iran", "title"))
    once = leverage.fill(catalogue(Unit("heading", "ایران"), Unit("list_item", LONG + " تازه")), found)
    assert leverage.fill(once, found) == once


def test_addresses_and_numbers_are_copied_with_western_digits():
    units = [Unit("contact", "۵۱۴-۲۵۸-۸۱۸۶"), Unit("contact", "a.b@example.org"), Unit("contact", "تلفن :")]
    filled = leverage.fill(catalogue(*units), memory.open(None))
    assert [(u.target, u.state) for u in filled.units] == [
        ("514-258-8186", State.COPIED), ("a.b@example.org", State.COPIED), ("", State.UNTRANSLATED),
    ]  # fmt: skip


def test_a_machine_draft_is_never_reviewed_and_never_replaces_text():
    units = (Unit("paragraph", "الف"), reviewed("ب", "B"), Unit("paragraph", "پ"))
    made = {"الف": Draft("A", "argos 1"), "ب": Draft("X", "argos 1"), "پ": Draft("", "argos 1", "it is cut off")}
    drafted = leverage.draft(catalogue(*units), {("paragraph", source): one for source, one in made.items()})
    assert [(u.target, u.state) for u in drafted.units] == [
        ("A", State.MACHINE), ("B", State.REVIEWED), ("", State.UNTRANSLATED),
    ]  # fmt: skip


def test_a_draft_is_made_anew_when_asked_and_nobody_touched_it():
    keys = [("paragraph", "الف"), ("paragraph", "ب")]
    first = {key: Draft(text, "old") for key, text in zip(keys, "AB", strict=True)}
    old = leverage.draft(catalogue(*(Unit(*key) for key in keys)), first)
    edited = replace(old, units=(old.units[0], replace(old.units[1], target="My B")))
    new = {key: Draft(text, "new") for key, text in zip(keys, ("A2", "B2"), strict=True)}
    assert leverage.draft(edited, new) == edited
    assert [unit.target for unit in leverage.draft(edited, new, redo=True).units] == ["A2", "My B"]


def test_of_all_sentences_of_the_five_documents_only_names_and_slogans_are_alike():
    """Each pair was read: one has a word more, or another town; none is unrelated."""
    settings = config.read(ROOT)
    files = sources.documents(settings).values()
    texts = {fold(unit.source) for path in files for unit in leverage.extract(reading.read(settings, path))}
    alike = [pair for pair in combinations(sorted(texts), 2) if similarity(*pair, 75)]
    assert len(texts) == 229 and len(alike) == 5
    assert max(len(text.split()) for pair in alike for text in pair) <= 9


def test_the_comment_says_why_a_persons_text_waits_and_is_gone_with_the_review():
    edited = Unit("paragraph", "الف", "My A", State.DOUBT, origin.machine("argos 1", "A"))
    marked = Unit("paragraph", "ب", "B", State.DOUBT)
    new = [Unit("paragraph", "الف"), Unit("paragraph", "ب")]
    told = leverage.merge(new, catalogue(edited, marked))
    assert [unit.origin for unit in told.units] == ["doubt: edited; was machine: argos 1", "doubt: marked by a person"]
    assert leverage.merge(new, told) == told
    done = replace(told, units=tuple(replace(unit, state=State.REVIEWED) for unit in told.units))
    assert [unit.origin for unit in leverage.merge(new, done).units] == ["", ""]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_translations_of_one_wording_a_persons_is_taken(order):
    machine = Unit("paragraph", "كار ما", "Machine", State.MACHINE, origin.machine("argos 1", "Machine"))
    units = [machine, reviewed("کار  ما", "Person"), Unit("paragraph", "كار  ما")][::order]
    (unit,) = leverage.merge([Unit("paragraph", "کار ما")], catalogue(*units)).units
    assert (unit.target, unit.state) == ("Person", State.REVIEWED)


def test_the_same_sentence_of_another_kind_says_where_its_text_comes_from_and_keeps_the_other():
    """A machine's text of another kind is not offered at all."""
    human, machine = reviewed("ایران", "Iran", "title"), Unit("title", "کار", "Work", State.MACHINE)
    new = leverage.merge([Unit("heading", "ایران"), Unit("heading", "کار")], catalogue(human, machine))
    assert new.units[0].origin == origin.memory("this document", "Iran")
    assert (new.units[1].target, new.units[1].state) == ("", State.UNTRANSLATED)


def test_what_stood_there_empty_is_no_translation_of_what_came():
    old = catalogue(Unit("paragraph", "كار ۱", notes=("ask Sara",)), reviewed("کار  1", "Work 1"))
    (unit,) = leverage.merge([Unit("paragraph", "کار ۱")], old).units
    assert (unit.target, unit.notes) == ("Work 1", ())


def test_parts_that_did_not_stand_together_are_not_joined():
    halves = LONG.split(" و بی ثباتی")[0], f"و بی ثباتی{LONG.split(' و بی ثباتی')[1]}"
    apart = catalogue(
        reviewed(halves[0], "One."), reviewed("الف.", "A."), reviewed("ب.", "B."), reviewed(halves[1], "Two.")
    )
    new = leverage.merge([Unit("paragraph", s) for s in (LONG, "الف.", "ب.")], apart)
    assert not new.units[0].origin.startswith("changed: joined")
    together = catalogue(*(replace(unit, notes=(unit.target,)) for unit in (apart.units[0], apart.units[3])))
    (joined,) = leverage.merge([Unit("paragraph", LONG)], together).units
    assert (joined.target, joined.notes) == ("One. Two.", ("One.", "Two."))
    assert joined.origin.startswith("changed: joined from 2") and joined.previous == " ".join(halves)


def test_obsolete_parts_are_not_joined_though_they_lie_together():
    halves = LONG.split(" و بی ثباتی")[0], f"و بی ثباتی{LONG.split(' و بی ثباتی')[1]}"
    old = catalogue(obsolete=(reviewed(halves[0], "One."), reviewed(halves[1], "Two.")))
    assert not leverage.merge([Unit("paragraph", LONG)], old).units[0].origin.startswith("changed: joined")


@pytest.mark.parametrize(
    ("context", "state"), [("title", State.TRANSLATED), ("paragraph", State.MEMORY), ("heading", State.MEMORY)]
)
def test_a_title_is_translated_as_a_title_alone(context, state):
    ((target, found, _),) = filled(Unit(context, "ایران"), known=known(("ایران", "Iran", "title")))
    assert (target, found) == ("Iran", state)


def test_an_engine_is_asked_for_empty_units_and_on_wish_for_its_own_untouched_text():
    untouched = Unit("paragraph", "الف", "A", State.MACHINE, origin.machine("argos 1", "A"))
    units = (untouched, replace(untouched, source="ب", target="My B"), reviewed("پ", "P"), Unit("paragraph", "ت"))
    assert [unit.source for unit in leverage.undrafted(catalogue(*units))] == ["ت"]
    assert [unit.source for unit in leverage.undrafted(catalogue(*units), redo=True)] == ["الف", "ت"]
    assert (
        leverage.draft(catalogue(*units), {}) == leverage.draft(catalogue(*units), {}, redo=True) == catalogue(*units)
    )


def test_of_a_sentence_that_leaves_twice_one_entry_is_kept_and_both_translations():
    """Two obsolete entries of one key are refused by msgfmt."""
    before = catalogue(reviewed("رفته", "Gone", notes=("a",)), obsolete=(reviewed("رفته", "Left", notes=("b",)),))
    (unit,) = leverage.merge([], before).obsolete
    assert (unit.target, unit.notes) == ("Gone", ("a", "b", "another translation: Left"))
    same = catalogue(reviewed("رفته", "Gone"), obsolete=(reviewed("رفته", "Gone"),))
    assert [(unit.target, unit.notes) for unit in leverage.merge([], same).obsolete] == [("Gone", ())]
    draft = replace(reviewed("رفته", "Draft"), state=State.MACHINE, origin=origin.machine("argos 1", "Draft"))
    (unit,) = leverage.merge([], catalogue(draft, obsolete=(reviewed("رفته", "Left"),))).obsolete
    assert (unit.target, unit.state) == ("Left", State.REVIEWED)


LINK, STRONG = "{1}: a link to https://example.org", "**…**: strong"


def signed(source, target="", *marks, **fields):
    return Unit("paragraph", source, target, marks=marks, **fields)


@pytest.mark.parametrize(
    ("before", "now", "target"),
    [
        (signed("**کار** ما.", "Our **work**.", STRONG), signed("کار ما."), "Our work."),
        (signed("کار ما.", "Our [x] work*."), signed("**کار** ما.", "", STRONG), r"Our \[x\] work\*."),
        (signed("کار ما.", "Our **work**."), signed("*کار* ما.", "", "*…*: emphasis"), r"Our \*\*work\*\*."),
        (signed("[کار]{1} ما.", "Our [work]{1}.", LINK), signed("کار ما.{1}", "", "{1}: note ۱"), "Our [work]{1}."),
    ],
)
def test_the_same_words_with_other_marks_keep_their_translation_in_doubt(before, now, target):
    before = replace(before, state=State.REVIEWED)
    merged = leverage.merge([now], catalogue(before))
    (unit,) = merged.units
    assert (unit.target, unit.state, unit.previous, unit.marks) == (target, State.DOUBT, before.source, now.marks)
    assert unit.origin == "doubt: its sentence has other marks now" and merged.obsolete == ()
    assert leverage.merge([now], merged) == merged


@pytest.mark.parametrize(
    ("before", "now"),
    [("او گندم را کِشت.", "او گندم را کُشت."), ("توان ۱۰⁶ است.", "توان ۱۰۶ است."), ("بند ۳ ۴ است.", "بند ۳۴ است.")],
)
def test_another_vowel_or_number_is_more_than_a_spelling(before, now):
    known = replace(signed(before, "It is."), state=State.REVIEWED)
    (unit,) = leverage.merge([signed(now)], catalogue(known)).units
    assert (unit.target, unit.state, unit.previous) == ("It is.", State.DOUBT, before)
    assert unit.origin == "doubt: its sentence has other vowels or figures now"


def test_a_reading_lapses_with_another_vowel_also_where_somebody_takes_the_mark_away():
    known = readings.added(
        replace(signed("او گل را کِشت.", "He planted it."), state=State.TRANSLATED), "reza", "2026-11-28"
    )
    (unit,) = leverage.merge([signed("او گل را کُشت.")], catalogue(known)).units
    assert (known.state, readings.confirmed(unit).state) == (State.REVIEWED, State.TRANSLATED)


@pytest.mark.parametrize("now", ["او گندم را کشت.", "او گندم  را کِشت.", "او گندم را کِشْت."])
def test_a_vowel_that_only_one_has_is_a_spelling(now):
    known = replace(signed("او گندم را کِشت.", "It is."), state=State.REVIEWED)
    (unit,) = leverage.merge([signed(now)], catalogue(known)).units
    assert (unit.target, unit.state) == ("It is.", State.REVIEWED)


def test_a_draft_nobody_touched_stays_a_draft_when_its_marks_go():
    draft = signed("**کار** ما.", "Our **work**.", STRONG, state=State.MACHINE)
    draft = replace(draft, origin=origin.machine("argos", draft.target))
    (unit,) = leverage.merge([signed("کار ما.")], catalogue(draft)).units
    assert (unit.target, unit.state) == ("Our work.", State.MACHINE) and origin.is_untouched(unit)


def test_another_address_in_a_link_leaves_its_translation_reviewed():
    before = signed("[کار]{1} ما.", "Our [work]{1}.", LINK, state=State.REVIEWED)
    now = signed("[کار]{1} ما.", "", "{1}: a link to https://example.org/new")
    (unit,) = leverage.merge([now], catalogue(before)).units
    assert (unit.state, unit.marks) == (State.REVIEWED, now.marks)


def test_the_memory_offers_the_same_words_with_other_marks_and_takes_the_same_with_the_same():
    entry = MemoryEntry("[کار]{1} ما.", "Our [work]{1}.", "paragraph", "other", (), (LINK,))
    opened = memory.open(None)
    opened.feed("other", "1", lambda: [entry])
    same = signed("[کار]{1} ما.", "", LINK)
    assert filled(same, known=opened) == [("Our [work]{1}.", State.TRANSLATED, "memory: other")]
    other = "memory 100%: other, with other marks"
    assert filled(signed("کار ما."), known=opened) == [("Our work.", State.MEMORY, other)]
    assert filled(signed("**کار** ما.", "", STRONG), known=opened) == [("Our [work]{1}.", State.MEMORY, other)]
    assert filled(signed("[کار]{1} ما."), known=opened)[0][1] is not State.TRANSLATED, "here the signs are text"


def test_rewording_is_measured_by_words_and_not_by_signs():
    before = signed("[این]{1} *متن* **بلندی** است که می‌ماند.", "This long text stays.", LINK, state=State.REVIEWED)
    (unit,) = leverage.merge([signed("این متن بلندی است که هنوز می‌ماند.")], catalogue(before)).units
    assert (unit.state, unit.target) == (State.CHANGED, "This long text stays.")
