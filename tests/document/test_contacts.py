"""Addresses and numbers with their labels are contacts, whichever stands first; a sentence that has one is not."""

import pytest

from pipeline.document.contacts import LABELLED, is_contact_value
from pipeline.document.structure import propose
from pipeline.languages import SHIPPED
from tests.support.plain import PROSE


def kinds(text: str) -> list[tuple[str, int, int]]:
    return [(block.kind.value, block.first, block.last) for block in propose(text.split("\n"), SHIPPED["fa"])]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("a@example.org\n\nای – میل :\n\n۵۱۴-۲۵۸-۸۱۸۶\n\nتلفن تماس :", [("contact", 3, 5), ("contact", 7, 9)]),
        ("ای – میل :\na@example.org", [("contact", 3, 4)]),
        ("تلفن: ۰۲۱-۱۲۳۴۵۶۷", [("contact", 3, 3)]),
        ("@shora_hamkari", [("contact", 3, 3)]),
        ("ما را بیابید: #حق_کارگر", [("contact", 3, 3)]),
        ("ای‌میل: a@b.example", [("contact", 3, 3)]),
        ("فیس‌بوک: کارگر", [("contact", 3, 3)]),
        ("پست الکترونیک: a@b.example", [("contact", 3, 3)]),
        ("واتساپ: ۰۰۴۴۱۲۳۴۵۶", [("contact", 3, 3)]),
        (f"نامه‌ی ما به a@b.example رسید. {PROSE}", [("paragraph", 3, 3)]),
    ],
)
def test_labels_and_values_are_contacts_in_either_order(lines, expected):
    assert kinds(f"{PROSE}\n\n{lines}")[1:] == expected


def test_labelled_lines_that_stand_together_are_the_head_of_a_letter():
    head = kinds(f"شماره: ۱۲/الف\nپیوست: دارد\n\nموضوع: دعوت به نشست\n\n{PROSE}")
    assert head == [("contact", 1, 1), ("contact", 2, 2), ("title", 4, 4), ("paragraph", 6, 6)]


def test_what_is_nothing_but_an_address_or_a_number():
    assert all(map(is_contact_value, ("a@b.example", "https://b.example/c", "+۴۴ ۱۲۳ ۴۵۶۷", " 514-258-8186 ")))
    assert not any(map(is_contact_value, ("تلفن: ۵۱۴", "a@b.example است", "۱۳۹۵", "")))


def test_a_label_of_some_words_before_an_address_and_a_street_beside_one_are_contacts():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    lines = [text, "", "For messages of support: yad@mothers.example", "12 Foundry Lane, London"]
    assert [block.kind for block in propose(lines, SHIPPED["en"])[1:]] == ["contact", "contact"]


def test_a_label_may_be_abbreviated_and_a_sentence_is_none():
    assert LABELLED.match("V.i.S.d.P.: K. Sommer") and not LABELLED.match("Das ist so. Denn: es ist so")
    said = "برای افزودن نام خود به این نشانی بنویسید:"
    assert kinds(f"{PROSE}\n\n{said}\na@example.org")[1:] == [("paragraph", 3, 3), ("contact", 4, 4)]


def test_a_number_in_a_short_line_is_that_of_a_house_beside_an_address_only():
    lines = ["درخواست", "کوچه‌ی ۱۲", PROSE, "مریم، ۷۱ ساله", PROSE, "خیابان کار ۷", "تلفن: ۰۲۱-۱۲۳۴۵۶۷"]
    found = [block.kind.value for block in propose(lines, SHIPPED["fa"], is_plain=False)]
    assert [index for index, kind in enumerate(found) if kind == "contact"] == [5, 6]


@pytest.mark.parametrize("colon", [":", "：", "፦"])
def test_a_label_ends_in_the_colon_of_any_script(colon):
    label = LABELLED.match(f"ایمیل{colon} ما")
    assert label and label[1] == "ایمیل"
    assert kinds(f"{PROSE}\n\nایمیل{colon}\na@example.org")[1:] == [("contact", 3, 4)]
