from pipeline.text.glyphs import lacking, named


def test_what_nobody_would_see_is_not_lacking():
    shown = frozenset("سلام، Ça")
    assert lacking("سلام\u061c، Ça\n\t\u200c\u2066☃\u2069\ufe0f", shown) == ["☃"]


def test_a_space_that_no_font_has_would_be_drawn_as_a_box():
    assert lacking("a\u3000", frozenset("a")) == ["\u3000"]


def test_a_character_is_called_by_its_sign_its_number_and_its_name():
    assert named("☃") == "“☃” (U+2603 snowman)"
    assert named("\ue000") == "“\ue000” (U+E000 unnamed)"
