"""Verse that no style names."""

from pipeline.document import looks
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Kind
from tests.support.looks import kinds, line


def test_lines_of_verse_that_follow_each_other_are_one_stanza():
    (found,) = looks.recognised([line("یک\u2028دو", Kind.VERSE), line("سه", Kind.VERSE)], SHIPPED["fa"])
    assert (found.kind, found.text) == (Kind.VERSE, "یک\nدو\nسه")


def test_short_lines_in_the_middle_with_text_around_them_are_a_stanza_and_its_poet():
    verses = [line(f"ای ایران ای مرز {word}", is_centred=True) for word in ("پرگهر", "هنر", "بدان", "جاودان")]
    found = looks.recognised([line(), *verses, line("گل‌گلاب", is_slanted=True), line()], SHIPPED["fa"])
    assert [one.kind or one.likely for one in found] == [None, Kind.VERSE, Kind.CAPTION, None]
    assert found[1].text.count("\n") == 3
    assert all(one.kind is not Kind.VERSE for one in looks.recognised([line(), *verses[:2], line()], SHIPPED["fa"]))


def test_lines_set_apart_that_end_where_a_poet_wants_are_verse_with_their_poet():
    verse = LINE_BREAK.join(["من از آن سوی آب می‌آیم", "با چمدانی پر از باران", "و نامی که کسی نمی‌خواند"])
    poet = line("اسماعیل دریایی", is_slanted=True)
    found = looks.recognised([line(), line(verse, is_centred=True), poet, line()], SHIPPED["fa"])
    assert [one.kind or one.likely for one in found] == [None, Kind.VERSE, Kind.CAPTION, None]
    assert found[1].text.count("\n") == 2
    assert kinds(line(), line(verse, Kind.QUOTATION), line())[1][0] is Kind.VERSE
    address = LINE_BREAK.join(["کانون نویسندگان شهر", "خیابان چنار بزرگ ۲۲", "شهر بزرگ یادگار"])
    assert kinds(line(), line(address, is_centred=True), line())[1][0] is None
