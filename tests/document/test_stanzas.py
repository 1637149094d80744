"""Poems in one column, and what looks like them."""

from tests.support.plain import LONG, read

STANZA = "من از کدام سوی خاک\nصدایت کنم امروز\nکه بادهای سرد شمال\nنام تو را نپرسند"


def test_short_lines_alone_in_the_middle_of_prose_are_a_stanza():
    assert read(f"{LONG}\n\n{STANZA}\n\n{LONG}") == [("verse", 3, 6)]


def test_the_same_lines_are_none_where_a_colon_announces_items_nor_where_names_are():
    assert ("verse", 4, 7) not in read(f"{LONG}\n\nما می خواهیم:\n{STANZA}\n\n{LONG}")
    assert ("verse", 5, 8) not in read(f"{LONG}\n\nامضاها:\n\n{STANZA}\n\n{LONG}")


def test_the_line_below_says_whose_poem_it_is():
    assert read(f"{LONG}\n\n{STANZA}\nآ. سایه بان، «دفتر اول»\n\n{LONG}") == [("verse", 3, 6), ("caption", 7, 7)]
    assert read(f"{LONG}\n\n{STANZA}\n\nسیمین، از دفتر «کرانه»\n\n{LONG}") == [("verse", 3, 6), ("caption", 8, 8)]


def test_verses_nearly_as_long_as_the_lines_of_prose_are_not_joined():
    prose = (
        "We walked for days along the river and came to the town at night, where\n"
        "nobody would let us in. We slept below the bridge and sang what we had\n"
        "sung at home, until the watchman came and joined us."
    )
    verses = (
        "As we go marching, marching, in the beauty of the day,\n"
        "A million darkened kitchens, a thousand lofts of gray,\n"
        "Are touched with all the radiance that a sudden sun can show,\n"
        "For people hear us singing: bread and roses as we go"
    )
    found = read(f"{prose}\n\n{verses}\nJames Oppenheim, 1911\n\n{prose}", "en")
    assert found == [("verse", 5, 8), ("caption", 9, 9)]


def test_one_sentence_over_lines_of_a_length_behind_a_colon_is_a_poem():
    verses = "روزی ما دوباره کبوترهایمان را می یابیم\nو مهربانی دست زیبایی را خواهد گرفت"
    assert read(f"{LONG}\n\nاو می خواند:\n\n{verses}\n\n{LONG}") == [("verse", 5, 6)]


def test_a_word_above_a_poem_is_its_name_and_clauses_that_end_in_semicolons_are_none():
    poem = "هزار قفل ساختند\nیک کلید نساختند\nمن کلید را\nدر دهان مادرم پیدا کردم"
    assert ("verse", 4, 7) in read(f"{LONG}\n\nقفل\n{poem}\nا. کوهیار\n\n{LONG}")
    clauses = "نظر به اینکه دستمزدها ثابت مانده؛\n" * 4
    assert read(f"{LONG}\n\n{clauses}\n{LONG}") == []


def test_where_sections_begin_with_headings_a_poem_does():
    sections = "\n\n".join(f"خبر {word}\n{LONG}" for word in ("نان", "کار"))
    found = read(f"نشریه\n\n{sections}\n\nشعر این شماره\n{STANZA}\nآ. سایه بان\n\n{LONG}")
    assert found[3:] == [("heading", 9, 9), ("verse", 10, 13), ("caption", 14, 14)]
