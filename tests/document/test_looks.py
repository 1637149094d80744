"""What paragraphs are by their look, where no style says so."""

import pytest

from pipeline.document import looks
from pipeline.document.looks import Shown
from pipeline.document.paragraphs import Paragraph
from pipeline.languages import SHIPPED
from pipeline.model import LINE_BREAK, Kind

PROSE = "این جمله‌ای است که به پایان می‌رسد و متن را پر می‌کند."


def line(text: str = PROSE, kind: Kind | None = None, level: int = 0, **look) -> Shown:
    return Shown(Paragraph(text, kind, level), **{"size": 13.0, **look})


def kinds(*lines: Shown) -> list[tuple[Kind | None, int]]:
    return [(one.kind, one.level) for one in looks.recognised(lines, SHIPPED["fa"])]


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


def test_headings_begin_at_the_second_level():
    assert [
        level
        for _, level in kinds(
            line("یک", Kind.HEADING, 4), line(), line("دو", Kind.HEADING, 5), line("سه", Kind.HEADING, 4)
        )
    ] == [2, 0, 3, 2]


def test_a_single_highest_heading_at_the_top_is_the_title():
    assert kinds(line("بیانیه", Kind.HEADING, 2), line(), line("یک", Kind.HEADING, 3), line()) == [
        (Kind.TITLE, 1), (None, 0), (Kind.HEADING, 2), (None, 0)]  # fmt: skip


def test_hemistichs_signatures_and_cells_in_columns_are_told_apart():
    poem = (
        line("دست در دست هم ای رنجبران\tنان ز خون دل ما می‌پزند"),
        line("سفره خالی‌ست ولی سینه پر است\tاز امیدی که به فردا دارند"),
    )
    cells = line("نام\tسال"), line("سارا\t۱۳۹۵")
    names = line("دبیر کانون\tرئیس هیئت"), line("کاوه رستگار\tناهید افشار")
    found = looks.recognised([line(), *poem, line(), *cells, line(), *names], SHIPPED["fa"])
    assert [one.kind for one in found] == [None, Kind.VERSE, None, Kind.TABLE, None, Kind.SIGNATURES]
    assert found[1].text.count("\n") == 1 and found[5].text == "دبیر کانون\tرئیس هیئت\nکاوه رستگار\tناهید افشار"


def test_a_tab_in_a_line_alone_is_a_space():
    assert [one.text for one in looks.recognised([line("تلفن:\t۰۲۱"), line()], SHIPPED["fa"])] == ["تلفن: ۰۲۱", PROSE]


def likely(*lines: Shown) -> list[Kind | None]:
    return [one.kind or one.likely for one in looks.recognised(lines, SHIPPED["fa"])]


@pytest.mark.parametrize("look", [{"is_centred": True}, {"is_slanted": True}, {"size": 10.0}])
def test_a_line_set_apart_below_a_picture_or_table_is_its_caption(look):
    for kind in (Kind.IMAGE, Kind.TABLE):
        above = Shown(Paragraph("الف\tب\n۱\t۲", kind, header_rows=1), size=13.0)
        assert likely(line(), above, line("طرح از گروه هنری باران", **look), line())[2] is Kind.CAPTION
        assert likely(line(), above, line("طرح از گروه هنری باران"), line())[2] is None
        assert likely(line(), above, line("معلم زندانی آزاد باید گردد!", **look), line())[2] is not Kind.CAPTION


def test_a_slanted_line_below_the_title_is_a_subtitle():
    assert likely(line("راهنما", Kind.TITLE, 1), line("ویرایش دوم", is_slanted=True), line())[1] is Kind.SUBTITLE
    assert likely(line("راهنما", Kind.TITLE, 1), line(is_slanted=True), line())[1] is None


def test_words_of_others_stand_in_a_box_or_indented_with_who_said_them_below():
    quoted = "«اگر دارو دیر برسد، دیگر نرسد بهتر است.»"
    assert likely(line(), line(quoted, is_boxed=True), line("نگار، ۲۹ ساله", is_boxed=True), line()) == [
        None,
        Kind.QUOTATION,
        Kind.CAPTION,
        None,
    ]
    assert likely(line(), line(is_indented=True), line("— نگار"), line())[1:3] == [Kind.QUOTATION, Kind.CAPTION]
    assert likely(line(), line(quoted), line("نگار، ۲۹ ساله"), line())[1:3] == [None, None]


def test_what_is_so_with_most_of_the_text_sets_nothing_apart():
    every = {"is_centred": True, "is_slanted": True, "is_indented": True}
    assert likely(*[line(**every)] * 3) == [None] * 3


def test_in_the_middle_at_the_end_stand_slogans_and_not_the_name_below_them():
    call = {"is_centred": True, "is_bold": True}
    ending = [line("نان، کار، آزادی", **call), line("اتحاد، مبارزه، پیروزی", **call)]
    assert likely(line(), *ending, line("سندیکای کارگران")) == [None, Kind.SLOGAN, Kind.SLOGAN, Kind.SIGNATURE]
    assert likely(line(), line("زنده باد همبستگی", **call), *ending)[1:] == [Kind.SLOGAN] * 3
    assert likely(line(), line("سندیکای کارگران", **call)) == [None, None]


def test_above_the_subject_of_a_letter_nothing_is_a_title_or_heading_however_large():
    letterhead = [line("سندیکای کارگران", is_bold=True, size=18.0), line("جناب آقای کریمی", is_bold=True)]
    found = kinds(
        *letterhead, line("موضوع: مزدهای عقب‌افتاده", is_bold=True), line(), line("پیشنهاد", is_bold=True), line()
    )
    assert [kind for kind, _ in found] == [None, None, None, None, Kind.HEADING, None]


def test_a_bold_line_above_all_text_is_the_title_where_none_is_larger():
    assert kinds(line("بیانیه", is_bold=True), line(), line("خواسته‌ها", is_bold=True), line())[0] == (Kind.TITLE, 1)
    assert kinds(line("همکاران گرامی", is_bold=True), line(), line())[0] == (None, 0)


def test_labels_that_a_tab_parts_from_what_they_name_are_no_table():
    rows = [line("نام:\tعلی"), line("نام خانوادگی:\tرضایی")]
    assert [one.text for one in looks.recognised(rows, SHIPPED["fa"])] == ["نام: علی", "نام خانوادگی: رضایی"]


def test_lines_of_verse_that_follow_each_other_are_one_stanza():
    (found,) = looks.recognised([line("یک\u2028دو", Kind.VERSE), line("سه", Kind.VERSE)], SHIPPED["fa"])
    assert (found.kind, found.text) == (Kind.VERSE, "یک\nدو\nسه")


def test_a_bold_question_is_a_heading_and_those_of_an_interview_are_none():
    ask = line("چه شد؟", is_bold=True)
    assert kinds(line(), ask, line())[1] == (Kind.HEADING, 2)
    assert {kind for kind, _ in kinds(line(), *[ask, line()] * 4)} == {None}


def test_short_lines_in_the_middle_with_text_around_them_are_a_stanza_and_its_poet():
    verses = [line(f"ای ایران ای مرز {word}", is_centred=True) for word in ("پرگهر", "هنر", "بدان", "جاودان")]
    found = looks.recognised([line(), *verses, line("گل‌گلاب", is_slanted=True), line()], SHIPPED["fa"])
    assert [one.kind or one.likely for one in found] == [None, Kind.VERSE, Kind.CAPTION, None]
    assert found[1].text.count("\n") == 3
    assert all(one.kind is not Kind.VERSE for one in looks.recognised([line(), *verses[:2], line()], SHIPPED["fa"]))


def test_a_bold_line_that_introduces_a_list_is_no_heading_where_it_is_the_only_one():
    announced = [line("برنامه:", is_bold=True), line("سخنرانی"), line("شعرخوانی")]
    assert kinds(line(), *announced, line())[1] == (None, 0)
    assert kinds(line(), *announced, line("پایان", is_bold=True), line())[1] == (Kind.HEADING, 2)


def test_the_number_of_a_heading_tells_its_level_where_all_look_the_same():
    found = kinds(line(), line("۱) زمینه", is_bold=True), line(), line("۱-۱) روش", is_bold=True), line())
    assert [level for kind, level in found if kind is Kind.HEADING] == [2, 3]


def test_a_bold_question_with_the_name_of_who_asks_is_a_turn_of_an_interview():
    assert kinds(line(), line("خبرنامه: چه شد؟", is_bold=True), line())[1] == (None, 0)


def test_calls_in_the_middle_below_an_ornament_are_slogans():
    call = {"is_centred": True, "is_bold": True}
    found = kinds(
        line(),
        line("* * *", is_centred=True),
        line("معیشت، حق مسلم ماست", **call),
        line("نان برای همه", **call),
        line("شورا"),
    )
    assert found[2:4] == [(Kind.SLOGAN, 0), (Kind.SLOGAN, 0)]


def test_a_marker_before_a_tab_is_no_cell():
    found = looks.recognised([line(), line("الف)\tدر همهٔ شهرها"), line("ب)\tدر همهٔ روستاها"), line()], SHIPPED["fa"])
    assert [(one.text, one.kind) for one in found[1:3]] == [("الف) در همهٔ شهرها", None), ("ب) در همهٔ روستاها", None)]


def test_labels_beside_what_they_name_above_the_text_are_lines_of_a_letterhead():
    rows = "روز\tجمعه ۱۱ اسفند\nمحل\tخانهٔ محله"
    above = looks.recognised([line(rows, Kind.TABLE), line()], SHIPPED["fa"])
    assert [(one.text, one.likely) for one in above[:2]] == [
        ("روز جمعه ۱۱ اسفند", Kind.CONTACT),
        ("محل خانهٔ محله", Kind.CONTACT),
    ]
    assert kinds(line(), line(rows, Kind.TABLE), line())[1] == (Kind.TABLE, 0)
    assert kinds(line(rows, Kind.TABLE, is_framed=True), line())[0] == (Kind.TABLE, 0)


def test_lines_set_apart_that_end_where_a_poet_wants_are_verse_with_their_poet():
    verse = LINE_BREAK.join(["من از آن سوی آب می‌آیم", "با چمدانی پر از باران", "و نامی که کسی نمی‌خواند"])
    poet = line("اسماعیل دریایی", is_slanted=True)
    found = looks.recognised([line(), line(verse, is_centred=True), poet, line()], SHIPPED["fa"])
    assert [one.kind or one.likely for one in found] == [None, Kind.VERSE, Kind.CAPTION, None]
    assert found[1].text.count("\n") == 2
    assert kinds(line(), line(verse, Kind.QUOTATION), line())[1][0] is Kind.VERSE
    address = LINE_BREAK.join(["کانون نویسندگان شهر", "خیابان چنار بزرگ ۲۲", "شهر بزرگ یادگار"])
    assert kinds(line(), line(address, is_centred=True), line())[1][0] is None


def test_a_bold_line_that_is_the_name_of_a_table_is_no_heading():
    table = line("روز\tشمار\n۱\t۲", Kind.TABLE)
    heads = [line(), line("یافته‌ها", is_bold=True), line()]
    assert (Kind.HEADING, 2) not in kinds(*heads, line("جدول ۱. شمار", is_bold=True), table, line())[3:]


def test_a_bold_day_alone_is_no_heading_and_several_are():
    days = [line("شنبه ۱۲ آذر ۱۴۰۲، ساعت ۱۹", is_bold=True), line(), line("یکشنبه ۱۳ آذر ۱۴۰۲", is_bold=True), line()]
    heads = [line(), line("برنامه", is_bold=True), line()]
    assert kinds(*heads, *days[:2])[3] == (None, 0)
    assert kinds(*heads, *days)[3] == kinds(*heads, *days)[5] == (Kind.HEADING, 2)


def test_a_slanted_name_below_words_of_others_is_theirs():
    words = line("«آب را که بستند، گاوها نعره زدند.»", Kind.QUOTATION)
    assert likely(line(), words, line("کشاورزی", is_slanted=True), line())[2] is Kind.CAPTION
    assert likely(line(), words, line("کشاورزی"), line())[2] is None
