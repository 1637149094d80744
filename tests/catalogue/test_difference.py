"""What a merge did, one line a unit."""

from pipeline.catalogue import difference
from pipeline.model import Catalogue, Location, State, Unit

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
BEFORE = " ".join(WORDS)


def lines(old=(), new=(), obsolete=()):
    before = Catalogue("statement", "fa", "en", tuple(old), obsolete=tuple(obsolete))
    return list(difference.lines(before, Catalogue("statement", "fa", "en", tuple(new))))


def test_what_came_left_came_back_or_changed_has_its_mark():
    new = Unit("paragraph", "نو", locations=(Location(7, "Heading"),))
    assert lines(new=[new]) == ["+ line 7: «نو»  [untranslated]"]
    done = Unit("paragraph", "الف", "A", State.REVIEWED, line=5)
    assert lines([done], [done]) == []
    assert lines([done]) == ["- «الف»  [reviewed, kept as obsolete]"]
    assert lines([Unit("paragraph", "الف")]) == ["- «الف»  [untranslated, was empty]"]
    assert lines(new=[done], obsolete=[done]) == ["< «الف»  [reviewed]", "    → «A»"]


def test_a_changed_translation_is_shown_with_both_states():
    old, new = Unit("paragraph", "الف"), Unit("paragraph", "الف", "A", State.REVIEWED)
    assert lines([old], [new]) == ["~ «الف»  [untranslated → reviewed]", "    → «A»"]
    noted = Unit("paragraph", "الف", "A", State.REVIEWED, notes=("note",))
    assert lines([new], [noted]) == ["~ «الف»  [reviewed → reviewed]"]
    printed = Unit("paragraph", "الف", "A", State.REVIEWED, notes=("note: by Kari",))
    assert lines([new], [printed]) == ["~ «الف»  [reviewed → reviewed]", "    «note: by Kari»"]


def reworded(now):
    (_, told, *_) = lines(new=[Unit("paragraph", now, "A", State.CHANGED, previous=BEFORE)])
    return told.strip()


def test_a_rewording_shows_three_words_on_either_side():
    assert reworded(BEFORE.replace("five", "5")) == "… two three four [-five-] {+5+} six seven eight …"
    assert reworded(BEFORE.replace("one", "1")) == "[-one-] {+1+} two three four …"
    assert reworded(BEFORE.replace("ten", "10")) == "… seven eight nine [-ten-] {+10+}"
    twice = BEFORE.replace("one", "1").replace("ten", "10")
    assert reworded(twice) == "[-one-] {+1+} two three four … seven eight nine [-ten-] {+10+}"
    near = BEFORE.replace("two", "2").replace("nine", "9")
    assert reworded(near) == "one [-two-] {+2+} three four five six seven eight [-nine-] {+9+} ten"


def test_a_rewording_of_hundreds_of_words_is_not_compared():
    (_, told, *_) = lines(new=[Unit("paragraph", "x " * 501, "A", State.CHANGED, previous="كار ما")])
    assert told == "    was «كار ما»"


def test_a_sentence_that_was_reworded_in_its_place_is_changed_and_not_new():
    old = Unit("paragraph", "الف", "A", State.REVIEWED, line=5)
    new = Unit("paragraph", "الف ب", "A", State.CHANGED, "changed: 91% similar", previous="الف", line=5)
    assert lines([old], [new]) == ["~ «الف ب»  [reviewed → changed: 91% similar]", "    الف {+ب+}"]
    nowhere = [Unit("paragraph", word, word, State.REVIEWED) for word in ("a", "b")]
    assert lines(nowhere[:1], nowhere[1:]) == ["+ «b»  [reviewed]", "    → «b»", "- «a»  [reviewed, kept as obsolete]"]


def test_an_earlier_wording_that_was_told_before_is_not_told_again():
    known = Unit("paragraph", "الف ب", "A", State.CHANGED, previous="الف")
    assert lines([known], [known]) == []
    assert lines([Unit("paragraph", "الف ب", "A", State.CHANGED)], [known])[-1] == "    الف {+ب+}"


def test_only_a_sentence_with_a_place_in_the_file_comes_back():
    again = Unit("paragraph", "الف", "A", State.REVIEWED)
    assert lines(new=[again], obsolete=[again])[0].startswith("+ ")


def test_a_state_is_told_with_where_the_text_comes_from_while_that_is_so():
    offered = Unit("paragraph", "الف", "A", State.MEMORY, "memory 87%: other [0123456789abcdef]")
    assert lines(new=[offered])[0] == "+ «الف»  [memory 87%: other]"
    reviewed = Unit("paragraph", "الف", "A", State.REVIEWED, offered.origin)
    assert lines([offered], [reviewed]) == ["~ «الف»  [memory 87%: other → reviewed]"]
    doubted = Unit("paragraph", "الف", "A", State.DOUBT, offered.origin)
    assert lines(new=[doubted])[0] == "+ «الف»  [doubt]"


def test_long_texts_are_cut_at_a_word():
    fits, longer = "w " * 35 + "ww", "w " * 36 + "w"
    assert len(fits) == 72 and lines(new=[Unit("paragraph", fits)])[0] == f"+ «{fits}»  [untranslated]"
    assert lines(new=[Unit("paragraph", longer)])[0] == f"+ «{('w ' * 36).strip()} …»  [untranslated]"
    assert lines(new=[Unit("paragraph", "a\n  b")])[0] == "+ «a b»  [untranslated]"


def test_three_words_beside_a_change_are_all_of_them():
    new = Unit(
        "paragraph", "one two three 4 five six seven", "A", State.CHANGED, previous="one two three four five six seven"
    )
    assert lines(new=[new])[1] == "    one two three [-four-] {+4+} five six seven"
