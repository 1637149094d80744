"""Titles and headings that no style names."""

from pipeline.model import Kind
from tests.support.looks import kinds, line


def test_the_largest_line_above_the_text_is_the_title_and_a_smaller_one_below_it_the_subtitle():
    found = kinds(
        line("به نام آزادی"), line("بیانیه", size=20.0), line("متن بازنگری‌شده", size=15.0, is_centred=True), line()
    )
    assert found == [(None, 0), (Kind.TITLE, 1), (Kind.SUBTITLE, 0), (None, 0)]


def test_a_logo_or_a_rule_above_the_title_does_not_end_the_head_of_a_document():
    for kind in (Kind.IMAGE, Kind.SEPARATOR):
        assert kinds(line("نشان", kind), line("بیانیه", size=20.0), line())[1] == (Kind.TITLE, 1)


def test_a_question_in_large_letters_is_a_title_or_a_heading():
    found = kinds(line("چه باید کرد؟", size=20.0), line(), line("و چگونه؟", is_bold=True, size=16.0), line())
    assert found == [(Kind.TITLE, 1), (None, 0), (Kind.HEADING, 2), (None, 0)]


def test_a_call_in_bold_letters_is_a_slogan():
    assert kinds(line(), line("معلم زندانی آزاد باید گردد!", is_bold=True), line())[1] == (Kind.SLOGAN, 0)


def test_short_bold_lines_above_text_are_headings_by_their_size():
    found = kinds(
        line(),
        line("فصل یک", is_bold=True, size=16.0),
        line("بخش", is_bold=True),
        line(),
        line("فصل دو:", is_bold=True, size=16.0),
        line(),
    )
    assert found == [(None, 0), (Kind.HEADING, 2), (Kind.HEADING, 3), (None, 0), (Kind.HEADING, 2), (None, 0)]


def test_a_bold_line_under_a_heading_with_a_style_is_one_below_it():
    found = kinds(
        line("فصل", Kind.HEADING, 2, size=16.0),
        line(),
        line("نکته", is_bold=True),
        line(),
        line("فصل", Kind.HEADING, 2, size=16.0),
    )
    assert [level for kind, level in found if kind is Kind.HEADING] == [2, 3, 2]


def test_names_at_the_end_slogans_and_sentences_are_no_headings_however_bold():
    found = kinds(
        line(),
        line("زنده باد آزادی", is_bold=True),
        line("ما هستیم.", is_bold=True),
        line(),
        line("شورای هماهنگی", is_bold=True),
    )
    assert [kind for kind, _ in found] == [None] * 5


def test_where_all_is_bold_nothing_stands_out():
    assert [kind for kind, _ in kinds(line(is_bold=True), line("کوتاه", is_bold=True), line(is_bold=True))] == [
        None
    ] * 3


def test_a_single_highest_heading_at_the_top_is_the_title():
    assert kinds(line("بیانیه", Kind.HEADING, 2), line(), line("یک", Kind.HEADING, 3), line()) == [
        (Kind.TITLE, 1), (None, 0), (Kind.HEADING, 2), (None, 0)]  # fmt: skip


def test_above_the_subject_of_a_letter_nothing_is_a_title_or_heading_however_large():
    letterhead = [line("سندیکای کارگران", is_bold=True, size=18.0), line("جناب آقای کریمی", is_bold=True)]
    found = kinds(
        *letterhead, line("موضوع: مزدهای عقب‌افتاده", is_bold=True), line(), line("پیشنهاد", is_bold=True), line()
    )
    assert [kind for kind, _ in found] == [None, None, None, None, Kind.HEADING, None]


def test_a_bold_line_above_all_text_is_the_title_where_none_is_larger():
    assert kinds(line("بیانیه", is_bold=True), line(), line("خواسته‌ها", is_bold=True), line())[0] == (Kind.TITLE, 1)
    assert kinds(line("همکاران گرامی", is_bold=True), line(), line())[0] == (None, 0)


def test_a_bold_question_is_a_heading_and_those_of_an_interview_are_none():
    ask = line("چه شد؟", is_bold=True)
    assert kinds(line(), ask, line())[1] == (Kind.HEADING, 2)
    assert {kind for kind, _ in kinds(line(), *[ask, line()] * 4)} == {None}


def test_a_bold_line_that_introduces_a_list_is_no_heading_where_it_is_the_only_one():
    announced = [line("برنامه:", is_bold=True), line("سخنرانی"), line("شعرخوانی")]
    assert kinds(line(), *announced, line())[1] == (None, 0)
    assert kinds(line(), *announced, line("پایان", is_bold=True), line())[1] == (Kind.HEADING, 2)


def test_the_number_of_a_heading_tells_its_level_where_all_look_the_same():
    found = kinds(line(), line("۱) زمینه", is_bold=True), line(), line("۱-۱) روش", is_bold=True), line())
    assert [level for kind, level in found if kind is Kind.HEADING] == [2, 3]


def test_a_bold_question_with_the_name_of_who_asks_is_a_turn_of_an_interview():
    assert kinds(line(), line("خبرنامه: چه شد؟", is_bold=True), line())[1] == (None, 0)


def test_a_bold_line_that_is_the_name_of_a_table_is_no_heading():
    table = line("روز\tشمار\n۱\t۲", Kind.TABLE)
    heads = [line(), line("یافته‌ها", is_bold=True), line()]
    assert (Kind.HEADING, 2) not in kinds(*heads, line("جدول ۱. شمار", is_bold=True), table, line())[3:]


def test_a_bold_day_alone_is_no_heading_and_several_are():
    days = [line("شنبه ۱۲ آذر ۱۴۰۲، ساعت ۱۹", is_bold=True), line(), line("یکشنبه ۱۳ آذر ۱۴۰۲", is_bold=True), line()]
    heads = [line(), line("برنامه", is_bold=True), line()]
    assert kinds(*heads, *days[:2])[3] == (None, 0)
    assert kinds(*heads, *days)[3] == kinds(*heads, *days)[5] == (Kind.HEADING, 2)
