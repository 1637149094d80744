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
