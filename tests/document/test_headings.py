"""Headings by what stands around them, and by each other."""

from tests.support.plain import LONG, PROSE, read


def test_a_phrase_without_a_gap_is_none_where_the_others_have_gaps():
    parts = "\n\n".join(f"بخش تازهٔ {word}\n{LONG}" for word in ("نان", "کار"))
    assert read(f"گزارش\n\n{parts}\nسخنی کوتاه در میانه\n{LONG}") == [
        ("title", 1, 1),
        ("heading", 3, 3),
        ("heading", 6, 6),
    ]


def test_what_stands_above_a_table_as_headings_do_is_one():
    parts = "\n\n".join(f"بخش تازهٔ {word}\n{LONG}" for word in ("نان", "کار"))
    table = "روز\tساعت\nشنبه\t۸\nیکشنبه\t۹"
    assert read(f"گزارش\n\n{parts}\n\nبرنامهٔ سه روز\n{table}\n{LONG}")[3] == ("heading", 9, 9)
    assert read(f"گزارش\n\n{parts}\n\nجدول ۱. برنامه\n{table}\n{LONG}")[3] == ("caption", 9, 9)


def test_what_a_colon_announces_is_no_heading():
    assert read(f"گزارش\n\n{LONG} گفت:\n\nهمه با هم می رویم\n\n{LONG}") == [("title", 1, 1)]


def test_a_question_with_a_colon_is_a_heading_and_the_turn_of_a_speaker_is_none():
    text = "C'est une longue ligne d'un texte sur le pain et les roses, qui finit par un point."
    assert ("heading", 5, 5) in read(f"Le pain\n\n{text}\n\nTitres de séjour : où en est-on ?\n{text}", "fr")
    assert read(f"گفتگو\n\n{LONG}\n\nپل: کجا بودید؟\nصدر: {PROSE}\nپل: و بعد؟\nصدر: {PROSE}") == [("title", 1, 1)]


def test_an_initial_ends_no_sentence_in_a_heading():
    text = "C'est une longue ligne d'un texte sur le pain et les roses, qui finit par un point."
    assert ("heading", 5, 5) in read(f"Le pain\n\n{text}\n\nTrois questions à Mme Chirine D.\n{text}", "fr")


def test_days_above_what_happens_on_them_are_headings_and_a_day_alone_is_a_date():
    day = f"{LONG}\n"
    assert read(f"برنامه\n\n۴ مهر ۱۴۰۰\n{day}\n۶ مهر ۱۴۰۰\n{day}")[1:] == [("heading", 3, 3), ("heading", 6, 6)]
    assert read(f"برنامه\n\n۴ مهر ۱۴۰۰\n{day}\n{day}")[1:] == [("date", 3, 3)]


def test_articles_with_numbers_in_words_are_headings_as_those_in_figures_are():
    text = f"اساسنامه\n\nفصل یکم – نام\nماده یک\n{LONG}\nماده دو\n{LONG}"
    assert read(text)[1:] == [("heading", 3, 3), ("heading", 4, 4), ("heading", 6, 6)]


def test_a_heading_below_a_table_may_head_others():
    text = f"برنامه\n\n۱۷:۰۰    پذیرایی\n۱۸:۰۰    موسیقی\n\nسخنرانان\n\nسولماز\n{LONG}\n\nباران\n{LONG}"
    assert [block for block in read(f"همایش\n\n{LONG}\n\n{text}") if block[0] == "heading"][1] == ("heading", 10, 10)
