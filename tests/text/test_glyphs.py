from pipeline.text.glyphs import MOST_MARKS, is_overloaded, lacking, named


def test_what_nobody_would_see_is_not_lacking():
    shown = frozenset("سلام، Ça")
    assert lacking("سلام\u061c، Ça\n\t\u200c\u2066☃\u2069\ufe0f", shown) == ["☃"]


def test_a_space_that_no_font_has_would_be_drawn_as_a_box():
    assert lacking("a\u3000", frozenset("a")) == ["\u3000"]


def test_a_character_is_called_by_its_sign_its_number_and_its_name():
    assert named("☃") == "“☃” (U+2603 snowman)"
    assert named("\ue000") == "“\ue000” (U+E000 unnamed)"


def test_a_letter_under_a_heap_of_marks_is_no_letter():
    marks = "\u064b\u0301\u20dd\u0903" * 10
    assert is_overloaded(f"سلام، e{marks[: MOST_MARKS + 1]}!")
    assert not is_overloaded(f"سلام e{marks[:MOST_MARKS]}e{marks[:MOST_MARKS]}")
    assert not is_overloaded("،…«»" * 50 + "\u200c" * 50)
