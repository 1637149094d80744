from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from tests.support.plain import PROSE, read


def test_a_table_keeps_its_empty_cells_and_has_a_caption():
    text = f"{PROSE}\nجدول ۱. جمعیت روستا\nسال\tزن\tمرد\n۱۳۹۹\t۱۲\t\n۱۴۰۰\t۱۴\t۲۰\n{PROSE}"
    assert read(text) == [("caption", 2, 2), ("table", 3, 5)]
    table = next(block for block in propose(text.split("\n"), SHIPPED["fa"]) if block.kind == "table")
    assert table.header_rows == 1 and "\t۱۲\t\n" in table.text


def test_two_hemistichs_a_line_are_verse_and_their_poet_a_caption():
    verse = "توانا بود هر که دانا بود          ز دانش دل پیر برنا بود\nبنی آدم اعضای یکدیگرند          که در آفرینش ز یک گوهرند"
    assert read(f"{PROSE}\n\n{verse}\n(فردوسی و سعدی)\n\n{PROSE}") == [("verse", 3, 4), ("caption", 5, 5)]


def test_names_side_by_side_at_the_end_are_signatures():
    assert read(f"{PROSE}\n\n  رئیس جلسه          منشی جلسه\n  پروین آذرمی        زیبا نیک روش") == [
        ("signatures", 3, 4)
    ]


def test_offices_in_brackets_below_names_are_part_of_the_signatures():
    names = "gez. Dr. H. Aydin           gez. S. Weber\n(1. Vorsitzender)           (Geschäftsführerin)"
    assert read(f"Brief\n\n{PROSE}\n\n{names}", "de")[-1] == ("signatures", 5, 6)


def test_indented_short_lines_above_a_poet_are_verse():
    assert read(f"{PROSE}\n\n    کفشم اگر پاره است\n    دفترم اما نو است\n    (صفدر)\n\n{PROSE}") == [
        ("verse", 3, 4),
        ("caption", 5, 5),
    ]


def test_wide_gaps_in_prose_and_slogans_side_by_side_are_no_columns():
    assert read(f"{PROSE}\nدر مجموع    {PROSE} {PROSE}\nزنده باد نان     زنده باد کار") == [("slogan", 3, 3)]


def test_names_with_places_in_brackets_are_no_verse():
    names = "بنفشه خرسند (پاریس)          رعنا آل یاسین (تورنتو)\nپ. ن. مشرقی (استکهلم)          سیمین دخت آوا (کلن)"
    assert read(f"{PROSE}\n\n{names}\n\n{PROSE}") == [("signatures", 3, 4)]


def test_notes_below_the_names_do_not_make_a_table_of_them():
    names = "  رئیس جلسه          منشی جلسه\n  پروین آذرمی        زیبا نیک روش"
    assert ("signatures", 3, 4) in read(f"{PROSE}\n\n{names}\n\n(*) رأی ها پس از پایان رسید\n    و شمرده نشد.")


def test_a_source_away_from_any_table_is_no_caption():
    source = "منبع: ماهنامهٔ «سرچشمه»، شمارهٔ ۴۴"
    assert ("caption", 3, 3) not in read(f"{PROSE}\n\n{source}\n\n{PROSE}")
    assert ("caption", 5, 5) in read(f"{PROSE}\n\nسال\tزن\n۱۳۹۹\t۱۲\n{source}\n\n{PROSE}")


def test_a_table_has_the_rows_whose_widest_cell_left_two_spaces():
    table = "Name         Town\nAnna Miller  Oslo 12\nBo Li        Rome"
    assert read(f"A b c\n\n{PROSE}\n\n{table}\n\n{PROSE}", "en")[-1] == ("table", 5, 7)
    typed = "In 1968 she led it.  The dispute\nlasted for weeks on.  It went on."
    assert all(kind != "table" for kind, *_ in read(f"A b c\n\n{PROSE}\n\n{typed}\n\n{PROSE}", "en"))


def test_a_line_below_somebodys_words_may_begin_with_a_comma():
    assert read(f"{PROSE}\n\n«گفته‌ای از کسی.»\n، نویسنده\n\n{PROSE}")[-2:-1] != []
