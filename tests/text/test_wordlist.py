"""Lists of words become patterns."""

from pipeline.text.wordlist import alternatives, beginning, whole


def test_words_are_found_whole():
    pattern = whole(("not", "no one"))
    assert pattern.search("it is not so") and pattern.search("no  one came")
    assert not pattern.search("knot") and not pattern.search("nothing") and not pattern.search("no two")


def test_what_is_part_of_another_expression_is_not_found():
    pattern = whole(("not",), ("not only",))
    assert pattern.search("not so") and not pattern.search("not only so")


def test_a_star_stands_for_any_letters_and_a_point_for_itself():
    assert whole(("libert*",)).fullmatch("libertaire") and not whole(("a.b",)).search("axb")


def test_beginnings_are_found():
    assert beginning(("septi",)).search("le septième") and not beginning(("septi",)).search("asepti")


def test_no_words_find_nothing():
    assert not whole(()).search("a") and not beginning(()).search("") and alternatives(()) == "(?!)"


def test_stars_within_a_word_are_as_many_letters_as_it_takes():
    pattern = whole(("a*b*c", "in  order"))
    assert [found[0] for found in pattern.finditer("abc axbxbxc abcb acb in order")] == ["abc", "axbxbxc", "in order"]
