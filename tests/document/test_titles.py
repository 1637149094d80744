"""Which line is the title, and where it ends."""

from tests.support.plain import LONG, read


def test_where_there_are_capitals_one_begins_a_subtitle():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    assert read(f"Report on a Strike\nHow It Began\n\n{text}", "en") == [("title", 1, 1), ("subtitle", 2, 2)]
    assert read(f"Report on a Strike\nof the bakers\n\n{text}", "en") == [("title", 1, 2)]


def test_what_stands_above_a_title_is_none():
    """The first line is the title, unless it is a motto or a sender, and another line looks more like one."""
    title = "صورت‌جلسهٔ نشست هفتم"
    assert read(f"انجمن مهاجران\nثبت‌شده به شمارهٔ ۱۱۸\n\n{title}\n\n{LONG}") == [
        ("contact", 1, 1), ("contact", 2, 2), ("title", 4, 4),
    ]  # fmt: skip
    assert read(f"«به یاد آنان که نماندند»\n\nدادگاه مردمی\nدر کوچهٔ چراغ\n\n{LONG}") == [
        ("title", 3, 3), ("subtitle", 4, 4),
    ]  # fmt: skip
    assert read(f"گفت‌وگو\n«ما قنات را زنده کردیم»\nبا بی‌بی‌گل، مقنّی\n\n{LONG}")[0] == ("title", 2, 2)
    assert read(f"نان برای همه\n\nصورت‌جلسهٔ نشست هفتم\n\n{LONG}")[0] == ("title", 1, 1)


def test_a_name_in_quotation_marks_is_the_end_of_a_title():
    text = "Dies ist eine lange Zeile eines Textes über Brot und Rosen, die mit einem Punkt endet."
    assert read(f'Satzung des Vereins\n„Offene Tür e. V."\n\n{text}', "de") == [("title", 1, 2)]


def test_a_notice_in_capitals_with_a_day_is_not_the_title_below_a_sender():
    text = "Ceci est une longue ligne d'un texte sur le pain et les roses, qui finit par un point."
    head = "COLLECTIF DU NETTOYAGE\n12, rue des Lavandières – 69007 Lyon\n\nCOMMUNIQUÉ DE PRESSE\nLyon, le 18 novembre 2022"
    assert read(f"{head}\n\nVictoire : les 43 sont réintégrées !\n\n{text}", "fr")[-2:] == [
        ("date", 5, 5),
        ("title", 7, 7),
    ]


def test_an_act_with_its_number_and_year_above_the_text_is_the_title_and_no_telephone():
    assert read(f"VERBALE N. 3/2025\n\n{LONG}", "it")[0] == ("title", 1, 1)
    assert read(f"A b c\n\n{LONG}\n\n{LONG}\n\n0221/2024-15", "de")[-1][0] == "contact"
