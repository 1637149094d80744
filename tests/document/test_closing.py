"""Who signs, and what else stands below a text."""

import pytest

from tests.support.plain import LONG, read


def test_names_in_a_list_below_a_heading_among_signatures_stay_a_list():
    text = f"نامه به رئیس\n\n{LONG}\n\nامضاها:\nداخل کشور\n1. آزیتا رهنورد\n2. پگاه س.\n\nخارج کشور\n1. بنفشه خرسند\n2. تارا گرجی"
    assert read(text)[1:] == [
        ("heading", 6, 6), ("list_item", 7, 7), ("list_item", 8, 8),
        ("heading", 10, 10), ("list_item", 11, 11), ("list_item", 12, 12),
    ]  # fmt: skip


def test_the_last_heading_is_none_of_those_who_sign():
    text = f"گزارش\n\nیک\n{LONG}\nقرار شد:\n- نان\n- کار\n\nوضع مالی\n{LONG}\n\nدبیرخانهٔ کانون"
    assert [kind for kind in read(text) if kind[1] >= 9] == [("heading", 9, 9), ("signature", 12, 12)]


def test_copies_to_others_stand_below_those_who_sign():
    text = f"نامه\n\n{LONG}\n\nطاهره برزگر\nدبیر کانون\n\nرونوشت:\n- شورا\n- روزنامه"
    assert read(text)[1:3] == [("signature", 5, 5), ("signature", 6, 6)]


def test_a_line_that_says_whom_to_ask_stands_above_names_and_numbers():
    text = "This is a long line of a text about bread and roses, which ends with a full stop."
    found = read(f"Bread for all\n\n{text}\n\nMedia contact\nMoira Kelleher\nTelephone: 0000 555 7788", "en")
    assert found[1:] == [("heading", 5, 5), ("signature", 6, 6), ("contact", 7, 7)]


def test_for_whom_somebody_signs_may_be_a_label():
    text = "C'est une longue ligne d'un texte sur le pain et les roses, qui finit par un point."
    found = read(f"Le pain\n\n{text}\n\nPour la rédaction : Farhad et Claire\nTél. : 00 00 55 01 17", "fr")
    assert found[1:] == [("signature", 5, 5), ("contact", 6, 6)]


def test_labels_without_numbers_below_a_text_are_of_those_who_sign():
    text = f"آگهی درگذشت\n\n{LONG}\n\nهمسر: زهرا نیکو\nفرزندان: امید، آرزو، آزاده"
    assert read(text)[1:] == [("signature", 5, 5), ("signature", 6, 6)]
    assert read(f"آگهی\n\n{LONG}\n\nنشانی: کوی سوم\nفرزندان: ۱۲")[1:] == [("contact", 5, 5), ("contact", 6, 6)]


def test_names_below_a_few_words_and_a_colon_sign_unless_others_did_above():
    names = "Gudrun Ahlers\nMehdi Parsa\n(und vier weitere)"
    text = "Dies ist eine lange Zeile eines Textes über Brot und Rosen, die mit einem Punkt endet."
    signed = [("signature", line, line) for line in (6, 7, 8)]
    assert read(f"Satzung\n\n{text}\n\nDie Gründer:\n{names}", "de")[1:] == signed
    found = read(f"Brief\n\n{text}\n\n{text}\n\n{text}\n\nRosa Klein\n\nAnlagen:\nder Vertrag\ndie Liste", "de")
    assert found[1:] == [("signature", 9, 9), ("list_item", 12, 12), ("list_item", 13, 13)]


def test_a_wish_above_names_in_capitals_is_no_name():
    text = "Ev rêzek dirêj a nivîsekê ye li ser nan û gulan, ku bi xalekê diqede û dirêj e."
    assert read(f"Name\n\n{text}\n\nBi hêviya rojên xweş\n\nBerfîn Aslan", "ku")[1:] == [("signature", 7, 7)]


@pytest.mark.parametrize("text", [f"--\n{LONG}", f"-- \n\n{LONG}\n\nسارا احمدی", "--\nمحمد علی\nتهران", "--"])
def test_a_text_may_begin_with_the_line_below_which_people_sign(text):
    assert read(text)


def test_a_name_that_ends_in_an_abbreviation_signs_amid_others_and_a_sentence_below_them_does_not():
    names = "İMZACILAR\nAyşe B. (emekli)\nDoç. Dr. Mehmet C. – Boğaziçi Üni.\nAv. Zeynep D."
    kinds = [kind for kind, *_ in read(f"Dilekçe\n\n{LONG}\n\n{names}\nDilekçemiz imzaya açıktır.", "tr")]
    assert kinds == ["title", "heading", "signature", "signature", "signature"]
