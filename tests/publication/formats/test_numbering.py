import pytest

from pipeline.document.formats._word.numbering import Numbering
from pipeline.languages import SHIPPED
from pipeline.publication.formats._numbering import CountedLevel, CountedLists
from pipeline.publication.formats._office import FileText
from pipeline.publication.formats._word.styles import numbering_part

FORMS = ("decimal", "lowerLetter", "lowerRoman", "hindiNumbers")


LISTS = {  # of markers, depths and numbers
    "numbers": [("1.", 1, 1), ("2.", 1, 2), ("3.", 1, 3)],
    "one that begins later": [("4.", 1, 4), ("5.", 1, 5)],
    "one after another": [("1.", 1, 1), ("2.", 1, 2), ("1.", 1, 1)],
    "inner lists": [("1.", 1, 1), ("a)", 2, 1), ("b)", 2, 2), ("2.", 1, 2), ("a)", 2, 1), ("3.", 1, 3)],
    "numbers of all levels": [("1.", 1, 1), ("1.1.", 2, 1), ("1.2.", 2, 2), ("2.", 1, 2), ("2.1.", 2, 1)],
    "numbers of levels that are not there": [("3.1", 2, 1), ("3.2", 2, 2)],
    "signs": [("•", 1, None), ("–", 2, None), ("•", 1, None)],
    "an inner list of signs, then of numbers": [("•", 1, None), ("-", 2, None), ("•", 1, None), ("i.", 2, 1)],
    "a number below a sign": [("•", 1, None), ("1.1.", 2, 1), ("1.2.", 2, 2)],
    "a number below one that is not counted": [("A1", 1, 1), ("1.1.", 2, 1)],
    "digits of Persian": [("۱-", 1, 1), ("۲-", 1, 2)],
    "letters no format has": [("الف)", 1, 1), ("ب)", 1, 2)],
    "words": [("Article 1", 1, 1), ("Article 2", 1, 2)],
    "a number in a word": [("A1", 1, 1), ("A2", 1, 2)],
    "deep at once": [("1)", 3, 1), ("1.", 1, 1)],
    "a gap": [("1.", 1, 1), ("3.", 1, 3)],
    "places of Word": [("%1", 1, 1), ("%2.", 1, 2)],
    "roman and letter": [("h)", 1, 8), ("i)", 1, 9), ("j)", 1, 10)],
}


@pytest.mark.parametrize("name", LISTS)
def test_every_item_shows_its_marker(name):
    lists = CountedLists(FORMS)
    places = [lists.place(*item) for item in LISTS[name]]
    shown = Numbering(_numbering(lists))
    found = [shown.marker(str(place.list + 1), place.level) for place in places]
    markers = [(marker, number) for marker, _, number in LISTS[name]]
    assert [marker for marker, _ in found] == [marker for marker, _ in markers]
    if name != "places of Word":
        assert found == markers


def _numbering(lists):
    column = FileText(SHIPPED["en"], "", (), {}, (), {}, are_counted=True, lists=lists)
    return numbering_part([column])


def test_what_a_program_counts_alike_is_one_list():
    lists = CountedLists(FORMS)
    assert {lists.place(*item).list for item in LISTS["inner lists"]} == {0}
    assert lists.levels() == [{0: CountedLevel("decimal", "%1."), 1: CountedLevel("lowerLetter", "%2)")}]


def test_headings_are_no_items():
    lists = CountedLists(FORMS)
    kinds = [("1.", 1, 1, True), ("1.", 1, 1, False), ("2.", 1, 2, True), ("2.", 1, 2, False)]
    places = [lists.place(marker, depth, number, is_heading=is_heading) for marker, depth, number, is_heading in kinds]
    assert [place.list for place in places] == [0, 1, 0, 1]
