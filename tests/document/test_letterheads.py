"""The head of a letter: who writes, to whom, on what subject."""

from tests.support.plain import LONG, read


def test_above_the_subject_of_a_letter_the_sender_is_an_address_and_the_recipient_is_none():
    text = f"به نام خدا\nاتحادیهٔ کارگران\nشماره: ۱۱۸\nتاریخ: ۱۳۹۹/۰۷/۲۲\n\nشهردار محترم شهر\n\nموضوع: دستمزد\n\n{LONG}"
    assert read(text) == [("contact", 2, 2), ("contact", 3, 3), ("date", 4, 4), ("title", 8, 8)]


def test_a_subject_that_stands_alone_above_the_greeting_is_the_title():
    assert read(f"به شهردار محترم شهر\n\nتهران، ۲۲ مهر ۱۳۹۹\n\nدستمزد کارگران شهرداری\n\nبا سلام\n\n{LONG}") == [
        ("date", 3, 3), ("title", 5, 5),
    ]  # fmt: skip
    head = "بهروز آهنگر\nخیابان کار ۱۱\n\nشهردار شهر\nمیدان شهرداری\n\n۲۲ مهر ۱۳۹۹\n\nبرای نان\n\nبا سلام"
    assert read(f"{head}\n\n{LONG}") == [("contact", 1, 1), ("contact", 2, 2), ("date", 7, 7), ("title", 9, 9)]


def test_the_subject_of_an_answer_to_a_mail_is_no_title():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    assert "title" not in [kind for kind, *_ in read(f"From: a@example.org\nSubject: RE: the strike\n\n{text}", "en")]
    assert ("title", 2, 2) in read(f"From: a@example.org\nSubject: the strike\n\n{text}", "en")


def test_a_number_with_its_label_alone_above_the_title_is_that_of_a_file():
    text = f"پرونده: ۱۱۸/۴\n\nصورت‌جلسهٔ نشست هفتم\n\n{LONG}"
    assert read(text) == [("contact", 1, 1), ("title", 3, 3)]


def test_what_stands_above_a_rule_with_a_number_is_who_writes():
    text = f"سندیکای کارگران شهر\nکارخانهٔ نان\nتلفن: ۰۲۱-۵۵۵۵۰۱۰۰\n* * *\nدستمزد\n\n{LONG}"
    assert [kind for kind, *_ in read(text)][:4] == ["contact", "contact", "contact", "separator"]
