"""What the letter of a correction says changed: sentence by sentence, as the partner reads them."""

import json
import random

import pytest

from pipeline.distribution import changes
from pipeline.languages import SHIPPED

EN, FA = SHIPPED["en"], SHIPPED["fa"]


def translation(*units):
    """A text as a release states it; each unit is «source→target»."""
    said = [[*unit.split("→"), True] for unit in units]
    return json.dumps(["en", False, "", "", "2026", [["", unit.split("→")[0]] for unit in units], said])


def original(*blocks, title="", issuer=""):
    return json.dumps(["fa", False, title, issuer, "2026", [["", block] for block in blocks], []])


def between(before, now, language=EN):
    found = changes.between(before, now, language)
    return [(one.before, one.now) for one in found.sentences], found.kept


A, B, C = "یک→The strike begins on 3 May.", "دو→We ask for solidarity.", "سه→Bread, work, freedom."


def test_a_changed_translation_stands_before_and_now():
    now = translation(A.replace("3 May", "5 May"), B, C)
    assert between(translation(A, B, C), now) == ([("The strike begins on 3 May.", "The strike begins on 5 May.")], 2)


def test_what_is_new_and_what_is_gone_stand_in_their_order():
    new = "چهار جمله تازه است→A new sentence."
    assert between(translation(A, B, C), translation(new, A, C)) == (
        [("", "A new sentence."), ("We ask for solidarity.", "")], 2
    )  # fmt: skip
    assert between(translation(B, A), translation(A))[0] == [("We ask for solidarity.", "")]


def test_a_sentence_that_moved_or_is_respelt_or_differs_in_blanks_has_not_changed():
    assert between(translation(A, B, C), translation(C, A.replace(" on ", "  on\u2028"), B)) == ([], 3)
    long = "ما از همه نیروها می خواهیم که در این نشست شرکت کنند→We call on all."
    assert between(translation(long, B), translation(long.replace("می خواهیم", "می‌خواهیم"), B)) == ([], 2)


def stated(blocks, said, date="2026"):
    return json.dumps(["en", False, "", "", date, blocks, said])


ROWS = [["", "علی هفت سال"], ["", "رضا پنج سال"]]
CELLS = [["علی", "Ali", True], ["هفت سال", "Seven years", True], ["رضا", "Reza", True], ["پنج سال", "Five years", True]]
SWAPPED = [CELLS[0], CELLS[3], CELLS[2], CELLS[1]]
NEW_ROW, NEW_CELL = ["", "پایان"], ["پایان", "The end", True]
OTHERS = {
    "the years of two": ([["", "علی پنج سال"], ["", "رضا هفت سال"]], SWAPPED, "2026"),
    "the order of rows": (ROWS[::-1], CELLS[2:] + CELLS[:2], "2026"),
    "a row twice": ([*ROWS, ROWS[0]], CELLS, "2026"),
    "a link": ([[*ROWS[0], ["link", 0, 3, "https://b.example/"]], ROWS[1]], CELLS, "2026"),
    "a printed note": (ROWS, [[*CELLS[0], ["note: his name was changed"]], *CELLS[1:]], "2026"),
    "a date": (ROWS, CELLS, "2027"),
    "a new picture": ([*ROWS, ["", "", "d0" * 32]], CELLS, "2026"),
    "the number or place of a document": ([["", "تهران"], *ROWS], CELLS, "2026"),
    "an original whose translation stands": (
        [["", "علی هفت‌ سال"], ROWS[1]],
        [CELLS[0], ["هفت‌ سال", "Seven years", True], *CELLS[2:]],
        "2026",
    ),
}


@pytest.mark.parametrize("and_a_sentence", [False, True])
@pytest.mark.parametrize("what", OTHERS)
def test_what_changed_beside_the_sentences_is_not_passed_over(what, and_a_sentence):
    blocks, said, date = OTHERS[what]
    more = ([*blocks, NEW_ROW], [*said, NEW_CELL]) if and_a_sentence else (blocks, said)
    found = changes.between(stated(ROWS, CELLS), stated(*more, date), EN)
    assert found.beside and [one.now for one in found.sentences] == (["The end"] if and_a_sentence else [])
    gone = changes.between(stated(*more, date), stated(ROWS, CELLS), EN)
    assert gone.beside and [one.before for one in gone.sentences] == (["The end"] if and_a_sentence else [])


def test_a_note_that_goes_when_its_sentence_is_reworded_is_not_passed_over():
    noted, reworded = [*CELLS[0], ["note: his name was changed"]], ["علی", "Mr Ali", True]
    before, now = (stated(ROWS, [one, *CELLS[1:]]) for one in (noted, reworded))
    assert changes.between(before, now, EN).beside and changes.between(now, before, EN).beside
    moved = stated(ROWS, [[*reworded, noted[-1]], *CELLS[1:]])
    assert not changes.between(before, moved, EN).beside


LINK = ["{1}: a link to https://a.example/"]


@pytest.mark.parametrize("before, now", [([], LINK), (LINK, []), (LINK, ["{1}: a link to https://b.example/"])])
def test_a_link_that_a_reworded_sentence_got_or_lost_is_not_passed_over(before, now):
    def text(words, marks):
        signed = [f"[{words}]{{1}}", f"[{words}]{{1}}", *marks] if marks else []
        return stated(ROWS, [["علی", words, True, *signed], *CELLS[1:]])

    assert changes.between(text("Ali", before), text("Mr Ali", now), EN).beside
    assert not changes.between(text("Ali", LINK), text("Mr Ali", ["{2}: a link to https://a.example/"]), EN).beside


def test_a_link_that_a_reworded_sentence_of_an_original_got_or_lost_is_not_passed_over():
    def text(words, *addresses, more=()):
        links = [[0, 3, "link", address] for address in addresses]
        return json.dumps(["fa", False, "", "", "2026", [["", words, *links], ["", "پایان"], *more], []])

    plain, linked = text("علی آمد."), text("آقای علی آمد.", "https://a.example/")
    assert changes.between(plain, linked, FA).beside and changes.between(linked, plain, FA).beside
    assert not changes.between(linked, text("علی آمد.", "https://a.example/"), FA).beside
    gone = text("علی آمد.", more=[["", "خبر تازه", [0, 3, "link", "https://b.example/"]]])
    assert not changes.between(gone, plain, FA).beside, "the list says that its sentence is gone"


def test_of_a_text_whose_sentences_alone_changed_or_its_status_nothing_else_is_said():
    done = [[source, target, False] for source, target, _ in CELLS]
    for blocks, said in ((ROWS, done), ([NEW_ROW, *ROWS], [NEW_CELL, *CELLS]), (ROWS[1:], CELLS[2:])):
        assert not changes.between(stated(ROWS, CELLS), stated(blocks, said), EN).beside
    reworded = [["علی", "Mr Ali", True], *CELLS[1:]]
    assert not changes.between(stated(ROWS, CELLS), stated(ROWS, reworded), EN).beside


def test_a_sentence_whose_original_was_reworded_is_one_change():
    before = "ما از همه نیروها می خواهیم که در این نشست شرکت کنند→We call on all forces to come."
    now = "ما از همه نیروها می خواهیم که در این گردهمایی شرکت کنند→We call on all forces to gather."
    assert between(translation(A, before, B), translation(A, now, B)) == (
        [("We call on all forces to come.", "We call on all forces to gather.")], 2
    )  # fmt: skip


def test_a_text_with_hardly_a_sentence_of_the_earlier_one_is_another():
    issuer, other = "شورا→The Council", [f"سخن {name} دیگر است→Another." for name in "ابپتث"]
    assert changes.between(translation(issuer, A, B, C, "نه→No."), translation(issuer, *other), EN).is_another
    reworded = translation(issuer, *(one + " Indeed." for one in (A, B, C)))
    assert not changes.between(translation(issuer, A, B, C), reworded, EN).is_another
    assert not changes.between(translation(A, B, C, "نه→No."), translation(A, *other), EN).is_another


def test_an_original_is_compared_by_its_sentences_its_title_and_issuer():
    before = original("جنگ بس است. نان می‌خواهیم.", "زنده باد آزادی!", title="بیانیه", issuer="شورا")
    now = original("جنگ بس است. نان و کار می‌خواهیم.", "زنده باد آزادی!", title="بیانیه", issuer="شورای ما")
    found, kept = between(before, now, FA)
    gone, new = (" ".join(words) for words in zip(*found, strict=True))
    assert kept == 3 and gone.split() == ["شورا", "نان", "می‌خواهیم."]
    assert new.split() == ["شورای", "ما", "نان", "و", "کار", "می‌خواهیم."]


def test_what_is_quoted_is_one_line_that_controls_no_terminal_and_keeps_its_non_joiners():
    now = translation("یک→می\u200cروند\x1b[31m\x07,\n\x9bJ\u2029again", B)
    ((_, said),) = between(translation(A, B), now)[0]
    assert "\u200c" in said and "\n" not in said and not {"\x1b", "\x07", "\x9b", "\u2029"} & set(said)


def test_a_sentence_without_translation_is_none():
    assert between(translation("یک→", B), translation("یک→", B)) == ([], 1)
    assert between(translation("یک→", B), translation(A, B))[0] == [("", "The strike begins on 3 May.")]
    assert between(translation(A, B), translation("یک→", B))[0] == [("The strike begins on 3 May.", "")]


@pytest.mark.parametrize("seed", range(20))
def test_every_sentence_is_kept_or_told_of_whatever_changed(seed):
    chance = random.Random(seed)
    words = [f"{chance.choice('ابتثج') * 3} {number % 7} جمله→Sentence {number % 11}." for number in range(30)]
    before, now = (chance.choices(words, k=chance.randrange(1, 25)) for _ in range(2))
    found, kept = between(translation(*before), translation(*now))
    old, new = ([text.split("→")[1] for text in texts] for texts in (before, now))
    gone, came = (" ".join(part) for part in zip(*found, strict=True)) if found else ("", "")
    same = sorted(" ".join(old).split()), sorted(" ".join(new).split())
    assert len(same[0]) - len(gone.split()) == len(same[1]) - len(came.split()) >= 2 * kept
